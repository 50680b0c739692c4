"""Figures as plain SVG 1.1, drawn without a browser: for paper, for readers without scripts, for downloads.

Nothing is told by colour alone: series differ by mark and dash, cells carry their number, names stand at the points. Words come in by the
caller, in the reader's language. Measures are CSS pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

INK, QUIET, LINE, ACCENT, WASH = "#17211f", "#4a5552", "#d2d9d6", "#0f4f4a", "#e6efed"
FONT = "Noto Sans, Noto Sans SC, Noto Serif, Noto Serif SC, sans-serif"
SIZE = 12
WIDTH, NARROW = 960, 400


@dataclass(frozen=True, slots=True)
class Point:
    """``at``: number of the place on the time axis; ``value`` with its interval; ``n``: roll calls it was counted from."""

    at: int
    value: float
    low: float
    high: float
    n: int
    url: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line. ``dashed`` lines have hollow squares, the others filled discs."""

    name: str
    points: tuple[Point, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Something changed at a place of the time axis (one state followed another); ``says`` stands above the plot."""

    at: int
    says: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat map, or nothing to be told (``value`` None)."""

    value: float | None
    n: int = 0
    url: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody on a line: ``named`` ones get a row of their own with interval and name, the others a tick."""

    name: str
    value: float
    low: float
    high: float
    url: str = ""
    named: bool = False


class Drawing:
    """An SVG under way; ``links`` false leaves the addresses out (a file that is carried away). ``decimal``: the reader's decimal sign."""

    def __init__(self, width: float, height: float, title: str, *, links: bool = True, decimal: str = ".") -> None:
        self.width, self.height, self.title, self.links, self.decimal = width, height, title, links, decimal
        self._parts: list[str] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, width: float = 1, dash: str = "") -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" stroke-width="{_n(width)}"{dashed}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], *, stroke: str = INK, width: float = 1.5, dash: str = "", fill: str = "") -> None:
        if len(points) < 2:
            return
        steps = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        drawn = f'fill="{fill}"' if fill else f'fill="none" stroke="{stroke}" stroke-width="{_n(width)}" stroke-linejoin="round"{dashed}'
        self._parts.append(f'<path d="M{steps}{"Z" if fill else ""}" {drawn}/>')

    def rect(self, x: float, y: float, w: float, h: float, *, fill: str, stroke: str = "") -> None:
        edge = f' stroke="{stroke}"' if stroke else ""
        self._parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" fill="{fill}"{edge}/>')

    def disc(self, x: float, y: float, r: float, *, fill: str = INK, stroke: str = "") -> None:
        edge = f' stroke="{stroke}" stroke-width="1.5"' if stroke else ""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="{fill}"{edge}/>')

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", fill: str = QUIET, size: float = SIZE, turn: int = 0) -> None:
        turned = f' transform="rotate({turn} {_n(x)} {_n(y)})"' if turn else ""
        at = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="{fill}" font-size="{_n(size)}"'
        self._parts.append(f"<text {at}{turned}>{escape(words)}</text>")

    def open(self, url: str, says: str) -> None:
        """What follows, until :meth:`close`, is one mark that leads to ``url`` and tells ``says`` when one points at it."""
        href = f' href="{escape(url)}"' if url and self.links else ""
        self._parts.append(f'<a{href} tabindex="-1">' if href else "<g>")
        self._open = "a" if href else "g"
        if says:
            self._parts.append(f"<title>{escape(says)}</title>")

    def close(self) -> None:
        self._parts.append(f"</{self._open}>")

    def number(self, value: float, form: str = "g") -> str:
        """A number as it stands in the drawing."""
        return f"{value:{form}}".replace("-", "−").replace(".", self.decimal)

    def svg(self) -> str:
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        size = f' width="{_n(self.width)}" height="{_n(self.height)}" font-family="{FONT}" font-size="{SIZE}"'
        return f"{head}{size}><title>{escape(self.title)}</title>{''.join(self._parts)}</svg>"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _every(count: int, room: float, each: float) -> int:
    """Label one place in so many, that labels ``each`` wide fit into ``room``."""
    most = max(1, int(room // each))
    return max(1, math.ceil(count / most))


def _ends(series: Iterable[Series]) -> tuple[float, float]:
    lows = [min(p.low, p.value) for s in series for p in s.points]
    least, most = min(lows, default=0.0), max((p.high for s in series for p in s.points), default=1.0)
    if most > 1.01 or least < -1.01:
        return math.floor(least * 2) / 2, math.ceil(most * 2) / 2
    return (-1.0, 1.0) if least < -0.5 else (-0.5, 1.0) if least < 0 else (0.0, 1.0)


def over_time(
    title: str,
    places: Sequence[str],
    series: Sequence[Series],
    *,
    axis: str,
    counts: str,
    width: float = WIDTH,
    links: bool = True,
    turns: Sequence[Turn] = (),
    decimal: str = ".",
) -> str:
    """Lines with 90 % intervals over ``places`` (sessions, years), and below them the number of roll calls (``counts`` names it).

    ``turns``: marks across the plot, in the order of time, each with its words in a row of its own above it.
    """
    left, right, plot, bars = 44.0, 12.0, 220.0, 44.0
    rows = _rows_of_key(left, width - right, series, axis)
    top = 10.0 + 16 * (rows + len(turns))
    d = Drawing(width, top + plot + 34 + bars + 22, title, links=links, decimal=decimal)
    step = (width - left - right) / max(1, len(places))
    least, most = _ends(series)

    def x(at: int) -> float:
        return left + (at + 0.5) * step

    def y(value: float) -> float:
        return top + plot * (most - value) / (most - least)

    rung = 0.25 if most - least <= 2 else 0.5
    for k in range(round((most - least) / rung) + 1):
        value = least + k * rung
        d.line(left, y(value), width - right, y(value), stroke=INK if value == 0 and least < 0 else LINE)
        d.text(left - 6, y(value) + 4, d.number(value), anchor="end")
    _key(d, left, series, axis, rows)
    for s in series:
        for run in _runs(s.points):
            _interval(d, [(x(p.at), y(p.low), y(p.high)) for p in run], s.dashed)
        for run in _runs(s.points):
            d.path([(x(p.at), y(p.value)) for p in run], stroke=INK if s.dashed else ACCENT, dash="5 3" if s.dashed else "")
    for s in series:
        for p in s.points:
            d.open(p.url, p.says)
            d.rect(x(p.at) - step / 2, y(p.value) - 9, step, 18, fill="transparent")
            _mark(d, x(p.at), y(p.value), s.dashed, min(4.0, max(2.0, step / 4)))
            d.close()
    base = top + plot + 34 + bars
    seen = {p.at: p for s in reversed(series) for p in s.points}
    largest = max((p.n for p in seen.values()), default=1)
    for at, p in seen.items():
        d.open(p.url, p.says)
        d.rect(x(at) - step * 0.35, base - bars * p.n / largest, step * 0.7, bars * p.n / largest, fill=LINE, stroke=QUIET)
        d.close()
    d.line(left, base, width - right, base, stroke=QUIET)
    d.text(left - 6, base - bars + 4, str(largest), anchor="end")
    d.text(left - 6, base + 4, "0", anchor="end")
    d.text(left, base - bars - 8, counts)
    for row, turn in enumerate(turns):
        _turn(d, x(turn.at), 24 + 16 * (rows + row), base, turn.says)
    for at in range(0, len(places), _every(len(places), width - left - right, 44)):
        d.text(x(at), base + 16, places[at], anchor="middle")
    return d.svg()


def _turn(d: Drawing, x: float, y: float, base: float, says: str) -> None:
    """A dotted line down to the base; its words to the right of it, to the left, or across it, wherever there is room."""
    d.line(x, y - 10, x, base, stroke=INK, dash="2 4")
    room, needed = (d.width - x, x), wide(says) + 6
    if needed <= max(room):
        at_left = needed > room[0]
        d.text(x - 6 if at_left else x + 6, y, says, anchor="end" if at_left else "start", fill=INK)
    else:
        d.text(max(0.0, d.width - needed), y, says, fill=INK)


def _rows_of_key(left: float, right: float, series: Sequence[Series], axis: str) -> int:
    """One row if the series and the name of the axis stand side by side; two; or a row for each."""
    ends = left + sum(52 + wide(s.name) for s in series)
    return 1 if ends + wide(axis) <= right else 2 if ends <= right else 1 + len(series)


def _key(d: Drawing, left: float, series: Sequence[Series], axis: str, rows: int) -> None:
    if rows == 1:
        d.text(d.width - 12, 14, axis, anchor="end")
    else:
        d.text(left, 14 + 16 * (rows - 1), axis)
    at, y = left, 10.0
    for s in series:
        d.path([(at, y), (at + 28, y)], stroke=INK if s.dashed else ACCENT, dash="5 3" if s.dashed else "")
        _mark(d, at + 14, y, s.dashed, 4)
        d.text(at + 34, y + 4, s.name, fill=INK)
        at, y = (left, y + 16) if rows > 2 else (at + 52 + wide(s.name), y)


def wide(words: str) -> float:
    """About how wide words are, in the widest of the fonts: Han signs take twice the room, Cyrillic ones a little more than Latin ones."""
    return sum(SIZE if ord(c) > 0x2E80 else SIZE * (0.66 if "\u0400" <= c <= "\u04ff" else 0.58) for c in words)


def _mark(d: Drawing, x: float, y: float, dashed: bool, r: float) -> None:
    if dashed:
        d.rect(x - r, y - r, 2 * r, 2 * r, fill="#ffffff", stroke=INK)
    else:
        d.disc(x, y, r, fill=ACCENT)


def _interval(d: Drawing, run: Sequence[tuple[float, float, float]], dashed: bool) -> None:
    if dashed:
        for end in (1, 2):
            d.path([(p[0], p[end]) for p in run], stroke=QUIET, width=1, dash="1 3")
    elif len(run) > 1:
        d.path([(p[0], p[1]) for p in run] + [(p[0], p[2]) for p in reversed(run)], fill=WASH)
    for x, low, high in run if len(run) == 1 else ():
        d.line(x, low, x, high, stroke=QUIET)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Stretches without a gap."""
    runs: list[list[Point]] = []
    for p in points:
        if runs and runs[-1][-1].at == p.at - 1:
            runs[-1].append(p)
        else:
            runs.append([p])
    return runs


def heat(
    title: str, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell]], *, links: bool = True, width: float = WIDTH
) -> str:
    """A heat map: each cell carries its value in hundredths; the paler, the lower. ``cells[row][column]``. Where there is no room for the
    names beside the cells they stand above them.
    """
    above = 12 + max((wide(r) for r in rows), default=0) + 34 * len(columns) > width
    left = 0.0 if above else 12 + max((wide(r) for r in rows), default=0)
    step = min(64.0, (width - left) / max(1, len(columns)))
    tall, top, name_tall = 26.0, 24.0, 18.0 if above else 0.0
    d = Drawing(left + step * len(columns) + 2, top + (tall + name_tall) * len(rows) + 4, title, links=links)
    every = _every(len(columns), width - left, max((wide(c) for c in columns), default=0) + 2)
    for c, column in list(enumerate(columns))[::every]:
        d.text(left + (c + 0.5) * step, 14, column, anchor="start" if above and c == 0 else "middle", size=SIZE - 1)
    for r, name in enumerate(rows):
        base = top + r * (tall + name_tall) + name_tall
        if above:
            d.text(0, base - 4, name, fill=INK)
        else:
            d.text(left - 8, base + 17, name, anchor="end", fill=INK)
        for c, cell in enumerate(cells[r]):
            x, y = left + c * step, base
            if cell.value is None:
                d.text(x + step / 2, y + 17, "·", anchor="middle")
                continue
            d.open(cell.url, cell.says)
            d.rect(x + 1, y + 1, step - 2, tall - 2, fill=shade(cell.value), stroke=LINE)
            d.text(x + step / 2, y + 17, _hundredths(cell.value), anchor="middle", fill="#ffffff" if cell.value > 0.62 else INK)
            d.close()
    return d.svg()


def _hundredths(value: float) -> str:
    return f"{round(value * 100)}".replace("-", "−")


def shade(value: float) -> str:
    """From white (0 and below) to the accent (1), in equal steps of lightness."""
    part = min(1.0, max(0.0, value))
    return "#" + "".join(f"{round(255 + (int(ACCENT[k : k + 2], 16) - 255) * part):02x}" for k in (1, 3, 5))


def strip(
    title: str, marks: Sequence[Mark], *, ends: tuple[str, str], axis: str, width: float = WIDTH, links: bool = True, decimal: str = "."
) -> str:
    """Members on one line with their 90 % intervals; ``ends`` names what lies to the left and to the right."""
    named = sorted((m for m in marks if m.named), key=lambda m: m.value)
    left, right, top, tall = 16.0, 16.0, 30.0, 26.0
    base = top + tall * len(named) + 26
    d = Drawing(width, base + 52, title, links=links, decimal=decimal)
    low = min((min(m.low if m.named else m.value, m.value) for m in marks), default=-1.0)
    high = max((max(m.high if m.named else m.value, m.value) for m in marks), default=1.0)
    low, high = math.floor(low * 2) / 2, math.ceil(high * 2) / 2
    span = max(high - low, 0.5)

    def x(value: float) -> float:
        return left + (width - left - right) * (value - low) / span

    for k in range(int(span * 2) + 1):
        value = low + k / 2
        d.line(x(value), top - 6, x(value), base + 12)
        d.text(x(value), base + 28, d.number(value), anchor="middle")
    d.text(left, 16, ends[0])
    d.text(width - right, 16, ends[1], anchor="end")
    d.text(width / 2, base + 46, axis, anchor="middle")
    for r, m in enumerate(named):
        y = top + r * tall + 10
        d.open(m.url, _of(d, m))
        d.line(x(m.low), y, x(m.high), y, stroke=INK, width=2)
        for end in (m.low, m.high):
            d.line(x(end), y - 5, x(end), y + 5, stroke=INK, width=1.5)
        _mark(d, x(m.value), y, r % 2 == 1, 5)
        at_left = x(m.high) + 10 + wide(m.name) > width
        d.text(x(m.low) - 8 if at_left else x(m.high) + 8, y + 4, m.name, anchor="end" if at_left else "start", fill=INK)
        d.close()
        d.line(x(m.value), y + 7, x(m.value), base, stroke=QUIET, dash="1 3")
    d.line(left, base, width - right, base, stroke=QUIET)
    for m in marks:
        d.open(m.url, _of(d, m))
        d.line(x(m.value), base - 8, x(m.value), base + 8, stroke=INK if m.named else QUIET, width=2.5 if m.named else 1)
        d.close()
    return d.svg()


def _of(d: Drawing, m: Mark) -> str:
    return f"{m.name}: {d.number(m.value, '.2f')} ({d.number(m.low, '.2f')} – {d.number(m.high, '.2f')})"


def matrix(title: str, names: Sequence[str], values: Sequence[Sequence[float | None]]) -> str:
    """The agreement of every two members, in the order given; numbers stand in the cells where there is room."""
    left = 12 + max((wide(n) for n in names), default=0)
    step = min(34.0, max(4.0, (WIDTH - left) / max(1, len(names))))
    side = step * len(names)
    few = step >= 24
    below = 24 + 0.87 * max((wide(n) for n in names), default=0) if few else 8
    d = Drawing(left + side + 4, side + below, title, links=False)
    top = 4.0
    for r, name in enumerate(names):
        if step >= 9:
            d.text(left - 8, top + (r + 0.5) * step + 4, name, anchor="end", fill=INK, size=min(SIZE, step))
        for c, value in enumerate(values[r]):
            if value is None:
                continue
            d.rect(left + c * step, top + r * step, step - 0.5, step - 0.5, fill=shade(value))
            if few:
                d.text(
                    left + (c + 0.5) * step,
                    top + (r + 0.5) * step + 4,
                    _hundredths(value),
                    anchor="middle",
                    fill="#ffffff" if value > 0.62 else INK,
                    size=11,
                )
    for c, name in enumerate(names if few else ()):
        d.text(left + (c + 0.5) * step + 4, top + side + 10, name, anchor="end", fill=INK, size=11, turn=-60)
    return d.svg()
