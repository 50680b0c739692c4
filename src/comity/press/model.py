"""What a reader proposes, and the JSON in which it hands it on (``comity-reading/1``).

Spans are half-open pairs of Unicode code points into the text exactly as it was given: nothing is normalised, so ``text[start:end]`` is
always what was meant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

SCHEMA = "comity-reading/1"
VERSION = "1.0.0"

MEETING_KINDS = ("committee_session", "talks", "visit", "assembly", "other")
FORMS = ("direct", "indirect", "mixed")
CLAIM_KINDS = ("official_claim", "analyst_claim", "media_claim")
NATURES = ("pledge", "joint", "proposal", "plan")
AREAS = (
    "institutional",
    "lawmaking",
    "governance",
    "economy",
    "business",
    "energy",
    "culture",
    "education",
    "science",
    "youth",
    "women",
    "regions",
    "forums",
    "history",
    "security",
    "sovereignty",
    "political",
    "visits",
    "environment",
    "health",
    "agriculture",
    "transport",
    "digital",
)
RELATIONS = ("same_meeting", "ordinal_conflict", "date_conflict", "repeated_commitment", "reported_kept")

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Body:
    """A parliament, committee or other organisation that a text names: the name to show (in Russian the nominative where it is known),
    where it stands, and its country (ISO 3166-1 alpha-2).
    """

    name: str
    span: Span
    country: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the text tells it. ``date`` is a partial ISO date; ``anniversary`` counts years where the same passage names a
    jubilee."""

    name: str
    kind: str
    ordinal: int | None
    place: str | None
    date: str | None
    end_date: str | None
    bodies: tuple[str, ...]
    parties: tuple[str, ...]
    chairs_or_hosts: tuple[str, ...]
    span: Span
    confidence: float
    anniversary: int | None = None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A jubilee: ``count`` years of ``of`` (as printed), hence since ``year``."""

    count: int
    of: str | None
    year: int | None
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Person:
    """A person under the fullest name that the text prints; ``ref`` is the registry's id if the person is known."""

    name: str
    role: str | None
    organisation: str | None
    country: str | None
    mentions: tuple[Span, ...]
    confidence: float
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is reported to have said. ``span`` is the content alone; a sentence that continues a speech keeps the cue that opened
    it."""

    span: Span
    cue: Span
    speaker: str | None
    speaker_span: Span | None
    form: str
    claim_kind: str
    confidence: float
    speaker_ref: str | None = None
    continued: bool = False
    distanced: bool = False


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """A sentence that the text tells in its own voice. Not a statement: it has no speaker, so it stands in a list of its own."""

    span: Span
    confidence: float
    claim_kind: str = "reported_fact"


@dataclass(frozen=True, slots=True)
class DueWords:
    """The words that say when, and the partial ISO date that they come to (``None`` for a rhythm such as "every year")."""

    text: Span
    date: str | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A clause that promises, agrees, asks for or announces something; ``who`` of a proposal is the proposer."""

    span: Span
    who: tuple[str, ...]
    nature: str
    due: DueWords | None
    area: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """How a proposal meets what is already known: ``about`` points into the reading (``meetings/0``), ``ref`` into the registry."""

    kind: str
    about: str
    ref: str
    note: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one reader proposes for one text."""

    language: str
    sha256: str
    reader: str
    reader_version: str
    meetings: tuple[Meeting, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    persons: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    reported_facts: tuple[ReportedFact, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes: tuple[str, ...] = ()

    def text_of(self, span: Span, text: str) -> str:
        """The words of a span; ``text`` must be the text that was read."""
        return text[span[0] : span[1]]

    def to_json(self) -> dict[str, Any]:
        """The published form, keys in a fixed order, so that two runs give the same bytes."""
        head = {
            "schema": SCHEMA,
            "language": self.language,
            "sha256": self.sha256,
            "reader": self.reader,
            "reader_version": self.reader_version,
        }
        lists = {name: [_plain(item) for item in getattr(self, name)] for name in _LISTS}
        return head | lists | {"notes": list(self.notes)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reading:
        """The inverse of :meth:`to_json`. Fields that this version does not know are left out; missing lists are empty."""
        lists: dict[str, Any] = {name: tuple(_build(kind, item) for item in value.get(name, ())) for name, kind in _LISTS.items()}
        given: dict[str, Any] = {name: str(value.get(name, "")) for name in ("language", "sha256", "reader", "reader_version")}
        return cls(**given, **lists, notes=tuple(value.get("notes", ())))


_LISTS: dict[str, type[Any]] = {
    "meetings": Meeting,
    "anniversaries": Anniversary,
    "persons": Person,
    "statements": Statement,
    "commitments": Commitment,
    "reported_facts": ReportedFact,
    "relations": Relation,
}


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return round(value, 3) if isinstance(value, float) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _build(kind: type[Any], value: Mapping[str, Any]) -> Any:
    given: dict[str, Any] = {}
    for field in fields(kind):
        item = value.get(field.name, None if field.default is MISSING else field.default)
        if item is None:
            item = 1.0 if field.name == "confidence" else () if field.name in _PLURAL else None
        if field.name == "due" and isinstance(item, Mapping):
            item = DueWords(_tuples(item["text"]), item.get("date"))
        given[field.name] = _tuples(item)
    return kind(**given)


_PLURAL = {"bodies", "parties", "chairs_or_hosts", "who", "area", "mentions"}


def dumps(reading: Reading) -> str:
    """One line of JSON Lines, without escapes for non-Latin letters."""
    return json.dumps(reading.to_json(), ensure_ascii=False, separators=(",", ":"))
