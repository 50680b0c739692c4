"""Pages of meetings: the list, one meeting, its calendar file, and the form that convenes or changes one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.forms import serve
from comity.desk.mechanisms.pages import trail_to
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.mechanisms.queries import visible as visible_mechanisms
from comity.desk.meetings import filters, pages
from comity.desk.meetings.convening import Convening
from comity.desk.meetings.queries import meeting_or_404, standing_in, visible
from comity.desk.show import name_of, officer_of, trail

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


def calendar(request: HttpRequest, meeting: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    data = pages.calendar_file(request, row, mechanism_or_404(request, row.mechanism))
    if data is None:
        raise Http404(reverse("meetings:detail", args=[row.id]))
    named = {"Content-Disposition": f'attachment; filename="meeting-{row.ordinal}.ics"'}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=named)


def convene(request: HttpRequest) -> HttpResponse:
    return serve(request, Convening)
