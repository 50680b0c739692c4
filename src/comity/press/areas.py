"""The areas that a clause touches, by its words (``lexicon/areas.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _stems(language: str) -> tuple[tuple[str, ...], dict[str, list[tuple[str, int]]]]:
    """The areas in their order, and their stems (with the area's number) by the first two letters."""
    table = tomllib.loads(files("comity.press.lexicon").joinpath("areas.toml").read_text(encoding="utf-8"))[language]
    stems: dict[str, list[tuple[str, int]]] = {}
    for number, words in enumerate(table.values()):
        for word in words:
            stems.setdefault(word.lower()[:2], []).append((word.lower(), number))
    return tuple(table), stems


_WORD_START = re.compile(r"(?<!\w)\w")


def areas_of(text: str, language: str) -> tuple[str, ...]:
    """Areas in the lexicon's order; "environment" is left out where only a business environment is meant."""
    areas, stems = _stems(language)
    lower = text.lower()
    places = range(len(lower)) if language == "zh" else [m.start() for m in _WORD_START.finditer(lower)]
    numbers = {number for at in places for stem, number in stems.get(lower[at : at + 2], ()) if lower.startswith(stem, at)}
    found = [areas[number] for number in sorted(numbers)]
    if "environment" in found and re.search(
        r"business (?:and investment )?(?:environment|climate)|营商环境|invest\w* (?:environment|climate)", text, re.IGNORECASE
    ):
        found = [a for a in found if a != "environment"]
        if "business" not in found:
            found.append("business")
    return tuple(found)
