"""The contexts of the pages of mechanisms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.design.words import Standing
from comity.desk.mechanisms import shown, timeline, working
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.queries import Counted, counted
from comity.desk.record.models import ActRow
from comity.desk.record.visible import visible_acts
from comity.desk.show import PartyShown, day, name_of, officer_of, parties_of, standing_of, trail
from comity.terms.ids import handle

LATEST = 8


def trail_to(row: MechanismRow) -> list[dict[str, str]]:
    """Breadcrumbs down to a mechanism, which is linked."""
    return trail((_("Mechanisms"), reverse("mechanisms:index")), (name_of(row.names), reverse("mechanisms:detail", args=[row.id])))


@dataclass(frozen=True, slots=True)
class Line:
    """One mechanism in the list."""

    url: str
    standing: Standing
    names: list[dict[str, str]]
    parties: list[PartyShown]
    founded: str
    counts: list[dict[str, Any]]


def lines(request: HttpRequest, rows: Sequence[MechanismRow]) -> list[Line]:
    """The list's lines, in a fixed number of queries."""
    found = counted(request, [row.id for row in rows])
    acts = ActRow.objects.in_bulk([row.id for row in rows])
    return [
        Line(
            reverse("mechanisms:detail", args=[row.id]),
            standing(acts.get(row.id), parties),
            shown.equal_names(row.names),
            parties,
            day(row.founded),
            shown.counts(row.id, found.get(row.id, Counted())),
        )
        for row in rows
        for parties in [parties_of(row)]
    ]


def standing(act: ActRow | None, parties: Sequence[PartyShown]) -> Standing:
    """The seal of the founding act; of one whose row is not here yet, an open one."""
    return standing_of(act, parties) if act else Standing(len(parties), names=tuple(p.name for p in parties))


def detail(request: HttpRequest, row: MechanismRow) -> dict[str, Any]:
    """Everything on the page of one mechanism."""
    parties = parties_of(row)
    act = ActRow.objects.filter(pk=row.id).first()
    chart = timeline.chart(request, row, parties)
    acts = visible_acts(request).filter(mechanism=row.id).order_by("-arrived", "id")[:LATEST]
    two = len(parties) == 2
    return {
        "row": row,
        "name": name_of(row.names),
        "handle": handle(row.id),
        "kind": ngettext("Mechanism of %(number)d party", "Mechanism of %(number)d parties", len(parties)) % {"number": len(parties)},
        "names": shown.equal_names(row.names),
        "standing": standing(act, parties),
        "facts": shown.facts(row, act, parties),
        "counts": shown.counts(row.id, counted(request, [row.id])[row.id]),
        "chart": chart,
        "work": working.overview(request, row),
        "above_and_below": two
        and _("Above the line: %(first)s is host. Below: %(second)s is host. On it: online, or no host.")
        % {"first": parties[0].name, "second": parties[1].name},
        "sides": shown.sides(request, row, parties),
        "forms": shown.forms_of(row, parties),
        "acts": shown.acts_shown(acts, parties),
        "officer": officer_of(request),
        "actions": actions(row, str(shown.why_not_act(request, row, settings.NODE.party))),
        "trail": [*trail((_("Mechanisms"), reverse("mechanisms:index"))), {"label": name_of(row.names)}],
    }


def actions(row: MechanismRow, why: str) -> list[dict[str, str]]:
    """What can be prepared from a mechanism's page, or ``why`` nothing can."""
    query = f"?mechanism={row.id}"
    found = [
        {"label": _("Convene a meeting"), "url": reverse("meetings:convene") + query},
        {"label": _("Put forward a text"), "url": reverse("texts:put-forward") + query, "kind": "quiet"},
        {"label": _("Appoint a person"), "url": reverse("mechanisms:appoint") + query, "kind": "quiet"},
        {"label": _("Plan a year"), "url": reverse("mechanisms:plan") + query, "kind": "quiet"},
    ]
    return [action | {"why": why} for action in found]


def statuses(current: str, address: str) -> list[dict[str, Any]]:
    """Links that narrow a list of acts by where they stand."""
    labels = {
        "": _("all"),
        "open": _("open"),
        "in_force": _("in force"),
        "declined": _("declined"),
        "withdrawn": _("withdrawn"),
        "overtaken": _("overtaken"),
    }
    return [
        {"label": label, "url": f"{address}?status={status}" if status else address, "current": status == current}
        for status, label in labels.items()
    ]
