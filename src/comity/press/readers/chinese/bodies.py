"""The bodies that a Chinese text names, with the country they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from comity.press.model import Body, Span
from comity.press.nearby import Nearby
from comity.press.places import countries_in, places_in
from comity.press.readers.chinese.lexicon import han_but, longest, role, table
from comity.press.registry import KnownBody, Registry, common_bodies
from comity.press.segment import Layout

_BEFORE = re.compile(r"[，。；：、“”（）\s在和与同由是向对的了及]")


@cache
def _generic() -> re.Pattern[str]:
    heads = longest(table()["orgs"]["heads"])
    return re.compile(
        rf"{han_but('在和与同由是向对的了及将于为说')}{{1,18}}?(?:{heads})(?:[\u4e00-\u9fff]{{0,8}}?(?:委员会|工作组|友好小组))?"
    )


def _with_head(text: str) -> Iterator[re.Match[str]]:
    """Phrases that end in a head word and begin the text or behind a mark or a word that joins."""
    pattern, after = _generic(), 0
    for start in (0, *(before.end() for before in _BEFORE.finditer(text))):
        if start >= after and (match := pattern.match(text, start)):
            after = match.end()
            yield match


@cache
def _paired() -> re.Pattern[str]:
    """A joint body that begins with its two countries, wherever it stands: 中俄议会合作委员会联合工作组."""
    return re.compile(
        r"(?:中俄|俄中|中英|英中|中美|中法|中德|中欧|中日|中韩|中印|中巴|中哈|中蒙|欧英|欧盟[—–-]英国"
        r"|中国[—–-]俄罗斯)" + han_but("在和与的举同主第") + r"{2,16}?(?:委员会|工作组|论坛|友好小组|大会|协会|机制)(?:联合工作组|工作组)?"
    )


def _named(bodies: Iterable[KnownBody]) -> Iterator[tuple[str, str | None]]:
    """Chinese names of two characters at least, each with its body's country."""
    return ((n.text, b.country) for b in bodies for n in b.names if n.lang.startswith("zh") and len(n.text) > 1)


@cache
def _common() -> tuple[tuple[str, str | None], ...]:
    return tuple(_named(common_bodies()))


def _room(found: Nearby[Body], span: Span) -> bool:
    """Whether nothing but parts of it stands where ``span`` does; these are taken out."""
    clash = found.at(*span)
    if any(b.span[0] < span[0] or b.span[1] > span[1] or b.span == span for b in clash):
        return False
    for b in clash:
        found.remove(b.span)
    return True


def find_bodies(layout: Layout, registry: Registry, extra: list[Span] | None = None) -> Nearby[Body]:
    """Registry and common bodies, a tagger's organisations (``extra``), then phrases that end in a head word such as 委员会."""
    text = layout.text
    found: Nearby[Body] = Nearby()
    country_of = cache(_country)  # for this text: it names most bodies more than once
    for name, country in (*_named(registry.bodies), *_common()):
        at = text.find(name)
        while at >= 0:
            if _room(found, span := (at, at + len(name))):
                found.add(span, Body(name, span, country))
            at = text.find(name, at + len(name))
    for span in extra or ():
        if span[1] - span[0] > 2 and _room(found, span):
            found.add(span, Body(text[slice(*span)], span, country_of(text[slice(*span)])))
    for match in _with_head(text):
        name, span = match.group(), match.span()
        if 3 <= len(name) <= 26 and role().search(name) is None and not _NO_NAME.match(name) and _room(found, span):
            found.add(span, Body(name, span, country_of(name)))
    for match in _paired().finditer(text):
        if _room(found, match.span()):
            found.add(match.span(), Body(match.group(), match.span(), None))
    return Nearby((b.span, b) for b in _joint(text, sorted((_without_verb(b) for b in found), key=lambda b: b.span)))


_NO_NAME = re.compile(r"(?:应|该|这个|本次|两国|双方|各国|第|此次|上述|新|一个|我|他|其)")
_NUMBERED = re.compile(r"^第[一二三四五六七八九十百\d]+(?:次|届|轮)")
_IN_COMMON = re.compile(r"(?:合作|联合|友好)(?:委员会|工作组|小组)$")
_VERB_LEAD = re.compile(r"^有(?!关)|^.{0,10}?(?:主持|举行|出席|参加|召开|会见|访问|邀请|担任|率领)了?")
_JOINT_TAIL = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:委员会|工作组|友好小组|交流机制|合作机制|论坛)")


def _without_verb(body: Body) -> Body:
    """The verb before a body is none of its name: 主持全国人大, 河内举行第二次工作组."""
    lead = _VERB_LEAD.match(body.name)
    if lead is None or len(body.name) - lead.end() < 2:
        return body
    rest = _NUMBERED.sub("", body.name[lead.end() :])
    start = body.span[1] - len(rest)
    return Body(rest, (start, body.span[1]), _country(rest)) if len(rest) > 1 else body


def _joint(text: str, bodies: list[Body]) -> list[Body]:
    """ "甲议会与乙议会合作委员会": two bodies and what they have in common are one body."""
    out: list[Body] = []
    for body in bodies:
        last = out[-1] if out else None
        if last is not None and text[last.span[1] : body.span[0]] in {"与", "和", "同"}:
            tail = _JOINT_TAIL.match(text, body.span[1])
            ends = body.span[1] if _IN_COMMON.search(body.name) else tail.end() if tail else None
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
    codes = list(dict.fromkeys(countries_in(name, "zh")))
    if len(codes) == 1:
        return codes[0]
    if codes:
        return None
    return next((country for known, country in _common() if country and len(known) > 2 and known in name), None)
