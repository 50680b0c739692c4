"""How a source's proposals meet what is known now: the same meeting elsewhere, a number or a day that contradicts, a pledge repeated.

Drawn anew each time a source is looked at, so that a person decides against the present record and not against that of the day of reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.desk.press import known
from comity.desk.press.about import Subject
from comity.desk.press.known import Known
from comity.desk.press.models import Source
from comity.press.model import Reading
from comity.press.relations import relations

CONFLICTS = ("ordinal_conflict", "date_conflict")


@dataclass(frozen=True, slots=True)
class Met:
    """One relation of a proposal: its kind (``press.model.RELATIONS``), the reference, and what it leads to."""

    kind: str
    ref: str
    known: Known

    @property
    def contradicts(self) -> bool:
        return self.kind in CONFLICTS


def met(source: Source, subject: Subject | None) -> Mapping[str, list[Met]]:
    """Relations by the place of the proposal in the reading (``meetings/0``). What the source itself has brought in is left out."""
    if subject is None or source.reading is None:
        return {}
    reading = Reading.from_json(source.reading)
    own = set(source.proposals.exclude(about="").values_list("about", flat=True))
    every = relations(reading, known.registry(subject), source.text)
    others = [one for one in every if one.ref not in own and one.kind != "reported_kept"]  # what is reported as kept is a proposal itself
    leads = known.resolve(subject, [one.ref for one in others])
    out: dict[str, dict[tuple[str, str], Met]] = {}
    for one in others:
        if one.ref in leads:
            out.setdefault(one.about, {}).setdefault((one.kind, one.ref), Met(one.kind, one.ref, leads[one.ref]))
    return {place: list(several.values()) for place, several in out.items()}


def contradicted(found: Mapping[str, list[Met]]) -> frozenset[str]:
    """The places of proposals that contradict what is known."""
    return frozenset(place for place, several in found.items() if any(one.contradicts for one in several))
