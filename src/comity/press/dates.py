"""Dates that a text names, resolved against the day it was written.

Only expressions of time are read: "the 10th meeting" is an ordinal and is never taken for the tenth of a month. What comes out is a
partial ISO
date (``2025``, ``2025-08`` or ``2025-08-25``); a range also has an end; a rhythm ("every year") has no date at all.

>>> [(d.date, d.end) for d in find_dates("on Monday and from August 25 to 27", "en", date(2025, 8, 27))]
[('2025-08-25', None), ('2025-08-25', '2025-08-27')]
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from comity.press.date_patterns import EN_DAYS, EN_MONTHS, HINTS, OPENERS, PATTERNS, RU_DAYS, RU_MONTHS
from comity.press.model import Span
from comity.press.numbers import small_number, zh_number
from comity.press.words import words_of


@dataclass(frozen=True, slots=True)
class When:
    """An expression of time. ``grain`` is day, month, season, year or rhythm; ``due`` says that a word such as "before" makes it a time
    limit."""

    span: Span
    date: str | None
    grain: str
    end: str | None = None
    due: bool = False


WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень|星期|周[一二三四五六日]",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"\b(?:today|yesterday|last|this)\b|сегодня|вчера|прошл|今|昨|当", re.IGNORECASE)
_DUE = {
    "en": re.compile(
        r"(?:\bby|\bbefore|\buntil|\bno later than|\bnot later than|\bprior to)\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?$", re.I
    ),
    "ru": re.compile(r"(?:(?<![а-яё])до|(?<![а-яё])к|не позднее)\s+(?:конца\s+|начала\s+)?$", re.I),
    "zh": re.compile(r"(?!)"),
}
_ZH_DUE_AFTER = re.compile(r"\s?(?:底|年底)?(?:以前|之前|前)")
_END_OF = {"en": re.compile(r"\bend of (?:the )?$", re.I), "ru": re.compile(r"кон(?:ца|це|цу)\s+$"), "zh": re.compile(r"(?!)")}
_SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "fall": 9,
    "winter": 12,
    "весной": 3,
    "летом": 6,
    "осенью": 9,
    "зимой": 12,
    "лета": 6,
    "лету": 6,
    "осени": 9,
    "весны": 3,
    "весне": 3,
    "зимы": 12,
    "зиме": 12,
    "春": 3,
    "夏": 6,
    "秋": 9,
    "冬": 12,
}
_COMPILED: dict[str, list[tuple[str, re.Pattern[str]]]] = {
    language: [
        (kind, re.compile(pattern, re.IGNORECASE if kind in {"endof", "rhythm", "relunit", "season", "quarter", "within", "relday"} else 0))
        for kind, pattern in table
    ]
    for language, table in PATTERNS.items()
}


def month_of(word: str, language: str) -> int | None:
    """1 to 12, or ``None``."""
    word = word.lower().rstrip(".")
    if language == "zh":
        value = zh_number(word)
        return value if value is not None and 1 <= value <= 12 else None
    table = EN_MONTHS if language == "en" else RU_MONTHS
    for number, name in enumerate(table, 1):
        if (language == "en" and name.startswith(word[:3])) or (
            language == "ru" and word.startswith(name) and not (name == "ма" and word.startswith("мар"))
        ):
            return number
    return None


def find_dates(text: str, language: str, reference: date | None, start: int = 0, end: int | None = None) -> list[When]:
    """Every expression of time between ``start`` and ``end``, in order and without overlap.

    Without a ``reference`` relative expressions have no date. Words that make a limit may begin before ``start``.
    """
    stop = len(text) if end is None else end
    whens, ends = _all_dates(text, language, reference)
    inside = whens[bisect_right(ends, start) : bisect_right(ends, stop)]
    return [w for w in inside if w.span[0] >= start or w.due]


@lru_cache(maxsize=8)
def _all_dates(text: str, language: str, reference: date | None) -> tuple[list[When], list[int]]:
    found: list[When] = []
    taken = bytearray(len(text))
    for kind, match in _opened(text) if language == "en" else _anywhere(text, language):
        start, end = match.span()
        if 1 in taken[start:end]:
            continue
        when = _RESOLVERS[kind](match, {k: v for k, v in match.groupdict().items() if v is not None}, language, reference)
        if when is not None:
            found.append(when)
            taken[start:end] = b"\x01" * (end - start)
    found.sort(key=lambda w: w.span)
    limited = [_with_limit(text, when, language) for when in _same_years(text, found)]
    return limited, [w.span[1] for w in limited]


_SAME_YEAR = re.compile(r"\s(?:of\s(?:the\ssame|that)\syear|того же года)")


def _same_years(text: str, whens: list[When]) -> list[When]:
    """ "20 June of the same year", "同年6月20日": the year of the date told before."""
    out: list[When] = []
    for when in whens:
        before = out[-1].date if out else None
        if (
            before
            and when.date
            and when.grain in {"day", "month"}
            and (text.startswith("同年", when.span[0]) or _SAME_YEAR.match(text, when.span[1]))
        ):
            end = before[:4] + when.end[4:] if when.end else None
            when = When(when.span, before[:4] + when.date[4:], when.grain, end, when.due)
        out.append(when)
    return out


def _opened(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """English: every pattern is tried only at the words with which it can begin."""
    words = words_of(text)
    for (kind, pattern), openers in zip(_COMPILED["en"], OPENERS, strict=True):
        after = 0
        for start in words.at(openers):
            if start >= after and (match := pattern.match(text, start)):
                after = match.end()
                yield kind, match


def _anywhere(text: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
    lower = text.lower()
    for kind, pattern in _COMPILED[language]:
        if any(hint in lower for hint in HINTS[language].get(kind, ("",))):
            for match in pattern.finditer(text):
                yield kind, match


def _with_limit(text: str, when: When, language: str) -> When:
    """Take in the words that make it a limit: before, by the end of, до конца, …前."""
    before = text[max(0, when.span[0] - 40) : when.span[0]]
    start, end, day, due = *when.span, when.date, when.due
    if _END_OF[language].search(before) and day is not None and len(day) < 10:
        day = _last_day(day)
    if match := _DUE[language].search(before):
        start, due = start - len(match.group()), True
    if language == "zh" and (after := _ZH_DUE_AFTER.match(text, end)):
        end, due = after.end(), True
    return When((start, end), day, when.grain, when.end, due)


def _last_day(partial: str) -> str:
    parts = [int(p) for p in partial.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1]).isoformat()


def _make(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _nearest_year(month: int, day: int, reference: date) -> int:
    """The year in which the day comes closest to the reference: a December day read in January belongs to last year."""
    years = [y for y in (reference.year - 1, reference.year, reference.year + 1) if _make(y, month, min(day, 28))]
    return min(years, key=lambda y: abs((date(y, month, min(day, 28)) - reference).days))


type _Groups = dict[str, str]


_RELATIVE_YEAR = {"去年": -1, "明年": 1, "next": 1, "last": -1, "следующего": 1, "будущего": 1, "прошлого": -1}


def _year(groups: _Groups, language: str, reference: date | None) -> int | None:
    if "year" in groups:
        return zh_number(groups["year"]) if language == "zh" else int(groups["year"])
    if "rely" in groups and reference is not None:
        return reference.year + _RELATIVE_YEAR.get(groups["rely"], 0)
    return None


def _day(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    month = int(g["m"]) if "m" in g else month_of(g["month"], language)
    day = zh_number(g["day"]) if language == "zh" else int(g["day"])
    if month is None or day is None or not 1 <= day <= 31:
        return None
    year = _year(g, language, reference)
    if year is None:
        if reference is None:
            return When(match.span(), None, "day")
        year = _nearest_year(month, day, reference)
    first = _make(year, month, day)
    last = _make(year, int(g.get("month2", month)), int(g["day2"])) if "day2" in g else None
    return When(match.span(), first, "day", last) if first else None


def _day_only(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    """Chinese agencies print the day alone: it belongs to the month of the report, or to the month before if it would lie ahead."""
    day = int(g["day"])
    if not 1 <= day <= 31:
        return None
    if reference is None:
        return When(match.span(), None, "day")
    year, month = reference.year, reference.month
    if day > reference.day + 7:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    first = _make(year, month, day)
    last = _make(year, month, int(g["day2"])) if "day2" in g else None
    return When(match.span(), first, "day", last) if first else None


def _month(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    month = month_of(g["month"], language)
    year = _year(g, language, reference)
    if month is None:
        return None
    if year is None and reference is not None:
        year = _nearest_year(month, 15, reference)
    if year and language == "zh" and match.group().endswith("底"):
        return When(match.span(), _last_day(f"{year:04}-{month:02}"), "month", due=True)
    return When(match.span(), f"{year:04}-{month:02}" if year else None, "month")


def _weekday(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    word = g["weekday"].lower()
    if language == "en":
        number = EN_DAYS.index(word)
    elif language == "ru":
        number = next(i for i, stem in enumerate(RU_DAYS) if word.startswith(stem))
    else:
        number = "一二三四五六日".index("日" if word == "天" else word)
    if reference is None:
        return When(match.span(), None, "day")
    which = g.get("which", "").strip().lower()
    back = (reference.weekday() - number) % 7
    if which in {"next", "coming", "下"} or which.startswith("следующ"):
        day = reference + timedelta(days=(number - reference.weekday()) % 7 or 7)
    elif which in {"last", "past", "上"} or which.startswith(("прошл", "минувш")):
        day = reference - timedelta(days=back or 7)
    else:
        day = reference - timedelta(days=back)
    return When(match.span(), day.isoformat(), "day")


def _relative_day(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    word = g["rel"].lower()
    shift = -1 if word in {"yesterday", "вчера", "накануне", "昨天", "昨日"} else 1 if word in {"tomorrow", "завтра", "明天", "明日"} else 0
    return When(match.span(), (reference + timedelta(days=shift)).isoformat() if reference else None, "day")


def _end_of(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    due = language == "zh"
    if "year" in g:
        return When(match.span(), f"{g['year']}-12-31", "year", due=due)
    if reference is None:
        return When(match.span(), None, "year", due=due)
    year = reference.year + (1 if re.search(r"next|следующ", match.group()) else 0)
    unit = g["unit"]
    if unit in {"month", "месяца", "月底", "本月底"}:
        return When(match.span(), _last_day(f"{year:04}-{reference.month:02}"), "month", due=due)
    if unit in {"week", "недели"}:
        return When(match.span(), (reference + timedelta(days=6 - reference.weekday())).isoformat(), "day", due=due)
    return When(match.span(), f"{year:04}-12-31", "year", due=due)


def _season(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    month = _SEASONS[g["season"].lower()]
    if "year" in g:
        year = int(g["year"])
    elif reference is None:
        return When(match.span(), None, "season")
    else:
        which = g.get("which", "")
        year = reference.year + (
            1 if which == "明" or (which == "next" and month <= reference.month) else -1 if which in {"去", "last"} else 0
        )
    return When(match.span(), f"{year:04}-{month:02}", "season")


def _quarter(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
    q = g["q"].lower().removeprefix("第")
    number = order.get(q) or (1 if q.startswith("перв") else 2 if q.startswith("втор") else 3 if q.startswith("трет") else 4)
    months = 6 if g["part"].startswith(("half", "полуг", "半年")) else 3
    shift = {"next": 1, "the coming": 1, "明": 1, "last": -1, "去": -1}.get(g.get("rely", "").lower(), 0)
    year = g["year"] if "year" in g else f"{reference.year + shift:04}" if reference is not None else None
    if year is None:
        return When(match.span(), None, "season")
    return When(match.span(), f"{year}-{min(number * months, 12):02}", "season")


def _relative_unit(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    if reference is None:
        return When(match.span(), None, "year")
    which, unit = g["which"].lower(), g["unit"].lower()
    ahead = which in {"next", "the coming", "明", "下"} or which.startswith(("следующ", "будущ"))
    behind = which in {"last", "去", "上"} or which.startswith(("прошл", "минувш"))
    shift = 1 if ahead else -1 if behind else 0
    if unit.startswith(("year", "год", "年")):
        return When(match.span(), f"{reference.year + shift:04}", "year")
    if unit.startswith(("month", "месяц")) or unit.endswith("月"):
        index = reference.year * 12 + reference.month - 1 + shift
        return When(match.span(), f"{index // 12:04}-{index % 12 + 1:02}", "month")
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=shift)
    return When(match.span(), monday.isoformat(), "week", (monday + timedelta(days=6)).isoformat())


_RU_SMALL = {
    "одного": 1,
    "двух": 2,
    "два": 2,
    "трёх": 3,
    "трех": 3,
    "три": 3,
    "четырёх": 4,
    "четырех": 4,
    "четыре": 4,
    "пяти": 5,
    "пять": 5,
    "шести": 6,
    "шесть": 6,
}


def _within(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    said = g.get("n", "one")
    count = 1 if said in {"a", "an", "one"} else _RU_SMALL.get(said) or small_number(said, language)
    if reference is None or not count or count > 400:
        return When(match.span(), None, "day", due=True)
    unit = g["unit"].lower()
    if unit.startswith(("year", "лет", "года", "年")):
        return When(match.span(), _make(reference.year + count, reference.month, min(reference.day, 28)), "year", due=True)
    if unit.startswith(("month", "месяц", "个月")):
        index = reference.year * 12 + reference.month - 1 + count
        return When(match.span(), _make(index // 12, index % 12 + 1, min(reference.day, 28)), "month", due=True)
    days = count * (7 if unit.startswith(("week", "недел", "周")) else 1)
    return When(match.span(), (reference + timedelta(days=days)).isoformat(), "day", due=True)


def _year_only(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    year = _year(g, language, reference)
    return When(match.span(), f"{year:04}", "year", g.get("year2")) if year else None


def _rhythm(match: re.Match[str], g: _Groups, language: str, reference: date | None) -> When | None:
    return When(match.span(), None, "rhythm")


_RESOLVERS: dict[str, Callable[[re.Match[str], _Groups, str, date | None], When | None]] = {
    "iso": _day,
    "dotted": _day,
    "day": _day,
    "dayonly": _day_only,
    "month": _month,
    "monthonly": _month,
    "weekday": _weekday,
    "relday": _relative_day,
    "endof": _end_of,
    "endofyear": _end_of,
    "season": _season,
    "quarter": _quarter,
    "relunit": _relative_unit,
    "within": _within,
    "yearrange": _year_only,
    "year": _year_only,
    "rhythm": _rhythm,
}
