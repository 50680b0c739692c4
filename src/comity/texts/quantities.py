"""Numbers in running text as values: digits and decimal marks of each language, scale words (млрд, 亿, billion), numerals in words,
currencies and units.

Quantities in digits are *firm*: the other language must have them, in digits or in words. Those in words are *soft*, since languages
differ in where they use them ("both Sides", "двусторонний", "两国"). References and dates are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from comity.texts.numerals import HAN_NUMERAL, han_number, plain_digits
from comity.texts.quantity_words import COMPOUNDS, FRACTIONS, RUSSIAN, SCALES, SIGNS, UNITS, WORDS

_HAN_COUNT: Final = re.compile(
    rf"(?<![第{HAN_NUMERAL}])(?P<number>[{HAN_NUMERAL}]{{1,8}})(?P<scale>万亿|[万亿])?(?=[个名年月日天次项倍条款种份人岁票元周点位组国届小吨公美欧卢]|分之)"
)
_HAN_FRACTION: Final = re.compile(
    rf"(?P<under>[{HAN_NUMERAL}]{{1,4}}|\d+)分之(?P<over>[{HAN_NUMERAL}]{{1,6}}|\d+(?:\.\d+)?)(?:点(?P<point>[{HAN_NUMERAL}]{{1,4}}))?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at code points `start` to `end`: its value after scale words, its unit ("" if none is known), and whether it is firm."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    firm: bool = True


def _value(digits: str, language: str) -> Decimal | None:
    digits = plain_digits(digits)
    if language in {"ru", "fr", "es"}:
        digits = re.sub(r"[\s\u00a0\u202f]", "", digits)
        if language == "es" or digits.count(".") > 1:
            digits = re.sub(r"\.(?=\d{3}(?!\d))", "", digits)
        digits = digits.replace(",", ".")
    else:
        digits = re.sub(r"[\s,，](?=\d{3}(?!\d))", "", digits).replace(",", "")
    return Decimal(digits) if re.fullmatch(r"\d{1,18}(?:\.\d{1,9})?", digits) else None


_DIGITS: Final = {
    "ru": r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?",
    "fr": r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?",
    "es": r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?",
    "zh": r"[\d０-９]{1,3}(?:[,，\u00a0\u202f ]\d{3})+(?:\.\d+)?(?!\d)|[\d０-９]+(?:\.\d+)?",
}
_COMPILED: Final[dict[str, re.Pattern[str]]] = {}


def _pattern(base: str) -> re.Pattern[str]:
    """Digits with an optional scale word and unit."""
    if base not in _COMPILED:
        scales = "|".join(f"(?P<s{number}>{word})" for number, (word, _) in enumerate(SCALES[base]))
        units = "|".join(f"(?P<u_{name}>{words[base]})" for name, words in UNITS.items())
        bound = "" if base == "zh" else r"(?!\w)"
        gap = r"[\s\u00a0\u202f-]*"
        _COMPILED[base] = re.compile(
            rf"(?P<sign>[$€¥￥₽])?\s?(?P<digits>{_DIGITS[base]})(?:{gap}(?:{scales}){bound})?(?:{gap}(?:de\s+|of\s+)?(?:{units}))?",
            re.IGNORECASE,
        )
    return _COMPILED[base]


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with some spans replaced by spaces, so that offsets stay."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def find_quantities(text: str, language: str) -> list[Quantity]:
    """All quantities of a text, in order. Blank dates and references out before (see `blank`). Languages: zh, ru, en, fr, es."""
    base = language.split("-")[0]
    if base not in SCALES:
        return []
    found = []
    if base == "zh":
        for match in _HAN_FRACTION.finditer(text):
            found.append(_han_fraction(match))
    for word, value in FRACTIONS[base]:
        pattern = word if base == "zh" else rf"\b(?:{word})\b"
        found += [Quantity(match.start(), match.end(), value, firm=False) for match in re.finditer(pattern, text, re.IGNORECASE)]
    text = blank(text, [(item.start, item.end) for item in found])
    digits = []
    for match in _pattern(base).finditer(text):
        amount = _value(match["digits"], base)
        if amount is None:
            continue
        scale = next((factor for number, (_, factor) in enumerate(SCALES[base]) if match[f"s{number}"]), Decimal(1))
        unit = next((name for name in UNITS if match[f"u_{name}"]), "") or SIGNS.get(match["sign"] or "", "")
        if unit == "year" and scale == 1 and 1500 <= amount <= 2500:
            unit = ""
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        digits.append(Quantity(start, match.end(), amount * scale, unit))
    found += digits
    text = blank(text, [(item.start, item.end) for item in digits])
    found += _han_words(text) if base == "zh" else _words(text, base)
    return sorted(found, key=lambda item: item.start)


def _han_fraction(match: re.Match[str]) -> Quantity:
    under = han_number(match["under"]) or int(match["under"]) if not match["under"].isdigit() else int(match["under"])
    over = Decimal(match["over"]) if match["over"][0].isascii() else Decimal(han_number(match["over"]) or 0)
    if match["point"]:
        over += Decimal(f"0.{han_number(match['point']) or 0}")
    if under == 100:
        return Quantity(match.start(), match.end(), over, "percent")
    return Quantity(match.start(), match.end(), over / Decimal(under or 1), firm=False)


def _han_words(text: str) -> list[Quantity]:
    out = []
    for match in _HAN_COUNT.finditer(text):
        value = han_number(match["number"])
        if value is None or value < 2:
            continue
        factor = {"万": 10**4, "亿": 10**8, "万亿": 10**12}.get(match["scale"] or "", 1)
        out.append(Quantity(match.start(), match.end(), Decimal(value * factor), _unit_after(text, match.end(), "zh"), firm=False))
    return out


def _unit_after(text: str, at: int, base: str) -> str:
    for name, words in UNITS.items():
        if re.match(rf"\s*(?:{words[base]})", text[at : at + 20], re.IGNORECASE):
            return name
    return ""


def _words(text: str, base: str) -> list[Quantity]:
    """Numerals in words; neighbours are put together ("two hundred fifty", "двадцать пять")."""
    hits: list[tuple[int, int, Decimal]] = []
    out: list[Quantity] = []
    if base == "ru":
        for pattern, number in RUSSIAN:
            hits += [(m.start(), m.end(), Decimal(number)) for m in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]
    else:
        hits += [
            (m.start(), m.end(), Decimal(WORDS[base][m[0].lower()]))
            for m in re.finditer(rf"\b(?:{'|'.join(WORDS[base])})\b", text, re.IGNORECASE)
        ]
    for pattern, number in COMPOUNDS.get(base, ()):
        out += [Quantity(m.start(), m.end(), Decimal(number), firm=False) for m in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]
    for pattern, factor in SCALES[base]:
        hits += [(m.start(), m.end(), factor) for m in re.finditer(rf"\b(?:{pattern})(?!\w)", text, re.IGNORECASE)]
    group: list[tuple[int, int, Decimal]] = []
    for hit in [*sorted(set(hits)), (10**9, 10**9, Decimal(0))]:
        if group and re.fullmatch(r"[\s-]+(?:and\s+)?", text[group[-1][1] : hit[0]]) and hit[0] < 10**9:
            group.append(hit)
            continue
        if group:
            total = part = Decimal(0)
            for _, _, worth in group:
                if worth >= 100:
                    part = max(part, Decimal(1)) * worth
                    if worth >= 1000:
                        total, part = total + part, Decimal(0)
                else:
                    part += worth
            end = group[-1][1]
            # A scale word alone ("per million people") stands for one of its kind.
            if total + part:
                out.append(Quantity(group[0][0], end, total + part, _unit_after(text, end, base), firm=False))
        group = [hit]
    return out
