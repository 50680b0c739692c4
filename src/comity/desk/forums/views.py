"""Pages about forums: each view parses, calls one function, renders."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from comity.desk.forms import serve
from comity.desk.forums import bloc as groups
from comity.desk.forums import blocs as named
from comity.desk.forums import briefs, calls, editors, importing, jobs, sheets, splits
from comity.desk.forums import engine as engines
from comity.desk.forums import forum as forums
from comity.desk.forums import pair as pairs
from comity.desk.forums import points as ideal
from comity.desk.forums.figure import Figure, file_of
from comity.desk.forums.library import forum_or_404


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "forums/index.html", importing.index(request))


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    found = importing.drop(request)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "forums/index.html", importing.index(request, found), status=422)


def job(request: HttpRequest, key: str) -> HttpResponse:
    wanted = importing.job_or_404(request, key)
    if request.method == "POST":
        found = importing.settle(request, wanted)
        if isinstance(found, HttpResponse):
            return found
        return render(request, "forums/job.html", importing.job_page(wanted, found), status=422)
    if wanted.status == jobs.DONE:
        return redirect(wanted.wanted.get("back") or reverse("forums:report", args=[wanted.forum]))
    importing.wake(officer=True)
    return render(request, "forums/job.html", importing.job_page(wanted))


def progress(request: HttpRequest, key: str) -> HttpResponse:
    """A fragment for htmx; when the job has ended the page is loaded again."""
    wanted = importing.job_or_404(request, key)
    answer = render(request, "forums/_progress.html", {"job": wanted, "said": importing.progress(wanted)})
    if not wanted.under_way:
        answer["HX-Refresh"] = "true"
    return answer


def forum(request: HttpRequest, forum: str) -> HttpResponse:
    here = forum_or_404(request, forum)
    if request.method == "POST":
        forums.change(request, here)
        return redirect("forums:forum", forum)
    return render(request, "forums/forum.html", forums.page(request, here))


def report(request: HttpRequest, forum: str) -> HttpResponse:
    return render(request, "forums/report.html", forums.report(request, forum_or_404(request, forum)))


def report_csv(request: HttpRequest, forum: str) -> HttpResponse:
    return forums.report_csv(forum_or_404(request, forum))


def pair(request: HttpRequest, forum: str) -> HttpResponse:
    return render(request, "forums/pair.html", pairs.page(request, forum_or_404(request, forum)))


def divergences(request: HttpRequest, forum: str) -> HttpResponse:
    asked = pairs.Pair(request, forum_or_404(request, forum))
    return render(request, "forums/divergences.html", splits.page(request, asked))


def divergences_csv(request: HttpRequest, forum: str) -> HttpResponse:
    return splits.as_csv(request, pairs.Pair(request, forum_or_404(request, forum)))


def votes(request: HttpRequest, forum: str) -> HttpResponse:
    return render(request, "forums/votes.html", calls.votes(request, forum_or_404(request, forum)))


def call(request: HttpRequest, forum: str, event: str) -> HttpResponse:
    return render(request, "forums/call.html", calls.one(request, forum_or_404(request, forum), event))


def popolo(request: HttpRequest, forum: str, event: str) -> HttpResponse:
    from comity.forums.popolo import vote_event

    found = engines.of(forum_or_404(request, forum)).calls
    if event not in found.index:
        raise Http404(event)
    return JsonResponse(vote_event(found, found.index[event]), json_dumps_params={"ensure_ascii": False})


def points(request: HttpRequest, forum: str) -> HttpResponse:
    here = forum_or_404(request, forum)
    if request.method == "POST":
        return redirect("forums:job", importing.estimate(request, here).key)
    return render(request, "forums/points.html", ideal.page(request, here))


def bloc(request: HttpRequest, forum: str) -> HttpResponse:
    return render(request, "forums/bloc.html", groups.page(request, forum_or_404(request, forum)))


def bloc_votes(request: HttpRequest, forum: str) -> HttpResponse:
    return render(request, "forums/bloc_votes.html", groups.votes(request, forum_or_404(request, forum)))


def blocs(request: HttpRequest, forum: str) -> HttpResponse:
    here = forum_or_404(request, forum)
    if request.method == "POST":
        found = named.change(request, here)
        return found if isinstance(found, HttpResponse) else render(request, "forums/blocs.html", found, status=422)
    return render(request, "forums/blocs.html", named.page(request, here))


def blocs_csv(request: HttpRequest, forum: str) -> HttpResponse:
    return named.as_csv(request, forum_or_404(request, forum))


def figure(request: HttpRequest, forum: str, name: str, kind: str) -> HttpResponse:
    """One figure of a pair, of the points or of a bloc, as CSV, SVG or PNG."""
    here = forum_or_404(request, forum)
    found: list[Figure | None] = []
    if name in ("alignment", "topics"):
        found = [pairs.alignment(pairs.Pair(request, here)) if name == "alignment" else pairs.by_topic(pairs.Pair(request, here))]
    elif name in ("points", "paths"):
        found = [*ideal.drawings(request, engines.of(here))]
    elif name in ("bloc", "cohesion"):
        asked = groups.Asked(request, here)
        found = [groups.cohesion(asked) if name == "cohesion" else groups.pairs(asked)]
    wanted = next((f for f in found if f is not None and f.name == name), None)
    if wanted is None or kind not in ("csv", "svg", "png"):
        raise Http404(name)
    return file_of(wanted, here, kind)


def brief(request: HttpRequest, forum: str, kind: str) -> HttpResponse:
    return briefs.answer(request, forum_or_404(request, forum), kind)


def sheet(request: HttpRequest, mechanism: str, forum: str, session: int) -> HttpResponse:
    wanted = sheets.Sheet(request, mechanism, forum, session)
    if request.method == "POST":
        return sheets.change(request, wanted)
    return render(request, "forums/sheet.html", sheets.page(request, wanted))


def position(request: HttpRequest) -> HttpResponse:
    return serve(request, editors.Position)


def agree_position(request: HttpRequest) -> HttpResponse:
    return serve(request, editors.AgreePosition)
