"""Pages of mechanisms: the list, one mechanism, its people, its acts, and the two forms."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.desk.accounts.policy import why_not_draft
from comity.desk.forms import serve
from comity.desk.mechanisms import governing, pages, working
from comity.desk.mechanisms.appointing import Appointing
from comity.desk.mechanisms.bodies import BodyPage, SeriesPage
from comity.desk.mechanisms.founding import FoundingPage
from comity.desk.mechanisms.mandating import MandatePage
from comity.desk.mechanisms.planning import OutcomePage, PlanPage
from comity.desk.mechanisms.queries import appointments, mechanism_or_404, visible
from comity.desk.mechanisms.shown import acts_shown, person_shown, why_not_act
from comity.desk.record.visible import visible_acts
from comity.desk.show import officer_of, parties_of, trail

PAGE = 25


def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(visible(request), PAGE).get_page(request.GET.get("page"))
    officer = officer_of(request)
    context = {
        "page": page,
        "lines": pages.lines(request, list(page)),
        "officer": officer,
        "barred": why_not_draft(officer, settings.NODE.party) if officer else "",
        "trail": trail(_("Mechanisms")),
    }
    return render(request, "mechanisms/index.html", context)


def detail(request: HttpRequest, mechanism: str) -> HttpResponse:
    return render(request, "mechanisms/detail.html", pages.detail(request, mechanism_or_404(request, mechanism)))


def people(request: HttpRequest, mechanism: str) -> HttpResponse:
    row = mechanism_or_404(request, mechanism)
    parties = parties_of(row)
    rows = appointments(request, row.id)
    side = request.GET.get("party", "")
    page = Paginator(rows.filter(party=side) if side else rows, PAGE).get_page(request.GET.get("page"))
    barred = why_not_act(request, row, settings.NODE.party)
    own = "" if barred else settings.NODE.party
    named = working.body_names(request, row.id)
    context = {
        "row": row,
        "page": page,
        "sides": [(p, [person_shown(a, parties, own=own, bodies=named) for a in page if a.party == p.id]) for p in parties],
        "barred": barred,
        "officer": officer_of(request),
        "query": f"party={side}&" if side else "",
        "trail": [*pages.trail_to(row), *trail(_("People"))],
    }
    return render(request, "mechanisms/people.html", context)


def acts(request: HttpRequest, mechanism: str) -> HttpResponse:
    row = mechanism_or_404(request, mechanism)
    status = request.GET.get("status", "")
    rows = visible_acts(request).filter(mechanism=row.id).order_by("-arrived", "id")
    page = Paginator(rows.filter(status=status) if status else rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "page": page,
        "acts": acts_shown(page, parties_of(row)),
        "status": status,
        "query": f"status={status}&" if status else "",
        "choices": pages.statuses(status, reverse("mechanisms:acts", args=[row.id])),
        "trail": [*pages.trail_to(row), *trail(_("Acts"))],
    }
    return render(request, "mechanisms/acts.html", context)


def found(request: HttpRequest) -> HttpResponse:
    return serve(request, FoundingPage)


def appoint(request: HttpRequest) -> HttpResponse:
    return serve(request, Appointing)


def body(request: HttpRequest) -> HttpResponse:
    return serve(request, BodyPage)


def series(request: HttpRequest) -> HttpResponse:
    return serve(request, SeriesPage)


def mandate(request: HttpRequest) -> HttpResponse:
    return serve(request, MandatePage)


def plan(request: HttpRequest) -> HttpResponse:
    return serve(request, PlanPage)


def outcome(request: HttpRequest) -> HttpResponse:
    return serve(request, OutcomePage)


def bodies(request: HttpRequest, mechanism: str) -> HttpResponse:
    row = mechanism_or_404(request, mechanism)
    context = working.bodies_page(request, row) | {
        "officer": officer_of(request),
        "trail": [*pages.trail_to(row), *trail(_("Bodies and series"))],
    }
    return render(request, "mechanisms/bodies.html", context)


def mandates(request: HttpRequest, mechanism: str) -> HttpResponse:
    row = mechanism_or_404(request, mechanism)
    context = working.mandates_page(request, row) | {"officer": officer_of(request), "trail": [*pages.trail_to(row), *trail(_("Mandates"))]}
    return render(request, "mechanisms/mandates.html", context)


def year(request: HttpRequest, mechanism: str, year: int) -> HttpResponse:
    row = mechanism_or_404(request, mechanism)
    context = working.year_page(request, row, year) | {"trail": [*pages.trail_to(row), *trail(str(year))]}
    return render(request, "mechanisms/year.html", context)


def rotate_keys(request: HttpRequest) -> HttpResponse:
    return serve(request, governing.KeysPage)


def accede(request: HttpRequest) -> HttpResponse:
    return serve(request, governing.AccedePage)


def leave(request: HttpRequest) -> HttpResponse:
    return serve(request, governing.LeavePage)


def succeed_log(request: HttpRequest) -> HttpResponse:
    return serve(request, governing.SucceedPage)


def governance(request: HttpRequest, mechanism: str) -> HttpResponse:
    row = mechanism_or_404(request, mechanism)
    context = governing.page(request, row) | {"trail": [*pages.trail_to(row), *trail(_("Keys and membership"))]}
    return render(request, "mechanisms/governance.html", context)


@login_required
@require_POST
def unsigned_root(request: HttpRequest) -> HttpResponse:
    """The next key root without signatures, to be signed where the root key is kept."""
    name, data = governing.to_sign_elsewhere(officer_of(request), request.POST.getlist("officers"), request.POST.get("threshold", ""))
    return HttpResponse(data, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'})
