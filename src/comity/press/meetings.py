"""Meetings and jubilees of a text: one engine for three languages, fed with each language's words.

"The 10th meeting" is an ordinal, "the 20th anniversary" a count of years, "25日" a day; the three never mix. Mentions of one meeting are
merged,
the first that knows a slot fills it. A place or day that no sentence gives comes from the dateline, and only for what the first
paragraphs report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from comity.press.datelines import Dateline
from comity.press.dates import WEEKDAY, When, find_dates
from comity.press.meeting_chairs import chairs
from comity.press.meeting_context import (
    ASKED,
    UNSURE,
    filed,
    filed_in,
    filed_session,
    firm,
    is_news,
    place_from_next,
    plenaries,
    presided,
    same_day,
    told_apart,
)
from comity.press.meeting_mentions import Mention, merge
from comity.press.meeting_names import body_met, noun_of, runs_over_verb
from comity.press.meeting_setting import later, setting, settle
from comity.press.meeting_slots import LOWER_BODY, before_number, own_body, unknown_town, venue
from comity.press.meeting_words import WORDS, Words
from comity.press.model import Anniversary, Body, Meeting, Span
from comity.press.nearby import Nearby
from comity.press.numbers import ordinal_value
from comity.press.people import Roster
from comity.press.places import countries_in, places_in
from comity.press.russian_cases import phrase
from comity.press.segment import Layout, Sentence
from comity.press.words import words_of


def find_meetings(
    layout: Layout,
    language: str,
    reference: date | None,
    bodies: Nearby[Body],
    roster: Roster,
    head: Dateline | None,
    anniversaries: Sequence[Anniversary],
    said: Nearby[Span],
) -> list[Meeting]:
    """All meetings that the narration names; what is quoted or ``said`` is left alone unless it numbers a meeting."""
    words = WORDS[language]
    mentions: list[Mention] = []
    around = setting(layout, language, reference)
    for sentence in layout.sentences:
        here = _in_sentence(layout, words, sentence, reference, bodies, roster, head, anniversaries, said)
        for m in here:
            settle(layout, language, m, around, head, bodies, roster)
            m.firm = firm(layout, m)
            m.apart = told_apart(layout, m)
        mentions.extend(here)
    told = [m for m in mentions if not m.said or m.planned or m.firm]
    plenaries(told or mentions)
    merged = merge(told or mentions)
    lead = [s.paragraph for s in layout.sentences[:4]]
    for m in merged:
        if m is merged[0] or m.kind not in {"talks", "visit"}:
            filed(layout, language, m, head, lead)
            filed_session(layout, language, m, head, lead)
    later(layout, language, merged)
    same_day(layout, merged, filed_in(layout, language, head) if head is not None and head.place is not None else None)
    presided(layout, words, merged, roster)
    merged = [m for m in merged if m.ordinal is not None or m.place or m.when or m.chairs or is_news(layout, m, lead, roster)]
    parties = _usual_parties(layout.text, language, bodies)
    out = []
    for m in merged:
        if (m.place is None and not m.online) or not m.chairs:
            place_from_next(layout, words, m, bodies, roster)
        m.anniversary = _jubilee(layout, m, anniversaries, merged)
        if head is not None and m is merged[0] and m.sentence.paragraph in lead and not m.future and not m.online:
            m.place = m.place or filed_in(layout, language, head)
        if not m.parties or len(m.parties) < 2:
            m.parties = (
                list(dict.fromkeys([*m.parties, *parties]))[: max(2, len(m.parties))] if len(parties) >= 2 or not m.parties else m.parties
            )
        day = m.when.date if m.when else None
        end = m.when.end if m.when else None
        confidence = min(0.97, m.sure + (0.05 if day else 0) + (0.03 if m.place else 0) + (0.04 if m.ordinal else 0))
        out.append(
            Meeting(
                m.name,
                m.kind,
                m.ordinal,
                m.place,
                day,
                end,
                tuple(m.bodies),
                tuple(m.parties),
                tuple(m.chairs),
                m.span,
                confidence,
                m.anniversary,
            )
        )
    return out


_OWN_JUBILEE = re.compile(r"committee|commission|mechanism|group|assembly|комисси|комитет|механизм|групп|委员会|机制|工作组", re.IGNORECASE)


def _jubilee(layout: Layout, m: Mention, jubilees: Sequence[Anniversary], merged: list[Mention]) -> int | None:
    """The jubilee that the meeting falls into: named in its own sentence, or of the body itself if there is just one session."""
    for jubilee in jubilees:
        if m.sentence.span[0] <= jubilee.span[0] < m.sentence.span[1]:
            return jubilee.count
    sessions = [o for o in merged if o.kind == "committee_session"]
    own = [j for j in jubilees if j.of and _OWN_JUBILEE.search(j.of)]
    return own[0].count if own and sessions[:1] == [m] else None


def _usual_parties(text: str, language: str, bodies: Nearby[Body]) -> list[str]:
    """The two countries that the text speaks of most."""
    counts: Counter[str] = Counter(countries_in(text, language))
    counts.update(b.country for b in bodies if b.country)
    return [code for code, _ in counts.most_common(2)]


def _in_sentence(
    layout: Layout,
    words: Words,
    sentence: Sentence,
    reference: date | None,
    bodies: Nearby[Body],
    roster: Roster,
    head: Dateline | None,
    jubilees: Sequence[Anniversary],
    said: Nearby[Span],
) -> list[Mention]:
    text, (start, end) = layout.text, sentence.span
    body_start = head.end if head and start < head.end < end else start
    found: list[Mention] = []
    here = frozenset(words_of(text).within(start, end)) if words.needs else frozenset()

    small = text[start:end].lower() if words.stems else ""

    for pattern in words.numbered if words.may_hold("numbered", small, here) else ():
        for match in pattern.finditer(text, body_start, end):
            if any(j.span[0] < match.end() and match.start() < j.span[1] for j in jubilees):
                continue
            ordinal = ordinal_value(match["ord"], words.language)
            if ordinal is None or ordinal > 300 or _is_other(text, match, words.language):
                continue
            found.append(Mention("", ordinal, match.group(), match.span(), sentence, sure=0.86))
    if not found and words.may_hold("next", small, here):
        found.extend(_planned(layout, words, sentence, reference, bodies, roster, body_start))
    for kind, pattern in words.bare:
        if (found and kind not in {"talks", "visit"}) or not words.may_hold(kind, small, here):
            continue
        if kind == "visit" and _PUT_OFF.search(text, start, end):
            continue
        bare = pattern.search(text, body_start, end)
        if (
            bare
            and not any(q.inner[0] <= bare.start() < q.inner[1] for q in layout.quotations_in(*bare.span()))
            and not any(m.span[0] < bare.end() and bare.start() < m.span[1] for m in found)
            and not UNSURE.search(text, max(start, bare.start() - 30), bare.end())
        ):
            found.append(
                Mention(
                    kind,
                    None,
                    bare.group(),
                    bare.span(),
                    sentence,
                    sure=0.66,
                    said=bool(said.at(bare.start(), bare.start() + 1)),
                    event=_TOLD.search(bare.group()) is not None,
                    people=frozenset(d.name for _, d in roster.at(start, end)),
                )
            )
            break
    for m in found:
        body_met(text, m)
        _fill(layout, words, m, reference, bodies, roster, found, body_start)
    return found


def _planned(
    layout: Layout, words: Words, sentence: Sentence, reference: date | None, bodies: Nearby[Body], roster: Roster, begin: int
) -> list[Mention]:
    """ "agreed to hold the next session in Kazan in 2026": another meeting, if the sentence says where or when."""
    match = words.next_one.search(layout.text, begin, sentence.span[1])
    if (
        match is None
        or UNSURE.search(layout.of(sentence.span))
        or any(q.inner[0] <= match.start() < q.inner[1] for q in layout.quotations_in(*match.span()))
    ):
        return []
    if ASKED.search(text_before := layout.text[sentence.span[0] : match.start()]):
        return []
    kind = _planned_kind(match, text_before, words)
    m = Mention(kind, None, match.group(), match.span(), sentence, sure=0.66, planned=True)
    trial = replace(m, bodies=[], parties=[], chairs=[])
    _fill(layout, words, trial, reference, bodies, roster, [], begin)
    return [m] if trial.place or (trial.when is not None and trial.when.grain != "rhythm") else []


def _planned_kind(match: re.Match[str], before: str, words: Words) -> str:
    """By its noun; of "will meet again", by who meets."""
    if match["noun"] is None:
        return "committee_session" if _BODY_NOUN.search(before) else "talks"
    if words.language == "en" and words.assembly.search(match["noun"]):
        return "assembly"
    return "talks" if words.encounter.search(match["noun"]) else "committee_session"


_BODY_NOUN = re.compile(r"committee|commission|group|council|bureau|chamber|assembl|secretariat", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:held|holds?|had|met|received|spoke|welcomed|sat)\b|пров[её]л|состоял|встрети|принял|переговорил|会见了?$|举行|同", re.IGNORECASE
)
_PUT_OFF = re.compile(r"\b(?:postponed|put\soff|called\soff|cancelled)\b|отложенн|перенес[её]н|отмен[её]н|推迟|取消")


def _is_other(text: str, match: re.Match[str], language: str) -> bool:
    """An ordinal of a convocation, a time or a place in a list: "the seventh convocation", "第三次访问"."""
    if language == "en" and match["noun"].startswith("round of") and match.string.startswith("a ", max(0, match.start() - 2)):
        return True  # "held a first round of talks": no series is numbered
    if match["noun"] in {"time", "раз"}:
        return False
    if language == "en":
        return bool(re.search(r"\b(?:largest|biggest|time|convocation)\b", match.group(), re.IGNORECASE))
    if language == "ru":
        return bool(re.search(r"созыв|раз\b|место", match.group(), re.IGNORECASE))
    return bool(re.search(r"，|。|访问|时间", match["mid"])) or match.string[max(0, match.start() - 1) : match.start()] == "来"


def _fill(
    layout: Layout,
    words: Words,
    m: Mention,
    reference: date | None,
    bodies: Nearby[Body],
    roster: Roster,
    siblings: list[Mention],
    head_end: int,
) -> None:
    text, (start, end), language = layout.text, m.sentence.span, words.language
    numbered = [s for s in siblings if s.ordinal is not None]
    if len(numbered) > 1 and m.ordinal is not None:
        # with two numbered meetings in a sentence each keeps to its own clause
        others = sorted(s.span[0] for s in numbered)
        at = others.index(m.span[0])
        start = m.span[0] if at else start
        end = others[at + 1] if at + 1 < len(others) else end
    after = m.span[1]
    near = bodies.within(max(start, head_end), end)
    m.future = m.planned or bool(words.future.search(text, start, end))
    m.online = bool(words.online.search(text, start, end))
    own = _name(text, words, m, near, end)
    _date(text, language, m, reference, (start, end))
    places = places_in(text, language, start, end)
    city = venue(text, places, m.span, m.kind, language, future=m.future) or unknown_town(
        text, start, end, m.span[1], language, bodies, roster, visit=m.kind == "visit"
    )
    if city is not None:
        m.place = city.name
        if abs(city.span[0] - m.span[1]) < 120:
            m.span = (min(m.span[0], city.span[0]), max(m.span[1], city.span[1]))
    people = [d.country or d.guess for _, d in roster.at(start, end)]
    codes = [p.code for p in places if p.kind != "city"] + [b.country for b in near] + people
    m.parties = list(dict.fromkeys(code for code in codes if code))
    if (
        (not m.bodies or own is None)
        and m.kind == "committee_session"
        and (named := LOWER_BODY[language].match(text, after if language != "zh" else 0, end))
    ):
        m.bodies = [phrase(named["body"]) if language == "ru" else _OWNER.sub("", named["body"])]
    m.chairs.extend(name for name in chairs(layout, words, m.sentence, (start, end), roster) if name not in m.chairs)


def _kind(noun: str, own: Body | None, words: Words) -> str:
    """Of a numbered meeting: by its noun, and by the body whose meeting it is."""
    if words.assembly.search(noun):
        return "assembly"
    if re.search(r"talks|переговор|会谈|会晤|консультац|consultations|磋商", noun):
        return "talks"
    whole = (
        own is not None
        and re.search(r"\b(?:Assembly|Forum|Congress)\b|Ассамбле|Форум|大会|论坛", own.name)
        and not re.search(r"Committee|Commission|Council|Group|Комисси|Комитет|委员会|工作组|Partnership", own.name)
    )
    return "assembly" if whole else "committee_session"


_ZH_NAMED = re.compile(r"[次届](?P<body>[\u4e00-\u9fff“”—–-]{2,18}?(?:论坛|大会|圆桌会议?))")
_OF_ASSEMBLY = re.compile(
    r"[\w-]+\s(?:[а-яё-]+\s){0,2}?(?:сесси|заседани)[а-яё]+\s(?:[\w-]+\s)?(?:форума|ассамблеи|конференции|[Фф]орума"
    r"|[Аа]ссамблеи)(?![а-яё])"
    r"|[\w’'-]+\s(?:[\w-]+\s){0,2}?(?:[Ss]ession|[Mm]eeting|[Pp]lenary)\sof\sthe\s(?:[A-Z][\w-]+\s){0,4}?(?:Assembly|Forum|Conference)\b"
)


def _name(text: str, words: Words, m: Mention, near: list[Body], end: int) -> Body | None:
    """Kind, name and bodies; gives back the body whose meeting it is."""
    language = words.language
    own = own_body(text, m.span, near, language)
    if language == "zh" and m.ordinal and (own is None or own.span[1] + 1 < m.span[0]):
        own = before_number(text, m.span[0], m.sentence.span[0]) or own
    elif language == "zh" and m.ordinal and own is not None and text[own.span[0] - 1 : own.span[0]] in {"与", "和", "—", "–"}:
        own = before_number(text, m.span[0], m.sentence.span[0]) or own  # 阿尔维纳与凯尔莫议会合作委员会
    lower = LOWER_BODY[language].match(text, m.span[1], end) if language == "en" and m.name.lower().rstrip(" the").endswith(" of") else None
    if lower is not None and own is not None and own.span[1] <= m.span[0]:
        own = None  # "the Senate will hold the fourth session of their joint committee": the subject is no name of the meeting
    if language == "zh" and m.ordinal and own is None and (series := _ZH_NAMED.search(m.name)) is not None:
        own = Body(series["body"], (m.span[0] + series.start("body"), m.span[0] + series.end("body")), None)
    m.kind = m.kind or _kind(m.name, own, words)
    if m.kind == "committee_session" and m.ordinal and language != "zh" and _OF_ASSEMBLY.match(text, m.span[0]):
        m.kind = "assembly"
    if own is not None:
        m.bodies = [own.name]
        lo, hi = min(m.span[0], own.span[0]), max(m.span[1], own.span[1])
        between = text[min(m.span[1], own.span[1]) : max(m.span[0], own.span[0])]
        if hi - lo < 260 and not re.search(r"[.!?;]\s", text[lo:hi]):
            if m.kind not in {"talks", "visit"} and not runs_over_verb(between, language):
                m.name = text[lo:hi]
            m.span = (lo, hi)
    elif lower is not None:
        m.name, m.span = text[m.span[0] : lower.end()], (m.span[0], lower.end())
    m.name = re.sub(r"\s(?:of|between)(?:\sthe)?\s*$", "", noun_of(m.name, m.kind, language), flags=re.IGNORECASE)
    if m.kind != "committee_session" or own is None:
        m.bodies = list(dict.fromkeys([*m.bodies, *(b.name for b in near if m.span[0] - 160 < b.span[0])]))[:4]
    return own


def _date(text: str, language: str, m: Mention, reference: date | None, inside: Span) -> None:
    """The day nearest to the name, else the month or year; never the day on which it was told."""
    start, end = inside
    whens = [
        w for w in find_dates(text, language, reference, start, end) if w.grain in {"day", "month", "season", "year", "week"} and not w.due
    ]
    telling = _TELLING[language]
    if len(whens) > 1 or m.future:
        whens = [w for w in whens if not telling.search(text[max(0, w.span[0] - 40) : w.span[0]])]
    days = [w for w in whens if w.grain == "day"] or [w for w in whens if w.grain != "year"] or whens
    if days:
        m.when = _ahead(
            text, min(days, key=lambda w: abs(w.span[0] - m.span[1])), reference, m.future or bool(_OPENS.search(text, start, end))
        )
        m.span = (min(m.span[0], m.when.span[0]), max(m.span[1], m.when.span[1])) if abs(m.when.span[0] - m.span[1]) < 120 else m.span


# "…, the speakers announced here on Wednesday": the day of the telling, not of what is told
_TELLING = {
    "en": re.compile(
        r"\b(?:said|told|announced|stated|reported|confirmed)(?:\s(?:here|reporters|journalists|in\s[A-Z]\w+))?\s(?:on\s|late\s)?$"
    ),
    "ru": re.compile(r"(?:сообщил|заявил|объявил|рассказал)[аи]?\s(?:журналистам\s)?(?:во?\s)?$"),
    "zh": re.compile(r"(?!)"),
}
_OPENS = re.compile(r"\b(?:opens|begins|starts|takes place|convenes|meets)\b|откро[её]тся|начн[её]тся|пройд[её]т|состоится|将于|将在")


_LONG_PAST = 45  # days behind the report from which a day without a year, told of what is to come, is that of the next year
_OWNER = re.compile(r"^(?:their|its|the|his|her)\s")


def _ahead(text: str, when: When, reference: date | None, future: bool) -> When:
    """A weekday in a sentence about what is to come is the next one, not the last."""
    words = text[when.span[0] : when.span[1]]
    if future and reference is not None and when.date and when.grain == "month" and not re.search(r"\d{4}|last|прошл|去年|今年", words):
        return replace(when, date=f"{int(when.date[:4]) + (when.date < reference.isoformat()[:7]):04}{when.date[4:]}")
    if future and reference is not None and when.date and when.grain == "day" and re.match(r"\D*\d{1,2}\D*(?:\d{1,2}\D*)?$", words):
        if (reference - date.fromisoformat(when.date)).days > _LONG_PAST and when.date[5:] != "02-29":
            year = int(when.date[:4]) + 1
            return replace(when, date=f"{year}{when.date[4:]}", end=f"{year}{when.end[4:]}" if when.end else None)
        return when
    if (
        not future
        or reference is None
        or when.date is None
        or not WEEKDAY.search(words)
        or re.search(r"last|прошл|上", words)
        or when.date >= reference.isoformat()
    ):
        return when
    return replace(when, date=(date.fromisoformat(when.date) + timedelta(days=7)).isoformat())
