"""Jubilees: how many years of what, and since when. A jubilee is neither an ordinal nor a date."""

from __future__ import annotations

import re
from datetime import date

from comity.press.meeting_words import WORDS
from comity.press.model import Anniversary
from comity.press.numbers import ordinal_value
from comity.press.segment import Layout

_JUBILEE_HINT = re.compile(r"anniversar|\byears?\s(?:of|since|after|ago)|лети[еяюи]|годовщин|лет\s|周年|年头", re.IGNORECASE)


def find_anniversaries(layout: Layout, language: str, reference: date | None) -> list[Anniversary]:
    """Every jubilee; the year it counts from is the one that its own words name, else the reference year less the count."""
    found: list[Anniversary] = []
    if _JUBILEE_HINT.search(layout.text) is None:
        return found
    for pattern in WORDS[language].anniversary:
        for match in pattern.finditer(layout.text):
            count = ordinal_value(("第" if language == "zh" else "") + match["n"], language)
            if not count or any(a.span[0] < match.end() and match.start() < a.span[1] for a in found):
                continue
            of = (match["of"] or "").strip() or None
            if of and language == "en":
                of = (
                    re.split(
                        r"\s(?:on|in|this|and\s(?:the|said|that|a)|which|who|with|falls|will|is|was)\b(?!\s(?:Cooperation|cooperation))", of
                    )[0].strip()
                    or None
                )
            if of and language == "zh":
                of = re.split(r"今年是|同意以|以|是|正值|恰逢|迎来|为|，|庆祝|纪念|适逢|之际|在", of)[-1].strip("的") or None
            year = re.search(r"(?:19|20)\d\d", layout.text[match.end() : match.end() + 12]) or (
                re.search(r"(?:19|20)\d\d", of) if of else None
            )
            since = int(year.group()) if year else (reference.year - count if reference else None)
            found.append(Anniversary(count, of, since, match.span(), 0.85 if of else 0.7))
    return sorted(found, key=lambda a: a.span)
