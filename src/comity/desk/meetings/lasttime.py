"""*Last time*: for each item of an agenda what the previous meeting said about it, what was adopted then, and what became of what was
pledged then, by the word of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.commitments import queries as commitments
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.commitments.words import finding_label, nature_label, progress_label
from comity.desk.design.words import Standing, listed
from comity.desk.meetings.extracts import AdoptedMinutes, adopted_minutes
from comity.desk.meetings.models import AgendaRow, MeetingRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import open_to
from comity.desk.show import PartyShown, day, languages_by_page, one_side, standing_of, title_for
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import kind_label, provision_label
from comity.meetings.likeness import LIKELY_SAME, Titled, matches
from comity.meetings.minutes import item_provision, wording
from comity.texts.model import last_segment

MOST_TEXTS, MOST_PLEDGES = 40, 200


@dataclass(frozen=True, slots=True)
class Pledge:
    """One commitment from then, with its state and what each side says became of it."""

    url: str
    quotes: list[dict[str, str]]
    nature: str
    place: str
    by: str
    due: str
    overdue: bool
    progress: list[dict[str, Any]]
    pair: list[dict[str, Any]]
    differs: bool


@dataclass(slots=True)
class Then:
    """What an earlier item said."""

    number: int
    titles: list[dict[str, str]]
    likely: bool
    score: int
    wording: list[dict[str, Any]]
    extract: str
    pledges: list[Pledge] = field(default_factory=list)


@dataclass(slots=True)
class ItemThen:
    """An item of today with the earlier one; None if there was none."""

    number: int
    titles: list[dict[str, str]]
    then: Then | None


def dossier(request: HttpRequest, meeting: MeetingRow, before: MeetingRow, parties: Sequence[PartyShown]) -> dict[str, Any]:
    """Everything on the page, in a fixed number of queries."""
    agenda, old = _agenda(request, meeting.id), _agenda(request, before.id)
    minutes = adopted_minutes(request, before)
    texts = list(
        open_to(request, TextRow.objects.filter(meeting=before.id, stage="adopted", in_force=True)).order_by("kind", "id")[:MOST_TEXTS]
    )
    pledges = _pledges(request, texts, parties)
    items = _items(agenda, old, minutes, before)
    placed: set[str] = set()
    for item in items:
        if item.then is not None and minutes is not None:
            item.then.pledges = [p for row, p in pledges if row.text == minutes.row.id and _number(row.eid) == item.then.number]
            placed |= {p.url for p in item.then.pledges}
    acts = ActRow.objects.in_bulk([text.act for text in texts])
    return {
        "items": items,
        "agreed": agenda.current if agenda else False,
        "texts": [
            {
                "url": reverse("texts:detail", args=[t.id]),
                "title": title_for(t.titles) or kind_label(t.kind),
                "kind": kind_label(t.kind),
                "standing": standing_of(act, parties) if (act := acts.get(t.act)) else Standing(len(parties)),
            }
            for t in texts
        ],
        "pledges": [p for _row, p in pledges if p.url not in placed],
        "all_pledges": len(pledges),
        "with_agenda": agenda is not None,
        "old_agenda": old is not None,
        "old_minutes": minutes is not None,
    }


def _agenda(request: HttpRequest, meeting: str) -> AgendaRow | None:
    rows = open_to(request, AgendaRow.objects.filter(meeting=meeting, alive=True))
    return rows.order_by("-current", "-said", "id").first()


def _items(agenda: AgendaRow | None, old: AgendaRow | None, minutes: AdoptedMinutes | None, before: MeetingRow) -> list[ItemThen]:
    new_items, old_items = (row.items if row else [] for row in (agenda, old))
    if not new_items:  # no agenda yet: what was on the last one is the dossier
        return [ItemThen(n, _titles(item["titles"]), _then(n, item, minutes, before, "", 100.0)) for n, item in enumerate(old_items, 1)]
    found = matches(_titled(new_items), _titled(old_items))
    return [
        ItemThen(
            n,
            _titles(item["titles"]),
            _then(match.old + 1, old_items[match.old], minutes, before, match.how, match.score) if match else None,
        )
        for n, (item, match) in enumerate(zip(new_items, found, strict=True), 1)
    ]


def _titled(items: Sequence[Mapping[str, Any]]) -> list[Titled]:
    return [Titled(item["key"], item["titles"]) for item in items]


def _titles(titles: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"lang": lang, "text": titles[lang]} for lang in languages_by_page(titles)]


def _then(number: int, item: Mapping[str, Any], minutes: AdoptedMinutes | None, before: MeetingRow, how: str, score: float) -> Then:
    said = []
    for lang, document in minutes.documents.items() if minutes else ():
        provision = item_provision(document.version, number)
        if provision is not None:
            said.append({"lang": lang, "paragraphs": wording(provision)})
    page = f"{reverse('meetings:extracts', args=[before.id])}#item-{number}" if said else ""
    return Then(number, _titles(item["titles"]), how == LIKELY_SAME, round(score), said, page)


def _number(eid: str) -> int:
    number = last_segment(eid.split("__")[0])[1]
    return int(number) if number.isdecimal() else 0


def _pledges(request: HttpRequest, texts: Sequence[TextRow], parties: Sequence[PartyShown]) -> list[tuple[CommitmentRow, Pledge]]:
    made = commitments.visible(request).filter(text__in=[t.id for t in texts], in_force=True)
    rows = list(made.order_by("text", "eid", "id")[:MOST_PLEDGES])
    ids = [row.id for row in rows]
    reports = list(commitments.reports(request).filter(commitment__in=ids, current=True))
    assessed = list(commitments.assessments(request).filter(commitment__in=ids, current=True))
    titles = {t.id: title_for(t.titles) or kind_label(t.kind) for t in texts}
    return [(row, _pledge(row, titles, parties, reports, assessed)) for row in rows]


def _pledge(
    row: CommitmentRow,
    titles: Mapping[str, str],
    parties: Sequence[PartyShown],
    reports: Sequence[ReportRow],
    assessed: Sequence[AssessmentRow],
) -> Pledge:
    names = {p.id: p.name for p in parties}
    said = {a.party: a for a in assessed if a.commitment == row.id}
    return Pledge(
        reverse("commitments:detail", args=[row.id]),
        [{"lang": lang, "text": row.quotes[lang]} for lang in languages_by_page(row.quotes)],
        nature_label(row.nature),
        f"{titles.get(row.text, '')} · {provision_label(row.eid)}",
        listed(names.get(p, p) for p in row.by),
        _("due by %(day)s") % {"day": day(row.due_by)} if row.due_by else _("no date stated"),
        commitments.is_overdue(row, timezone.localdate()),
        [
            {"party": names.get(r.party, r.party), "text": progress_label(r.progress), "when": day(r.when)}
            for r in reports
            if r.commitment == row.id
        ],
        [
            {
                "head": p.name,
                "text": finding_label(said[p.id].finding) if p.id in said else _("has not assessed it yet"),
                "standing": one_side(p.id, parties),
                "meta": day(said[p.id].said[:10]) if p.id in said else "",
            }
            for p in parties
        ],
        row.differs,
    )
