"""What a mechanism is made of, as the founding act and later acts of membership say it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.dates import PartialDate, read_date
from comity.terms.fields import Fields
from comity.terms.ids import FRAGMENT, ORIGIN
from comity.terms.names import Name, read_names

# Offices of which a side has one at a time; the others may be held by several people.
SINGLE_OFFICES = ("presiding-co-chair", "working-co-chair", "secretary")
OFFICES = (*SINGLE_OFFICES, "signatory", "member")


SENTENCES = {
    "office": "The office ends before it begins.",
    "body": "The body ends before it begins.",
    "series": "The series ends before it begins.",
}


def check_order(what: str, since: PartialDate | None, until: PartialDate | None, *, place: str) -> None:
    """Raise :class:`Unsayable` if ``what``, a key of :data:`SENTENCES`, ends before it begins."""
    if since is not None and until is not None and until.last < since.first:
        raise Unsayable(SENTENCES[what], place=place, remedy="Correct one of the two dates.")


@dataclass(frozen=True, slots=True)
class Chamber:
    """A house of a parliament."""

    key: str
    names: tuple[Name, ...]

    @classmethod
    def read(cls, fields: Fields) -> Chamber:
        return cls(fields.text("key", pattern=FRAGMENT), read_names(fields))


@dataclass(frozen=True, slots=True)
class Party:
    """A parliament in a mechanism: its id there, the origin of its log, the SHA-256 of its first key root, its names and chambers."""

    id: str
    origin: str
    root: str
    names: tuple[Name, ...]
    chambers: tuple[Chamber, ...]

    @classmethod
    def read(cls, fields: Fields) -> Party:
        return cls(
            id=fields.party("id"),
            origin=fields.text("origin", pattern=ORIGIN),
            root=fields.digest("root"),
            names=read_names(fields),
            chambers=fields.list("chambers", Chamber.read, most=10),
        )


@dataclass(frozen=True, slots=True)
class Series:
    """A line of numbered meetings; ``first`` is the number of its first one."""

    key: str
    names: tuple[Name, ...]
    first: int

    @classmethod
    def read(cls, fields: Fields) -> Series:
        return cls(fields.text("key", pattern=FRAGMENT), read_names(fields), fields.integer("first", least=1))


@dataclass(frozen=True, slots=True)
class Founding:
    """What the founding act says."""

    names: tuple[Name, ...]
    parties: tuple[Party, ...]
    series: tuple[Series, ...]
    founded: PartialDate

    @classmethod
    def read(cls, fields: Fields) -> Founding:
        founding = cls(
            names=read_names(fields),
            parties=fields.list("parties", Party.read, least=2, most=64),
            series=fields.list("series", Series.read, least=1, most=20),
            founded=read_date(fields, "founded"),
        )
        for what, keys in (
            ("parties", [p.id for p in founding.parties]),
            ("parties", [p.origin for p in founding.parties]),
            ("parties", [p.root for p in founding.parties]),
            ("series", [s.key for s in founding.series]),
        ):
            if len(set(keys)) != len(keys):
                raise Unsayable("Two items share an id, an origin or a root.", place=fields.place(what))
        return founding


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person in an office of one side, in the whole mechanism or in one of its bodies. ``keyid`` tells whose signature a key makes."""

    person: str
    names: tuple[Name, ...]
    office: str
    titles: tuple[Name, ...]
    since: PartialDate
    until: PartialDate | None
    keyid: str | None
    replaces: str | None
    body: str | None = None

    @classmethod
    def read(cls, fields: Fields) -> Appointment:
        appointment = cls(
            person=fields.text("person", pattern=FRAGMENT),
            names=read_names(fields),
            office=fields.choice("office", OFFICES),
            titles=read_names(fields, "titles", least=0),
            since=read_date(fields, "from"),
            until=fields.optional("until", lambda n: read_date(fields, n)),
            keyid=fields.optional("keyid", fields.digest),
            replaces=fields.optional("replaces", fields.digest),
            body=fields.optional("body", fields.digest),
        )
        check_order("office", appointment.since, appointment.until, place=fields.place("until"))
        return appointment
