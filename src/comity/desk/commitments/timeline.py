"""One commitment on its line: the provision, the undertaking, who was named for it, reports with their evidence, every assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.commitments.acts import ASSESS, ASSIGN, REPORT, UNDERTAKE
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.commitments.words import due_label, finding_label, progress_label
from comity.desk.design.line import Chart, Meeting, Moment, Series
from comity.desk.design.words import Standing
from comity.desk.record.models import ActRow
from comity.desk.show import PartyShown, act_url, instant, standing_of, type_label
from comity.terms.ids import handle


@dataclass(frozen=True, slots=True)
class Step:
    """One act on the way of a commitment. ``what`` and ``note`` are in the page's language; ``evidence`` belongs to a report."""

    act: ActRow
    what: str
    by: str
    standing: Standing
    note: str = ""
    evidence: Sequence[Mapping[str, str]] = field(default_factory=tuple)

    @property
    def url(self) -> str:
        return act_url(self.act.id)

    @property
    def handle(self) -> str:
        return handle(self.act.id)

    @property
    def said(self) -> str:
        return instant(self.act.said)


def steps(
    provision: ActRow | None,
    acts: Sequence[ActRow],
    parties: Sequence[PartyShown],
    reports: Mapping[str, ReportRow],
    assessments: Mapping[str, AssessmentRow],
    assigned: Mapping[str, str],
) -> list[Step]:
    """Act after act, the oldest first; ``provision`` adopted the text that is quoted, ``assigned`` says who was named by which act."""
    names = {p.id: p.name for p in parties}
    found = [provision] if provision is not None else []
    return [_step(act, act is provision, names, parties, reports, assessments, assigned) for act in (*found, *acts)]


def _step(
    act: ActRow,
    provision: bool,
    names: Mapping[str, str],
    parties: Sequence[PartyShown],
    reports: Mapping[str, ReportRow],
    assessments: Mapping[str, AssessmentRow],
    assigned: Mapping[str, str],
) -> Step:
    by = " · ".join(names.get(p, p) for p in act.signatories)
    what, note, evidence = type_label(act.type), "", ()
    if provision:
        what = _("The provision: text adopted")
    elif act.type == UNDERTAKE:
        what = _("Undertaken") if act.id == act.object else pgettext("of a commitment", "Changed")
    elif act.type == ASSIGN:
        what, note = _("Responsible body named"), assigned.get(act.id, "")
    elif act.type == REPORT and act.id in reports:
        report = reports[act.id]
        what = _("Report: %(progress)s") % {"progress": progress_label(report.progress)}
        evidence = tuple(report.evidence)
    elif act.type == ASSESS and act.id in assessments:
        what = _("Assessment: %(finding)s") % {"finding": finding_label(assessments[act.id].finding)}
    return Step(act, what, by, standing_of(act, parties), note, evidence)


def chart(row: CommitmentRow, found: Sequence[Step], parties: Sequence[PartyShown], today: date) -> Chart:
    """The same on the line: what all say stands on it, what the first party says above, the second below; the due date on a lane of its
    own.
    """
    meetings = tuple(
        Meeting(
            id=f"line-{step.act.id[:16]}",
            when=step.act.said[:10],
            title=step.what,
            said_when=step.said,
            ordinal=str(number),
            kind=step.by,
            side=_side(step.act, parties),
            standing=step.standing,
            url=step.url,
        )
        for number, step in enumerate(found, 1)
    )
    years = [int(m.when[:4]) for m in meetings] + [today.year] + ([row.due_last.year] if row.due_last else [])
    start = meetings[0].when if meetings else today.isoformat()
    due = (Moment(row.due_by, due_label(row)),) if row.due_by else ()
    return Chart(
        label=_("From the provision to the assessments"),
        start=min(years),
        end=max(years) + 1,
        series=(Series("way", "", start, meetings),),
        moments_label=_("Due"),
        moments=due,
    )


def _side(act: ActRow, parties: Sequence[PartyShown]) -> Literal["above", "below", "on"]:
    if len(parties) != 2 or len(act.signatories) != 1:
        return "on"
    return "above" if act.signatories[0] == parties[0].id else "below"
