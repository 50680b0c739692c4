"""References from one provision to another, found in the words and resolved to eIds.

A reference is one or more *units* (a word for a kind of provision, and numbers) joined from small to large ("пункт 2 статьи 5") or from
large to small ("第五条第二款", "Article 5, paragraph 2 (a)"). A unit of another instrument ("of the Charter", "Устава", "《宪章》第…")
makes the reference external: it is found, but not resolved. Which words stand for which kind differs by tradition: in simplified
Chinese 款 is a paragraph and 项 a point, in traditional Chinese 項 is a paragraph and 款 a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comity.texts.numerals import (
    HAN_NUMERAL,
    STEMS,
    SUFFIX_PATTERN,
    letter_ordinals,
    numbered,
    roman_number,
    suffix_number,
    whole_number,
)

_UNITS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "art": r"articles?|arts?\.",
        "para": r"paragraphs?|paras?\.",
        "point": r"sub-?paragraphs?|points?|items?",
        "chp": "chapters?",
        "sec": "sections?",
        "part": "parts?",
        "annex": "annex(?:es)?",
    },
    "ru": {
        "art": r"стат(?:ья|ьи|ье|ью|ьей|ей|ьях|ьями|ьям)|стст?\.|ст\.",
        "point": r"подпункт(?:а|у|ом|е|ы|ов|ах|ам|ами)?|пп\.|подп\.|буква?|литер[аы]",
        "para": r"пункт(?:а|у|ом|е|ы|ов|ах|ам|ами)?|п\.|част(?:ь|и|ью|ей|ях|ям|ями)|ч\.",
        "chp": r"глав(?:а|ы|е|у|ой|ах|ам)?|гл\.",
        "sec": r"раздел(?:а|у|ом|е|ы|ов|ах)?",
        "annex": r"приложени(?:е|я|ю|ем|и|й|ях)(?:\s*№)?",
    },
    "fr": {
        "art": r"articles?|art\.",
        "para": r"paragraphes?|par\.",
        "point": r"alinéas?|lettres?|points?|sous-paragraphes?",
        "chp": "chapitres?",
        "sec": "sections?",
        "part": "parties?",
        "annex": "annexes?",
    },
    "es": {
        "art": r"artículos?|arts?\.",
        "para": r"párrafos?|párr\.",
        "point": r"apartados?|incisos?|subpárrafos?|letras?|puntos?",
        "chp": "capítulos?",
        "sec": "secci(?:ón|ones)",
        "part": "partes?",
        "annex": "anexos?",
    },
}
_RANK: Final = {"annex": 0, "part": 1, "chp": 2, "sec": 3, "art": 4, "para": 5, "point": 6}
_AND: Final = {"en": "and|or|to|through", "ru": "и|или|по|до", "fr": "et|ou|à", "es": "y|e|o|u|a"}
_OF: Final = {
    "en": r"\s*,?\s*(?:of|in|under|to)\s+(?:the\s+)?|\s*,\s*|\s+|\s*,?\s+of\s+",
    "ru": r"\s*,\s*|\s+",
    "fr": r"\s*,?\s*(?:de\s+l['’]|du\s+|de\s+la\s+|des\s+|de\s+)|\s*,\s*|\s+",
    "es": r"\s*,?\s*(?:del\s+|de\s+la\s+|de\s+los\s+|de\s+)|\s*,\s*|\s+",
}
_HERE: Final = {
    "en": r"\s*,?\s*of\s+(?:this|the\s+present)\s+(?:article|paragraph|chapter|section)\b",
    "ru": r"\s+настояще(?:й|го)\s+(?:статьи|пункта|главы|раздела)\b",
    "fr": r"\s+du\s+présent\s+(?:article|paragraphe|chapitre)\b",
    "es": r"\s+del?\s+(?:presente|este)\s+(?:artículo|párrafo|capítulo)\b",
}
_OTHER: Final = {
    "en": r"\s*,?\s*(?:of|to|in)\s+(?:the\s+)?(?!(?:this|present|said)\b)(?-i:[A-Z])(?!rticle|aragraph|hapter|nnex|art\b)\w+",
    "ru": r"\s+(?!настоящ)(?:(?:указанн|данн)\w+\s+)?(?-i:[А-ЯЁ])(?!татьи)\w+",
    "fr": r"\s*,?\s*(?:de\s+la|du|des|de\s+l['’])\s*(?!présente?\b)(?-i:[A-ZÉ])\w+",
    "es": r"\s*,?\s*(?:de\s+la|del|de\s+los|de\s+las)\s+(?!presente\b)(?-i:[A-ZÁÉ])\w+",
}
_BEFORE: Final = {
    "en": r"(?:the\s+)?(?:preceding|previous|foregoing)\s+(?P<kind>paragraph|article)\b",
    "ru": r"предыдущ\w+\s+(?P<kind>пункт|стать)\w*",
    "fr": r"(?:paragraphe|article)\s+précédent\b|précédent\s+(?P<kind>paragraphe|article)\b",
    "es": r"(?:párrafo|artículo)\s+(?:anterior|precedente)\b(?P<kind>)",
}
_NUMBER: Final = (
    rf"(?:\d{{1,4}}(?:\s?(?:{SUFFIX_PATTERN})\b|\.\d{{1,2}}(?!\d)|[¹²³])?(?!\d)|(?-i:[IVXLC]{{1,7}})\b|premier\b|primero\b"
    r"|[(«\"„]\s?[a-zа-яё]{1,4}\s?[)»\"“]\)?|[a-zа-яё]{1,3}\)|(?-i:[a-z])(?=\s*[,.;)]|\s+of\b))"
)
_TAIL: Final = r"(?:\s?\(\s?(?:\d{1,2}|[a-zа-яё]{1,4})\s?\)|\s?«[a-zа-яё]»|\s[a-zа-яё]\))"

_HAN: Final = rf"[{HAN_NUMERAL}]{{1,7}}|[0-9０-９]{{1,4}}"
_HAN_ITEM: Final = rf"[（(]\s*(?:{_HAN}|[{STEMS}]|[a-z]{{1,4}})\s*[)）]|{_HAN}|[{STEMS}]"
_HAN_UNIT: Final = re.compile(
    rf"(?P<here>本[条條款项項章节節])|(?P<back>前(?P<backkind>[条條款项項]))"
    rf"|第(?P<number>{_HAN_ITEM})(?P<word>[条條款项項段章节節编編])(?:之(?P<after>{_HAN}))?(?P<tail>[（(]\s*(?:[{STEMS}]|[a-z]|{_HAN})\s*[)）])?"
    rf"|附(?:件|录|錄)(?P<annex>{_HAN})"
)
_HAN_KINDS: Final = {"条": "art", "條": "art", "段": "para", "章": "chp", "节": "sec", "節": "sec", "编": "part", "編": "part"}
_HAN_INSTRUMENT: Final = re.compile(
    r"(?:》|(?<!本)(?:宪章|憲章|条约|條約|公约|公約|规约|規約|协定|協定|议定书|議定書|宪法|[^\s本，。、；：]{2,12}法))的?$"
)
_HAN_JOIN: Final = re.compile(r"[、和及与與或至到]|以及|或者|,|，")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it stands in a text: code points `start` to `end`, and the numbers from large to small.

    `path` holds kind and number, e.g. `(("art", "5"), ("para", "2"), ("point", "a"))`; points keep every place their sign may hold,
    joined by `|`. `back` tells that it means the one before ("the preceding paragraph"), `local` that it says "this article".
    """

    start: int
    end: int
    text: str
    path: tuple[tuple[str, str], ...]
    external: bool = False
    back: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: str
    start: int
    end: int
    numbers: tuple[str, ...]
    tails: tuple[tuple[str, ...], ...]


def find_references(text: str, language: str) -> list[Reference]:
    """All references in a text, in order. Languages: zh, ru, en, fr, es; none are found in others."""
    base = language.split("-")[0]
    if base == "zh":
        return _chinese(text)
    if base not in _UNITS:
        return []
    found = list(_chained(text, base))
    for match in re.finditer(_BEFORE[base], text, re.IGNORECASE):
        kind = "art" if re.search("article|стать|artículo", match[0], re.IGNORECASE) else "para"
        found.append(Reference(match.start(), match.end(), match[0], ((kind, "-1"),), back=True))
    return sorted(found, key=lambda reference: reference.start)


def _units(text: str, base: str) -> list[_Unit]:
    units = []
    taken = 0
    for pattern, kinds in ((_pattern(base), tuple(_UNITS[base])),):
        for match in pattern.finditer(text):
            if match.start() < taken:
                continue
            kind = next(name for name in kinds if match[f"k_{name}"])
            numbers, tails = [], []
            for item in re.finditer(rf"({_NUMBER})({_TAIL}*)", match["numbers"], re.IGNORECASE):
                numbers.append(item[1])
                tails.append(tuple(part[0] for part in re.finditer(_TAIL, item[2], re.IGNORECASE)))
            units.append(_Unit(kind, match.start(), match.end(), tuple(numbers), tuple(tails)))
            taken = match.end()
    return units


def _pattern(base: str) -> re.Pattern[str]:
    if base not in _COMPILED:
        words = "|".join(f"(?P<k_{kind}>{pattern})" for kind, pattern in _UNITS[base].items())
        joint = rf"(?:\s*,\s*|\s*[-–—]\s*|\s*,?\s*\b(?:{_AND[base]})\s+)"
        listed = rf"{_NUMBER}{_TAIL}*(?:{joint}{_NUMBER}{_TAIL}*)*"
        _COMPILED[base] = re.compile(rf"(?<![\w-])(?:{words})\s*(?P<numbers>{listed})", re.IGNORECASE)
    return _COMPILED[base]


_COMPILED: Final[dict[str, re.Pattern[str]]] = {}


def _chained(text: str, base: str) -> Iterator[Reference]:
    units = _units(text, base)
    index = 0
    while index < len(units):
        chain = [units[index]]
        direction = 0
        while index + 1 < len(units):
            before, after = chain[-1], units[index + 1]
            step = _RANK[after.kind] - _RANK[before.kind]
            if (
                not step
                or not re.fullmatch(_OF[base], text[before.end : after.start], re.IGNORECASE)
                or (direction and direction * step < 0)
            ):
                break
            # A comma between "paragraph 1, Article 5" from small to large joins nothing: it separates two references.
            if (
                step < 0
                and "," in text[before.end : after.start]
                and base in {"en", "fr", "es"}
                and not re.search(r"\bof|\bd", text[before.end : after.start])
            ):
                break
            if step > 0 and "," in text[before.end : after.start] and _leads_up(units[index + 1 : index + 3], text, base):
                break
            direction = step
            chain.append(after)
            index += 1
        index += 1
        end = chain[-1].end
        local = re.compile(_HERE[base], re.IGNORECASE).match(text, end)
        external = not local and bool(re.compile(_OTHER[base], re.IGNORECASE).match(text, end))
        stop = local.end() if local else end
        ordered = sorted(chain, key=lambda unit: _RANK[unit.kind])
        lists = max(ordered, key=lambda unit: (len(unit.numbers), _RANK[unit.kind]))
        above = tuple((unit.kind, _canonical(unit.kind, unit.numbers[0])) for unit in ordered if _RANK[unit.kind] < _RANK[lists.kind])
        below = tuple((unit.kind, _canonical(unit.kind, unit.numbers[0])) for unit in ordered if _RANK[unit.kind] > _RANK[lists.kind])
        for number, tails in zip(lists.numbers, lists.tails, strict=True):
            path = [*above, (lists.kind, _canonical(lists.kind, number)), *_tail_path(lists.kind, tails), *below]
            yield Reference(chain[0].start, stop, text[chain[0].start : stop], tuple(path), external, local=bool(local))


def _leads_up(pair: list[_Unit], text: str, base: str) -> bool:
    """Whether a unit belongs to the larger one behind it ("п. 2 ст. 5"), and so not to what stands before the comma."""
    if len(pair) < 2:
        return False
    gap = text[pair[0].end : pair[1].start]
    return _RANK[pair[1].kind] < _RANK[pair[0].kind] and "," not in gap and bool(re.fullmatch(_OF[base], gap, re.IGNORECASE))


def _tail_path(kind: str, tails: tuple[str, ...]) -> list[tuple[str, str]]:
    """What "(2)(a)" behind a number means: a paragraph after an article, else points."""
    path = []
    for tail in tails:
        sign = re.sub(r"[^\w]", "", tail)
        if kind == "art" and sign.isdigit():
            path.append(("para", sign))
        else:
            path.append(("point", _canonical("point", sign)))
        kind = path[-1][0]
    return path


def _canonical(kind: str, printed: str) -> str:
    """The number as an eId has it; for points all places that the sign may hold, joined by `|`."""
    sign = re.sub(r"[()（）«»\"„“\s]", "", printed).rstrip(".")
    if kind == "point":
        places = [*letter_ordinals(sign)]
        places += [value for value in (whole_number(sign) if not sign.isalpha() or sign[0] > "\u3000" else roman_number(sign),) if value]
        return "|".join(str(place) for place in dict.fromkeys(places)) or "0"
    match = re.fullmatch(rf"(\d+)(?:({SUFFIX_PATTERN})|\.(\d+)|([¹²³]))?", sign, re.IGNORECASE)
    if match:
        inserted = suffix_number(match[2] or "") or int(match[3] or 0) or ("¹²³".index(match[4]) + 1 if match[4] else 0)
        return numbered(int(match[1]), inserted)
    if sign.lower() in {"premier", "primero"}:
        return "1"
    value = whole_number(sign)
    if value is None and (places := list(letter_ordinals(sign))):
        return "|".join(map(str, places))
    return str(value or 0)


def _chinese(text: str) -> list[Reference]:
    traditional = "條" in text or "項" in text
    found: list[Reference] = []
    chain: list[re.Match[str]] = []
    context: tuple[tuple[str, str], ...] = ()
    for match in _HAN_UNIT.finditer(text):
        kind = _han_kind(match, traditional)
        if chain and match.start() == chain[-1].end() and _RANK[kind] > _RANK[_han_kind(chain[-1], traditional)]:
            chain.append(match)
            continue
        if chain:
            found.append(_han_reference(text, chain, traditional, context))
            gap = text[chain[-1].end() : match.start()]
            # In a list only the first item names the article: 第五条第一款、第二款.
            goes_on = bool(_HAN_JOIN.fullmatch(gap)) and len(found[-1].path) > 0
            kept = tuple(step for step in found[-1].path if _RANK[step[0]] < _RANK[kind]) if goes_on else ()
            context = kept if kept != found[-1].path else ()
        chain = [match]
    if chain:
        found.append(_han_reference(text, chain, traditional, context))
    return [reference for reference in found if reference.path or reference.back]


def _han_kind(match: re.Match[str], traditional: bool) -> str:
    if match["annex"]:
        return "annex"
    word = match["word"] or match["backkind"] or match["here"][1]
    if word in "款项項":
        return "para" if (word == "項" if traditional else word == "款") else "point"
    return _HAN_KINDS[word]


def _han_reference(text: str, chain: list[re.Match[str]], traditional: bool, context: tuple[tuple[str, str], ...]) -> Reference:
    start, end = chain[0].start(), chain[-1].end()
    before = text[max(0, start - 16) : start]
    external = bool(_HAN_INSTRUMENT.search(before)) and not re.search(r"本[^，。；]{0,6}$", before)
    path = [] if external or any(unit["back"] or unit["here"] for unit in chain) else list(context)
    back = local = False
    for unit in chain:
        kind = _han_kind(unit, traditional)
        if unit["here"]:
            local = True
        elif unit["back"]:
            back = True
            path.append((kind, "-1"))
        else:
            number = _canonical(kind, unit["number"] or unit["annex"])
            if unit["after"]:
                number = numbered(int(number), whole_number(unit["after"]) or 0)
            path.append((kind, number))
            if unit["tail"]:
                path.append(("point", _canonical("point", unit["tail"])))
    return Reference(start, end, text[start:end], tuple(path), external, back, local)
