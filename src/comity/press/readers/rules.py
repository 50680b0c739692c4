"""The reader that always works: rules and lexicons, no dependency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from comity.press.model import VERSION
from comity.press.readers import chinese, english, russian
from comity.press.readers.base import Found
from comity.press.registry import Registry
from comity.press.segment import Layout

_ASSEMBLE: dict[str, Callable[[Layout, Registry, date | None], Found]] = {
    "en": english.assemble,
    "ru": russian.assemble,
    "zh": chinese.assemble,
}


class RulesReader:
    """Rules for English, Russian and Chinese."""

    name = "rules"
    version = VERSION
    languages = frozenset(_ASSEMBLE)

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found:
        """Read by the language's rules."""
        return _ASSEMBLE[language](layout, registry, reference)
