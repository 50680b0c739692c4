"""Whose meeting it is and where: the body that is meant and the place that a sentence gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from comity.press.model import Body, Span
from comity.press.nearby import Nearby
from comity.press.people import Roster
from comity.press.places import Place, places_in
from comity.press.russian_cases import town as russian_town

LOWER_BODY = {
    "en": re.compile(
        r"\s?(?:of\s|between\s)?(?:the\s)?(?P<body>(?:[\w’'-]+\s){0,5}?"
        r"(?:committee|commission|working group|council)s?(?:\sof\s(?:the\s)?[\w-]+)?)\b"
    ),
    "ru": re.compile(r"\s(?P<body>(?:[а-яё-]+\s){0,3}?(?:комиссии|комитета|группы|совета)(?:\sпо\s[а-яё]+)?)(?![а-яё])"),
    "zh": re.compile(r"(?!)(?P<body>)"),
}


def own_body(text: str, span: Span, near: list[Body], language: str) -> Body | None:
    """The body whose meeting it is: right behind "of the", or right before (Chinese, "the committee opened its fifth meeting")."""
    behind = [
        b
        for b in near
        if 0 <= b.span[0] - span[1] < 16
        and not re.search(
            r"[,.;]|\b(?:and|with|in|at"
            r"|said)\b",
            text[span[1] : b.span[0]],
        )
    ]
    inside = [b for b in near if span[0] <= b.span[0] and b.span[1] <= span[1]]
    ahead = [b for b in near if 0 <= span[0] - b.span[1] < (4 if language == "zh" else 30)]
    pick = behind or inside or ahead
    return (pick[0] if behind or inside else pick[-1]) if pick else None


_ZH_SERIES = re.compile(
    r"(?:^|[，。；：、\n\s]|日|[在是把对]|主持了?|举行了?|出席|参加|召开)(?P<body>[\u4e00-\u9fff“”—–-]{0,22}(?:委员会|工作组|小组|理事会|论坛|机制|大会|协会))$"
)


def before_number(text: str, at: int, start: int) -> Body | None:
    """Chinese: the body right before "第十四次会议", known or not."""
    match = _ZH_SERIES.search(text[max(start, at - 34) : at])
    if match is None:
        return None
    span = (at - len(match["body"]), at)
    return Body(match["body"], span, None)


_TOWN = {
    "en": re.compile(r"\b(?:in|at|(?:travell?ed|flew|came|went)\sto)\s(?P<town>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?=[\s,.;]|$)"),
    "ru": re.compile(
        r"(?<![\w])(?:[Вв]о?|[Пп]рим[еу]т|[Пп]ринимал[аи]?)\s(?:городе\s|г\.\s|посёлке\s)?(?P<town>[А-ЯЁ][а-яё]+(?:ом|ем|ой|ей|их"
        r"|ых)\s[А-ЯЁ][а-яё]+"
        r"|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)(?![\w])"
    ),
    "zh": re.compile(
        r"(?:在|抵达|来到|赴|移师|移至|转至)(?P<town>[\u4e00-\u9fff]{2,6}?)(?=举行|开幕|召开|会见|会晤|会面|见面|恢复|开会|同|签署|，|与|闭幕|进行)"
    ),
}


_VISITED = re.compile(
    r"\b(?:visit(?:ed|s|ing)?(?:\sto)?|trip\sto)\s(?:the\s(?:city|town|port"
    r"|province)\sof\s)?(?P<town>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?=[\s,.;]|$)"
)
_HOST_TOWN = {
    "en": re.compile(r"(?P<town>[A-Z][a-z]+)\s(?:will|is\s(?:due\s)?to|was\schosen\sto)\shost\b"),
    "ru": re.compile(r"(?P<town>[А-ЯЁ][а-яё]+)\sпримет(?![а-яё])"),
}
_VISITS = {
    "en": _VISITED,
    "ru": re.compile(
        r"(?:посе(?:ти|щ)\w+\s(?:\d{1,2}\s[а-я]+\s)?(?:[а-яё]+\s){0,2}?(?:город|посёлок|село|порт)?\s?)(?P<town>[А-ЯЁ][а-яё]+)(?![а-яё])"
    ),
    "zh": re.compile(r"(?:对|访问了?|到访)(?P<town>[\u4e00-\u9fff]{2,6}?)(?=进行|开始|展开|[，。；])"),
}
_RU_VISITED_BY = re.compile(r"(?P<town>[А-ЯЁ][а-яё]+)(?=\sс\s[а-яё ]{4,30}визитом\sпосетил)")
_NO_TOWN = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December|.*day$"
    r"|Parliament|Committee|Council|Assembly|Duma|House|Совет|Госдум|Комитет|Комисси|Парламент"
    r"|Государствен|Сейм|同一|当地|.*(?:大厦|大楼|酒店|饭店)$|.*(?:会|室|厅|宫|议|时|上|中|间)$"
)


def _visited(text: str, start: int, end: int, language: str) -> Iterator[re.Match[str]]:
    """Where "visited", "посетил" and "访问了" stand beside a town."""
    yield from _VISITS[language].finditer(text, start, end)
    if language == "ru":
        yield from _RU_VISITED_BY.finditer(text, start, end)


def _hosts(text: str, start: int, end: int, language: str) -> Iterator[re.Match[str]]:
    """Where a town is said to host; Chinese puts it behind words that the other patterns know."""
    pattern = _HOST_TOWN.get(language)
    return pattern.finditer(text, start, end) if pattern else iter(())


def unknown_town(
    text: str,
    start: int,
    end: int,
    behind: int,
    language: str,
    bodies: Nearby[Body],
    roster: Roster,
    *,
    visit: bool = False,
) -> Place | None:
    """A place that no table knows: a capitalised word behind "in", close to the meeting's name, that is no month, body or person."""
    towns = _TOWN[language].finditer(text, start, end)
    for match in chain(_visited(text, start, end, language) if visit else (), towns, _hosts(text, start, end, language)):
        span = match.span("town")
        taken = bool(bodies.at(*span))
        person = any(p[0] <= span[0] < p[1] for p, _ in roster.at(span[0] - 20, span[1] + 20))
        known = any(p.span[0] < span[1] and span[0] < p.span[1] for p in places_in(text, language, max(0, span[0] - 60), span[1] + 60))
        if taken or person or known or _NO_TOWN.match(match["town"]) or abs(span[0] - behind) > 140:
            continue
        name = russian_town(match["town"]) if language == "ru" else match["town"]
        return Place("", name, "city", span)
    return None


# "the agreement signed in Mumbai": where something else was done
_DONE_THERE = {
    "en": re.compile(r"\b(?:signed|reached|adopted|concluded|born|based|approved)\s(?:\w+\s)?in\s$"),
    "ru": re.compile(
        r"(?:подписанн|достигнут|принят|заключ[её]нн|одобренн|утвержд[её]нн)(?:ых|ого|ой|ому|ыми|ую|ое|ые|ый|ым)\s(?:[а-яё]+\s)?во?\s$"
    ),
    "zh": re.compile(r"(?!)"),
}


def venue(text: str, places: list[Place], span: Span, kind: str, language: str, *, future: bool = False) -> Place | None:
    """The city (or, for a visit, the country) that a preposition makes the place of the meeting; the one nearest to ``span``."""
    cities = [p for p in places if p.kind == "city" and not _DONE_THERE[language].search(text[max(0, p.span[0] - 34) : p.span[0]])]
    if language == "en":
        good = [
            p
            for p in cities
            if re.search(
                r"\b(?:in|at|to|visit(?:ed|s|ing)?|of)\s(?:the\s)?(?:\w+\s(?:city|capital)\s(?:of\s)?)?$",
                text[max(0, p.span[0] - 30) : p.span[0]],
            )
        ]
    elif language == "ru":
        good = [p for p in cities if re.search(r"(?:^|\s)(?:[Вв]|[Вв]о)\s$", text[max(0, p.span[0] - 4) : p.span[0]])]
        good = good or [
            p for p in cities if re.search(r"(?:прим[еу]т|принимает|принимал[аи]?)\s$", text[max(0, p.span[0] - 12) : p.span[0]])
        ]
    else:
        good = [p for p in cities if re.search(r"[在于抵访达]$|访问$", text[max(0, p.span[0] - 2) : p.span[0]])] or cities[:1]
    if not good and (kind == "visit" or future):
        countries = [
            p
            for p in places
            if p.kind == "country" and re.search(r"(?:\bto|\bin|\bв|\bво|\bВ|访问|抵达|对|在)\s?$", text[max(0, p.span[0] - 6) : p.span[0]])
        ]
        good = countries
    return min(good, key=lambda p: abs(p.span[0] - span[1])) if good else None
