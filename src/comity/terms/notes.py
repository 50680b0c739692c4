"""Words of an act that stand in files of their own."""

from __future__ import annotations

from dataclasses import dataclass

from comity.terms.fields import Fields
from comity.terms.names import check_language


@dataclass(frozen=True, slots=True)
class Note:
    """Words in one language (a BCP 47 tag) in a file of the act, by its name there, so that they can be redacted."""

    lang: str
    file: str

    @classmethod
    def read(cls, fields: Fields) -> Note:
        """Reads ``lang`` and ``file``; raises :class:`Unsayable` for what is neither."""
        return cls(check_language(fields.text("lang"), place=fields.place("lang")), fields.text("file", most=200))
