"""Ordinals and small numbers as three languages write them; an anniversary is not an ordinal of a meeting, nor is a day of the month.

>>> ordinal_value("twenty-first", "en"), ordinal_value("десятое", "ru"), ordinal_value("第十一", "zh")
(21, 10, 11)
"""

from __future__ import annotations

import re

_UNITS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_EN = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "inaugural": 1,
}
_EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_RU = {
    "перв": 1,
    "втор": 2,
    "трет": 3,
    "четверт": 4,
    "четвёрт": 4,
    "пят": 5,
    "шест": 6,
    "седьм": 7,
    "восьм": 8,
    "девят": 9,
    "десят": 10,
    "одиннадцат": 11,
    "двенадцат": 12,
    "тринадцат": 13,
    "четырнадцат": 14,
    "пятнадцат": 15,
    "шестнадцат": 16,
    "семнадцат": 17,
    "восемнадцат": 18,
    "девятнадцат": 19,
    "двадцат": 20,
    "тридцат": 30,
    "сороков": 40,
    "пятидесят": 50,
    "шестидесят": 60,
    "семидесят": 70,
    "восьмидесят": 80,
    "девяност": 90,
    "сот": 100,
}
_RU_TENS = {"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80}
_RU_END = r"(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|ья|ую|ью|ое|ье|ьего|ьей|ьем|ьему|ьим|ьих|ей|ые|ых)"
_ZH_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

ORDINAL = {
    "en": r"(?:\d{1,3}(?:st|nd|rd|th)|(?-i:[IVXL]{2,7}|[VX])|(?:(?:" + "|".join(_EN_TENS) + r")[- ])?(?:" + "|".join(_EN) + r"))",
    "ru": r"(?:\d{1,3}-?(?:й|я|е|го|му|м|ю|ая|ое|ый|ой|ом)|[IVXL]{1,7}|(?:(?:"
    + "|".join(_RU_TENS)
    + r") )?(?:"
    + "|".join(_RU)
    + ")"
    + _RU_END
    + ")",
    "zh": r"(?:第\s?[\d一二三四五六七八九十百〇零两]{1,5}|首)",
}


def zh_number(text: str) -> int | None:
    """一 to 九百九十九, Arabic digits, and digit-by-digit years such as 二〇二五."""
    if text.isdigit() and text.isascii():
        return int(text)
    if not text or any(c not in _ZH_DIGITS and c not in "十百" for c in text):
        return None
    if "十" not in text and "百" not in text:
        return int("".join(str(_ZH_DIGITS[c]) for c in text))
    total, last = 0, 0
    for c in text:
        if c == "百":
            total, last = total + (last or 1) * 100, 0
        elif c == "十":
            total, last = total + (last or 1) * 10, 0
        else:
            last = _ZH_DIGITS[c]
    return total + last


def roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for at, c in enumerate(text):
        if c not in values:
            return None
        total += -values[c] if at + 1 < len(text) and values.get(text[at + 1], 0) > values[c] else values[c]
    return total or None


def ordinal_value(text: str, language: str) -> int | None:
    """The number of an ordinal that matched :data:`ORDINAL`; ``None`` if it is none."""
    if language == "zh":
        return 1 if text == "首" else zh_number(text.removeprefix("第").strip())
    if digits := re.match(r"\d+", text):
        return int(digits.group())
    if language == "en" and text.isupper() and (value := roman(text)) is not None:
        return value
    if language == "en":
        tens, _, unit = text.lower().replace(" ", "-").rpartition("-")
        return _EN[unit] + _EN_TENS.get(tens, 0) if unit in _EN else None
    if (value := roman(text)) is not None:
        return value
    tens, _, unit = text.lower().rpartition(" ")
    stems = [stem for stem in _RU if re.fullmatch(stem + _RU_END, unit)]
    return _RU[max(stems, key=len)] + _RU_TENS.get(tens, 0) if stems else None


def small_number(text: str, language: str) -> int | None:
    """A cardinal up to twelve in words, or digits."""
    text = text.lower().strip()
    if text.isdigit():
        return int(text)
    if language == "en" and text in _UNITS:
        return _UNITS.index(text)
    return zh_number(text) if language == "zh" else None
