"""My work today, search, remarks, notifications."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_draft
from comity.desk.errors import sentence
from comity.desk.record.models import Draft
from comity.desk.show import officer_of, trail
from comity.desk.work import finding, news, noticing, remarking, today
from comity.desk.work.forms import WishesForm
from comity.desk.work.models import Notice, OnBehalf, Remark
from comity.errors import ComityError

PER_PAGE = 50
CHOICES = ("visit", "yesterday", "week")


def _officer(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if officer is None:
        raise PermissionDenied
    return officer


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The officer's home."""
    officer, now = _officer(request), timezone.now()
    last = news.visit(officer, now)
    choice = request.GET.get("since", "")
    choice = choice if choice in CHOICES else "visit" if last else "yesterday"
    after = news.since(choice, last, now)
    context = today.today_of(officer, now) | {
        "changes": news.changes(after, today.known_parties()),
        "since": noticing.since_choices(choice, last, after),
        "officer": officer,
        "party": settings.NODE.party,
        "may_draft": not why_not_draft(officer, settings.NODE.party),
        "trail": trail(_("My work")),
    }
    return render(request, "work/index.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """What a reader finds and may see."""
    typed, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    query, groups, capped = finding.found(request, typed, kind if kind in finding.KINDS else "")
    context = {
        "query": query,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "capped": capped,
        "kind": finding.KINDS.get(kind, ""),
        "trail": trail(_("Search")),
    }
    return render(request, "work/search.html", context)


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What this officer was told, newest first; a button marks all as read."""
    officer, now = _officer(request), timezone.now()
    if request.method == "POST":
        Notice.objects.filter(officer=officer, read=None).update(read=now)
        return redirect("work:notices")
    rows = Notice.objects.filter(officer=officer)
    unread = request.GET.get("show") == "unread"
    page = Paginator(rows.filter(read=None) if unread else rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [noticing.line(row) for row in page.object_list],
        "unread": rows.filter(read=None).count(),
        "only_unread": unread,
        "query": "show=unread&" if unread else "",
        "trail": trail((_("My work"), reverse("work:index")), _("Notifications")),
    }
    return render(request, "work/notices.html", context)


@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notification is about; it is read then. A button takes that back."""
    row = get_object_or_404(Notice, pk=pk, officer=_officer(request))
    if request.method == "POST":
        row.read = None if row.read else timezone.now()
        row.save(update_fields=["read"])
        return redirect(reverse("work:notices"))
    if row.read is None:
        row.read = timezone.now()
        row.save(update_fields=["read"])
    return redirect(row.path)


@login_required
def wishes(request: HttpRequest) -> HttpResponse:
    """What one wants to be told, and whether by mail once a day."""
    officer = _officer(request)
    form = WishesForm(request.POST or None, initial=WishesForm.initial_of(officer), label_suffix="")
    if request.method == "POST" and form.is_valid():
        form.keep(officer)
        messages.success(request, _("Your settings are saved."))
        return redirect("work:wishes")
    steps = trail((_("My work"), reverse("work:index")), (_("Notifications"), reverse("work:notices")), _("Settings"))
    context = {"form": form, "mail": noticing.mail_state(), "trail": steps}
    return render(request, "work/wishes.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, anchor: str = "remarks") -> HttpResponse:
    path = request.POST.get("path", "/")
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        path = "/"
    return redirect(f"{path.partition('#')[0]}#{anchor}")


@login_required
@require_POST
def remark(request: HttpRequest) -> HttpResponse:
    """Say something to one's own side about an object."""
    officer, said = _officer(request), request.POST
    path = said.get("path", "/")
    obj, eid = said.get("object", "")[:64], said.get("eid", "")[:120]
    anchor = "remarks"
    try:
        if not path.startswith("/") or path.startswith("//") or len(path) > 250 or not obj:
            raise PermissionDenied
        made = remarking.add(officer, obj, said.get("text", ""), path=path, title=said.get("title", ""), eid=eid, now=timezone.now())
        anchor = f"remark-{made.pk}"
    except ComityError as error:
        messages.error(request, sentence(error))
    return _back(request, anchor)


@login_required
@require_POST
def change_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a remark of one's own, take it out, or undo either."""
    officer, row, now = _officer(request), get_object_or_404(Remark, pk=pk), timezone.now()
    action = request.POST.get("action", "")
    try:
        if action == "change":
            remarking.change(officer, row, request.POST.get("text", ""), now=now)
        elif action == "delete":
            remarking.take_out(officer, row, now=now)
        elif action == "undo":
            remarking.undo(officer, row, now=now)
    except ComityError as error:
        messages.error(request, sentence(error))
    return _back(request, f"remark-{pk}")


@login_required
@require_POST
def behalf(request: HttpRequest, key: str) -> HttpResponse:
    """Say for whom a draft was typed; only as long as it is open."""
    officer, draft = _officer(request), get_object_or_404(Draft, key=key, done=False, act="")
    refusal: Any = why_not_draft(officer, settings.NODE.party, draft.mechanism)
    if refusal:
        raise PermissionDenied
    wanted = request.POST.get("principal", "")
    principal = get_object_or_404(Officer, pk=int(wanted) if wanted.isdecimal() else 0, user__is_active=True) if wanted else None
    OnBehalf.objects.filter(draft=draft).delete()
    if principal is not None:
        OnBehalf.objects.create(draft=draft, principal=principal, entered_by=officer, at=timezone.now())
    return redirect("record:draft", key)
