"""The office, body and country that a Chinese text gives a person."""

from __future__ import annotations

import re
from functools import cache
from itertools import repeat

from comity.press.model import Body, Span
from comity.press.nearby import Nearby
from comity.press.people import Draft
from comity.press.places import countries_in
from comity.press.readers.chinese.lexicon import role as any_role
from comity.press.readers.chinese.lexicon import role_pattern, table
from comity.press.segment import LONGEST

_BEHIND = re.compile(
    r"(?:副?委员长|副?议长|副?主席|外长|部长|大使|书记|秘书长|主任|参议员|众议员|议员|教授|总理|总统)(?![国团令们会级席处职权制府])"
)


@cache
def _beside() -> re.Pattern[str]:
    """ "斯卢茨基，国家杜马国际事务委员会主席": an office behind the name, between marks."""
    return re.compile(rf"[，（](?P<of>[\u4e00-\u9fff]{{0,22}}?)(?P<role>第?{role_pattern()})(?=[；。）\n]|$)")


_LEADS = re.compile(r"[、和与同由]|会见(?:了|来访的|到访的)?|邀请|的(?=[\u4e00-\u9fff]{4,})")
_OPENING = re.compile(r"^(?:当日|当天|昨天|今天|\d+日|日前|来访的|到访的|对|向|以及|时任|率领|中国?|俄(?:罗斯)?)+")
_QUESTION = re.compile(r"(?:[\u4e00-\u9fff]{2,5})?问题$")
_TOLD = re.compile(r"\d|在|举行")
_FORMER = re.compile(r"(?:前|原|时任|候任)$")


@cache
def _chain() -> re.Pattern[str]:
    """Offices at the end of what stands before a name: 委员长、代表团团长."""
    return re.compile(role_pattern() + r"(?:、[\u4e00-\u9fff]{2,16}?" + role_pattern() + ")*$")


@cache
def _last_role() -> re.Pattern[str]:
    return re.compile(role_pattern() + "$")


@cache
def _role_ends() -> frozenset[str]:
    """The last characters of offices."""
    return frozenset(noun[-1] for noun in table()["roles"]["nouns"])


def learn_role(text: str, draft: Draft, span: Span, bodies: Nearby[Body]) -> None:
    low = max(0, span[0] - LONGEST)
    clause = max(low, max(map(text.rfind, "，。；：“”\n（", repeat(low), repeat(span[0]))) + 1)
    before = text[clause : span[0]]
    chained = _chain().search(before) if before[-1:] in _role_ends() else None
    if chained is None:
        behind = _BEHIND.match(text, span[1])
        beside = _beside().match(text, span[1]) if text[span[1] : span[1] + 1] in {"，", "（"} and not draft.role else None
        if beside is not None:
            named = beside.group("of") or None
            country = next(iter(countries_in(text, "zh", *beside.span("of"))), None)
            body = next(iter(bodies.within(*beside.span("of"))), None)
            draft.learn(role=beside["role"], organisation=named, country=country or (body.country if body else None))
        if behind is not None:
            draft.learn(role=behind.group())
        return
    chain = chained.group().split("、")
    tail = chained.end() - len(chain[-1]) + _last_role().search(chain[-1]).start()  # type: ignore[union-attr]  # it was found a line before
    if len(chain) > 1 and bodies.within(clause + chained.start() + 1, clause + tail + 1):
        at, title = clause + tail, _last_role().search(chain[-1])
    else:
        at, title = clause + chained.start(), any_role().match(chain[0])
    listed = max((m.end() for m in _LEADS.finditer(before[: at - clause])), default=0)
    start = clause + listed
    inside = [b for b in bodies.within(start - 1, at + 1) if b.span[1] >= at - 12] or bodies.at(at - 1, at)
    organisation = text[inside[-1].span[0] : min(at, inside[-1].span[1])] if inside else None
    country = inside[-1].country if inside else None
    if organisation is None:
        raw = _OPENING.sub("", text[start:at])
        raw = _QUESTION.sub("", raw)
        organisation = raw if 2 <= len(raw) <= 22 and not _TOLD.search(raw) else None
    elif text[inside[-1].span[1] : at].strip("第一副"):
        extra = text[inside[-1].span[1] : at]
        organisation = organisation + extra if len(extra) <= 10 and re.fullmatch(r"[\u4e00-\u9fff]+", extra) else organisation
    country = (
        country
        or next(reversed(countries_in(text, "zh", start, at)), None)
        or (
            "RU"
            if text[start : start + 1] == "俄"
            else "CN"
            if text[start : start + 1] == "中" and text[start : start + 2] != "中央"
            else None
        )
    )
    posted = text.rfind("驻", start, at)
    if posted >= 0:
        country = next(reversed(countries_in(text, "zh", max(0, posted - 6), posted)), None)
    former = _FORMER.search(text[start:at])
    role = (former.group() if former else "") + title.group() if title else None
    if former and organisation:
        organisation = organisation.removesuffix(former.group()) or None
    if organisation and organisation.startswith("驻"):
        organisation = None
    draft.learn(role=role, organisation=organisation, country=country)
