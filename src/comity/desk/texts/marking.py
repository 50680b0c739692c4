"""Words marked in a provision: where they stand in the version that is shown, and the provision cut into the design room's parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Protocol

from comity.errors import Malformed
from comity.terms.ids import digest
from comity.texts import brackets
from comity.texts.brackets import has_brackets

RANK: Final = ("at-stop", "at-waived", "at-info", "commit")
"""Forms of marks; where marks lie over each other, the words take the first form."""

_CLOSING: Final = re.compile(r"[.,;:!?…。，、；：！？．)\]）】〕」』”’»》]+")
"""Punctuation that stays with the bracket it follows; a bracket is drawn as a block, and alone it would begin a line."""


class Sides(Protocol):
    """How the sides of brackets are shown in a language."""

    @property
    def nothing(self) -> object:
        """What stands for an alternative without words."""
        ...

    def shown(self, sides: Sequence[str]) -> dict[str, Any]:
        """Of the sides of one alternative: ``standing`` and ``name``."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start..end`` of a provision's text, marked by note ``number`` with the id ``ref``; ``mark`` is the form of the mark."""

    start: int
    end: int
    number: int
    ref: str
    mark: str = "commit"


def places(text: str, words: str) -> list[int]:
    """Every offset (code points) at which the words stand in the text."""
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def located(text: str, mark: Mapping[str, Any], words: str) -> tuple[int, int] | None:
    """Where marked words stand in a version: at their own offsets if exactly they stand there, else where they stand once; None if neither.

    A correction may have moved them, so offsets alone prove nothing; the SHA-256 of the words does.
    """
    start, end = int(mark["start"]), int(mark["end"])
    if end <= len(text) and digest(text[start:end].encode()) == mark["sha256"]:
        return start, end
    found = places(text, words)
    return (found[0], found[0] + len(words)) if len(found) == 1 else None


def parts(text: str, spans: Sequence[Span], sides: Sides | None = None) -> list[Any]:
    """The text as plain strings, marked parts and, where ``sides`` says how a side is shown, brackets with their alternatives and
    the punctuation right after them, in order."""
    if not sides or not has_brackets(text):
        return _marked(text, 0, spans)
    try:
        found = brackets.parts(text)
    except Malformed:
        return _marked(text, 0, spans)
    out: list[Any] = []
    at = 0
    for part in found:
        if isinstance(part, str):
            closing = _CLOSING.match(part)
            if closing and out and isinstance(out[-1], dict) and "alternatives" in out[-1]:
                out[-1]["after"] = _marked(closing[0], at, spans)
                out += _marked(part[closing.end() :], at + closing.end(), spans)
            else:
                out += _marked(part, at, spans)
            at += len(part)
            continue
        alternatives = []
        for one in part.alternatives:
            inner = _marked(one.text, one.start, spans) or [sides.nothing]
            alternatives.append(sides.shown(one.sides) | {"parts": inner})
        out.append({"alternatives": alternatives, "number": part.number})
        at = part.end
    return out


def _marked(text: str, offset: int, spans: Sequence[Span]) -> list[Any]:
    """Words that begin at ``offset`` of their provision, cut at the marks. Overlapping marks share words, with the number at the end."""
    end_of_all = offset + len(text)
    near = [s for s in spans if s.start < end_of_all and offset < s.end]
    if not near:
        return [text] if text else []
    cuts = sorted({offset, end_of_all, *(p for s in near for p in (s.start, s.end) if offset < p < end_of_all)})
    out: list[Any] = []
    for start, end in pairwise(cuts):
        words = text[start - offset : end - offset]
        over = [s for s in near if s.start <= start and end <= s.end]
        if not over:
            out.append(words)
            continue
        ending = [s for s in over if s.end == end or (s.end > end_of_all and end == end_of_all)]
        first = min(ending or over, key=lambda s: RANK.index(s.mark))
        out.append({"text": words, "mark": first.mark} | ({"number": first.number, "ref": first.ref} if ending else {}))
    return out


def by_provision(spans: Iterable[tuple[str, str, Span]]) -> dict[tuple[str, str], list[Span]]:
    """Spans by language and eId."""
    found: dict[tuple[str, str], list[Span]] = {}
    for lang, eid, span in spans:
        found.setdefault((lang, eid), []).append(span)
    return found
