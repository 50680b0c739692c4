"""Blocs of a forum: named once by an officer of this node, kept beside the roll calls, picked on every page that is about a group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.forums import engine as engines
from comity.desk.forums import library, told
from comity.desk.forums.engine import Engine
from comity.desk.forums.library import Held
from comity.desk.forums.names import by_name, unit_name
from comity.desk.record.visible import insider
from comity.desk.show import officer_of, trail
from comity.errors import Refused

if TYPE_CHECKING:
    from comity.forums.blocs import Bloc


def held(request: HttpRequest, forum: Held) -> list[Bloc]:
    """The blocs of a forum: those of this node, which only its officers see."""
    from comity.forums.blocs import held

    return held(library.home(), forum.id) if insider(request) else []


def chosen(request: HttpRequest, forum: Held) -> Bloc | None:
    """The bloc that the address asks for."""
    from comity.forums.blocs import named

    asked = request.GET.get("bloc", "")
    return named(held(request, forum), asked) if asked else None


def words(request: HttpRequest) -> list[str]:
    """The members that the address names one by one."""
    return [w for w in re.split(r"[\s,;]+", request.GET.get("members", "")) if w]


def session_of(request: HttpRequest, engine: Engine, known: list[int]) -> int:
    """The session that the address asks for, else the last."""
    asked = request.GET.get("session", "")
    return int(asked) if asked.isdigit() and int(asked) in known else known[-1]


def select(request: HttpRequest, forum: Held) -> dict[str, Any] | None:
    """The field by which a bloc is picked; None for whom there are no blocs."""
    if not insider(request):
        return None
    here, bloc = held(request, forum), chosen(request, forum)
    every = [{"value": b.name, "label": b.name, "checked": b == bloc} for b in here]
    return {"name": "bloc", "label": _("Bloc"), "options": [{"value": "", "label": "–", "checked": bloc is None}, *every]}


def why_not_change(request: HttpRequest) -> str:
    """Why this person may not name blocs; empty if she may."""
    officer = officer_of(request)
    if officer is None:
        return _("Sign in to name blocs.")
    return _("A reader cannot change blocs. Ask the secretary of your delegation.") if officer.role == "reader" else ""


def page(request: HttpRequest, forum: Held, **more: Any) -> dict[str, Any]:
    """The context of ``forums/blocs.html``. :raises Http404: to the public."""
    if not insider(request):
        raise Http404("blocs")
    from comity.forums.blocs import named

    engine = engines.of(forum)
    here = held(request, forum)
    edited = named(here, request.GET.get("edit", ""))
    title = _("Blocs")
    lines = (
        "\n".join(" ".join(filter(None, (m.member, m.since or ("0001" if m.until else ""), m.until))) for m in edited.memberships)
        if edited
        else ""
    )
    return {
        "forum": forum,
        "title": title,
        "trail": trail((_("Forums"), reverse("forums:index")), (forum.name, reverse("forums:forum", args=[forum.id])), title),
        "blocs": [_shown(engine, forum, b) for b in here],
        "refusal": why_not_change(request),
        "csv": reverse("forums:blocs-csv", args=[forum.id]) if here else "",
        "known": by_name(engine, engine.seats),
        "written": {"old": edited.name, "name": edited.name, "lines": lines, "source": edited.source} if edited else {},
    } | more


def _shown(engine: Engine, forum: Held, bloc: Bloc) -> dict[str, Any]:
    asked = urlencode({"bloc": bloc.name})
    return {
        "name": bloc.name,
        "source": bloc.source,
        "members": [{"name": unit_name(engine, engine.find(m.member)), "days": _days(m.since, m.until)} for m in bloc.memberships],
        "url": f"{reverse('forums:bloc', args=[forum.id])}?{asked}",
        "points": f"{reverse('forums:points', args=[forum.id])}?{asked}",
        "edit": f"?{urlencode({'edit': bloc.name})}#h-name",
    }


def _days(since: str, until: str) -> str:
    """From when to when, as it was written: days, months or years."""
    since = "" if since == "0001" else since
    if since and until:
        return _("%(since)s to before %(until)s") % {"since": since, "until": until}
    return _("from %(since)s") % {"since": since} if since else _("to before %(until)s") % {"until": until} if until else ""


def change(request: HttpRequest, forum: Held) -> HttpResponse | dict[str, Any]:
    """Name, change or remove a bloc, or take in a file of them; gives the page's context back where something in it is wrong.

    :raises Refused: to readers and to the public.
    """
    from comity.forums.blocs import MOST_BYTES, from_lines, keep, merged, read, text_of
    from comity.forums.importers.report import ImportRefused

    if why := why_not_change(request):
        raise Refused(why, place="role")
    engine = engines.of(forum)
    here = held(request, forum)
    said = {name: request.POST.get(name, "").strip() for name in ("old", "name", "lines", "source")}
    gone = request.POST.get("remove", "") or said["old"]
    left = [b for b in here if b.name != gone]
    try:
        if "remove" in request.POST:
            keep(library.home(), forum.id, left)
        elif upload := request.FILES.get("file"):
            text = text_of(upload.read(MOST_BYTES + 1), str(upload.name))
            keep(library.home(), forum.id, merged(here, read(text, str(upload.name), engine.find)))
        else:
            new = from_lines(said["name"], said["lines"], said["source"][:300], engine.find)
            keep(library.home(), forum.id, merged(left, [new]))
    except ImportRefused as refused:
        return page(request, forum, problems=[told.finding(p) for p in refused.report.to_json()["problems"]], written=said)
    return redirect("forums:blocs", forum.id)


def as_csv(request: HttpRequest, forum: Held) -> HttpResponse:
    """All blocs of a forum as the file that is taken in again. :raises Http404: to the public."""
    from comity.forums.blocs import to_csv

    if not insider(request):
        raise Http404("blocs")
    answer = HttpResponse(to_csv(held(request, forum)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{forum.id}-blocs.csv"'
    return answer
