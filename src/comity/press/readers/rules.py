"""The reader that always works: rules and lexicons, no dependency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from comity.press.readers import chinese, english, russian
from comity.press.readers.base import Found
from comity.press.registry import Registry
from comity.press.segment import Layout
from comity.press.versions import reader_version

_ASSEMBLE: dict[str, Callable[[Layout, Registry, date | None], Found]] = {
    "en": english.assemble,
    "ru": russian.assemble,
    "zh": chinese.assemble,
}


class RulesReader:
    """Rules for English, Russian and Chinese."""

    name = "rules"
    languages = frozenset(_ASSEMBLE)

    def __init__(self) -> None:
        # Russian names are put into the nominative by pymorphy3 where it is installed
        self.version = reader_version("pymorphy3", also=("pymorphy3-dicts-ru",))

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found:
        """Read by the language's rules."""
        return _ASSEMBLE[language](layout, registry, reference)
