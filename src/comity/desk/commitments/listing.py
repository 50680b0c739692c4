"""The list for the next meeting: one page to print, with what is overdue, unreported, disputed, due soon or without a responsible body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.commitments import board, queries, responsible
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.commitments.words import due_label, finding_label, nature_label, progress_label
from comity.desk.mechanisms.queries import mechanism_or_404, visible
from comity.desk.meetings import queries as meetings
from comity.desk.meetings import words as meeting_words
from comity.desk.record.models import ActRow
from comity.desk.show import PartyShown, day, instant, name_of, parties_of
from comity.terms.ids import handle

MOST = 60  # lines of one group; what is more stands on the board


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``commitments/list.html``; without ``?mechanism=`` that of the only or latest one."""
    wanted = request.GET.get("mechanism", "")
    mechanism = mechanism_or_404(request, wanted) if wanted else visible(request).first()
    if mechanism is None:
        raise Http404("mechanism")
    today = timezone.localdate()
    parties = parties_of(mechanism)
    ahead = meetings.standing_in(meetings.visible(request).filter(mechanism=mechanism.id), "").filter(last_day__gte=today.isoformat())
    following = ahead.order_by("first_day").first()
    rows = queries.visible(request).filter(mechanism=mechanism.id)
    before = following.first_day if following else ""
    groups = _groups(rows, queries.states(today, request), today, before)
    ids = {row.id for _key, found in groups for row in found}
    assessed = list(queries.assessments(request).filter(commitment__in=ids, current=True))
    reported = list(queries.reports(request).filter(commitment__in=ids, current=True))
    named = responsible.named(request, responsible.assignments(request, ids))
    acts = ActRow.objects.in_bulk({row.act for _key, found in groups for row in found})
    labels = _labels(before)
    return {
        "mechanism": mechanism,
        "name": name_of(mechanism.names),
        "for_meeting": meeting_words.title(following) if following else "",
        "for_when": meeting_words.days(following) if following else "",
        "groups": [
            {
                "key": key,
                "label": labels[key],
                "lines": [_line(row, parties, acts.get(row.act), assessed, reported, named, today) for row in found],
            }
            for key, found in groups
            if found
        ],
        "drawn_up": instant(timezone.now()),
        "trail": board.trail_to(mechanism, _("List for the next meeting")),
    }


def _labels(before: str) -> dict[str, str]:
    return {
        "overdue": _("Overdue"),
        "differs": _("Assessed differently"),
        "no_report": _("No report yet"),
        "soon": _("Due by the meeting") if before else _("Due within 30 days"),
        "unassigned": _("Without a responsible body"),
    }


def _groups(rows: Any, states: dict[str, Q], today: date, before: str) -> list[tuple[str, list[CommitmentRow]]]:
    """Each commitment stands in the first group that it fits, so that the page stays one page."""
    if before:
        states["soon"] = queries.due_between(today, before)
    seen: set[str] = set()
    found = []
    for key in ("overdue", "differs", "no_report", "soon", "unassigned"):
        mine = [row for row in rows.filter(states[key]).order_by("due_last", "id")[: MOST + len(seen)] if row.id not in seen][:MOST]
        seen |= {row.id for row in mine}
        found.append((key, mine))
    return found


def _line(
    row: CommitmentRow,
    parties: Sequence[PartyShown],
    act: ActRow | None,
    assessed: Sequence[AssessmentRow],
    reported: Sequence[ReportRow],
    named: Mapping[tuple[str, str], str],
    today: date,
) -> dict[str, Any]:
    lang, words = board.quote_for(row.quotes)
    days = (today - row.due_last).days if queries.is_overdue(row, today) and row.due_last else 0
    findings = {a.party: finding_label(a.finding) for a in assessed if a.commitment == row.id}
    reports = {r.party: f"{progress_label(r.progress)}, {day(r.when)}" for r in reported if r.commitment == row.id}
    return {
        "handle": handle(row.id),
        "id": row.id,
        "standing": board.seal_of(act, parties),
        "lang": lang,
        "words": words,
        "nature": nature_label(row.nature),
        "due": due_label(row),
        "overdue": ngettext("overdue %(n)d day", "overdue %(n)d days", days) % {"n": days} if days else "",
        "sides": [
            {
                "party": p.name,
                "letter": board.mark_of(p),
                "responsible": named.get((row.id, p.id), "") or (_("not named") if p.id in row.by else ""),
                "said": " · ".join(s for s in (reports.get(p.id, ""), findings.get(p.id, "")) if s) or _("no report, no assessment"),
            }
            for p in parties
        ],
    }
