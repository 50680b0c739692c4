"""Who is named in a Chinese text: persons behind an office or before a cue, with organisation and country; bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from comity.press.model import Span
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.chinese.lexicon import longest, role_pattern, table
from comity.press.registry import Registry, common_bodies
from comity.press.segment import Layout

_STOP = frozenset(table()["names"]["stops"] + "、，。；：“”（）()！？\n \u3000")
_HAN = r"[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the text names it."""

    name: str
    span: Span
    country: str | None
    ref: str | None = None


@cache
def _generic() -> re.Pattern[str]:
    heads = longest(table()["orgs"]["heads"])
    return re.compile(
        rf"(?:(?<=[，。；：、“”（）\n\s在和与同由是向对的了及])"
        rf"|^)(?P<lead>(?:(?![在和与同由是向对的了及将于为说，。；：、“”（）])[\u4e00-\u9fff]){{1,18}}?)(?P<head>{heads})(?:(?:[\u4e00-\u9fff]{{0,8}}?)(?:委员会"
        rf"|工作组|友好小组))?"
    )


@cache
def _paired() -> re.Pattern[str]:
    """A joint body that begins with its two countries, wherever it stands: 中俄议会合作委员会联合工作组."""
    return re.compile(
        r"(?:中俄|俄中|中英|英中|中美|中法|中德|中欧|中日|中韩|中印|中巴|中哈|中蒙|欧英|欧盟[—–-]英国"
        r"|中国[—–-]俄罗斯)(?:(?![在和与的举同，。；、主第])[\u4e00-\u9fff]){2,16}?(?:委员会|工作组|论坛|友好小组|大会|协会|机制)(?:联合工作组|工作组)?"
    )


def find_bodies(layout: Layout, registry: Registry, extra: list[Span] | None = None) -> list[Body]:  # noqa: C901
    """Registry and common bodies, a tagger's organisations (``extra``), then phrases that end in a head word such as 委员会."""
    text = layout.text
    found: list[Body] = []

    def add(span: Span, name: str, country: str | None, ref: str | None = None) -> None:
        clash = [b for b in found if b.span[0] < span[1] and span[0] < b.span[1]]
        if all(b.span[0] >= span[0] and b.span[1] <= span[1] and b.span != span for b in clash):
            for b in clash:
                found.remove(b)
            found.append(Body(name, span, country, ref))

    for known in (*registry.bodies, *common_bodies()):
        for one in known.names:
            if one.lang.startswith("zh") and len(one.text) > 1:
                for match in re.finditer(re.escape(one.text), text):
                    add(match.span(), one.text, known.country, known.ref)
    for span in extra or ():
        if span[1] - span[0] > 2:
            add(span, text[slice(*span)], _country(text[slice(*span)]))
    for match in _generic().finditer(text):
        start, end = match.span()
        role = re.search(role_pattern(), text[start:end])
        if role is None or role.end() == 0:
            name = text[start:end]
            if 3 <= len(name) <= 26 and not re.match(r"(?:应|该|这个|本次|两国|双方|各国|第|此次|上述|新|一个|我|他|其)", name):
                add((start, end), name, _country(name))
    for match in _paired().finditer(text):
        add(match.span(), match.group(), None)
    return _joint(text, sorted((_without_verb(b) for b in found), key=lambda b: b.span))


_VERB_LEAD = re.compile(r"^.{0,10}?(?:主持|举行|出席|参加|召开|会见|访问|邀请|担任|率领)了?")
_JOINT_TAIL = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:委员会|工作组|友好小组|交流机制|合作机制|论坛)")


def _without_verb(body: Body) -> Body:
    """The verb before a body is none of its name: 主持全国人大, 河内举行第二次工作组."""
    lead = _VERB_LEAD.match(body.name)
    if lead is None or len(body.name) - lead.end() < 2:
        return body
    rest = re.sub(r"^第[一二三四五六七八九十百\d]+(?:次|届|轮)", "", body.name[lead.end() :])
    start = body.span[1] - len(rest)
    return Body(rest, (start, body.span[1]), _country(rest), body.ref) if len(rest) > 1 else body


def _joint(text: str, bodies: list[Body]) -> list[Body]:
    """ "甲议会与乙议会合作委员会": two bodies and what they have in common are one body."""
    out: list[Body] = []
    for body in bodies:
        last = out[-1] if out else None
        if last is not None and text[last.span[1] : body.span[0]] in {"与", "和", "同"}:
            tail = _JOINT_TAIL.match(text, body.span[1])
            ends = body.span[1] if re.search(r"(?:合作|联合|友好)(?:委员会|工作组|小组)$", body.name) else tail.end() if tail else None
            if ends is not None:
                country = next(
                    (p for p in places_in(text, "zh", max(0, last.span[0] - 8), last.span[0]) if p.span[1] == last.span[0]), None
                )
                start = country.span[0] if country is not None and country.kind == "country" else last.span[0]
                out[-1] = Body(text[start:ends], (start, ends), None)
                continue
        if last is not None and body.span[0] < last.span[1]:
            continue
        out.append(body)
    return out


def _country(name: str) -> str | None:
    codes = list(dict.fromkeys(p.code for p in places_in(name, "zh") if p.kind != "city"))
    if len(codes) == 1:
        return codes[0]
    if codes:
        return None
    return next(
        (b.country for b in common_bodies() if b.country and any(n.lang == "zh" and len(n.text) > 2 and n.text in name for n in b.names)),
        None,
    )


def find_persons(layout: Layout, registry: Registry, bodies: list[Body], extra: list[Span] | None = None) -> Roster:
    """All persons; ``extra`` are a tagger's spans. Every later occurrence of a found name is a mention."""
    text = layout.text
    roster = Roster(registry)
    names = _candidates(text, registry, bodies, extra or [])
    places = [p for p in places_in(text, "zh") if p.kind in {"city", "country"}]
    claimed: list[Span] = []
    for name in sorted(names, key=len, reverse=True):
        if any(p.name == name for p in places):
            continue
        for match in re.finditer(re.escape(name), text):
            span = match.span()
            if any(c[0] < span[1] and span[0] < c[1] for c in claimed) or any(
                p.span[0] <= span[0] and span[1] <= p.span[1] for p in places
            ):
                continue
            claimed.append(span)
            _mention(roster, name, span, names[name])
    for draft in roster.drafts:
        for span in sorted(draft.mentions):
            _learn_role(text, draft, span, bodies)
    return roster


def _mention(roster: Roster, name: str, span: Span, sure: float) -> None:
    known = next((d for d in roster.drafts if name in (d.name, d.surname)), None)
    if known is not None:
        roster.mention(known, span)
        return
    draft = roster.add(name, name.split("·")[-1], span, confidence=sure)
    draft.guess = "CN" if _is_native(name) else None


_REPORTER = re.compile(r"(?:记者|编辑|责编|通讯员|摄影?)\s?$")
_ACTS = re.compile(
    r"(?:在[^，。]{2,18}?(?:时|中|上))?(?:对[^，。]{1,12}?)?(?:还|也|则|再次|特别|曾|近日|日前|当天|\d+日)*(?:表示|指出|强调|说|称|声称|宣称|宣布|认为|介绍|主持|出席|会见|重申|呼吁|建议|提议|希望|坦言|补充|透露|警告|回忆|感谢|祝贺|欢迎|应约|同意|承诺|保证|率团)"
)


def _candidates(text: str, registry: Registry, bodies: list[Body], extra: list[Span]) -> dict[str, float]:
    """Names and how sure each is: known ones, the tagger's, those behind an office, those before a cue, and spelled-out foreign ones."""
    names = {name: 0.95 for name in registry.person_names("zh") if name in text}
    for span in extra:
        name = text[slice(*span)].strip("·")
        if 2 <= len(name) <= 16 and _vouched(text, span, name, extra) and not _is_no_person(text, span, name, bodies):
            names.setdefault(name, 0.9)
    for match in re.finditer(role_pattern(), text):
        named = name_at(text, match.end())
        if named and not any(b.span[0] <= match.end() < b.span[1] for b in bodies):
            names.setdefault(named, 0.85)
    for match in re.finditer(r"(?:^|(?<=[，。；：”“\n、和与\s]))", text):
        named = name_at(text, match.end())
        if named and _ACTS.match(text, match.end() + len(named)):
            names.setdefault(named, 0.75)
    letters = table()["names"]["translit"]
    for match in re.finditer(rf"[{letters}]{{2,7}}(?:[·•・－-][{letters}]{{2,8}})+", text):
        names.setdefault(match.group(), 0.9)
    for name in [n for n in names if "·" in n]:
        last = name.split("·")[-1]
        if len(last) >= 2:
            names.setdefault(last, names[name])
    return names


_OFFICE_BEFORE = re.compile(r"(?:先生|女士|教授|博士|员|长|席|理|书记|总统|大使|专家|学者|代表|同志|发言人)[、]?$")


def _vouched(text: str, span: Span, name: str, tagged: list[Span]) -> bool:
    """Whether more than the tagger's word speaks for a person: an office, a title, a cue, a second mention, or another person beside it."""
    return (
        any(text[min(span[1], other[1]) : max(span[0], other[0])] in {"和", "与", "、", "同"} for other in tagged if other != span)
        or "·" in name
        or text.count(name) > 1
        or re.search(role_pattern() + "$", text[max(0, span[0] - 12) : span[0]]) is not None
        or _OFFICE_BEFORE.search(text[max(0, span[0] - 6) : span[0]]) is not None
        or re.match(r"(?:先生|女士|教授|博士|委员长|议长|主席|总理|总统|部长|大使)", text[span[1] : span[1] + 4]) is not None
        or _ACTS.match(text, span[1]) is not None
    )


def _is_no_person(text: str, span: Span, name: str, bodies: list[Body]) -> bool:
    """A tagger's mistakes: part of a body, of a place, or the reporter."""
    return (
        any(b.span[0] < span[1] and span[0] < b.span[1] for b in bodies)
        or text[span[1] : span[1] + 1] in set("议国方省市")
        or _REPORTER.search(text[max(0, span[0] - 5) : span[0]]) is not None
        or re.search(r"议|国|会$|方$", name) is not None
        or any(p.span[0] <= span[0] and span[1] <= p.span[1] for p in places_in(text, "zh", max(0, span[0] - 6), span[1] + 6))
    )


def _is_native(name: str) -> bool:
    """A Chinese surname with one or two characters that are not all of those that spell foreign names."""
    table_ = table()["names"]
    return len(name) in (2, 3) and name[0] in table_["surnames"] and any(c not in table_["translit"] for c in name)


def name_at(text: str, at: int) -> str | None:
    """The name that begins at ``at``: a Chinese one (surname and one or two characters) or a transliteration; ``None`` if none does."""
    names = table()["names"]
    foreign = re.match(rf"[{names['translit']}]{{2,8}}(?:·[{names['translit']}]{{2,8}})*", text[at : at + 24])
    if foreign and "·" in foreign.group():
        return str(foreign.group())
    compound = next((c for c in names["compound"] if text.startswith(c, at)), None)
    size = len(compound) if compound else 1
    native = None
    if at < len(text) and (compound or text[at] in names["surnames"]):
        for length in (size + 2, size + 1):
            name = text[at : at + length]
            if (
                len(name) == length
                and all(re.match(_HAN, c) and c not in _STOP for c in name[size:])
                and (at + length >= len(text) or text[at + length] in _STOP)
            ):
                native = name
                break
    if foreign and len(foreign.group()) >= 2:
        name = foreign.group()
        follows = text[at + len(name) : at + len(name) + 1]
        if (not follows or follows in _STOP) and (len(name) >= 4 or native is None or len(name) >= len(native)):
            return str(name)
    return native if native not in _not_names() else None


@cache
def _not_names() -> frozenset[str]:
    return frozenset(table()["names"]["not_names"].split())


def _learn_role(text: str, draft: Draft, span: Span, bodies: list[Body]) -> None:
    clause = max(text.rfind(mark, 0, span[0]) for mark in "，。；：“”\n（") + 1
    before = text[clause : span[0]]
    titles = list(re.finditer(role_pattern() + r"(?:、[\u4e00-\u9fff]{2,16}?" + role_pattern() + ")*$", before))
    if not titles:
        return
    chain = re.split("、", titles[0].group())
    tail = titles[0].end() - len(chain[-1]) + re.search(role_pattern() + "$", chain[-1]).start()  # type: ignore[union-attr]
    if len(chain) > 1 and any(b.span[1] <= clause + tail + 1 and b.span[0] > clause + titles[0].start() for b in bodies):
        at, title = clause + tail, re.search(role_pattern() + "$", chain[-1])
    else:
        at, title = clause + titles[0].start(), re.match(role_pattern(), chain[0])
    listed = max(
        (m.end() for m in re.finditer(r"[、和与同由]|会见(?:了|来访的|到访的)?|邀请|的(?=[\u4e00-\u9fff]{4,})", before[: at - clause])),
        default=0,
    )
    start = clause + listed
    inside = [b for b in bodies if start - 1 <= b.span[0] and b.span[1] <= at + 1 and b.span[1] >= at - 12] or [
        b for b in bodies if b.span[0] < at <= b.span[1]
    ]
    organisation = text[inside[-1].span[0] : min(at, inside[-1].span[1])] if inside else None
    country = inside[-1].country if inside else None
    if organisation is None:
        raw = re.sub(r"^(?:当日|当天|昨天|今天|\d+日|日前|来访的|到访的|对|向|以及|时任|率领|中国?|俄(?:罗斯)?)+", "", text[start:at])
        raw = re.sub(r"(?:[\u4e00-\u9fff]{2,5})?问题$", "", raw)
        organisation = raw if 2 <= len(raw) <= 22 and not re.search(r"\d|在|举行", raw) else None
    elif text[inside[-1].span[1] : at].strip("第一副"):
        extra = text[inside[-1].span[1] : at]
        organisation = organisation + extra if len(extra) <= 10 and re.fullmatch(r"[\u4e00-\u9fff]+", extra) else organisation
    country = (
        country
        or next((p.code for p in reversed(places_in(text, "zh", start, at)) if p.kind != "city"), None)
        or (
            "RU"
            if text[start : start + 1] == "俄"
            else "CN"
            if text[start : start + 1] == "中" and text[start : start + 2] != "中央"
            else None
        )
    )
    draft.learn(role=title.group() if title else None, organisation=organisation, country=country)
