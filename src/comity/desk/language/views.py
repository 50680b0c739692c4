"""Pages of the room of words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comity.desk.accounts.policy import why_not_draft
from comity.desk.errors import sentence
from comity.desk.forms import serve
from comity.desk.language import agreed, laws, register
from comity.desk.language import copies as papers
from comity.desk.language.approving import Approving
from comity.desk.language.models import CandidateRow, Comparison
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.visible import insider
from comity.desk.show import officer_of
from comity.desk.texts import queries
from comity.errors import ComityError, Refused
from comity.texts.terms import to_csv, to_tbx

type View = Callable[..., HttpResponseBase]


def officers_only(view: View) -> View:
    """For what never leaves the node: anybody else is asked to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *values: object, **named: object) -> HttpResponseBase:
        if not insider(request):
            return redirect_to_login(request.get_full_path())
        return view(request, *values, **named)

    return guarded


def drafters_only(view: View) -> View:
    """For what changes something: whoever may not draft is told why."""

    @wraps(view)
    @officers_only
    def guarded(request: HttpRequest, *values: object, **named: object) -> HttpResponseBase:
        # An observer's node has no acts to draft, but its officers compare laws all the same.
        if settings.NODE.party and (refusal := why_not_draft(officer_of(request), settings.NODE.party)):
            raise Refused(str(refusal), place="role")
        return view(request, *values, **named)

    return guarded


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "language/index.html", agreed.page(request))


def copies(request: HttpRequest, text: str) -> HttpResponse:
    row = get_object_or_404(queries.visible(request), pk=text)
    return render(request, "language/copies.html", papers.page(request, row))


def paper(request: HttpRequest, text: str, which: str, form: str) -> HttpResponse:
    row = get_object_or_404(queries.visible(request), pk=text)
    if form == "html":
        return render(request, "language/preview.html", papers.preview(request, row, which))
    return papers.serve(request, row, which, form)


def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "language/terms.html", register.page(request))


def term(request: HttpRequest, term: str) -> HttpResponse:
    row = get_object_or_404(register.rows(request), pk=term)
    return render(request, "language/term.html", register.detail(request, row))


def approve_term(request: HttpRequest) -> HttpResponse:
    return serve(request, Approving)


def export(request: HttpRequest, form: str) -> HttpResponse:
    """The register as a file: CSV or TBX."""
    found = register.register(request)
    name = {"Content-Disposition": f'attachment; filename="terms.{form}"'}
    if form == "csv":
        return HttpResponse("\ufeff" + to_csv(found), content_type="text/csv; charset=utf-8", headers=name)
    if form == "tbx":
        return HttpResponse(to_tbx(found), content_type="application/x-tbx", headers=name)
    raise Http404(form)


def _own_mechanism(request: HttpRequest) -> MechanismRow:
    found = queries.own(MechanismRow.objects.filter(in_force=True, pk=request.POST.get("mechanism", "")))
    if not found:
        raise Http404("mechanism")
    return found[0]


def _told(request: HttpRequest, new: int) -> HttpResponse:
    said = ngettext("%(n)d new candidate.", "%(n)d new candidates.", new) % {"n": new}
    messages.success(request, said if new else _("Nothing new was found."))
    return redirect("language:terms")


@require_POST
@drafters_only
def take(request: HttpRequest) -> HttpResponse:
    """Candidates from a file."""
    mechanism = _own_mechanism(request)
    try:
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            raise Refused("Choose a file first.", place="file")
        new = register.take(mechanism.id, register.read_file(file))
    except ComityError as error:
        return render(request, "language/terms.html", register.page(request) | {"error": sentence(error)}, status=422)
    return _told(request, new)


@require_POST
@drafters_only
def find(request: HttpRequest) -> HttpResponse:
    """Candidates from the adopted texts."""
    return _told(request, register.from_texts(_own_mechanism(request), request))


@require_POST
@drafters_only
def dismiss(request: HttpRequest, candidate: int) -> HttpResponse:
    CandidateRow.objects.filter(pk=candidate).update(dismissed=True)
    return redirect("language:terms")


@officers_only
def laws_index(request: HttpRequest) -> HttpResponseBase:
    """The comparisons, and the form for another."""
    if request.method != "POST":
        return render(request, "language/laws.html", laws.index(request))
    return _compare(request)


@drafters_only
def _compare(request: HttpRequest) -> HttpResponse:
    form = laws.CompareForm(request.POST, request.FILES)
    row = form.compared()
    if row is None:
        return render(request, "language/laws.html", laws.index(request, form), status=422)
    officer = officer_of(request)
    row.author = officer.user if officer else None
    row.save()
    return redirect("language:comparison", row.pk)


@officers_only
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "language/comparison.html", laws.page(request, get_object_or_404(Comparison, pk=pk)))


@officers_only
def comparison_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    row = get_object_or_404(Comparison, pk=pk)
    name = {"Content-Disposition": f'attachment; filename="laws-{pk}.{form}"'}
    if form == "csv":
        return HttpResponse(laws.as_csv(row), content_type="text/csv; charset=utf-8", headers=name)
    if form not in papers.FORMS:
        raise Http404(form)
    write, kind = papers.FORMS[form]
    return HttpResponse(write(laws.paper(row)), content_type=kind, headers=name)


@require_POST
@drafters_only
def judge(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A person's word on one match."""
    officer = officer_of(request)
    laws.judge(get_object_or_404(Comparison, pk=pk), number, request.POST.get("verdict", ""), officer.name if officer else "")
    show = request.POST.get("show", "")
    return redirect(f"/language/laws/{pk}/" + (f"?show={show}" if show in ("matched", "changed") else "") + f"#m-{number}")
