"""Plain narration: what a text tells in its own voice, ascribed to nobody.

A reported fact is no statement: nobody is quoted, so there is no speaker, no cue and no form. It is a whole sentence of running text that
holds neither anybody's words nor the cue that brings them in; headings, questions and lists tell nothing. "Reported" is the reporter's
claim, not ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.press.attribution import clean
from comity.press.datelines import Dateline
from comity.press.model import ReportedFact, Span, Statement
from comity.press.segment import Layout

_SHORTEST = {"en": 25, "ru": 25, "zh": 9}
_STOPS = ".!…。！"
_CLOSERS = "”»」』\"')）"
_SURE = 0.7


def find_facts(layout: Layout, statements: Sequence[Statement], head: Dateline | None, language: str) -> tuple[ReportedFact, ...]:
    """Every sentence of narration, without the dateline and the final stop."""
    text = layout.text
    taken = sorted(span for s in statements for span in (s.span, s.cue))
    found, at = [], 0
    for sentence in layout.sentences:
        start, end = sentence.span
        if head is not None and start < head.end < end:
            start = head.end
        while at < len(taken) and taken[at][1] <= start and (at + 1 == len(taken) or taken[at + 1][0] <= start):
            at += 1
        spoken = any(a < end and start < b for a, b in taken[max(0, at - 4) : at + 6])
        quoted = any(q.outer[0] <= start and end <= q.outer[1] + 1 for q in layout.quotations_in(start, end))
        if spoken and not quoted and (told := _told_before(text, (start, end), statements, language)) is not None:
            found.append(ReportedFact(told, _SURE))
        if spoken or quoted or not text[start:end].rstrip(_CLOSERS).endswith(tuple(_STOPS)):
            continue
        span = clean(text, start, end)
        if span[1] - span[0] >= _SHORTEST[language]:
            found.append(ReportedFact(span, _SURE))
    return tuple(found)


_WHEREAS = {
    "en": re.compile(r",\s(?:while|whereas)\s"),
    "ru": re.compile(r",\s(?:в то время как|тогда как|при этом)\s"),
    "zh": re.compile(r"[，；]而"),
}


def _told_before(text: str, sentence: Span, statements: Sequence[Statement], language: str) -> Span | None:
    """ "The parties undertook …, while observers believe …": what stands before the contrast is told if all speech stands behind it."""
    mark = _WHEREAS[language].search(text, *sentence)
    if mark is None:
        return None
    start, end = sentence
    here = [s for s in statements if s.cue is not None and start <= s.cue[0] < end]
    if not here or any(
        span[0] < mark.end() for s in here for span in (s.span, s.cue, s.speaker_span) if span is not None and span[0] >= start
    ):
        return None
    span = clean(text, start, mark.start())
    return span if span[1] - span[0] >= _SHORTEST[language] else None
