"""Where and when a meeting was, if its own sentence does not say: by the head of its paragraph, or by what was told just before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from comity.press.datelines import Dateline, datelines
from comity.press.dates import When, find_dates
from comity.press.meeting_context import filed_in
from comity.press.meeting_mentions import Mention
from comity.press.meeting_slots import unknown_town, venue
from comity.press.model import Body
from comity.press.nearby import Nearby
from comity.press.people import Roster
from comity.press.places import places_in
from comity.press.segment import Layout, Sentence

_LABEL_END = re.compile(r"\s?(?:\([^()\n]{2,16}\)|（[^（）\n]{2,8}）|,\s[а-яё]{5,11}|,\s[A-Z][a-z]+day)?\s?[:：.—–]")
_HERE = re.compile(r"\bhere\b|(?<![а-яё])здесь(?![а-яё])|在此")
_THERE = re.compile(r"(?:There|Here|Там|Тогда|Здесь)(?:\sже)?,?\s|在那里|其间")
_LATER = {
    "en": re.compile(r"\b(?:(?P<n>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our)\sdays?\slater|[Tt]he\s(?:next|following)\sday)\b"),
    "ru": re.compile(r"(?<![а-яё])[Чч]ерез (?:(?P<n>два|три|четыре) дня|день)(?![а-яё])|[Нн]а следующий день"),
    "zh": re.compile(r"(?P<n>[一两三四])天后|次日|第二天"),
}
_SAME_PLACE = re.compile(
    r"\bin\sthe\ssame\s(?:city|town|place|building)\b|(?<![а-яё])(?:там же|в том же городе)(?![а-яё])|同一城市|同一地点"
)
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "два": 2, "три": 3, "четыре": 4, "一": 1, "两": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the heads of paragraphs tell: datelines of news in brief, days of a programme; by the paragraph's number."""

    briefs: dict[int, Dateline] = field(default_factory=dict)
    days: dict[int, When] = field(default_factory=dict)
    reference: date | None = None


def setting(layout: Layout, language: str, reference: date | None) -> Setting:
    """Datelines and days count only where at least two paragraphs have one."""
    briefs = datelines(layout.text, layout.paragraphs, language)
    days: dict[int, When] = {}
    for number, (start, end) in enumerate(layout.paragraphs):
        for when in find_dates(layout.text, language, reference, start, min(end, start + 40)):
            if when.grain == "day" and when.date and when.span[0] <= start + 12 and _LABEL_END.match(layout.text, when.span[1]):
                days.setdefault(number, when)
    return Setting(briefs if len(briefs) > 1 else {}, days if len(days) > 1 else {}, reference)


def settle(layout: Layout, language: str, m: Mention, around: Setting, head: Dateline | None, bodies: Nearby[Body], roster: Roster) -> None:
    """Give a mention the place and day of its paragraph's head, of "here", or of the sentence before one that begins with "There"."""
    paragraph, start = m.sentence.paragraph, m.sentence.span[0]
    brief = around.briefs.get(paragraph)
    day = around.days.get(paragraph)
    if day is not None and (m.when is None or m.when.grain != "day" or (m.when.date or "") < (day.date or "")):
        m.when = day
    if m.place is None and not m.online and day is not None:
        towns = [p for p in places_in(layout.text, language, layout.paragraphs[paragraph][0], m.sentence.span[1]) if p.kind == "city"]
        m.place = towns[-1].name if towns else None
    if (
        m.place is None
        and not m.online
        and (at := brief or head) is not None
        and ((brief is not None and not m.future) or _here(layout, m))
    ):
        m.place = filed_in(layout, language, at)
    if (m.place is None or m.when is None) and _THERE.match(layout.text, start) and (before := _before(layout, m.sentence)) is not None:
        if m.place is None and not m.online:
            places = places_in(layout.text, language, *before.span)
            town = venue(layout.text, places, before.span, m.kind, language) or unknown_town(
                layout.text, *before.span, before.span[1], language, bodies, roster
            )
            m.place = town.name if town else None
        if m.when is None:
            days = [w for w in find_dates(layout.text, language, around.reference, *before.span) if w.grain == "day" and w.date]
            m.when = days[-1] if days else None


def _before(layout: Layout, sentence: Sentence) -> Sentence | None:
    return next((s for s in layout.sentences_within(layout.start_before(sentence), sentence.span[0]) if s != sentence), None)


def _here(layout: Layout, m: Mention) -> bool:
    return _HERE.search(layout.text, *m.sentence.span) is not None


def later(layout: Layout, language: str, merged: list[Mention]) -> None:
    """ "Two days later the pair met again": counted from the day of the meeting told before."""
    for before, m in pairwise(merged):
        if m.place is None and not m.online and _SAME_PLACE.search(layout.text, *m.sentence.span):
            m.place = before.place
        if m.when is None and before.when is not None and before.when.grain == "day" and before.when.date:
            match = _LATER[language].search(layout.text, *m.sentence.span)
            if match is not None:
                days = _COUNT[match["n"].lower()] if match["n"] else 1
                told = date.fromisoformat(before.when.date) + timedelta(days=days)
                m.when = When(match.span(), told.isoformat(), "day")
