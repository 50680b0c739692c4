"""Other people's tools on the same material; each is measured only where it is installed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from comity.bench.texts_gold import Bead, Case
from comity.texts.encoders import UniversalEncoder
from comity.texts.terms import Register

Aligner = Callable[[Case], list[Bead]]


def aligners(encoder: UniversalEncoder | None) -> dict[str, Aligner]:
    """Aligners of texts without ids, by name: galechurch (lengths), sentweave (the same encoder as ours)."""
    found: dict[str, Aligner] = {}
    if find_spec("galechurch"):
        galechurch = import_module("galechurch")

        def by_length(case: Case) -> list[Bead]:
            beads = galechurch.align(list(case.source), list(case.target)).beads
            return [(tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end))) for b in beads]

        found["galechurch"] = by_length
    if find_spec("sentweave") and encoder:
        sentweave = import_module("sentweave")

        def woven(case: Case) -> list[Bead]:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = sentweave.align(
                    list(enumerate(case.source)),
                    list(enumerate(case.target)),
                    lambda texts: encoder.encode(list(texts)),
                    src_text_getter=lambda item: item[1],
                    tgt_text_getter=lambda item: item[1],
                )
            return [(tuple(i for i, _ in block.src_items), tuple(j for j, _ in block.tgt_items)) for block in result.alignments]

        found["sentweave"] = woven
    return found


def toolkit_number_check() -> Callable[[str, str], bool] | None:
    """translate-toolkit's check of numbers: True where it raises an alarm. None where it is not installed."""
    if not find_spec("translate"):
        return None
    checks: Any = import_module("translate.filters.checks")
    checker = checks.StandardChecker()
    failure: type[Exception] = checks.FilterFailure

    def alarm(source: str, target: str) -> bool:
        try:
            return not checker.numbers(source, target)
        except failure:
            return True

    return alarm


def weblate_rule(register: Register, concept: str, language: str, target: str) -> bool:
    """Weblate's rule for glossaries, as its `checks/glossary.py` states it: an alarm unless a term stands between word boundaries, letter
    for letter."""
    terms = next(item for item in register.concepts if item.id == concept).of(language)
    return not any(re.search(rf"\b{re.escape(term)}\b", target, re.IGNORECASE) for term in terms)
