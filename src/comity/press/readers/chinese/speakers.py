"""Who speaks in a Chinese text: names, offices, 他/她, bodies, 中方/俄方, 双方."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from comity.press.attribution import Attribution
from comity.press.model import Body, Span
from comity.press.nearby import Nearby
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.base import Speaker, interviewee
from comity.press.readers.chinese.lexicon import longest, role, table
from comity.press.segment import Layout, trim


@cache
def _class(name: str) -> re.Pattern[str]:
    """Any of the words of a class."""
    return re.compile(longest(table()["words"][name]))


_SOME = re.compile(r"有(?=[\u4e00-\u9fff]{2,})")
_IN_ADJUNCT = re.compile(r"在[^，。]*?(?:会见|同|与)")
_ADJUNCT = re.compile(r"时|中|期间|后|和|同")
_PRONOUN = re.compile(r"他们|她们|他|她|其")
_UNNAMED = re.compile(r"一[名位](?:不愿[^，。]{2,10}?的|匿名的?)?(?=[\u4e00-\u9fff]{2})")
_TOLD = re.compile(
    r"(?:随后|接着|事后|则|也|还|均|近日|日前)*(?:对|向)(?:本[社报台刊]|[^，。]{0,8}?)记者$|(?:随后|接着|事后|则|近日|日前)$"
)
_ALL = re.compile(r"(?:还|均|都|一致)$")
_OUTLET = re.compile(r"(?:社|报|电视台|网|电台)》?(?:网站)?(?:\d+月)?(?:\d+日)?$")
_PRESS = re.compile(r"媒体|舆论|^(?:该|这篇|上述)?(?:报道|文章|社论|消息)$|^[外港俄美英台]媒")
_DAY = re.compile(r"\d+月?\d*日?$")
_WHEN = re.compile(r"(?:\d+月?\d*日?|近日|日前|还|也|则|均|在[^，]*)+$")


class Speakers:
    """Resolves sources in the order of the text; remembers who spoke last."""

    def __init__(self, layout: Layout, roster: Roster, bodies: Nearby[Body]) -> None:
        self._layout, self._roster, self._bodies = layout, roster, bodies
        self._last: Speaker | None = None
        self._last_draft: Draft | None = None
        self._analyst, self._sides = _class("analyst"), _class("sides")

    def resolve_all(self, attributions: Iterable[Attribution]) -> list[tuple[Attribution, Speaker]]:
        """Speakers for all, visited in the order of their cues."""
        listed = list(attributions)
        out: dict[int, Speaker] = {}
        for index in sorted(range(len(listed)), key=lambda i: (listed[i].cue, listed[i].content)):
            a = listed[index]
            speaker, draft = self.resolve(a.source) if a.source else (self._answerer(a) or self._again(), None)
            if speaker.name and not a.continued:
                self._last, self._last_draft = speaker, draft or (self._last_draft if speaker.sides else None) or self._last_draft
            out[index] = speaker
        return [(a, out[i]) for i, a in enumerate(listed)]

    def _answerer(self, a: Attribution) -> Speaker | None:
        draft = interviewee(self._roster) if a.lemma == "answer" else None
        return Speaker(draft.name, ref=draft.ref, country=draft.country, sure=0.9) if draft else None

    def _again(self) -> Speaker:
        last = self._last
        return Speaker(last.name, last.claim, last.ref, last.span, last.country, last.sides, sure=0.8) if last else Speaker(None)

    def resolve(self, source: Span) -> tuple[Speaker, Draft | None]:
        """The speaker that ``source`` names, and the person behind it."""
        text = self._layout.text
        span = trim(text, *source, "，“”。、：")
        if _SOME.match(text, *span):
            span = (span[0] + 1, span[1])  # 有分析人士认为
        if (unnamed := _UNNAMED.match(text, *span)) is not None:
            span = (unnamed.end(), span[1])  # 一名不愿透露姓名的官员
        if (told := _TOLD.search(text, *span)) is not None and told.start() > span[0]:
            span = (span[0], told.start())  # …官员对本报记者
        words = text[slice(*span)]
        people = self._roster.at(*span)
        if people:
            # 赵乐际在会见沃洛金时说: the first is the speaker, the other stands in the adjunct
            place, draft = people[0]
            adjunct = _IN_ADJUNCT.match(text, span[0], place[0])
            rest = text[people[-1][0][1] : span[1]]
            if len(people) > 1 and (adjunct or (len(rest) <= 6 and not _ADJUNCT.search(text, place[1], span[1]))):
                place, draft = people[-1]
            scholar = draft.role is not None and self._analyst.search(draft.role) is not None
            return Speaker(draft.name, "analyst_claim" if scholar else "official_claim", draft.ref, place, draft.country), draft
        pronoun = _PRONOUN.search(words)
        if pronoun and len(words) <= 14 and not self._analyst.search(words):
            return self._pronoun(pronoun.group(), (span[0] + pronoun.start(), span[0] + pronoun.end()))
        if self._analyst.search(words):
            return Speaker(words, "analyst_claim", span=span), None
        sides = self._sides.search(words)
        if sides and (len(words) <= 12 or sides.start() == 0):
            return Speaker(sides.group() if len(words) > 6 else _ALL.sub("", words), span=span, sides=True), None
        office = role().search(words)
        if office and (draft2 := self._by_role(office.group(), span)) is not None:
            return Speaker(draft2.name, span=span, country=draft2.country, sure=0.85), draft2
        if office is None and (_OUTLET.search(words) or _PRESS.search(words)):
            return Speaker(_DAY.sub("", words), "media_claim", span=span), None
        bodies = self._bodies.within(*span)
        if bodies and office is None:
            return Speaker(bodies[0].name, span=bodies[0].span, country=bodies[0].country), None
        country = next((p.code for p in places_in(words, "zh")), None)
        return Speaker(_WHEN.sub("", words) or words, span=span, country=country, sure=0.85), None

    def _pronoun(self, word: str, span: Span) -> tuple[Speaker, Draft | None]:
        if word in {"他们", "她们"}:
            return self._again(), None
        first = next((s.span[0] for s in self._layout.sentences_within(span[0], span[0] + 1)), span[0])
        opens = self._roster.first(first, span[0]) or self._opened_before(first)
        draft = (opens if opens and word in {"他", "她"} else None) or self._last_draft or self._roster.before(span[0])
        if draft is None:
            return Speaker(None, span=span), None
        self._roster.mention(draft, span)
        if draft.role and self._analyst.search(draft.role):
            return Speaker(draft.name, "analyst_claim", draft.ref, span, draft.country, sure=0.9), draft
        return Speaker(draft.name, ref=draft.ref, span=span, country=draft.country, sure=0.9), draft

    def _opened_before(self, at: int) -> Draft | None:
        """The person whose name opens the sentence before, in the same paragraph."""
        start, _ = self._layout.paragraph_of(at)
        before = [s.span for s in self._layout.sentences_within(start, at) if start <= s.span[0]][-1:]
        return next((d for s in before for p, d in self._roster.at(s[0], min(at, s[0] + 16))), None)

    def _by_role(self, role: str, span: Span) -> Draft | None:
        codes = {p.code for p in places_in(self._layout.text, "zh", *span)} | {b.country for b in self._bodies.within(*span) if b.country}
        found = [
            d
            for d in self._roster.drafts
            if d.role == role and d.mentions and min(d.mentions)[0] < span[0] and (not codes or d.country in codes)
        ]
        return max(found, key=lambda d: max((m[0] for m in d.mentions if m[0] < span[0]), default=0)) if found else None
