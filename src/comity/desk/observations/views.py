"""Pages of observed mechanisms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.desk.observations import lists, one, pages
from comity.desk.observations.state import case_or_404, thing_or_404, visible


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "observations/index.html", pages.index(list(visible(request).values())))


def detail(request: HttpRequest, case: str) -> HttpResponse:
    return render(request, "observations/detail.html", pages.detail(case_or_404(request, case)))


def listing(request: HttpRequest, case: str, kind: str) -> HttpResponse:
    return render(request, "observations/list.html", lists.listing(request, case_or_404(request, case), kind))


def thing(request: HttpRequest, case: str, kind: str, id: str) -> HttpResponse:
    found = case_or_404(request, case)
    return render(request, "observations/thing.html", one.thing(found, thing_or_404(found, kind, id)))
