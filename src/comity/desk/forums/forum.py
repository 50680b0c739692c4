"""The page of one forum: what is here, where it comes from, who may see it, whose seat is whose, the ways on; and its import report."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.accounts.policy import why_not_operate
from comity.desk.forums import engine as engines
from comity.desk.forums import library, told
from comity.desk.forums.figure import count, to_csv
from comity.desk.forums.library import Held
from comity.desk.forums.models import ForumSetting, PositionRow, SheetItem
from comity.desk.forums.names import by_name, state_name
from comity.desk.forums.pair import trail_to
from comity.desk.forums.settings_of import own_pair, seats_of, set_seats
from comity.desk.forums.words import OPTIONS
from comity.desk.record.visible import insider, visible_acts, visible_mechanisms
from comity.desk.show import day, name_of, officer_of, parties_of, trail
from comity.errors import Refused

PER_PAGE = 50


def page(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The context of ``forums/forum.html``."""
    officer = officer_of(request)
    why_engine = library.why_no_engine()
    states: list[tuple[str, str]] = []
    pair: dict[str, Any] | None = None
    if not why_engine:
        engine = engines.of(forum)
        states = by_name(engine, engine.present)
        seats = own_pair(request, forum)
        if seats:
            names = [state_name(engine, engine.find(s)) for s in seats]
            pair = {
                "url": f"{reverse('forums:pair', args=[forum.id])}?a={seats[0]}&b={seats[1]}",
                "label": _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]},
            }
    return {
        "forum": forum,
        "title": forum.name,
        "trail": trail((_("Forums"), reverse("forums:index")), forum.name),
        "counts": counts(forum),
        "facts": facts(forum, officer is not None),
        "states": states,
        "pair": pair,
        "why_engine": why_engine,
        "officer": officer,
        "why_operate": why_not_operate(officer),
        "mechanisms": _seats(request, forum, states) if officer else [],
        "sheets": sheets(request, forum),
    }


def counts(forum: Held) -> list[dict[str, Any]]:
    e = forum.extent
    report = reverse("forums:report", args=[forum.id])
    return [
        {"number": count(e.get("events", 0)), "label": _("roll calls")},
        {"number": count(e.get("voters", 0)), "label": _("voters")},
        {"number": f"{e.get('first_session', 0)}–{e.get('last_session', 0)}", "label": pgettext("of a forum", "sessions")},
        {
            "number": len((_report(forum) or {}).get("mismatches", ())),
            "label": _("roll calls whose totals and votes differ"),
            "url": report,
        },
    ]


def facts(forum: Held, officer: bool) -> list[dict[str, Any]]:
    e = forum.extent
    seen = _("everyone") if forum.released else _("officers of this node only")
    found: list[dict[str, Any]] = [
        {"label": _("Source"), "value": {"text": forum.attribution or "–", "lang": "en"}},
        {"label": _("Days"), "value": f"{day(str(e.get('first_day', ''))[:10])} – {day(str(e.get('last_day', ''))[:10])}"},
        {"label": _("Digest of the votes"), "value": {"code": forum.digest}},
        {"label": _("Seen by"), "value": seen},
    ]
    if not forum.invented:
        link = {"text": _("what the import found"), "url": reverse("forums:report", args=[forum.id])}
        found.insert(1, {"label": _("Report"), "value": link})
    return found


def _seats(request: HttpRequest, forum: Held, states: list[tuple[str, str]]) -> list[dict[str, Any]]:
    out = []
    for mechanism in visible_mechanisms(request):
        seats = seats_of(forum.id, mechanism.id)
        fields = [
            {
                "name": f"seat-{p.id}",
                "label": p.name,
                "options": [{"value": "", "label": _("no seat here"), "checked": p.id not in seats}]
                + [{"value": s, "label": name, "checked": seats.get(p.id) == s} for s, name in states],
            }
            for p in parties_of(mechanism)
        ]
        out.append({"id": mechanism.id, "name": name_of(mechanism.names), "fields": fields})
    return out


def sheets(request: HttpRequest, forum: Held) -> list[dict[str, Any]]:
    """The position sheets of the mechanisms that this reader may see: those begun, and the next session's."""
    out = []
    positions = PositionRow.objects.filter(forum=forum.id)
    if not insider(request):
        positions = positions.filter(pk__in=visible_acts(request).values("id"))
    said = set(positions.values_list("mechanism", "session"))
    if insider(request):
        said |= set(SheetItem.objects.filter(forum=forum.id).values_list("mechanism", "session"))
    coming = int(forum.extent.get("last_session", 0)) + 1
    for mechanism in visible_mechanisms(request):
        numbers = {s for m, s in said if m == mechanism.id} | ({coming} if insider(request) and settings.NODE.party else set())
        out += [
            {
                "url": reverse("forums:sheet", args=[mechanism.id, forum.id, s]),
                "label": _("%(mechanism)s, session %(session)d") % {"mechanism": name_of(mechanism.names), "session": s},
                "coming": s >= coming,
            }
            for s in sorted(numbers, reverse=True)
        ]
    return out


def change(request: HttpRequest, forum: Held) -> None:
    """Release or close the forum, or set the seats of a mechanism's parties; the operator's business. :raises Refused: to others."""
    if why := why_not_operate(officer_of(request)):
        raise Refused(str(why), place="role")
    if "release" in request.POST:
        ForumSetting.objects.update_or_create(id=forum.id, defaults={"released": request.POST["release"] == "1"})
        return
    mechanism = visible_mechanisms(request).get(pk=request.POST.get("mechanism", ""))
    engine = engines.of(forum)
    seats = {p.id: request.POST.get(f"seat-{p.id}", "") for p in parties_of(mechanism)}
    set_seats(forum.id, mechanism.id, {party: engine.find(code) if code else "" for party, code in seats.items()})


# The import's report ---------------------------------------------------------------------


def _report(forum: Held) -> dict[str, Any] | None:
    try:
        report: dict[str, Any] | None = json.loads((forum.folder / "report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return report


def report(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The context of ``forums/report.html``: notes, and every roll call whose totals differ from its votes."""
    found = _report(forum) or {}
    pages = Paginator(found.get("mismatches", []), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            {"text": m["symbol"] or m["event"], "url": reverse("forums:call", args=[forum.id, m["event"]]), "nowrap": True},
            {"text": str(m["session"]), "num": True, "label": _("Session")},
            {"text": _totals(m["official"]), "label": _("Official")},
            {"text": _totals(m["counted"]), "label": _("Counted")},
        ]
        for m in pages
    ]
    return {
        "forum": forum,
        "title": _("What the import found"),
        "trail": trail_to(forum, _("What the import found")),
        "facts": [
            {"label": _("File"), "value": {"code": found.get("source", "–").rpartition("/")[2]}},
            {"label": _("Rows"), "value": count(found.get("rows", 0))},
            {"label": _("Roll calls"), "value": count(found.get("events", 0))},
        ],
        "notes": [told.finding(n) for n in found.get("notes", ())],
        "columns": [_("Roll call"), {"label": _("Session"), "num": True}, _("Official"), _("Counted")],
        "rows": rows,
        "page": pages,
    }


def _totals(t: dict[str, int | None]) -> str:
    return ", ".join(
        f"{label} {'–' if t[key] is None else t[key]}"
        for key, label in (
            ("yes", OPTIONS["yes"][1]),
            ("no", OPTIONS["no"][1]),
            ("abstain", _("abstentions")),
        )
    )


def report_csv(forum: Held) -> HttpResponse:
    heads = ["event", "session", "symbol", *(f"{w}_{k}" for w in ("official", "counted") for k in ("yes", "no", "abstain"))]
    rows = [
        [m["event"], m["session"], m["symbol"], *(m[w][k] for w in ("official", "counted") for k in ("yes", "no", "abstain"))]
        for m in (_report(forum) or {}).get("mismatches", ())
    ]
    answer = HttpResponse(to_csv(heads, rows, forum), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{forum.id}-mismatches.csv"'
    return answer
