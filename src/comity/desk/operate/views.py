"""The operator's page, the page about Comity, and the start page of a demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.policy import why_not_operate
from comity.desk.design.glossary import TERMS
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.errors import sentence
from comity.desk.node import the_node
from comity.desk.operate import demonstration, state
from comity.desk.show import instant, officer_of, trail
from comity.desk.work import mail
from comity.errors import ComityError
from comity.node.backup import SHORTEST
from comity.node.cards import read_card
from comity.node.setup import own_card
from comity.node.told import told


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Peers, refused input, disk and versions; introducing another node by its card."""
    officer = officer_of(request)
    if why_not_operate(officer):
        raise PermissionDenied
    if request.method == "POST":
        return _back_up(request) if "passphrase" in request.POST else _introduce(request)
    node = the_node()
    context = {
        "peers": _peers(),
        "refused": [_refused(row) for row in node.store.refusals(100)],
        "facts": _facts(),
        "queue": state.queue(),
        "jobs": state.jobs(),
        "backups": state.backups(),
        "least": SHORTEST,
        "party": node.party,
        "trail": trail(_("Node")),
    }
    return render(request, "operate/index.html", context)


def _back_up(request: HttpRequest) -> HttpResponse:
    try:
        state.back_up(request.POST["passphrase"])
    except ComityError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The backup is being made. This page shows how far it is."))
    return redirect(f"{reverse('operate:index')}#h-back")


@login_required
def backup_file(request: HttpRequest, name: str) -> FileResponse:
    """A backup that was made here, for the operator."""
    if why_not_operate(officer_of(request)):
        raise PermissionDenied
    known = {one["name"] for one in state.backups()}
    if name not in known:
        raise Http404(name)
    return FileResponse((state.folder() / name).open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")


def _introduce(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("card")
    if upload is None:
        messages.error(request, _("Choose the card file that the other parliament's operator gave you."))
        return redirect("operate:index")
    try:
        card = read_card(upload.read(300_000))
        the_node().introduce(card)
    except ComityError as error:
        messages.error(request, sentence(error))
    else:
        words = _("Introduced: %(host)s. Compare its fingerprint with the other side, by telephone or on paper: %(fingerprint)s")
        messages.success(request, words % {"host": card.host, "fingerprint": card.fingerprint})
    return redirect("operate:index")


def _refused(row: Mapping[str, Any]) -> dict[str, str]:
    return {"at": instant(int(row["at"])), "source": row["source"], "place": row["place"], "why": sentence(told(row))}


def _peers() -> list[dict[str, Any]]:
    from comity.desk.record.views import peers_shown

    return peers_shown()


def _facts() -> list[dict[str, Any]]:
    node = the_node()
    roots = node.home.own_roots()
    facts: list[dict[str, Any]] = [
        {"label": _("Name of the node"), "value": {"code": node.host}},
        {"label": _("Address"), "value": {"code": settings.NODE.address or "–"}},
        {"label": _("Free on disk"), "value": state.disk()},
        {"label": _("Database"), "value": {"text": settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]}},
        {"label": _("Mail"), "value": _("the daily digest is sent") if mail.server() else _("none is sent: no mail server is named")},
        {"label": _("Versions"), "value": state.versions()},
    ]
    if roots:
        facts.insert(1, {"label": _("Fingerprint of the key root"), "value": {"code": own_card(node).fingerprint}})
    return facts


def card(request: HttpRequest) -> HttpResponse:
    """This node's introduction card. It holds nothing secret, but is handed over in person, so only officers take it from here."""
    if officer_of(request) is None:
        raise PermissionDenied
    text = own_card(the_node()).to_json()
    return HttpResponse(
        text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{the_node().host}.card.json"'}
    )


def about(request: HttpRequest) -> HttpResponse:
    """What Comity is, how to read a seal, and what such a mechanism does with which page and command."""
    return render(
        request,
        "operate/about.html",
        {"legend": legend(), "doing": _doing(operator=not why_not_operate(officer_of(request))), "trail": trail(_("About"))},
    )


def glossary(request: HttpRequest) -> HttpResponse:
    """The words that pages use in a sense of their own."""
    return render(request, "operate/glossary.html", {"terms": TERMS, "legend": legend(), "trail": trail(_("Glossary"))})


def start(request: HttpRequest) -> HttpResponse:
    """The first page of a demonstration: three nodes, personas, try it."""
    if not settings.NODE.demonstration:
        return redirect("mechanisms:index")
    context = {"legend": legend(), "nodes": demonstration.nodes(), "steps": _steps()}
    return render(request, "operate/start.html", context)


def legend() -> list[dict[str, Any]]:
    """How to read the seal of two parties."""
    two = frozenset({0, 1})
    return [
        {"standing": Standing(2, state=State.OBSERVED), "head": _("Observed."), "text": _("A source says so; nobody signed.")},
        {"standing": Standing(2, frozenset({0})), "head": _("One side"), "text": _("has signed, here the first party.")},
        {"standing": Standing(2, two, state=State.IN_FORCE), "head": _("In force."), "text": _("All parties have signed.")},
        {"standing": Standing(2, two, state=State.DISPUTED), "head": _("Disputed."), "text": _("Two acts are in force on one basis.")},
        {"standing": Standing(2, frozenset({0}), state=State.WITHDRAWN), "head": _("Withdrawn"), "text": _("before all had signed.")},
        {"standing": Standing(2, two, state=State.SUPERSEDED), "head": _("Superseded"), "text": _("by a later act.")},
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {
            "standing": Standing(2, frozenset({0})),
            "title": _("Propose in Arvena"),
            "text": _("Ilena drafts a meeting, Tovan signs. Half the seal fills."),
        },
        {
            "standing": Standing(2, frozenset({0, 1}), state=State.IN_FORCE),
            "title": _("Countersign in Kelmor"),
            "text": _("Aren sees the same bytes and signs. Both nodes say “in force”."),
        },
        {
            "standing": Standing(2, state=State.OBSERVED),
            "title": _("Look in from outside"),
            "text": _("Not signed in, you see what is public, and nothing else."),
        },
        {"standing": None, "title": _("Change one byte"), "text": _("Download the record as a pouch and change any byte in it.")},
        {"standing": None, "title": _("Verify"), "text": _("“comity verify” finds the byte and names its place.")},
    ]


def _doing(*, operator: bool) -> list[dict[str, str]]:
    """What is done, its page (none where only the operator may open it and the reader is none), its command."""
    rows = [
        (_("See what waits for whom"), reverse("work:index"), "comity node mail"),
        (_("Found a mechanism; name bodies, offices, mandates, plans"), reverse("mechanisms:index"), "comity node introduce"),
        (_("Convene meetings; agenda, delegations, minutes, papers"), reverse("meetings:index"), ""),
        (_("Negotiate, adopt and correct texts in several languages"), reverse("texts:index"), "comity texts check · redline · print"),
        (_("Find agreed language; keep terms; compare laws"), reverse("language:index"), "comity texts search · compare"),
        (_("Follow commitments to their evidence"), reverse("commitments:index"), ""),
        (_("Line up in forums, measured on roll calls"), reverse("forums:index"), "comity forums"),
        (_("Read the press into proposals"), reverse("press:index"), "comity press read"),
        (_("Observe what nobody signed"), reverse("observations:index"), "comity observe"),
        (_("Sign, countersign, decline, withdraw"), reverse("record:inbox"), ""),
        (_("Verify the record"), reverse("record:index"), "comity verify"),
        (_("Carry the record by hand"), reverse("record:export"), "comity node pouch · comity node take"),
        (_("Run a node"), reverse("operate:index") if operator else "", "comity node · backup · restore"),
    ]
    return [{"what": what, "url": url, "command": command} for what, url, command in rows]
