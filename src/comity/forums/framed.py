"""A drawing that is carried away: with its title above it and, below, what must stand beside its numbers (source, invented or not)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from comity.forums.figures import FONT, INK, QUIET, SIZE, wide

_OPENED = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*><title>([^<]*)</title>')
LINE, MARGIN, LEAST = 17.0, 12.0, 400.0


def framed(svg: str, foot: Sequence[str]) -> str:
    """``svg`` (of :mod:`comity.forums.figures`) in a larger one, under its own title; ``foot``: sentences, each on lines of its own."""
    opened = _OPENED.match(svg)
    assert opened is not None, "a drawing of comity.forums.figures"
    width, height, title = float(opened[1]), float(opened[2]), unescape(opened[3])
    whole = max(width, LEAST)
    heads = _lines(title, whole, 15 / SIZE)
    feet = [line for said in foot for line in _lines(said, whole)]
    top = MARGIN + 20 * len(heads) + 6
    parts = [_text(MARGIN + 15 + 20 * n, line, INK, 15) for n, line in enumerate(heads)]
    parts.append(svg.replace("<svg ", f'<svg x="{MARGIN:g}" y="{top:g}" ', 1).replace(f"<title>{opened[3]}</title>", "", 1))
    parts += [_text(top + height + 22 + LINE * n, line, QUIET, SIZE) for n, line in enumerate(feet)]
    w, h = whole + 2 * MARGIN, top + height + 14 + LINE * len(feet) + MARGIN
    size = f'viewBox="0 0 {w:g} {h:g}" width="{w:g}" height="{h:g}" font-family="{FONT}" font-size="{SIZE}"'
    paper = f'<rect width="{w:g}" height="{h:g}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><title>{escape(title)}</title>{paper}{"".join(parts)}</svg>'


def _text(y: float, words: str, fill: str, size: float) -> str:
    return f'<text x="{MARGIN:g}" y="{y:g}" fill="{fill}" font-size="{size:g}">{escape(words)}</text>'


def _lines(words: str, room: float, scale: float = 1.0) -> list[str]:
    """Lines no wider than ``room``, broken at spaces, and between signs where a language has none."""
    found = [""]
    for piece in re.findall(r"[^\s⺀-鿿＀-￯]+\s*|[⺀-鿿＀-￯]\s*", words):
        if found[-1] and wide(found[-1] + piece.rstrip()) * scale > room:
            found[-1] = found[-1].rstrip()
            found.append("")
        found[-1] += piece
    return [line for line in found if line]
