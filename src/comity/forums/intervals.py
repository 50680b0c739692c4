"""Intervals for agreement: votes come in clusters (one agenda item, several resolutions), so items are resampled, not votes.

*Block bootstrap* over agenda items (percentiles), for what is shown of a pair; *jackknife* over agenda items (normal, clipped to the
measure's range), for all pairs at once. Where every resample gives the same value the interval would be a point; then it is Wilson's
score interval with n = number of items, stretched to the range of the measure. One item tells nothing: the whole range.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.measures import Measure, measure
from comity.forums.model import Float, Int
from comity.forums.pairs import Tables

Z90 = 1.6448536269514722
DRAWS = 500


@compiled
def _next(state: np.uint64) -> np.uint64:
    """The finaliser of SplitMix64, on a counter."""
    z = state
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def _resample(kinds: Int, clusters: Float, starts: Int, draws: int, seed: int, level: float) -> Float:
    """Ends (cells, kinds, 2) of the percentile intervals; cell c owns the clusters ``starts[c]:starts[c+1]``, float64 (items, 9)."""
    cells = len(starts) - 1
    out = np.full((cells, len(kinds), 2), np.nan)
    values = np.empty((len(kinds), draws))
    t = np.empty(9)
    for c in range(cells):
        items = starts[c + 1] - starts[c]
        if items < 2:
            continue
        state = np.uint64(seed)
        for d in range(draws):
            t[:] = 0.0
            for _ in range(items):
                state += np.uint64(0x9E3779B97F4A7C15)
                pick = starts[c] + np.int64((_next(state) >> np.uint64(32)) * np.uint64(items) >> np.uint64(32))
                for k in range(9):
                    t[k] += clusters[pick, k]
            for m in range(len(kinds)):
                values[m, d] = measure(kinds[m], t)
        for m in range(len(kinds)):
            known = np.sort(values[m][~np.isnan(values[m])])
            if len(known):
                for end in range(2):
                    at = (len(known) - 1) * (1.0 - level if end == 0 else 1.0 + level) / 2.0
                    below = int(at)
                    above = min(below + 1, len(known) - 1)
                    out[c, m, end] = known[below] + (at - below) * (known[above] - known[below])
    return out


@compiled
def _jackknife(kind: int, tables: Tables, totals: Tables) -> Float:
    """Standard errors (pairs,): delete one item at a time. ``tables``: (items, pairs, 9); items without a common vote do not count."""
    items, pairs = tables.shape[0], tables.shape[1]
    out = np.empty(pairs)
    t = np.empty(9)
    for p in range(pairs):
        used = 0
        total = 0.0
        squares = 0.0
        voted = 0
        for k in range(9):
            voted += totals[p, k]
        if voted == 0:
            out[p] = np.nan
            continue
        for i in range(items):
            n = 0
            for k in range(9):
                n += tables[i, p, k]
            if n == 0:
                continue
            for k in range(9):
                t[k] = totals[p, k] - tables[i, p, k]
            value = measure(kind, t)
            if np.isnan(value):
                continue
            used += 1
            total += value
            squares += value * value
        if used < 2:
            out[p] = np.nan
        else:
            mean = total / used
            out[p] = math.sqrt(max(0.0, (used - 1) / used * (squares - used * mean * mean)))
    return out


def bootstrap(
    kinds: Sequence[Measure], cells: Sequence[Float], values: Float, *, seed: int, draws: int = DRAWS, level: float = 0.9
) -> tuple[Float, Float]:
    """Ends at ``level`` by the block bootstrap, float64 (cells, kinds).

    ``cells[c]``: tables of the agenda items of cell c, float64 (items, 9), each with at least one vote; ``values``: the measures,
    (cells, kinds).
    """
    starts = np.concatenate([[0], np.cumsum([len(c) for c in cells])]).astype(np.int64)
    clusters = np.concatenate(cells).astype(np.float64) if len(cells) else np.zeros((0, 9))
    ends = _resample(np.array(kinds, dtype=np.int64), clusters, starts, draws, seed, level)
    low, high = ends[:, :, 0], ends[:, :, 1]
    for c, m in np.argwhere(~(high - low > 1e-12)):
        kind, value = kinds[m], values[c, m]
        items = len(cells[c])
        low[c, m], high[c, m] = (kind.least, 1.0) if items < 2 or np.isnan(value) else wilson(kind, float(value), items, level)
    return low, high


def wilson(kind: Measure, value: float, items: int, level: float = 0.9) -> tuple[float, float]:
    """Wilson's score interval of ``value`` seen as a share on the measure's range, with n = ``items``."""
    z = {0.9: Z90, 0.95: 1.959963984540054}.get(level, Z90)
    span = 1.0 - kind.least
    share = (value - kind.least) / span
    centre = (share + z * z / (2 * items)) / (1 + z * z / items)
    half = z / (1 + z * z / items) * math.sqrt(max(0.0, share * (1 - share) / items + z * z / (4 * items * items)))
    return kind.least + span * max(0.0, centre - half), kind.least + span * min(1.0, centre + half)


def jackknife(kind: Measure, tables: Tables, values: Float) -> tuple[Float, Float]:
    """Ends at 90 %, float64 (pairs,); ``tables``: int32 (items, pairs, 9), ``values``: the measure of their sums (pairs,)."""
    totals = tables.sum(axis=0, dtype=np.int32)
    error = _jackknife(int(kind), tables, totals)
    items: Int = (tables.sum(axis=2) > 0).sum(axis=0)
    low, high = np.clip(values - Z90 * error, kind.least, 1.0), np.clip(values + Z90 * error, kind.least, 1.0)
    for p in np.flatnonzero(np.isnan(error) | ((error < 1e-12) & ~np.isnan(values))):
        low[p], high[p] = (kind.least, 1.0) if items[p] < 2 or np.isnan(values[p]) else wilson(kind, float(values[p]), int(items[p]))
    return low, high
