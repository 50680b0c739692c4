"""The number with which a printed line begins, in the ways Chinese, Russian, English, French and Spanish texts print it.

A label is read without context into all its possible meanings; `structure` chooses by the sequence in which it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from comity.texts.numerals import (
    HAN_NUMERAL,
    STEMS,
    SUFFIX_PATTERN,
    letter_ordinals,
    plain_digits,
    roman_number,
    suffix_number,
    whole_number,
)

Reading = tuple[str, int]
"""A style of numbering and the place in it: `("letter", 9)`, `("roman", 1)`."""

_DIGITS: Final = r"[0-9０-９]{1,4}"
_HAN: Final = f"[{HAN_NUMERAL}]{{1,7}}"
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "premier": 1, "première": 1, "1er": 1, "1ère": 1,
    "primero": 1, "primera": 1, "segundo": 2, "segunda": 2,
    "tercero": 3, "tercera": 3, "único": 1, "unique": 1, "первая": 1, "первый": 1, "вторая": 2, "второй": 2, "третья": 3, "третий": 3,
}  # fmt: skip

_WORDS: Final = {
    "book": "book|livre|libro|книга",
    "part": "part|partie|parte|часть",
    "title": "title|titre|título",
    "chp": "chapter|chapitre|capítulo|глава",
    "sec": "section|sección|раздел",
    "art": r"article|art\.|artículo|статья|ст\.",
    "annex": r"annex|annexe|anexo|приложение(?:\s*№)?|appendix",
}
_HAN_WORDS: Final = {
    "分编": "title",
    "编": "part",
    "編": "part",
    "部分": "part",
    "章": "chp",
    "节": "sec",
    "節": "sec",
    "条": "art",
    "條": "art",
}

_WORD_LABEL: Final = re.compile(
    "(?i:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()) + r")"
    r"\s*(?P<number>[0-9]{1,4}(?:er|ère|[º°])?(?=\W|$)|[IVXLC]{1,8}(?=\W|$)|(?:" + "|".join(_ORDINALS) + r")(?=\W|$)|(?P<none>$))"
    r"(?:[.](?P<dotted>[0-9]{1,2})(?=\W|$)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|\s?(?P<suffix>" + SUFFIX_PATTERN + r")\b)?"
    r"\s*[.:：．—–-]?\s*",
    re.IGNORECASE,
)
_HAN_LABEL: Final = re.compile(
    rf"第\s*(?P<number>{_HAN}|{_DIGITS})\s*(?P<word>分编|部分|[编編章节節条條])(?:之(?P<after>{_HAN}|{_DIGITS}))?(?![款项項第的和及或与與至、])(?:\s+|[:：、.]\s*|(?=[【「（(]|$)|(?<=[条條]))"
)
_HAN_ANNEX: Final = re.compile(rf"附(?:件|录|錄)\s*(?P<number>{_HAN}|{_DIGITS})?(?:\s+|[:：]\s*|$)")
_DECIMAL: Final = re.compile(r"(?P<first>[0-9]{1,3})\.(?P<second>[0-9]{1,3})(?:\.(?P<third>[0-9]{1,3}))?\.?(?:\s+|(?=[^\W\d]))")
_NUMBERED: Final = re.compile(
    r"(?P<stop>[0-9０-９]{1,3})(?:[.．]\s+|[、．.](?=\D)\s*|[.．]$)"
    rf"|(?P<han>{_HAN})(?:、\s*|[.．]\s*|[ \u3000]{{1,3}}(?=\S))"
    r"|(?P<roman>[IVXLC]{1,7})\.(?:\s+|$)"
    r"|(?P<half>[0-9０-９]{1,3})[)）]\s*"
    rf"|[(（]\s*(?:(?P<pdigit>[0-9０-９]{{1,3}})|(?P<phan>{_HAN})|(?P<pstem>[{STEMS}])|(?P<pletter>[a-zA-Zа-яёА-ЯЁ]{{1,6}}))\s*[)）]\s*"
    rf"|(?P<stem>[{STEMS}])(?:、\s*|[.．]\s*)"
    r"|[«\"„]?(?P<letter>[a-zа-яё]{1,4})[»\"“]?\)\s*"
    r"|(?P<dotletter>[a-zа-яё])\.\s+"
    r"|(?P<circled>[\u2460-\u2473])\s*"
    r"|(?P<dash>[-–—−•·‣*])\s+"
)


@dataclass(frozen=True, slots=True)
class Label:
    """How a line begins. `kind` is set where the word itself says it (Article, 第…章); else `readings` tell what the number may mean."""

    printed: str
    rest: str
    readings: tuple[Reading, ...]
    kind: str = ""
    inserted: int = 0
    path: tuple[int, ...] = ()


def read_label(line: str) -> Label | None:
    """The label at the start of a line, or None where it begins with words."""
    if found := _word_label(line) or _han_label(line):
        return found
    if match := _DECIMAL.match(line):
        path = tuple(int(part) for part in match.groups() if part)
        return Label(line[: match.end()].strip(), line[match.end() :], (("decimal", path[-1]),), path=path)
    if not (match := _NUMBERED.match(line)):
        return None
    readings = _readings(match)
    return Label(line[: match.end()].strip(), line[match.end() :], readings) if readings else None


def _word_label(line: str) -> Label | None:
    match = _WORD_LABEL.match(line)
    if not match:
        return None
    kind = next(name for name in _WORDS if match[name])
    word = match[kind]
    # "Part of …", "article 5 of the Treaty provides": a label begins with a capital and is not followed by running words in lower case.
    if not word[0].isupper() or (line[match.end() : match.end() + 1].islower() and not match[0].rstrip().endswith((".", ":", "—", "–"))):
        return None
    if match["none"] is not None and kind != "annex":
        return None
    text = match["number"].lower().rstrip("º°")
    number = _ORDINALS.get(text) or whole_number(text) or 1
    inserted = int(match["dotted"]) if match["dotted"] else suffix_number(match["suffix"] or "")
    if match["raised"]:
        inserted = int(plain_digits(match["raised"]))
    return Label(line[: match.end()].strip(), line[match.end() :], ((kind, number),), kind, inserted)


def _han_label(line: str) -> Label | None:
    if match := _HAN_LABEL.match(line):
        kind = _HAN_WORDS[match["word"]]
        after = whole_number(match["after"]) if match["after"] else 0
        return Label(line[: match.end()].strip(), line[match.end() :], ((kind, whole_number(match["number"]) or 0),), kind, after or 0)
    if match := _HAN_ANNEX.match(line):
        number = whole_number(match["number"]) if match["number"] else 1
        return Label(line[: match.end()].strip(), line[match.end() :], (("annex", number or 1),), "annex")
    return None


def _readings(match: re.Match[str]) -> tuple[Reading, ...]:
    name = match.lastgroup or ""
    sign = match[name]
    match name:
        case "stop" | "half" | "pdigit" | "han" | "phan":
            value = whole_number(sign)
            return ((name, value),) if value else ()
        case "roman":
            value = roman_number(sign)
            return (("heading", value),) if value else ()
        case "stem" | "pstem":
            return (("letter", letter_ordinals(sign)[0]),)
        case "circled":
            return (("circled", ord(sign) - 0x245F),)
        case "dash":
            return (("dash", 0),)
    readings: list[Reading] = [("letter", place) for place in letter_ordinals(sign)]
    if (value := roman_number(sign)) and value < 50:
        readings.append(("roman", value))
    return tuple(readings)
