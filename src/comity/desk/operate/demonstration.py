"""What only a demonstration has: one-click sign-in under a banner, the other nodes' summaries, and starting afresh.

The nodes of one demonstration share a secret that the command that started them made up (``COMITY_DEMO_SECRET``); without it all of this
is switched off.
"""

from __future__ import annotations

import hmac
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.desk.accounts import factor
from comity.desk.accounts.models import Officer
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.node import the_node
from comity.desk.record.models import ActRow
from comity.desk.show import name_of
from comity.node.peek import peek

VALID = 24 * 60 * 60  # seconds that a one-click link works


def _secret() -> bytes:
    secret = os.environ.get("COMITY_DEMO_SECRET", "")
    if not secret or not settings.NODE.demonstration:
        raise Http404
    return secret.encode()


def _token(purpose: str, time: int) -> str:
    return f"{time}.{hmac.new(_secret(), f'{purpose} {time}'.encode(), sha256).hexdigest()}"


def _check(purpose: str, token: str) -> None:
    time, _dot, _mac = token.partition(".")
    if not time.isdigit() or len(time) > 12 or not hmac.compare_digest(_token(purpose, int(time)), token):
        raise Http404
    if abs(the_node().now() - int(time)) > VALID:
        raise Http404


def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as a persona, from the start page."""
    name = request.GET.get("as", "")
    _check(f"enter {settings.NODE.host} {name}", request.GET.get("token", ""))
    user = User.objects.filter(username=name).first()
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


def summary(request: HttpRequest) -> HttpResponse:
    """What the start page shows of this node."""
    _check(f"summary {settings.NODE.host}", request.GET.get("token", ""))
    own = settings.NODE.party
    waiting = sum(1 for missing in ActRow.objects.filter(status="open").values_list("missing", flat=True) if own in missing)
    people = [
        {
            "key": o.user.get_username(),
            "names": o.names,
            "title": o.title,
            "role": o.role,
            "code": factor.current_code(o.user),
        }
        for o in Officer.objects.select_related("user").order_by("id")
    ]
    entries = the_node().store.last_seq()
    return JsonResponse({"names": settings.NODE.names, "party": own, "waiting": waiting, "entries": entries, "people": people})


def nodes() -> list[dict[str, Any]]:
    """The demonstration's nodes with their personas, asked of each; one that does not answer is shown as such."""
    try:
        listed = json.loads(os.environ.get("COMITY_DEMO_NODES", "[]"))
        _secret()
    except (ValueError, Http404):
        return []
    shown = []
    for index, node in enumerate(listed):
        now = the_node().now()
        said = peek(f"{node['address']}/node/summary.json?token={_token('summary ' + node['host'], now)}")
        if said is None:
            shown.append({"address": node["address"], "down": True, "name": node["host"]})
            continue
        people = []
        for person in said["people"]:
            token = _token(f"enter {node['host']} {person['key']}", now)
            url = f"{node['address']}/node/enter/?as={person['key']}&token={token}"
            people.append(
                {
                    "name": name_of(person["names"]),
                    "title": name_of(person["title"]),
                    "role": person["role"],
                    "code": person["code"],
                    "url": url,
                }
            )
        standing = Standing(2, frozenset({index})) if said["party"] else Standing(2, state=State.OBSERVED)
        shown.append(
            {
                "address": node["address"],
                "names": [n for n in said["names"]],
                "standing": standing,
                "waiting": said["waiting"],
                "entries": said["entries"],
                "people": people,
                "party": said["party"],
            }
        )
    return shown


def reset(request: HttpRequest) -> HttpResponse:
    """Start the demonstration afresh: the command that started it makes the nodes anew."""
    folder = os.environ.get("COMITY_DEMO_FOLDER", "")
    _secret()
    if request.method == "POST" and folder:
        (Path(folder) / "reset").touch()
        start = json.loads(os.environ.get("COMITY_DEMO_NODES", "[]"))
        home = next((n["address"] for n in start if n["host"].startswith("harbour")), "/")
        return render(request, "operate/resetting.html", {"home": home})
    return render(request, "operate/reset.html", {"title": _("Reset the demonstration")})
