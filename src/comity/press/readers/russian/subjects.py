"""Where the source stands around a cue: left of it, in the gap before the content, behind the cue, or told by "его"."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from comity.press.attribution import Attribution, above_items
from comity.press.model import Span
from comity.press.readers.russian.lexicon import cue_pattern, table
from comity.press.segment import Layout, trim


def opening_sides(masked: str, start: int) -> Span | None:
    """ "Участники приняли рекомендацию, в которой призвали …": those who open the sentence."""
    match = re.match(
        "(?:" + "|".join(sorted(table()["words"]["sides"], key=len, reverse=True)) + r")(?![а-яё])",
        masked[start : start + 60],
        re.IGNORECASE,
    )
    return (start, start + match.end()) if match else None


def left(masked: str, start: int, cue: int, before: list[Attribution]) -> Span | None:
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


def inside_gap(masked: str, start: int, end: int) -> Span | None:
    """The subject between a cue and its content: "заявил спикер Госдумы Вячеслав Володин, что"."""
    span = trim(masked, start, end, ",")
    words = masked[span[0] : span[1]]
    return span if words and not re.match(r"(?:в|на|во|о|об|по|журналистам|ТАСС)\s", words + " ") else None


def inverted(masked: str, start: int, end: int) -> Span | None:
    match = re.match(r"\s(?P<np>(?:[А-ЯЁа-яё«»\"-]+\s){0,9}?(?:[А-ЯЁ][а-яё-]+\s[А-ЯЁ][а-яё-]+|он|она|они)(?![а-яё]))", masked[start:end])
    return (start + match.start("np"), start + match.end("np")) if match else None


def cut_source(masked: str, start: int, end: int) -> Span:
    """Cut what is no part of the name: "на встрече", "журналистам", "в понедельник"."""
    piece = masked[start:end]
    stop = re.search(
        r"\s(?:в|во|на|по итогам|после|журналистам|накануне|во время|перед|через|сегодня|вчера|ТАСС|РИА|Интерфаксу)(?=\s|$)(?!\sСовете)",
        piece,
    )
    return trim(masked, start, start + stop.start() if stop else end, ",")


_NUMBER = r"(?:\(?(?:\d{1,2}|[IVX]{1,4}|[а-яё])[.)]\s|[—–•▪*-]\s)?"
_ITEM = re.compile(_NUMBER + r"(?:также\s|вновь\s|особо\s|совместно\s|единогласно\s)?$")
_FURTHER_ITEM = re.compile(_NUMBER.removesuffix("?") + r"[А-ЯЁа-яё]|[а-яё]")
_ADJUNCT = re.compile(r"(?:По|В|Во|На|После|С|Со|При|Учитывая)\s|[А-ЯЁ][а-яё]+(?:в|вши|вшись|ясь|уя|яя|ая)\s")


def head_of_list(layout: Layout, masked: str, cue: int) -> Span | None:
    """Who opens a list whose items begin with a cue: "Участники встречи:" before "подчёркивают, что …; призывают …"."""
    if _ITEM.match(masked[layout.paragraph_of(cue)[0] : cue]) is None:
        return None
    above = above_items(layout, cue, partial(_FURTHER_ITEM.match, masked))
    return _opener(masked, above[0], above[1] - 1) if above is not None and masked[above[1] - 1] in ":," else None


def _opener(masked: str, start: int, end: int) -> Span | None:
    """The subject of an opening line: "Комитеты двух палат, собравшись в Лунде", "Заслушав доклад, комиссия", "Стороны договорились"."""
    cuts = [start, *(start + m.end() for m in re.finditer(r",\s", masked[start:end])), end + 2]
    pieces = [(a, min(end, b - 2)) for a, b in pairwise(cuts)]
    first = masked[slice(*pieces[0])]
    if len(pieces) > 1 and first in {"Мы", "мы"}:
        piece = pieces[1]
    else:
        piece = pieces[-1] if _ADJUNCT.match(first + " ") and len(pieces) > 1 else pieces[0]
    cue = cue_pattern().search(masked, *piece)
    span = trim(masked, piece[0], cue.start() if cue else piece[1], " ")
    return span if 0 < span[1] - span[0] <= 120 else None
