"""Jubilees: how many years of what, and since when. A jubilee is neither an ordinal nor a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from comity.press.meeting_words import WORDS
from comity.press.model import Anniversary, Span
from comity.press.numbers import ordinal_value
from comity.press.segment import Layout
from comity.press.words import words_of

_JUBILEE_HINT = re.compile(r"anniversar|\byears?\s(?:of|since|after|ago)|лети[еяюи]|годовщин|лет\s|周年|年头", re.IGNORECASE)
_JUBILEE_WORDS = frozenset({"anniversary", "anniversaries", "year", "years"})
_AROUND = 130  # places around such a word that its pattern may take in


def find_anniversaries(layout: Layout, language: str, reference: date | None) -> list[Anniversary]:
    """Every jubilee; the year it counts from is the one that its own words name, else the reference year less the count."""
    found: list[Anniversary] = []
    for match in _matches(layout.text, language):
        count = ordinal_value(("第" if language == "zh" else "") + match["n"], language)
        if not count or any(a.span[0] < match.end() and match.start() < a.span[1] for a in found):
            continue
        of = _of((match["of"] or "").strip(), language)
        year = re.search(r"(?:19|20)\d\d", layout.text[match.end() : match.end() + 12]) or (re.search(r"(?:19|20)\d\d", of) if of else None)
        since = int(year.group()) if year else (reference.year - count if reference else None)
        found.append(Anniversary(count, of, since, match.span(), 0.85 if of else 0.7))
    return sorted(found, key=lambda a: a.span)


def _matches(text: str, language: str) -> Iterator[re.Match[str]]:
    """What the patterns find, pattern by pattern; they run only where a word of jubilees stands."""
    windows: list[list[int]] = []
    for first, last in _hints(text, language):
        start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
        if windows and start <= windows[-1][1]:
            windows[-1][1] = end
        else:
            windows.append([start, end])
    for pattern in WORDS[language].anniversary:
        for start, end in windows:
            yield from pattern.finditer(text, start, end)


def _hints(text: str, language: str) -> Iterator[Span]:
    """Where a word of jubilees stands."""
    if language != "en":
        yield from (hint.span() for hint in _JUBILEE_HINT.finditer(text))
        return
    for at in words_of(text).at(_JUBILEE_WORDS):
        if hint := _JUBILEE_HINT.match(text, at):
            yield hint.span()


_ENDS_OF = re.compile(r"\s(?:on|in|this|and\s(?:the|said|that|a)|which|who|with|falls|will|is|was)\b(?!\s(?:Cooperation|cooperation))")
_BEFORE_OF = re.compile(r"今年是|同意以|以|是|正值|恰逢|迎来|为|，|庆祝|纪念|适逢|之际|在")


def _of(words: str, language: str) -> str | None:
    """What the jubilee is of, without the sentence around it."""
    if language == "en":
        return _ENDS_OF.split(words)[0].strip() or None
    return (_BEFORE_OF.split(words)[-1].strip("的") if language == "zh" else words) or None
