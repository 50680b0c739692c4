"""The contexts of the pages beneath a meeting: its agenda for printing, last time, papers, extracts."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.pages import trail_to
from comity.desk.meetings import clocks, extracts, lasttime, papering, sections, words
from comity.desk.meetings.calendars import calendar_file
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.queries import visible
from comity.desk.show import name_of, parties_of, trail
from comity.errors import ComityError, Unsayable
from comity.papers import can_print
from comity.texts.sound import MAX_BYTES


def _frame(row: MeetingRow, mechanism: MechanismRow, label: str) -> dict[str, Any]:
    """What every page beneath a meeting has."""
    own = (words.title(row), reverse("meetings:detail", args=[row.id]))
    index = (_("Meetings"), f"{reverse('meetings:index')}?mechanism={mechanism.id}")
    return {
        "row": row,
        "title": label,
        "meeting_title": words.title(row),
        "mechanism_name": name_of(mechanism.names),
        "days": words.days(row),
        "places": words.place_names(row),
        "trail": [*trail_to(mechanism), *trail(index, own, label)],
    }


def agenda_print(request: HttpRequest, row: MeetingRow, mechanism: MechanismRow) -> dict[str, Any]:
    """The agenda alone, for paper: the agreed one, else what is proposed."""
    parties = parties_of(mechanism)
    found = clocks.clocks(row, parties, clocks.zones_of_sides(mechanism.id, parties))
    agenda = next(iter(sections.agendas(request, row, parties, found)), None)
    if agenda is None:
        raise Http404(row.id)
    return _frame(row, mechanism, _("Agenda")) | {
        "agenda": agenda,
        "names": words.names_in_every_language(words.names_of_series(row), row),
        "times": clocks.times(row, found),
    }


def last_time(request: HttpRequest, row: MeetingRow, mechanism: MechanismRow) -> dict[str, Any]:
    """What was said and pledged at the meeting before this one."""
    before = visible(request).filter(pk=row.previous).first() if row.previous else None
    context = _frame(row, mechanism, _("Last time"))
    if before is None:
        return context | {"before": None}
    return (
        context
        | {
            "before": before,
            "before_title": words.title(before),
            "before_days": words.days(before),
            "before_places": words.place_names(before),
        }
        | lasttime.dossier(request, row, before, parties_of(mechanism))
    )


def papers(request: HttpRequest, row: MeetingRow, mechanism: MechanismRow) -> dict[str, Any]:
    """All papers, grouped; the forms of one text stand together."""
    found = papering.papers(request, row, parties_of(mechanism), calendar_file(row, mechanism))
    groups = []
    for group, members in groupby(found, key=lambda p: p.group):
        lines = []
        for (title, lang, _stem), forms in groupby(members, key=lambda p: (p.title, p.lang, p.name.partition(".")[0])):
            files = list(forms)
            lines.append({"title": title, "lang": lang, "sha256": files[0].sha256, "files": files})
        groups.append({"name": group, "lines": lines})
    return _frame(row, mechanism, _("Papers")) | {"groups": groups, "count": len(found), "can_print": can_print()}


def extracts_page(request: HttpRequest, row: MeetingRow, mechanism: MechanismRow) -> dict[str, Any]:
    """The extracts of the adopted minutes; a file that is sent along is checked."""
    minutes = extracts.adopted_minutes(request, row)
    context = _frame(row, mechanism, _("Extracts from the minutes")) | {"minutes": minutes, "verified": None, "refusal": ""}
    if minutes is None:
        return context
    context["items"] = extracts.rows(row, minutes)
    context["minutes_url"] = reverse("texts:detail", args=[minutes.row.id])
    upload = request.FILES.get("file")
    if request.method == "POST":
        try:
            if upload is None:
                raise Unsayable("Choose a file first.", place="file")
            context["verified"], context["as_it_stands"] = extracts.check(minutes, upload.read(MAX_BYTES + 1))
        except ComityError as error:
            context["refusal"] = sentence(error)
    return context


def extract(request: HttpRequest, row: MeetingRow, mechanism: MechanismRow, number: int, lang: str) -> dict[str, Any]:
    """One extract for reading and printing, from its very bytes."""
    minutes = extracts.adopted_minutes(request, row)
    if minutes is None:
        raise Http404(row.id)
    try:
        found = extracts.made(minutes, number, lang)
    except Unsayable as error:
        raise Http404(str(error)) from error
    return _frame(row, mechanism, _("Extract from the minutes")) | {
        "extract": extracts.shown(minutes, found),
        "file_url": reverse("meetings:extract-file", args=[row.id, number, lang]),
        "word_url": reverse("meetings:extract-word", args=[row.id, number, lang]),
        "list_url": reverse("meetings:extracts", args=[row.id]),
        "minutes_url": reverse("texts:detail", args=[minutes.row.id]),
    }
