"""The line: meetings of several series on one scale of time, with their lineage; a plain structure in, SVG out.

Rules of the drawing:

1. Every series has a lane of its own. Where it merges into another, its line bends into that lane; where it branches off, it leaves it.
2. A meeting is a circle with its ordinal as reported, above its line, below it or on it: what that means (held here, held there, online)
   stands in the legend. A dotted circle is observed; otherwise the circle is cut into one segment per party, thick where that party has
   signed.
3. Where nothing is known the line is dotted. A meeting without a date stands at the right end.
4. ≠ beside a circle: sources disagree.
5. Anniversaries have a line of their own: the age of the mechanism is not the number of its meetings.
6. The same facts stand in a table below, and on a phone the line is upright; nothing is said by the drawing alone.

Dates are ISO 8601, whole or partial (``2013``, ``2007-05``, ``2006-05-29``); lengths are units of the view box, 1160 wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin
from typing import Literal, NamedTuple

from django.utils.html import conditional_escape

from comity.desk.design.seal import State
from comity.desk.design.words import Standing

WIDTH = 1160
TOP = 36
LANE = 104
FIRST_LANE = 112
RADIUS = 10
LAST_INSET = 14


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: the publisher's own name; no *url* where the address is kept but not linked, and *why*."""

    name: str
    url: str = ""
    lang: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One circle. *said_when*, *kind* and *place* are in the reader's language; *when* places it, empty for no date."""

    id: str
    when: str
    title: str
    said_when: str
    ordinal: str = ""
    kind: str = ""
    place: str = ""
    side: Literal["above", "below", "on"] = "on"
    standing: Standing = field(default_factory=lambda: Standing(2, state=State.OBSERVED))
    disputed: bool = False
    url: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One lane. *into* and *out_of* are keys of other series; *silent* says, in words, that nothing is known after the last meeting."""

    key: str
    name: str
    start: str
    meetings: tuple[Meeting, ...]
    note: str = ""
    lane: int = 0
    into: str = ""
    out_of: str = ""
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An anniversary or another mark that is no meeting."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Age:
    """The mechanism's own age, counted from *since*; *text* stands at its end ("20 years"), *note* before it."""

    label: str
    since: str
    until: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the drawing needs. *start* and *end* are years; *end* is the first that is no longer shown."""

    label: str
    start: int
    end: int
    series: tuple[Series, ...]
    talks_label: str = ""
    talks: tuple[Meeting, ...] = ()
    age: Age | None = None
    moments_label: str = ""
    moments: tuple[Moment, ...] = ()

    @property
    def all(self) -> list[tuple[Series | None, Meeting]]:
        """Every meeting with its series (none for talks), by date; those without a date last."""
        every: list[tuple[Series | None, Meeting]] = [(series, meeting) for series in self.series for meeting in series.meetings]
        every += [(None, talk) for talk in self.talks]
        return sorted(every, key=lambda pair: (pair[1].when == "", pair[1].when))


def year_of(date: str) -> float:
    """A partial date as a number of years: the middle of what is not said. ``2013`` → 2013.5, ``2007-05`` → about 2007.38."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    day = parts[2] - 1 if len(parts) > 2 else 15
    return parts[0] + (parts[1] - 1) / 12 + day / 365.25


def svg(chart: Chart) -> str:
    """The drawing as one ``<svg>``; a group named by the chart's label, whose meetings are links where they have a *url*."""
    draw = _Drawing(chart)
    body = "".join(draw.parts())
    return (
        f'<svg class="line only-wide" viewBox="0 0 {WIDTH} {draw.bottom:g}" role="group" aria-label="{conditional_escape(chart.label)}" '
        f'focusable="false">{body}</svg>'
    )


class _Drawing:
    """One chart being drawn: knows where a date and a lane lie."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.lanes = {series.key: FIRST_LANE + LANE * series.lane for series in chart.series}
        self.bottom = float(max(self.lanes.values(), default=FIRST_LANE) + 40)

    def x(self, date: str) -> float:
        if not date:
            return WIDTH - LAST_INSET
        return (year_of(date) - self.chart.start) / (self.chart.end - self.chart.start) * WIDTH

    def parts(self) -> Iterator[str]:
        lanes_end = self.bottom
        scale = list(self._scale(lanes_end))
        yield from scale
        for series in self.chart.series:
            yield from self._way(series)
        for series in self.chart.series:
            yield from self._name(series)
            yield from self._meetings(series)
        yield from self._talks()
        yield from self._age()
        yield from self._moments()

    def _scale(self, down: float) -> Iterator[str]:
        for year in range(self.chart.start, self.chart.end):
            x = (year - self.chart.start) / (self.chart.end - self.chart.start) * WIDTH
            first = year == self.chart.start
            if year % 5 == 0 or first:
                yield _path("grid", f"M{x:.1f} 28V{TOP if first else down:g}")
                yield _text(x, 18, str(year), "dim", "start" if first else "middle")
            else:
                yield _path("grid", f"M{x:.1f} 31v5")
        yield _path("grid", f"M0 {TOP}H{WIDTH}")

    def _way(self, series: Series) -> Iterator[str]:
        y, start = self.lanes[series.key], self.x(series.start)
        dated = [meeting for meeting in series.meetings if meeting.when]
        last = max(dated, key=lambda meeting: meeting.when, default=None)
        known = self.x(last.when) if last else start
        planned = any(not meeting.when for meeting in series.meetings)
        yield _path("way", f"M{start:.1f} {y - 6}v12")
        if series.out_of:
            parent = self.lanes[series.out_of]
            yield _path("way", f"M{start - 34:.1f} {parent}C{start - 10:.1f} {parent} {start - 24:.1f} {y} {start:.1f} {y}")
        if series.into:
            heir = next(other for other in self.chart.series if other.key == series.into)
            end, below = self.x(heir.start), self.lanes[heir.key]
            bend = f"H{end - 56:.1f}C{end - 28:.1f} {y} {end - 36:.1f} {below} {end:.1f} {below}"
            if series.silent:
                yield _path("way", f"M{start:.1f} {y}H{known:.1f}")
                yield _path("gap", f"M{known:.1f} {y}{bend}")
                yield self._silence(series, known, end - 56, last)
            else:
                yield _path("way", f"M{start:.1f} {y}{bend}")
            return
        yield _path("way", f"M{start:.1f} {y}H{known:.1f}")
        if planned or series.silent:
            yield _path("gap", f"M{known:.1f} {y}H{WIDTH}")
            if series.silent:
                yield self._silence(series, known, WIDTH, last)

    def _silence(self, series: Series, start: float, end: float, last: Meeting | None) -> str:
        # On the other side of the line than the last meeting's circle.
        y = self.lanes[series.key] + (22 if last is not None and last.side == "above" else -12)
        half = _length(series.silent) / 2
        return _text(min(max((start + end) / 2, start + 14 + half), WIDTH - half), y, series.silent, "dim", "middle")

    def _name(self, series: Series) -> Iterator[str]:
        y, x = self.lanes[series.key], self.x(series.start)
        # A name that would run out of the picture stands to the left of its line's beginning, ending there.
        if series.out_of and x + _length(series.name, 15) > WIDTH:
            yield _text(x - 40, y + 5, series.name, "ser", "end")
            yield _text(x - 40, y + 23, series.note, "dim", "end")
            return
        yield _text(x, y - (56 if series.note else 38), series.name, "ser")
        yield _text(x, y - 38, series.note, "dim")

    def _meetings(self, series: Series) -> Iterator[str]:
        y = self.lanes[series.key]
        free: dict[str, float] = {}
        for meeting in sorted(series.meetings, key=lambda meeting: (meeting.when == "", meeting.when)):
            x = self.x(meeting.when)
            moved = max(x, free.get(meeting.side, x))
            free[meeting.side] = moved + 2 * RADIUS + 3
            at = y + {"above": -20, "below": 20, "on": 0}[meeting.side]
            if meeting.side != "on":
                yield _path("stem", f"M{x:.1f} {y}L{moved:.1f} {at + (10 if meeting.side == 'above' else -10)}")
            yield _circle(meeting, moved, at, RADIUS)

    def _talks(self) -> Iterator[str]:
        if not self.chart.talks:
            return
        y = self.bottom + 42
        yield _text(0, y - 16, self.chart.talks_label, "dim")
        yield _path("grid", f"M0 {y:g}H{WIDTH}")
        for talk in self.chart.talks:
            yield _circle(talk, self.x(talk.when), y, 5)
        self.bottom = y + 16

    def _age(self) -> Iterator[str]:
        age = self.chart.age
        if age is None:
            return
        y, start, end = self.bottom + 42, self.x(age.since), self.x(age.until)
        years = year_of(age.until) - year_of(age.since)
        yield _text(0, y - 20, age.label, "dim")
        yield _path("way", f"M{start:.1f} {y:g}H{end:.1f}")
        for year in range(int(years) + 1):
            half = 6 if year % 5 == 0 else 3
            yield _path("stem", f"M{start + (end - start) * year / max(years, 1):.1f} {y - half:g}v{2 * half}")
        yield _text(min(end, WIDTH - _length(age.text) / 2), y - 12, age.text, "strong", "middle")
        yield _text(min(end, WIDTH - _length(age.text) / 2) - _length(age.text) / 2 - 16, y - 12, age.note, "dim", "end")
        self.bottom = y + 16

    def _moments(self) -> Iterator[str]:
        if not self.chart.moments:
            return
        y = self.bottom + 42
        rows = [-1.0]
        yield _text(0, y - 20, self.chart.moments_label, "dim")
        yield _path("grid", f"M0 {y:g}H{WIDTH}")
        for moment in sorted(self.chart.moments, key=lambda moment: moment.when):
            x, half = self.x(moment.when), _length(moment.text) / 2
            middle = min(max(x, half), WIDTH - half)
            row = next((place for place, taken in enumerate(rows) if middle - half > taken + 8), len(rows))
            rows[row : row + 1] = [middle + half]
            yield _path("dia", f"M{x:.1f} {y - 5:g}l5 5l-5 5l-5 -5z")
            yield _text(middle, y + 24 + 18 * row, moment.text, "dim", "middle")
        self.bottom = y + 16 + 18 * len(rows)


def _circle(meeting: Meeting, x: float, y: float, radius: float) -> str:
    ring = _ring(meeting.standing, x, y, radius)
    ordinal = _text(x, y + 4.2, meeting.ordinal, "ord") if radius >= RADIUS else ""
    differ = (
        _path("ne", f"M{x + radius + 2:.1f} {y - 9:g}h9M{x + radius + 2:.1f} {y - 5:g}h9M{x + radius + 9:.1f} {y - 12:g}l-5 10")
        if meeting.disputed
        else ""
    )
    title = f"<title>{conditional_escape(f'{meeting.title}, {meeting.said_when}')}</title>"
    inside = f"{title}{ring}{ordinal}{differ}"
    return f'<a href="{conditional_escape(meeting.url)}">{inside}</a>' if meeting.url else f"<g>{inside}</g>"


def _ring(standing: Standing, x: float, y: float, radius: float) -> str:
    """A meeting's circle: dotted where observed, else one arc per party from six o'clock, thick where it has signed."""
    if standing.state is State.OBSERVED or standing.parties < 1:
        dots = f"0 {2 * pi * radius / max(9, round(1.5 * radius)):.3f}"
        return f'<circle class="obs" cx="{x:.1f}" cy="{y:g}" r="{radius:g}" stroke-dasharray="{dots}"/>'
    signed = frozenset(range(standing.parties)) if standing.state is State.IN_FORCE else standing.signed
    arcs = [f'<circle class="ground" cx="{x:.1f}" cy="{y:g}" r="{radius:g}"/>']
    turn, cut = 2 * pi / standing.parties, 0.16
    for party in range(standing.parties):
        a, b = pi + turn * party + cut, pi + turn * (party + 1) - cut
        large = int(b - a > pi)
        begin = f"{x + radius * sin(a):.2f} {y - radius * cos(a):.2f}"
        path = f"M{begin}A{radius:g} {radius:g} 0 {large} 1 {x + radius * sin(b):.2f} {y - radius * cos(b):.2f}"
        arcs.append(_path("said" if party in signed else "unsaid", path))
    return "".join(arcs)


class Row(NamedTuple):
    """One step of the upright line: its piece of the drawing, and the words beside it."""

    svg: str
    title: str
    note: str
    url: str = ""
    disputed: bool = False
    year: str = ""


def upright(chart: Chart) -> list[Row]:
    """The line for a phone, newest first: one row per meeting and anniversary, the lanes as upright lines."""
    events: list[tuple[str, Series | None, Meeting | Moment]] = [(meeting.when or "9999", series, meeting) for series, meeting in chart.all]
    events += [(moment.when, None, moment) for moment in chart.moments]
    if chart.age is not None:
        events.append((chart.age.until, None, Moment(chart.age.until, chart.age.text)))
    events.sort(key=lambda event: event[0], reverse=True)
    spans = {series.key: sorted(meeting.when or "9999" for meeting in series.meetings) for series in chart.series if series.meetings}
    apart = min(28, 52 / max(len(spans) - 1, 1))
    tracks = {key: 16 + apart * place for place, key in enumerate(spans)}
    rows = []
    for when, series, event in events:
        marks = []
        for key, days in spans.items():
            if days[0] <= when <= days[-1]:
                # The track begins and ends in the middle of a circle.
                ours = series is not None and series.key == key
                top, bottom = ("18" if ours and when == days[-1] else "0"), ("18" if ours and when == days[0] else "100%")
                dotted = ' stroke-dasharray="2 4"' if when == "9999" else ""
                marks.append(f'<line class="track" x1="{tracks[key]:g}" x2="{tracks[key]:g}" y1="{top}" y2="{bottom}"{dotted}/>')
        if isinstance(event, Moment):
            age = chart.age.label if chart.age is not None and (when, event.text) == (chart.age.until, chart.age.text) else ""
            rows.append(Row(_track(marks), event.text, f"{event.when} · {age}" if age else event.when))
            continue
        if series is not None:
            x = tracks[series.key]
            marks.append(_ring(event.standing, x, 18, 9) + _text(x, 22, event.ordinal, "ord"))
        note = f"{event.said_when} · {series.name}" if series is not None else event.said_when
        rows.append(Row(_track(marks), event.title, note, event.url, event.disputed))
    return rows


def _track(marks: list[str]) -> str:
    return f'<svg class="line" aria-hidden="true" focusable="false">{"".join(marks)}</svg>'


def _path(name: str, path: str) -> str:
    return f'<path class="{name}" d="{path}"/>'


def _text(x: float, y: float, text: str, name: str, anchor: str = "start") -> str:
    if not text:
        return ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{name}" x="{x:.1f}" y="{y:g}"{place}>{conditional_escape(text)}</text>'


def _length(text: str, size: float = 13) -> float:
    """About how long *text* is when set: Han characters are as wide as high, letters a good half of it."""
    return sum(size if ord(character) > 0x2E7F else 0.56 * size for character in text)
