"""The seal: a ring of as many segments as there are parties, drawn from who has signed.

The rule of its drawing:

1. A ring is cut into *n* segments, one per party, in the order of the founding act. The first begins at six o'clock, the others follow
   clockwise (of two, the first is left). It never turns with the reader.
2. Segment *i* runs from 180° + 360°·i/n over 360°/n, between the radii R and r. Each end is moved in by asin(gap/2R) outside and
   asin(gap/2r) inside, so that the cuts are parallel.
3. Filled: has signed. Hollow: has not; at the small size a thin arc on the outer edge, else an outline.
4. A dot in the middle: in force, and nothing else has it. A dotted ring: observed. Slipped along the upright diameter: disputed. Struck:
   withdrawn. Arrow: superseded. Cross: declined.
5. Above twelve parties there are no cuts; the ring is filled by the share that has signed.
6. One ink, ``currentColor``. Words stand beside it, or it has ``role="img"`` with the words as its name.

Three drawings, not one scaled: ``s`` (16 and 20 px), ``m`` (40 px), ``l`` (120 px and paper). Lengths are units of the drawing's own box.

    >>> plain(2, frozenset({0}), State.OPEN)
    '[#-]'
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import asin, cos, pi, sin

from django.utils.html import conditional_escape

MOST_CUTS = 12


class State(StrEnum):
    """What a seal says besides who has signed. ``OPEN`` says only that: nobody, some, or all without being in force."""

    OPEN = "open"
    IN_FORCE = "in_force"
    OBSERVED = "observed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The measures of one of the three drawings, in units of its square box."""

    box: float
    outer: float
    inner: float
    gap: float
    hollow: float  # width of the line that draws a hollow segment
    outlined: bool  # hollow segments have an outline; else a thin arc on the outer edge
    dot: float
    slip: float
    stroke: float  # width of strike, arrow and cross
    clear: float  # white on both sides of the strike, as a multiple of its width
    arrow: float  # half the arrow's height
    cross: float  # half the cross's width
    dots: int
    dot_ring: float
    dot_size: float


DRAWINGS = {
    "s": Drawing(20, 9, 5, 1.8, 1.5, False, 2.1, 1.5, 1.6, 2.4, 3.6, 2.8, 12, 7.6, 1.15),
    "m": Drawing(40, 18, 11, 3, 1.35, True, 3.8, 2.8, 2.2, 3, 5.5, 5.28, 18, 15.7, 1.25),
    "l": Drawing(120, 54, 36, 6, 1.75, True, 9, 8, 5, 3, 18, 17.28, 36, 48, 2.1),
}


@lru_cache(maxsize=4096)
def seal_svg(parties: int, signed: frozenset[int], state: State, size: str = "s", *, label: str = "", classes: str = "") -> str:
    """The seal as one ``<svg>`` element.

    *parties* counts them (at least 1), *signed* holds indices from 0 in the order of the founding act, *size* is ``s``, ``m`` or ``l``.
    With a *label* the drawing is an image of that name; without one it is hidden from assistive technology, and words must stand beside
    it. Raises ValueError for a count below one, an index outside it, or an unknown size.
    """
    if parties < 1 or not signed <= frozenset(range(parties)):
        raise ValueError(f"a seal of {parties} parties cannot be signed by {sorted(signed)}")
    if size not in DRAWINGS:
        raise ValueError(f"no drawing of the size {size!r}; there are s, m, l")
    drawing = DRAWINGS[size]
    names = ["seal", f"seal--{size}"] if size != "s" else ["seal"]
    if state in (State.WITHDRAWN, State.SUPERSEDED):
        names.append("seal--quiet")
    names += classes.split()
    role = f'role="img" aria-label="{conditional_escape(label)}"' if label else 'aria-hidden="true"'
    box = _number(drawing.box)
    inside = seal_paths(parties, signed, state, drawing)
    return f'<svg class="{conditional_escape(" ".join(names))}" viewBox="0 0 {box} {box}" {role} focusable="false">{inside}</svg>'


def seal_paths(parties: int, signed: frozenset[int], state: State, drawing: Drawing) -> str:
    """What stands inside the seal's ``<svg>``: for drawings that carry a seal, such as the line."""
    middle = drawing.box / 2
    if state is State.OBSERVED:
        return _dotted(drawing)
    if state is State.DISPUTED:
        return _slipped(parties, drawing)
    if state is State.WITHDRAWN:
        ring = _ring(parties, frozenset(), drawing, drawing.stroke)
        reach, width = 0.74 * drawing.outer, drawing.stroke
        return (
            ring
            + _strike(middle, reach, drawing.clear * width, "var(--paper, #fff)")
            + _strike(middle, reach + 0.6 * width, width, "currentColor")
        )
    if state is State.SUPERSEDED:
        half = drawing.arrow
        tip = [(-0.55 * half, -half), (0.6 * half, 0.0), (-0.55 * half, half)]
        path = "L".join(_point(middle + x, middle + y) for x, y in tip)
        return _ring(parties, frozenset(), drawing, drawing.stroke) + _drawn(f"M{path}", drawing.stroke)
    if state is State.DECLINED:
        near, far = _number(middle - drawing.cross), _number(middle + drawing.cross)
        return _ring(parties, signed, drawing, drawing.stroke) + _drawn(
            f"M{near} {near}L{far} {far}M{far} {near}L{near} {far}", drawing.stroke
        )
    if state is State.IN_FORCE:
        centre = _number(middle)
        whole = _ring(parties, frozenset(range(parties)), drawing)
        return f'{whole}<circle cx="{centre}" cy="{centre}" r="{_number(drawing.dot)}"/>'
    return _ring(parties, signed, drawing)


def plain(parties: int, signed: frozenset[int], state: State) -> str:
    """The seal in plain text: ``[##]`` in force, ``[#-]`` one of two, ``[··]`` observed, ``[#≠#]`` disputed, ``[9/14]`` above twelve."""
    if state is State.OBSERVED:
        return "[··]"
    if parties > MOST_CUTS:
        count = parties if state in (State.IN_FORCE, State.SUPERSEDED, State.DISPUTED) else len(signed)
        return f"[{count}/{parties}]" + {State.SUPERSEDED: "›", State.DISPUTED: "≠", State.WITHDRAWN: "/", State.DECLINED: "x"}.get(
            state, ""
        )
    if state in (State.IN_FORCE, State.SUPERSEDED):
        return f"[{'#' * parties}]" + ("›" if state is State.SUPERSEDED else "")
    if state is State.DISPUTED:
        return f"[{'≠'.join('#' * parties)}]"
    done, awaited = {State.WITHDRAWN: ("/", "-"), State.DECLINED: ("#", "x")}.get(state, ("#", "-"))
    return f"[{''.join(done if party in signed else awaited for party in range(parties))}]"


def _ring(parties: int, signed: frozenset[int], drawing: Drawing, thin: float | None = None) -> str:
    if parties > MOST_CUTS:
        return _share(len(signed) / parties, drawing)
    turn = 2 * pi / parties
    parts = []
    for party in range(parties):
        start, end = pi + turn * party, pi + turn * (party + 1)
        if party in signed:
            parts.append(f'<path d="{_segment(start, end, drawing.outer, drawing.inner, drawing.gap / 2, drawing)}"/>')
        else:
            parts.append(_hollow(start, end, drawing, drawing.gap / 2, thin))
    return "".join(parts)


def _hollow(start: float, end: float, drawing: Drawing, inset: float, thin: float | None = None) -> str:
    half = drawing.hollow / 2
    if drawing.outlined:
        return _drawn(_segment(start, end, drawing.outer - half, drawing.inner + half, inset + half, drawing), drawing.hollow)
    radius = drawing.outer - half
    moved = asin(inset / radius)
    return _drawn(f"M{_at(start + moved, radius, drawing)}{_arc(start + moved, end - moved, radius, drawing)}", thin or drawing.hollow)


def _share(share: float, drawing: Drawing) -> str:
    """A ring without cuts, filled from six o'clock by *share* (0 to 1)."""
    half = pi + 2 * pi * share
    if share in (0, 1):
        arcs = [(pi, 2 * pi), (2 * pi, 3 * pi)]
        if share:
            return "".join(f'<path d="{_segment(a, b, drawing.outer, drawing.inner, 0, drawing)}"/>' for a, b in arcs)
        middle = _number(drawing.box / 2)
        line = f'fill="none" stroke="currentColor" stroke-width="{_number(drawing.hollow)}"'
        radii = [drawing.outer - drawing.hollow / 2] + ([drawing.inner + drawing.hollow / 2] if drawing.outlined else [])
        return "".join(f'<circle cx="{middle}" cy="{middle}" r="{_number(radius)}" {line}/>' for radius in radii)
    filled = f'<path d="{_segment(pi, half, drawing.outer, drawing.inner, 0, drawing)}"/>'
    return filled + _hollow(half, 3 * pi, drawing, 0)


def _dotted(drawing: Drawing) -> str:
    middle, size = drawing.box / 2, _number(drawing.dot_size)
    angles = [pi + 2 * pi * (i + 0.5) / drawing.dots for i in range(drawing.dots)]
    places = [(middle + drawing.dot_ring * sin(a), middle - drawing.dot_ring * cos(a)) for a in angles]
    return "".join(f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{size}"/>' for x, y in places)


def _slipped(parties: int, drawing: Drawing) -> str:
    outer, inner = drawing.outer - 0.45 * drawing.slip, drawing.inner - 0.2 * drawing.slip
    turn = 2 * pi / parties if parties <= MOST_CUTS else 2 * pi
    halves = []
    for begin, shift in ((pi, -drawing.slip), (2 * pi, drawing.slip)):
        pieces = []
        for party in range(round(2 * pi / turn)):
            start, end = max(pi + turn * party, begin), min(pi + turn * (party + 1), begin + pi)
            if end - start > 1e-9:
                pieces.append(_segment(start, end, outer, inner, drawing.gap / 2, drawing))
        halves.append(f'<path d="{"".join(pieces)}" transform="translate(0 {_number(shift)})"/>')
    return "".join(halves)


def _segment(start: float, end: float, outer: float, inner: float, inset: float, drawing: Drawing) -> str:
    out, within = asin(inset / outer), asin(inset / inner)
    return (
        f"M{_at(start + out, outer, drawing)}{_arc(start + out, end - out, outer, drawing)}"
        f"L{_at(end - within, inner, drawing)}{_arc(end - within, start + within, inner, drawing)}Z"
    )


def _arc(start: float, end: float, radius: float, drawing: Drawing) -> str:
    large, clockwise = int(abs(end - start) > pi), int(end > start)
    return f"A{_number(radius)} {_number(radius)} 0 {large} {clockwise} {_at(end, radius, drawing)}"


def _at(angle: float, radius: float, drawing: Drawing) -> str:
    middle = drawing.box / 2
    return _point(middle + radius * sin(angle), middle - radius * cos(angle))


def _strike(middle: float, reach: float, width: float, ink: str) -> str:
    near, far = _number(middle - reach), _number(middle + reach)
    return f'<path d="M{near} {far}L{far} {near}" fill="none" stroke="{ink}" stroke-width="{_number(width)}"/>'


def _drawn(path: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="{_number(width)}"/>'


def _point(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    """Two decimals, no trailing zeros and no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
