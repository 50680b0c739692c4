"""Contents that stand before or around their cue: «…», — сказал S; …, сообщил S; …, как отметил S; по словам S; Об этом заявил S."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from comity.press.attribution import Attribution, clean
from comity.press.model import Span
from comity.press.readers.russian.lexicon import role_pattern, table
from comity.press.readers.russian.masking import DASH
from comity.press.readers.russian.subjects import cut_source
from comity.press.segment import Layout, trim

ABOUT = re.compile(r"\s(?:о|об|обо|про)\s")


_MARK = re.compile(rf"(?:[,?!»…\"”x]\s?{DASH}\s|[,]\s|»,?\s(?:{DASH}\s)?)(?P<between>(?:[а-яёА-ЯЁ-]+\s){{0,4}})$")
_SAYS_AHEAD = re.compile(r"[^.«»]{0,120}?,\sчто\s|\s?:")
_TO_WHOM = (
    r"(?:(?:(?:нашему|нашей)\s)?(?:корреспонденту|журналистам|репорт[её]рам|агентству|газете|телеканалу|изданию|порталу)"
    r"(?:\s«[^»]{2,40}»)?\s(?=[А-ЯЁ]))?"
)
_NAMED = re.compile(
    rf"\s{_TO_WHOM}(?P<np>(?:[А-ЯЁ]\.\s?){{0,2}}[^.;:«»—–]{{2,170}}?)(?=$|[.;:«»]|\s[—–]\s|,\s(?:который|которая|добавив|отметив|подчеркнув"
    r"|комментируя|передаёт|передает|выступая|отвечая|сообщает|слова))"
)
_ASIDE_WORDS = re.compile(r"(?:также|при этом|ранее|в|свою|очередь|так|затем|тут|же|потом|тогда|сразу|позже|коротко|\s)+")
# "…, подчеркнула Анна Хольм, …": the cue stands inside what is said
_INSERTED = re.compile(
    rf"\s(?P<np>(?:[а-яё-]+\s){{0,6}}?(?:[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+){{0,2}}|он|она|они)),\s(?!котор|слова|а\sтакже|{role_pattern()})"
    r"(?![а-яё-]+(?:в|вши|вшись|ая|ясь|уя|яя|ив|ив)[\s,])[а-яё]"
)


def tail(layout: Layout, masked: str, start: int, end: int, cue: Span, kind: str) -> Attribution | None:
    """``«…», — сказал S``, ``…, сообщил S``, ``…, — S подчеркнул``, ``…, сообщил S, …``: the content stands before or around."""
    if kind not in {"say", "think"}:
        return None
    left = masked[start : cue[0]]
    right = masked[cue[1] : end]
    mark = _MARK.search(left)
    if mark is None or not left[: mark.start()].strip(" «—–-"):
        return None
    dashed = re.search(DASH, mark.group()) is not None
    if _SAYS_AHEAD.match(right) or (masked[cue[0] : cue[1]].endswith("в") and not dashed):
        return None
    between = mark["between"].strip()
    if (between and not dashed) or (not dashed and ABOUT.match(right)):
        return None
    inserted = _INSERTED.match(right) if not dashed and "»" not in mark.group() else None
    if inserted:
        who = (cue[1] + inserted.start("np"), cue[1] + inserted.end("np"))
        return _ended(layout, clean(layout.text, start, end), cue, who, kind)
    name = _NAMED.match(right)
    source = _tail_source(masked, start + mark.start("between"), cue, name, between)
    if source is None or (not dashed and len(left[: mark.start()].split()) < 4):
        return None
    content = clean(layout.text, start, start + mark.start() + 1)
    quote = next((q for q in layout.quotations if content[0] < q.outer[0] and q.inner[1] >= content[1] - 1 > q.inner[0]), None)
    if quote is not None and layout.text[: quote.outer[0]].rstrip().endswith(":"):
        content = clean(layout.text, *quote.inner)  # "Министр не уходит: «…», — написал он"
    return _ended(layout, content, cue, source, kind)


def _tail_source(masked: str, between_at: int, cue: Span, name: re.Match[str] | None, between: str) -> Span | None:
    """Who speaks in a tail: the words between dash and cue, else those behind the cue."""
    if between and not _ASIDE_WORDS.fullmatch(between):
        return trim(masked, between_at, cue[0])
    return cut_source(masked, cue[1] + name.start("np"), cue[1] + name.end()) if name else None


def _ended(layout: Layout, content: Span, cue: Span, source: Span, kind: str) -> Attribution | None:
    lemma = layout.text[slice(*cue)].lower()
    return Attribution(content, cue, source, lemma, kind, "tail", tail=True) if content[1] - content[0] > 3 else None


# "источник, пожелавший остаться неназванным,": what is told of the source stands between commas
_PARTICIPLE = (
    r"(?:(?!(?:что|как)\b)[а-яё]+(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ие|его|ей|их)(?:ся)?|который|которая|которые|на условиях)\s[^,]{2,80},"
)


_AS = re.compile(r"[Кк]ак\s(?:\w+\s){0,2}$")
_CONTENT_COMMA = re.compile(rf",\s(?!{role_pattern()}[^,]{{0,80}},|{_PARTICIPLE})")
_TOLD_OF = re.compile(rf",\s{_PARTICIPLE}")
_IN_PAPER = re.compile(r"\s(?P<paper>во?\s[^,.;]{3,90})(?=[,.;])")
_STOP = re.compile(r"[,.;]")


def _goes_on(masked: str, stop: re.Match[str] | None, start: int, cue: int, end: int) -> bool:
    """Whether the content goes on behind a cue that was set into it: "План, как считает Хольм, выполнен"."""
    return stop is not None and stop.group() == "," and len(masked[stop.end() : end].split()) >= 1 and " — " not in masked[start:cue]


_CAPITAL = re.compile(r"[А-ЯЁ]")
_FULL_NAME = re.compile(r"[А-ЯЁ][а-яё-]+\s[А-ЯЁ][а-яё]+$|[А-ЯЁ][а-яё]+$")


def as_noted(layout: Layout, masked: str, start: int, end: int, cue: Span, kind: str) -> list[Attribution]:
    """``Как отметил S, CONTENT`` and ``CONTENT, как отметил S``."""
    if kind not in {"say", "think"}:
        return []
    text = layout.text
    lead = _AS.search(masked[start : cue[0]])
    if lead is None:
        return []
    opens = not masked[start : start + lead.start()].strip(" «»")
    comma = _CONTENT_COMMA.search(masked[cue[1] : end])
    aside = _TOLD_OF.search(masked[cue[1] : cue[1] + comma.start()]) if comma else None
    paper = _IN_PAPER.match(masked, cue[1], end)
    told = cue[1] + aside.start() if aside else None
    if opens:
        if comma is None:
            return []
        at = cue[1] + comma.start()
        source = paper.span("paper") if paper else cut_source(masked, cue[1], told or at)
        if source[0] >= source[1] or re.fullmatch(r"\s*(?:в|на).*", masked[source[0] : source[1]]):
            inside = trim(masked, start + lead.start() + 3, cue[0])
            source = inside if inside[1] > inside[0] else source
        if source[1] < (told or at) and not _CAPITAL.search(masked, *source) and _FULL_NAME.search(masked[source[1] : told or at]):
            source = (source[0], told or at)  # "Как заявил накануне в эфире телеканала глава комитета Иво Ларсен"
        content = clean(text, at + 1, end)
    else:
        stop = _STOP.search(masked, cue[1], end)
        source = paper.span("paper") if paper else cut_source(masked, cue[1], stop.start() if stop else end)
        content = clean(text, start, end if _goes_on(masked, stop, start, cue[0], end) else start + lead.start())
    if content[1] - content[0] <= 3:
        return []
    return [Attribution(content, cue, source, text[cue[0] : cue[1]].lower(), kind, "according", tail=not opens)]


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{'|'.join(sorted(table()['words']['according'], key=len, reverse=True))})(?![\w])", re.IGNORECASE)


_OWN = re.compile(r"(?:его|её|ее|их)")
_CONNECTIVE = re.compile(r"^(?:При этом|Кроме того|В свою очередь|И|Но|А),?\s")
_APPOSITION = re.compile(r"[^,]{2,80},\s(?:[а-яё-]+\s){1,9}[^,]{0,60},\s")
_HOLDER = re.compile(r",\s(?:председател|глав|член|депутат|спикер|заместител|профессор|эксперт|директор)")


def according(layout: Layout, masked: str) -> list[Attribution]:
    """``По словам S, CONTENT``, ``CONTENT, по словам S`` and ``CONTENT, по словам S, CONTENT``."""
    found = []
    for match in _phrases().finditer(masked):
        sentence = next((s for s in layout.sentences_within(*match.span()) if s.span[0] <= match.start()), None)
        if sentence is None or match.end() > sentence.span[1]:
            continue
        start, end = sentence.span
        cue, rest = match.span(), masked[match.end() : end]
        own = _OWN.search(match.group().lower())
        opens = not _CONNECTIVE.sub("", masked[start : cue[0]]).strip(" «»—–")
        comma = re.search(r",\s", rest)
        if opens and comma:
            apposition = _APPOSITION.match(rest) if not own and _HOLDER.match(rest, comma.start()) else None
            at = apposition.end() - 2 if apposition else comma.start()
            source = cue if own else trim(masked, cue[1], cue[1] + at)
            content = clean(layout.text, cue[1] + at + 2, end)
        elif not opens and masked[start : cue[0]].rstrip().endswith((",", "—", "–")):
            stop = _STOP.search(masked, cue[1], end)
            source = cue if own else trim(masked, cue[1], stop.start() if stop else end)
            content = clean(layout.text, start, end if _goes_on(masked, stop, start, cue[0], end) else cue[0])
        else:
            continue
        if content[1] - content[0] > 3:
            found.append(Attribution(content, cue, source, match.group().lower(), "according", "according", tail=not opens))
    return found


_ABOUT_THIS = re.compile(
    r"Об\sэтом\s(?P<rest>[^.]{0,160}?)(?P<cue>заяви\w+|сообщи\w+|сообща\w+|говорится|рассказа\w+|объяви\w+|пиш[еу]т\w*|переда[её]т|написа\w+|сказа\w+)(?![а-яё])(?P<who>[^.]*)"
)


def about_this(layout: Layout, masked: str, found: list[Attribution]) -> list[Attribution]:
    """``CONTENT. Об этом заявил S``: the sentence before is what was said."""
    out = []
    for before, sentence in pairwise(layout.sentences):
        match = _ABOUT_THIS.match(masked, *sentence.span)
        if match is None or any(
            a.content[0] < before.span[1] and before.span[0] < a.content[1] and a.kind not in {"agree", "pledge"} for a in found
        ):
            continue
        who = trim(masked, *match.span("who"))
        if not masked[slice(*who)] or re.match(r"(?:в|на|ТАСС|РИА|журналистам)\s", masked[slice(*who)]):
            who = trim(masked, *match.span("rest")) if match["rest"].strip() else who
        cut = cut_source(masked, *who) if who[1] > who[0] else who
        content = clean(layout.text, *_after_dateline(layout.text, *before.span))
        if cut[1] > cut[0] and content[1] - content[0] > 10:
            out.append(Attribution(content, match.span("cue"), cut, match["cue"].lower(), "say", "tail", tail=True))
    return out


def _after_dateline(text: str, start: int, end: int) -> Span:
    head = re.match(
        r"[А-ЯЁ][А-ЯЁа-яё -]{2,30},\s\d{1,2}\s[а-я]{3,8}\.?\s*(?:[/—–-][^/]{0,30}[/—–-]\.?|\([^)]{2,30}\)\.?)?\s*", text[start:end]
    )
    return (start + head.end() if head else start), end
