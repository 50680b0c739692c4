"""``python -m comity.bench.press_calibration``: fit ``comity/press/lexicon/calibration.toml`` to our annotated texts, development half.

Prints the TOML. No other set is used: what is fitted to a text belongs to its licence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date

from comity.bench.press import GOLD
from comity.press.calibration import claimed_of, log_odds
from comity.press.gold import load
from comity.press.model import Reading
from comity.press.readers import read
from comity.press.scorer import match, same_name

PRIOR, PRIOR_RIGHT = 20, 0.7  # invented proposals per fit, and the share of them that is right
KINDS = ("statements", "commitments", "persons")


def outcomes(kind: str, mine: Reading, gold: Reading) -> Iterator[tuple[float, bool]]:
    """(confidence, right) of every proposal of a kind: a span that matches at IoU 0.5, a person whom the gold names."""
    if kind == "persons":
        for person in mine.persons if gold.persons else ():
            yield person.confidence, any(same_name(person.name, g.name) for g in gold.persons)
        return
    ours, theirs = getattr(mine, kind), getattr(gold, kind)
    matched = {i for i, _ in match([x.span for x in ours], [x.span for x in theirs])}
    for number, item in enumerate(ours):
        yield item.confidence, number in matched


def fit(pairs: Iterable[tuple[float, bool]], *, steps: int = 4_000, rate: float = 0.05) -> tuple[float, float]:
    """Slope and intercept of greatest likelihood by gradient steps; the slope is drawn to 1 and stays above 0.2."""
    data = [(log_odds(p), 1.0 if ok else 0.0, 1.0) for p, ok in pairs]
    centre = sum(x for x, _, _ in data) / max(1, len(data))
    data += [(centre, PRIOR_RIGHT, float(PRIOR))]
    slope, intercept, total = 1.0, 0.0, sum(w for _, _, w in data)
    for _ in range(steps):
        errors = [(x, w * (1 / (1 + math.exp(-(slope * x + intercept))) - y)) for x, y, w in data]
        slope -= rate * (sum(x * e for x, e in errors) / total + 0.02 * (slope - 1))
        intercept -= rate * sum(e for _, e in errors) / total
        slope = max(0.2, slope)
    return slope, intercept


def main() -> None:
    """Print the file."""
    print("# Slope and intercept of the log-odds (comity.press.calibration); fitted by comity.bench.press_calibration")
    for kind in KINDS:
        for language in ("en", "ru", "zh"):
            pairs = []
            for g in load(GOLD / "dev" / language):
                mine = read(g.text, language, None, date.fromisoformat(g.date) if g.date else None, reader=None)
                pairs += [(claimed_of(kind, language, p), ok) for p, ok in outcomes(kind, mine, g.reading)]
            slope, intercept = fit(pairs)
            print(f"[{kind}.{language}]\nslope = {slope:.2f}\nintercept = {intercept:.2f}")


if __name__ == "__main__":
    main()
