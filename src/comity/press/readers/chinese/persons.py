"""Who is named in a Chinese text: persons behind an office, before a title or a verb of acting, in lists of those, and by short forms.

A tagger only adds: its names come last, yield to every name that the rules found, and need a word in the text that speaks for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, partial

from comity.press.model import Body, Span
from comity.press.nearby import Nearby, occurrences
from comity.press.people import Roster
from comity.press.places import places_in
from comity.press.readers.chinese.lexicon import longest, matches_at, table
from comity.press.readers.chinese.names import (
    TITLE,
    acts_at,
    dotted_names,
    following,
    in_longer_word,
    is_native,
    is_place,
    listed,
    name_at,
    office,
    titled_at,
)
from comity.press.readers.chinese.roles import learn_role
from comity.press.registry import Registry
from comity.press.segment import Layout

_OPENS = re.compile(r"[，。；：”“、和与\s]")
_MEETS = re.compile("[会约接拜看宴陪邀由同与对向]")  # with which the next begins
_MET = re.compile(
    r"(?:会见|约见|接见|拜会|会晤|看望|宴请|陪同|邀请)了?(?:来访的|到访的)?|[由同与对向](?=[\u4e00-\u9fff·]{2,9}(?:主持|率领|陪同|通电话|会谈|举行会谈|委员长|议长|主席|外长|部长|先生|女士))"
)
_REPORTER = re.compile(r"(?:记者|编辑|责编|通讯员|摄影?|译者?|撰文?)[：:\s]?$")
_ORGAN = re.compile(r"议|国|会$|方$|[院部委党社省市州团组]$")
_OF_PLACE = frozenset("议国方省市州县港")
_OFFICES_END = ("员", "长", "席", "理", "书记", "总统", "大使", "专家", "学者", "代表", "发言人", "教授", "博士")
_BESIDE = frozenset(("和", "与", "、", "同", "及"))


def find_persons(layout: Layout, registry: Registry, bodies: Nearby[Body], extra: list[Span] | None = None) -> Roster:
    """All persons; ``extra`` are a tagger's spans. Every later occurrence of a found name is a mention."""
    text = layout.text
    roster = Roster(registry)
    names = _by_rules(text, registry, bodies)
    for name in _added(text, names, bodies, extra or []):
        names.setdefault(name, 0.72)
    for name in [n for n in names if "·" in n]:
        last = name.split("·")[-1]
        if len(last) >= 2:
            names.setdefault(last, names[name])
    placed = [p for p in places_in(text, "zh") if p.kind in {"city", "country"}]
    starts, named = [p.span[0] for p in placed], {p.name for p in placed}
    claimed: Nearby[Span] = Nearby()
    found = occurrences(text, names)
    for name in sorted(names, key=len, reverse=True):
        if name in named:
            continue
        for span in found[name]:
            before = bisect_right(starts, span[0]) - 1
            in_place = before >= 0 and span[1] <= placed[before].span[1]
            if in_place or claimed.at(*span) or in_longer_word(text, *span):
                continue
            claimed.add(span, span)
            _mention(roster, name, span, names[name])
    _by_surname(text, roster)
    for draft in roster.drafts:
        for span in sorted(draft.mentions):
            learn_role(text, draft, span, bodies)
    return roster


def _mention(roster: Roster, name: str, span: Span, sure: float) -> None:
    known = next((d for d in roster.drafts if name in (d.name, d.surname)), None)
    if known is not None:
        roster.mention(known, span)
        return
    draft = roster.add(name, name.split("·")[-1], span, confidence=sure)
    draft.guess = "CN" if is_native(name) else None


def _by_rules(text: str, registry: Registry, bodies: Nearby[Body]) -> dict[str, float]:
    """Names and how sure each is: known ones, those behind an office or before a title or a verb, and those with a dot."""
    place = cache(partial(is_place, text))
    names = {name: 0.95 for name in registry.person_names("zh") if name in text}
    for name in dotted_names(text):
        names.setdefault(name, 0.9)
    for name in listed(text):
        names.setdefault(name, 0.75)
    for name, sure in _at_their_places(text, bodies):
        if name not in names and ("·" in name or not place(name)):
            names[name] = sure
    for spans in occurrences(text, list(names)).values():
        for _, end in spans:
            while (other := following(text, end)) is not None:
                if other not in names and not place(other):
                    names[other] = 0.75
                end += 1 + len(other)
    return names


def _at_their_places(text: str, bodies: Nearby[Body]) -> Iterator[tuple[str, float]]:
    for match in office().finditer(text):
        named = name_at(text, match.end(), office=True)
        if named and not bodies.at(match.end(), match.end() + 1):
            yield named, 0.85
    for begins in (0, *(match.end() for match in _OPENS.finditer(text)), *(match.end() for match in _learned().finditer(text))):
        named = name_at(text, begins)
        if named and (_titled(text, begins + len(named), named) or acts_at(text, begins + len(named))):
            yield named, 0.75
    for match in matches_at(_MET, _MEETS, text, 0, len(text)):
        named = name_at(text, match.end())
        if (
            named
            and (is_native(named) or len(named) > 3 or titled_at(text, match.end() + len(named)))
            and not bodies.at(match.end(), match.end() + len(named))
        ):
            yield named, 0.75


def _titled(text: str, end: int, name: str) -> bool:
    """Whether a title stands behind a name; 总统 and 总理 also stand behind a country's."""
    title = TITLE.match(text, end)
    return title is not None and (title.group() not in {"总统", "总理", "首相"} or is_native(name))


@cache
def _learned() -> re.Pattern[str]:
    """Those who judge without an office: 分析人士高文认为."""
    return re.compile(longest(table()["words"]["analyst"]) + r"(?=[\u4e00-\u9fff·])")


def _added(text: str, names: dict[str, float], bodies: Nearby[Body], tagged: list[Span]) -> list[str]:
    """A tagger's names that no rule found, that no name found overlaps, and that something in the text speaks for."""
    if not tagged:
        return []
    persons = Nearby((s, s) for spans in occurrences(text, names).values() for s in spans)
    free = [s for s in tagged if not persons.at(*s) and not _is_no_person(text, s, bodies)]
    for s in free:
        persons.add(s, s)
    return [text[slice(*s)] for s in free if _vouched(text, s, persons)]


def _vouched(text: str, span: Span, persons: Nearby[Span]) -> bool:
    """Whether more than the tagger's word speaks for a person: a Chinese name's form, an office or title, a verb, or a person beside it."""
    name = text[slice(*span)]
    return (
        (is_native(name) and (len(name) > 2 or text.count(name) > 1))
        or text[max(0, span[0] - 4) : span[0]].endswith(_OFFICES_END)
        or titled_at(text, span[1])
        or acts_at(text, span[1])
        or (
            len(name) > 2
            and any(text[min(span[1], o[1]) : max(span[0], o[0])] in _BESIDE for o in persons.at(span[0] - 2, span[1] + 2) if o != span)
        )
    )


def _is_no_person(text: str, span: Span, bodies: Nearby[Body]) -> bool:
    """A tagger's mistakes: a part of a body or of a place, a word of an organ, or the reporter."""
    name = text[slice(*span)]
    return (
        not 2 <= len(name) <= 12
        or "·" in name  # the rules find every name with a dot; this is a part of one or too much
        or bool(bodies.at(*span))
        or text[span[1] : span[1] + 1] in _OF_PLACE
        or _REPORTER.search(text[max(0, span[0] - 5) : span[0]]) is not None
        or _ORGAN.search(name) is not None
        or TITLE.search(name) is not None
        or is_place(text, name)
        or in_longer_word(text, *span)
        or any(p.span[0] < span[1] and span[0] < p.span[1] for p in places_in(text, "zh", max(0, span[0] - 6), span[1] + 6))
    )


def _by_surname(text: str, roster: Roster) -> None:
    """ "王委员长", "李女士": a surname before a title is a mention of the one who bears it."""
    for draft in [d for d in roster.drafts if is_native(d.name)]:
        surname = draft.name[0]
        if sum(d.name[0] == surname for d in roster.drafts) > 1:
            continue
        at = text.find(surname)
        while at >= 0:
            title = TITLE.match(text, at + 1) if titled_at(text, at + 1) else None
            if title is not None:
                clear = at == 0 or not "\u4e00" <= text[at - 1] <= "\u9fff" or text[at - 1] in "对向同与和由请，"
                if clear and roster.free((at, title.end())):
                    roster.mention(draft, (at, title.end()))
            at = text.find(surname, title.end() if title else at + 1)
