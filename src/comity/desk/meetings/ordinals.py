"""The number of a meeting in words, as the secretariats write it: 第十一次会议, одиннадцатое заседание, eleventh meeting.

>>> meeting_title(11, "ru")
'Одиннадцатое заседание'
>>> meeting_title(23, "zh-Hans")
'第二十三次会议'
"""

from __future__ import annotations

# fmt: off
_ENGLISH = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_RUSSIAN = (
    "", "первое", "второе", "третье", "четвёртое", "пятое", "шестое", "седьмое", "восьмое", "девятое", "десятое", "одиннадцатое",
    "двенадцатое", "тринадцатое", "четырнадцатое", "пятнадцатое", "шестнадцатое", "семнадцатое", "восемнадцатое", "девятнадцатое",
)
_RUSSIAN_TENS = ("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто")
_RUSSIAN_FULL_TENS = (
    "", "", "двадцатое", "тридцатое", "сороковое", "пятидесятое", "шестидесятое", "семидесятое", "восьмидесятое", "девяностое",
)
# fmt: on
_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 9999 in Chinese numerals: 11 → 十一, 105 → 一百零五, 2010 → 二千零一十."""
    said, gap = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + ("" if unit == 10 and digit == 1 and not said else _DIGITS[digit]) + mark
        gap = False
    return said


def russian(number: int) -> str:
    """The neuter ordinal in words up to 99, in figures above: 21 → двадцать первое, 101 → 101-е."""
    if number > 99:
        return f"{number}-е"
    if number < 20:
        return _RUSSIAN[number]
    tens, ones = divmod(number, 10)
    return f"{_RUSSIAN_TENS[tens]} {_RUSSIAN[ones]}" if ones else _RUSSIAN_FULL_TENS[tens]


def english(number: int) -> str:
    """The ordinal in words up to 99, in figures above: 21 → twenty-first, 102 → 102nd."""
    if number > 99:
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    if number < 20:
        return _ENGLISH[number]
    tens, ones = divmod(number, 10)
    return f"{_ENGLISH_TENS[tens]}-{_ENGLISH[ones]}" if ones else f"{_ENGLISH_TENS[tens][:-1]}ieth"


def meeting_title(number: int, lang: str) -> str:
    """What meeting ``number`` of a series is called in ``lang`` (a BCP 47 tag; English where it is not known)."""
    match lang.split("-")[0]:
        case "zh":
            return f"第{chinese(number) if number < 10_000 else number}次会议"
        case "ru":
            words = f"{russian(number)} заседание"
        case "fr":
            words = f"{number}{'re' if number == 1 else 'e'} réunion"
        case "es":
            words = f"{number}.ª reunión"
        case _:
            words = f"{english(number)} meeting"
    return words[0].upper() + words[1:]
