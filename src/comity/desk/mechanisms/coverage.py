"""Which points of which mandates have commitments, and how these stand: counts that open their records, never an average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest

from comity.desk.accounts.models import page_language
from comity.desk.commitments import queries as commitments
from comity.desk.commitments.models import CommitmentRow
from comity.desk.mechanisms.models import MandateRow
from comity.desk.record.visible import open_to


@dataclass(slots=True)
class Coverage:
    """Of one mechanism: its mandates in force, and per point (``<mandate>#<key>``) the commitments in force that implement it."""

    mandates: list[MandateRow] = field(default_factory=list)
    by_point: dict[str, list[CommitmentRow]] = field(default_factory=dict)

    @property
    def points(self) -> int:
        return len(self.by_point)

    @property
    def covered(self) -> int:
        return sum(bool(rows) for rows in self.by_point.values())


def coverage(request: HttpRequest, mechanisms: Sequence[str]) -> dict[str, Coverage]:
    """The coverage of several mechanisms, as this reader may see it, in two queries."""
    found = {mechanism: Coverage() for mechanism in mechanisms}
    for mandate in open_to(request, MandateRow.objects.filter(mechanism__in=mechanisms, in_force=True)):
        one = found[mandate.mechanism]
        one.mandates.append(mandate)
        one.by_point |= {f"{mandate.id}#{point['key']}": [] for point in mandate.points}
    for row in commitments.visible(request).filter(mechanism__in=mechanisms, in_force=True).exclude(pointed=""):
        for point in row.mandates:
            if point in found[row.mechanism].by_point:
                found[row.mechanism].by_point[point].append(row)
    return found


def point_words(mandate: MandateRow, key: str) -> tuple[str, str]:
    """The language and the words of a point, in the page's language if it is quoted in it; empty if its file is not here."""
    quotes = {q["lang"]: q["text"] for point in mandate.points if point["key"] == key for q in point["quotes"] if q["text"]}
    if not quotes:
        return "", ""
    here = page_language()
    lang = here if here in quotes else next((tag for tag in quotes if tag.split("-")[0] == here.split("-")[0]), next(iter(quotes)))
    return lang, quotes[lang]
