"""SEM and PREC: provisions whose meanings are far apart, and wordings that are near agreed language without being it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from comity.texts.checks.finding import Finding, finding
from comity.texts.checks.pair import Pair, Side
from comity.texts.encoders import LANGUAGES, Encoder

FLOORS: Final[Mapping[frozenset[str], float]] = {
    frozenset({"en", "ru"}): 0.66,
    frozenset({"en", "zh"}): 0.62,
    frozenset({"ru", "zh"}): 0.46,
}
"""First percentile of the similarity of true pairs, per pair of languages, on the dev part of the gold texts."""
_FLOOR: Final = 0.45
_NEVER: Final = 0.40
"""Below this no true pair was seen; pairs at random rarely reach it."""
_SHORT: Final = 36
"""Shorter texts (a Han character counts for three) have unsteady vectors."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """Agreed language: a wording with the text it stands in."""

    language: str
    text: str
    source: str = ""


def check_meaning(pairs: Sequence[Pair], encoder: Encoder) -> list[Finding]:
    """SEM for many pairs at once, since encoding in bulk is what is fast."""
    usable = [
        pair
        for pair in pairs
        if pair.left.base in LANGUAGES and pair.right.base in LANGUAGES and min(_size(side.text) for side in pair.sides) >= _SHORT
    ]
    if not usable:
        return []
    left = encoder.encode([pair.left.text for pair in usable])
    right = encoder.encode([pair.right.text for pair in usable])
    out = []
    grid = left @ right.T
    for place, pair in enumerate(usable):
        similarity = grid[place, place]
        floor = FLOORS.get(frozenset({pair.left.base, pair.right.base}), _FLOOR)
        # Short and formal clauses fall below the floor without being wrong; then their partner is still the nearest of all.
        is_nearest = similarity >= max(grid[place].max(), grid[:, place].max())
        if similarity < _NEVER or (similarity < floor and not is_nearest):
            spans = pair.spans([(0, len(pair.left.text))], [(0, len(pair.right.text))])
            out.append(finding("SEM", pair.eid, "The two wordings seem to say different things.", spans))
    return out


def _size(text: str) -> int:
    return sum(3 if "\u4e00" <= char <= "\u9fff" else 1 for char in text)


def check_precedent(side: Side, precedents: Mapping[str, Sequence[Precedent]]) -> list[Finding]:
    """PREC: the wording is like agreed language (similarity .8 to .99 by characters) but departs from it. `precedents` is by language."""
    known = precedents.get(side.language, ())
    if _size(side.text) < _SHORT or not known:
        return []
    best = process.extractOne(side.text, [item.text for item in known], scorer=fuzz.ratio, score_cutoff=80)
    if best is None or best[1] > 99:
        return []
    item = known[best[2]]
    return [
        finding(
            "PREC",
            side.eid,
            "Departs from agreed language ({similarity}): {source}.",
            {side.language: [(0, len(side.text))]},
            similarity=f"{best[1] / 100:.2f}",
            source=item.source or item.text[:60],
        )
    ]
