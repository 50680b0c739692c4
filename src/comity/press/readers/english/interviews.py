"""Interviews that print questions and answers as paragraphs of their own, with no name or mark before them."""

from __future__ import annotations

import re
from itertools import pairwise

from comity.press.attribution import Attribution, overlap, sentences_in
from comity.press.model import Span
from comity.press.segment import Layout

_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our)\b")
_MARKS = '“”"«»'
_LONGEST = 400  # characters in a question


def replies(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """The sentences of each paragraph behind a question, if there are two questions and somebody answers in the first person."""
    pairs = [(q, a) for q, a in pairwise(layout.paragraphs) if _asks(layout, q) and not _asks(layout, a) and not _told(layout, a, found)]
    if len(pairs) < 2 or not any(_FIRST_PERSON.search(layout.of(a)) for _, a in pairs):
        return []
    return [
        Attribution(part, (question[1] - 1, question[1]), None, "answer", "say", "reply", continued=number > 0)
        for question, answer in pairs
        for number, part in enumerate(sentences_in(layout, answer))
    ]


def _asks(layout: Layout, span: Span) -> bool:
    words = layout.of(span)
    return words.endswith("?") and len(words) < _LONGEST and not any(mark in words for mark in _MARKS)


def _told(layout: Layout, span: Span, found: list[Attribution]) -> bool:
    """Whether a paragraph has quotation marks or a speaker of its own."""
    return any(mark in layout.of(span) for mark in _MARKS) or any(a.rule in {"colon", "quote"} and overlap(a.content, span) for a in found)
