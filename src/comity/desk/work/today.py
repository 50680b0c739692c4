"""My work today: what waits for whom, what is late, what has changed. Every count opens the list it was counted from.

Selected anew at each look; the number of queries does not grow with the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_sign
from comity.desk.commitments.models import CommitmentRow
from comity.desk.commitments.queries import states
from comity.desk.commitments.words import due_label
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.words import days as meeting_days
from comity.desk.meetings.words import title as meeting_title
from comity.desk.press.models import Source
from comity.desk.press.policy import why_not_review
from comity.desk.press.visible import counted
from comity.desk.record import gathering
from comity.desk.record.models import ActRow, Draft
from comity.desk.show import PartyShown, act_url, name_of, parties_of, standing_of, title_for, type_label
from comity.desk.texts.models import TextRow
from comity.desk.work.models import Kind, Notice

MOST = 100  # lines of one list
NEAR = 30  # days

type Line = dict[str, Any]
type Parties = Mapping[str, Sequence[PartyShown]]


def known_parties() -> dict[str, list[PartyShown]]:
    """The parties of each mechanism here."""
    return {m.id: parties_of(m) for m in MechanismRow.objects.all()}


def days_since(moment: datetime, now: datetime) -> str:
    """How long something has waited, in days."""
    days = (timezone.localtime(now).date() - timezone.localtime(moment).date()).days
    return _("since today") if days < 1 else ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def _act(row: ActRow, parties: Parties, now: datetime) -> Line:
    those = parties.get(row.mechanism, ())
    return {
        "url": act_url(row.id),
        "title": title_for(row.titles) or type_label(row.type),
        "kind": type_label(row.type),
        "standing": standing_of(row, those) if those else None,
        "age": days_since(row.arrived, now),
        "at": row.arrived,
    }


def open_acts() -> list[ActRow]:
    return list(ActRow.objects.filter(status="open").order_by("arrived")[: 5 * MOST])


# Waiting for me ----------------------------------------------------------------------------


def to_sign(officer: Officer, acts: Iterable[ActRow], parties: Parties, now: datetime) -> list[Line]:
    """Acts that wait for this side's signature, oldest first; ``mine`` are those that this officer may sign."""
    own, given = settings.NODE.party, gathering.signed_by(officer)
    lines = []
    for row in acts:
        if own in row.missing and row.signed:
            why = str(why_not_sign(officer, own, row.type, row.mechanism))
            mine = not why and row.id not in given
            ask = _("Sign or decline") if mine else _("Waits for a signatory of your side")
            lines.append(_act(row, parties, now) | {"ask": ask, "why": why, "mine": mine})
    return lines


def drafts(officer: Officer, now: datetime) -> tuple[list[Line], list[Line]]:
    """Drafts closed for signature that this officer may sign, and those that she has to finish."""
    own, given = settings.NODE.party, gathering.signed_by(officer)
    closed: list[Line] = []
    mine: list[Line] = []
    for row in Draft.objects.filter(done=False).select_related("author", "on_behalf").defer("payload", "working", "body")[: 3 * MOST]:
        principal = getattr(getattr(row, "on_behalf", None), "principal_id", None)
        line: Line = {
            "url": reverse("record:draft", args=[row.key]),
            "title": title_for(row.titles) or type_label(row.type),
            "kind": type_label(row.type),
            "age": days_since(row.updated, now),
            "at": row.updated,
            "mine": True,
        }
        if row.act:
            if row.act not in given and not why_not_sign(officer, own, row.type, row.mechanism):
                closed.append(line | {"ask": _("Read and sign the draft")})
            elif row.author_id == officer.user_id:
                mine.append(line | {"ask": _("Closed: a signatory of your side signs it"), "mine": False})
        elif officer.user_id == row.author_id or officer.pk == principal:
            mine.append(line | {"ask": _("Finish the draft")})
    return closed[::-1], mine


def to_answer(parties: Parties, now: datetime) -> list[Line]:
    """Texts that the other side has put forward and that this side has neither answered nor adopted."""
    own = settings.NODE.party
    forward = list(TextRow.objects.filter(stage="forward", in_force=True).exclude(proposer=own).order_by("said")[:MOST])
    answered = set(TextRow.objects.filter(answers__in=[t.id for t in forward]).values_list("answers", flat=True))
    open_ones = [t for t in forward if t.id not in answered]
    acts = ActRow.objects.in_bulk([t.act for t in open_ones])
    lines = []
    for text in open_ones:
        row = acts.get(text.act)
        if row is not None:
            line = _act(row, parties, now) | {"ask": _("Comment, answer or adopt"), "mine": True}
            lines.append(line | {"url": reverse("texts:detail", args=[text.id])})
    return lines


def mentions(officer: Officer, now: datetime) -> list[Line]:
    """Unread notifications in which somebody speaks to this officer."""
    rows = Notice.objects.filter(officer=officer, read=None, kind__in=[Kind.MENTION, Kind.REMARK]).order_by("at")[:MOST]
    return [
        {
            "url": reverse("work:open", args=[row.pk]),
            "title": title_for(row.titles) or _("a remark"),
            "kind": str(row.data.get("words", "")),
            "lang": row.data.get("lang", ""),
            "ask": _("Read: %(person)s speaks to you") % {"person": name_of(row.data.get("names") or []) or "?"},
            "age": days_since(row.at, now),
            "at": row.at,
            "mine": True,
        }
        for row in rows
    ]


def to_review(officer: Officer, now: datetime) -> list[Line]:
    """Articles on the press desk with proposals that nobody has decided on yet."""
    if why_not_review(officer, settings.NODE.party):
        return []
    rows = counted(Source.objects.filter(removed=None, state=Source.REVIEW)).filter(waiting__gt=0).order_by("added")[:MOST]
    return [
        {
            "url": reverse("press:source", args=[row.key]),
            "title": row.title or row.publisher or row.key,
            "lang": row.language,
            "kind": row.publisher if row.title else "",
            "ask": ngettext("Review %(n)d proposal", "Review %(n)d proposals", row.waiting) % {"n": row.waiting},
            "age": days_since(row.added, now),
            "at": row.added,
            "mine": True,
        }
        for row in rows
    ]


# Waiting for them ---------------------------------------------------------------------------


def for_them(acts: Iterable[ActRow], parties: Parties, now: datetime) -> list[Line]:
    """What this side has signed and others have not, oldest first; and texts of ours that nobody has answered."""
    own = settings.NODE.party
    lines = []
    for row in acts:
        if own in row.signed and row.missing:
            names = [p.name for p in parties.get(row.mechanism, ()) if p.id in row.missing]
            lines.append(_act(row, parties, now) | {"ask": _("Waits for the signature of %(who)s") % {"who": ", ".join(names)}})
    forward = list(TextRow.objects.filter(stage="forward", in_force=True, proposer=own).order_by("said")[:MOST])
    answered = set(TextRow.objects.filter(answers__in=[t.id for t in forward]).values_list("answers", flat=True))
    rows = ActRow.objects.in_bulk([t.act for t in forward if t.id not in answered])
    for text in forward:
        said = rows.get(text.act)
        if said is not None:
            others = [p.name for p in parties.get(said.mechanism, ()) if p.id != own]
            line = _act(said, parties, now) | {"ask": _("Waits for an answer of %(who)s") % {"who": ", ".join(others)}}
            lines.append(line | {"url": reverse("texts:detail", args=[text.id])})
    return sorted(lines, key=lambda line: line["at"])


# Due ------------------------------------------------------------------------------------------


def due(today: date, parties: Parties) -> list[Line]:
    """Commitments that are overdue or due within a month, and meetings within a month, by date."""
    wanted = states(today)
    rows = CommitmentRow.objects.filter(wanted["overdue"] | wanted["soon"]).order_by("due_last", "id")[:MOST]
    lines = [_commitment(row, today, parties) for row in rows]
    until = (today + timedelta(days=NEAR)).isoformat()
    for meeting in MeetingRow.objects.filter(in_force=True, first_day__gte=today.isoformat(), first_day__lte=until).order_by("first_day"):
        if len(meeting.first_day) == 10:
            left = (date.fromisoformat(meeting.first_day) - today).days
            lines.append(
                {
                    "url": reverse("meetings:detail", args=[meeting.id]),
                    "title": meeting_title(meeting),
                    "kind": _("Meeting"),
                    "due": meeting_days(meeting),
                    "left": in_days(left),
                    "who": _host(meeting, parties),
                    "on": date.fromisoformat(meeting.first_day),
                }
            )
    return sorted(lines, key=lambda line: line["on"])


def in_days(left: int) -> str:
    """ "in 3 days", "today", "3 days overdue"."""
    if left < 0:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}
    return _("today") if left == 0 else ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left}


def _commitment(row: CommitmentRow, today: date, parties: Parties) -> Line:
    own, last = settings.NODE.party, row.due_last or today
    names = {p.id: p.name for p in parties.get(row.mechanism, ())}
    return {
        "url": reverse("commitments:detail", args=[row.id]),
        "title": title_for(row.quotes) or _("a commitment"),
        "kind": _("Commitment") + ("" if row.reported else f" · {_('no report yet')}"),
        "due": due_label(row),
        "left": in_days((last - today).days),
        "late": last < today,
        "ours": own in row.by,
        "who": ", ".join(names.get(p, p) for p in row.by),
        "on": last,
    }


def _host(meeting: MeetingRow, parties: Parties) -> str:
    return next((p.name for p in parties.get(meeting.mechanism, ()) if p.id == meeting.host), "")


# All of it ---------------------------------------------------------------------------------------


def today_of(officer: Officer, now: datetime) -> dict[str, Any]:
    """The lists of one officer's page and the counts that open them."""
    parties, acts = known_parties(), open_acts()
    closed, unfinished = drafts(officer, now)
    sign, answer, speak = to_sign(officer, acts, parties, now), to_answer(parties, now), mentions(officer, now)
    theirs, late = for_them(acts, parties, now), due(timezone.localtime(now).date(), parties)
    press = to_review(officer, now)
    me = [*speak, *[s for s in sign if s["mine"]], *closed, *answer, *unfinished, *press, *[s for s in sign if not s["mine"]]]
    counts = [
        {"number": sum(1 for line in (*sign, *closed) if line["mine"]), "label": _("to sign"), "url": "#me"},
        {"number": len(answer), "label": _("texts to answer"), "url": "#me"},
        {"number": sum(1 for line in unfinished if line["mine"]), "label": _("drafts to finish"), "url": "#me"},
        {"number": len(speak), "label": _("mentions and remarks"), "url": "#me"},
        {"number": len(press), "label": _("articles to review"), "url": "#me"},
        {"number": len(theirs), "label": _("waiting for the other side"), "url": "#them"},
        {"number": sum(1 for line in late if line.get("late")), "label": _("overdue"), "url": "#due"},
    ]
    if not settings.NODE.party:
        counts = [count for count in counts if count["label"] in (_("mentions and remarks"), _("articles to review"))]
    return {"me": me, "them": theirs, "due": late, "counts": counts}


@dataclass(frozen=True, slots=True)
class Waiting:
    """The numbers in the frame of every page."""

    mine: int
    """Beside "My work" in the menu: what this officer herself can do something about now."""
    unread: int
    """At the bell: notifications that she has not read."""


def waiting_for(officer: Officer) -> Waiting:
    own = settings.NODE.party
    acts = ActRow.objects.filter(status="open").order_by().values_list("type", "mechanism", "missing", "signed")
    sign = sum(own in missing and bool(signed) and not why_not_sign(officer, own, kind, at) for kind, at, missing, signed in acts)
    speaking = Count("id", filter=Q(kind__in=[Kind.MENTION, Kind.REMARK]))
    told = Notice.objects.filter(officer=officer, read=None).aggregate(unread=Count("id"), speaking=speaking)
    return Waiting(sign + told["speaking"], told["unread"])
