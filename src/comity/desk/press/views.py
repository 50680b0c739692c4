"""Views of the press desk: parse, call one function, render."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from comity.desk.accounts.models import Officer
from comity.desk.errors import sentence
from comity.desk.press import drafts, exports, keeping, pages, reading, reviewing, shown, where
from comity.desk.press import tokens as keys
from comity.desk.press.about import subjects
from comity.desk.press.forms import FORMS, HandIn
from comity.desk.press.intake import Handed, take_in
from comity.desk.press.models import Proposal, Source
from comity.desk.press.reviewing import Effort
from comity.desk.press.visible import source_or_404
from comity.desk.show import officer_of, trail
from comity.errors import ComityError, Malformed
from comity.press.sources import MOST_BYTES

type View = Callable[..., HttpResponse]


def officers_only(view: View) -> View:
    """Admit signed-in officers; hands the officer to the view. Anyone else is shown the way to sign in. Nothing of it stays in a browser's
    store: it is private, and a page from there would show what is decided as open.
    """

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        officer = officer_of(request)
        return view(request, officer, *args, **kwargs) if officer else redirect_to_login(request.get_full_path())

    return wrapped


def large_forms(view: View) -> View:
    """A form that is too large comes back as a page that says so. (The form is read where its token is checked.)"""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return checked(request, *args, **kwargs)
        except RequestDataTooBig:
            officer = officer_of(request)
            if officer is None:
                return redirect_to_login(request.get_full_path())
            request.POST = type(request.POST)("")  # nothing of it is looked at again
            error = sentence(Malformed("This is too large.", remedy="Paste the article’s text instead."))
            return render(request, "press/paste.html", pages.paste(request, officer, {}, error), status=413)

    return wrapped


@officers_only
def index(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The sources of this node with what is to be done."""
    reading.go_on()
    context = pages.index(request, officer) | {"undo": request.session.pop("press_removed", "")}
    return render(request, "press/index.html", context)


@large_forms
@officers_only
def paste(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The box: paste a text or choose a file; it is read in the background."""
    if request.method != "POST":
        reading.warm(get_language()[:2])
        return render(request, "press/paste.html", pages.paste(request, officer))
    form = HandIn(request.POST, request.FILES)
    form.is_valid()
    typed = {name: str(form.cleaned_data.get(name) or "") for name in form.fields if name != "file"}
    file = form.cleaned_data.get("file")
    more = {name: typed[name] for name in ("address", "publisher", "title", "date", "language")}
    try:
        data = file.read(MOST_BYTES + 1) if file else b""
        if file and not data:
            raise Malformed("There is nothing to read.", remedy="Paste the text of an article, or choose a file.")
        name, how = (file.name or "", "uploaded") if file else ("", "pasted")
        row = take_in(officer, Handed(typed["article"], data, name, **more, case=request.GET.get("about", ""), how=how))
    except ComityError as error:
        return render(request, "press/paste.html", pages.paste(request, officer, typed, sentence(error)), status=422)
    reading.soon(row)
    return redirect("press:source", row.key)


@officers_only
def source(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """The review page; its inside alone for htmx."""
    row = source_or_404(request, key)
    reading.soon(row)
    template = "press/_review.html" if request.headers.get("HX-Request") else "press/source.html"
    return render(request, template, pages.source(request, officer, row))


@require_POST
@officers_only
def decide(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Accept, reject, undo, or accept all above the line; the effort is counted with it."""
    row = source_or_404(request, key)
    label, action = request.POST.get("label", ""), request.POST.get("action", "")
    try:
        told = _decided(officer, row, action, label)
        on = label if action == "undo" else shown.after(list(row.proposals.all()), row.line, label)
    except ComityError as error:
        told, on = sentence(error), label
        if not request.headers.get("HX-Request"):
            messages.error(request, told)
    reviewing.spend(row, Effort(_number(request, "keys", 1), _number(request, "seconds", 0)))
    if request.headers.get("HX-Request"):
        return render(request, "press/_review.html", pages.source(request, officer, row, on=on, told=told))
    return redirect(f"{reverse('press:source', args=[key])}?on={on}#p-{on}" if on else reverse("press:source", args=[key]))


def _decided(officer: Officer, row: Source, action: str, label: str) -> str:
    """Do it, and say what was done."""
    if action == "accept":
        reviewing.accept(officer, row, [label])
        return _("%(label)s is accepted.") % {"label": label}
    if action == "reject":
        reviewing.reject(officer, row, label)
        return _("%(label)s is rejected.") % {"label": label}
    if action == "undo":
        back = reviewing.undo(officer, row, label)
        return _("%(label)s is open again.") % {"label": back.label}
    if action == "narration":
        told = reviewing.tell_all(officer, row)
        return ngettext("%(n)d sentence is added.", "%(n)d sentences are added.", told) % {"n": told}
    if action == "bulk":
        labels, _held = reviewing.above_the_line(row)
        done = reviewing.accept(officer, row, labels)
        return ngettext("%(n)d proposal is accepted.", "%(n)d proposals are accepted.", len(done)) % {"n": len(done)}
    raise Http404(action)


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


@officers_only
def edit(request: HttpRequest, officer: Officer, key: str, label: str) -> HttpResponse:
    """Change what a proposal says, and accept it so."""
    row = source_or_404(request, key)
    proposal = get_object_or_404(Proposal, source=row, label=label)
    kind, subject = FORMS[proposal.kind], subjects().get(row.case)
    small = bool(request.headers.get("HX-Request"))
    form = kind(request.POST, proposal=proposal, subject=subject) if request.method == "POST" else kind(proposal=proposal, subject=subject)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.accept(officer, row, [label], edited=form.said())
            reviewing.spend(row, Effort(_number(request, "keys", 1), _number(request, "seconds", 0)))
            on = shown.after(list(row.proposals.all()), row.line, label)
            if small:
                told = _("%(label)s is accepted as edited.") % {"label": label}
                return render(request, "press/_review.html", pages.source(request, officer, row, on=on, told=told))
            return redirect(f"{reverse('press:source', args=[key])}?on={on}#p-{on}")
        except ComityError as error:
            form.add_error(None, sentence(error))
    context = {"form": form, "proposal": proposal, "source": row, "trail": trail((_("Press"), reverse("press:index")), label)}
    response = render(
        request, "press/_edit.html" if small else "press/edit.html", context, status=422 if form.errors and not small else 200
    )
    if small and form.errors:
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#edit-{label}", "innerHTML"
    return response


@require_POST
@officers_only
def describe(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Say what a source is about, its language, its day."""
    row = source_or_404(request, key)
    names = ("case", "language", "date", "title", "publisher", "address")
    try:
        again = keeping.describe(officer, row, {name: request.POST[name] for name in names if name in request.POST})
    except ComityError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("It is read again.") if again else _("It is kept."))
    return redirect("press:source", key)


@require_POST
@officers_only
def line(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Move the line of confidence."""
    row = source_or_404(request, key)
    try:
        keeping.move_line(officer, row, request.POST.get("line", ""))
    except ComityError as error:
        messages.error(request, sentence(error))
    return redirect("press:source", key)


@require_POST
@officers_only
def remove(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Remove a source, or bring it back."""
    row = source_or_404(request, key, removed=True)
    if "back" in request.POST:
        keeping.bring_back(officer, row)
        return redirect("press:source", key)
    keeping.remove(officer, row)
    request.session["press_removed"] = key
    return redirect("press:index")


@officers_only
def original(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """The bytes as they came, to keep."""
    return exports.original(source_or_404(request, key))


@officers_only
def export(request: HttpRequest, officer: Officer, key: str, form: str) -> HttpResponse:
    """A source's reading in one of the formats, to keep."""
    return exports.export(source_or_404(request, key), form)


@require_POST
@officers_only
def draft(request: HttpRequest, officer: Officer, key: str, label: str) -> HttpResponse:
    """Begin a draft act from what was accepted."""
    row = source_or_404(request, key)
    return redirect(drafts.start(officer, row, get_object_or_404(Proposal, source=row, label=label)))


def words_of(request: HttpRequest, fragment: str) -> HttpResponse:
    """From a fragment of the observed record to its words: in their source for officers, with what stands around them for others."""
    proposal = where.proposal_of(request, fragment)
    if proposal is not None:
        return redirect(f"{reverse('press:source', args=[proposal.source_id])}?on={proposal.label}#t-{proposal.label}")
    return render(request, "press/words.html", where.words(request, fragment))


@officers_only
def tokens(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Tokens with which an officer's programs send sources."""
    fresh = ""
    if request.method == "POST" and "revoke" in request.POST:
        keys.revoke(officer, request.POST["revoke"])
        return redirect("press:tokens")
    if request.method == "POST":
        fresh = keys.make(officer, request.POST.get("note", ""))
    return render(request, "press/tokens.html", keys.page(officer, fresh))
