"""The office, body and country that an English text gives a person."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from comity.press.model import Body, Span
from comity.press.people import Draft, Roster
from comity.press.places import countries_in, places_in
from comity.press.readers.english.lexicon import role_pattern, roles
from comity.press.readers.english.standing import learn_standing, of_its_house
from comity.press.segment import Layout
from comity.press.words import words_of

_ORG_AFTER = re.compile(r"\s(?:of|for|at|in|with|from|to)\s(?:the\s)?")


@cache
def _role_openers() -> tuple[re.Pattern[str], frozenset[str]]:
    """A role noun, and the words with which role nouns begin: a word is looked up before the pattern is tried."""
    first = {re.split(r"[ -]", noun)[0].lower() for noun in roles()}
    return re.compile(role_pattern()), frozenset(first | {"acting", "former", "first", "senior", "executive"})


def roles_in(text: str) -> list[Span]:
    role, first = _role_openers()
    found = (role.match(text, start) for start in words_of(text).at(first))
    return [m.span() for m in found if m is not None]


# what may stand between an office and the name behind it: "chairman of the State Duma, Vyacheslav Volodin"
_TO_NAME = re.compile(r"(?P<of>\s(?:of|for|at|in|on|to)\s[^,;:.!?“”\"]{2,110}?)?,?\s(?:(?:H\.E\.\s)?(?:Mr|Ms|Mrs|Dr|Prof)\.?\s)?")
_LEAD = re.compile(r"(?:\s[\w’'.-]+){0,7}")  # from right to left


@cache
def _apposed() -> re.Pattern[str]:
    """ "Zhao Leji, chairman of the NPC Standing Committee," or in brackets: from the end of the name."""
    role = role_pattern()
    return re.compile(
        rf"(?:(?:\s\([^()]{{1,40}}\))?,\s(?:(?:who\s(?:is|was)|currently)\s)?(?:the\s|a\s|an\s|both\s)?|\s\((?:the\s)?"
        rf"|\s(?:is|was|has\sbeen|became)\s(?:the\s|a\s)?|(?:\sof\s[A-Z]\w+)?\sas\s(?:its\s|the\s)?(?=[a-z]))"
        rf"(?P<lead>(?:[\w’'.-]+\s){{0,7}}?)(?P<role>{role})(?P<of>\s(?:of|for|at|in|on|to|with)\s)?"
    )


def _led_by(text: str, start: int, end: int) -> int:
    """Where the up to seven words before an office begin, not before ``start``."""
    back = text[start:end][::-1]
    words = _LEAD.match(back)
    if back.startswith("\n") and not (words and words.group()):
        words = _LEAD.match(back, 1)  # an office that opens a line: the line before counts
    return end - (words.end() if words else 0)


def learn_role(layout: Layout, draft: Draft, span: Span, bodies: list[Body], offices: list[Span], ends: list[int], roster: Roster) -> None:
    """``offices`` are all role nouns of the text, ``ends`` their ends: where none is near, nothing is to be learnt."""
    text = layout.text
    last = bisect_left(ends, span[0])
    first = bisect_left(ends, span[0] - 125, 0, last)
    for number in range(first, last):
        start, end = offices[number]
        between = _TO_NAME.fullmatch(text, end, span[0])
        if between is None or (span[0] - end > 6 and roster.at(end, span[0])):
            continue  # the office of the one who is named between: "President of the Senate Rosa Quint met with …"
        ahead = _led_by(text, max(0, span[0] - 160, start - 90), start)
        organisation, country = _body_at(text, bodies, ahead, start, close=True)
        posted = between["of"] is not None and between["of"].startswith((" to ", " in "))  # the host's country is not the ambassador's
        if between["of"] and not (posted and _nationality(text, ahead, start)):
            organisation, country = _organisation(text, bodies, between.start("of"), span[0])
        country = country or _nationality(text, ahead, start)
        if organisation is None and not between["of"]:
            organisation, country = of_its_house(layout, text[start:end], start, bodies, country)
        if between["of"] and organisation is None and (place := _OF_PLACE.match(between["of"])) is not None:
            country = country or _nationality(text, between.start("of"), span[0])
            named = text[start:end].strip().lower() not in _WITH_FIELD and not country
            draft.learn(role=text[start:end].strip(), organisation=place["name"] if named else None, country=country)
        if not (between["of"] and organisation is None and country is None):
            draft.learn(role=text[start:end].strip(), organisation=organisation, country=country)
        break
    following = bisect_left(offices, (span[1], span[1]))
    near = (
        following < len(offices)
        and offices[following][0] < span[1] + 130
        and (text[span[1] : span[1] + 2] in {", ", " ("} or text.startswith(_IS, span[1]))
    )
    behind = _apposed().match(text[span[1] : span[1] + 200]) if near else None
    if behind and not re.search(r"\b(?:said|told|and|met|but|who)\b", behind["lead"]):
        start = span[1] + behind.start("role")
        organisation, country = _body_at(text, bodies, span[1], start)
        if behind["of"]:
            organisation, country = _organisation(text, bodies, span[1] + behind.start("of"), min(len(text), span[1] + 200))
        country = country or _nationality(text, span[1], start)
        draft.learn(role=behind["role"].strip(), organisation=organisation, country=country)
    learn_standing(text, draft, span, bodies, roster)


_OF_PLACE = re.compile(r"\sof\s(?P<name>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?)(?:\s(?:to|in)\s[A-Z][\w’-]+)?$")
_WITH_FIELD = frozenset({"minister", "deputy minister", "secretary", "commissioner", "professor", "secretary of state"})
_IS = (" is ", " was ", " has been ", " became ", " as ", " of ")


def _body_at(text: str, bodies: list[Body], start: int, end: int, *, close: bool = False) -> tuple[str | None, str | None]:
    """The body named last before a role noun, in the same noun phrase."""
    inside = [
        b
        for b in bodies
        if start - 40 <= b.span[0] and b.span[1] <= end and (end - b.span[1] <= (12 if close else 60)) and b.span[1] > start - 1
    ]
    if not inside:
        inside = [b for b in bodies if b.span[0] < end <= b.span[1] + 1 and b.span[1] >= end - 1 and b.span[1] <= end]
    return (inside[-1].name, inside[-1].country) if inside else (None, None)


def _organisation(text: str, bodies: list[Body], start: int, end: int) -> tuple[str | None, str | None]:
    """The body that begins right behind "of the"; a country there is a country, not an organisation."""
    match = _ORG_AFTER.match(text, start)
    if match is None:
        return None, None
    at = match.end()
    for body in bodies:
        if at - 1 <= body.span[0] <= at + 25 and body.span[1] <= end + 60 and not re.search(r"[,;.]", text[at : body.span[0]]):
            country = body.country or _nationality(text, at, body.span[1])
            inner = re.match(
                (
                    r"(?:['’]s)?\s(?:committee|commission|group|faction|delegation|subcommittee)(?:\s(?:on"
                    r"|for)\s(?:the\s)?[\w’'-]+(?:\s(?:of\s(?:the\s)?)?(?!(?:said|told|and|who|has|was|is"
                    r"|will)\b)[\w’'-]+){0,5})?"
                ),
                text[body.span[1] :][:90],
            )
            return (body.name + inner.group() if inner else body.name), country
    nations = [p for p in places_in(text, "en", at, min(len(text), at + 40)) if p.span[0] <= at + 1]
    if nations:
        named = _ADJECTIVE_BODY.match(text, nations[0].span[1]) if nations[0].kind == "adjective" else None
        return (text[nations[0].span[0] : named.end()] if named else None), nations[0].code
    lower = re.match(
        (
            r"(?:[\w’'-]+\s){0,4}?(?:committee|commission|group|faction|delegation|party|council|department"
            r"|institute|institution|centre|center|university|academy|house|parliament)(?:\s(?:on|for|of)\s[\w’' "
            r"-]{3,50}?(?=[,;.]|\s(?:said|told|and)\b))?"
        ),
        text[at : at + 120],
    )
    return (lower.group(), _nationality(text, at, at + lower.end())) if lower else (None, None)


_ADJECTIVE_BODY = re.compile(
    r"\s(?:(?:lower|upper|federal|national)\s)?(?:parliament|senate|house|assembly|delegation|chamber|congress|government|side|group)\b"
)


def _nationality(text: str, start: int, end: int) -> str | None:
    return next(reversed(countries_in(text, "en", start, end)), None)
