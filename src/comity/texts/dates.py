"""Dates in running text, as ISO dates: `2026-11-12`, or `2026-11` where no day is named. Languages: zh, ru, en, fr, es.

Days that share a month ("11 and 12 November 2026", "2026年11月11日至12日") are told apart. A year alone is a number, not a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from comity.texts.numerals import HAN_NUMERAL, whole_number

_MONTHS: Final = {
    "en": "january|february|march|april|may|june|july|august|september|october|november|december",
    "ru": r"январ\w+|феврал\w+|март\w*|апрел\w+|ма[йяею]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
}
_LINK: Final = {"en": r"(?:and|to|–|-|,)", "ru": r"(?:и|по|–|-|,)", "fr": r"(?:et|au|–|-|,)", "es": r"(?:y|al|a|–|-|,)"}
_OF: Final = {"en": r"(?:\s+of)?\s+", "ru": r"\s+", "fr": r"\s+", "es": r"\s+de\s+"}
_YEAR: Final = {
    "en": r"(?:,?\s+(?P<year>\d{4}))?",
    "ru": r"(?:\s+(?P<year>\d{4}))?",
    "fr": r"(?:\s+(?P<year>\d{4}))?",
    "es": r"(?:\s+de(?:l)?\s+(?P<year>\d{4}))?",
}
_HAN: Final = rf"(?:\d{{1,4}}|[{HAN_NUMERAL}]{{1,7}})"
_HAN_DATE: Final = re.compile(
    rf"(?P<year>(?:\d{{4}}|[〇零○一二三四五六七八九]{{4}}))\s?年\s?(?P<month>{_HAN})\s?月(?:\s?(?P<day>{_HAN})\s?日)?"
    rf"(?:\s?[至到和、—-]\s?(?:(?P<month2>{_HAN})\s?月\s?)?(?P<day2>{_HAN})\s?日)?"
)
_HAN_DAY: Final = re.compile(rf"(?<![年\d〇零○一二三四五六七八九十至到和、—-])(?P<month>{_HAN})\s?月\s?(?P<day>{_HAN})\s?日")
_ISO: Final = re.compile(r"(?<!\d)(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at code points `start` to `end`; `iso` has year and month, and the day if one is named."""

    start: int
    end: int
    iso: str


def _pattern(language: str) -> re.Pattern[str]:
    if language not in _COMPILED:
        months = "|".join(f"(?P<m{number}>{month})" for number, month in enumerate(_MONTHS[language].split("|"), 1))
        days = rf"(?:(?P<days>\d{{1,2}}(?:er|st|nd|rd|th)?(?:\s*{_LINK[language]}\s*\d{{1,2}})*){_OF[language]})?"
        after = r"(?:\s+(?P<after>\d{1,2})(?:st|nd|rd|th)?(?=,|\s+\d{4}))?" if language == "en" else ""
        _COMPILED[language] = re.compile(rf"(?<!\w){days}\b(?:{months})\b{after}{_YEAR[language]}", re.IGNORECASE)
    return _COMPILED[language]


_COMPILED: Final[dict[str, re.Pattern[str]]] = {}


def _iso(year: str | int | None, month: int, day: str | int | None) -> str:
    text = f"{int(year):04d}-{month:02d}" if year else f"----{month:02d}"
    return f"{text}-{int(day):02d}" if day else text


def find_dates(text: str, language: str) -> list[FoundDate]:
    """Dates with at least a month, in order. Without a year, only those with a day."""
    base = language.split("-")[0]
    found = []
    for match in _ISO.finditer(text):
        year, month, day = match["y"] or match["y2"], int(match["m"] or match["m2"]), match["d"] or match["d2"]
        if 1 <= month <= 12:
            found.append(FoundDate(match.start(), match.end(), _iso(year, month, day)))
    if base == "zh":
        for match in _HAN_DATE.finditer(text):
            year, month = whole_number(match["year"]), whole_number(match["month"]) or 0
            day = whole_number(match["day"]) if match["day"] else None
            found.append(FoundDate(match.start(), match.end(), _iso(year, month, day)))
            if match["day2"]:
                later = whole_number(match["month2"]) if match["month2"] else month
                found.append(FoundDate(match.start(), match.end(), _iso(year, later or 0, whole_number(match["day2"]))))
        for match in _HAN_DAY.finditer(text):
            month = whole_number(match["month"]) or 0
            if 1 <= month <= 12 and not any(date.start <= match.start() < date.end for date in found):
                found.append(FoundDate(match.start(), match.end(), _iso(None, month, whole_number(match["day"]))))
    elif base in _MONTHS:
        for match in _pattern(base).finditer(text):
            month = next(number for number in range(1, 13) if match[f"m{number}"])
            days = re.findall(r"\d{1,2}", match["days"] or "") or ([match["after"]] if base == "en" and match["after"] else [])
            if not days and not match["year"]:
                continue
            found += [FoundDate(match.start(), match.end(), _iso(match["year"], month, day)) for day in (days or [None])]
    return sorted(found, key=lambda date: (date.start, date.iso))
