"""Reading English: names, statements and commitments by rules, with or without a parser."""

from __future__ import annotations

from datetime import date

from comity.press.attribution import Attribution
from comity.press.model import Span
from comity.press.readers.base import Found
from comity.press.readers.english.commitments import find_commitments
from comity.press.readers.english.names import find_bodies, find_persons
from comity.press.readers.english.speakers import Speakers
from comity.press.readers.english.statements import find_statements
from comity.press.readers.whole import whole
from comity.press.registry import Registry
from comity.press.segment import Layout


def assemble(
    layout: Layout,
    registry: Registry,
    reference: date | None,
    attributions: list[Attribution] | None = None,
    persons: list[Span] | None = None,
) -> Found:
    """Everything in an English text; ``attributions`` and ``persons`` may come from a parser and a tagger instead of the surface rules."""
    bodies = find_bodies(layout, registry)
    roster = find_persons(layout, registry, bodies, persons)
    spoken = Speakers(layout, roster, bodies).resolve_all(find_statements(layout) if attributions is None else attributions)
    return whole(layout, "en", reference, bodies, roster, spoken, find_commitments, _distanced)


def _distanced(layout: Layout, a: Attribution) -> bool:
    """The reporter keeps off: "so-called", "what X calls", "claims", "alleges"."""
    if a.lemma in {"claim", "allege"}:
        return True
    before = layout.text[max(0, a.cue[0] - 60) : a.cue[1]]
    return "so-called" in before or ("what " in before.lower() and a.lemma in {"call", "describe"})
