"""Whom a person stands for without an office before the name: the delegation that he leads, the body that he chairs, his country."""

from __future__ import annotations

import re

from comity.press.model import Body, Span
from comity.press.people import Draft, Roster
from comity.press.places import countries_in
from comity.press.segment import Layout

_WHO = re.compile(r",\s(?:who\s)?(?:also\s|currently\s)?(?P<verb>chairs|co-chairs|heads|leads)\s(?:the\s)?")
_VERB = {"chairs": "chair", "co-chairs": "co-chair", "heads": "head", "leads": "head"}
_LOWER = re.compile(
    r"(?:[A-Z][\w’'-]+\s){0,3}(?:[a-z-]+\s){0,3}?(?:committee|commission|group|delegation|faction|chamber|house|party|council)\b"
    r"(?:\s(?:on|for|of)\s(?:the\s)?[\w’'-]+(?:\s(?:(?:and|of|for)\s)?[\w’'-]+)??(?=[,.;]|\s(?:said|told|and|of)\b))?"
)
_OF = re.compile(r"\sof\s(?:the\s)?(?P<org>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+){0,3})(?!\s?[’'])")
_BRACKET = re.compile(r"\s\((?P<org>[A-Z][^()\n,]{2,40})\)")
_PEER = re.compile(r"[A-Z][a-z]+\s(?:[a-z-]+\s)?(?:counterpart|colleague|opposite\snumber),?\s$")
_LED_BY = re.compile(
    r"(?:,\s)?(?:and\s)?(?:is\s|was\s|were\s|are\s)?(?:led|headed|represented)\sby\s(?:the\s|its\s)?(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?$"
)
_BY = re.compile(r"\sby\s(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?$")
_ITS = re.compile(r"\b(?:its|their)\s(?:(?:new|then|first|deputy)\s)*$")
_OWNER = re.compile(r"(?P<org>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s\s(?:[a-z]+\s){0,2}$")
_HOUSE = re.compile(r"(?:lower|upper)\s(?:house|chamber)\sof\s(?:the\s)?[A-Z]\w+")
_PARLIAMENT = re.compile(r"Duma|Parliament|Assembly|Senate|House|Congress|Diet|Knesset|Council|Bundestag|Sejm|Rada|Khural|Majlis")
_SPEAKER = re.compile(r"(?:first\s)?(?:deputy\s|vice[- ])?speaker", re.IGNORECASE)
_PLURAL = re.compile(
    r"(?P<role>[Dd]eputies|[Mm]embers|[Ss]enators|[Cc]o-chairs|[Cc]hairs|[Ss]peakers|[Mm]inisters|MPs|MEPs|[Pp]rofessors)\s$"
)
_LISTED = re.compile(r"(?:\s\([^()\n]{2,20}\))?(?:,|,?\sand)\s(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?")


def of_its_house(layout: Layout, role: str, start: int, bodies: list[Body], country: str | None) -> tuple[str | None, str | None]:
    """The body of an office without "of": "the lower house of Arvena, its Vice-President …", "the Diet led by First Deputy Marshal …",
    "Kelmor's Prime Minister …", or of a bare "Speaker" the only parliament of the sentence; with its country.
    """
    text = layout.text
    before = text[max(0, start - 170) : start]
    base = start - len(before)
    if (its := _ITS.search(before)) or (its := _LED_BY.search(before)):
        body = _last(bodies, base, base + its.start())
        house = list(_HOUSE.finditer(before))
        if body is not None and not (house and base + house[-1].start() > body.span[0]):
            return body.name, body.country or country
        return (house[-1].group() if house else None), country
    owner = _OWNER.search(before)
    if owner is not None:
        nations = countries_in(text, "en", base + owner.start(), base + owner.end())
        return (None if nations else owner["org"]), country or (nations[0] if nations else None)
    if _SPEAKER.fullmatch(role):
        for sentence in layout.sentences_within(start, start + 1):
            named = {b.name: b for b in bodies if sentence.span[0] <= b.span[0] and b.span[1] <= start and _PARLIAMENT.search(b.name)}
            if len(named) == 1 and not re.search(
                r"\b(?:met|received|visit\w*|delegation|welcomed|hosted)\b", text[sentence.span[0] : start]
            ):
                body = next(iter(named.values()))
                return body.name, body.country or country
    return None, country


def learn_standing(text: str, draft: Draft, span: Span, bodies: list[Body], roster: Roster) -> None:
    """What stands beside a name that is no office: "who chairs …", "(Green List)", "of Arvena", "a delegation of … led by", a list."""
    after = text[span[1] : span[1] + 2]
    if after == ", " and (who := _WHO.match(text, span[1])):
        organisation, country = _body_from(text, bodies, who.end())
        draft.learn(role=_VERB[who["verb"]], organisation=organisation, country=country)
    if draft.organisation is None and after in {" (", " o"}:
        beside = (_BRACKET if after == " (" else _OF).match(text, span[1])
        if beside is not None:
            _belongs(text, draft, beside.span("org"), bodies)
    if draft.role is None:
        draft.learn(role=_shared(text, span[0], roster))
    if draft.country is None and (peer := _PEER.search(text, max(0, span[0] - 60), span[0])) is not None:
        draft.country = next(reversed(countries_in(text, "en", *peer.span())), None)
    if draft.organisation is None and text.endswith((" by ", " Mr ", " Ms ", " Mrs ", " Dr "), 0, span[0]):
        base = max(0, span[0] - 170)
        led = _LED_BY.search(text[base : span[0]])
        body = _last(bodies, base, base + led.start()) if led is not None else None
        if body is None and (by := _BY.search(text[base : span[0]])) is not None:  # "and that of the Diet by Mr Jarek Olm"
            body = next((b for b in bodies if b.span[1] == base + by.start()), None)
        if body is not None:
            draft.organisation, draft.country = body.name, draft.country or body.country


def _last(bodies: list[Body], start: int, end: int) -> Body | None:
    """The body named last in ``start:end``, close to its end."""
    inside = [b for b in bodies if start <= b.span[0] and b.span[1] <= end + 1 and end - b.span[1] < 60]
    return inside[-1] if inside else None


def _body_from(text: str, bodies: list[Body], at: int) -> tuple[str | None, str | None]:
    """The body that begins at a place, known or in small letters, and its country."""
    nation = next(iter(countries_in(text, "en", at, at + 40)), None)
    lower = _LOWER.match(text, at)
    known = next((b for b in bodies if b.span[0] == at), None)
    if known is not None and (lower is None or lower.end() <= known.span[1]):
        return known.name, known.country or nation
    return (lower.group(), nation) if lower is not None else (None, nation)


def _belongs(text: str, draft: Draft, span: Span, bodies: list[Body]) -> None:
    """A body, party or country beside a name."""
    known = next((b for b in bodies if b.span[0] <= span[0] < b.span[1]), None)
    nations = countries_in(text, "en", *span)
    if known is not None:
        draft.organisation, draft.country = known.name, draft.country or known.country
    elif nations:
        draft.country = draft.country or nations[0]
    else:
        draft.organisation = text[slice(*span)]


def _shared(text: str, at: int, roster: Roster) -> str | None:
    """The office of a list, in the singular: "the deputies Ines Caldor and Matti Rune"."""
    for _ in range(8):
        if plural := _PLURAL.search(text, max(0, at - 14), at):
            word = plural["role"]
            return word[:-3] + "y" if word.endswith("ies") else word[:-1]
        before = roster.at(max(0, at - 80), at)
        if not before or _LISTED.fullmatch(text, before[-1][0][1], at) is None:
            return None
        at = before[-1][0][0]
    return None


def goes_on(text: str, last: int, start: int) -> bool:
    """A list of persons goes on: "Elke Brandal (Arvena) and Jori Salm"."""
    return 0 < start - last < 34 and _NEXT.fullmatch(text, last, start) is not None


_NEXT = re.compile(r"(?:\s\([^()\n]{1,24}\))?(?:,|,?\sand)\s(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?")
OFFICES = re.compile(
    r"\b(?:[Dd]eputies|[Mm]embers|[Ss]enators|[Cc]o-chairs|[Cc]hairs|[Ss]peakers|[Mm]inisters|MPs|MEPs|[Ll]awmakers|[Pp]rofessors|[Aa]mbassadors"
    r"|[Cc]hairmen|[Ss]ecretaries|[Dd]elegates|[Rr]apporteurs)(?:\sof\sthe\s[\w\s’'-]{3,40},)?\s$"
)
