"""What the rest of a text tells of a meeting: its dateline, the sentences around, and the news that came before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.press.datelines import Dateline
from comity.press.dates import When
from comity.press.meeting_chairs import chairs
from comity.press.meeting_mentions import Mention
from comity.press.meeting_slots import venue
from comity.press.meeting_words import Words
from comity.press.model import Body
from comity.press.nearby import Nearby
from comity.press.people import Roster
from comity.press.places import places_in
from comity.press.segment import Layout, Sentence


def filed_in(layout: Layout, language: str, head: Dateline) -> str | None:
    """The place of the dateline."""
    if head.place is None:
        return None
    place = next((p for p in places_in(layout.text, language, *head.place) if p.kind == "city"), None)
    return place.name if place else re.sub(r"^(?:本报|本刊|记者)", "", _capitalise(layout.of(head.place)))


def filed(layout: Layout, language: str, m: Mention, head: Dateline | None, lead: list[int]) -> None:
    """What the paragraph behind a dateline reports without a day is news of that day; a session named there was held there."""
    if head is None or head.date is None or m.future or m.ordinal is not None:
        return
    first = next((s.paragraph for s in layout.sentences if s.span[1] > head.end), 0)
    if m.sentence.paragraph == first and m.sentence.paragraph in lead:
        m.when = m.when or When(m.span, head.date, "day")
        m.place = m.place or (None if m.online else filed_in(layout, language, head))


def is_news(layout: Layout, m: Mention, lead: list[int], roster: Roster) -> bool:
    """A meeting without place and day still is one if the text opens with it and names at least two who met."""
    named = {d.name for _, d in roster.at(*m.sentence.span)}
    return m.kind in {"talks", "visit"} and not m.future and m.sentence.paragraph in lead and len(named) + len(m.bodies) >= 2


def place_from_next(layout: Layout, words: Words, m: Mention, bodies: Nearby[Body], roster: Roster) -> None:
    """ "The event takes place in Beijing": the next sentence of the paragraph may say where."""
    at = next((i for i, s in enumerate(layout.sentences) if s == m.sentence), None)
    after = layout.sentences[at + 1] if at is not None and at + 1 < len(layout.sentences) else None
    if after is not None and after.paragraph == m.sentence.paragraph and _SAME_EVENT.search(layout.of(after.span)):
        city = venue(layout.text, places_in(layout.text, words.language, *after.span), m.span, m.kind, words.language)
        m.place = m.place or (city.name if city else None)
        m.chairs.extend(name for name in chairs(layout, words, m.sentence, after.span, roster) if name not in m.chairs)


_SAME_EVENT = re.compile(
    r"^(?:The (?:meeting|session|event|talks|forum)|It)\b"
    r"|^(?:Провели (?:его|её)|Его провели|(?:Его|Её|Ее) (?:веду|вели|вёл|вел|провел|провёл|откры|возглав)|Сопредседател|Председательств"
    r"|Принимать|Мероприятие|Заседание|Встреча|Оно|Она|Форум|Сессия)|^(?:会议|会谈|本次会议|活动)|^[^。]{4,80}(?:共同|联合)?主持(?:了)?会议"
)


def _capitalise(word: str) -> str:
    return word.title() if word.isupper() else word


def filed_session(layout: Layout, language: str, m: Mention, head: Dateline | None, lead: list[int]) -> None:
    """A numbered meeting that the first paragraphs report as news ("opened", "wrapped up") is of the dateline's day."""
    if m.when is None and head is not None and head.date is not None and m.ordinal is not None and not m.future:
        told = language != "zh" and m.sentence.paragraph in lead and _HAPPENS.search(layout.text, *m.sentence.span)
        if told:
            m.when = When(m.span, head.date, "day")


_HAPPENS = re.compile(
    r"\b(?:open(?:ed|s)|(?:got|gets)\sunder\sway|beg[ai]n|begins|conclude[ds]|closed|ended|wrapped\sup|kicked\soff|was\sheld"
    r"|took\splace|takes\splace"
    r"|is\sbeing\sheld|ha(?:s|ve)\sgathered|gathered|convened)\b"
    r"|(?<![а-яё])(?:открыл|заверш|начал|проход|стартовал|прошл?[аои]?\s|закрыл)"
)


def told_apart(layout: Layout, m: Mention) -> bool:
    """Whether the sentence tells of talks beside those told before."""
    span = m.sentence.span
    return m.kind == "talks" and (_ASIDE.search(layout.text, *span) or _SAME_DAY.search(layout.text, *span)) is not None


def same_day(layout: Layout, merged: list[Mention], filed: str | None) -> None:
    """ "Earlier in the day, X met with Y": the day of the meeting told before; on the sidelines of one, its place as well."""
    for before, m in pairwise(merged):
        if m.future or (m.place and m.when):
            continue
        if _ASIDE.search(layout.text, *m.sentence.span):
            session = next((o for o in merged if o.kind in {"committee_session", "assembly"} and o is not m and not o.future), before)
            m.when, m.place = m.when or session.when, m.place or session.place or (filed if session is merged[0] else None)
        elif m.ordinal is None and _SAME_DAY.search(layout.text, *m.sentence.span):
            m.when = m.when or next((o.when for o in merged if o.when and not o.future), None)


_ASIDE = re.compile(
    r"\b[Oo]n\sthe\s(?:sidelines|margins|fringes)\b|[Нн]а «?полях»? |[Вв] кулуарах"
    r"|(?:会议|论坛|大会|年会|圆桌会议?|与会|全会)(?:期间|间隙)|会边"
)
_SAME_DAY = re.compile(
    r"(?<![а-яё])[Вв] тот же (?:день|вечер)|\b(?:[Ee]arlier|[Ll]ater)\s(?:in\sthe|that|the\ssame)\sday\b|\b[Tt]he\ssame\sday\b"
    r"|\b[Tt]hat\ssame\sday\b|当天|当日|同日"
)


def presided(layout: Layout, words: Words, merged: list[Mention], roster: Roster) -> None:
    """ "The five-day session was presided over by …": who chaired the session told last, if a later sentence says so."""
    telling = {m.sentence for m in merged}
    for m in merged:
        if m.kind not in {"committee_session", "assembly"} or m.chairs:
            continue
        for sentence in _soon_after(layout, m):
            its = _ITS_CHAIR.match(layout.text, sentence.span[0]) is not None
            if (m.future or sentence in telling) and not its:
                continue
            if words.chair_hint.search(layout.text, *sentence.span) and _THE_SESSION.search(layout.text, *sentence.span):
                m.chairs.extend(chairs(layout, words, sentence, sentence.span, roster))
                if m.chairs:
                    break


def _soon_after(layout: Layout, m: Mention) -> Iterator[Sentence]:
    """The sentences behind the first that tells of a meeting, of the paragraphs that name it and of two more after each."""
    for number in sorted({p + more for p in m.paragraphs for more in range(3)}):
        for sentence in layout.sentences_within(*layout.paragraphs[number]) if number < len(layout.paragraphs) else ():
            if sentence.paragraph == number and sentence.span[0] > m.sentence.span[0]:
                yield sentence


_ITS_CHAIR = re.compile(r"The\s(?:meeting|session|sitting|forum|conference),?\s(?:which\s)?(?:was|is|to\sbe|will\sbe)\s[a-z-]+\sby\b")
_THE_SESSION = re.compile(
    r"Moderators?:|(?<![А-Яа-яё])(?:Председательству|Сопредседател|Модератор|Вели\s|Провели\s)|(?<![а-яё])(?:[Зз]аседание"
    r"|[Сс]ессию|[Фф]орум|пленарн\w+|[Кк]онференцию|[Вв]стречу)(?![а-яё])"
    r"|(?:本次)?(?:会议|论坛|大会|全会)由|主持了?(?:本次)?(?:会议|全体会议|开幕式|大会|论坛)|[Cc]o-chairs\s[A-Z]|\b(?:[Tt]he|[Tt]his"
    r"|[a-z]+-day)\s(?:[\w-]+\s){0,2}?(?:meeting|session|sitting|forum|assembly|conference|event|plenary|summit)\b"
)


UNSURE = re.compile(
    r"\b(?:(?-i:may)|might|could|whether|if)\b|возможно|может|могут|(?<![а-яё])ли(?![а-яё])|可能|或许|或将|是否|推迟|取消", re.IGNORECASE
)


def plenaries(merged: list[Mention]) -> None:
    """The "Twelfth Plenary Session" is an assembly if the eleventh is."""
    plenary = [m for m in merged if m.ordinal is not None and "plenary session" in m.name.lower()]
    if any(m.kind == "assembly" for m in plenary):
        for m in plenary:
            m.kind = "assembly"


def firm(layout: Layout, m: Mention) -> bool:
    """Whether words that are said ("…, she told reporters") announce a session with its day or place, or tell of one with both."""
    dated = m.when is not None and m.when.grain in {"day", "month"}
    session = m.kind in {"committee_session", "assembly"}
    told = m.said and ((m.future and session and (m.place or dated)) or (not m.future and m.place and dated))
    return bool(told) and not UNSURE.search(layout.of(m.sentence.span)) and not ASKED.search(layout.of(m.sentence.span))


ASKED = re.compile(r"\b(?:propos|invit|suggest|urg|offer|should)|предл[аож]|приглас|призва|建议|邀请|提议|希望|愿", re.IGNORECASE)
