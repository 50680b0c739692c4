"""A line of time with one lane per side: when each said a phrase. Lengths are units of the drawing's own box; colours come from the style
sheet by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comity.terms.dates import PartialDate

_WIDE: Final = 720
_LEFT: Final = 12
_HIGH: Final = 34


@dataclass(frozen=True, slots=True)
class Point:
    """One saying: its ISO date (may be partial), the date in the reader's words, where it stands, and whether word for word."""

    date: str
    said: str
    url: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """Who said it, and when, oldest first."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lanes, and the drawing of them."""

    lanes: Sequence[Lane]

    def svg(self) -> SafeString:
        """The drawing, hidden from assistive technology: the list under it says the same."""
        days = [_day(point.date) for lane in self.lanes for point in lane.points]
        first, last = min(days), max(days)
        years = range(first // 365, last // 365 + 2)
        start, span = years[0] * 365, max(1, (years[-1] - years[0]) * 365)
        high = _HIGH * len(self.lanes) + 22

        def x(day: float) -> str:
            return f"{_LEFT + (day - start) / span * (_WIDE - 2 * _LEFT):.1f}"

        step = max(1, len(years) // 9)
        marks = format_html_join(
            "", '<text class="phrase__year" x="{}" y="{}">{}</text>', ((x(year * 365), high - 5, year) for year in years[::step])
        )
        lanes = SafeString("")
        for number, lane in enumerate(self.lanes):
            y = _HIGH * number + 22
            lanes += format_html('<path class="phrase__lane" d="M{} {}H{}"/>', _LEFT, y, _WIDE - _LEFT)
            lanes += format_html('<text class="phrase__name" x="{}" y="{}">{}</text>', _LEFT, y - 9, lane.name)
            for place, point in enumerate(lane.points):
                kind = ("phrase__dot" if point.exact else "phrase__dot phrase__dot--drift") + ("" if place else " phrase__dot--first")
                lanes += format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, x(_day(point.date)), y, 4 if place else 6)
        return format_html(
            '<svg class="phrase" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}{}</svg>', _WIDE, high, marks, lanes
        )


def _day(date: str) -> int:
    """Days since year 0, by years of 365: near enough to draw."""
    first = PartialDate(date).first
    return first.year * 365 + first.timetuple().tm_yday
