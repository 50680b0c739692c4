"""Who is named in an English text: persons with role, organisation and country; bodies.

A run of capitalised words is a person if the registry knows it, if its first word is a given name, if it reads as a Chinese name
(surname, then
pinyin), if an office stands before or behind it, or if its last word has a surname's ending. One missed name is better than a city with
an office.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from comity.press.intake import is_word_inside
from comity.press.model import Body, Span
from comity.press.people import Roster
from comity.press.places import countries_in, places_in
from comity.press.readers.english.lexicon import given_names, role_pattern, table
from comity.press.readers.english.offices import office_before, office_of_body_before, office_of_the_before
from comity.press.readers.english.organisations import organisations
from comity.press.readers.english.roles import learn_role, roles_in
from comity.press.readers.english.standing import OFFICES, goes_on
from comity.press.registry import KnownBody, Registry, common_bodies
from comity.press.segment import Layout
from comity.press.translit import is_pinyin

_UPPER = "A-ZÀ-ÖØ-Þ" + "".join(c for c in map(chr, range(0x100, 0x250)) if c.isupper())
_LOWER = "a-zß-öø-ÿ" + "".join(c for c in map(chr, range(0x100, 0x250)) if c.islower())
# the capital stands before all alternatives: a search then passes over everything else at once
_WORD = rf"[{_UPPER}](?:[{_LOWER}]+(?:['’-][{_UPPER}]?[{_LOWER}]+)*|(?<=[A-Z])(?:['’][A-Z][a-z]+|\.))"
_RUN = re.compile(rf"{_WORD}(?:\s(?:(?:de|van|von|der|den|al|bin|da|di|el|la|du|dos|le|ter)\s){{0,2}}{_WORD})*")
_SURNAME_END = re.compile(
    r"(?:ov|ev|yov|ova|eva|skiy|sky|skii|skaya|enko|uk|yan|ian|shvili|adze|vich|ić|ic|sen|sson|ez|ini|elli"
    r"|ski|cki|czyk|escu|oglu|bayev|shin|kin|nin|lin|zin|din|gin)$"
)
_CHINESE_SURNAMES = frozenset(table()["names"]["chinese_surnames"].split())
_NOT_NAME = frozenset(table()["names"]["not_names"].split())
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Sen|Rep|Gov|Gen|Hon|Senator|President"
    r"|Professor|Congressman|Congresswoman)\.?\s$"
)
_PEERAGE = frozenset({"Lord", "Lady", "Baroness", "Dame", "Sir"})
_FEMALE = re.compile(r"(?:Mrs|Ms|Miss|Dame|Lady|Baroness|[Cc]hairwoman|[Ss]pokeswoman|[Cc]ongresswoman)\.?\s$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """An office, an office with "of", and an office where it makes the capitalised words beside it a person."""
    role = role_pattern()
    return {
        "office": re.compile(role),
        "office_of": re.compile(rf"(?:{role})\s(?:of|for|at|in)\s(?:the\s)?"),
        "office_at": re.compile(rf"{role}\s(?:of|for|to|in)\s(?:the\s)?(?:(?:[A-Z][\w’'-]+\s){{1,4}}(?:to|in|at|of)\s(?:the\s)?)?$"),
        "is_office": re.compile(
            rf"\s(?:is|was|has\sbeen|had\sbeen|became|becomes|will\sbe)\s(?:the\s|a\s|an\s)?(?:new\s|first\s)?(?:[\w’'-]+\s){{0,3}}?{role}"
        ),
        "colleague_before": re.compile(
            rf"(?:['’]s|\b(?:its|his|her|their|whose|[Tt]he))\s(?:[\w-]+\s){{0,4}}(?:{role}|head|counterpart)(?:\s(?:of|for|on)\s[^,.;:]{{3,70}})?,\s$"
        ),
        "office_behind": re.compile(rf",\s(?:the\s|a\s|an\s)?(?:[\w’'-]+\s){{0,6}}?{role}|,\swho\s"),
    }


def find_bodies(layout: Layout, registry: Registry) -> list[Body]:
    """Known bodies first (registry, then the common ones), then capitalised runs around an organisation's head word."""
    text = layout.text
    found: list[Body] = []

    def free(span: Span) -> bool:
        return not any(b.span[0] < span[1] and span[0] < b.span[1] for b in found)

    for match in organisations(text):
        start, end = _trim_org(text, *match.span())
        start = _after_person(text, start, end)
        end = _before_person(text, start, end)
        if end - start > 3:
            name = text[start:end]
            found.append(Body(name, (start, end), _org_country(name)))
    for pattern, table_ in (*([_named(registry.bodies)] if registry.bodies else ()), _common()):
        for match in pattern.finditer(text):
            known = table_[match.group()]
            span = match.span()
            if free(span) and not is_word_inside(text, *span) and text[span[1] : span[1] + 1] != "-":
                found.append(Body(match.group(), span, known.country))
    return sorted(found, key=lambda b: b.span)


def _named(bodies: tuple[KnownBody, ...]) -> tuple[re.Pattern[str], dict[str, KnownBody]]:
    """One pattern of all English names, the longest first, and whose each name is."""
    names: dict[str, KnownBody] = {}
    for body in bodies:
        for name in body.names:
            if name.lang.startswith("en"):
                names.setdefault(name.text, body)
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"), names


@cache
def _common() -> tuple[re.Pattern[str], dict[str, KnownBody]]:
    return _named(common_bodies())


_SENTENCE_WORD = re.compile(
    r"(?:The|In|On|At|As|And|But|For|From|With|By|When|While|After|Both|Its|His|Her|Their|This|That|Meanwhile|However|Earlier|Today)\s"
)


def _trim_org(text: str, start: int, end: int) -> Span:
    """Cut a sentence's first word ("The", "In") and anything before the last comma that belongs to the sentence."""
    while match := _SENTENCE_WORD.match(text, start, end):
        start = match.end()
    role = _patterns()["office_of"].match(text, start, end)
    if role:
        start = role.end()
    return start, end


def _after_person(text: str, start: int, end: int) -> int:
    """ "Zhao Leji and Russian State Duma" is a person and a body; "Constitution and Law Committee" is one body."""
    for match in re.finditer(r"\s(?:and|of(?:\sthe)?)\s", text[start:end]):
        left = text[start : start + match.start()].split()
        right = text[start + match.end() : end]
        person = len(left) >= 2 and (left[-2] in given_names() or (left[-2] in _CHINESE_SURNAMES and is_pinyin(left[-1])))
        if (person and match.group() != " and ") or (
            match.group() == " and "
            and (person or _common_body().fullmatch(right))
            and not re.search(r"\b(?:of|between|for)\b", text[start : start + match.start()])
        ):
            return _after_person(text, start + match.end(), end)
    return start


@cache
def _common_body() -> re.Pattern[str]:
    names = "|".join(re.escape(n.text) for b in common_bodies() for n in b.names if n.lang == "en")
    return re.compile(rf"(?:the\s)?(?:[A-Z]\w+\s)?(?:{names}).*")


def _before_person(text: str, start: int, end: int) -> int:
    """ "Committee on Education Olga Kazakova": a given name with a surname behind it is no part of the body."""
    match = _LAST_TWO.search(text, start, end)
    if match is None:
        return end
    first, last = match["first"], match["last"]
    cut = match.start()
    if text.endswith(" and", start, cut):  # the first of two persons stands before
        cut = _before_person(text, start, cut - 4)
    if first in given_names():
        return cut
    led = last not in _NOT_NAME and office_of_the_before(text[max(0, start - 60) : start])
    return cut if led and (_speaks_elsewhere(text, last, end) or _CLOSED.search(text, start, match.start())) else end


_CLOSED = re.compile(r"[a-z]\sof\s(?:the\s)?[A-Z][\w’-]+$")  # "the Assembly of Arvena | Sejra Orren": the name ends with its country
_LAST_TWO = re.compile(r"\s(?P<first>[A-Z][\w’'-]+)\s(?P<last>[A-Z][\w’'-]+)$")


def _speaks_elsewhere(text: str, surname: str, after: int) -> bool:
    """ "President of the Senate of Arvena Rosa Quint … Quint said": the last word is a surname that stands alone further on."""
    at = text.find(surname, after)
    while at >= 0:
        before = text[max(after, at - 4) : at]
        if before != "the " and not _WORD_GOES_ON.search(before) and _LOWER_BEHIND.match(text, at + len(surname)):
            return True
        at = text.find(surname, at + 1)
    return False


_WORD_GOES_ON = re.compile(r"[\w’'-]\Z")
_LOWER_BEHIND = re.compile(r"(?:['’]s)?\s[a-z]")


@lru_cache(maxsize=4096)
def _org_country(name: str) -> str | None:
    for known in common_bodies():
        if known.country and any(n.lang == "en" and re.search(rf"(?<!\w){re.escape(n.text)}(?!\w)", name) for n in known.names):
            return known.country
    codes = list(dict.fromkeys(countries_in(name, "en")))
    return codes[0] if len(codes) == 1 else None


def find_persons(layout: Layout, registry: Registry, bodies: list[Body], extra: list[Span] | None = None) -> Roster:
    """All persons with their mentions; ``extra`` are spans that a tagger takes for persons."""
    roster = Roster(registry)
    singles: list[Span] = []
    last = 0  # where the last full name ends
    taken = bytearray(len(layout.text) + 1)
    for start, end in (*(b.span for b in bodies), *(p.span for p in places_in(layout.text, "en"))):
        taken[start:end] = b"\x01" * (end - start)
    starts = {s.span[0] for s in layout.sentences}
    for match in _RUN.finditer(layout.text):
        for span in _pieces(layout.text, *match.span(), taken, starts):
            if " " in layout.text[slice(*span)]:
                last = _full_name(layout.text, span, roster, extra or [], last) or last
            else:
                singles.append(span)
    for span in singles:
        _single_name(layout.text, span, roster)
    offices = roles_in(layout.text) if roster.drafts else []
    ends = sorted(end for _, end in offices)
    for draft in roster.drafts:
        for span in sorted(draft.mentions)[:5]:
            if draft.role is None or draft.organisation is None:
                learn_role(layout, draft, span, bodies, offices, ends, roster)
    return roster


def _full_name(text: str, span: Span, roster: Roster, hinted: list[Span], last: int) -> int:
    """Add a run of several words if it is a person; gives back where it ends, or 0. ``last`` is where the person named before ends."""
    words, before = text[slice(*span)].split(), text[max(0, span[0] - 60) : span[0]]
    said = " " + " ".join(words).casefold()
    tail = next((d for d in roster.drafts if d.name.casefold().endswith(said)), None)
    if tail is not None:  # "De Cordova" for Marsha De Cordova
        roster.mention(tail, span)
        return span[1]
    sure = _is_person(words, before, text[span[1] : span[1] + 60], roster.registry, bool(_TITLE.search(before)))
    if not sure and any(h[0] < span[1] and span[0] < h[1] for h in hinted):
        sure = 0.7
    if (
        sure in (0.0, 0.8)
        and len(words) in (3, 4)
        and before.endswith((" of ", " of the ", " to ", " for "))
        and _patterns()["office_at"].search(before)
    ):
        words, sure = words[-2:], 0.8  # "Mayor of Halsted Wilma Dray"
        span = (span[1] - len(" ".join(words)), span[1])
    if not sure and len(words) == 2 and (goes_on(text, last, span[0]) or OFFICES.search(before)):
        sure = 0.75
    if not sure:
        return 0
    chinese = _chinese(words)
    surname = words[0] if chinese else words[-1]
    sex = "f" if _FEMALE.search(before) else "" if chinese else given_names().get(words[0], "") or _sex_by_surname(surname)
    draft = roster.add(" ".join(words), surname, span, sex=sex, confidence=sure)
    draft.guess = "CN" if chinese else draft.guess
    return span[1]


def _single_name(text: str, span: Span, roster: Roster) -> None:
    """A surname alone is a mention of who bears it, or, with a title or a bearer in the registry, a person of its own."""
    word, before = text[slice(*span)], text[max(0, span[0] - 60) : span[0]]
    known = roster.by_surname(word) or roster.by_first_name(word)
    if known is not None:
        roster.mention(known, span)
    elif word in _NOT_NAME:
        return
    elif title := _TITLE.search(before):
        sex = "f" if _FEMALE.search(before) else ""
        if title.group().strip() in _PEERAGE:  # "Lady Marchetti": the title is a part of the name
            draft = roster.add(f"{title.group().strip()} {word}", word, (span[0] - len(title.group()), span[1]), sex=sex, confidence=0.55)
            draft.surname = word
        else:
            roster.add(word, word, span, sex=sex, confidence=0.55)
    elif _is_known_surname(word, roster.registry):
        roster.add(word, word, span, sex=_sex_by_surname(word), confidence=0.6)
    elif _speaks(text, span) and not word.isupper() and word not in _MEDIA:
        roster.add(word, word, span, sex=_sex_by_surname(word), confidence=0.5)


_MEDIA = frozenset(table()["sources"]["media"])
_SPEAKS = re.compile(
    r"\s(?:also\s|then\s|later\s|further\s)?(?:said|told|added|noted|stressed|thanked|replied|recalled|emphasi[sz]ed|pointed\sout|explained)\b"
)


def _speaks(text: str, span: Span) -> bool:
    """Whether a single capitalised word is the subject of a cue, or the one who is told."""
    alone = text[max(0, span[0] - 2) : span[0]] in {"", ". ", "” ", '" ', ", "} or text[max(0, span[0] - 1) : span[0]] == "\n"
    return (alone and _SPEAKS.match(text, span[1]) is not None) or text[max(0, span[0] - 5) : span[0]] == "told "


def _is_known_surname(word: str, registry: Registry) -> bool:
    """Whether just one person of the registry bears this surname."""
    bearers = {
        p.ref for p in registry.persons for n in p.names if n.lang.startswith("en") and word in (n.text.split()[-1], n.text.split()[0])
    }
    return len(word) >= 4 and len(bearers) == 1


def _sex_by_surname(surname: str) -> str:
    return (
        "f" if re.search(r"(?:ova|eva|ina|skaya|aya)$", surname) else "m" if re.search(r"(?:ov|ev|sky|skiy|[^aeiou]in)$", surname) else ""
    )


_NO_SPACE = re.compile(r"\S+")


def _pieces(text: str, start: int, end: int, taken: bytearray, starts: set[int]) -> list[Span]:
    """A run cut where a place, a body or a word that is no name stands in it."""
    if text[start:end] in _NOT_NAME:
        return []
    pieces: list[Span] = []
    current: Span | None = None
    for match in _NO_SPACE.finditer(text, start, end):
        span = match.span()
        word = match.group()
        plain = word[:-2] if word.endswith(("'s", "’s")) else word
        if plain != word:
            span = (span[0], span[0] + len(plain))
        blocked = plain in _NOT_NAME or 1 in taken[span[0] : span[1]] or _is_role(plain)
        if blocked and plain in given_names() and current is None and plain not in _NOT_NAME:
            blocked = taken[span[0]] == 1 and taken[span[1]] == 1 and 0 not in taken[span[0] : span[1] + 1]
        if blocked:
            if current:
                pieces.append(current)
            current = None
            continue
        current = (current[0] if current else span[0], span[1])
        if plain != word:
            pieces.append(current)
            current = None
    if current:
        pieces.append(current)
    return [
        p
        for p in pieces
        if p[1] - p[0] > 1 and not (p[0] in starts and " " not in text[p[0] : p[1]] and text[p[0] : p[1]].lower() in _COMMON)
    ]


@lru_cache(maxsize=4096)
def _is_role(word: str) -> bool:
    return _patterns()["office"].fullmatch(word) is not None or OFFICES.fullmatch(word + " ") is not None


_COMMON = frozenset(table()["names"]["common_nouns"].split())


def _chinese(words: list[str]) -> bool:
    return len(words) in (2, 3) and words[0] in _CHINESE_SURNAMES and all(is_pinyin(w) for w in words[1:]) and words[0] not in given_names()


def _is_person(words: list[str], before: str, after: str, registry: Registry, titled: bool) -> float:
    name = " ".join(words)
    after = re.sub(r"^\s\([^()]{1,40}\)", "", after)  # a party or a constituency
    if registry.person(name) is not None:
        return 0.95
    if len(words) > 5:
        return 0.0
    if words[0] in given_names() and len(words) > 1:
        return 0.92
    if _chinese(words):
        return 0.9
    if titled or after.startswith((" MP,", " MP ", " MEP,", " MEP ")) or office_before(before):
        return 0.88
    if len(words) in (2, 3) and (" of " in before or " for " in before) and office_of_body_before(before):
        return 0.8
    if before.endswith((", ", ",\n")) and _patterns()["colleague_before"].search(before) and re.match(r"[,.]", after):
        return 0.85
    if (after.startswith(",") and _patterns()["office_behind"].match(after)) or (
        len(words) in (2, 3) and _patterns()["is_office"].match(after)
    ):
        return 0.85
    if (
        re.search(
            (
                r"\b(?:led|headed|chaired|represented|accompanied|signed|hosted|moderated)\sby\s(?:[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\sand\s)?$|"
                r"\b(?:colleague|counterpart|deputy"
                r"|predecessor|successor|host|guest|named|with),?\s$"
            ),
            before,
        )
        and len(words) == 2
        and "with" not in before[-6:]
    ):
        return 0.8
    if len(words) in (2, 3) and re.match(
        (
            r"(?:,[^,]{3,80},)?\s(?:also\s|then\s|later\s)?(?:said|says|told|tells|added|noted|stressed|thanked"
            r"|stated|explained|argued|replied|believes|emphasized|underlined|recalled|warned|insisted|asked|wrote"
            r"|announced)\b"
        ),
        after,
    ):
        return 0.75
    if _SURNAME_END.search(words[-1]) and len(words) in (2, 3):
        return 0.72
    return 0.0
