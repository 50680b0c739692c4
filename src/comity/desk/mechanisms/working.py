"""The pages of what a mechanism works with: its bodies and series, its mandates with their coverage, its years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.commitments import queries as commitments
from comity.desk.commitments.models import CommitmentRow
from comity.desk.commitments.words import state_label
from comity.desk.design.words import Standing, listed
from comity.desk.mechanisms import words
from comity.desk.mechanisms.coverage import coverage
from comity.desk.mechanisms.models import AppointmentRow, BodyRow, MandateRow, MechanismRow, PlanItemRow, PlanRow, SeriesRow
from comity.desk.mechanisms.queries import appointments, in_office
from comity.desk.mechanisms.shown import equal_names, person_shown, why_not_act
from comity.desk.meetings import queries as meetings
from comity.desk.meetings import words as meeting_words
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, open_to, public_acts
from comity.desk.show import PartyShown, act_url, day, languages_by_page, name_of, one_side, parties_of, standing_of, title_for
from comity.desk.texts.models import TextRow
from comity.terms.ids import handle

SOURCE_FILE = "source-"  # how the file of a mandate's source is named in its act
MOST = 200  # bodies, series, mandates of one page
OFFICES_SHOWN = 400


def standing_rows[M: Model](request: HttpRequest, rows: QuerySet[M]) -> QuerySet[M]:
    """Those that are in force or proposed, as far as this reader may see them; what was declined or withdrawn stands among the acts."""
    return open_to(request, rows).filter(Q(in_force=True) | Q(act__in=ActRow.objects.filter(status="open").values("id")))


def seals(rows: Sequence[Any], parties: Sequence[PartyShown]) -> dict[str, Standing]:
    """The seal of each row's act, by the row's id; one query."""
    acts = ActRow.objects.in_bulk({row.act for row in rows})
    return {row.pk: standing_of(acts[row.act], parties) if row.act in acts else Standing(len(parties)) for row in rows}


def term(since: str, until: str) -> str:
    if until:
        return (
            _("%(first)s to %(last)s") % {"first": day(since), "last": day(until)}
            if since
            else _("until %(day)s") % {"day": day(until, bound=True)}
        )
    return _("since %(day)s") % {"day": day(since, bound=True)} if since else ""


def _link(name: str, **query: str) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


def body_names(request: HttpRequest, mechanism: str) -> dict[str, str]:
    """The bodies that this reader may see, by id, as the page's language names them."""
    return {b.id: name_of(b.names) for b in open_to(request, BodyRow.objects.filter(mechanism=mechanism))[:MOST]}


# Bodies and series ---------------------------------------------------------------------


def bodies_page(request: HttpRequest, row: MechanismRow) -> dict[str, Any]:
    """Every body with those who hold its offices today, side by side; every series with its lineage."""
    parties = parties_of(row)
    barred = why_not_act(request, row, settings.NODE.party)
    bodies = list(standing_rows(request, BodyRow.objects.filter(mechanism=row.id))[:MOST])
    people = list(in_office(appointments(request, row.id)).exclude(body="")[:OFFICES_SHOWN])
    series = list(standing_rows(request, SeriesRow.objects.filter(mechanism=row.id))[:MOST])
    seal_of = seals([*bodies, *series], parties)
    names = {b.id: name_of(b.names) for b in bodies}
    held = _held(request, row)
    return {
        "row": row,
        "barred": barred,
        "bodies": [_body(b, names, parties, people, seal_of[b.id], barred=bool(barred)) for b in bodies],
        "series": [_series(s, series, names, seal_of[s.id], held.get(s.id, ()), barred=bool(barred)) for s in series],
        "new_body": _link("mechanisms:body", mechanism=row.id),
        "new_series": _link("mechanisms:series", mechanism=row.id),
    }


def _body(
    body: BodyRow,
    names: Mapping[str, str],
    parties: Sequence[PartyShown],
    people: Sequence[AppointmentRow],
    seal: Standing,
    *,
    barred: bool,
) -> dict[str, Any]:
    own = "" if barred else settings.NODE.party
    sides = [
        {
            "party": p,
            "badge": one_side(p.id, parties),
            "people": [person_shown(a, parties) for a in people if a.body == body.id and a.party == p.id],
        }
        for p in parties
    ]
    return {
        "id": body.key,
        "names": equal_names(body.names),
        "name": name_of(body.names),
        "kind": words.body_kind(body.kind),
        "under": names.get(body.parent, ""),
        "term": term(body.since, body.until),
        "standing": seal,
        "url": act_url(body.act),
        "sides": sides,
        "appoint": _link("mechanisms:appoint", mechanism=body.mechanism, body=body.id) if own and body.in_force else "",
        "change": _link("mechanisms:body", mechanism=body.mechanism, supersedes=body.id) if own and body.in_force else "",
    }


def _held(request: HttpRequest, row: MechanismRow) -> dict[str, list[int]]:
    """Per series the numbers that meetings in force have taken."""
    found: dict[str, list[int]] = {}
    rows = meetings.visible(request).filter(mechanism=row.id, in_force=True).order_by("ordinal")
    for series, ordinal in rows.values_list("series", "ordinal"):
        found.setdefault(series, []).append(ordinal)
    return found


def _series(
    row: SeriesRow, every: Sequence[SeriesRow], bodies: Mapping[str, str], seal: Standing, numbers: Sequence[int], *, barred: bool
) -> dict[str, Any]:
    named = {s.id: name_of(s.names) for s in every}
    before = []
    for p in row.predecessors:
        if "series" in p:
            before.append({"name": named.get(p["series"], p["series"][65:]), "note": ""})
        else:
            years = term(str(p.get("from", "")), str(p.get("until", "")))
            count = ngettext("%(n)d meeting", "%(n)d meetings", p["held"]) % {"n": p["held"]} if p.get("held") else ""
            before.append({"name": name_of(p["names"]), "note": listed(part for part in (years, count, _("before this record")) if part)})
    after = [named[s.id] for s in every if any(p.get("series") == row.id for p in s.predecessors)]
    counted = row.counted_from
    return {
        "id": row.key,
        "names": equal_names(row.names),
        "name": named[row.id],
        "numbers": _("numbers %(first)d to %(last)d taken, each once") % {"first": numbers[0], "last": numbers[-1]}
        if numbers
        else _("no meeting yet; the first is number %(first)d") % {"first": row.first},
        "term": term(row.since, row.until),
        "body": bodies.get(row.body, ""),
        "before": before,
        "after": listed(after),
        "counted": _("%(name)s, %(day)s") % {"name": name_of(counted["names"]), "day": day(counted["on"])} if counted else "",
        "standing": seal,
        "url": act_url(row.act),
        "change": "" if barred or not row.in_force else _link("mechanisms:series", mechanism=row.mechanism, about=row.id),
    }


# Mandates ------------------------------------------------------------------------------


def mandates_page(request: HttpRequest, row: MechanismRow) -> dict[str, Any]:
    """Every mandate, point by point, with the commitments that implement it and how each stands. Counts only."""
    parties, today = parties_of(row), timezone.localdate()
    barred = why_not_act(request, row, settings.NODE.party)
    mandates = list(standing_rows(request, MandateRow.objects.filter(mechanism=row.id))[:MOST])
    found = coverage(request, [row.id])[row.id]
    seal_of = seals(mandates, parties)
    texts = open_to(request, TextRow.objects.all()).in_bulk({m.source["text"] for m in mandates if "text" in m.source})
    open_points = [rows for rows in found.by_point.values() if not rows]
    chosen, address = request.GET.get("points", ""), reverse("mechanisms:mandates", args=[row.id])
    return {
        "chosen": {"with": _("with a commitment"), "without": _("without a commitment")}.get(chosen, ""),
        "all_url": address,
        "row": row,
        "barred": barred,
        "counts": [
            {"number": found.points, "label": ngettext("point", "points", found.points), "url": address},
            {"number": found.covered, "label": _("with a commitment"), "url": f"{address}?points=with"},
            {"number": len(open_points), "label": _("without a commitment"), "url": f"{address}?points=without"},
        ],
        "mandates": [
            {
                "row": m,
                "name": name_of(m.names),
                "kind": words.mandate_kind(m.kind),
                "date": day(m.date),
                "standing": seal_of[m.id],
                "url": act_url(m.act),
                "sources": sources_of(m, texts),
                "languages": languages_by_page({q["lang"] for p in m.points for q in p["quotes"]}),
                "points": [
                    _point(m, p, made, today)
                    for p in m.points
                    for made in [found.by_point.get(f"{m.id}#{p['key']}", [])]
                    if chosen not in ("with", "without") or bool(made) == (chosen == "with")
                ],
                "change": "" if barred or not m.in_force else _link("mechanisms:mandate", mechanism=m.mechanism, supersedes=m.id),
            }
            for m in mandates
        ],
        "new": _link("mechanisms:mandate", mechanism=row.id),
    }


def sources_of(mandate: MandateRow, texts: Mapping[str, TextRow]) -> list[dict[str, str]]:
    """Where the points stand, the surest first: a text adopted here, a file of the act, an address."""
    source, found = mandate.source, list[dict[str, str]]()
    if "text" in source:
        text = texts.get(source["text"])
        label = title_for(text.titles) if text else ""
        found.append({"text": label or handle(source["text"]), "url": reverse("texts:detail", args=[source["text"]]) if text else ""})
    if "sha256" in source:
        url = reverse("record:file", args=[source["sha256"]])
        found.append({"text": source["file"].removeprefix(SOURCE_FILE), "url": url, "code": source["sha256"]})
    if address := source.get("address", ""):
        found.append({"text": address, "url": address if address.startswith("https://") else ""})
    return found


def _point(mandate: MandateRow, point: Mapping[str, Any], rows: Sequence[CommitmentRow], today: Any) -> dict[str, Any]:
    order = {lang: n for n, lang in enumerate(languages_by_page({q["lang"] for q in point["quotes"]}))}
    ref = f"{mandate.id}#{point['key']}"
    return {
        "anchor": f"{mandate.id[:16]}-{point['key']}",
        "place": point["place"] or point["key"],
        "quotes": sorted(point["quotes"], key=lambda q: order[q["lang"]]),
        "count": len(rows),
        "said": ngettext("%(n)d commitment", "%(n)d commitments", len(rows)) % {"n": len(rows)},
        "url": f"{reverse('commitments:index')}?{urlencode({'mechanism': mandate.mechanism, 'point': ref})}#board",
        "commitments": [
            {
                "url": reverse("commitments:detail", args=[c.id]),
                "handle": handle(c.id),
                "state": state_label(commitments.state_of(c, today)),
                "late": commitments.is_overdue(c, today),
            }
            for c in rows[:20]
        ],
    }


# Years ---------------------------------------------------------------------------------


def year_page(request: HttpRequest, row: MechanismRow, year: int) -> dict[str, Any]:
    """One year: what was pledged for it, and what was held, moved or dropped, with the reasons."""
    parties = parties_of(row)
    plan = standing_rows(request, PlanRow.objects.filter(mechanism=row.id, year=year)).order_by("-in_force").first()
    if plan is None:
        raise Http404("plan")
    barred = why_not_act(request, row, settings.NODE.party)
    items = list(PlanItemRow.objects.filter(plan=plan.id)[:MOST])
    shown = _outcomes_shown(request, items)
    chosen = request.GET.get("outcome", "")
    counted = {key: sum(shown[i.id] == key for i in items) for key in words.OUTCOMES}
    address = reverse("mechanisms:year", args=[row.id, year])
    held_in = meetings.visible(request).in_bulk({i.meeting for i in items if i.meeting})
    founding = counted_from(request, row)
    return {
        "row": row,
        "plan": plan,
        "year": year,
        "title": anniversary_title(plan.anniversary, year),
        "founding": founding,
        "standing": seals([plan], parties)[plan.id],
        "url": act_url(plan.act),
        "barred": barred,
        "change": "" if barred or not plan.in_force else _link("mechanisms:plan", mechanism=row.id, supersedes=plan.id),
        "counts": [{"number": len(items), "label": _("pledged"), "url": address}]
        + [
            {"number": counted[key], "label": str(words.OUTCOMES[key]), "url": f"{address}?outcome={key or 'open'}"}
            for key in ("held", "moved", "dropped", "")
        ],
        "chosen": str(words.OUTCOMES.get("" if chosen == "open" else chosen, "")) if chosen else "",
        "all_url": address,
        "items": [
            _item(i, shown[i.id], parties, held_in, barred=bool(barred) or not plan.in_force)
            for i in items
            if not chosen or (shown[i.id] or "open") == chosen
        ],
    }


def _outcomes_shown(request: HttpRequest, items: Sequence[PlanItemRow]) -> dict[str, str]:
    """What became of each item as far as this reader may know it."""
    if insider(request):
        return {i.id: i.outcome for i in items}
    seen = set(public_acts().filter(pk__in=[i.outcome_act for i in items if i.outcome_act]).values_list("id", flat=True))
    return {i.id: i.outcome if i.outcome_act in seen else "" for i in items}


def _item(row: PlanItemRow, outcome: str, parties: Sequence[PartyShown], held_in: Mapping[str, Any], *, barred: bool) -> dict[str, Any]:
    meeting = held_in.get(row.meeting) if outcome else None
    own = settings.NODE.party in row.whose
    return {
        "key": row.key,
        "names": equal_names(row.names),
        "name": name_of(row.names),
        "kind": words.item_kind(row.kind),
        "when": day(row.when),
        "whose": listed(p.name for p in parties if p.id in row.whose),
        "outcome": outcome or "open",
        "label": words.outcome_label(outcome),
        "outcome_when": day(row.outcome_when) if outcome else "",
        "reasons": [r for r in row.reasons if r["text"]] if outcome else [],
        "meeting": {"text": meeting_words.title(meeting), "url": reverse("meetings:detail", args=[meeting.id])} if meeting else None,
        "url": act_url(row.outcome_act) if outcome else "",
        "say": _link("mechanisms:outcome", mechanism=row.mechanism, item=row.id) if own and not barred else "",
    }


def anniversary_title(anniversary: int | None, year: int) -> str:
    if anniversary:
        return _("%(year)d: year of the %(number)dth anniversary") % {"year": year, "number": anniversary}
    return _("Plan for %(year)d") % {"year": year}


def counted_from(request: HttpRequest, row: MechanismRow) -> dict[str, str]:
    """The founding act from which anniversaries are counted: the one that a series names, else the mechanism's own."""
    named = [s for s in open_to(request, SeriesRow.objects.filter(mechanism=row.id, in_force=True)) if s.counted_from]
    if named:
        first = named[0]
        return {
            "name": name_of(first.counted_from["names"]),
            "on": first.counted_from["on"],
            "day": day(first.counted_from["on"]),
            "url": act_url(first.act),
        }
    return {"name": _("the founding act"), "on": row.founded, "day": day(row.founded), "url": act_url(row.id)}


def overview(request: HttpRequest, row: MechanismRow) -> dict[str, Any]:
    """What the mechanism's own page says of its work: bodies, mandates, years, in counts that open their records."""
    bodies = list(open_to(request, BodyRow.objects.filter(mechanism=row.id, in_force=True))[:MOST])
    plans = list(open_to(request, PlanRow.objects.filter(mechanism=row.id, in_force=True))[:20])
    items = list(PlanItemRow.objects.filter(plan__in=[p.id for p in plans]))
    shown = _outcomes_shown(request, items)
    found = coverage(request, [row.id])[row.id]
    return {
        "bodies": [
            {"name": name_of(b.names), "kind": words.body_kind(b.kind), "term": term(b.since, b.until), "key": b.key} for b in bodies
        ],
        "bodies_url": reverse("mechanisms:bodies", args=[row.id]),
        "mandates_url": reverse("mechanisms:mandates", args=[row.id]),
        "mandates": [name_of(m.names) for m in found.mandates],
        "covered": ngettext("%(covered)d of %(n)d point has a commitment", "%(covered)d of %(n)d points have a commitment", found.points)
        % {"covered": found.covered, "n": found.points}
        if found.points
        else "",
        "plans": [
            {
                "title": anniversary_title(p.anniversary, p.year),
                "url": reverse("mechanisms:year", args=[row.id, p.year]),
                "said": listed(
                    f"{label} {number}"
                    for key, label in [("*", _("pledged")), *words.OUTCOMES.items()]
                    if (number := sum(i.plan == p.id and (key == "*" or shown[i.id] == key) for i in items))
                ),
            }
            for p in plans
        ],
        "governance_url": reverse("mechanisms:governance", args=[row.id]),
    }
