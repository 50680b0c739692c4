"""Dates against a reference day, ordinals, jubilees: the three never mix."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.datelines import dateline
from comity.press.dates import find_dates
from comity.press.due import due_in
from comity.press.numbers import ordinal_value
from comity.press.readers import read

REFERENCE = date(2025, 8, 27)  # a Wednesday


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on Monday", "2025-08-25"),
        ("en", "next Monday", "2025-09-01"),
        ("en", "last Wednesday", "2025-08-20"),
        ("en", "yesterday", "2025-08-26"),
        ("en", "on 25 August 2025", "2025-08-25"),
        ("en", "on Aug. 25", "2025-08-25"),
        ("en", "on December 30", "2025-12-30"),
        ("en", "in March 2026", "2026-03"),
        ("en", "by the end of 2026", "2026-12-31"),
        ("en", "next year", "2026"),
        ("en", "within six months", "2026-02-27"),
        ("en", "every year", None),
        ("ru", "в понедельник", "2025-08-25"),
        ("ru", "25 августа 2025 года", "2025-08-25"),
        ("ru", "вчера", "2025-08-26"),
        ("ru", "в мае", "2025-05"),
        ("ru", "до конца года", "2025-12-31"),
        ("ru", "в следующем году", "2026"),
        ("ru", "26.08.2025", "2025-08-26"),
        ("zh", "25日", "2025-08-25"),
        ("zh", "2025年8月25日", "2025-08-25"),
        ("zh", "本周一", "2025-08-25"),
        ("zh", "明年", "2026"),
        ("zh", "年底前", "2025-12-31"),
        ("zh", "今年9月", "2025-09"),
    ],
)
def test_a_date_is_resolved_against_the_day_of_the_report(language: str, text: str, expected: str | None) -> None:
    (when,) = find_dates(text, language, REFERENCE)
    assert when.date == expected


def test_a_day_of_the_month_ahead_belongs_to_the_month_before() -> None:
    (when,) = find_dates("30日", "zh", date(2025, 9, 2))
    assert when.date == "2025-08-30"


def test_a_range_has_an_end() -> None:
    (when,) = find_dates("25–26 августа 2025 года", "ru", None)
    assert (when.date, when.end) == ("2025-08-25", "2025-08-26")


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "the 10th meeting, the 20th anniversary"), ("ru", "10-е заседание, 20-летие"), ("zh", "第十次会议，20周年，十四届全国人大")],
)
def test_ordinals_and_jubilees_are_no_dates(language: str, text: str) -> None:
    assert find_dates(text, language, REFERENCE) == []


def test_without_a_reference_day_relative_words_have_no_date() -> None:
    assert [w.date for w in find_dates("on Monday", "en", None)] == [None]


@pytest.mark.parametrize(
    ("word", "language", "value"),
    [
        ("10th", "en", 10), ("twenty-first", "en", 21), ("tenth", "en", 10), ("десятое", "ru", 10), ("двадцать первого", "ru", 21),
        ("XI", "ru", 11),
        ("3-й", "ru", 3), ("третьем", "ru", 3), ("第十一", "zh", 11), ("第二十", "zh", 20), ("第3", "zh", 3), ("首", "zh", 1),
    ],
)  # fmt: skip
def test_an_ordinal_has_its_number(word: str, language: str, value: int) -> None:
    assert ordinal_value(word, language) == value


def test_a_limit_without_a_year_lies_ahead() -> None:
    text = "before the end of March"
    due = due_in(text, (0, len(text)), "en", date(2026, 11, 18))
    assert due is not None
    assert due.date == "2027-03-31"


@pytest.mark.parametrize(
    ("language", "text", "place", "day"),
    [
        ("en", "BEIJING, Aug. 25 (Agency) -- The committee met.", "BEIJING", "2025-08-25"),
        ("en", "OSTREL, 25 August (Lake Wire) – The committee met.", "OSTREL", "2025-08-25"),
        ("en", "LINDHAVEN -- The committee met.", "LINDHAVEN", None),
        ("ru", "ПЕКИН, 26 августа. /Агентство/. Комиссия собралась.", "ПЕКИН", "2025-08-26"),
        ("zh", "通讯社北京8月26日电 委员会开会。", "北京", "2025-08-26"),
    ],
)
def test_a_dateline_gives_place_and_day(language: str, text: str, place: str, day: str | None) -> None:
    head = dateline(text, [(0, len(text))], language, REFERENCE)
    assert head is not None
    assert head.place is not None
    assert text[slice(*head.place)] == place
    assert head.date == day


def test_a_jubilee_says_what_it_counts_from() -> None:
    (jubilee,) = read("The two houses marked the 20th anniversary of the committee.", "en", None, REFERENCE).anniversaries
    assert (jubilee.count, jubilee.of, jubilee.year) == (20, "committee", 2005)
