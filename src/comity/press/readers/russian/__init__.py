"""Reading Russian: names, statements and commitments by rules; a tagger may add persons."""

from __future__ import annotations

from datetime import date

from comity.press.attribution import Attribution
from comity.press.model import Span
from comity.press.readers.base import Found
from comity.press.readers.russian.bodies import find_bodies
from comity.press.readers.russian.commitments import find_commitments
from comity.press.readers.russian.persons import find_persons
from comity.press.readers.russian.speakers import Speakers
from comity.press.readers.russian.statements import find_statements
from comity.press.readers.whole import whole
from comity.press.registry import Registry
from comity.press.segment import Layout


def assemble(layout: Layout, registry: Registry, reference: date | None, persons: list[tuple[Span, str]] | None = None) -> Found:
    """Everything in a Russian text; ``persons`` are a tagger's spans with their nominatives."""
    bodies = find_bodies(layout, registry)
    roster = find_persons(layout, registry, bodies, persons)
    spoken = Speakers(layout, roster, bodies).resolve_all(find_statements(layout))
    return whole(layout, "ru", reference, bodies, roster, spoken, find_commitments, _distanced)


def _distanced(layout: Layout, a: Attribution) -> bool:
    """The reporter keeps off: утверждает, якобы, так называемый, то, что X называет."""
    before = layout.text[max(0, a.cue[0] - 60) : a.cue[0]].lower()
    return (
        a.lemma.startswith("утвержд")
        or "так называем" in before[-40:]
        or "якобы" in layout.text[a.cue[1] : a.content[0] + 12].lower()
        or ("то, что" in before and a.lemma.startswith("назыв"))
    )
