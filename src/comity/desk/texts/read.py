"""Joint texts as their files say them, parsed once in a run: the same file is asked for by every commitment that quotes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.desk.rows import once_per_run
from comity.errors import ComityError
from comity.texts.akn import from_akn
from comity.texts.model import TextVersion

if TYPE_CHECKING:
    from comity.desk.projection import View


@once_per_run
def version_of(view: View, sha256: str) -> TextVersion | None:
    """The language version in a file; None if the file is not here or is not readable as a joint text, which its own page says."""
    data = view.file(sha256)
    if data is None:
        return None
    try:
        return from_akn(data)
    except ComityError:
        return None
