"""The areas that a clause touches, by its words (``lexicon/areas.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(files("comity.press.lexicon").joinpath("areas.toml").read_text(encoding="utf-8"))[language]
    edge = "" if language == "zh" else r"(?<![\w])"
    return {area: re.compile(edge + "(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE) for area, words in table.items()}


def areas_of(text: str, language: str) -> tuple[str, ...]:
    """Areas in the lexicon's order; "environment" is left out where only a business environment is meant."""
    found = [area for area, pattern in _patterns(language).items() if pattern.search(text)]
    if "environment" in found and re.search(
        r"business (?:and investment )?(?:environment|climate)|营商环境|invest\w* (?:environment|climate)", text, re.IGNORECASE
    ):
        found = [a for a in found if a != "environment"]
        if "business" not in found:
            found.append("business")
    return tuple(found)
