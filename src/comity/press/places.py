"""Countries and cities in three languages: what a text calls them, and the ISO 3166 code behind it.

>>> [c.code for c in countries_in("talks between China and the Russian Federation", "en")]
['CN', 'RU']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.press.model import Span


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


def _nominative(pattern: str) -> str:
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
def _table(language: str) -> tuple[re.Pattern[str], dict[str, _Entry]]:
    """One pattern of named groups per language; the group's name leads to its entry."""
    entries: dict[str, _Entry] = {}
    parts: list[tuple[int, str, str]] = []

    def add(pattern: str, entry: _Entry, weight: int) -> None:
        group = f"g{len(entries)}"
        entries[group] = entry
        parts.append((weight, group, pattern))

    for code, en, en_adj, ru, ru_adj, zh, _short in _rows("countries.tsv"):
        if language == "en":
            for name in en.split("|"):
                add(re.escape(name).replace("'", "['’]"), _Entry(code, en.split("|")[0], "country"), len(name))
            for name in en_adj.split("|"):
                add(re.escape(name), _Entry(code, en.split("|")[0], "adjective"), len(name))
        elif language == "ru":
            add(ru, _Entry(code, _nominative(ru), "country"), 30)
            for stem in ru_adj.split("|"):
                add(
                    f"[{stem[0].upper()}{stem[0]}]{stem[1:]}(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)",
                    _Entry(code, _nominative(ru), "adjective"),
                    20,
                )
        else:
            for name in zh.split("|"):
                add(name, _Entry(code, zh.split("|")[0], "country"), len(name))
    for en, ru_name, ru, zh, code in _rows("cities.tsv"):
        capital, code = code.endswith("*"), code.rstrip("*")
        if language == "en":
            for name in en.split("|"):
                add(re.escape(name), _Entry(code, en.split("|")[0], "city", capital), len(name))
        elif language == "ru":
            add(ru, _Entry(code, ru_name, "city", capital), 25)
        else:
            for name in zh.split("|"):
                add(name, _Entry(code, zh.split("|")[0], "city", capital), len(name))
    parts.sort(key=lambda part: -part[0])
    edge = ("", "") if language == "zh" else (r"(?<![\w])", r"(?![\w])")
    return re.compile(edge[0] + "(?:" + "|".join(f"(?P<{group}>{pattern})" for _, group, pattern in parts) + ")" + edge[1]), entries


@cache
def _pairs() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    shorts = {row[6]: (row[0], row[5].split("|")[0]) for row in reversed(_rows("countries.tsv"))}
    one = "|".join(sorted(map(re.escape, shorts), key=len, reverse=True))
    after = (
        "(?=两国|双方|关系|议会|合作|友好|立法|全面|建交|新时代|经贸|战略|人文|边境|元首"
        "|议员|国会|媒体|地方|贸易|双边|睦邻|青年|机制|交流|友谊|企业)"
    )
    return re.compile(f"(?P<a>{one})(?P<b>{one}){after}"), shorts


def places_in(text: str, language: str, start: int = 0, end: int | None = None) -> list[Place]:
    """Every country, nationality word and known city between ``start`` and ``end``, in order; Chinese pairs such as 中俄 give two."""
    pattern, entries = _table(language)
    stop = len(text) if end is None else end
    found = []
    for match in pattern.finditer(text, start, stop):
        entry = entries[str(match.lastgroup)]
        found.append(Place(entry.code, entry.name, entry.kind, match.span(), entry.capital))
    if language == "zh":
        pair, shorts = _pairs()
        for match in pair.finditer(text, start, stop):
            for group in "ab":
                code, name = shorts[match[group]]
                found.append(Place(code, name, "pair", match.span(group)))
        found.sort(key=lambda place: place.span)
    return found


def countries_in(text: str, language: str) -> list[Place]:
    """The countries of a text in order of first mention, once each (nationality words and pairs count)."""
    seen: dict[str, Place] = {}
    for place in places_in(text, language):
        if place.kind != "city":
            seen.setdefault(place.code, place)
    return list(seen.values())
