"""Meetings for calendar programs: one as a file, all public ones of a mechanism as a feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from comity.desk.accounts.models import page_language
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.meetings import words
from comity.desk.meetings.icalendar import Event, calendar
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.queries import standing_in
from comity.desk.record.models import ActRow
from comity.desk.record.visible import public_acts
from comity.desk.show import name_of
from comity.terms.dates import PartialDate

MOST_IN_FEED = 500


def has_days(row: MeetingRow) -> bool:
    """Whether its first and last day are whole, so that it can stand in a calendar."""
    return len(row.first_day) == len(row.last_day) == 10


def event_of(row: MeetingRow, act: ActRow, mechanism: MechanismRow, changes: int) -> Event:
    """A meeting with whole days for calendars; ``changes`` is how many convenings of it were in force before."""
    summary = f"{name_of(mechanism.names)}: {words.title(row)}"
    return Event(
        uid=f"{row.id}@{settings.NODE.host}",
        summary=summary,
        first=PartialDate(row.first_day).first,
        last=PartialDate(row.last_day).last,
        stamp=datetime.fromisoformat(act.said),
        opens=words.opening(row),
        opening=_("Opening: %(meeting)s") % {"meeting": summary},
        location=words.place_names(row) or words.mode_label(row.mode),
        lang=page_language(),
        confirmed=row.in_force,
        sequence=changes,
    )


def _events(rows: Sequence[MeetingRow], mechanism: MechanismRow) -> list[Event]:
    """Events of those rows that have whole days; two queries."""
    whole = [row for row in rows if has_days(row)]
    acts = ActRow.objects.in_bulk([row.act for row in whole])
    said = ActRow.objects.filter(object__in=[row.id for row in whole], status="in_force", type__startswith="meetings/convene/")
    counted: Mapping[str, int] = dict(said.values_list("object").annotate(n=Count("id")).order_by())
    return [event_of(row, acts[row.act], mechanism, max(0, counted.get(row.id, 0) - 1)) for row in whole if row.act in acts]


def calendar_file(row: MeetingRow, mechanism: MechanismRow) -> bytes | None:
    """The bytes of the meeting's .ics file; None while its days are not whole."""
    events = _events([row], mechanism)
    return calendar(events) if events else None


def public_feed(mechanism: MechanismRow) -> bytes:
    """The meetings of a mechanism whose convening is public today, the newest first."""
    public = public_acts().values("id")
    rows = standing_in(MeetingRow.objects.filter(mechanism=mechanism.id, act__in=public), "").order_by("-first_day", "-ordinal", "id")
    shown = list(rows[:MOST_IN_FEED]) if public_acts().filter(pk=mechanism.id).exists() else []
    return calendar(_events(shown, mechanism), name=name_of(mechanism.names))
