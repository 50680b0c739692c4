"""English speech that goes on: contents cut into sentences, and quotations without a cue given to whom they belong."""

from __future__ import annotations

import re

from comity.press.attribution import Attribution, sentences_in
from comity.press.model import Span
from comity.press.quotes import Quotation
from comity.press.segment import Layout


def extend_quotes(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Cut contents that are quotations into their sentences, and give quotations that no cue governs to the speech that they continue."""
    out: list[Attribution] = []
    for a in found:
        out.extend(_split(layout, a))
    attributed = sorted(out, key=lambda a: a.content)
    for q in layout.quotations:
        if any(a.content[0] < q.inner[1] and q.inner[0] < a.content[1] for a in attributed):
            rest = _uncovered(layout, q, attributed)
        else:
            rest = sentences_in(layout, q.inner)
        owner = _owner(layout, q, attributed)
        begun = len(rest) < len(sentences_in(layout, q.inner))
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


def _uncovered(layout: Layout, q: Quotation, attributed: list[Attribution]) -> list[Span]:
    parts = sentences_in(layout, q.inner)
    return [p for p in parts if not any(a.content[0] < p[1] and p[0] < a.content[1] for a in attributed)]


def _owner(layout: Layout, q: Quotation, attributed: list[Attribution]) -> Attribution | None:
    """Who speaks in a quotation without a cue: the cue of the same paragraph, nearest first, else the speaker of the paragraph before."""
    paragraph = next((n for n, p in enumerate(layout.paragraphs) if p[0] <= q.outer[0] < p[1]), None)
    if paragraph is None:
        return None
    start, end = layout.paragraphs[paragraph]
    near = [a for a in attributed if start <= a.cue[0] < end and a.kind in {"say", "think", "ask", "pledge", "show", "according", "stress"}]
    if near:
        return min(near, key=lambda a: abs(a.content[0] - q.inner[0]) + (0 if a.content[0] < q.inner[0] else 200))
    alone = not re.search(r"[A-Za-z]{2,}", layout.text[start : q.outer[0]] + layout.text[q.outer[1] : end])
    if paragraph and alone:
        before_start, before_end = layout.paragraphs[paragraph - 1]
        previous = [a for a in attributed if before_start <= a.cue[0] < before_end or before_start <= a.content[0] < before_end]
        return previous[-1] if previous else None
    return None


def _is_speech(text: str, part: Span, q: Quotation) -> bool:
    """A sentence, not a scare-quoted phrase: it has some words and ends like a sentence or begins with a capital."""
    words = text[part[0] : part[1]].split()
    ends = text[part[1] : part[1] + 2].startswith((".", "!", "?", ",", "…")) or part[1] < q.inner[1]
    if len(words) == 3 and text[part[0]].isupper() and text[part[1] : part[1] + 1] in {".", "!", "?"} and part[1] < q.inner[1]:
        return True  # "We want results."
    return len(words) >= 4 and (text[part[0]].isupper() or ends)
