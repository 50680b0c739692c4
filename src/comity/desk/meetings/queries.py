"""Which meetings a reader may see, and how a series goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from comity.desk.mechanisms.models import SeriesRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import open_to
from comity.terms.dates import PartialDate

STANDINGS = ("in_force", "open", "all")


def visible(request: HttpRequest) -> QuerySet[MeetingRow]:
    """Meetings that this reader may see, whatever became of them."""
    return open_to(request, MeetingRow.objects.all())


def standing_in(rows: QuerySet[MeetingRow], standing: str) -> QuerySet[MeetingRow]:
    """Those in force, those still proposed, all, or (anything else) all that were not declined, withdrawn or overtaken."""
    alive = Q(in_force=True) | Q(act__in=ActRow.objects.filter(status="open").values("id"))
    wanted = {"in_force": Q(in_force=True), "open": Q(in_force=False) & alive, "all": Q()}
    return rows.filter(wanted.get(standing, alive))


def meeting_or_404(request: HttpRequest, meeting: str) -> MeetingRow:
    row = visible(request).filter(pk=meeting).first()
    if row is None:
        raise Http404(meeting)
    return row


@dataclass(frozen=True, slots=True)
class Next:
    """The meeting that a series waits for: its number, the one before it, and an open proposal for that number if there is one."""

    series: str
    ordinal: int
    previous: MeetingRow | None
    proposed: MeetingRow | None


def series_of(mechanism: str) -> list[SeriesRow]:
    """Every series of a mechanism that is in force, closed ones too: those of the founding act first, then by the day they began."""
    rows = SeriesRow.objects.filter(mechanism=mechanism, in_force=True)
    return sorted(rows, key=lambda row: (not row.id.startswith(f"{mechanism}#"), row.since, row.id))


def is_closed(row: SeriesRow) -> bool:
    """Whether the series has ended by today; one that ends in a year or month ends on its last day."""
    return bool(row.until) and PartialDate(row.until).last < timezone.localdate()


def series_names(mechanisms: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Series → its names, of several mechanisms in one query."""
    return dict(SeriesRow.objects.filter(mechanism__in=set(mechanisms)).values_list("id", "names"))


def next_of(row: SeriesRow) -> Next:
    """How a series goes on after the last meeting in force."""
    series, first = row.id, row.first
    last = MeetingRow.objects.filter(series=series, in_force=True).order_by("-ordinal").first()
    ordinal = last.ordinal + 1 if last else first
    proposed = standing_in(MeetingRow.objects.filter(series=series, ordinal=ordinal), "open").first()
    return Next(series, ordinal, last, proposed)


def neighbours(request: HttpRequest, row: MeetingRow) -> tuple[MeetingRow | None, MeetingRow | None]:
    """The meetings in force before and after this one in its series."""
    near = visible(request).filter(series=row.series, in_force=True, ordinal__in=(row.ordinal - 1, row.ordinal + 1))
    by_number = {other.ordinal: other for other in near}
    return by_number.get(row.ordinal - 1), by_number.get(row.ordinal + 1)
