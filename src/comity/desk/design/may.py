"""What a person may do on a page, and what not and why: each action stands, and the reasons stand beside those that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32


def barred(actions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """For ``design/may.html``: the actions, each with the id of its reason, and the reasons, each said once.

    An action has a ``label`` and a ``url`` (``post``: by a form), or ``why`` it cannot be taken. A reason names the actions that it bars
    unless it bars all.
    """
    shown = [{**action, "why": str(action.get("why") or "")} for action in actions]
    reasons: dict[str, list[str]] = {}
    for action in shown:
        if action["why"]:
            reasons.setdefault(action["why"], []).append(str(action["label"]))
    ids = {why: f"why-{crc32(labels[0].encode()):08x}" for why, labels in reasons.items()}
    return {
        "actions": [action | {"id": ids.get(action["why"], "")} for action in shown],
        "reasons": [{"id": ids[why], "text": why, "labels": labels if len(labels) < len(shown) else []} for why, labels in reasons.items()],
    }
