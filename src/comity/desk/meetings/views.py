"""Pages of meetings: the list, one meeting, what is said about it, what was said last time, its papers and extracts."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.desk.forms import serve
from comity.desk.mechanisms.pages import trail_to
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.mechanisms.queries import visible as visible_mechanisms
from comity.desk.meetings import filters, minuting, pages, subpages
from comity.desk.meetings.agendas import AgendaEditor
from comity.desk.meetings.closings import CloseEditor
from comity.desk.meetings.convening import Convening
from comity.desk.meetings.delegations import DelegationEditor
from comity.desk.meetings.editing import why_not_about
from comity.desk.meetings.queries import meeting_or_404, standing_in, visible
from comity.desk.show import name_of, officer_of, trail
from comity.errors import Refused

PAGE = 25


def index(request: HttpRequest) -> HttpResponse:
    wanted = filters.read(request)
    one = mechanism_or_404(request, wanted.mechanism) if wanted.mechanism else None
    rows = wanted.narrow(standing_in(visible(request), wanted.standing))
    page = Paginator(rows.order_by(*wanted.order), PAGE).get_page(request.GET.get("page"))
    mechanisms = visible_mechanisms(request).in_bulk({row.mechanism for row in page})
    context = {
        "page": page,
        "groups": pages.grouped(pages.meetings_shown(list(page), mechanisms), by_series=one is not None),
        "one": one,
        "one_name": name_of(one.names) if one else "",
        "choices": filters.choices(request, wanted, one),
        "query": wanted.query,
        "officer": officer_of(request),
        "founded": visible_mechanisms(request).exists(),
        "trail": [*trail_to(one), *trail(_("Meetings"))] if one else trail(_("Meetings")),
    }
    return render(request, "meetings/index.html", context)


def detail(request: HttpRequest, meeting: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    return render(request, "meetings/detail.html", pages.detail(request, row, mechanism_or_404(request, row.mechanism)))


def convene(request: HttpRequest) -> HttpResponse:
    return serve(request, Convening)


def agenda(request: HttpRequest) -> HttpResponse:
    return serve(request, AgendaEditor)


def delegation(request: HttpRequest) -> HttpResponse:
    return serve(request, DelegationEditor)


def close(request: HttpRequest) -> HttpResponse:
    return serve(request, CloseEditor)


def printed_agenda(request: HttpRequest, meeting: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    return render(request, "meetings/agenda_print.html", subpages.agenda_print(request, row, mechanism_or_404(request, row.mechanism)))


@require_POST
def draft_minutes(request: HttpRequest, meeting: str) -> HttpResponse:
    """Begin the minutes, or go on with those that were begun here: in the editor of texts."""
    officer = officer_of(request)
    if officer is None:
        return redirect_to_login(reverse("meetings:detail", args=[meeting]))
    row = meeting_or_404(request, meeting)
    mechanism = mechanism_or_404(request, row.mechanism)
    if refusal := why_not_about(request, mechanism, row):
        raise Refused(refusal, place="meeting")
    return redirect(f"{reverse('texts:put-forward')}?draft={minuting.begin(officer, mechanism, row).key}")


def last_time(request: HttpRequest, meeting: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    return render(request, "meetings/last_time.html", subpages.last_time(request, row, mechanism_or_404(request, row.mechanism)))


def papers(request: HttpRequest, meeting: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    return render(request, "meetings/papers.html", subpages.papers(request, row, mechanism_or_404(request, row.mechanism)))


def extracts_list(request: HttpRequest, meeting: str) -> HttpResponse:
    """The extracts of a meeting; a file that is sent along is checked against its minutes."""
    row = meeting_or_404(request, meeting)
    context = subpages.extracts_page(request, row, mechanism_or_404(request, row.mechanism))
    return render(request, "meetings/extracts.html", context, status=422 if context["refusal"] else 200)


def extract(request: HttpRequest, meeting: str, number: int, lang: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    context = subpages.extract(request, row, mechanism_or_404(request, row.mechanism), number, lang)
    return render(request, "meetings/extract.html", context)
