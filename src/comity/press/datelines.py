"""The head of an agency's report: where and when it was filed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.press.dates import find_dates
from comity.press.model import Span
from comity.press.places import places_in

_DATELINE = {
    "en": re.compile(
        r"^\s*(?:(?P<place>[A-Z][A-Za-z'’. "
        r"-]{2,30}?)(?:,\s*(?:[A-Z][a-z]+,\s*)?))?(?P<date>(?:\d{1,2}\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug"
        r"|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{1,2})?(?:,?\s+\d{4})?)\s*(?:\([^)]{2,40}\)"
        r"|/[^/]{2,40}/)?\s*[-–—:.]"
    ),
    "ru": re.compile(
        r"^\s*(?P<place>[А-ЯЁ][А-Яа-яё -]{2,30}),\s*(?P<date>\d{1,2}\s+[а-я]{3,8}(?:\s+\d{4}\s*(?:года|г\.)?)?)\s*(?:[./—–-]|\()"
    ),
    "zh": re.compile(
        r"^\s*(?P<agency>[\u4e00-\u9fff]{2,8}(?:社|网|报|电台))?(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:电|讯|消息)(?:\s?（[^（）]{2,30}）|\s?\([^()]{2,30}\))?"
    ),
}


_BARE_DATELINE = re.compile(r"(?P<place>[A-Z][A-Z .’'-]{2,28}[A-Z])(?:,\s[A-Z][a-z]+)?(?:\s\([^)]{2,30}\))?\s(?:-{1,2}|–|—)\s")


# a line that holds nothing but place and day: the head of a communiqué or of a page
_ALONE = re.compile(
    r"(?:(?P<place>[A-Z][A-Za-z’' -]{2,30}?),\s)?(?P<date>\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s\d{4})(?:,\s\d{1,2}[:.]\d\d)?$"
)
_CAPITAL_COLON = re.compile(r"(?P<place>[A-Z]{3,}(?: [A-Z]{3,})?):\s(?=[A-Z])")


_BRIEF = re.compile(r"(?P<place>[A-ZА-ЯЁ][A-ZА-ЯЁ .’'-]{2,28}[A-ZА-ЯЁ])(?:,\s\w+)?(?:\s\([^)\n]{2,30}\))?(?:\s(?:-{1,2}|–|—)|:|\.)\s(?=\S)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed: the head of an agency's first paragraph. ``end`` is where its text begins."""

    place: Span | None
    date: str | None
    end: int


def _past(day: str, reference: date) -> str:
    """A report is filed before it is read: a day without a year that would lie ahead is that of the year before."""
    filed = date.fromisoformat(day)
    if (filed - reference).days <= 3:
        return day
    return filed.replace(year=filed.year - 1, day=min(filed.day, 28) if filed.month == 2 else filed.day).isoformat()


def dateline(text: str, paragraphs: Iterator[Span] | list[Span], language: str, reference: date | None) -> Dateline | None:
    """The dateline in one of the first five paragraphs, if there is one."""
    for number, (start, end) in enumerate(paragraphs):
        if number >= 5:
            break
        capital = _CAPITAL_COLON.match(text, start) if language == "en" else None
        if capital is not None and any(p.kind == "city" for p in places_in(capital["place"].title(), "en")):
            return Dateline(capital.span("place"), None, capital.end())
        bare = _BARE_DATELINE.match(text[start : min(end, start + 90)]) if language == "en" else None
        if bare is not None:
            return Dateline((start, start + bare.end("place")), None, start + bare.end())
        match = _DATELINE[language].match(text[start : min(end, start + 120)])
        if match is None and language == "en" and end - start < 70:
            match = _ALONE.match(text[start:end])
        if match is None or (match["place"] or "").endswith("day"):  # "Monday, 16 November:" heads the day of a programme
            continue
        dates = find_dates(text, language, reference, start + match.start("date"), start + match.end("date"))
        day = next((w.date for w in dates if w.grain == "day"), None)
        if day is not None and reference is not None and not re.search(r"\d{4}", match["date"]):
            day = _past(day, reference)
        place = None if match["place"] is None else (start + match.start("place"), start + match.end("place"))
        return Dateline(place, day, start + match.end())
    return None


def datelines(text: str, paragraphs: list[Span], language: str) -> dict[int, Dateline]:
    """The places in capitals at the head of paragraphs (news in brief), by the paragraph's number; Chinese has no capitals."""
    found: dict[int, Dateline] = {}
    for number, (start, _) in enumerate(paragraphs if language != "zh" else ()):
        match = _BRIEF.match(text, start) if text[start : start + 2].isupper() else None
        if match is not None:
            found[number] = Dateline(match.span("place"), None, match.end())
    return found
