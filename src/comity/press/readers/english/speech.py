"""English speech that goes on: contents cut into sentences, and quotations without a cue given to whom they belong."""

from __future__ import annotations

import re
from bisect import bisect_right

from comity.press.attribution import Attribution, overlap, sentences_in
from comity.press.model import Span
from comity.press.nearby import Nearby
from comity.press.quotes import Quotation
from comity.press.readers.english.refine import refine
from comity.press.segment import Layout


def extend_quotes(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Cut contents that are quotations into their sentences, and give quotations that no cue governs to the speech that they continue."""
    out: list[Attribution] = []
    for a in refine(layout, found):
        out.extend(_split(layout, a))
    attributed = sorted(out, key=lambda a: a.content)
    contents, cues = Nearby((a.content, a) for a in attributed), Nearby((a.cue, a) for a in attributed)
    for q in layout.quotations:
        sentences, near = sentences_in(layout, q.inner), contents.at(*q.inner)
        rest = [part for part in sentences if not any(overlap(a.content, part) for a in near)]
        owner = _owner(layout, q, contents, cues) if rest else None
        begun = len(rest) < len(sentences)
        for part in rest:
            if owner is not None and (begun or _is_speech(layout.text, part, q)):
                out.append(Attribution(part, owner.cue, owner.source, owner.lemma, owner.kind, "continued-quote", continued=True))
    return out


def _split(layout: Layout, a: Attribution) -> list[Attribution]:
    """A content that lies in one quotation or starts one: each sentence is its own."""
    parts = sentences_in(layout, a.content)
    if len(parts) <= 1:
        return [a]
    return [Attribution(p, a.cue, a.source, a.lemma, a.kind, a.rule, a.continued or n > 0, a.tail) for n, p in enumerate(parts)]


def _owner(layout: Layout, q: Quotation, contents: Nearby[Attribution], cues: Nearby[Attribution]) -> Attribution | None:
    """Who speaks in a quotation without a cue: the cue of the same paragraph, nearest first, else the speaker of the paragraph before."""
    paragraph = bisect_right(layout.paragraphs, (q.outer[0], len(layout.text) + 1)) - 1
    if paragraph < 0:
        return None
    start, end = layout.paragraphs[paragraph]
    near = [a for a in cues.at(start, end) if start <= a.cue[0] and a.kind in _SPEAKING]
    if near:
        return min(near, key=lambda a: abs(a.content[0] - q.inner[0]) + (0 if a.content[0] < q.inner[0] else 200))
    alone = not re.search(r"[A-Za-z]{2,}", layout.text[start : q.outer[0]] + layout.text[q.outer[1] : end])
    if paragraph and alone:
        before_start, before_end = layout.paragraphs[paragraph - 1]
        said = {a.content: a for a in cues.at(before_start, before_end) if before_start <= a.cue[0]}
        said |= {a.content: a for a in contents.at(before_start, before_end) if before_start <= a.content[0]}
        return said[max(said)] if said else None
    return None


_SPEAKING = frozenset({"say", "think", "ask", "pledge", "show", "according", "stress"})


def _is_speech(text: str, part: Span, q: Quotation) -> bool:
    """A sentence, not a scare-quoted phrase: it has some words and ends like a sentence or begins with a capital."""
    words = text[part[0] : part[1]].split()
    ends = text[part[1] : part[1] + 2].startswith((".", "!", "?", ",", "…")) or part[1] < q.inner[1]
    if len(words) == 3 and text[part[0]].isupper() and text[part[1] : part[1] + 1] in {".", "!", "?"} and part[1] < q.inner[1]:
        return True  # "We want results."
    return len(words) >= 4 and (text[part[0]].isupper() or ends)
