"""The contexts of the pages of meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comity.desk.commitments.models import CommitmentRow
from comity.desk.design.words import Standing
from comity.desk.forums.of_mechanism import sheets_of
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.pages import trail_to
from comity.desk.mechanisms.shown import acts_shown, audience_label, why_not_act
from comity.desk.meetings import clocks, minuting, sections, words
from comity.desk.meetings.calendars import has_days
from comity.desk.meetings.editing import why_not_about
from comity.desk.meetings.minuting import Minutes, minutes_of, stage_label
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.queries import neighbours, series_names
from comity.desk.meetings.sections import about_url
from comity.desk.record.models import ActRow
from comity.desk.record.visible import open_to, visible_acts
from comity.desk.show import PartyShown, act_url, name_of, officer_of, parties_of, standing_of, title_for, trail
from comity.desk.texts.models import TextRow
from comity.terms.dates import PartialDate
from comity.terms.ids import handle

MOST_TEXTS, MOST_ACTS = 40, 40


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """One meeting in a list."""

    url: str
    title: str
    ordinal: int
    days: str
    places: str
    mode: str
    host: str
    standing: Standing
    upcoming: bool
    mechanism: str
    mechanism_url: str
    series: str


def upcoming(row: MeetingRow) -> bool:
    """Whether its last day has not passed. Computed when read."""
    return PartialDate(row.last_day).last >= timezone.localdate()


def meetings_shown(rows: Sequence[MeetingRow], mechanisms: Mapping[str, MechanismRow]) -> list[MeetingShown]:
    """Lines of a list, in one query for the acts and one for the series."""
    acts = ActRow.objects.in_bulk([row.act for row in rows])
    parties = {key: parties_of(mechanism) for key, mechanism in mechanisms.items()}
    series = series_names(row.mechanism for row in rows)
    return [
        MeetingShown(
            reverse("meetings:detail", args=[row.id]),
            words.title(row),
            row.ordinal,
            words.days(row),
            words.place_names(row),
            words.mode_label(row.mode),
            host_of(row, parties[row.mechanism]),
            standing(acts.get(row.act), parties[row.mechanism]),
            upcoming(row),
            name_of(mechanisms[row.mechanism].names),
            reverse("mechanisms:detail", args=[row.mechanism]),
            name_of(series.get(row.series, [])),
        )
        for row in rows
        if row.mechanism in mechanisms
    ]


def grouped(shown: Sequence[MeetingShown], *, by_series: bool) -> list[tuple[str, list[MeetingShown]]]:
    """The list as groups with a heading each: series by series, or everything under no heading."""
    if not by_series:
        return [("", list(shown))] if shown else []
    groups: dict[str, list[MeetingShown]] = {}
    for meeting in shown:
        groups.setdefault(meeting.series, []).append(meeting)
    return list(groups.items())


def host_of(row: MeetingRow, parties: Sequence[PartyShown]) -> str:
    return next((p.name for p in parties if p.id == row.host), "")


def standing(act: ActRow | None, parties: Sequence[PartyShown]) -> Standing:
    return standing_of(act, parties) if act else Standing(len(parties), names=tuple(p.name for p in parties))


def detail(request: HttpRequest, row: MeetingRow, mechanism: MechanismRow) -> dict[str, Any]:
    """Everything on the page of one meeting."""
    parties = parties_of(mechanism)
    act = ActRow.objects.filter(pk=row.act).first()
    before, after = neighbours(request, row)
    officer = officer_of(request)
    series = words.names_of_series(row)
    found = clocks.clocks(row, parties, clocks.zones_of_sides(mechanism.id, parties))
    minutes = minutes_of(request, row, parties)
    barred = str(why_not_act(request, mechanism, settings.NODE.party)) if officer else ""
    barred_about = why_not_about(request, mechanism, row) if officer else ""
    return {
        "row": row,
        "agendas": sections.agendas(request, row, parties, found),
        "delegations": sections.delegations(request, row, parties),
        "minutes": minutes,
        "minutes_stage": stage_label(minutes.stage),
        "minutes_actions": _minutes_actions(row, minutes),
        "begun": minuting.own_draft(row) if officer else None,
        "agenda_url": about_url("agenda", row),
        "delegation_url": about_url("delegation", row),
        "barred_about": barred_about,
        "closed": _closed(row),
        "title": words.title(row),
        "number": _("No. %(number)d") % {"number": row.ordinal},
        "kind": name_of(series) or _("Meeting"),
        "names": words.names_in_every_language(series, row),
        "standing": standing(act, parties),
        "upcoming": upcoming(row),
        "days": words.days(row),
        "facts": _facts(row, mechanism, act, parties, clocks.times(row, found), series, sheets_of(request, mechanism.id)),
        "counts": _counts(request, row),
        "texts": _texts(request, row, parties),
        "acts": acts_shown(
            visible_acts(request).filter(mechanism=mechanism.id, object=row.id).order_by("-arrived", "id")[:MOST_ACTS], parties
        ),
        "before": _link(before),
        "after": _link(after),
        "calendar": has_days(row),
        "officer": officer,
        "actions": _actions(row, minutes, barred, barred_about),
        "trail": [
            *trail_to(mechanism),
            *trail((_("Meetings"), f"{reverse('meetings:index')}?mechanism={mechanism.id}"), words.title(row)),
        ],
    }


def _closed(row: MeetingRow) -> dict[str, str] | None:
    return {"url": act_url(row.closed), "handle": handle(row.closed)} if row.closed else None


def _minutes_actions(row: MeetingRow, minutes: Minutes) -> list[dict[str, str]]:
    """Where one goes from the minutes as they stand."""
    text = minutes.text
    if text is None:
        return []
    links = [{"label": _("Read the minutes"), "url": reverse("texts:detail", args=[text.id])}]
    if minutes.stage == "adopted":
        links.append({"label": _("Extracts per item of the agenda"), "url": reverse("meetings:extracts", args=[row.id])})
    else:
        links.append({"label": _("Comment on the minutes"), "url": f"{reverse('texts:comment')}?text={text.id}"})
        if minutes.stage == "forward":
            links.append({"label": _("Adopt the minutes"), "url": f"{reverse('texts:adopt')}?text={text.id}"})
        elif minutes.adoption:
            links.append({"label": _("Open the adoption"), "url": act_url(minutes.adoption.id)})
    return links


def _facts(
    row: MeetingRow,
    mechanism: MechanismRow,
    act: ActRow | None,
    parties: Sequence[PartyShown],
    times: list[dict[str, str]],
    series: Sequence[Mapping[str, str]],
    sheets: Sequence[Mapping[str, str]],
) -> list[dict[str, Any]]:
    key = row.series.partition("#")[2]
    said: list[dict[str, Any]] = [
        {
            "label": _("Mechanism"),
            "value": {"text": name_of(mechanism.names), "url": reverse("mechanisms:detail", args=[mechanism.id])},
        },
        {
            "label": pgettext("of meetings", "Series"),
            "value": {
                "text": name_of(series) or key,
                "url": f"{reverse('meetings:index')}?mechanism={mechanism.id}&series={key}",
                "note": _("number %(number)d") % {"number": row.ordinal},
            },
        },
    ]
    if sheets:
        said.append({"label": _("Positions"), "lines": [{"text": one["label"], "url": one["url"]} for one in sheets]})
    if times:
        said.append({"label": _("Opens"), "lines": times})
    for place in row.places:
        lines = [{"text": n["text"], "lang": n["lang"]} for n in place["names"]]
        if place.get("zone"):
            lines.append({"text": _("time zone"), "code": place["zone"]})
        said.append({"label": _("Place"), "lines": lines})
    said += [
        {"label": _("Host"), "value": host_of(row, parties) or _("nobody in particular")},
        *([{"label": _("Why this side hosts"), "lines": [{"text": n["text"], "lang": n["lang"]} for n in row.notes]}] if row.notes else []),
        {"label": _("How it meets"), "value": words.mode_label(row.mode)},
        {"label": _("Audience"), "value": audience_label(act, "parties")},
        {"label": _("Convening act"), "value": {"text": handle(row.act), "url": act_url(row.act)}},
    ]
    return said


def _counts(request: HttpRequest, row: MeetingRow) -> list[dict[str, Any]]:
    texts = open_to(request, TextRow.objects.filter(meeting=row.id))
    commitments = open_to(request, CommitmentRow.objects.filter(text__in=texts.values("id")))
    query = f"?mechanism={row.mechanism}&meeting={row.id}"
    some, more = texts.count(), commitments.count()
    return [
        {"number": some, "label": ngettext("text", "texts", some), "url": reverse("texts:index") + query},
        {"number": more, "label": ngettext("commitment", "commitments", more), "url": reverse("commitments:index") + query},
    ]


@dataclass(frozen=True, slots=True)
class TextShown:
    """One text of a meeting."""

    url: str
    title: str
    stage: str
    standing: Standing


def _texts(request: HttpRequest, row: MeetingRow, parties: Sequence[PartyShown]) -> list[TextShown]:
    rows = list(open_to(request, TextRow.objects.filter(meeting=row.id)).order_by("stage", "id")[:MOST_TEXTS])
    acts = ActRow.objects.in_bulk([text.act for text in rows])
    return [
        TextShown(
            reverse("texts:detail", args=[text.id]),
            title_for(text.titles) or _("Text %(handle)s") % {"handle": handle(text.id)},
            _("adopted") if text.stage == "adopted" else _("put forward"),
            standing(acts.get(text.act), parties),
        )
        for text in rows
    ]


def _link(row: MeetingRow | None) -> dict[str, str] | None:
    return {"url": reverse("meetings:detail", args=[row.id]), "label": f"{words.title(row)} · {words.days(row)}"} if row else None


def _actions(row: MeetingRow, minutes: Minutes, barred: str, barred_about: str) -> list[dict[str, str]]:
    """What can be done with the meeting as a whole, each with the reason why not beside it."""
    if not row.in_force:
        return []
    query = f"?mechanism={row.mechanism}&meeting={row.id}"
    found = [
        {"label": _("Put forward a text"), "url": reverse("texts:put-forward") + query, "why": barred},
        {"label": _("Convene the next meeting"), "url": f"{reverse('meetings:convene')}?after={row.id}", "why": barred},
    ]
    if not row.closed:
        found.append({"label": _("Change the meeting"), "url": f"{reverse('meetings:convene')}?supersedes={row.id}", "why": barred_about})
        waits = "" if minutes.stage == "adopted" else _("A meeting is closed on its minutes; they are not adopted yet.")
        found.append({"label": _("Close the meeting"), "url": about_url("close", row), "why": barred_about or waits})
    return [action | {"kind": "quiet" if n else ""} for n, action in enumerate(found)]
