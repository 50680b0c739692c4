"""From how sure a rule is to how often such a proposal is right.

One line per kind and language, fitted to the development half of our own annotated texts (``python -m comity.bench.press_calibration``):
the log-odds that a proposal is right are a linear function of the log-odds that the rule claims (Platt, "Probabilistic Outputs for Support
Vector Machines", 1999). The rules were written on these texts, which flatters them; the fit therefore also counts invented proposals of
which seven in ten are right.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

LEAST, MOST = 0.05, 0.98


@cache
def _lines() -> dict[str, dict[str, tuple[float, float]]]:
    table = tomllib.loads(files("comity.press.lexicon").joinpath("calibration.toml").read_text(encoding="utf-8"))
    return {kind: {language: (line["slope"], line["intercept"]) for language, line in rows.items()} for kind, rows in table.items()}


def log_odds(p: float) -> float:
    """``log(p / (1 - p))`` of a probability kept away from 0 and 1."""
    p = min(0.995, max(0.005, p))
    return math.log(p / (1 - p))


@lru_cache(maxsize=4096)
def calibrated(kind: str, language: str, claimed: float) -> float:
    """The share of proposals of this kind and language that are right when a rule claims ``claimed`` (both 0 to 1)."""
    slope, intercept = _lines().get(kind, {}).get(language, (1.0, 0.0))
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-(slope * log_odds(claimed) + intercept))))), 3)


def claimed_of(kind: str, language: str, value: float) -> float:
    """The inverse of :func:`calibrated` (between its bounds): what the rule claimed."""
    slope, intercept = _lines().get(kind, {}).get(language, (1.0, 0.0))
    return 1 / (1 + math.exp(-(log_odds(value) - intercept) / slope))
