"""What is reported as said in a Russian text, by surface rules: ", что", a colon, quotation marks, dashes, "по словам", "как отметил"."""

from __future__ import annotations

import re
from itertools import pairwise

from comity.press.attribution import Attribution, clean, drop_overlapping, signed_and_tagged
from comity.press.model import Span
from comity.press.quotes import Quotation
from comity.press.readers.russian.lexicon import cue_pattern, role_pattern, table
from comity.press.readers.russian.speech import extend
from comity.press.segment import Layout, trim

_DASH = r"[—–-]"
_INFINITIVE = re.compile(r"\s(?:[а-яё-]+\s){0,6}?[а-яё-]+(?:ть|ться|ти|тись|чь)(?![а-яё])")
_THAT = re.compile(r"(?P<gap>[^.:;«»]{0,160}?)(?:,?\s(?:о|в|на)\sтом)?,\s(?:что|чтобы|как|насколько|почему|зачем|когда|где|кто)\s")
_QUOTE = re.compile(rf"(?P<gap>[^.:;«»“”]{{0,110}}?):\s?(?:{_DASH}\s)?(?=[«“\"„А-ЯЁ])")
_ABOUT = re.compile(r"\s(?:о|об|обо|про)\s")
_CLAUSE_START = re.compile(r"(?:^|[,;:«»]\s?|\s[—–-]\s|\s(?:и|а|но)\s(?=[а-яё]*$))")


def mask(layout: Layout) -> str:
    """The text with the inner part of every quotation blotted out (only letters, so that lengths and stops stay)."""
    chars = list(layout.text)
    for q in layout.quotations:
        if q.closed and not _is_title(layout.text, q):
            for i in range(*q.inner):
                if not chars[i].isspace():
                    chars[i] = "x"
    return _ASIDE.sub(lambda m: " " * len(m.group()), "".join(chars))


_ASIDE = re.compile(
    r",\s(?:со\sсвоей\sстороны|в\sсвою\sочередь|при\sэтом|в\sчастности|кроме\sтого|вместе\sс\sтем|в\sто\sже\sвремя|тем\sвременем|впрочем"
    r"|однако|в\sцелом|прежде\sвсего|между\sтем|помимо\sэтого),(?=\s)",
    re.IGNORECASE,
)


def _is_title(text: str, q: Quotation) -> bool:
    """A name in quotation marks: «Берег», Институт «Гавань»."""
    words = text[slice(*q.inner)].split()
    return (
        len(words) <= 3
        and bool(words)
        and words[0][0].isupper()
        and words[-1][-1].isalpha()
        and re.search(r"[а-яё]\s$", text[max(0, q.outer[0] - 2) : q.outer[0]]) is not None
    )


def _cut_quotations(layout: Layout) -> Layout:
    """Russian puts the cue inside the marks: «A, — сказал он. — B» becomes two quotations."""
    cut: list[Quotation] = []
    for q in layout.quotations:
        at = q.inner[0]
        for match in re.finditer(rf"[,!?…]\s?{_DASH}\s(?P<mid>[^«»]{{3,110}}?)[.,]\s{_DASH}\s", layout.text[slice(*q.inner)]):
            start, end = q.inner[0] + match.start(), q.inner[0] + match.end()
            if cue_pattern().search(match["mid"]):
                cut.append(Quotation((at, start), (at, start), True))
                at = end
        cut.append(q if at == q.inner[0] else Quotation((at, q.inner[1]), (at, q.inner[1]), True))
    return Layout(layout.text, layout.paragraphs, layout.sentences, cut)


def find_statements(layout: Layout) -> list[Attribution]:
    """All attributions of a Russian text, quotations and continued speech included."""
    layout = _cut_quotations(layout)
    masked = mask(layout)
    found: list[Attribution] = []
    for sentence in layout.sentences:
        found.extend(_in_sentence(layout, masked, *sentence.span))
    found.extend(_according(layout, masked))
    found.extend(_about_this(layout, masked, found))
    found.extend(signed_and_tagged(layout, found))
    return drop_overlapping(extend(layout, found))


_ABOUT_THIS = re.compile(
    r"Об\sэтом\s(?P<rest>[^.]{0,160}?)(?P<cue>заяви\w+|сообщи\w+|сообща\w+|говорится|рассказа\w+|объяви\w+|пиш[еу]т\w*|переда[её]т|написа\w+|сказа\w+)(?![а-яё])(?P<who>[^.]*)"
)


def _about_this(layout: Layout, masked: str, found: list[Attribution]) -> list[Attribution]:
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
        cut = _cut_source(masked, *who) if who[1] > who[0] else who
        content = clean(layout.text, *_after_dateline(layout.text, *before.span))
        if cut[1] > cut[0] and content[1] - content[0] > 10:
            out.append(Attribution(content, match.span("cue"), cut, match["cue"].lower(), "say", "tail", tail=True))
    return out


def _after_dateline(text: str, start: int, end: int) -> Span:
    head = re.match(
        r"[А-ЯЁ][А-ЯЁа-яё -]{2,30},\s\d{1,2}\s[а-я]{3,8}\.?\s*(?:[/—–-][^/]{0,30}[/—–-]\.?|\([^)]{2,30}\)\.?)?\s*", text[start:end]
    )
    return (start + head.end() if head else start), end


def _kind(match: re.Match[str]) -> str:
    return str(match.lastgroup)


def _in_sentence(layout: Layout, masked: str, start: int, end: int) -> list[Attribution]:  # noqa: C901
    text = layout.text
    cues = list(cue_pattern().finditer(masked, start, end))
    if len(cues) > 25:
        return []  # a list or a table of words, not a sentence
    found: list[Attribution] = []
    for number, match in enumerate(cues):
        kind, cue = _kind(match), match.span()
        if re.search(r"\b[Тт]о,\sчто\s[^,.]*$", masked[start : cue[0]]):
            continue  # "то, что X называет …": the words of another, kept at a distance
        following = [m for m in cues[number + 1 :]]
        stop = _content_end(masked, cue, following, end)
        if re.search(r"(?:^|[\s,])[Кк]ак\s(?:\w+\s){0,2}$", masked[start : cue[0]]):
            found.extend(_as_noted(layout, masked, start, end, cue, kind))
            continue
        tail = _tail(layout, masked, start, end, cue, kind)
        if tail is not None:
            found.append(tail)
            continue
        source_left = _left(masked, start, cue[0], found)
        if re.search(r",\sв\sкотор\w+\s(?:\w+\s)?$", masked[start : cue[0]]):
            source_left = _opening_sides(masked, start)
        right = masked[cue[1] : end]

        def made(at: int, to: int, rule: str, source: Span | None, kind: str = kind, cue: Span = cue) -> list[Attribution]:
            content = clean(text, at, to)
            return [Attribution(content, cue, source, text[cue[0] : cue[1]].lower(), kind, rule)] if content[1] - content[0] > 3 else []

        if kind in {"say", "think", "nominal", "pledge", "agree", "ask", "stress"}:
            that = _THAT.match(right)
            if that and not (kind in {"ask", "pledge"} and _INFINITIVE.match(that["gap"])):
                source = source_left or _inside_gap(masked, cue[1], cue[1] + len(that["gap"]))
                got = made(cue[1] + that.end(), stop, "that", source)
                if got:
                    found.extend(got)
                    continue
            quote = _QUOTE.match(right) or re.match(r"(?P<gap>):\s(?=[а-яё])", right)
            if quote and kind in {"say", "think", "nominal"} and not any(m.start() < cue[1] + quote.end() for m in following):
                source = source_left or _inside_gap(masked, cue[1], cue[1] + len(quote["gap"]))
                found.extend(made(cue[1] + quote.end(), end, "quote" if text[cue[1] + quote.end()] in '«“"„' else "colon", source))
                continue
        if source_left is None and kind not in {"ask", "agree", "nominal"}:
            source_left = _inverted(masked, cue[1], end) if kind == "stress" else None
        if kind == "nominal" or (kind == "say" and _ABOUT.match(right)):
            readiness = re.match(
                (
                    rf"\s(?:(?:сво[юе]\w?|полную|общую"
                    rf"|взаимную)\s)?(?:о\s)?(?P<noun>{'|'.join(table()['words']['nominal'])}|готовности|намерении"
                    rf"|необходимости|важности)(?P<rest>\s[А-ЯЁа-яё«])"
                ),
                right,
            )
            if kind == "think":
                pass
            elif readiness and not re.search(r"благодарност|признательност|сожалени|поддержк|удовлетворени", readiness["noun"]):
                found.extend(made(cue[1] + readiness.start("rest"), stop, "nominal", source_left))
            elif kind == "say" and source_left:
                found.extend(made(cue[1], stop, "object", source_left))
        elif (
            kind == "think"
            and source_left
            and (needed := re.match(r"\s(?:необходимым|важным|целесообразным|нужным|возможным|необходимой|важной)\s", right))
        ):
            found.extend(made(cue[1] + needed.end(), stop, "ask", source_left, "ask"))
        elif kind == "ask":
            source = source_left or _inverted(masked, cue[1], end)
            begin = cue[1]
            if match.group().endswith(" за"):
                found.extend(made(begin, stop, "ask", source))
            elif source and right.strip(" .,"):
                found.extend(made(_after_source(begin, source, cue), stop, "ask", source))
        elif kind in {"agree", "pledge"} and source_left:
            if _INFINITIVE.match(right) or re.match(r"\s(?:о|об|на)\s", right):
                found.extend(made(cue[1], stop, "infinitive", source_left))
        elif (kind == "say" and source_left and _object(masked, cue, right)) or (
            kind == "stress" and source_left and re.match(r"\s[а-яёА-ЯЁ«]", right)
        ):
            found.extend(made(cue[1], stop, "object", source_left))
    return found


def _opening_sides(masked: str, start: int) -> Span | None:
    """ "Участники приняли рекомендацию, в которой призвали …": those who open the sentence."""
    match = re.match(
        "(?:" + "|".join(sorted(table()["words"]["sides"], key=len, reverse=True)) + r")(?![а-яё])",
        masked[start : start + 60],
        re.IGNORECASE,
    )
    return (start, start + match.end()) if match else None


def _after_source(begin: int, source: Span, cue: Span) -> int:
    return max(begin, source[1]) if source[0] >= cue[1] else begin


def _object(masked: str, cue: Span, right: str) -> bool:
    """ "подчеркнул важность …": a verb of stress with its object, not "выступил на заседании"."""
    verb = masked[cue[0] : cue[1]].lower()
    return (
        verb.startswith(
            (
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
        )
        and re.match(r"\s(?!в\s|по\s|и\s|журналист)[а-яё«]", right) is not None
        and (verb.startswith(("обра", "акцент", "указ")) or not right.startswith(" на "))
    )


def _content_end(masked: str, cue: Span, later: list[re.Match[str]], end: int) -> int:
    """Before a gerund that reports on (", подчеркнув, что"), a coordinated cue, or ", — добавил он"."""
    for match in later:
        gap = masked[cue[1] : match.start()]
        if len(gap) < 10:
            continue
        lead = re.search(r"(?:,\s(?:а\s)?(?:также\s|и\s|при этом\s)?|\sи\s(?:также\s)?|\sа\sтакже\s|;\s)$", gap)
        dash = re.search(rf",?\s{_DASH}\s$", gap)
        reports = re.match(r"[^.:;«»]{0,90}?(?:,\sчто\s|:|,?\sо\s)", masked[match.end() : end]) or match.group().endswith("в")
        if dash:
            return cue[1] + dash.start()
        if lead and (reports or str(match.lastgroup) in {"ask", "nominal", "stress", "agree"}):
            return cue[1] + lead.start()
    return end


def _left(masked: str, start: int, cue: int, before: list[Attribution]) -> Span | None:
    """The subject left of a cue, or the source of the cue before if this one is coordinated with it."""
    left = masked[start:cue]
    core = re.sub(
        (
            r"(?:\s?(?:также|ещё|еще|при этом|в свою очередь|затем|отдельно|особо|вместе с тем|далее|не|же"
            r"|особенно|уже|ранее|сегодня|[а-яё]+но))*\s*$"
        ),
        "",
        left,
    )
    if before and re.search(r"(?:,|\sи|\sа также|;)\s*$", left.rstrip() + (" " if left.endswith(" ") else "")):
        return before[-1].source
    if before and re.search(r"(?:,\s(?:и|а)|\sи|\sа)\s*(?:также|при этом)?\s*$", left):
        return before[-1].source
    if not core.strip():
        return None
    if core.rstrip().endswith(","):
        comma = len(core.rstrip()) - 1
        first = core.rfind(",", 0, comma)
        if first > 0 and comma - first < 150:
            head = _phrase(masked, start, start + first)
            return (head[0], start + comma) if head else None
        # "В ходе встречи, отметил …": nothing that can be a subject
        return None
    return _phrase(masked, start, start + len(core.rstrip()))


def _phrase(masked: str, start: int, end: int) -> Span | None:
    piece = masked[start:end]
    cuts = [
        m.end()
        for m in re.finditer(r"[,;:]\s?|\s[—–]\s|\s(?:но|однако|где|который|которая|которые|что|пока)\s", piece)
        if m.end() < len(piece)
    ]
    at = start + (cuts[-1] if cuts else 0)
    span = trim(masked, at, end)
    words = masked[span[0] : span[1]]
    if not words or len(words.split()) > 24:
        return None
    return span if re.search(r"[А-ЯЁа-яёA-Z]", words) else None


def _inside_gap(masked: str, start: int, end: int) -> Span | None:
    """The subject between a cue and its content: "заявил спикер Госдумы Вячеслав Володин, что"."""
    span = trim(masked, start, end, ",")
    words = masked[span[0] : span[1]]
    return span if words and not re.match(r"(?:в|на|во|о|об|по|журналистам|ТАСС)\s", words + " ") else None


def _inverted(masked: str, start: int, end: int) -> Span | None:
    match = re.match(r"\s(?P<np>(?:[А-ЯЁа-яё«»\"-]+\s){0,9}?(?:[А-ЯЁ][а-яё-]+\s[А-ЯЁ][а-яё-]+|он|она|они)(?![а-яё]))", masked[start:end])
    return (start + match.start("np"), start + match.end("np")) if match else None


def _tail(layout: Layout, masked: str, start: int, end: int, cue: Span, kind: str) -> Attribution | None:
    """``«…», — сказал S``, ``…, сообщил S``, ``…, — S подчеркнул``: the content stands before."""
    if kind not in {"say", "think"}:
        return None
    left = masked[start : cue[0]]
    right = masked[cue[1] : end]
    mark = re.search(rf"(?:[,?!»…\"”x]\s?{_DASH}\s|[,]\s|»,?\s(?:{_DASH}\s)?)(?P<between>(?:[а-яёА-ЯЁ-]+\s){{0,4}})$", left)
    if mark is None or not left[: mark.start()].strip(" «—–-"):
        return None
    dashed = re.search(_DASH, mark.group()) is not None
    if re.match(r"[^.«»]{0,120}?,\sчто\s|\s?:", right) or (masked[cue[0] : cue[1]].endswith("в") and not dashed):
        return None
    between = mark["between"].strip()
    if (between and not dashed) or (not dashed and _ABOUT.match(right)):
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
        source = _cut_source(masked, cue[1] + 1, cue[1] + name.end()) if name else None
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


def _cut_source(masked: str, start: int, end: int) -> Span:
    """Cut what is no part of the name: "на встрече", "журналистам", "в понедельник"."""
    piece = masked[start:end]
    stop = re.search(
        r"\s(?:в|во|на|по итогам|после|журналистам|накануне|во время|перед|через|сегодня|вчера|ТАСС|РИА|Интерфаксу)(?=\s|$)(?!\sСовете)",
        piece,
    )
    return trim(masked, start, start + stop.start() if stop else end, ",")


# "источник, пожелавший остаться неназванным,": what is told of the source stands between commas
_PARTICIPLE = (
    r"(?:(?!(?:что|как)\b)[а-яё]+(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ие|его|ей|их)(?:ся)?|который|которая|которые|на условиях)\s[^,]{2,80},"
)


def _as_noted(layout: Layout, masked: str, start: int, end: int, cue: Span, kind: str) -> list[Attribution]:
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
        source = _cut_source(masked, cue[1], told or at)
        if source[0] >= source[1] or re.fullmatch(r"\s*(?:в|на).*", masked[source[0] : source[1]]):
            inside = trim(masked, start + lead.start() + 3, cue[0])
            source = inside if inside[1] > inside[0] else source
        content = clean(text, at + 1, end)
    else:
        stop = re.search(r"[,.;]", masked[cue[1] : end])
        source = _cut_source(masked, cue[1], cue[1] + stop.start() if stop else end)
        content = clean(text, start, start + lead.start())
    if content[1] - content[0] <= 3:
        return []
    return [Attribution(content, cue, source, text[cue[0] : cue[1]].lower(), kind, "according", tail=not opens)]


def _according(layout: Layout, masked: str) -> list[Attribution]:
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
