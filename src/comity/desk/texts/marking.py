"""Words marked in a provision: where they stand in the version that is shown, and the provision cut into the design room's parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from comity.terms.ids import digest


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start..end`` of a provision's text, marked by note ``number`` with the id ``ref``."""

    start: int
    end: int
    number: int
    ref: str


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


def parts(text: str, spans: Sequence[Span]) -> list[Any]:
    """The text as plain strings and marked parts, in order. Overlapping marks share words; each has its number at its end."""
    if not spans:
        return [text] if text else []
    cuts = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    out: list[Any] = []
    for start, end in pairwise(cuts):
        over = [s for s in spans if s.start <= start and end <= s.end]
        if not over:
            out.append(text[start:end])
            continue
        ending = [s for s in over if s.end == end]
        first = ending[0] if ending else None
        marked = {"text": text[start:end], "mark": "commit"}
        out.append(marked | ({"number": first.number, "ref": first.ref} if first else {}))
    return out


def by_provision(spans: Iterable[tuple[str, str, Span]]) -> dict[tuple[str, str], list[Span]]:
    """Spans by language and eId."""
    found: dict[tuple[str, str], list[Span]] = {}
    for lang, eid, span in spans:
        found.setdefault((lang, eid), []).append(span)
    return found
