"""Reading Chinese: names, statements and commitments by rules; a tagger may add persons and organisations."""

from __future__ import annotations

from datetime import date

from comity.press.attribution import Attribution
from comity.press.model import Span
from comity.press.readers.base import Found
from comity.press.readers.chinese.bodies import find_bodies
from comity.press.readers.chinese.commitments import find_commitments
from comity.press.readers.chinese.persons import find_persons
from comity.press.readers.chinese.speakers import Speakers
from comity.press.readers.chinese.statements import Finder
from comity.press.readers.whole import whole
from comity.press.registry import Registry
from comity.press.segment import Layout


def assemble(
    layout: Layout, registry: Registry, reference: date | None, persons: list[Span] | None = None, organisations: list[Span] | None = None
) -> Found:
    """Everything in a Chinese text; ``persons`` and ``organisations`` are a tagger's spans."""
    bodies = find_bodies(layout, registry, organisations)
    roster = find_persons(layout, registry, bodies, persons)
    spoken = Speakers(layout, roster, bodies).resolve_all(Finder(layout, roster, bodies).find())
    return whole(layout, "zh", reference, bodies, roster, spoken, find_commitments, _distanced)


def _distanced(layout: Layout, a: Attribution) -> bool:
    """The reporter keeps off: 所谓, 声称, 宣称."""
    return "所谓" in layout.text[max(0, a.cue[0] - 10) : a.content[0] + 12] or a.lemma in {"声称", "宣称", "妄称", "自称"}
