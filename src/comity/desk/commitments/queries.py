"""Which commitments a reader may see, and what is counted of them. "Overdue" is reckoned when read, never stored (rule 14)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from comity.desk.commitments.models import AssessmentRow, AssignmentRow, CommitmentRow, ReportRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, visible_acts
from comity.terms.dates import PartialDate

SOON: Final = 30  # days


def visible(request: HttpRequest) -> QuerySet[CommitmentRow]:
    """Commitments that this reader may see. The public sees one only if the text that it quotes is public too."""
    rows = CommitmentRow.objects.all()
    if insider(request):
        return rows
    acts = visible_acts(request).values("id")
    return rows.filter(act__in=acts, version__in=acts)


def reports(request: HttpRequest) -> QuerySet[ReportRow]:
    rows = ReportRow.objects.all()
    return rows if insider(request) else rows.filter(pk__in=visible_acts(request).values("id"))


def assessments(request: HttpRequest) -> QuerySet[AssessmentRow]:
    rows = AssessmentRow.objects.all()
    return rows if insider(request) else rows.filter(pk__in=visible_acts(request).values("id"))


def is_overdue(row: CommitmentRow, today: date) -> bool:
    """In force, its last day gone, and not closed (``project.outcome`` says when it is)."""
    return row.in_force and not row.closed and row.due_last is not None and row.due_last < today


def unassigned(request: HttpRequest | None) -> Q:
    """A side that is bound has named nobody, as far as this reader may see: what is named for the parties only is nobody to the public."""
    lacking = ~Q(unassigned="")
    if request is None or insider(request):
        return lacking
    told = visible_acts(request).values("id")
    return lacking | Q(id__in=AssignmentRow.objects.filter(current=True).exclude(pk__in=told).values("commitment"))


def states(today: date, request: HttpRequest | None = None) -> dict[str, Q]:
    """The states by which the board counts and filters, for a reader; without one, for this node's officers."""
    live = Q(in_force=True)
    return {
        "in_force": live,
        "open": Q(in_force=False, act__in=ActRow.objects.filter(status="open").values("id")),
        "overdue": live & Q(closed=False, due_last__lt=today),
        "soon": live & Q(closed=False, due_last__gte=today, due_last__lte=today + timedelta(days=SOON)),
        "no_report": live & Q(reported=False),
        "differs": live & Q(differs=True),
        "kept": live & Q(agreed="kept"),
        "unassigned": live & Q(closed=False) & unassigned(request),
    }


def due_between(today: date, until: str) -> Q:
    """In force, not closed, and due from today up to the first day of ``until`` (a partial date)."""
    return Q(in_force=True, closed=False, due_last__gte=today, due_last__lte=PartialDate(until).first)


def state_of(row: CommitmentRow, today: date) -> str:
    """The one state by which lists speak of a commitment: a key of :data:`words.STATES`."""
    if not row.in_force:
        return "open"
    if row.differs:
        return "differs"
    if row.agreed:
        return row.agreed
    if is_overdue(row, today):
        return "overdue"
    return "closed" if row.closed else "reported" if row.reported else "no_report"


def counts(rows: QuerySet[CommitmentRow], today: date, request: HttpRequest | None = None) -> dict[str, int]:
    """How many there are in all and in each state that the board counts, in one query."""
    wanted = {key: Count("pk", filter=q) for key, q in states(today, request).items() if key not in ("in_force", "open")}
    return rows.order_by().aggregate(all=Count("pk"), **wanted)


def by_nature(rows: QuerySet[CommitmentRow]) -> dict[str, int]:
    return {row["nature"]: row["n"] for row in rows.order_by().values("nature").annotate(n=Count("pk"))}
