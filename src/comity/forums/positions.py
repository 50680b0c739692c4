"""Positions on items of a coming session: what a side says it will do, what all agree to do, and what became of it at the vote.

A side's own position stands in its own column and binds nobody else. What is agreed is said by all, before the vote. After the vote the
import of the roll calls judges it, nothing else: by what the sides' seats cast, and only if it was said before the day of the vote. Of
several that superseded each other, the last one said before the vote counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from comity.errors import Unsayable
from comity.terms.fields import Fields
from comity.terms.names import Name, check_language, read_names

FORUM = re.compile(r"[a-z][a-z0-9-]{0,31}")
KEY = re.compile(r"[0-9a-f]{16}")
SYMBOL = re.compile(r"[^\s](?:.{0,78}[^\s])?")

VOTES = ("yes", "abstain", "no")
LINES = (*VOTES, "not_voting", "consensus", "open")
"""What a side may say it will do: vote so, take no part in the vote, join a consensus; or that it has not decided."""
AGREED = ("vote", "co_sponsor", "joint_statement", "join_consensus", "none")
"""What all may agree to do; ``none``: what was agreed no longer holds, each is free."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a session's agenda. ``key``: see :func:`comity.forums.titles.item_key`; ``symbol``: of the draft, if it has one."""

    forum: str
    session: int
    key: str
    names: tuple[Name, ...]
    symbol: str | None

    @classmethod
    def read(cls, fields: Fields) -> Item:
        return cls(
            forum=fields.text("forum", pattern=FORUM),
            session=fields.integer("session", least=1, most=9999),
            key=fields.text("key", pattern=KEY),
            names=read_names(fields),
            symbol=fields.optional("symbol", lambda n: fields.text(n, pattern=SYMBOL, most=80)),
        )

    @property
    def cell(self) -> str:
        """The facet under which its positions stand at the mechanism."""
        return f"position/{self.forum}/{self.session}/{self.key}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Proposed or agreed words (of a statement, an explanation of vote, an amendment) in a file of their own."""

    lang: str
    file: str

    @classmethod
    def read(cls, fields: Fields) -> Wording:
        return cls(check_language(fields.text("lang"), place=fields.place("lang")), fields.text("file", most=200))


@dataclass(frozen=True, slots=True)
class Position:
    """One side's own position. ``owner``: the office that is in charge of it, never a person's name."""

    item: Item
    line: str
    owner: str | None
    wording: tuple[Wording, ...]
    serves: str | None

    @classmethod
    def read(cls, fields: Fields) -> Position:
        return cls(
            item=fields.object("item", Item.read),
            line=fields.choice("line", LINES),
            owner=fields.optional("owner", lambda n: fields.text(n, most=120)),
            wording=fields.list("wording", Wording.read, most=10),
            serves=fields.optional("serves", fields.digest),
        )


@dataclass(frozen=True, slots=True)
class AgreedPosition:
    """What all will do. ``vote`` is named if and only if it is to vote so."""

    item: Item
    agreed: str
    vote: str | None
    wording: tuple[Wording, ...]
    serves: str | None

    @classmethod
    def read(cls, fields: Fields) -> AgreedPosition:
        agreed = cls(
            item=fields.object("item", Item.read),
            agreed=fields.choice("agreed", AGREED),
            vote=fields.optional("vote", lambda n: fields.choice(n, VOTES)),
            wording=fields.list("wording", Wording.read, most=10),
            serves=fields.optional("serves", fields.digest),
        )
        if (agreed.agreed == "vote") is (agreed.vote is None):
            raise Unsayable("To vote alike, the vote is named; otherwise none is.", place=fields.place("vote"))
        return agreed


class Outcome(StrEnum):
    """What became of an agreed position."""

    AWAITED = "awaited"  # the session is not imported yet
    NO_VOTE = "no_vote"  # it is imported, and no roll call on this item is in it
    WITHOUT_VOTE = "without_vote"  # adopted without a vote, so nothing shows how either would have voted
    KEPT = "kept"
    HALF = "half"  # some did, some did not; or at one of several roll calls
    NOT_KEPT = "not_kept"
    TOO_LATE = "too_late"  # said on the day of the vote or after it
    FREE = "free"  # what was agreed before no longer held on the day of the vote
    NOT_JUDGED = "not_judged"  # nothing in a roll call shows it, or a side's seat is not known here


@dataclass(frozen=True, slots=True)
class RollCall:
    """A decision on the item: its day (ISO), whether it was taken without a vote, and what each party's seat did (yes, absent …)."""

    event: str
    date: str
    without_vote: bool
    cast: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What all agreed on the day ``said_on`` (ISO), by the act ``id``; ``kind`` and ``vote`` as in :class:`AgreedPosition`."""

    id: str
    kind: str
    vote: str | None
    said_on: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """``calls``: the roll calls that were looked at; ``by``: the position that the last of them was measured by."""

    outcome: Outcome
    calls: tuple[RollCall, ...] = ()
    by: str | None = None


def judge(agreed: Sequence[Agreed], calls: Sequence[RollCall], parties: Sequence[str], *, imported: bool) -> Judgement:
    """What became of an item's agreed positions, by the roll calls on it.

    ``agreed``: in the order in which they superseded each other. Each roll call is measured by the last position that was said on a day
    before its own; what was said on its day or later never counts for it. ``imported``: whether the item's session is here. To sponsor a
    text means to vote for it; to join a consensus is kept where there is no vote, or where all vote yes. A statement leaves no trace in
    a roll call.
    """
    if not calls:
        return Judgement(Outcome.NO_VOTE if imported else Outcome.AWAITED)
    before = [(c, next((a for a in reversed(agreed) if a.said_on < c.date), None)) for c in sorted(calls, key=lambda c: c.date)]
    measured = [(c, a) for c, a in before if a is not None]
    if not measured:
        return Judgement(Outcome.TOO_LATE, tuple(c for c, _ in before))
    bound = [(c, a) for c, a in measured if a.kind != "none"]
    if not bound:
        return Judgement(Outcome.FREE, tuple(c for c, _ in measured), measured[-1][1].id)
    looked_at, by = tuple(c for c, _ in bound), bound[-1][1].id
    voted = [(c, a) for c, a in bound if not c.without_vote]
    if not voted:
        joined = all(a.kind == "join_consensus" for _, a in bound)
        return Judgement(Outcome.KEPT if joined else Outcome.WITHOUT_VOTE, looked_at, by)
    if any(_wanted(a) is None or any(p not in c.cast for p in parties) for c, a in voted):
        return Judgement(Outcome.NOT_JUDGED, looked_at, by)
    did = [c.cast[p] == _wanted(a) for c, a in voted for p in parties]
    return Judgement(Outcome.KEPT if all(did) else Outcome.HALF if any(did) else Outcome.NOT_KEPT, looked_at, by)


def _wanted(agreed: Agreed) -> str | None:
    """The vote by which a position is kept, if a vote can show it."""
    return {"vote": agreed.vote, "co_sponsor": "yes", "join_consensus": "yes"}.get(agreed.kind)
