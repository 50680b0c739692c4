"""The words of a query marked in a passage, and the part of a long passage that shows them."""

from __future__ import annotations

import re
from functools import lru_cache

from comity.desk.work.words import Piece, Query, tokens

BEFORE, LONGEST = 60, 240  # characters
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:[.,]\d+)*")

type Part = dict[str, str | bool]


def spans(text: str, lang: str, query: Query) -> list[tuple[int, int]]:
    """Where the words of the query stand, in order, without overlap."""
    words = [(m.start(), m.end(), _known(m[0], lang)) for m in _WORD.finditer(text)]
    found: set[tuple[int, int]] = set()
    for piece in query.pieces:
        wanted = _single(piece)
        for at in range(len(words) - len(wanted) + 1):
            if all(_fits(words[at + n][2], token, piece.begins and n == len(wanted) - 1) for n, token in enumerate(wanted)):
                found.add((words[at][0], words[at + len(wanted) - 1][1]))
    return _joined(sorted(found))


def _single(piece: Piece) -> list[str]:
    """Overlapping pairs of Han characters as the characters themselves; other tokens as they are."""
    out: list[str] = []
    for token in piece.tokens:
        if len(token) == 2 and all("\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" for c in token):
            out += list(token) if not out or out[-1] != token[0] else [token[1]]
        else:
            out.append(token)
    return out


@lru_cache(maxsize=50_000)
def _known(word: str, lang: str) -> str:
    return tokens(word, lang)


def _fits(word: str, token: str, begins: bool) -> bool:
    return word == token or (begins and word.startswith(token))


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in found:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def excerpt(text: str, lang: str, query: Query) -> list[Part]:
    """The part of a passage around its first marked words, as parts; those with ``mark`` are the words."""
    marks = spans(text, lang, query)
    start = 0
    if len(text) > LONGEST and marks:
        start = max(0, marks[0][0] - BEFORE)
        while 0 < start < len(text) and text[start - 1].isalnum() and text[start - 1].isascii() | ("\u0400" <= text[start - 1] <= "\u04ff"):
            start -= 1
    end = min(len(text), start + LONGEST)
    parts: list[Part] = [{"text": "… "}] if start else []
    at = start
    for begin, stop in marks:
        if begin < at or begin >= end:
            continue
        parts += [{"text": text[at:begin]}, {"text": text[begin:stop], "mark": True}]
        at = stop
    parts.append({"text": text[at : max(at, end)]})
    return [*parts, {"text": " …"}] if end < len(text) else parts
