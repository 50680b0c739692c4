"""``According to S, CONTENT``, ``CONTENT, according to S`` and ``In his view, CONTENT``."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from comity.press.attribution import Attribution, clean
from comity.press.readers.english.lexicon import role_pattern, table
from comity.press.segment import Layout
from comity.press.words import words_of

_MANY = 8  # sources in one sentence: a list, not a sentence


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The cue, where its source ends, and an office in apposition."""
    phrases = "|".join(table()["phrases"]["according"])
    return (
        re.compile(rf"(?<![\w])(?:{phrases})\s", re.IGNORECASE),
        re.compile(rf",\s(?!(?:the\s|a\s|an\s)?(?:[a-z-]+\s){{0,2}}{role_pattern()}\s(?:of|for|at)\s)|[.;]$|$"),
        re.compile(rf",\s(?:the\s|a\s|an\s)?(?:[\w-]+\s){{0,4}}{role_pattern()}[^,]{{0,80}},\s"),
    )


@cache
def _openers() -> frozenset[str]:
    """The words with which the cues begin: where none stands, no pattern need be tried."""
    return frozenset(phrase.partition(" ")[0] for phrase in table()["phrases"]["according"])


@cache
def _possessive() -> re.Pattern[str]:
    whose = r"his|her|their|its|(?:the\s)?[\w’' -]{3,60}?['’]s"
    return re.compile(rf"(?:[Ii]n|[Bb]y|[Tt]o)\s(?P<who>{whose})\s(?:own\s)?(?:{'|'.join(table()['phrases']['possessive'])}),\s")


def according_to(layout: Layout, masked: str) -> list[Attribution]:
    """``According to S, CONTENT`` and ``CONTENT, according to S``."""
    found = []
    according, stops, apposed = _patterns()
    openers = words_of(layout.text).at(_openers())
    for sentence in layout.sentences:
        start, end = sentence.span
        if bisect_left(openers, start) == bisect_left(openers, end):
            continue
        matches = list(according.finditer(masked[start:end]))
        for match in matches if len(matches) < _MANY else ():
            at, after = start + match.start(), start + match.end()
            cue = (at, after - 1)
            lead = masked[start:at].strip(' “"')
            rest = masked[after:end]
            stop = stops.search(rest)
            source_end = after + (stop.start() if stop else len(rest))
            if not lead and (named := re.match(r",\s[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3}(?=,\s)", masked[source_end:end])):
                source_end += named.end()  # "According to the clerk, Otto Stein, …"
            if not lead:
                apposition = apposed.match(masked[source_end:end])
                content_at = source_end + (apposition.end() if apposition else 1)
                content = clean(layout.text, content_at, end)
            elif masked[:at].rstrip().endswith(",") or len(lead.split()) > 3:
                source_end = after + len(
                    re.sub(r"[.!?”\"]+$", "", rest.partition(", ")[0] if re.search(r",\s(?:who|which|and|but|while)\s", rest) else rest)
                )
                content = clean(layout.text, start, at)
            else:
                continue
            if content[1] - content[0] > 3:
                found.append(Attribution(content, cue, (after, source_end), "according to", "according", "according", tail=bool(lead)))
    return [*found, *_in_his_view(layout, masked)]


def _in_his_view(layout: Layout, masked: str) -> list[Attribution]:
    """``In his view, CONTENT`` and ``in the speaker's opinion, CONTENT``."""
    pattern = _possessive()
    found = []
    for sentence in layout.sentences:
        start, end = sentence.span
        match = pattern.match(masked, start, end)
        if match is None:
            continue
        who = match.span("who") if match["who"] in {"his", "her", "their", "its"} else (match.start("who"), match.end("who") - 2)
        content = clean(layout.text, match.end(), end)
        if content[1] - content[0] > 3:
            found.append(Attribution(content, (start, match.end() - 2), who, "in the view of", "according", "according"))
    return found
