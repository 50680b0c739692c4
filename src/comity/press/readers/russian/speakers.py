"""Who speaks in a Russian text: names in any case, offices, pronouns, bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from comity.press.attribution import Attribution
from comity.press.model import Body, Span
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.base import Speaker, interviewee
from comity.press.readers.russian.lexicon import role_pattern, table
from comity.press.russian_cases import analyser, phrase, town
from comity.press.segment import Layout, trim

_PRONOUN = re.compile(r"(?<![а-яё])(?P<p>он|она|они|оно|его|её|ее|их)(?![а-яё])", re.IGNORECASE)


# what is written speaks: "в опубликованном в понедельник заявлении говорится", "как сказано в докладе"
_PAPERS = {
    **{
        stem: stem
        for stem in ("коммюнике", "документ", "доклад", "отчёт", "протокол", "меморандум", "пресс-релиз", "проект", "релиз", "обзор")
    },
    **{f"{stem}и": f"{stem}ие" for stem in ("заявлен", "сообщен", "обращен", "послан", "решен", "постановлен", "соглашен", "исследован")},
    **{"резолюци": "резолюция", "деклараци": "декларация", "публикаци": "публикация", "стать": "статья", "телеграмм": "телеграмма"},
    **{"письм": "письмо", "справк": "справка", "отчет": "отчёт", "записк": "записка", "запис": "запись", "программ": "программа"},
}
_PAPER = re.compile(
    rf"(?<![а-яё])[Вв]о?\s(?:[а-яё-]+\s){{0,6}}?(?P<paper>{'|'.join(sorted(_PAPERS, key=len, reverse=True))})[а-яё]*(?![а-яё-])"
)
_WRITTEN = {
    "говорится",
    "говорилось",
    "сказано",
    "отмечается",
    "отмечалось",
    "подчёркивается",
    "подчеркивается",
    "указано",
    "указывается",
    "отмечено",
}
# "было отмечено, что": nobody is named, and nobody is meant to be
_IMPERSONAL = re.compile(r"(?:было\s)?[а-яё]+(?:ано|ено|нуто|ято|ается|ется|лось|ется)$")
_WHEN = re.compile(
    r"(?:ранее|позже|позднее|затем|вчера|сегодня|накануне|также|кроме того|при этом|во?\s.+|по\s.+|на\s.+),?",
    re.IGNORECASE,
)
_ROLE = re.compile(role_pattern())
_STANDING = re.compile(
    role_pattern()
    + r"|(?<![\w-])(?:[Дд]ипломат|[Пп]арламентари\w+|[Пп]олитик|[Зз]аконодател\w+|[Чч]иновни(?:к|ца)|[Сс]обеседник\w*)(?![\w-])"
)
# what may stand before the subject and is no part of it
_LEAD = re.compile(
    r"(?:вместе\sс\sтем|в\sто\sже\sвремя|при\sэтом|между\sтем|тем\sвременем|кроме\sтого|помимо\sэтого|впрочем|однако|но|а|и|позже|позднее|ранее|затем"
    r"|накануне|также|сегодня|вчера|тогда|теперь|наконец|зато|в\sсвою\sочередь|со\sсвоей\sстороны|в\sзаключение|в\sответ|в\sчастности|отдельно)(?:,\s|\s)(?=[а-яёА-ЯЁ])",
    re.IGNORECASE,
)
# "в пресс-службе сообщили": an office speaks through a verb without a subject
_OFFICE = re.compile(
    r"(?:[Вв]о?|[Нн]а)\s(?P<name>(?:[а-яё]+(?:ом|ем|ой|ей|ых|их)\s)?(?:пресс-службе|пресс-центре|аппарате|секретариате|министерстве|ведомстве|посольстве|консульстве|комитете|комиссии"
    r"|правительстве|кабмине|парламенте|департаменте|управлении|администрации|канцелярии|делегации|палате|партии|фракции|штабе|институте|центре|агентстве|компании"
    r"|организации|ассоциации|союзе|миссии|представительстве|мэрии|суде|прокуратуре|фонде|Сейме|Сенате|Госдуме|МИДе|оргкомитете|редакции|дирекции|бюро|совете|службе"
    r"|рабочей\sгруппе|оппозиции|руководстве|кругах|окружении|МИД|Минобороны|мининдел|Минтрансе|Минэнерго)(?![а-яё])[^,:;]{0,80})"
)
# "в Белмаре надеются, что …": a capital stands for its government
_CAPITAL = re.compile(r"[Вв]о?\s(?P<town>[А-ЯЁ][а-яё-]+)(?:\s(?:также|пока|уже|при\sэтом))?")
_TO_WHOM = re.compile(
    r"\s(?:(?:нашему\s)?корреспонденту|журналистам|репорт[её]рам|агентству|газете|изданию|порталу|телеканалу|депутатам|ТАСС|РИА|Интерфаксу)(?![а-яё]).*$"
    r"|\s(?:также|при этом|ранее|уже|особо|однако|впрочем|же"
    r"|в понедельник|во вторник|в среду|в четверг|в пятницу|в субботу|в воскресенье)(?![а-яё]).*$"
)
_NAMELESS = re.compile(
    r"(?:[а-яё]+\s){0,2}(?:источник|собеседни[кц]|чиновни[кц]|дипломат|представител|сотрудни[кц]|эксперт|аналитик|критик|пресс-секретар|участни[кц])",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(r"(?<![а-яё-] )(?<![А-ЯЁа-яё-])[А-ЯЁ][а-яё]+\s[А-ЯЁ][а-яё]+(?=,\s|\s[а-яё]+(?:л|ла|лся|лась)(?![а-яё]))")
_COLLEAGUE = re.compile(
    r"(?:[Ее]го|[Ее][её]|[Ии]х)\s(?:[а-яё]+\s){0,2}?(?:коллега|заместител\w+|визави|оппонент\w*|помощни\w+|предшественни\w+|преемни\w+)(?![а-яё]),?\s?"
)
_SAID = re.compile(r"\s[а-яё]+л(?P<end>а?)(?:с[ья])?(?![а-яё])")
_FURTHER = re.compile(r"(?P<who>[^,.]{3,70}?)\s(?P<verb>[а-яё]+(?:л|ла|ли|лся|лась|лись))\s.*(?:\sи|,|\sно|\sа|\sзатем|\sтакже)$")
_NO_VERB = re.compile(r"(?:канал|портал|журнал|капитал|финал|отдел|раздел|генерал|персонал|филиал|предел|стол|была?|были)$")
_UNNAMED = re.compile(r"(?:[а-яё]+\s){0,2}(?:источник|собеседни[кц]|чиновни[кц])", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:(?:но|и|а|затем|потом|однако|зато|после чего|тут же|также|не)\s)*"
    r"[а-яё]+(?:л|ла|ло|ли)(?:с[ья])?(?:\s|$)|(?:но|и|а|зато|затем|однако)$"
)


@lru_cache(maxsize=1024)
def _people(words: str) -> bool:
    """Whether up to three words name people by a common noun in the nominative: "рыбаки", "местные жители"."""
    morph = analyser() if words and words.count(" ") < 3 else None
    if morph is None:
        return False
    nouns = [p for p in (morph.parse(word)[0] for word in words.split()) if p.tag.POS == "NOUN"]
    return bool(nouns) and nouns[0].tag.animacy == "anim" and nouns[0].tag.case == "nomn"


def _paper(words: str) -> str:
    """The paper in the nominative."""
    return _PAPERS[words.lower()]


# "источник, пожелавший остаться неназванным": what is told of a source is none of its name
_ASIDE = re.compile(r",\s(?:(?:не\s)?[а-яё]+(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ие)(?:ся)?|котор(?:ый|ая|ые))(?:\s.*)?$")


def _stems(kind: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, table()["words"][kind])) + r")", re.IGNORECASE)


class Speakers:
    """Resolves sources in the order of the text; remembers who spoke last."""

    def __init__(self, layout: Layout, roster: Roster, bodies: list[Body]) -> None:
        self._layout, self._roster, self._bodies = layout, roster, bodies
        self._last: Speaker | None = None
        self._last_draft: Draft | None = None
        self._last_at = -1
        self._analyst, self._media = _stems("analyst"), _stems("media")
        self._sides = re.compile(
            r"(?<![а-яё])(?:" + "|".join(sorted(table()["words"]["sides"], key=len, reverse=True)) + r")(?![а-яё])", re.IGNORECASE
        )

    def resolve_all(self, attributions: Iterable[Attribution]) -> list[tuple[Attribution, Speaker]]:
        """Speakers for all, visited in the order of their cues."""
        listed = list(attributions)
        out: dict[int, Speaker] = {}
        for index in sorted(range(len(listed)), key=lambda i: (listed[i].cue, listed[i].content)):
            out[index] = self._of(listed[index])
        return [(a, out[i]) for i, a in enumerate(listed)]

    def _of(self, a: Attribution) -> Speaker:
        if a.lemma == "answer" and (draft := interviewee(self._roster)) is not None:
            return Speaker(draft.name, ref=draft.ref, country=draft.country, sure=0.9)
        if a.source is None:
            paper = _PAPER.search(self._layout.text, max(0, a.cue[0] - 120), a.cue[0]) if a.lemma in _WRITTEN and not a.tail else None
            if paper is not None and not re.search(r"[.!?\n]", self._layout.text[paper.start() : a.cue[0]]):
                return Speaker(_paper(paper["paper"]), span=paper.span("paper"), sure=0.9)
            if self._last is None or (_IMPERSONAL.match(a.lemma) and a.rule == "that"):
                return Speaker(None)
            return Speaker(
                self._last.name, self._last.claim, self._last.ref, self._last.span, self._last.country, self._last.sides, sure=0.8
            )
        words = self._layout.text[slice(*a.source)]
        written = a.lemma in _WRITTEN and (not a.tail or a.rule == "according") and not self._roster.at(*a.source)
        if written and (paper := _PAPER.match(words)) is not None:
            return Speaker(_paper(paper["paper"]), span=a.source, sure=0.9)
        if _IMPERSONAL.match(a.lemma) and _WHEN.fullmatch(words):
            return Speaker(None)
        speaker, draft = self.resolve(a.source)
        case = "ablt" if _IMPERSONAL.match(a.lemma) else "gent" if a.kind == "according" else None
        if case and speaker.name and draft is None and not speaker.sides:
            speaker = replace(speaker, name=phrase(speaker.name, case))
        if speaker.name and not a.continued:
            self._last = speaker
            self._last_draft = draft or self._last_draft
            if draft is not None:
                self._last_at = a.cue[0]
        return speaker

    def resolve(self, source: Span) -> tuple[Speaker, Draft | None]:  # noqa: C901  # one branch per form of words, in one order
        """The speaker that ``source`` names, and the person behind it."""
        text = self._layout.text
        span = trim(text, *source, ",«» ")
        if text.count("«", *span) > text.count("»", *span) and text[span[1] : span[1] + 1] == "»":
            span = (span[0], span[1] + 1)  # Газета «Берег»
        if (aside := _ASIDE.search(text[slice(*span)])) is not None:
            span = (span[0], span[0] + aside.start())
        while (lead := _LEAD.match(text, *span)) is not None:
            span = (lead.end(), span[1])
        words = text[span[0] : span[1]]
        people = self._roster.at(*span)
        if people:
            place, draft = people[-1] if _ROLE.search(text, span[0], people[0][0][0]) is None and len(people) == 1 else people[0]
            if len(people) > 1 and re.fullmatch(r"\s*(?:и|,)\s*(?:[а-яё-]+\s){0,4}", text[people[0][0][1] : people[1][0][0]]):
                return Speaker(f"{people[0][1].name} и {people[1][1].name}", span=span, country=draft.country), draft
            scholar = draft.role is not None and self._analyst.search(draft.role) is not None
            return Speaker(draft.name, "analyst_claim" if scholar else "official_claim", draft.ref, place, draft.country), draft
        if (capital := _CAPITAL.fullmatch(words)) is not None:
            return Speaker(town(capital["town"]), span=(span[0] + capital.start("town"), span[1]), sure=0.85), None
        if (office := _OFFICE.match(words)) is not None:
            name = phrase(_TO_WHOM.sub("", office["name"]), "loct")
            media = "media_claim" if self._media.match(name) else "official_claim"
            return Speaker(name, media, span=(span[0] + office.start("name"), span[1])), None
        if _GOES_ON.match(words) and (opener := self._opener(span[0])) is not None:
            return opener
        if (colleague := _COLLEAGUE.match(words)) is not None and (other := self._other(words[colleague.end() :], span)) is not None:
            return other
        if not words[-1:].isupper() and (further := _FURTHER.match(words)) is not None and not _NO_VERB.search(further["verb"]):
            span = (span[0], span[0] + further.end("who"))  # "Сенатор рассказала о законе и" of a second verb
            words = further["who"]
        if self._sides.search(words) and len(words.split()) <= 7:
            return Speaker(words, span=span, sides=True), None
        pronoun = _PRONOUN.search(words)
        if pronoun and (len(words.split()) <= 4 or (pronoun.start() == 0 and pronoun["p"].lower() in {"он", "она", "они"})):
            return self._pronoun(pronoun["p"].lower(), (span[0] + pronoun.start(), span[0] + pronoun.end()))
        if self._analyst.search(words):
            return Speaker(words, "analyst_claim", span=span), None
        if re.fullmatch(r"[Тт]ам(?:\sже)?", words) and self._last is not None:
            return replace(self._last, sure=0.8), None
        if re.match(r"[Сс]обеседни[кц]\w*(?:\s(?:газет|агентств|издани|журнал|канал|портал|ТАСС|РИА)\w*)?$", words):
            if self._nameless(span[0]) is not None:
                return replace(self._last or Speaker(None), sure=0.8), None
            talked = self._last_draft or interviewee(self._roster)
            return (
                (Speaker(talked.name, span=span, country=talked.country, sure=0.8), talked) if talked else (Speaker(words, span=span), None)
            )
        role = _STANDING.search(words)
        if role:
            draft2 = self._by_role(role.group(), span) or self._just_spoken(words, span[0])
            if draft2 is not None:
                return Speaker(draft2.name, span=span, country=draft2.country, sure=0.85), draft2
        if _UNNAMED.match(words):
            return Speaker(words, span=span, sure=0.9), None
        bodies = [b for b in self._bodies if span[0] <= b.span[0] and b.span[1] <= span[1]]
        if self._media.search(words) and not role:
            return Speaker(words, "media_claim", span=span), None
        if bodies and not role:
            return Speaker(bodies[0].name, span=bodies[0].span, country=bodies[0].country), None
        if re.fullmatch(r"(?:[Тт]he\s)?[A-Z][\w.&'’ -]+", words) and not role:
            return Speaker(words, "media_claim", span=span), None  # an outlet under its own name
        country = next((p.code for p in places_in(words, "ru")), None)
        named = re.search(
            r"[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)*|[а-яё]+ая сторона|источник\w*|пресс-служб\w*|секретариат\w*|ведомств\w*"
            r"|министерств\w*|палат\w*|комитет\w*|делегаци\w*|депутат\w*|сенатор\w*|дипломат\w*|парламентари\w+",
            words,
        )
        if not named and role is None and _people(words):
            return Speaker(words, span=span, sure=0.8), None
        if not named and role is None:
            return (
                (
                    Speaker(self._last.name, self._last.claim, self._last.ref, None, self._last.country, self._last.sides, sure=0.7),
                    self._last_draft,
                )
                if self._last
                else (Speaker(None), None)
            )
        return Speaker(words, span=span, country=country, sure=0.85), None

    def _opener(self, at: int) -> tuple[Speaker, Draft | None] | None:
        """Who opens the sentence of a further verb: "Дойл вышел из автобуса, огляделся и сказал"."""
        sentence = next((s.span for s in self._layout.sentences_within(at, at + 1) if s.span[0] <= at), None)
        if sentence is None or sentence[0] >= at:
            return None
        named = self._roster.at(sentence[0], at)
        if named and named[0][0][0] - sentence[0] < 100:
            place, draft = named[0]
            return Speaker(draft.name, ref=draft.ref, span=place, country=draft.country, sure=0.9), draft
        name = _FULL_NAME.search(self._layout.text, sentence[0], min(at, sentence[0] + 100))
        if name is not None:
            return Speaker(name.group(), span=name.span(), sure=0.8), None
        pronoun = _PRONOUN.match(self._layout.text, *sentence)
        return self._pronoun(pronoun["p"].lower(), pronoun.span()) if pronoun else None

    def _other(self, behind: str, span: Span) -> tuple[Speaker, Draft | None] | None:
        """ "Её коллега": the name that follows, else who was named last beside the one who spoke."""
        if (name := re.match(r"[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)+", behind)) is not None:
            return Speaker(name.group(), span=span, sure=0.85), None
        verb = _SAID.match(self._layout.text, span[1])
        unlike = ("m" if verb["end"] else "f") if verb else ""
        past = [
            d
            for d in self._roster.drafts
            if d is not self._last_draft and d.mentions and min(d.mentions)[0] < span[0] and (not unlike or d.sex != unlike)
        ]
        draft = max(past, key=lambda d: max(m[0] for m in d.mentions if m[0] < span[0]), default=None)
        return (
            (Speaker(draft.name, ref=draft.ref, span=span, country=draft.country, sure=0.75), draft) if draft and self._last_draft else None
        )

    def _nameless(self, at: int) -> Speaker | None:
        """The speaker before, if it has no name and spoke in the same paragraph: "источник в Сейме" stays "он"."""
        last = self._last
        if last is None or last.name is None or last.span is None or not _NAMELESS.match(last.name):
            return None
        named = self._roster.at(last.span[0], at)
        return last if not named and self._layout.paragraph_of(at)[0] <= last.span[0] + 1 else None

    def _pronoun(self, word: str, span: Span) -> tuple[Speaker, Draft | None]:
        sex = {"он": "m", "его": "m", "она": "f", "её": "f", "ее": "f"}.get(word, "")
        if word in {"они", "их"}:
            return (
                (Speaker(self._last.name, self._last.claim, self._last.ref, span, self._last.country, self._last.sides, sure=0.7), None)
                if self._last
                else (Speaker(None, span=span), None)
            )
        if (nameless := self._nameless(span[0])) is not None:
            return replace(nameless, sure=0.8), None
        draft = self._last_draft
        if draft is None or (sex and draft.sex not in {"", sex}):
            draft = self._roster.before(span[0], sex=sex)
        start = next((p[0] for p in self._layout.paragraphs if p[0] <= span[0] < p[1]), 0)
        spoke = self._last_at if draft is self._last_draft else -1
        for sentence in reversed([s for s in self._layout.sentences_within(start, span[0]) if start <= s.span[0]]):
            if sentence.span[0] <= spoke < sentence.span[1] <= span[0]:
                break  # who spoke in the sentence before goes on
            people = [
                d for p, d in self._roster.at(sentence.span[0], span[0]) if p[0] - sentence.span[0] < 70 and (not sex or d.sex in {"", sex})
            ]
            if people:
                draft = people[0]
                break
        if draft is None:
            return Speaker(None, span=span), None
        draft.sex = draft.sex or sex
        self._roster.mention(draft, span)
        claim = "analyst_claim" if draft.role and self._analyst.search(draft.role) else "official_claim"
        return Speaker(draft.name, claim, draft.ref, span, draft.country, sure=0.9), draft

    def _just_spoken(self, words: str, at: int) -> Draft | None:
        """ "сенатор", "дипломат" alone: whoever was named last close by."""
        return self._roster.before(at, after=max(0, at - 400)) if len(words.split()) <= 3 and not re.search(r"[А-ЯЁ]", words[1:]) else None

    def _by_role(self, role: str, span: Span) -> Draft | None:
        stem = role.lower().split()[-1][:6]
        words = self._layout.text[span[0] : span[1]]
        codes = {p.code for p in places_in(words, "ru")} | {
            b.country for b in self._bodies if span[0] <= b.span[0] and b.span[1] <= span[1] and b.country
        }
        found = [
            d
            for d in self._roster.drafts
            if d.role and stem in d.role.lower() and d.mentions and min(d.mentions)[0] < span[0] and (not codes or d.country in codes)
        ]
        if not found and codes:
            found = [
                d
                for d in self._roster.drafts
                if d.role is None and (d.country or d.guess) in {None, *codes} and d.mentions and min(d.mentions)[0] < span[0]
            ]
        if self._last_draft in found:
            return self._last_draft
        best = max(found, key=lambda d: max((m[0] for m in d.mentions if m[0] < span[0]), default=0)) if found else None
        if best is not None and best.role is None and len(codes) == 1:
            best.country = best.country or next(iter(codes))
        return best
