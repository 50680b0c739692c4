"""Which clauses of two language versions belong together.

By canonical number first: provisions with the same eId are the same provision. Only where the children of a provision disagree, and for
texts without numbers, by meaning: dynamic programming over groups of up to three clauses, after Vecalign (Thompson and Koehn, EMNLP
2019), with two changes. A clause that the other side lacks has an explicit price instead of a percentile of the costs, since in joint
texts nearly everything matches; and lengths count beside meaning (Gale and Church, 1993), since they tell a merged clause from a lost
one.

Without an encoder the lengths, figures and names alone decide; enough to line up texts of equal make, not to find what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from comity.texts.encoders import Encoder
from comity.texts.model import Provision, TextVersion

State = Literal["auto", "confirmed"]
Grid = npt.NDArray[np.float64]

GROUPS: Final = ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (2, 2))
_THRESHOLD: Final = 0.84
"""Cost at which two clauses are rather alone than together; 0 is a usual match, 1 a pair at random."""
_GROUP_PRICE: Final = 0.40
"""Price of every clause beyond one and one."""
_LENGTH_WEIGHT: Final = 0.07
"""These three were chosen on the dev cases of `comity.bench.texts_gold`."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Clauses of two texts that belong together, as indexes; one side is empty where the other text lacks them.

    `similarity` is between 0 and 1 (0 for a bead with an empty side); `by` tells whether numbers or meaning joined them.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float = 0.0
    by: Literal["number", "meaning"] = "meaning"
    state: State = "auto"


def align(source: Sequence[str], target: Sequence[str], encoder: Encoder | None = None) -> list[Bead]:
    """Beads of two lists of clauses, in order; every clause is in exactly one bead.

    Time grows with the product of the lengths; 100 by 100 clauses take about 0.1 s beside encoding.
    """
    if not source or not target:
        return [*(Bead((i,), ()) for i in range(len(source))), *(Bead((), (j,)) for j in range(len(target)))]
    costs = _costs(source, target, encoder)
    gains = {}
    lengths = _length_costs(source, target)
    for group in GROUPS:
        n, m = group
        if n > len(source) or m > len(target):
            continue
        gains[group] = (_THRESHOLD - costs[group]) * (n + m) / 2 - _LENGTH_WEIGHT * lengths[group] - (_GROUP_PRICE * (n + m - 2))
    path = _best_path(len(source), len(target), gains)
    return [Bead(a, b, _similarity(costs, a, b)) for a, b in path]


def _similarity(costs: dict[tuple[int, int], Grid], a: tuple[int, ...], b: tuple[int, ...]) -> float:
    if not a or not b:
        return 0.0
    return float(np.clip(1.0 - costs[len(a), len(b)][a[0], b[0]], 0.0, 1.0))


def _best_path(n: int, m: int, gains: dict[tuple[int, int], Grid]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The sequence of groups with the greatest gain; a clause left alone gains nothing."""
    best = np.zeros((n + 1, m + 1))
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    tables = [(a, b, gain.tolist()) for (a, b), gain in gains.items()]
    rows: list[list[float]] = best.tolist()
    for i in range(n + 1):
        row, above, backs = rows[i], rows[i - 1], back[i]
        for j in range(m + 1):
            top, step = (0.0, (0, 0)) if not i and not j else (-1e18, (0, 0))
            if i and above[j] > top:
                top, step = above[j], (1, 0)
            if j and row[j - 1] > top:
                top, step = row[j - 1], (0, 1)
            for a, b, gain in tables:
                if a <= i and b <= j and (value := rows[i - a][j - b] + gain[i - a][j - b]) > top:
                    top, step = value, (a, b)
            row[j] = top
            backs[j] = step
    path = []
    i, j = n, m
    while i or j:
        a, b = back[i][j]
        path.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return path[::-1]


def _costs(source: Sequence[str], target: Sequence[str], encoder: Encoder | None) -> dict[tuple[int, int], Grid]:
    """Cost of each group at each place: 0 for the same meaning, about 1 for clauses taken at random."""
    if encoder is None:
        return {(n, m): _lexical_costs(_groups(source, n), _groups(target, m)) for n, m in GROUPS if n <= len(source) and m <= len(target)}
    ones, others = _group_vectors(source, encoder), _group_vectors(target, encoder)
    usual_left = {size: (vectors @ others[1].T).mean(axis=1) for size, vectors in ones.items()}
    usual_right = {size: (vectors @ ones[1].T).mean(axis=1) for size, vectors in others.items()}
    costs = {}
    for n, m in GROUPS:
        if n in ones and m in others:
            usual = (usual_left[n][:, None] + usual_right[m][None, :]) / 2
            costs[n, m] = (1.0 - ones[n] @ others[m].T) / np.maximum(1.0 - usual, 0.05)
    matched = _usual_match(costs[1, 1])
    return {group: (cost - matched) / (1.0 - matched) for group, cost in costs.items()}


def _group_vectors(texts: Sequence[str], encoder: Encoder) -> dict[int, Grid]:
    """Vectors of one, two and three neighbouring clauses.

    A group's vector is the sum of its clauses' weighted by the root of their lengths, as the encoder itself sums words: almost the vector
    of the joined text, for a fifth of the time.
    """
    ones = encoder.encode(texts).astype(np.float64)
    weighted = ones * np.sqrt([_weights(text) for text in texts])[:, None]
    out: dict[int, Grid] = {1: ones}
    for size in (2, 3):
        if size <= len(texts):
            total = sum((weighted[first : len(texts) - size + 1 + first] for first in range(size)), np.zeros((1, 1)))
            out[size] = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return out


def _usual_match(costs: Grid) -> float:
    """Cost of a usual match in these two texts: the median over clauses that are each other's nearest."""
    nearest, back = costs.argmin(axis=1), costs.argmin(axis=0)
    mutual = [costs[i, j] for i, j in enumerate(nearest) if back[j] == i]
    return min(float(np.median(mutual)), 0.8) if mutual else 0.5


def _weights(text: str) -> float:
    """Length of a text in letters, a Han character counting for three."""
    return sum(3.0 if "\u3400" <= char <= "\u9fff" else 1.0 for char in text if not char.isspace()) + 1.0


def _length_costs(source: Sequence[str], target: Sequence[str]) -> dict[tuple[int, int], Grid]:
    """Squared deviation of the logarithm of the lengths' ratio from the texts' usual ratio, capped."""
    left, right = np.array([_weights(text) for text in source]), np.array([_weights(text) for text in target])
    usual = float(np.log(left.sum() / right.sum()))
    out = {}
    for n, m in GROUPS:
        if n <= len(source) and m <= len(target):
            a = np.convolve(left, np.ones(n), "valid")
            b = np.convolve(right, np.ones(m), "valid")
            deviation = (np.log(a)[:, None] - np.log(b)[None, :] - usual) / 0.35
            out[n, m] = np.minimum(deviation**2, 9.0)
    return out


_FEATURES: Final = re.compile(r"\d+(?:[.,]\d+)?|[A-Za-z]{3,}")


def _groups(texts: Sequence[str], size: int) -> list[str]:
    return [" ".join(texts[index : index + size]) for index in range(len(texts) - size + 1)]


def _lexical_costs(source: list[str], target: list[str]) -> Grid:
    """Cost by what does not change across languages: figures and names in the same script."""
    left = [{found[0] for found in _FEATURES.finditer(text)} for text in source]
    right = [{found[0] for found in _FEATURES.finditer(text)} for text in target]
    out = np.full((len(source), len(target)), 0.62)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if a or b:
                out[i, j] = 0.75 - 0.5 * len(a & b) / len(a | b)
    return out


@dataclass(frozen=True, slots=True)
class ProvisionBead:
    """Provisions of two versions that belong together, by eId. `by` is "number" where the eIds are equal."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    similarity: float
    by: Literal["number", "meaning"]
    state: State = "auto"


def align_versions(source: TextVersion, target: TextVersion, encoder: Encoder | None = None) -> list[ProvisionBead]:
    """Beads of two language versions, in the reading order of the first.

    Equal eIds are joined by number. Where a parent's children disagree, those without a printed number are aligned by meaning, all of
    them, since counting them told nothing; numbered ones only if their number has no partner.
    """
    out: list[ProvisionBead] = []
    for one, other in (
        (source.preamble, target.preamble),
        (source.provisions, target.provisions),
        (source.conclusions, target.conclusions),
    ):
        _align_children(one, other, encoder, out)
    return out


def _align_children(
    source: tuple[Provision, ...], target: tuple[Provision, ...], encoder: Encoder | None, out: list[ProvisionBead]
) -> None:
    left, right = {item.eid: item for item in source}, {item.eid: item for item in target}
    agree = list(left) == list(right)
    fixed = {eid for eid in left if eid in right and (agree or (left[eid].num and right[eid].num))}
    loose = [item for item in source if item.eid not in fixed], [item for item in target if item.eid not in fixed]
    beads = align([_whole(item) for item in loose[0]], [_whole(item) for item in loose[1]], encoder) if any(loose) else []
    placed = {loose[0][bead.source[0]].eid: bead for bead in beads if bead.source}
    for bead in beads:
        if not bead.source:
            out.append(ProvisionBead((), tuple(loose[1][index].eid for index in bead.target), 0.0, "meaning"))
    for item in source:
        if item.eid in fixed:
            out.append(ProvisionBead((item.eid,), (item.eid,), 1.0, "number"))
            _align_children(item.children, right[item.eid].children, encoder, out)
        elif item.eid in placed:
            bead = placed[item.eid]
            eids = tuple(loose[0][index].eid for index in bead.source), tuple(loose[1][index].eid for index in bead.target)
            out.append(ProvisionBead(*eids, bead.similarity, "number" if eids[0] == eids[1] else "meaning"))
            if len(bead.source) == len(bead.target) == 1:
                _align_children(item.children, loose[1][bead.target[0]].children, encoder, out)


def _whole(provision: Provision) -> str:
    return " ".join(part for item in provision.walk() for part in (item.heading, item.text) if part)
