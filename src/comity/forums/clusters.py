"""A bloc as a matrix: agreement of every two members, ordered so that those who vote alike stand together.

The order is that of the leaves of an average-linkage tree (Sokal and Michener 1958) on 1 − agreement; at each join the side whose mean
place is nearer to the rest comes next to it. Pairs without a common vote count as the mean of all pairs in the tree, and stay empty in
the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.forums.agreement import Agreement
from comity.forums.blocs import Group, cast
from comity.forums.measures import Measure
from comity.forums.model import Bool, Float, Int
from comity.forums.pairs import Packed, measure_all


@dataclass(frozen=True)
class Matrix:
    """``keys`` in the order to draw; ``values`` float64 and ``n`` int64, (members, members), NaN and 0 on the diagonal and for pairs
    without a vote.

    ``joins``: the tree, as (first member, last member, height) in that order, lowest first.
    """

    keys: tuple[str, ...]
    values: Float
    n: Int
    joins: tuple[tuple[int, int, float], ...]


def matrix(agreement: Agreement, group: Group, kind: Measure = Measure.LINEAR, within: Bool | None = None) -> Matrix:
    """The clustered matrix of ``group`` (all members if empty) over the roll calls ``within`` (bool (events,), all by default)."""
    members, options = cast(agreement, group) if group else (list(range(len(agreement.view.keys))), agreement.view.options)
    units = np.array(members, dtype=np.int64)
    chosen = agreement.chosen(kind) & (True if within is None else within)
    a, b = np.triu_indices(len(units), 1)
    tables = Packed(options, [np.flatnonzero(chosen)]).tables(a, b)
    values, n = np.full((len(units),) * 2, np.nan), np.zeros((len(units),) * 2, dtype=np.int64)
    values[a, b] = values[b, a] = measure_all(int(kind), tables)[0]
    n[a, b] = n[b, a] = tables[0].sum(axis=1)
    present = np.flatnonzero(n.any(axis=1)) if n.any() else np.arange(len(units))
    values, n = values[np.ix_(present, present)], n[np.ix_(present, present)]
    order, joins = _tree(values)
    keys = tuple(agreement.view.keys[units[present[i]]] for i in order)
    return Matrix(keys, values[np.ix_(order, order)], n[np.ix_(order, order)], joins)


def _tree(values: Float) -> tuple[list[int], tuple[tuple[int, int, float], ...]]:
    """Leaves in order, and the joins as spans of places."""
    count = len(values)
    distance = 1 - np.where(np.isnan(values), np.nanmean(values) if count > 1 and not np.isnan(values).all() else 0.0, values)
    base = distance.copy()
    np.fill_diagonal(distance, np.inf)
    leaves: dict[int, list[int]] = {i: [i] for i in range(count)}
    merged: list[tuple[list[int], float]] = []
    while len(leaves) > 1:
        one, other = divmod(int(np.argmin(distance)), count)
        i, j = min(one, other), max(one, other)
        height = float(distance[i, j])
        p, q = len(leaves[i]), len(leaves[j])
        leaves[i] = _side_by_side(base, leaves[i], leaves.pop(j))
        merged.append((list(leaves[i]), height))
        row = (p * distance[i] + q * distance[j]) / (p + q)
        distance[i], distance[:, i] = row, row
        distance[i, i] = np.inf
        distance[j], distance[:, j] = np.inf, np.inf
    order = next(iter(leaves.values())) if leaves else []
    place = {leaf: k for k, leaf in enumerate(order)}
    spans = tuple((min(place[m] for m in members), max(place[m] for m in members), height) for members, height in merged)
    return order, spans


def _side_by_side(base: Float, left: list[int], right: list[int]) -> list[int]:
    """Join two branches with their most alike ends touching."""
    choices = [(base[x[-1], y[0]], x + y) for x in (left, left[::-1]) for y in (right, right[::-1])]
    return min(choices, key=lambda c: float(c[0]))[1]
