"""Who speaks in an English text: the words that name a source, resolved through surnames, offices and pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from comity.press.attribution import Attribution
from comity.press.model import Body, Span
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.base import Speaker, interviewee
from comity.press.readers.english.lexicon import role_pattern, table
from comity.press.segment import Layout, trim

_HE = re.compile(r"^(?:he|she|him|her|they|it|who|which|his|their|its|I|we)$", re.IGNORECASE)


# what is told of a source is none of its name: "one delegate, who asked not to be named", "a joint statement issued after the talks"
_ASIDE = re.compile(
    r"(?<=\w),?\s(?:who|which)\s(?:asked|requested|wished|wanted|preferred|spoke|declined|attended|took|was|is|has|had)\b.*$"
    r"|(?<=communiqué)\s(?:issued|released|adopted|signed|published)\b.*$|(?<=statement)\s(?:issued|released|adopted|signed|published)\b.*$"
    r"|(?<=document)\s(?:issued|released|adopted|signed|published)\b.*$|,?\s(?:speaking|asking|requesting)\s(?:on|for|not|anonym).*$"
    r"|(?<=[a-z]),\s(?:speaking|addressing|writing|standing|replying|answering|referring|commenting|asked|questioned|pressed)\s.*$"
)


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, table()["sources"][kind]), key=len, reverse=True)) + r")(?![\w-])")


@cache
def _office() -> re.Pattern[str]:
    """ "The Speaker", "her colleague the senator": an office that stands for who holds it."""
    return re.compile(
        rf"\b(?:[Tt]he|[Hh]er|[Hh]is|[Tt]heir)\s(?:[\w’'-]+\s){{0,4}}?(?P<role>{role_pattern()}|politician"
        rf"|diplomat|official|legislator|parliamentarian|statesman)\b"
    )


@cache
def _sides() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(table()["sides"]["nouns"]) + r")\b", re.IGNORECASE)


class Speakers:
    """Resolves sources in the order of the text; remembers who spoke last."""

    def __init__(self, layout: Layout, roster: Roster, bodies: list[Body]) -> None:
        self._layout, self._roster, self._bodies = layout, roster, bodies
        self._last: Speaker | None = None
        self._last_draft: Draft | None = None
        self._sides = _sides()
        self._analyst, self._media = _words("analyst"), _words("media")

    def resolve_all(self, attributions: Iterable[Attribution]) -> list[tuple[Attribution, Speaker]]:
        """Speakers for all, visited in the order of their cues."""
        out: dict[int, Speaker] = {}
        listed = list(attributions)
        for index in sorted(range(len(listed)), key=lambda i: (listed[i].cue, listed[i].content)):
            a = listed[index]
            out[index] = self._of(a)
        return [(a, out[i]) for i, a in enumerate(listed)]

    def _of(self, a: Attribution) -> Speaker:
        if a.lemma == "answer" and (draft := interviewee(self._roster)) is not None:
            return Speaker(draft.name, ref=draft.ref, country=draft.country, sure=0.9)
        if a.source is None:
            return (
                Speaker(self._last.name, self._last.claim, self._last.ref, self._last.span, self._last.country, sure=0.8)
                if self._last
                else Speaker(None)
            )
        if (a.kind in {"agree", "pledge"} or a.lemma in {"agree", "decide", "resolve"}) and self._layout.of(a.source).lower() in {
            "they",
            "both",
            "the two",
        }:
            return Speaker(self._layout.of(a.source), span=a.source, sides=True)
        speaker, draft = self.resolve(a.source)
        if speaker.name and not a.continued and a.rule != "as-noted":
            self._last = speaker
            self._last_draft = draft or self._last_draft
        return speaker

    def resolve(self, source: Span) -> tuple[Speaker, Draft | None]:
        """The speaker that ``source`` names, and the person behind it if it is one."""
        text = self._layout.text
        span = trim(text, *source, ',“”" ')
        if (aside := _ASIDE.search(text[slice(*span)])) is not None:
            span = (span[0], span[0] + aside.start())
        if (where := re.match(r"(?:where|while|whereas)\s", text[slice(*span)])) is not None:
            span = (span[0] + where.end(), span[1])
        words = text[span[0] : span[1]]
        if _HE.match(words.strip()):
            return self._pronoun(words.strip().lower(), span)
        people = self._roster.at(*span)
        if (not people and self._sides.search(words) and len(words.split()) <= 9) or words.lower() in {
            "the two",
            "the pair",
            "both",
            "the duo",
        }:
            return Speaker(words, span=span, sides=True), None
        if people:
            place, draft = self._head(people, span, text)
            spokesman = re.match(
                r"(?:[Aa]|[Tt]he)?\s?(?:\w+\s){0,3}?(?:spokes\w+|aide|adviser|advisor|source|supporters?|campaign)\s(?:for|of|to)\s", words
            )
            if spokesman is None or place[0] - span[0] > 60:
                if len(people) > 1 and re.fullmatch(r"\s*(?:and|,)\s*", text[people[0][0][1] : people[1][0][0]]):
                    return Speaker(
                        f"{people[0][1].name} and {people[1][1].name}", ref=people[0][1].ref, span=span, country=draft.country
                    ), draft
                claim = (
                    "analyst_claim"
                    if (draft.role and self._analyst.search(draft.role.lower())) or self._scholar(draft)
                    else "official_claim"
                )
                return Speaker(draft.name, claim, draft.ref, place, draft.country), draft
        role = _office().search(words)
        if role and not self._analyst.search(words):
            holder = self._by_role(role["role"], words, span[0]) or self._just_spoken(words, span[0])
            if holder is not None:
                return Speaker(holder.name, span=span, country=holder.country, sure=0.85), holder
        return self._nameless(words, span), None

    def _scholar(self, draft: Draft) -> bool:
        org, role = (draft.organisation or ""), (draft.role or "").lower()
        return bool(
            re.search(r"\b(?:University|Institute|Academy|Center|Centre|Foundation)\b", org)
            and re.search(r"professor|fellow|research|expert|analyst|lecturer|scholar", role)
        )

    def _head(self, people: list[tuple[Span, Draft]], span: Span, text: str) -> tuple[Span, Draft]:
        """The first name, unless it stands in a genitive before the head ("Putin's spokesman Dmitry Peskov")."""
        for place, draft in people:
            if not re.match(r"['’]s\b|\sadministration|\scampaign", text[place[1] : place[1] + 15]):
                return place, draft
        return people[-1]

    def _pronoun(self, word: str, span: Span) -> tuple[Speaker, Draft | None]:
        word = {"him": "he", "her": "she", "his": "he", "their": "they", "its": "it", "which": "it"}.get(word, word)
        if word == "it" and (body := self._body_before(span[0])) is not None:
            return Speaker(body.name, span=span, country=body.country, sure=0.8), None
        sex = {"he": "m", "she": "f"}.get(word, "")
        draft = self._last_draft
        if word in {"they", "it", "we", "who"} or (draft is not None and sex and draft.sex not in {"", sex}):
            draft = None
        if draft is None and word in {"he", "she", "who", "i"}:
            draft = self._roster.before(span[0], sex=sex)
        if draft is not None and word in {"he", "she"}:
            # somebody named between the last speaker and here, at the head of a sentence, takes the pronoun over
            start = next((p[0] for p in self._layout.paragraphs if p[0] <= span[0] < p[1]), 0)
            subject = self._subject_since(start, span[0], sex)
            draft = subject or draft
        if draft is not None:
            draft.sex = draft.sex or sex
            self._roster.mention(draft, span)
            claim = (
                "analyst_claim" if self._scholar(draft) or (draft.role and self._analyst.search(draft.role.lower())) else "official_claim"
            )
            return Speaker(draft.name, claim, draft.ref, span, draft.country, sure=0.9), draft
        if word == "they" and (sides := self._sides_before(span[0])) is not None:
            return Speaker(self._layout.of(sides), span=sides, sides=True, sure=0.9), None
        if self._last is not None and word in {"it", "they", "we"}:
            return Speaker(self._last.name, self._last.claim, self._last.ref, span, self._last.country, self._last.sides, sure=0.7), None
        return Speaker(None, span=span), None

    def _sides_before(self, at: int) -> Span | None:
        """ "The parties exchanged views. They …": the sides that open the sentence before, in the same paragraph."""
        first, _ = self._layout.paragraph_of(at)
        before = [s.span for s in self._layout.sentences if first <= s.span[0] and s.span[1] <= at]
        if not before:
            return None
        match = re.match(r"(?:The|Both|the)(?:\s\w+){1,2}", self._layout.of(before[-1]))
        sides = self._sides.search(match.group()) if match else None
        return (before[-1][0], before[-1][0] + sides.end()) if sides else None

    def _body_before(self, at: int) -> Body | None:
        """The body that opens this sentence, or the one before it in the same paragraph."""
        first, _ = self._layout.paragraph_of(at)
        starts = [s.span[0] for s in self._layout.sentences if first <= s.span[0] <= at][-2:]
        for start in reversed(starts):
            body = next((b for b in self._bodies if start <= b.span[0] <= start + 30 and b.span[1] <= at), None)
            if body is not None:
                return body
        return None

    def _subject_since(self, start: int, at: int, sex: str) -> Draft | None:
        """The person whose name opens a sentence of this paragraph before ``at``."""
        for sentence in reversed([s for s in self._layout.sentences if start <= s.span[0] < at]):
            people = [
                (p, d) for p, d in self._roster.at(sentence.span[0], at) if p[0] - sentence.span[0] < 60 and (not sex or d.sex in {"", sex})
            ]
            if people:
                return people[0][1]
        return None

    def _by_role(self, role: str, words: str, at: int) -> Draft | None:
        key = re.sub(r"[^a-z]", "", role.lower())
        found = [
            d
            for d in self._roster.drafts
            if d.role and key in re.sub(r"[^a-z]", "", d.role.lower()) and d.mentions and min(d.mentions)[0] < at
        ]
        nations = {p.code for p in places_in(words, "en")}
        bodies = [b for b in self._bodies if at <= b.span[0] < at + len(words)]
        nations |= {b.country for b in bodies if b.country}
        if nations:
            found = [d for d in found if d.country in nations]
        if bodies and len(found) != 1:
            named = [d for d in found if d.organisation and any(_same_body(d.organisation, b.name) for b in bodies)]
            bare = [
                d
                for d in self._roster.drafts
                if d.role is None and (d.country or d.guess) in nations and d.mentions and min(d.mentions)[0] < at
            ]
            found = named or (bare if len(bare) == 1 and not found else found)
        return max(found, key=lambda d: max((m[0] for m in d.mentions if m[0] < at), default=0)) if found else None

    def _just_spoken(self, words: str, at: int) -> Draft | None:
        """ "the senator", "the diplomat": whoever was named last close by, if nothing else tells him apart."""
        if len(words.split()) > 3 or not words.lower().startswith("the "):
            return None
        last = self._last_draft
        if last is not None and any(at - 900 < m[0] < at for m in last.mentions):
            return last
        return self._roster.first(max(0, at - 400), at)

    def _nameless(self, words: str, span: Span) -> Speaker:
        lower = words.lower()
        if self._analyst.search(lower):
            return Speaker(words, "analyst_claim", span=span)
        bodies = [b for b in self._bodies if span[0] <= b.span[0] and b.span[1] <= span[1]]
        if self._media.search(words) and not re.search(r"spokes|minist|secretary", lower):
            return Speaker(words, "media_claim", span=span)
        if re.search(r"\b(?:spokes\w+|official|aide|source)", lower):
            return Speaker(words, span=span, country=bodies[0].country if bodies else _country(words))
        if bodies and re.search(r"\b(?:Institute|Academy|University|Centre|Center|Foundation)\b", bodies[0].name):
            return Speaker(bodies[0].name, "analyst_claim", span=bodies[0].span, country=bodies[0].country)
        if bodies and _ITS_OFFICER.search(words):  # "the Assembly's president"
            return Speaker(re.sub(r"^[Tt]he\s", "", words), span=span, country=bodies[0].country)
        if bodies:
            return Speaker(bodies[0].name, span=bodies[0].span, country=bodies[0].country or _country(words))
        bare = re.sub(r"^(?:the|a|an)\s", "", words, flags=re.IGNORECASE)
        return Speaker(bare or words, span=span, country=_country(words), sure=0.9)


_ITS_OFFICER = re.compile(
    r"['’]s\s(?:[a-z-]+\s){0,2}(?:president|speaker|chair\w*|leader|head|secretary[a-z -]*|clerk|director|chief|minister)$"
)


def _same_body(a: str, b: str) -> bool:
    return a in b or b in a


def _country(words: str) -> str | None:
    return next((p.code for p in places_in(words, "en")), None)
