"""What exists in a forum: roll calls (Popolo ``VoteEvent``), voters, options, topics, totals, and the matrix that holds them.

Three things that are often mixed are kept apart (:mod:`comity.forums.states`): the *seat* is continuous, the *state* that sits on it is
dated, and a
*code* is what some source calls either. A column of the matrix is a *voter*: one code of the source for as long as one state bears it.
Views by code, state or seat are unions of columns (:mod:`comity.forums.views`).

A cell is never empty: a missing row of a source is *not a member* or *unknown*, and the importer says which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

type Int8 = NDArray[np.int8]
type Int32 = NDArray[np.int32]
type Int = NDArray[np.int64]
type Float = NDArray[np.float64]
type Bool = NDArray[np.bool_]


class Option(IntEnum):
    """What a cell of the matrix says. 1 to 3 are votes, in the order of agreement with the proposal."""

    UNKNOWN = 0
    YES = 1
    ABSTAIN = 2
    NO = 3
    ABSENT = 4
    NOT_PARTICIPATING = 5
    NOT_MEMBER = 6

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", " ")


class Stage(StrEnum):
    """What was put to the vote. Paragraph, amendment and motion votes are never mixed with votes on a whole text unless asked for."""

    COMMITTEE = "committee"
    PLENARY = "plenary"
    PARAGRAPH = "paragraph"
    AMENDMENT = "amendment"
    MOTION = "motion"


class Mode(StrEnum):
    """How it was decided."""

    RECORDED = "recorded"
    ROLL_CALL = "roll call"
    WITHOUT_VOTE = "without a vote"
    BALLOT = "secret ballot"
    UNRECORDED = "vote without record"


class Origin(StrEnum):
    """Who says that a roll call belongs to a topic: the forum itself, the coders of a data set, or a rule of ours."""

    OFFICIAL = "official"
    CODED = "coded"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Topic:
    code: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Totals:
    """Official totals as printed; ``None`` where the source prints none. Never corrected from the votes."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    non_voting: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class VoteEvent:
    """One roll call.

    ``item`` groups roll calls of one session that belong to one agenda item (the cluster of the block bootstrap); ``same_item_as`` names
    earlier roll calls on the same text, as the source links them (bridges).
    """

    id: str
    session: int
    date: str
    title: str
    symbol: str = ""
    agenda: str = ""
    stage: Stage = Stage.PLENARY
    mode: Mode = Mode.RECORDED
    totals: Totals = field(default_factory=Totals)
    topics: tuple[Topic, ...] = ()
    same_item_as: tuple[str, ...] = ()
    item: str = ""
    important: bool | None = None
    source: str = ""

    @property
    def year(self) -> int:
        return int(self.date[:4])

    @property
    def whole_text(self) -> bool:
        return self.stage in (Stage.PLENARY, Stage.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Voter:
    """One column: ``code`` of the source, the ``state`` that bears it here, and its ``seat``; ``iso3`` as ISO 3166 has (or had) it."""

    code: str
    state: str
    seat: str
    iso3: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.code}/{self.state}"


@dataclass(frozen=True, slots=True)
class Forum:
    """A forum and the words that must stand beside its numbers. ``invented`` marks a demonstration on every page and in every file."""

    id: str
    names: Mapping[str, str]
    invented: bool = False
    attribution: str = ""


@dataclass(frozen=True)
class RollCalls:
    """Roll calls of one forum, in the order (session, date, id).

    ``options``: int8, shape (events, voters), values of :class:`Option`. ``weights``: float32 of the same shape (0 without a row), or
    ``None`` if every delegation weighs 1. ``origin_sha256``: digest of the imported bytes; estimates cite it.
    """

    forum: Forum
    events: tuple[VoteEvent, ...]
    voters: tuple[Voter, ...]
    options: Int8
    origin_sha256: str
    weights: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.options.shape != (len(self.events), len(self.voters)):
            raise ValueError(f"options {self.options.shape} do not fit {len(self.events)} roll calls × {len(self.voters)} voters")

    @cached_property
    def sessions(self) -> Int:
        return np.array([e.session for e in self.events], dtype=np.int64)

    @cached_property
    def years(self) -> Int:
        return np.array([e.year for e in self.events], dtype=np.int64)

    @cached_property
    def whole_texts(self) -> Bool:
        return np.array([e.whole_text for e in self.events], dtype=np.bool_)

    @cached_property
    def items(self) -> Int:
        """Number of the agenda item of each roll call, unique over sessions."""
        numbers: dict[tuple[int, str], int] = {}
        return np.array([numbers.setdefault((e.session, e.item or e.id), len(numbers)) for e in self.events], dtype=np.int64)

    @cached_property
    def contested(self) -> Bool:
        """Roll calls on which at least two different votes were cast (yes, abstain, no): the *non-unanimous* ones of Voeten and of
        Lijphart.
        """
        cast = [(self.options == o).any(axis=1).astype(np.int64) for o in (Option.YES, Option.ABSTAIN, Option.NO)]
        return np.asarray(sum(cast) > 1)

    @cached_property
    def topic_codes(self) -> tuple[str, ...]:
        return tuple(sorted({t.code for e in self.events for t in e.topics}))

    @cached_property
    def topic_masks(self) -> Mapping[str, Bool]:
        return {c: np.array([any(t.code == c for t in e.topics) for e in self.events], dtype=np.bool_) for c in self.topic_codes}

    @cached_property
    def index(self) -> Mapping[str, int]:
        return {e.id: i for i, e in enumerate(self.events)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what is analysed (roll calls, voters, options), for snapshots of estimates."""
        h = hashlib.sha256()
        for e in self.events:
            h.update(f"{e.id}\t{e.session}\t{e.date}\t{e.stage}\n".encode())
        for v in self.voters:
            h.update(f"{v.key}\n".encode())
        h.update(np.ascontiguousarray(self.options).tobytes())
        return h.hexdigest()

    def select(self, mask: Bool) -> RollCalls:
        """The roll calls where ``mask`` (bool, shape (events,)) is true; voters stay."""
        events = tuple(e for e, keep in zip(self.events, mask, strict=True) if keep)
        weights = None if self.weights is None else self.weights[mask]
        return RollCalls(self.forum, events, self.voters, self.options[mask], self.origin_sha256, weights)
