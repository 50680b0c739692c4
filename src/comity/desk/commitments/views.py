"""Pages about commitments."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from comity.desk.commitments import board, editors, listing, queries
from comity.desk.commitments import detail as details
from comity.desk.commitments.assigning import Assign
from comity.desk.forms import serve


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/index.html", board.page(request))


def detail(request: HttpRequest, commitment: str) -> HttpResponse:
    row = get_object_or_404(queries.visible(request), pk=commitment)
    return render(request, "commitments/detail.html", details.page(request, row))


def undertake(request: HttpRequest) -> HttpResponse:
    return serve(request, editors.Undertake)


def report(request: HttpRequest) -> HttpResponse:
    return serve(request, editors.Report)


def assess(request: HttpRequest) -> HttpResponse:
    return serve(request, editors.Assess)


def assign(request: HttpRequest) -> HttpResponse:
    return serve(request, Assign)


def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/list.html", listing.page(request))
