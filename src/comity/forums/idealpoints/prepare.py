"""From roll calls to observations, by stated rules: which votes count, which roll calls are one item, who leans on what.

The rules ``PUBLISHED`` are those of the published estimates (April 2020): votes on paragraphs and amendments count until 1989 only;
session 19 (one roll call), Zanzibar and the single vote of South Africa in session 48 are left out; linked roll calls are one item;
items on which all voted alike are left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from comity.errors import Malformed
from comity.forums.model import Float, Int, Int8, Int32, RollCalls
from comity.forums.views import Unit, View, view

SMOOTH = 0.5
"""Prior variance of θ around its lag is SMOOTH × share of votes in this session; the published value."""


@dataclass(frozen=True)
class Rules:
    """``parts_before``: first year from which votes on parts of a text are left out (0: always left out); ``without``: (code, session),
    -1 = all.
    """

    name: str
    unit: Unit = Unit.CODE
    parts_before: int = 0
    without_sessions: tuple[int, ...] = ()
    without: tuple[tuple[str, int], ...] = ()


PUBLISHED = Rules("bailey-strezhnev-voeten-2020", Unit.CODE, 1990, (19,), (("511", -1), ("560", 48)))
WHOLE_TEXTS = Rules("whole-texts", Unit.CODE)
SEATS = Rules("seats", Unit.SEAT)
RULES = {r.name: r for r in (PUBLISHED, WHOLE_TEXTS, SEATS)}


@dataclass(frozen=True)
class Observations:
    """Votes sorted by item. ``y``: 0 yes, 1 abstain, 2 no; ``cell``: member-session; both (votes,); item i owns ``starts[i]:starts[i+1]``.

    ``unit``, ``session``, ``n_votes``, ``lag`` (the cell it leans on, -1 for none), ``variance`` (prior): (cells,). ``item_event``:
    index of the first roll call of each item. ``event_item``: item of each roll call of the matrix, -1 if it does not count.
    """

    y: Int8
    cell: Int32
    starts: Int
    unit: Int
    session: Int
    n_votes: Int
    lag: Int
    variance: Float
    item_event: Int
    event_item: Int
    view: View = field(repr=False)
    rules: Rules
    digest: str

    @property
    def cells(self) -> int:
        return len(self.unit)

    @property
    def items(self) -> int:
        return len(self.starts) - 1


def prepare(calls: RollCalls, rules: Rules) -> Observations:
    """Observations under ``rules``. :raises Malformed: if no contested roll call is left."""
    seen = view(calls, rules.unit)
    keep = ~np.isin(calls.sessions, rules.without_sessions)
    parts = ~calls.whole_texts
    keep &= ~(parts & (calls.years >= rules.parts_before))
    options = np.where(keep[:, None], seen.options, 0)
    for code, session in rules.without:
        if code in seen.keys:
            options[(calls.sessions == session) | (session < 0), seen.keys.index(code)] = 0
    linked = _linked(calls)
    event, unit = np.nonzero((options >= 1) & (options <= 3))
    vote = options[event, unit].astype(np.int64) - 1
    tally = np.bincount(linked[event] * 3 + vote, minlength=3 * len(calls.events)).reshape(-1, 3)
    contested = (tally > 0).sum(axis=1) > 1
    used = contested[linked[event]]
    event, unit, vote = event[used], unit[used], vote[used]
    if not len(event):
        raise Malformed(
            "No contested roll call is left under these rules.", place=rules.name, remedy="Import more sessions, or use other rules."
        )
    items, item = np.unique(linked[event], return_inverse=True)
    its_session = calls.sessions[event]
    wide = int(its_session.max()) + 1
    keys, cell = np.unique(unit * wide + its_session, return_inverse=True)
    order = np.lexsort((cell, item))
    n_votes = np.bincount(cell)
    lag, variance = _leaning(keys // wide, n_votes)
    event_item = np.full(len(calls.events), -1, dtype=np.int64)
    event_item[event] = item
    starts = np.searchsorted(item[order], np.arange(len(items) + 1))
    digest = hashlib.sha256(f"{calls.digest} {asdict(rules)}".encode()).hexdigest()
    return Observations(
        vote[order].astype(np.int8),
        cell[order].astype(np.int32),
        starts.astype(np.int64),
        keys // wide,
        keys % wide,
        n_votes,
        lag,
        variance,
        items.astype(np.int64),
        event_item,
        seen,
        rules,
        digest,
    )


def _linked(calls: RollCalls) -> Int:
    """For each roll call the first of its chain of links. Links are followed from the last roll call backwards, each to its earliest, as
    published.
    """
    number = [int(e.id) for e in calls.events] if all(e.id.isdigit() for e in calls.events) else list(range(len(calls.events)))
    linked = np.arange(len(calls.events), dtype=np.int64)
    for i in sorted(range(len(calls.events)), key=lambda i: -number[i]):
        earlier = [calls.index[e] for e in calls.events[i].same_item_as if e in calls.index]
        if earlier:
            linked[linked == i] = min(earlier, key=lambda k: number[k])
    return linked


def _leaning(unit: Int, n_votes: Int) -> tuple[Int, Float]:
    """The cell that each leans on (the member's session before; for its first, the next), and the prior variance around it."""
    cells = np.arange(len(unit), dtype=np.int64)
    has_before = np.r_[False, unit[1:] == unit[:-1]]
    has_after = np.r_[unit[:-1] == unit[1:], False]
    lag = np.where(has_before, cells - 1, np.where(has_after, cells + 1, -1))
    other = np.where(lag >= 0, n_votes[lag], 0)
    return lag, SMOOTH * n_votes / (n_votes + other)


def anchors(observations: Observations, high: Sequence[str], low: Sequence[str]) -> tuple[Int, Int]:
    """Cells of the units named as high and low ends, those that are there (codes, states or ISO codes)."""
    found = []
    for names in (high, low):
        units = set()
        for name in names:
            try:
                units.add(observations.view.find(name))
            except Malformed:
                continue
        found.append(np.flatnonzero(np.isin(observations.unit, list(units))).astype(np.int64))
    return found[0], found[1]
