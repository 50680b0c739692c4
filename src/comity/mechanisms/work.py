"""What a mechanism works with: bodies, further series and their lineage, mandates to implement, the plan of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.mechanisms.model import Series, check_order
from comity.terms.dates import PartialDate, read_date
from comity.terms.fields import Fields
from comity.terms.ids import DIGEST, FRAGMENT
from comity.terms.names import Name, check_language, read_names

BODY_KINDS = ("working-group", "subcommittee", "expert-group", "secretariat")
MANDATE_KINDS = ("summit", "treaty", "joint-statement", "decision")
ITEM_KINDS = ("meeting", "visit", "hearing", "exhibition", "publication", "training", "other")
OUTCOMES = ("held", "moved", "dropped")

_SERIES = re.compile(rf"{DIGEST.pattern}#{FRAGMENT.pattern}")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one language, in a file of the act, so that they can be redacted."""

    lang: str
    file: str

    @classmethod
    def read(cls, fields: Fields) -> Words:
        return cls(check_language(fields.text("lang"), place=fields.place("lang")), fields.text("file", most=200))


def read_words(fields: Fields, name: str, *, least: int = 0) -> tuple[Words, ...]:
    """Words in several languages, one file each."""
    words = fields.list(name, Words.read, least=least, most=12)
    if len({w.lang for w in words}) != len(words):
        raise Unsayable("One passage per language is quoted.", place=fields.place(name))
    return words


@dataclass(frozen=True, slots=True)
class Body:
    """A working group or another body of the mechanism, under the whole mechanism or under another body."""

    key: str
    names: tuple[Name, ...]
    kind: str
    parent: str | None
    since: PartialDate
    until: PartialDate | None
    supersedes: str | None

    @classmethod
    def read(cls, fields: Fields) -> Body:
        body = cls(
            key=fields.text("key", pattern=FRAGMENT),
            names=read_names(fields),
            kind=fields.choice("kind", BODY_KINDS),
            parent=fields.optional("parent", fields.digest),
            since=read_date(fields, "from"),
            until=fields.optional("until", lambda n: read_date(fields, n)),
            supersedes=fields.optional("supersedes", fields.digest),
        )
        check_order("body", body.since, body.until, place=fields.place("until"))
        return body


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What a series follows: a series of this record, or one from before it, by its names, years and number of meetings held."""

    series: str | None
    names: tuple[Name, ...]
    since: PartialDate | None
    until: PartialDate | None
    held: int | None

    @classmethod
    def read(cls, fields: Fields) -> Predecessor:
        if fields.has("series"):
            return cls(fields.text("series", pattern=_SERIES), (), None, None, None)
        before = cls(
            series=None,
            names=read_names(fields),
            since=fields.optional("from", lambda n: read_date(fields, n)),
            until=fields.optional("until", lambda n: read_date(fields, n)),
            held=fields.optional("held", lambda n: fields.integer(n, least=1)),
        )
        check_order("series", before.since, before.until, place=fields.place("until"))
        return before


@dataclass(frozen=True, slots=True)
class CountedFrom:
    """A founding act from which anniversaries are counted: what it is called, and its date."""

    names: tuple[Name, ...]
    on: PartialDate

    @classmethod
    def read(cls, fields: Fields) -> CountedFrom:
        return cls(read_names(fields), read_date(fields, "on"))


@dataclass(frozen=True, slots=True)
class SeriesSaid:
    """A further series of meetings (``series`` holds it), or more about one that is there (``about``)."""

    series: tuple[Series, ...]
    about: str | None
    body: str | None
    since: PartialDate | None
    until: PartialDate | None
    predecessors: tuple[Predecessor, ...]
    counted_from: CountedFrom | None

    @classmethod
    def read(cls, fields: Fields) -> SeriesSaid:
        said = cls(
            series=fields.optional("series", lambda n: fields.list(n, Series.read, least=1, most=1)) or (),
            about=fields.optional("about", lambda n: fields.text(n, pattern=_SERIES)),
            body=fields.optional("body", fields.digest),
            since=fields.optional("from", lambda n: read_date(fields, n)),
            until=fields.optional("until", lambda n: read_date(fields, n)),
            predecessors=fields.list("predecessors", Predecessor.read, most=10),
            counted_from=fields.optional("counted_from", lambda n: fields.object(n, CountedFrom.read)),
        )
        if bool(said.series) == (said.about is not None):
            raise Unsayable("Either a series is opened, or something is said about one that is there.", place=fields.place("series"))
        check_order("series", said.since, said.until, place=fields.place("until"))
        if said.about is not None and said.about in {p.series for p in said.predecessors}:
            raise Unsayable("A series does not follow itself.", place=fields.place("predecessors"))
        return said


@dataclass(frozen=True, slots=True)
class Point:
    """One point that the committee is to implement, in the words of its source, and where it stands there."""

    key: str
    place: str
    quotes: tuple[Words, ...]

    @classmethod
    def read(cls, fields: Fields) -> Point:
        return cls(
            fields.text("key", pattern=FRAGMENT),
            fields.optional("place", lambda n: fields.text(n, most=60)) or "",
            read_words(fields, "quotes", least=1),
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the points of a mandate stand: an address, a file of the act, or a text adopted in this mechanism."""

    address: str | None
    file: str | None
    text: str | None

    @classmethod
    def read(cls, fields: Fields) -> Origin:
        origin = cls(
            fields.optional("address", lambda n: fields.text(n, pattern=_ADDRESS, most=2000)),
            fields.optional("file", lambda n: fields.text(n, most=200)),
            fields.optional("text", fields.digest),
        )
        if origin == cls(None, None, None):
            raise Unsayable(
                "Say where the points stand.", place=fields.place("address"), remedy="Give an address, a file or an adopted text."
            )
        return origin


@dataclass(frozen=True, slots=True)
class Mandate:
    """Points of a summit declaration or a treaty that the committee is to implement."""

    kind: str
    names: tuple[Name, ...]
    date: PartialDate
    source: Origin
    points: tuple[Point, ...]
    supersedes: str | None

    @classmethod
    def read(cls, fields: Fields) -> Mandate:
        mandate = cls(
            kind=fields.choice("kind", MANDATE_KINDS),
            names=read_names(fields),
            date=read_date(fields, "date"),
            source=fields.object("source", Origin.read),
            points=fields.list("points", Point.read, least=1, most=200),
            supersedes=fields.optional("supersedes", fields.digest),
        )
        if len({p.key for p in mandate.points}) != len(mandate.points):
            raise Unsayable("Two items share a key.", place=fields.place("points"))
        languages = {q.lang for q in mandate.points[0].quotes}
        for number, point in enumerate(mandate.points):
            if {q.lang for q in point.quotes} != languages:
                raise Unsayable(
                    "Every point is quoted in the same languages.",
                    place=fields.place(f"points[{number}]"),
                    remedy="Quote this one in {languages}.",
                    languages=", ".join(sorted(languages)),
                )
        return mandate

    @property
    def files(self) -> frozenset[str]:
        """The names of the files that it quotes from."""
        return frozenset(q.file for p in self.points for q in p.quotes) | ({self.source.file} if self.source.file else frozenset())


@dataclass(frozen=True, slots=True)
class Item:
    """Something pledged for a year: what, when, and which sides see to it."""

    key: str
    kind: str
    names: tuple[Name, ...]
    when: PartialDate
    whose: tuple[str, ...]
    mandate: str | None

    @classmethod
    def read(cls, fields: Fields) -> Item:
        return cls(
            key=fields.text("key", pattern=FRAGMENT),
            kind=fields.choice("kind", ITEM_KINDS),
            names=read_names(fields),
            when=read_date(fields, "when"),
            whose=fields.texts("whose", least=1),
            mandate=fields.optional("mandate", lambda n: fields.text(n, pattern=_SERIES)),
        )


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What the parties plan for a year. ``anniversary``: which one, counted from the founding act that pages name."""

    year: int
    anniversary: int | None
    items: tuple[Item, ...]
    supersedes: str | None

    @classmethod
    def read(cls, fields: Fields) -> YearPlan:
        plan = cls(
            year=fields.integer("year", least=1800, most=2999),
            anniversary=fields.optional("anniversary", lambda n: fields.integer(n, least=1, most=500)),
            items=fields.list("items", Item.read, least=1, most=200),
            supersedes=fields.optional("supersedes", fields.digest),
        )
        if len({i.key for i in plan.items}) != len(plan.items):
            raise Unsayable("Two items share a key.", place=fields.place("items"))
        for number, item in enumerate(plan.items):
            if int(item.when.text[:4]) != plan.year:
                raise Unsayable(
                    "What is planned for {year} does not lie in it.",
                    place=fields.place(f"items[{number}].when"),
                    remedy="Put it into the plan of its own year.",
                    year=plan.year,
                )
        return plan


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of an item of a plan: held, moved or dropped; ``when`` is the day it was held or is moved to."""

    plan: str
    item: str
    outcome: str
    when: PartialDate | None
    meeting: str | None
    reasons: tuple[Words, ...]

    @classmethod
    def read(cls, fields: Fields) -> ItemOutcome:
        said = cls(
            plan=fields.digest("plan"),
            item=fields.text("item", pattern=FRAGMENT),
            outcome=fields.choice("outcome", OUTCOMES),
            when=fields.optional("when", lambda n: read_date(fields, n)),
            meeting=fields.optional("meeting", fields.digest),
            reasons=read_words(fields, "reasons"),
        )
        if said.outcome != "held" and not said.reasons:
            raise Unsayable(
                "What is moved or dropped needs a reason.", place=fields.place("reasons"), remedy="Write it in one language at least."
            )
        if said.outcome != "dropped" and said.when is None:
            raise Unsayable("Say when.", place=fields.place("when"), remedy="Write the day, the month or the year.")
        if said.outcome == "dropped" and said.when is not None:
            raise Unsayable("What is dropped has no date.", place=fields.place("when"), remedy="Leave it empty.")
        return said
