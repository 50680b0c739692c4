"""A look at another node of a demonstration on this machine; anything amiss is simply nothing."""

from __future__ import annotations

from typing import Any

import httpx2


def peek(address: str) -> dict[str, Any] | None:
    """The JSON object at a loopback ``address``, or None if there is none within a second."""
    if not address.startswith("http://127.0.0.1:"):
        return None
    try:
        answer = httpx2.get(address, timeout=1.0, trust_env=False)
        said = answer.json() if answer.status_code == 200 and len(answer.content) < 1 << 20 else None
    except (httpx2.HTTPError, ValueError, OSError):
        return None
    return said if isinstance(said, dict) else None
