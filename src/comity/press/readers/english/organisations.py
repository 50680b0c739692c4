"""Capitalised runs around the head word of an organisation: "Constitution and Law Committee of the State Duma"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from comity.press.date_patterns import EN_DAYS, EN_MONTHS
from comity.press.readers.english.lexicon import table
from comity.press.words import words_of

_DAY = rf"(?:{'|'.join(day.title() for day in (*EN_DAYS, *EN_MONTHS))})\b"


@cache
def _org_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted(table()["orgs"]["heads"], key=len, reverse=True))
    cap = r"[A-ZÀ-Þ][\w’–-]*(?<!’s)"
    tail = (
        rf"(?:\s(?:of|for|on)\s(?:the\s)?(?!{_DAY}){cap}(?:(?:(?:,\s{cap})*,?\sand\s(?:the\s)?|\s|\sof\s(?:the\s)?"
        rf"|\sfor\s)(?!(?:He|She|The|It|Mr|Ms|Mrs|Dr|Sir|Lady|Lord)\b){cap})*)*"
        rf"(?:\sbetween\s(?:the\s)?{cap}(?:\s(?:of\s(?:the\s)?)?{cap})*\sand\s(?:the\s)?{cap}(?:\s(?:of\s(?:the\s)?)?{cap})*)?"
    )
    return re.compile(
        rf"(?<![\w-])(?:{cap}(?:['’]s)?\s(?:\([A-Z]{{2,7}}\)\s)?(?:(?:and|of(?:\sthe)?"
        rf"|for)\s(?=[A-Z]))?){{0,6}}(?:{heads})(?![\w-])(?:\s(?:{heads})(?![\w-]))*{tail}"
    )


# what may stand before the head word of a name, read from right to left: capitalised words and what joins them
_LED_BY = re.compile(r"(?:\s(?:[\w’'()–-]*[A-ZÀ-Þ(]|dna|rof|fo|eht)){0,24}")
_LED_NO_FURTHER = re.compile(r"\S|\s[\w’'()–-]*[^\w’'()–-]")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÀ-Þ]")


@cache
def _head_words() -> frozenset[str]:
    """How the head words of organisations stand in the index of words, where a letter with an accent ends a word."""
    return frozenset(re.split(r"[^A-Za-z]", head)[0].lower() for head in table()["orgs"]["heads"])


def _led_from(text: str, after: int, head: int) -> int:
    """Where, behind ``after``, the words begin that may belong to the organisation whose head word stands at ``head``."""
    width = 128
    while True:
        start = max(after, head - width)
        back = text[start:head][::-1]
        led = _LED_BY.match(back)
        stop = led.end() if led else 0
        if start == after or _LED_NO_FURTHER.match(back, stop):
            return head - stop
        width *= 2


def organisations(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of organisations finds in ``text``; it is tried only where a name with a head word may begin."""
    pattern, after = _org_pattern(), 0
    for head in words_of(text).at(_head_words()):
        if head < after or not text[head].isupper():
            continue
        for capital in _CAPITAL.finditer(text, _led_from(text, after, head), head + 1):
            if match := pattern.match(text, capital.start()):
                after = match.end()
                yield match
                break
