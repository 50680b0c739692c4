"""The officer's lists: what waits here, what waits there, what is in preparation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.node import the_node
from comity.desk.operate.views import start
from comity.desk.record.ledgers import act_line
from comity.desk.record.models import ActRow, Draft
from comity.desk.record.visible import insider
from comity.desk.show import age, instant, parties_of, title_for, trail, type_label
from comity.errors import ComityError

PER_PAGE = 50


def home(request: HttpRequest) -> HttpResponse:
    """Officers begin with their work; an observer's node with the start page; everyone else with the public mechanisms."""
    if not settings.NODE.party:
        return start(request)
    return redirect("work:index" if insider(request) else "mechanisms:index")


def _lines(rows: Any) -> list[dict[str, Any]]:
    mechanisms = {m.id: m for m in MechanismRow.objects.all()}
    known = {key: parties_of(m) for key, m in mechanisms.items()}
    now = timezone.now()
    shown = []
    for row in rows:
        parties = known.get(row.mechanism, [])
        waited = age(int((now - row.arrived) / timedelta(seconds=1)))
        waits_for = [p.name for p in parties if p.id in row.missing]
        shown.append(act_line(row, parties) | {"age": waited, "waits_for": waits_for})
    return shown


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Acts that wait for this side, oldest first; then what came lately."""
    own = settings.NODE.party
    opened = [row for row in ActRow.objects.filter(status="open").order_by("arrived") if own in row.missing and row.signed]
    lately = ActRow.objects.exclude(proposer=own).exclude(id__in=[row.id for row in opened])
    page = Paginator(lately, PER_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": _lines(opened), "page": page, "lately": _lines(page.object_list), "trail": trail(_("Inbox"))}
    return render(request, "record/inbox.html", context)


@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    """Drafts, what waits for the other side with its age, and what the exchange is waiting for."""
    own = settings.NODE.party
    opened = [row for row in ActRow.objects.filter(status="open").order_by("arrived") if own in row.signed]
    drafts = [
        {
            "url": reverse("record:draft", args=[d.key]),
            "title": title_for(d.titles) or type_label(d.type),
            "kind": type_label(d.type),
            "updated": instant(d.updated),
            "closed": d.payload is not None,
        }
        for d in Draft.objects.filter(done=False).defer("payload", "working")[:200]
    ]
    context = {"drafts": drafts, "waiting": _lines(opened), "peers": peers_shown(), "trail": trail(_("Outbox"))}
    return render(request, "record/outbox.html", context)


def peers_shown() -> list[dict[str, Any]]:
    """Each peer with when it was last reached and what is the matter, if anything."""
    shown = []
    now = the_node().now()
    for peer in the_node().store.peers():
        reached = peer["last_reached"]
        state = (
            _("by pouch only")
            if not peer["address"]
            else _("never reached")
            if reached is None
            else _("reached %(age)s ago") % {"age": age(now - reached)}
        )
        trouble = sentence(ComityError.from_json(peer["trouble"])) if peer["trouble"] else ""
        shown.append({"host": peer["host"], "state": state, "trouble": trouble, "root": peer["root"]})
    return shown
