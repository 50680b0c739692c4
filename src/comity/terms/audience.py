"""Who may see an act and its files: its own side, the parties, or the public from a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.terms.dates import PartialDate, read_date
from comity.terms.fields import Fields

OWN, PARTIES, PUBLIC = "own", "parties", "public"


@dataclass(frozen=True, slots=True)
class Audience:
    """``to`` is ``own`` (drafts only, never in a record), ``parties`` or ``public``; ``since`` is an embargo date for the public."""

    to: str
    since: PartialDate | None = None

    @classmethod
    def read(cls, fields: Fields) -> Audience:
        to = fields.choice("to", (PARTIES, PUBLIC))
        return cls(to, fields.optional("from", lambda n: read_date(fields, n)) if to == PUBLIC else None)

    def to_json(self) -> dict[str, str]:
        return {"to": self.to} | ({"from": self.since.text} if self.since else {})

    def open_to_public(self, today: date) -> bool:
        return self.to == PUBLIC and (self.since is None or self.since.first <= today)
