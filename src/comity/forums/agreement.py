"""Agreement of pairs: one pair by session, year and topic with bootstrap intervals; all pairs in every session.

>>> from comity.forums.invented import invented_assembly
>>> calls = invented_assembly(seed=1, sessions=2, states=8, items=6)
>>> rows = Agreement(calls).pair("ARV", "KEL", by="session")
>>> [r.measure for r in rows[:2]]
['identical', 'linear']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from comity.errors import Malformed
from comity.forums.intervals import DRAWS, bootstrap, jackknife
from comity.forums.measures import MEASURES, OPPOSITE, PARTIAL, SAME, Measure, measure
from comity.forums.model import Bool, Float, Int, RollCalls
from comity.forums.pairs import Packed, Tables, all_pairs, measure_all
from comity.forums.views import Unit, View, view

_SPAN = re.compile(r"span-([1-9]\d?)")

SHOWN = (Measure.IDENTICAL, Measure.LINEAR, Measure.S, Measure.PI, Measure.KAPPA, Measure.COINCIDENCE)
"""Raw and chance-corrected, together."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one pair in one cell. ``period``: session, year or ``all``; ``topic``: a code or ``all``; ``value`` is None where
    undefined.

    ``low``, ``high``: 90 % interval; ``n``: roll calls on which both voted; ``items``: agenda items they belong to; ``events``: ids of
    those roll calls.
    """

    a: str
    b: str
    period: str
    topic: str
    measure: str
    value: float | None
    low: float
    high: float
    n: int
    items: int
    same: int
    partial: int
    opposite: int
    method: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """All pairs in one period: ``values``, ``low``, ``high`` float64 and ``n``, ``items`` int64, each (measures, pairs)."""

    period: str
    measures: tuple[Measure, ...]
    values: Float
    low: Float
    high: Float
    n: Int
    items: Int


class Agreement:
    """Agreement over one matrix; keeps what is dear (views, masks) between questions."""

    def __init__(self, calls: RollCalls, unit: Unit = Unit.STATE) -> None:
        self.calls, self.unit = calls, unit

    @cached_property
    def view(self) -> View:
        return view(self.calls, self.unit)

    def chosen(self, kind: Measure, whole_texts: bool | None = None) -> Bool:
        """Roll calls that count for a measure (shape (events,)): contested ones; for the State Department's all on whole texts.

        ``whole_texts`` leaves out votes on paragraphs and amendments; by default only where the measure's authors do.
        """
        keep = self.calls.contested if kind.contested_only else self.calls.whole_texts
        return keep & self.calls.whole_texts if whole_texts else keep

    def periods(self, by: str) -> list[tuple[str, Bool]]:
        """Names and masks of the periods ``by`` = session, year, all, or ``span-5``: five sessions at a time, named by the first
        and the last that is here (``1-5``). :raises Malformed: for anything else.
        """
        if by == "all":
            return [("all", np.ones(len(self.calls.events), dtype=np.bool_))]
        if (span := _SPAN.fullmatch(by)) is not None:
            return self._spans(int(span[1]))
        if by not in ("session", "year"):
            raise Malformed("There is no period {by}.", place="by", remedy="Use session, year or all.", by=by)
        of = self.calls.sessions if by == "session" else self.calls.years
        return [(str(p), of == p) for p in np.unique(of)]

    def _spans(self, length: int) -> list[tuple[str, Bool]]:
        sessions = self.calls.sessions
        group = (sessions - 1) // length
        found = []
        for g in np.unique(group):
            inside = group == g
            first, last = int(sessions[inside].min()), int(sessions[inside].max())
            found.append((str(first) if first == last else f"{first}-{last}", inside))
        return found

    def topics(self, wanted: Sequence[str]) -> list[tuple[str, Bool]]:
        """Names and masks of topics; ``each`` stands for all of them one by one, none for no restriction."""
        everything = np.ones(len(self.calls.events), dtype=np.bool_)
        names = list(self.calls.topic_codes) if "each" in wanted else [t for t in wanted if t != "all"]
        unknown = [t for t in names if t not in self.calls.topic_masks]
        if unknown:
            known = ", ".join(self.calls.topic_codes[:20])
            raise Malformed("There is no topic {topic}.", place="topic", remedy="Use one of: {known}.", topic=unknown[0], known=known)
        return [("all", everything)] * (not names or "all" in wanted) + [(t, self.calls.topic_masks[t]) for t in names]

    def pair(
        self,
        a: str,
        b: str,
        *,
        by: str = "session",
        topics: Sequence[str] = (),
        measures: Sequence[Measure] = SHOWN,
        whole_texts: bool | None = None,
        seed: int = 1,
        draws: int = DRAWS,
        events: bool = False,
    ) -> list[Row]:
        """One pair, by period × topic × measure; cells without a common vote are left out. ``events`` adds the ids of the roll calls
        counted.
        """
        one, other = self.view.find(a), self.view.find(b)
        x, y = self.view.options[:, one], self.view.options[:, other]
        both = (x >= 1) & (x <= 3) & (y >= 1) & (y <= 3)
        cell = 3 * (x.astype(np.int64) - 1) + (y - 1)
        rows: list[Row] = []
        for contested in (True, False):
            kinds = [m for m in measures if m.contested_only is contested]
            if not kinds:
                continue
            allowed = both & self.chosen(kinds[0], whole_texts)
            cells = [
                (p, t, np.flatnonzero(allowed & in_period & in_topic))
                for p, in_period in self.periods(by)
                for t, in_topic in self.topics(topics)
            ]
            rows += self._rows(one, other, [c for c in cells if len(c[2])], cell, kinds, seed, draws, events)
        order = [m.word for m in measures]
        return sorted(rows, key=lambda r: (r.period.partition("-")[0].zfill(6), r.topic != "all", r.topic, order.index(r.measure)))

    def _rows(
        self, one: int, other: int, cells: list[tuple[str, str, Int]], cell: Int, kinds: list[Measure], seed: int, draws: int, events: bool
    ) -> list[Row]:
        clusters = []
        for _, _, at in cells:
            _, item = np.unique(self.calls.items[at], return_inverse=True)
            count = int(item.max()) + 1
            clusters.append(np.bincount(item * 9 + cell[at], minlength=count * 9).reshape(count, 9).astype(np.float64))
        tables = [c.sum(axis=0) for c in clusters]
        values = np.array([[measure(int(m), t) for m in kinds] for t in tables]).reshape(len(cells), len(kinds))
        low, high = bootstrap(kinds, clusters, values, seed=seed, draws=draws)
        rows = []
        for c, (period, topic, at) in enumerate(cells):
            t = tables[c]
            same, partial, opposite = (int(t[list(k)].sum()) for k in (SAME, PARTIAL, OPPOSITE))
            ids = tuple(self.calls.events[i].id for i in at) if events else ()
            for m, kind in enumerate(kinds):
                value = None if np.isnan(values[c, m]) else float(values[c, m])
                rows.append(
                    Row(
                        a=self.view.keys[one],
                        b=self.view.keys[other],
                        period=period,
                        topic=topic,
                        measure=kind.word,
                        value=value,
                        low=float(low[c, m]),
                        high=float(high[c, m]),
                        n=int(t.sum()),
                        items=len(clusters[c]),
                        same=same,
                        partial=partial,
                        opposite=opposite,
                        method="bootstrap over items",
                        events=ids,
                    )
                )
        return rows

    def all_pairs(
        self,
        *,
        by: str = "session",
        measures: Sequence[Measure] = (Measure.LINEAR,),
        whole_texts: bool | None = None,
        intervals: bool = True,
    ) -> Iterator[Block]:
        """Every pair (see :func:`comity.forums.pairs.all_pairs` for their order), one block for each period; jackknife intervals."""
        first, second = all_pairs(len(self.view.keys))
        for period, inside in self.periods(by):
            results: dict[Measure, tuple[Any, ...]] = {}
            for contested in (True, False):
                same_calls = [m for m in measures if m.contested_only is contested]
                if same_calls:
                    mask = inside & self.chosen(same_calls[0], whole_texts)
                    results |= self._block(same_calls, np.flatnonzero(mask), first, second, intervals)
            values, low, high = (np.stack([results[m][k] for m in measures]) for k in (0, 1, 2))
            n, items = (np.stack([results[m][k] for m in measures]) for k in (3, 4))
            yield Block(period, tuple(measures), values, low, high, n, items)

    def _block(self, measures: Sequence[Measure], at: Int, first: Int, second: Int, intervals: bool) -> dict[Measure, tuple[Any, ...]]:
        """Values, ends, n and items of measures that count the same roll calls ``at``."""
        whole = Packed(self.view.options, [at]).tables(first, second)
        n: Int = whole[0].sum(axis=1, dtype=np.int64)
        values = {m: measure_all(int(m), whole)[0] for m in measures}
        if not intervals or not len(at):
            nothing, none = np.full(len(first), np.nan), np.zeros(len(first), dtype=np.int64)
            return {m: (v, nothing, nothing, n, none) for m, v in values.items()}
        of_item = self.calls.items[at]
        parts: Tables = Packed(self.view.options, [at[of_item == i] for i in np.unique(of_item)]).tables(first, second)
        items: Int = (parts.sum(axis=2) > 0).sum(axis=0).astype(np.int64)
        return {m: (v, *jackknife(m, parts, v), n, items) for m, v in values.items()}


def kinds(words: Sequence[str]) -> tuple[Measure, ...]:
    """Measures by their names. :raises Malformed: for a name that is none."""
    for w in words:
        if w not in MEASURES:
            raise Malformed("There is no measure {measure}.", place="measure", remedy="Use: {known}.", measure=w, known=", ".join(MEASURES))
    return tuple(MEASURES[w] for w in words)
