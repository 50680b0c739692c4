"""Contents that stand before or around their cue: «…», — сказал S; …, сообщил S; …, как отметил S; по словам S; Об этом заявил S."""

from __future__ import annotations

import re
from itertools import pairwise

from comity.press.attribution import Attribution, clean
from comity.press.model import Span
from comity.press.readers.russian.lexicon import role_pattern, table
from comity.press.readers.russian.masking import DASH
from comity.press.readers.russian.subjects import cut_source
from comity.press.segment import Layout, trim

ABOUT = re.compile(r"\s(?:о|об|обо|про)\s")


def tail(layout: Layout, masked: str, start: int, end: int, cue: Span, kind: str) -> Attribution | None:
    """``«…», — сказал S``, ``…, сообщил S``, ``…, — S подчеркнул``: the content stands before."""
    if kind not in {"say", "think"}:
        return None
    left = masked[start : cue[0]]
    right = masked[cue[1] : end]
    mark = re.search(rf"(?:[,?!»…\"”x]\s?{DASH}\s|[,]\s|»,?\s(?:{DASH}\s)?)(?P<between>(?:[а-яёА-ЯЁ-]+\s){{0,4}})$", left)
    if mark is None or not left[: mark.start()].strip(" «—–-"):
        return None
    dashed = re.search(DASH, mark.group()) is not None
    if re.match(r"[^.«»]{0,120}?,\sчто\s|\s?:", right) or (masked[cue[0] : cue[1]].endswith("в") and not dashed):
        return None
    between = mark["between"].strip()
    if (between and not dashed) or (not dashed and ABOUT.match(right)):
        return None
    name = re.match(
        (
            r"\s(?P<np>(?:[А-ЯЁ]\.\s?){0,2}[^.;:«»—–]{2,170}?)(?=$|[.;:«»]|\s[—–]\s|,\s(?:который|которая|добавив|отметив|подчеркнув"
            r"|комментируя|передаёт|передает|выступая|отвечая|сообщает|слова))"
        ),
        right,
    )
    if name is None and not between:
        return None
    source: Span | None
    if between and not re.fullmatch(r"(?:также|при этом|ранее|в|свою|очередь|\s)+", between):
        at = start + mark.start("between")
        source = trim(masked, at, cue[0])
    else:
        source = cut_source(masked, cue[1] + 1, cue[1] + name.end()) if name else None
    if source is None:
        return None
    if not dashed and len(left[: mark.start()].split()) < 4:
        return None
    content = clean(layout.text, start, start + mark.start() + 1)
    quote = next((q for q in layout.quotations if content[0] < q.outer[0] and q.inner[1] >= content[1] - 1 > q.inner[0]), None)
    if quote is not None and layout.text[: quote.outer[0]].rstrip().endswith(":"):
        content = clean(layout.text, *quote.inner)  # "Министр не уходит: «…», — написал он"
    return (
        Attribution(content, cue, source, layout.text[cue[0] : cue[1]].lower(), kind, "tail", tail=True)
        if content[1] - content[0] > 3
        else None
    )


# "источник, пожелавший остаться неназванным,": what is told of the source stands between commas
_PARTICIPLE = (
    r"(?:(?!(?:что|как)\b)[а-яё]+(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ие|его|ей|их)(?:ся)?|который|которая|которые|на условиях)\s[^,]{2,80},"
)


def as_noted(layout: Layout, masked: str, start: int, end: int, cue: Span, kind: str) -> list[Attribution]:
    """``Как отметил S, CONTENT`` and ``CONTENT, как отметил S``."""
    if kind not in {"say", "think"}:
        return []
    text = layout.text
    lead = re.search(r"[Кк]ак\s(?:\w+\s){0,2}$", masked[start : cue[0]])
    if lead is None:
        return []
    opens = not masked[start : start + lead.start()].strip(" «»")
    comma = re.search(rf",\s(?!{role_pattern()}[^,]{{0,80}},|{_PARTICIPLE})", masked[cue[1] : end])
    aside = re.search(rf",\s{_PARTICIPLE}", masked[cue[1] : cue[1] + comma.start()]) if comma else None
    told = cue[1] + aside.start() if aside else None
    if opens:
        if comma is None:
            return []
        at = cue[1] + comma.start()
        source = cut_source(masked, cue[1], told or at)
        if source[0] >= source[1] or re.fullmatch(r"\s*(?:в|на).*", masked[source[0] : source[1]]):
            inside = trim(masked, start + lead.start() + 3, cue[0])
            source = inside if inside[1] > inside[0] else source
        content = clean(text, at + 1, end)
    else:
        stop = re.search(r"[,.;]", masked[cue[1] : end])
        source = cut_source(masked, cue[1], cue[1] + stop.start() if stop else end)
        content = clean(text, start, start + lead.start())
    if content[1] - content[0] <= 3:
        return []
    return [Attribution(content, cue, source, text[cue[0] : cue[1]].lower(), kind, "according", tail=not opens)]


def according(layout: Layout, masked: str) -> list[Attribution]:
    found = []
    phrases = "|".join(sorted(table()["words"]["according"], key=len, reverse=True))
    for sentence in layout.sentences:
        start, end = sentence.span
        for match in re.finditer(rf"(?<![\w])(?:{phrases})(?![\w])", masked[start:end], re.IGNORECASE):
            cue = (start + match.start(), start + match.end())
            own = re.search(r"(?:его|её|ее|их)", match.group().lower())
            opens = not re.sub(r"^(?:При этом|Кроме того|В свою очередь|И|Но|А),?\s", "", masked[start : cue[0]]).strip(" «»—–")
            rest = masked[cue[1] : end]
            comma = re.search(r",\s", rest)
            if opens and comma:
                if (
                    not own
                    and (apposition := re.match(r"[^,]{2,80},\s(?:[а-яё-]+\s){1,9}[^,]{0,60},\s", rest))
                    and re.match(
                        r",\s(?:председател|глав|член|депутат|спикер|заместител|профессор|эксперт|директор)", rest[comma.start() :]
                    )
                ):
                    comma = re.search(r",\s$", apposition.group())
                    if comma is None:
                        continue
                source = (cue[0], cue[1]) if own else trim(masked, cue[1], cue[1] + comma.start())
                content = clean(layout.text, cue[1] + comma.end(), end)
            elif not opens and masked[start : cue[0]].rstrip().endswith((",", "—", "–")):
                stop = re.search(r"[,.;]", rest)
                source = (cue[0], cue[1]) if own else trim(masked, cue[1], cue[1] + (stop.start() if stop else len(rest)))
                goes_on = (
                    stop is not None
                    and stop.group() == ","
                    and len(rest[stop.end() :].split()) >= 2
                    and " — " not in masked[start : cue[0]]
                )
                content = clean(layout.text, start, end if goes_on else cue[0])
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
