"""Countries and cities in three languages: what a text calls them, and the ISO 3166 code behind it.

>>> countries_in("talks between China and the Russian Federation", "en")
['CN', 'RU']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from comity.press.model import Span
from comity.press.words import words_of


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: ``code`` of the country, ``name`` in the text's language (nominative), ``kind`` country, adjective, pair or city."""

    code: str
    name: str
    kind: str
    span: Span
    capital: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    name: str
    kind: str
    capital: bool = False


def _rows(name: str) -> list[list[str]]:
    raw = files("comity.press.lexicon").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]


def nominative(pattern: str) -> str:
    """The dictionary form of a Russian pattern: the first ending of every group."""
    return re.sub(
        r"\(\?:([^|)]*)\|[^)]*\)(\??)", lambda m: "" if m[2] else m[1], pattern.split("|")[0] if "(?:" not in pattern else _first(pattern)
    )


def _first(pattern: str) -> str:
    depth = 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return pattern[:at]
    return pattern


@cache
def _literal(language: str) -> dict[str, _Entry]:
    """English and Chinese: every name as it is written."""
    table: dict[str, _Entry] = {}
    for code, en, en_adj, _ru, _ru_adj, zh, _short in _rows("countries.tsv"):
        for name in (en if language == "en" else zh).split("|"):
            table.setdefault(name, _Entry(code, (en if language == "en" else zh).split("|")[0], "country"))
        for name in en_adj.split("|") if language == "en" else ():
            table.setdefault(name, _Entry(code, en.split("|")[0], "adjective"))
    for en, _name, _ru, zh, code in _rows("cities.tsv"):
        names = (en if language == "en" else zh).split("|")
        for name in names:
            table[name] = _Entry(code.rstrip("*"), names[0], "city", code.endswith("*"))
    return table


@cache
def _by_first_character() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Chinese: the names by their first character, the longest first, and a pattern of any such character."""
    names: dict[str, list[str]] = {}
    for name in sorted(_literal("zh"), key=len, reverse=True):
        names.setdefault(name[0], []).append(name)
    return _any_of(names), {first: tuple(some) for first, some in names.items()}


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, sorted(characters))) + "]")


@cache
def _russian() -> dict[str, list[tuple[re.Pattern[str], _Entry]]]:
    """Russian: patterns with their endings, by the first three letters of their first word."""
    table: dict[str, list[tuple[int, re.Pattern[str], _Entry]]] = {}

    def add(pattern: str, entry: _Entry) -> None:
        for one in alternatives(pattern):
            key = re.sub(r"[^а-яёa-z].*", "", one.lower().replace("(?:санкт-)?", ""))[:3]
            table.setdefault(key, []).append((len(one), re.compile(f"(?:{one})(?![\\w])"), entry))

    for code, _en, _en_adj, ru, ru_adj, _zh, _short in _rows("countries.tsv"):
        add(ru, _Entry(code, nominative(ru), "country"))
        for stem in ru_adj.split("|"):
            add(f"{stem}(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)", _Entry(code, nominative(ru), "adjective"))
            add(f"{stem[0].upper()}{stem[1:]}(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)", _Entry(code, nominative(ru), "adjective"))
    for _en, name, ru, _zh, code in _rows("cities.tsv"):
        add(ru, _Entry(code.rstrip("*"), name, "city", code.endswith("*")))
    return {key: [(p, e) for _, p, e in sorted(rows, key=lambda r: -r[0])] for key, rows in table.items()}


def alternatives(pattern: str) -> list[str]:
    """The top-level alternatives of a pattern."""
    parts, depth, at = [], 0, 0
    for i, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(pattern[at:i])
            at = i + 1
    return [part for part in [*parts, pattern[at:]] if part]


@cache
def _pairs() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, str]]]:
    """Two countries by their short forms; any character with which such a form begins; and the countries by these forms."""
    shorts = {row[6]: (row[0], row[5].split("|")[0]) for row in reversed(_rows("countries.tsv"))}
    one = "|".join(sorted(map(re.escape, shorts), key=len, reverse=True))
    after = (
        "(?=两国|双方|关系|议会|合作|友好|立法|全面|建交|新时代|经贸|战略|人文|边境|元首"
        "|议员|国会|媒体|地方|贸易|双边|睦邻|青年|机制|交流|友谊|企业)"
    )
    return re.compile(f"(?!立法|司法|意见|日本)(?P<a>{one})(?P<b>{one}){after}"), _any_of({short[0] for short in shorts}), shorts


def places_in(text: str, language: str, start: int = 0, end: int | None = None) -> list[Place]:
    """Every country, nationality word and known city between ``start`` and ``end``, in order; Chinese pairs such as 中俄 give two."""
    places, starts = _all_places(text, language)
    stop = len(text) if end is None else end
    inside = places[bisect_left(starts, start) : bisect_left(starts, stop)]
    return [place for place in inside if place.span[1] <= stop]


def countries_in(text: str, language: str, start: int = 0, end: int | None = None) -> list[str]:
    """The codes of the countries named between ``start`` and ``end``, by name or nationality, in order; a city names none."""
    return [place.code for place in places_in(text, language, start, end) if place.kind != "city"]


@lru_cache(maxsize=8)
def _all_places(text: str, language: str) -> tuple[list[Place], list[int]]:
    found = _russian_places(text) if language == "ru" else _literal_places(text, language)
    found.sort(key=lambda place: place.span)
    return found, [place.span[0] for place in found]


def _literal_places(text: str, language: str) -> list[Place]:
    table = _literal(language)
    found = []
    for start, name in _written(text) if language == "zh" else _capitalised(text):
        entry = table[name]
        found.append(Place(entry.code, entry.name, entry.kind, (start, start + len(name)), entry.capital))
    if language == "zh":
        found.extend(_paired(text, found))
    return found


def _written(text: str) -> Iterator[tuple[int, str]]:
    """Chinese: the names with their places, the longest of those that begin at one place."""
    firsts, names = _by_first_character()
    after = 0
    for first in firsts.finditer(text):
        start = first.start()
        if start >= after:
            for name in names[first.group()]:
                if text.startswith(name, start):
                    after = start + len(name)
                    yield start, name
                    break


def _paired(text: str, found: list[Place]) -> list[Place]:
    """Chinese: pairs of countries that share no character with the names ``found``, which are in order and apart."""
    pair, firsts, shorts = _pairs()
    pairs: list[Place] = []
    starts, after = [place.span[0] for place in found], 0
    for at in firsts.finditer(text):
        if at.start() >= after and (match := pair.match(text, at.start())):
            after = match.end()
            last = bisect_left(starts, match.end()) - 1
            if last < 0 or found[last].span[1] <= match.start():  # else the 西亚 of 印度尼西亚
                pairs.extend(Place(*shorts[match[group]], "pair", match.span(group)) for group in "ab")
    return pairs


@cache
def _by_first_word() -> dict[str, re.Pattern[str]]:
    """English: for each first word, in lower case, one pattern of the names that begin with it."""
    names: dict[str, list[str]] = {}
    for name in sorted(_literal("en"), key=len, reverse=True):
        names.setdefault(re.split(r"[^A-Za-z]", name)[0].lower(), []).append(name)
    return {word: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, some)) + r")(?!\w)") for word, some in names.items()}


def _capitalised(text: str) -> Iterator[tuple[int, str]]:
    """English: the names with their places, looked for only where their first word stands."""
    patterns, words, after = _by_first_word(), words_of(text), 0
    for start, word in zip(words.starts, words.lower, strict=True):
        if word in patterns and start >= after and (match := patterns[word].match(text, start)):
            after = match.end()
            yield start, match.group()


_WORD_START = re.compile(r"(?<![\w-])[А-ЯЁа-яё]")


def _russian_places(text: str) -> list[Place]:
    table, found, after = _russian(), [], 0
    for word in _WORD_START.finditer(text):
        at = word.start()
        if at < after:
            continue
        for pattern, entry in table.get(text[at : at + 3].lower(), table.get(text[at : at + 2].lower(), [])):
            if match := pattern.match(text, at):
                found.append(Place(entry.code, entry.name, entry.kind, match.span(), entry.capital))
                after = match.end()
                break
    return found
