"""Two versions of a text in one language, line by line, with what changed in each: for the screen, and for Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from comity.texts.diff import Piece, token_diff
from comity.texts.model import TextVersion

_ALIKE = 45.0
"""Lines less alike than this (0 to 100) are a deletion and an insertion rather than a change."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a text and the provision it belongs to ("" for title and subtitle)."""

    eid: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line in both versions, or in one. `pieces` are its words with what happened to them."""

    old: Line | None
    new: Line | None
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it differs."""
        return any(piece.op != "keep" for piece in self.pieces)


def lines(version: TextVersion) -> list[Line]:
    """A version as it is printed, one line per paragraph; reading them with `structure` gives the version again."""
    out = [Line("", text) for text in (version.title, version.subtitle) if text]
    for provision in version.walk():
        if provision.heading:
            head = " ".join(part for part in (provision.num, provision.heading) if part)
            out.append(Line(provision.eid, head))
            out += [Line(provision.eid, provision.text)] if provision.text else []
        elif provision.num or provision.text:
            out.append(Line(provision.eid, " ".join(part for part in (provision.num, provision.text) if part)))
    return out


def redline(old: TextVersion | Sequence[Line], new: TextVersion | Sequence[Line]) -> list[ChangedLine]:
    """Every line of both versions in order, changed ones with their pieces.

    Equal lines anchor; between them, lines are paired in order where that makes the sum of their likeness greatest.
    """
    left = lines(old) if isinstance(old, TextVersion) else list(old)
    right = lines(new) if isinstance(new, TextVersion) else list(new)
    out = []
    for one, other in _paired(left, right):
        if one and other:
            pieces = token_diff(one.text, other.text)
        else:
            pieces = [Piece("delete", one.text)] if one else [Piece("insert", other.text)] if other else []
        out.append(ChangedLine(one, other, tuple(pieces)))
    return out


def _paired(left: list[Line], right: list[Line]) -> list[tuple[Line | None, Line | None]]:
    start = 0
    while start < min(len(left), len(right)) and left[start].text == right[start].text:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end].text == right[-1 - end].text:
        end += 1
    head: list[tuple[Line | None, Line | None]] = list(zip(left[:start], right[:start], strict=True))
    tail: list[tuple[Line | None, Line | None]] = list(zip(left[len(left) - end :], right[len(right) - end :], strict=True))
    return [*head, *_by_likeness(left[start : len(left) - end], right[start : len(right) - end]), *tail]


def _by_likeness(left: list[Line], right: list[Line]) -> list[tuple[Line | None, Line | None]]:
    if not left or not right:
        return [*((line, None) for line in left), *((None, line) for line in right)]
    scores = process.cdist([line.text for line in left], [line.text for line in right], scorer=fuzz.ratio, workers=1).tolist()
    n, m = len(left), len(right)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            pair = best[i - 1][j - 1] + scores[i - 1][j - 1] - _ALIKE
            best[i][j] = max(best[i - 1][j], best[i][j - 1], pair)
    out: list[tuple[Line | None, Line | None]] = []
    i, j = n, m
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + scores[i - 1][j - 1] - _ALIKE and scores[i - 1][j - 1] > _ALIKE:
            i, j = i - 1, j - 1
            out.append((left[i], right[j]))
        elif j and best[i][j] == best[i][j - 1]:
            j -= 1
            out.append((None, right[j]))
        else:
            i -= 1
            out.append((left[i], None))
    return out[::-1]
