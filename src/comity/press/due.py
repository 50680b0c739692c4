"""By when a commitment falls due, in its own words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from comity.press.dates import RELATIVE, WEEKDAY, When, find_dates
from comity.press.model import DueWords, Span


def due_in(text: str, span: Span, language: str, reference: date | None) -> DueWords | None:
    """The words that say by when, or how often. A month or day without a year that has passed is the next one."""
    whens = find_dates(text, language, reference, *span)
    whens = [w for w in whens if not (language == "en" and w.grain == "day" and _BEFORE_DEED.match(text, w.span[1]))]
    pick = next((w for w in whens if w.due), None) or next((w for w in whens if w.grain == "rhythm"), None)
    if pick is None:
        ahead = [w for w in whens if w.date and reference and (_future(w, reference, text) or "") >= reference.isoformat()[: len(w.date)]]
        pick = ahead[0] if ahead else None
    return DueWords(pick.span, _future(pick, reference, text)) if pick else None


_BEFORE_DEED = re.compile(r"\sto\s[a-z]+\s")  # "urged the government on Monday to drop …": the day of the urging


def _future(when: When, reference: date | None, text: str) -> str | None:
    if when.date is None or reference is None or when.grain in {"rhythm", "year", "week"}:
        return when.date
    words = text[when.span[0] : when.span[1]]
    if WEEKDAY.search(words):
        return (date.fromisoformat(when.date) + timedelta(days=7)).isoformat() if when.date < reference.isoformat() else when.date
    if RELATIVE.search(words):
        return when.date
    named = re.search(r"(?:19|20)\d\d|[二〇]{2}", text[when.span[0] : when.span[1]])
    if named or when.date >= reference.isoformat()[: len(when.date)]:
        return when.date
    year = int(when.date[:4]) + 1
    return None if when.date[5:] == "02-29" else f"{year}{when.date[4:]}"
