"""What natures, progress, findings and due times are called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.desk.commitments.models import CommitmentRow
from comity.desk.show import day

NATURES = {
    "joint": gettext_lazy("joint"),
    "duty": gettext_lazy("duty"),
    "agenda_topic": gettext_lazy("agenda topic"),
    "pledge": gettext_lazy("pledge"),
    "plan": gettext_lazy("plan"),
    "proposal": gettext_lazy("proposal"),
}

NATURES_MEAN = {
    "joint": gettext_lazy("The parties will do it together. All of them sign."),
    "duty": gettext_lazy("Every party owes it, again and again or for ever. All of them sign."),
    "agenda_topic": gettext_lazy("It will be discussed at a later meeting. All of them sign."),
    "pledge": gettext_lazy("One side promises it. Only those who promise sign."),
    "plan": gettext_lazy("One side intends it, without promising. Only those who intend it sign."),
    "proposal": gettext_lazy("One side suggests it to the other; nobody is bound to do it. Only those who propose sign."),
}

PROGRESS = {
    "done": pgettext_lazy("progress of a commitment", "done"),
    "under_way": gettext_lazy("under way"),
    "not_started": gettext_lazy("not started"),
    "dropped": gettext_lazy("dropped"),
}

FINDINGS = {
    "kept": gettext_lazy("kept"),
    "kept_late": gettext_lazy("kept late"),
    "partly": gettext_lazy("kept in part"),
    "changed": gettext_lazy("changed by agreement"),
    "not_kept": gettext_lazy("not kept"),
    "too_early": gettext_lazy("too early to say"),
}

STATES = {
    **FINDINGS,
    "open": gettext_lazy("waiting for signatures"),
    "differs": gettext_lazy("assessed differently"),
    "overdue": gettext_lazy("overdue"),
    "closed": gettext_lazy("reported done or dropped"),
    "reported": gettext_lazy("reported on"),
    "no_report": gettext_lazy("no report yet"),
}

ATTRIBUTES = {
    "timeline": gettext_lazy("It states steps with dates."),
    "self_accountability": gettext_lazy("Those who are bound say how they will account for it."),
    "numerical_target": gettext_lazy("It states a number to reach."),
}


def state_label(state: str) -> str:
    return str(STATES.get(state, state))


def attribute_label(attribute: str) -> str:
    return str(ATTRIBUTES.get(attribute, attribute))


def nature_label(nature: str) -> str:
    return str(NATURES.get(nature, nature))


def progress_label(progress: str) -> str:
    return str(PROGRESS.get(progress, progress))


def finding_label(finding: str) -> str:
    return str(FINDINGS.get(finding, finding))


def due_label(row: CommitmentRow) -> str:
    """When it falls due, as a phrase: a date, a window, or that none is stated."""
    if not row.due_by:
        return _("none stated")
    if row.due_from:
        return _("from %(start)s to %(end)s") % {"start": day(row.due_from, bound=True), "end": day(row.due_by)}
    return _("by %(date)s") % {"date": day(row.due_by, bound=True)}
