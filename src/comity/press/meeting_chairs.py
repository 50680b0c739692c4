"""Who chaired, hosted or led a meeting."""

from __future__ import annotations

import re

from comity.press.meeting_words import Words
from comity.press.model import Span
from comity.press.people import Draft, Roster
from comity.press.segment import Layout, Sentence


def chairs(layout: Layout, words: Words, sentence: Sentence, span: Span, roster: Roster) -> list[str]:
    """Who chaired, hosted or led, as far as ``span`` says."""
    if words.chair_hint.search(layout.text, *span) is None:
        return []
    out: list[str] = []
    for pattern in words.chair:
        for match in pattern.finditer(layout.text, *span):
            named = [d for _, d in roster.at(*match.span("who"))]
            if _COCHAIRED.search(match.group()) and (first := _leading(roster, sentence, match.end("who"))):
                named = first
            if len(named) < 2 and _BOTH.search(match["who"]):
                named = _pair(roster, layout, sentence, match.end("who"))
            out.extend(name for name in dict.fromkeys(d.name for d in named) if name not in out)
    return out


_COCHAIRED = re.compile(r"(?<!by )\bco-(?:chaired|hosted)$", re.IGNORECASE)


def _leading(roster: Roster, sentence: Sentence, at: int) -> list[Draft]:
    """ "X held talks with Y and co-chaired …": the subject and the one he acted with."""
    named = list(dict.fromkeys(d.name for _, d in roster.at(sentence.span[0], at)))
    return sorted((d for d in roster.drafts if d.name in named[:2]), key=lambda d: named.index(d.name)) if len(named) == 2 else []


_BOTH = re.compile(r"\b(?:the two|two sides|both|they|[Tt]he sides)\b|共同|双方|两人")


def _pair(roster: Roster, layout: Layout, sentence: Sentence, at: int) -> list[Draft]:
    """The two persons last named up to ``at``: in this sentence, or in the one before it."""
    for start in (sentence.span[0], max((s.span[0] for s in layout.sentences if s.span[1] <= sentence.span[0]), default=sentence.span[0])):
        named = list(dict.fromkeys(d.name for _, d in roster.at(start, at)))
        if len(named) >= 2:
            return sorted((d for d in roster.drafts if d.name in named[-2:]), key=lambda d: named.index(d.name))
    return []
