"""What a meeting is, as its convening says."""

from __future__ import annotations

from dataclasses import dataclass

from comity.terms.dates import LocalTime, PartialDate, read_date
from comity.terms.fields import Fields
from comity.terms.names import Name, read_names
from comity.terms.notes import Note

MODES = ("in_person", "online", "hybrid")


@dataclass(frozen=True, slots=True)
class Place:
    """A town and, where it matters, a building; a meeting may sit in several."""

    names: tuple[Name, ...]
    zone: str | None

    @classmethod
    def read(cls, fields: Fields) -> Place:
        return cls(read_names(fields), fields.optional("zone", lambda n: fields.text(n, most=60)))


@dataclass(frozen=True, slots=True)
class Convening:
    """What a convening act says: which meeting of which series, when, where, who hosts. ``notes`` say why another side hosts than the one
    whose turn it is.
    """

    series: str
    ordinal: int
    previous: str | None
    mode: str
    first_day: PartialDate
    last_day: PartialDate
    opens: LocalTime | None
    places: tuple[Place, ...]
    host: str | None
    supersedes: str | None
    notes: tuple[Note, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Convening:
        return cls(
            series=fields.ref("series"),
            ordinal=fields.integer("ordinal", least=1),
            previous=fields.optional("previous", fields.digest),
            mode=fields.choice("mode", MODES),
            first_day=read_date(fields, "first_day"),
            last_day=read_date(fields, "last_day"),
            opens=fields.optional("opens", lambda n: fields.object(n, LocalTime.read)),
            places=fields.list("places", Place.read, most=10),
            host=fields.optional("host", fields.party),
            supersedes=fields.optional("supersedes", fields.digest),
            notes=fields.optional("notes", lambda n: fields.list(n, Note.read, least=1, most=30)) or (),
        )
