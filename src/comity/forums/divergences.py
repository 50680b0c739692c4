"""Where a pair or a group split: every roll call, the kind of split, and what the same sides did on the same item before.

Kinds: *opposite* (yes against no), *partial* (an abstention against a vote), *absent* (one voted, another did not take part). A split is
*new* if they voted alike the last time, *recurring* if they split then too, *first* if there is no earlier vote on this item with both
sides; *healed* if they split the last time and vote alike now (listed so that progress shows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from comity.errors import Malformed
from comity.forums.agreement import Agreement
from comity.forums.blocs import Group, cast
from comity.forums.items import lineages
from comity.forums.model import Int, Option


class Split(StrEnum):
    NONE = "alike"
    PARTIAL = "partial"
    OPPOSITE = "opposite"
    ABSENT = "absent"


class Course(StrEnum):
    FIRST = "first"
    NEW = "new"
    RECURRING = "recurring"
    HEALED = "healed"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier vote on the same item: ``votes`` in the order of the group."""

    event: str
    session: int
    date: str
    symbol: str
    votes: tuple[str, ...]
    split: Split


@dataclass(frozen=True, slots=True)
class Divergence:
    """One roll call on which the group split, or stopped splitting. ``votes``: the option of each member, in the order asked."""

    event: str
    session: int
    date: str
    symbol: str
    title: str
    topics: tuple[str, ...]
    split: Split
    course: Course
    votes: tuple[str, ...]
    important: bool | None
    source: str
    earlier: tuple[Earlier, ...]


_VOTES = (Option.YES, Option.ABSTAIN, Option.NO)


def split_of(options: Sequence[int]) -> Split:
    """The kind of split of one roll call; states that were not members, or of whom nothing is known, do not count."""
    cast = {o for o in options if o in _VOTES}
    away = any(o in (Option.ABSENT, Option.NOT_PARTICIPATING) for o in options)
    if Option.YES in cast and Option.NO in cast:
        return Split.OPPOSITE
    if len(cast) > 1:
        return Split.PARTIAL
    return Split.ABSENT if cast and away else Split.NONE


def divergences(
    agreement: Agreement,
    group: Group,
    *,
    sessions: Sequence[int] = (),
    topics: Sequence[str] = (),
    whole_texts: bool = True,
    kinds: Sequence[Split] = (Split.OPPOSITE, Split.PARTIAL),
    healed: bool = True,
    lineage: Int | None = None,
) -> list[Divergence]:
    """The splits of ``group`` (two or more), the latest first, each with all earlier votes on its item (the latest first).

    ``lineage``: from :func:`comity.forums.items.lineages`, if the caller has it already. :raises Malformed: on unknown names or topics.
    """
    units, options = cast(agreement, group)
    if len(units) < 2:
        raise Malformed("A divergence needs two sides.", place="group", remedy="Name two or more.")
    calls = agreement.calls
    lineage = lineages(calls) if lineage is None else lineage
    asked = np.zeros(len(calls.events), dtype=np.bool_)
    for _, mask in agreement.topics(topics):
        asked |= mask
    if sessions:
        asked &= np.isin(calls.sessions, sessions)
    if whole_texts:
        asked &= calls.whole_texts
    rows = [tuple(row) for row in options.tolist()]
    kind = {row: split_of(row) for row in set(rows)}
    several = {row: sum(o in _VOTES for o in row) > 1 for row in kind}
    words = {row: tuple(Option(o).word for o in row) for row in kind}
    last: dict[int, Split] = {}
    before: dict[int, tuple[Earlier, ...]] = {}
    out = []
    for e, row, line, wanted in zip(calls.events, rows, lineage.tolist(), asked.tolist(), strict=True):
        split = kind[row]
        if wanted and (found := _course(split, several[row], last.get(line), kinds, healed)):
            topics_of = tuple(dict.fromkeys(t.code for t in e.topics))
            earlier = before.get(line, ())
            out.append(
                Divergence(e.id, e.session, e.date, e.symbol, e.title, topics_of, split, found, words[row], e.important, e.source, earlier)
            )
        if several[row]:
            last[line] = split
        before[line] = (Earlier(e.id, e.session, e.date, e.symbol, words[row], split), *before.get(line, ()))
    return out[::-1]


def _course(split: Split, several: bool, last: Split | None, kinds: Sequence[Split], healed: bool) -> Course | None:
    """The course of a roll call, or None if it is not listed. ``several``: two sides or more voted; ``last``: the split of the last roll
    call on the item at which they did.
    """
    if split in kinds:
        return Course.FIRST if last is None else Course.NEW if last is Split.NONE else Course.RECURRING
    return Course.HEALED if healed and several and split is Split.NONE and last in kinds else None
