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
    splits = [split_of(row.tolist()) for row in options]
    before: dict[int, list[int]] = {}
    out = []
    for i, e in enumerate(calls.events):
        same = before.setdefault(int(lineage[i]), [])
        if asked[i] and (found := _course(i, same, splits, options, kinds, healed)):
            earlier = tuple(_earlier(agreement, k, options[k].tolist(), splits[k]) for k in reversed(same))
            topics_of = tuple(dict.fromkeys(t.code for t in e.topics))
            words = tuple(Option(o).word for o in options[i].tolist())
            out.append(
                Divergence(e.id, e.session, e.date, e.symbol, e.title, topics_of, splits[i], found, words, e.important, e.source, earlier)
            )
        same.append(i)
    return out[::-1]


def _course(
    i: int,
    same: Sequence[int],
    splits: Sequence[Split],
    options: np.ndarray,
    kinds: Sequence[Split],
    healed: bool,
) -> Course | None:
    """The course of roll call ``i``, or None if it is not listed. Compared with the last vote at which two sides or more voted."""
    comparable = [k for k in same if np.isin(options[k], _VOTES).sum() > 1]
    last = splits[comparable[-1]] if comparable else None
    if splits[i] in kinds:
        return Course.FIRST if last is None else Course.NEW if last is Split.NONE else Course.RECURRING
    alike = splits[i] is Split.NONE and np.isin(options[i], _VOTES).sum() > 1
    return Course.HEALED if healed and alike and last in kinds else None


def _earlier(agreement: Agreement, i: int, options: Sequence[int], split: Split) -> Earlier:
    e = agreement.calls.events[i]
    return Earlier(e.id, e.session, e.date, e.symbol, tuple(Option(o).word for o in options), split)
