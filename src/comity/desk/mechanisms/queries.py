"""What of a mechanism a reader may see, and what its pages count.

Every function makes a fixed number of queries, however much the record holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Model, Q, QuerySet, When
from django.http import Http404, HttpRequest
from django.utils import timezone

from comity.desk.commitments.models import CommitmentRow
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, open_to, public_acts, visible_mechanisms
from comity.desk.texts.models import TextRow
from comity.mechanisms.model import OFFICES


def visible(request: HttpRequest) -> QuerySet[MechanismRow]:
    """Mechanisms that this reader may see, by the date of their founding."""
    return visible_mechanisms(request).order_by("-founded", "id")


def mechanism_or_404(request: HttpRequest, mechanism: str) -> MechanismRow:
    """The mechanism of that id; one that the reader may not see is not there."""
    row = visible(request).filter(pk=mechanism).first()
    if row is None:
        raise Http404(mechanism)
    return row


def appointments(request: HttpRequest, mechanism: str) -> QuerySet[AppointmentRow]:
    """Who was ever appointed, side by side: those whose end is not known first, then by the rank of the office."""
    rank = Case(
        *(When(office=office, then=place) for place, office in enumerate(OFFICES)), default=len(OFFICES), output_field=IntegerField()
    )
    rows = open_to(request, AppointmentRow.objects.filter(mechanism=mechanism))
    return rows.annotate(rank=rank).order_by("party", "-holds", "until", "rank", "body", "-since", "id")


def in_office(rows: QuerySet[AppointmentRow]) -> QuerySet[AppointmentRow]:
    """Those who hold an office today: begun, not ended, not followed by somebody else in an office that one person holds."""
    today = timezone.localdate().isoformat()
    lasting = ("", today, today[:7], today[:4])  # an office held until 2026 is held to the end of that year
    return rows.filter(Q(until__in=lasting) | Q(until__gt=today), holds=True, since__lte=today)


@dataclass(slots=True)
class Counted:
    """How much there is of what, in one mechanism."""

    meetings: int = 0
    texts: int = 0
    commitments: int = 0
    open: int = 0


def counted(request: HttpRequest, mechanisms: Sequence[str]) -> dict[str, Counted]:
    """The counts of several mechanisms, in four queries."""
    officer = insider(request)
    acts = public_acts().values("id")
    found = {mechanism: Counted() for mechanism in mechanisms}
    tables: Iterable[tuple[str, QuerySet[Model]]] = (
        ("meetings", MeetingRow.objects.filter(in_force=True)),
        ("texts", TextRow.objects.all()),
        ("commitments", CommitmentRow.objects.all()),
        ("open", ActRow.objects.filter(status="open")),
    )
    for name, rows in tables:
        mine = rows.filter(mechanism__in=mechanisms)
        if not officer:
            mine = mine.filter(**{f"{'id' if name == 'open' else 'act'}__in": acts})
        for line in mine.order_by().values("mechanism").annotate(number=Count("pk")):
            setattr(found[line["mechanism"]], name, line["number"])
    return found
