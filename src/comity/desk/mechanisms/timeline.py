"""A mechanism on its line: meetings by number, texts adopted, what falls due, and its age on a lane of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.commitments.models import CommitmentRow
from comity.desk.design.line import Age, Chart, Meeting, Moment, Series
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.mechanisms.models import MechanismRow, SeriesRow
from comity.desk.meetings import queries as meetings
from comity.desk.meetings import words
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import open_to
from comity.desk.show import PartyShown, day, name_of, standing_of, title_for
from comity.desk.texts.models import TextRow
from comity.terms.dates import PartialDate

# A line holds so much and stays readable; the newest stand on it, the lists have all.
MOST_MEETINGS, MOST_TEXTS, MOST_DUE, YEARS_AHEAD = 80, 80, 8, 5
MOST_SERIES = 8


def chart(request: HttpRequest, mechanism: MechanismRow, parties: Sequence[PartyShown]) -> Chart:
    """The chart of one mechanism, in a fixed number of queries."""
    today = timezone.localdate()
    held = _meetings(request, mechanism, parties)
    adopted = _texts(request, mechanism, parties)
    due = _due(request, mechanism)
    founded = PartialDate(mechanism.founded)
    lineage = list(open_to(request, SeriesRow.objects.filter(mechanism=mechanism.id, in_force=True)).order_by("since", "id")[:MOST_SERIES])
    series = _lanes(lineage, held, founded.text) or tuple(
        Series(s["key"], name_of(s["names"]), min([founded.text, *(m.when for m in mine)]), tuple(mine), lane=lane)
        for lane, s in enumerate(mechanism.series)
        for mine in [held.get(f"{mechanism.id}#{s['key']}", [])]
    )
    whens = (
        [founded.text, today.isoformat()]
        + [text.when for text in adopted]
        + [moment.when for moment in due]
        + [m.when for one in series for m in one.meetings]
        + [one.start for one in series]
        + [row.counted_from["on"] for row in lineage if row.counted_from]
    )
    years = [int(when[:4]) for when in whens]
    age = _age(founded, today.isoformat(), lineage)
    return Chart(
        label=_("Meetings, adopted texts and what falls due"),
        start=min(years),
        end=min(max(years), today.year + YEARS_AHEAD) + 1,
        series=series,
        talks_label=_("Texts adopted"),
        talks=tuple(adopted),
        age=age,
        moments_label=_("Commitments due"),
        moments=tuple(due),
    )


def _lanes(lineage: Sequence[SeriesRow], held: Mapping[str, list[Meeting]], founded: str) -> tuple[Series, ...]:
    """One lane per series, and one before it for each predecessor from before this record; what follows another leaves its lane or takes it
    up.
    """
    lanes: list[Series] = []
    into = {p["series"]: row.id for row in lineage if row.until == "" for p in row.predecessors if "series" in p}
    for row in lineage:
        mine = held.get(row.id, [])
        if not mine and not row.predecessors and len(lineage) > 1:
            continue  # nothing is to be drawn of it yet; the list of series has it
        start = min([row.since or founded, *(m.when for m in mine)])
        for number, before in enumerate(p for p in row.predecessors if p.get("from")):
            count = ngettext("%(n)d meeting", "%(n)d meetings", before["held"]) % {"n": before["held"]} if before.get("held") else ""
            note = " · ".join(part for part in (count, _("before this record")) if part)
            lanes.append(Series(f"{row.id}-{number}", name_of(before["names"]), before["from"], (), note, len(lanes), into=row.id))
        ended = next((s for s in lineage if s.id == into.get(row.id) and row.until), None)
        lanes.append(Series(row.id, name_of(row.names), start, tuple(mine), lane=len(lanes), into=ended.id if ended else ""))
    return tuple(lanes)


def _meetings(request: HttpRequest, mechanism: MechanismRow, parties: Sequence[PartyShown]) -> dict[str, list[Meeting]]:
    rows = meetings.standing_in(meetings.visible(request).filter(mechanism=mechanism.id), "")
    newest = list(rows.order_by("-first_day", "-ordinal")[:MOST_MEETINGS])
    acts = ActRow.objects.in_bulk([row.act for row in newest])
    shown: dict[str, list[Meeting]] = {}
    for row in reversed(newest):
        shown.setdefault(row.series, []).append(
            Meeting(
                id=f"line-{row.id[:16]}",
                when=row.first_day,
                title=words.title(row),
                said_when=words.days(row),
                ordinal=str(row.ordinal),
                kind=words.mode_label(row.mode),
                place=words.place_names(row),
                side=_side(row, parties),
                standing=standing_of(acts[row.act], parties) if row.act in acts else Standing(len(parties)),
                url=reverse("meetings:detail", args=[row.id]),
            )
        )
    return shown


def _side(row: MeetingRow, parties: Sequence[PartyShown]) -> Literal["above", "below", "on"]:
    """Of two parties, the first one's meetings stand above the line, the second's below; online ones and those of many parties on it."""
    if len(parties) != 2 or row.mode == "online":
        return "on"
    return "above" if row.host == parties[0].id else "below" if row.host == parties[1].id else "on"


def _texts(request: HttpRequest, mechanism: MechanismRow, parties: Sequence[PartyShown]) -> list[Meeting]:
    rows = open_to(request, TextRow.objects.filter(mechanism=mechanism.id, stage="adopted", in_force=True))
    said = ActRow.objects.filter(mechanism=mechanism.id, type__startswith="texts/adopt/", status="in_force")
    newest = list(said.order_by("-said").values_list("id", "said")[:MOST_TEXTS])
    by_id = rows.in_bulk([act for act, _said in newest])
    return [
        Meeting(
            id=f"line-{act[:16]}",
            when=when[:10],
            title=title_for(by_id[act].titles) or _("Text"),
            said_when=day(when[:10]),
            kind=_("text adopted"),
            standing=Standing(len(parties), frozenset(range(len(parties))), State.IN_FORCE),
            url=reverse("texts:detail", args=[act]),
        )
        for act, when in reversed(newest)
        if act in by_id
    ]


def _due(request: HttpRequest, mechanism: MechanismRow) -> list[Moment]:
    """The next dates on which commitments fall due, and the latest that passed, each with its number of commitments."""
    today = timezone.localdate()
    rows = open_to(request, CommitmentRow.objects.filter(mechanism=mechanism.id, in_force=True).exclude(due_by=""))
    per_day = rows.order_by().values("due_by").annotate(number=Count("id"))
    ahead = per_day.filter(due_by__gte=today.isoformat()[:7], due_by__lt=str(today.year + YEARS_AHEAD + 1)).order_by("due_by")[:MOST_DUE]
    passed = per_day.filter(due_by__lt=today.isoformat()[:7]).order_by("-due_by")[:MOST_DUE]
    return [
        Moment(line["due_by"], _("%(day)s: %(number)d due") % {"day": day(line["due_by"]), "number": line["number"]})
        for line in (*reversed(list(passed)), *ahead)
    ]


def _age(founded: PartialDate, today: str, lineage: Sequence[SeriesRow]) -> Age | None:
    """The mechanism's own age, in years that are full today, counted from the founding act that a series names, else from its own."""
    label = _("Age, counted from the founding")
    named = next((row.counted_from for row in lineage if row.counted_from), None)
    if named is not None:
        founded = PartialDate(named["on"])
        label = _("Age, counted from: %(act)s") % {"act": name_of(named["names"])}
    if founded.first.isoformat() > today:
        return None
    first = founded.first.isoformat()
    years = int(today[:4]) - int(first[:4]) - (today[5:] < first[5:])
    text = ngettext("%(n)d year", "%(n)d years", years) % {"n": years} if years else _("in its first year")
    return Age(label, first, today, text)
