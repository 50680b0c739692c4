"""Joint texts as their files say them, parsed once: the same file is asked for by every commitment that quotes it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from comity.errors import ComityError
from comity.texts.akn import from_akn
from comity.texts.model import TextVersion

if TYPE_CHECKING:
    from comity.desk.projection import View


def version_of(view: View, sha256: str) -> TextVersion | None:
    """The language version in a file; None if the file is not here or is not readable as a joint text, which its own page says."""
    data = view.file(sha256)
    if data is None:
        return None
    try:
        return _parsed(data)
    except ComityError:
        return None


@lru_cache(maxsize=256)
def _parsed(data: bytes) -> TextVersion:
    return from_akn(data)
