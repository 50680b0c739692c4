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
        done = span[0]
        for match in pattern.finditer(layout.text, *span):
            who = match.span("who") if pattern.groups else _before(layout.text, done, match.start())
            done = match.end()
            named = [d for _, d in roster.at(*who)]
            if _COCHAIRED.search(match.group()) and (first := _leading(roster, sentence, who[1])):
                named = first
            if len(named) < 2 and _BOTH.search(layout.text[slice(*who)]):
                named = _pair(roster, layout, sentence, who[1])
            out.extend(name for name in dict.fromkeys(d.name for d in named) if name not in out)
    return out


_COCHAIRED = re.compile(r"(?<!by )\bco-(?:chaired|hosted)$", re.IGNORECASE)


def _before(text: str, start: int, at: int) -> Span:
    """Who may chair: up to 160 characters before the verb, within the sentence and the quotation."""
    stop = max(text.rfind(mark, start, at) for mark in '.;“”"')
    return max(start, stop + 1, at - 160), at


def _leading(roster: Roster, sentence: Sentence, at: int) -> list[Draft]:
    """ "X held talks with Y and co-chaired …": the subject and the one he acted with."""
    named = list(dict.fromkeys(d.name for _, d in roster.at(sentence.span[0], at)))
    return sorted((d for d in roster.drafts if d.name in named[:2]), key=lambda d: named.index(d.name)) if len(named) == 2 else []


_BOTH = re.compile(r"\b(?:the two|two sides|both|they|[Tt]he sides)\b|共同|双方|两人")


def _pair(roster: Roster, layout: Layout, sentence: Sentence, at: int) -> list[Draft]:
    """The two persons last named up to ``at``: in this sentence, or in the one before it."""
    for start in (sentence.span[0], layout.start_before(sentence)):
        named = list(dict.fromkeys(d.name for _, d in roster.at(start, at)))
        if len(named) >= 2:
            return sorted((d for d in roster.drafts if d.name in named[-2:]), key=lambda d: named.index(d.name))
    return []
