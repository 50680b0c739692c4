"""Pages about joint texts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from comity.desk.forms import serve
from comity.desk.record.models import Draft
from comity.desk.texts import detail as details
from comity.desk.texts import editors, queries
from comity.desk.texts import index as lists
from comity.desk.texts.commenting import Comment
from comity.desk.texts.correcting import Correct


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/index.html", lists.page(request))


def detail(request: HttpRequest, text: str) -> HttpResponse:
    row = get_object_or_404(queries.visible(request), pk=text)
    return render(request, "texts/detail.html", details.page(request, row))


def put_forward(request: HttpRequest) -> HttpResponse:
    return serve(request, editors.PutForward)


def adopt(request: HttpRequest) -> HttpResponse:
    """Adopting what was put forward (``?text=``), or a text that is written here."""
    key = request.POST.get("draft") or request.GET.get("draft")
    draft = Draft.objects.filter(pk=key).first() if key else None
    forward = request.POST.get("text") or request.GET.get("text") or (draft and draft.working.get("text"))
    return serve(request, editors.AdoptForward if forward else editors.Adopt)


def correct(request: HttpRequest) -> HttpResponse:
    return serve(request, Correct)


def comment(request: HttpRequest) -> HttpResponse:
    return serve(request, Comment)
