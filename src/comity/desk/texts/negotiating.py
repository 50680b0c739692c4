"""Views of the desk on which drafts of texts are negotiated, and of comparing versions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.desk.accounts.models import Officer, page_language
from comity.desk.accounts.policy import why_not_draft
from comity.desk.errors import sentence
from comity.desk.show import name_of, officer_of
from comity.desk.texts import comparing, composing, desk, pairing, queries, returning, thread, working
from comity.desk.texts.models import Waiver
from comity.desk.texts.working import Work
from comity.errors import ComityError, Malformed, Refused
from comity.texts.imports.package import MAX_FILE

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

type View = Callable[[HttpRequest, Officer], HttpResponse]


def by_officer(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """For officers of this node who may draft; others sign in, or learn why not."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        officer = officer_of(request)
        if officer is None:
            return redirect_to_login(request.get_full_path())
        if refusal := why_not_draft(officer, settings.NODE.party):
            raise Refused(str(refusal), place="role")
        return view(request, officer)

    return checked


def _draft(request: HttpRequest) -> Work:
    return Work.of(working.find(request.POST.get("draft") or request.GET.get("draft", "")))


def _at(work: Work, eid: str = "", **query: str) -> HttpResponse:
    more = "".join(f"&{name}={value}" for name, value in query.items() if value)
    return redirect(f"{reverse('texts:work')}?draft={work.draft.key}{more}" + (f"#{eid}" if eid else ""))


@by_officer
def work(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The desk of a draft; a POST with ``?answers=`` begins one."""
    if request.method == "POST" and request.GET.get("answers"):
        return redirect(f"{reverse('texts:work')}?draft={working.start(request, officer).key}")
    held = _draft(request)
    if held.draft.payload is not None:
        return redirect("record:draft", held.draft.key)
    return render(request, "texts/work.html", desk.page(request, held, editing=request.GET.get("edit", "")))


@by_officer
def provision(request: HttpRequest, officer: Officer) -> HttpResponse:
    """One provision: shown, opened for editing (``?edit=1``), checked while it is typed (``check``), saved; by htmx only this row."""
    held, eid = _draft(request), request.POST.get("eid") or request.GET.get("eid", "")
    partial = bool(request.headers.get("HX-Request"))
    if request.method != "POST":
        return (
            _row(request, held, eid, editing="edit" in request.GET)
            if partial
            else _at(held, eid, edit=eid if "edit" in request.GET else "")
        )
    try:
        if "check" in request.POST:
            return _checked(request, held, eid)
        working.edit(officer, held, eid, request.POST)
    except ComityError as error:
        if "check" in request.POST:
            return render(request, "texts/_margin.html", {"row": {"notes": []}, "error": sentence(error)})
        return _row(request, held, eid, editing=True, error=sentence(error), status=422)
    after = Work.of(working.find(held.draft.key))
    return _row(request, after, eid) if partial else _at(after, eid)


def _row(request: HttpRequest, held: Work, eid: str, *, editing: bool = False, error: str = "", status: int = 200) -> HttpResponse:
    context = desk.page(request, held, editing=eid if editing else "", error=error)
    rows = [row for row in context["rows"] if row["id"] == eid]
    if not rows:
        raise Http404(eid)
    if not request.headers.get("HX-Request"):
        return render(request, "texts/work.html", context, status=status)
    return render(request, "texts/_row.html", context | {"row": rows[0], "partial": True}, status=200)


def _checked(request: HttpRequest, held: Work, eid: str) -> HttpResponse:
    """What the checks would say of a provision if it were kept as it is typed now."""
    changed = held.with_words(eid, working.typed_words(held, request.POST))
    versions = held.versions | {lang: composing.read_version(typed)[0] for lang, typed in changed.items()}
    texts = thread.texts_of(request, held.thread) if held.source else []
    rows, _found, _held, _points = desk.beside(request, held, held.versions, texts, only=eid, versions=versions)
    return render(request, "texts/_margin.html", {"row": rows[0] if rows else {"notes": []}, "draft": held.draft, "typing": True})


@require_POST
@by_officer
def act(request: HttpRequest, officer: Officer) -> HttpResponse:
    """A button of the desk: about a bracket, undoing, handing over for signature."""
    held, action, eid = _draft(request), request.POST.get("action", ""), request.POST.get("eid", "")
    try:
        if action == "continue":
            ready = working.hand_over(request, officer, held.draft)
            if ready is not None:
                return redirect("record:draft", ready.key)
            messages.error(request, _("Something is missing: complete the form below."))
            return redirect(f"{reverse('texts:put-forward')}?draft={held.draft.key}")
        if action == "undo":
            working.undo(officer, held.draft)
            messages.success(request, _("What stood before is back."))
        else:
            working.act_on_bracket(officer, held, action, eid, request.POST, settings.NODE.party)
    except ComityError as error:
        messages.error(request, sentence(error))
    return _at(held, eid)


@require_POST
@by_officer
def set_aside(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Set a finding aside with a reason, take it up again; confirm what says the same under other numbers, or undo that."""
    where, keys = request.POST.get("thread", "")[:64], [key[:16] for key in request.POST.getlist("finding")[:50]]
    name, reason = name_of(officer.names)[:200], request.POST.get("reason", "").strip()
    if request.POST.get("pair"):
        pairing.confirm(where, request.POST["pair"], name)
    elif request.POST.get("unpair"):
        pairing.undo(where, request.POST["unpair"])
    elif "resume" in request.POST:
        Waiver.objects.filter(thread=where, finding__in=keys).delete()
    elif not reason:
        messages.error(request, _("Give a reason: it stays visible beside the finding, and goes into the act."))
    elif request.POST.get("code") != "BRACKET":
        held = {"code": request.POST.get("code", "")[:12], "eid": request.POST.get("eid", "")[:200]}
        held |= {"lang": page_language(), "reason": reason[:2000], "by": name}
        for key in keys:
            Waiver.objects.update_or_create(thread=where, finding=key, defaults=held)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    fine = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if fine else reverse("texts:index"))


@by_officer
def returned(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Proposals of Word files that came back: upload, take over, set aside, undo."""
    held = _draft(request)
    if request.method != "POST":
        return render(request, "texts/returned.html", returning.page(held))
    try:
        _return(request, officer, held)
    except ComityError as error:
        return render(request, "texts/returned.html", returning.page(held, error), status=422)
    return redirect(
        f"{reverse('texts:returned')}?draft={held.draft.key}" + (f"#p{request.POST['proposal']}" if "proposal" in request.POST else "")
    )


def _return(request: HttpRequest, officer: Officer, held: Work) -> None:
    if "proposal" not in request.POST:
        upload = request.FILES.get("file")
        if upload is None:
            raise Malformed("Choose the Word file that came back.", place="file")
        count = returning.receive(request, held, request.POST.get("lang", ""), str(upload.name or ""), upload.read(MAX_FILE + 1))
        messages.success(request, _("Proposals read from the file: %(count)d.") % {"count": count})
        return
    one = returning.find(held.draft.key, request.POST["proposal"])
    action = request.POST.get("action", "")
    if action == "accept":
        returning.accept(officer, held, one)
    elif action == "undo":
        returning.undo(officer, held, one)
    elif action == "refuse":
        returning.refuse(officer, one)


def compare(request: HttpRequest, text: str) -> HttpResponse:
    row = get_object_or_404(queries.visible(request), pk=text)
    return render(request, "texts/compare.html", comparing.page(request, row))


def word(request: HttpRequest, text: str) -> HttpResponse:
    row = get_object_or_404(queries.visible(request), pk=text)
    name, data = comparing.word_file(
        request, row, request.GET.get("lang", ""), request.GET.get("new") or row.act, request.GET.get("old", "")
    )
    return _download(name, data)


@by_officer
def draft_word(request: HttpRequest, officer: Officer) -> HttpResponse:
    return _download(*comparing.draft_file(request, _draft(request), request.GET.get("lang", ""), request.GET.get("old", "")))


def _download(name: str, data: bytes) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data, content_type=WORD, headers=headers)
