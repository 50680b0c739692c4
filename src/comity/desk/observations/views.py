"""Pages of observed mechanisms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import Why
from comity.desk.errors import sentence
from comity.desk.observations import correcting, lists, one, pages, releasing
from comity.desk.observations.releasing import DayForm
from comity.desk.observations.state import case_or_404, observed, thing_or_404, visible
from comity.desk.press.fragments import source_id
from comity.desk.press.policy import why_not_review
from comity.desk.show import officer_of, trail
from comity.errors import ComityError


def index(request: HttpRequest) -> HttpResponse:
    return _shown(request, "observations/index.html", pages.index(list(visible(request).values())))


def detail(request: HttpRequest, case: str) -> HttpResponse:
    return _shown(request, "observations/detail.html", pages.detail(case_or_404(request, case)))


def listing(request: HttpRequest, case: str, kind: str) -> HttpResponse:
    return _shown(request, "observations/list.html", lists.listing(request, case_or_404(request, case), kind))


def thing(request: HttpRequest, case: str, kind: str, id: str) -> HttpResponse:
    return _thing(request, case, kind, id)


def _thing(request: HttpRequest, case: str, kind: str, id: str, form: DayForm | None = None) -> HttpResponse:
    found = case_or_404(request, case)
    context = one.thing(found, thing_or_404(found, kind, id), may=not why_not_correct(request))
    context["sees"] = releasing.sees(officer_of(request), case, id, form=form) if kind == "sources" else None
    return _shown(request, "observations/thing.html", context, status=422 if form else 200)


def _shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the observed record; who sees only what a side has released is told so."""
    return render(request, template, context | {"released": releasing.by_side(request)}, status=status)


def why_not_correct(request: HttpRequest) -> Why:
    """Who works on sources here may also correct what they say."""
    return why_not_review(officer_of(request), settings.NODE.party)


def _officer(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if officer is None or why_not_correct(request):
        raise PermissionDenied
    return officer


@login_required
def correct(request: HttpRequest, case: str, kind: str, id: str, claim: str) -> HttpResponse:
    """Say one claim of a thing in one's own name."""
    officer = _officer(request)
    found = case_or_404(request, case)
    about = thing_or_404(found, kind, id)
    value = correcting.claim_or_404(about, claim)
    back = reverse("observations:thing", args=[case, kind, id])
    form = correcting.CorrectionForm(request.POST or None, case=found, claim=claim, value=value, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            correcting.correct(officer, about, claim, form.said, form.cleaned_data["source"], timezone.now())
            messages.success(request, _("Your correction is in the log."))
            return redirect(back)
        except ComityError as error:
            form.add_error(None, sentence(error))
    title = one.thing(found, about)["title"]["text"]
    context = {"form": form, "kind": title, "back": back, "trail": [*pages.trail_to(found), *trail((title, back), _("Correct"))]}
    return render(request, "observations/correct.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_back(request: HttpRequest, case: str, kind: str, id: str) -> HttpResponse:
    """Withhold one version of a claim: it stays in the log and counts no longer."""
    _officer(request)
    about = thing_or_404(case_or_404(request, case), kind, id)
    fragment = request.POST.get("fragment", "")
    version = next((v for versions in about.claims.values() for v in versions if fragment in v.fragments), None)
    if version is None:
        raise Http404(fragment)
    correcting.withhold(about, version)
    messages.success(request, _("It is taken back: it stays in the log, and counts no longer."))
    gone = observed().get(case)
    there = gone is not None and gone.one(kind, id) is not None
    return redirect("observations:thing", case, kind, id) if there else redirect("observations:index")


@login_required
@require_POST
def release(request: HttpRequest, case: str, source: str) -> HttpResponse:
    """Release what was accepted from a source, at once or from a day on."""
    officer = _speaker(request, case)
    thing_or_404(case_or_404(request, case), "sources", source)
    form = releasing.ReleaseForm(request.POST)
    if not form.is_valid():
        return _thing(request, case, "sources", source, form)
    try:
        releasing.release(officer, case, source, form.cleaned_data["public_from"], form.cleaned_data["entries"])
        messages.success(request, _("The source is released."))
    except ComityError as error:
        messages.error(request, sentence(error))
    return redirect(_back(request, case, source))


@login_required
@require_POST
def move(request: HttpRequest, case: str, source: str) -> HttpResponse:
    """Let a release that waits for its day begin on another one."""
    officer = _speaker(request, case)
    form = releasing.DayForm(request.POST, auto_id="day_%s")
    if not form.is_valid():
        return _thing(request, case, "sources", source, form)
    try:
        releasing.move(officer, case, source, form.cleaned_data["public_from"])
        messages.success(request, _("The day is changed."))
    except ComityError as error:
        messages.error(request, sentence(error))
    return redirect(_back(request, case, source))


@login_required
@require_POST
def retract(request: HttpRequest, case: str, source: str) -> HttpResponse:
    """Take a source's release back."""
    releasing.take_back(_speaker(request, case), case, source)
    messages.success(request, _("The release is taken back: only officers of this node see it again. Copies that others have made stay."))
    return redirect(_back(request, case, source))


def _speaker(request: HttpRequest, case: str) -> Officer:
    """The officer, who speaks for this side."""
    officer = officer_of(request)
    if officer is None or releasing.why_not(officer, case):
        raise PermissionDenied
    return officer


def _back(request: HttpRequest, case: str, source: str) -> str:
    """The page that the form stood on."""
    key = request.GET.get("press", "")
    here = reverse("observations:thing", args=[case, "sources", source])
    return f"{reverse('press:source', args=[key])}#h-sees" if key and source_id(key) == source else f"{here}#h-sees"
