"""A source's text with its proposals' words marked: paragraphs of segments, cut wherever a span begins or ends.

Spans may lie in one another. A segment belongs to all that cover it, looks like all of them, and leads to the shortest. Markup in the text
is text; characters that turn the direction of writing are shown by their number and turn nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A proposal's span: its label, its kind's letter, where it stands, and whether its label is written at its beginning."""

    label: str
    letter: str
    start: int
    end: int
    first: bool = True


@dataclass(slots=True)
class Segment:
    """Words that look the same. ``labels`` begin here; ``to`` is the label that the words lead to, ``all`` lists all that cover them."""

    text: str
    to: str = ""
    kinds: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    code: bool = False

    @property
    def classes(self) -> str:
        return " ".join(f"hl--{kind.lower()}" for kind in self.kinds)

    @property
    def covered_by(self) -> str:
        return " ".join(self.all)


@dataclass(slots=True)
class Paragraph:
    segments: list[Segment] = field(default_factory=list)
    heading: bool = False


def paragraphs(text: str, marks: Sequence[Marked], title: str = "") -> list[Paragraph]:
    """The text's lines as paragraphs; the first is a heading if it is the title."""
    found: list[Paragraph] = []
    for start, end in _lines(text):
        near = [one for one in marks if one.start < end and one.end > start]
        heading = not found and bool(title) and text[start:end].strip() == title.strip()
        found.append(Paragraph(list(_segments(text, start, end, near)), heading))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        if match.group().strip():
            yield match.span()


def _segments(text: str, start: int, end: int, marks: Sequence[Marked]) -> Iterator[Segment]:
    cuts = {start, end} | {at for one in marks for at in (one.start, one.end) if start < at < end}
    cuts |= {at for match in TURNING.finditer(text, start, end) for at in match.span()}
    order = sorted(cuts)
    for a, b in pairwise(order):
        words = text[a:b]
        covering = sorted((one for one in marks if one.start <= a and b <= one.end), key=lambda one: one.end - one.start)
        labels = tuple(one.label for one in reversed(covering) if one.first and max(one.start, start) == a and one.start >= start)
        code = TURNING.fullmatch(words) is not None
        yield Segment(
            f"U+{ord(words):04X}" if code else words,
            covering[0].label if covering else "",
            tuple(dict.fromkeys(one.letter for one in covering)),
            labels,
            tuple(one.label for one in covering),
            code,
        )
