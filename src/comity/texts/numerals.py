"""Counting signs of several scripts as whole numbers: Chinese numerals, roman numerals, letters of alphabets, heavenly stems.

Where a sign may be read in two ways ("(i)" is the letter i or roman one, Cyrillic "з" is the 8th or 9th letter of a list, since some
lists skip ё), all readings are given; the sequence in which it stands decides.
"""

from __future__ import annotations

import re
from typing import Final

_HAN_DIGITS: Final = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2, "兩": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6, "○": 0,
}  # fmt: skip
_HAN_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_GROUPS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
HAN_NUMERAL: Final = "".join((*_HAN_DIGITS, *_HAN_UNITS, "廿卅"))
"""Characters of Chinese numerals below ten thousand, for character classes."""

_ROMAN: Final = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_CYRILLIC_FULL: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_CYRILLIC_LISTS: Final = ("абвгдежзиклмнпрстуфхцшщэюя", "абвгдежзиклмнопрстуфхцчшщэюя", "абвгдежзийклмнопрстуфхцчшщэюя", _CYRILLIC_FULL)
"""Alphabets in use for lists: with or without ё, й, о, ч and the signs."""
LOOKALIKE: Final = dict(zip("асеорхуі", "aceopxyi", strict=True))
"""Cyrillic letters that print like Latin ones."""
_SUFFIXES: Final = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")


def han_number(text: str) -> int | None:
    """Value of a Chinese numeral (`二十一`, `一百零三`, `二〇二六`, `三亿五千万`), or None if it is none."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if all(char in _HAN_DIGITS for char in text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total = section = digit = 0
    seen_digit = False
    for char in text:
        if char in _HAN_DIGITS:
            digit, seen_digit = _HAN_DIGITS[char], True
        elif char in _HAN_UNITS:
            section += (digit if seen_digit and digit else 1) * _HAN_UNITS[char]
            digit, seen_digit = 0, False
        elif char in _HAN_GROUPS:
            total = (
                (total + section + digit) * _HAN_GROUPS[char]
                if _HAN_GROUPS[char] > total
                else total + (section + digit) * _HAN_GROUPS[char]
            )
            section, digit, seen_digit = 0, 0, False
        else:
            return None
    return total + section + digit


def roman_number(text: str) -> int | None:
    """Value of a roman numeral below 400 in either case, or None if it is none or not in its usual spelling."""
    lower = text.lower()
    if not lower or any(char not in _ROMAN_VALUES for char in lower):
        return None
    values = [_ROMAN_VALUES[char] for char in lower]
    value = sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))
    return value if 0 < value < 400 and lower == _full_roman(value) else None


def _full_roman(value: int) -> str:
    out = ""
    for sign, worth in (("c", 100), ("xc", 90), ("l", 50), ("xl", 40), *_ROMAN):
        while value >= worth:
            out, value = out + sign, value - worth
    return out


def to_roman(value: int) -> str:
    """Lower-case roman numeral of a number from 1 to 399."""
    return _full_roman(value)


def to_letters(value: int) -> str:
    """Letters of a list: 1 is a, 26 is z, 27 is aa, 28 is ab."""
    out = ""
    while value > 0:
        value, rest = divmod(value - 1, 26)
        out = chr(97 + rest) + out
    return out


def letter_ordinals(letter: str) -> tuple[int, ...]:
    """Places that a list letter may hold, the likeliest first: Latin, Cyrillic (several list alphabets), or a heavenly stem."""
    low = letter.lower()
    if len(low) == 2 and low[0] == low[1] and low.isascii():
        return (26 + ord(low[0]) - 96,)
    if len(low) != 1:
        return ()
    if low in STEMS:
        return (STEMS.index(low) + 1,)
    if "a" <= low <= "z":
        return (ord(low) - 96,)
    found = [alphabet.index(low) + 1 for alphabet in _CYRILLIC_LISTS if low in alphabet]
    if low in LOOKALIKE:
        found.append(ord(LOOKALIKE[low]) - 96)
    return tuple(dict.fromkeys(found))


def suffix_number(suffix: str) -> int:
    """Place of an inserted provision: `bis` is 1, `ter` is 2; 0 for the empty suffix or an unknown one."""
    low = suffix.lower()
    return _SUFFIXES.index(low) + 1 if low in _SUFFIXES else 0


def numbered(number: int, inserted: int = 0) -> str:
    """Canonical number of an inserted provision: `2`, `2bis`, and `2-11` beyond the Latin series."""
    if not inserted:
        return str(number)
    return f"{number}{_SUFFIXES[inserted - 1]}" if inserted <= len(_SUFFIXES) else f"{number}-{inserted}"


_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SUFFIX_PATTERN: Final = "|".join(_SUFFIXES)


def plain_digits(text: str) -> str:
    """Full-width and superscript digits as ASCII digits."""
    return text.translate(_SUPERSCRIPTS).translate({0xFF10 + digit: str(digit) for digit in range(10)})


def whole_number(text: str) -> int | None:
    """Value of digits, a Chinese numeral or a roman numeral; None if it is none of them."""
    text = plain_digits(text.strip())
    if re.fullmatch(r"[0-9]{1,15}", text):
        return int(text)
    return han_number(text) if (han := han_number(text)) is not None and han >= 0 else roman_number(text)
