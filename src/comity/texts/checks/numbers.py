"""NUM, DATE, MONEY, UNIT: figures that the languages must share.

Firm quantities (in digits) must be in the other text, in digits or in words; soft ones (in words) only raise a finding where each side
has exactly one that the other lacks.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final

from comity.texts.checks.finding import Finding, finding
from comity.texts.checks.pair import Pair, Side
from comity.texts.checks.residue import residue
from comity.texts.dates import FoundDate, find_dates
from comity.texts.quantities import Quantity, blank, find_quantities
from comity.texts.quantity_words import CURRENCIES
from comity.texts.references import find_references


def figures(side: Side) -> tuple[list[FoundDate], list[Quantity]]:
    """Dates and quantities of a text, without what belongs to references."""
    references = [(item.start, item.end) for item in find_references(side.text, side.language)]
    text = blank(side.text, [*references, *residue(side.text)])
    dates = find_dates(text, side.language)
    return dates, find_quantities(blank(text, [(item.start, item.end) for item in dates]), side.language)


def check_numbers(pair: Pair) -> list[Finding]:
    """Findings of the codes NUM, DATE, MONEY and UNIT for one provision in two languages."""
    (dates, left), (others, right) = figures(pair.left), figures(pair.right)
    return [*_dates(pair, dates, others), *_values(pair, left, right), *_units(pair, left, right)]


def _dates(pair: Pair, left: list[FoundDate], right: list[FoundDate]) -> list[Finding]:
    ours, theirs = Counter(item.iso for item in left), Counter(item.iso for item in right)
    if ours == theirs:
        return []
    more, less = list((ours - theirs).elements()), list((theirs - ours).elements())
    spans = pair.spans(
        [(item.start, item.end) for item in left if item.iso in more], [(item.start, item.end) for item in right if item.iso in less]
    )
    return [finding("DATE", pair.eid, "Dates differ: {one} / {other}.", spans, one=", ".join(more) or "–", other=", ".join(less) or "–")]


def _plain(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return text if len(text) < 18 else f"{value:.3f}"


def _unmatched(ours: list[Quantity], theirs: list[Quantity]) -> list[Quantity]:
    """Firm quantities that the other side has neither in digits nor in words; repeated ones must repeat only where both sides print
    digits."""
    firm = Counter(item.value for item in theirs if item.firm)
    soft = {item.value for item in theirs if not item.firm}
    out = []
    for item in ours:
        if not item.firm:
            continue
        if firm[item.value]:
            firm[item.value] -= 1
        elif item.value not in soft:
            out.append(item)
    return out


def _values(pair: Pair, left: list[Quantity], right: list[Quantity]) -> list[Finding]:
    more, less = _unmatched(left, right), _unmatched(right, left)
    if not more and not less:
        more, less = _swapped(left, right), _swapped(right, left)
        if len(more) != 1 or len(less) != 1:
            return []
    spans = pair.spans([(item.start, item.end) for item in more], [(item.start, item.end) for item in less])
    one, other = (", ".join(_plain(item.value) for item in side) or "–" for side in (more, less))
    return [finding("NUM", pair.eid, "Numbers differ: {one} / {other}.", spans, one=one, other=other)]


_SCALE_WORDS: Final = frozenset(Decimal(1000) ** power for power in range(1, 5))


def _swapped(ours: list[Quantity], theirs: list[Quantity]) -> list[Quantity]:
    """Numerals in words whose value the other side does not have at all."""
    values = {item.value for item in theirs}
    return [item for item in ours if not item.firm and item.value not in values and item.value not in _SCALE_WORDS]


def _units(pair: Pair, left: list[Quantity], right: list[Quantity]) -> list[Finding]:
    out = []
    for value in {item.value for item in left if item.unit} & {item.value for item in right if item.unit}:
        ours, theirs = (
            [item for item in left if item.value == value and item.unit],
            [item for item in right if item.value == value and item.unit],
        )
        if {item.unit for item in ours} & {item.unit for item in theirs}:
            continue
        code = "MONEY" if {item.unit for item in (*ours, *theirs)} & CURRENCIES else "UNIT"
        spans = pair.spans([(item.start, item.end) for item in ours], [(item.start, item.end) for item in theirs])
        said = "{number} has unit {one} / {other}."
        out.append(finding(code, pair.eid, said, spans, number=_plain(value), one=ours[0].unit, other=theirs[0].unit))
    return out
