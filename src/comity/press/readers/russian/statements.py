"""What is reported as said in a Russian text, by surface rules: ", что", a colon, quotation marks, dashes, infinitives and nouns.

The cue stands first here; contents before their cue are found in :mod:`behind`, the source by :mod:`subjects`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from comity.press.attribution import Attribution, clean, drop_overlapping, signed_and_tagged
from comity.press.model import Span
from comity.press.readers.russian.behind import ABOUT, about_this, according, as_noted, tail
from comity.press.readers.russian.labels import announced, of_label, transcript
from comity.press.readers.russian.lexicon import cue_pattern, table
from comity.press.readers.russian.masking import DASH, cut_quotations, mask
from comity.press.readers.russian.speech import extend
from comity.press.readers.russian.subjects import head_of_list, inside_gap, inverted, left, opening_sides
from comity.press.segment import Layout

_INFINITIVE = re.compile(r"\s(?:[а-яё-]+\s){0,6}?[а-яё-]+(?:ть|ться|ти|тись|чь)(?![а-яё])")
_THAT = re.compile(
    r"(?P<gap>(?:[^.:;«»]|«[^»]{2,40}»){0,160}?)(?:,?\s(?:о|в|на)\sтом)?,\s(?:что|чтобы|как|насколько|почему|зачем|когда|где|кто)\s"
)
_QUOTE = re.compile(rf"(?P<gap>[^.:;«»“”]{{0,110}}?):\s?(?:{DASH}\s)?(?=[«“\"„А-ЯЁ])")


def find_statements(layout: Layout) -> list[Attribution]:
    """All attributions of a Russian text, quotations and continued speech included."""
    layout = cut_quotations(layout)
    masked = mask(layout)
    found: list[Attribution] = []
    for sentence in layout.sentences:
        found.extend(_in_sentence(layout, masked, *sentence.span))
    found = [a for a in found if not of_label(layout, a)]
    found.extend(according(layout, masked))
    found.extend(about_this(layout, masked, found))
    found.extend(announced(layout, found))
    found.extend(transcript(layout, found))
    found.extend(signed_and_tagged(layout, found))
    return drop_overlapping(extend(layout, found))


_AS_LEAD = re.compile(r"(?:^|[\s,])[Кк]ак\s(?:\w+\s){0,2}$")
_KEPT_OFF = re.compile(r"\b[Тт]о,\sчто\s[^,.]*$")
_IN_WHICH = re.compile(r",\sв\sкотор\w+\s(?:\w+\s)?$")
_NOT_BEFORE = re.compile(r"(?<![а-яё])[Нн]е\s$")
_NO_SUBJECT = re.compile(
    r"(?:[Сс]\s(?:этим|ним|ней|ними|такой\s\w+|таким\s\w+)|[Сс]о\s(?:своей\sстороны)|[Ее](?:го|му|ё|й)|[Ии][хм]|[Ээ]т[оу]\s?\w*|[Нн]а\sэто|[Вв]\sответ|[Кк]\sэтому"
    r"|[Вв]\sэтом|[Тт]акже|[Оо]сторожнее|[Кк]ороче|[Пп]роще|[Рр]езче)"
)
_ADDRESSEE = re.compile(r"\s(?:журналистам|репорт[её]рам|коллегам|депутатам|избирателям|собравшимся|гостям|хозяевам)(?=\s)")
_CALLED = re.compile(r"\s(?P<who>[^«».,:;]{3,80}?)(?=\s«)")
_COLON = re.compile(r"(?P<gap>):\s(?=[а-яё])")
_NEEDED = re.compile(r"\s(?:необходимым|важным|целесообразным|нужным|возможным|необходимой|важной)\s")
_PREPOSITION = re.compile(r"\s(?:о|об|на)\s")
_NO_PROMISE = re.compile(r"благодарност|признательност|сожалени|поддержк|удовлетворени|недоумени|тревог|возмущени")
_CUES_IN_A_LIST = 25  # more of them in one sentence are a list or a table of words


@cache
def _readiness() -> re.Pattern[str]:
    nouns = "|".join(table()["words"]["nominal"])
    return re.compile(
        rf"\s(?:(?:сво[юе]\w?|полную|общую|взаимную|серь[её]зн\w+)\s)?(?:о\s)?(?P<noun>{nouns}|готовности|намерении|необходимости|важности)"
        r"(?P<rest>\s[А-ЯЁа-яё«])"
    )


def _in_sentence(layout: Layout, masked: str, start: int, end: int) -> list[Attribution]:
    cues = list(cue_pattern().finditer(masked, start, end))
    found: list[Attribution] = []
    for number, match in enumerate(cues if len(cues) <= _CUES_IN_A_LIST else ()):
        kind, cue, before = str(match.lastgroup), match.span(), masked[start : match.start()]
        if _KEPT_OFF.search(before):
            continue  # "то, что X называет …": the words of another, kept at a distance
        if kind == "agree" and _NOT_BEFORE.search(before):
            kind = "think"  # "не согласилась с тем, что …"
        if kind == "agree" and match.group().endswith(("выводу", "мнению")):
            kind = "think"  # a conclusion binds nobody
        if _AS_LEAD.search(before):
            found.extend(as_noted(layout, masked, start, end, cue, kind))
        elif (ended := tail(layout, masked, start, end, cue, kind)) is not None:
            found.append(ended)
        else:
            source = head_of_list(layout, masked, cue[0]) if cue[0] - start < 20 else None
            source = source or (opening_sides(masked, start) if _IN_WHICH.search(before) else left(masked, start, cue[0], found))
            found.extend(_Cue(layout, masked, cue, kind, source, end).contents(cues[number + 1 :]))
    return found


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue whose content stands behind it; ``source`` is what stands left of it, ``end`` where its sentence ends."""

    layout: Layout
    masked: str
    cue: Span
    kind: str
    source: Span | None
    end: int

    def _behind(self, gap: str) -> Span | None:
        """The source: left of the cue, or in the gap behind it if only an object stands left ("С этим согласен …", "Его поддержал …")."""
        inside = inside_gap(self.masked, self.cue[1], self.cue[1] + len(gap)) if gap.strip() else None
        weak = self.source is not None and inside is not None and _NO_SUBJECT.fullmatch(self.masked, *self.source)
        return inside if weak else self.source or inside

    def _made(self, at: int, to: int, rule: str, source: Span | None, kind: str = "") -> list[Attribution]:
        content, lemma = clean(self.layout.text, at, to), self.layout.text[slice(*self.cue)].lower()
        return [Attribution(content, self.cue, source, lemma, kind or self.kind, rule)] if content[1] - content[0] > 3 else []

    def contents(self, later: list[re.Match[str]]) -> list[Attribution]:
        """What the cue reports; ``later`` are the cues behind it in the sentence, before which a content may end."""
        right = self.masked[self.cue[1] : self.end]
        stop = _content_end(self.masked, self.cue, later, self.end)
        return self._clause(right, stop, later) or self._phrase(right, stop)

    def _clause(self, right: str, stop: int, later: list[re.Match[str]]) -> list[Attribution]:
        """ ", что …" and what stands behind a colon or in quotation marks."""
        at = self.cue[1]
        that = _THAT.match(right)
        if that and not (self.kind in {"ask", "pledge"} and _INFINITIVE.match(that["gap"])):
            source = self._behind(that["gap"])
            if got := self._made(at + that.end(), stop, "that", source):
                return got
        quote = (_QUOTE.match(right) or _COLON.match(right)) if self.kind in {"say", "think", "nominal"} else None
        if quote and not any(m.start() < at + quote.end() for m in later):
            source = self._behind(quote["gap"])
            rule = "quote" if self.layout.text[at + quote.end()] in '«“"„' else "colon"
            return self._made(at + quote.end(), self.end, rule, source)
        return []

    def _phrase(self, right: str, stop: int) -> list[Attribution]:
        """An infinitive, a noun or an object: "предложил провести …", "выразил готовность …", "подчеркнул важность …"."""
        at, masked, kind, source = self.cue[1], self.masked, self.kind, self.source
        if kind == "stress":
            source = source or inverted(masked, at, self.end)
            called = _CALLED.match(right) if source and "«" in right and _NO_SUBJECT.fullmatch(masked, *source) else None
            if called:  # "Её назвал парламент «полезной паузой»"
                source = (at + called.start("who"), at + called.end("who"))
                return self._made(at + called.end("who"), stop, "object", source)
        if kind == "nominal" or (kind == "say" and ABOUT.match(right)):
            noun = _readiness().match(right)
            if noun and not _NO_PROMISE.search(noun["noun"]):
                return self._made(at + noun.start("rest"), stop, "nominal", source)
            return self._made(at, stop, "object", source) if kind == "say" and source else []
        if kind == "think":
            needed = _NEEDED.match(right) if source else None
            return self._made(at + needed.end(), stop, "ask", source, "ask") if needed else []
        if kind == "ask":
            source = source or inverted(masked, at, self.end)
            if masked[: self.cue[1]].endswith(" за"):
                return self._made(at, stop, "ask", source)
            return self._made(_after_source(at, source, self.cue), stop, "ask", source) if source and right.strip(" .,") else []
        if kind in {"agree", "pledge"}:
            bound = source and (_INFINITIVE.match(right) or _PREPOSITION.match(right))
            whom = _ADDRESSEE.match(right)
            return self._made(at + whom.end() if whom else at, stop, "infinitive", source) if bound else []
        told = source and (_object(masked, self.cue, right) if kind == "say" else _WORDS_FOLLOW.match(right))
        return self._made(at, stop, "object", source) if told else []


_WORDS_FOLLOW = re.compile(r"\s(?!и\s|также\s)[а-яёА-ЯЁ«]")
_STRESSING = (
    "подчерк",
    "подчёрк",
    "отмет",
    "отмеч",
    "подтверд",
    "подтвержд",
    "напомн",
    "акцент",
    "обрати",
    "обраща",
    "обозначи",
    "указ",
    "констат",
)
_ITS_OBJECT = re.compile(r"\s(?!в\s|по\s|и\s|журналист)[а-яё«]")
_JOINS = re.compile(r"(?:,\s(?:а\s)?(?:также\s|и\s|при этом\s)?|\sи\s(?:также\s)?|\sа\sтакже\s|;\s)$")
_DASHED = re.compile(rf",?\s{DASH}\s$")
_REPORTS = re.compile(r"[^.:;«»]{0,90}?(?:,\sчто\s|:|,?\sо\s)")


# "…, а её напарник Брам Дойл предложил": somebody else goes on
_OTHER = re.compile(r",\s(?:а|но|однако|тогда\sкак)\s(?:[а-яё-]+\s){0,4}[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?\s$")
# ", и поблагодарил": the comma closes what was said, the verb goes back to who said it
_BACK = re.compile(r",\sи\s(?:также\s|ещё\s|при\sэтом\s)?(?:[а-яё]+(?:ил|ила|или|ал|ала|али)(?:ся|ась|ись)?)\s")


def _after_source(begin: int, source: Span, cue: Span) -> int:
    return max(begin, source[1]) if source[0] >= cue[1] else begin


def _object(masked: str, cue: Span, right: str) -> bool:
    """ "подчеркнул важность …": a verb of stress with its object, not "выступил на заседании"."""
    verb = masked[cue[0] : cue[1]].lower()
    return (
        verb.startswith(_STRESSING)
        and _ITS_OBJECT.match(right) is not None
        and (verb.startswith(("обра", "акцент", "указ")) or not right.startswith(" на "))
    )


def _content_end(masked: str, cue: Span, later: list[re.Match[str]], end: int) -> int:
    """Before a gerund that reports on (", подчеркнув, что"), a coordinated cue, or ", — добавил он"."""
    for match in later:
        gap = masked[cue[1] : match.start()]
        if len(gap) < 10:
            continue
        other = _OTHER.search(gap) if len(gap) > 20 else None
        if other and other.start() > 8:
            return cue[1] + other.start()
        lead = _JOINS.search(gap)
        dash = _DASHED.search(gap)
        reports = _REPORTS.match(masked, match.end(), end) or match.group().endswith("в")
        if dash:
            return cue[1] + dash.start()
        if lead and (reports or str(match.lastgroup) in {"ask", "nominal", "stress", "agree"}):
            return cue[1] + lead.start()
    back = _BACK.search(masked, cue[1] + 10, end) if ", и " in masked[cue[1] + 10 : end] else None
    return back.start() if back else end
