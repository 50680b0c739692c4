"""Bringing roll calls in: the drop, the job's page with its progress, the report with its rows, the mapping that settles it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from comity.desk.forums import jobs, library, told
from comity.desk.forums.jobs import Job
from comity.desk.show import officer_of, trail
from comity.errors import ComityError, Refused

SHORT = re.compile(r"[a-z][a-z0-9-]{0,31}")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,100}\.(csv|csv\.gz|zip)", re.IGNORECASE)
COLUMNS = (
    "event",
    "voter",
    "option",
    "date",
    "voter_name",
    "session",
    "symbol",
    "title",
    "agenda",
    "topics",
    "weight",
    "yes",
    "no",
    "abstain",
)
SWEEPS = {"quick": 3200, "full": 18000}


class DropForm(forms.Form):
    """Which forum the files are of. The files themselves are read from the request."""

    forum = forms.ChoiceField(
        label=gettext_lazy("Forum"),
        choices=[
            ("unga", gettext_lazy("United Nations General Assembly")),
            ("other", gettext_lazy("Another forum")),
        ],
        initial="unga",
        widget=forms.RadioSelect,
    )
    short = forms.CharField(
        label=gettext_lazy("Short name"),
        required=False,
        max_length=32,
        help_text=gettext_lazy("For another forum: small letters, such as ipu."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("forum") == "other":
            short = str(data.get("short", ""))
            if SHORT.fullmatch(short) is None or short in library.RESERVED or short in ("unga", "demo"):
                self.add_error("short", _("Use small letters, digits and hyphens; this one may also be taken."))
            if not data.get("name"):
                self.add_error("name", _("Write what the forum is called."))
        return data


class MappingForm(forms.Form):
    """What the columns, codes and votes of a file are, where they are not what is expected."""

    registry = forms.ChoiceField(
        label=gettext_lazy("Who votes"),
        choices=[
            ("un", gettext_lazy("states of the United Nations, by ISO 3166 code and day")),
            ("none", gettext_lazy("others: every code is a voter of its own")),
        ],
        widget=forms.RadioSelect,
        initial="un",
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        required=False,
        help_text=gettext_lazy("One per line: the file’s code = the state, such as XKX = SRB. Code|name where one code stands for two."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    options = forms.CharField(
        label=pgettext_lazy("words of a file", "Votes"),
        required=False,
        help_text=gettext_lazy("One per line: the file’s word = yes, no, abstain, absent, not participating, not member or unknown."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, header: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self.header = list(header)
        labels = column_labels()
        for ours in COLUMNS if header else ():
            choices = [("", _("as in the file")), *((h, h) for h in header)]
            self.fields[f"column_{ours}"] = forms.ChoiceField(label=labels[ours], choices=choices, required=False)

    def columns(self) -> list[Any]:
        return [self[f"column_{ours}"] for ours in COLUMNS if f"column_{ours}" in self.fields]

    def clean_codes(self) -> dict[str, str]:
        return _pairs(str(self.cleaned_data["codes"]))

    def clean_options(self) -> dict[str, str]:
        return _pairs(str(self.cleaned_data["options"]))

    def mapping(self) -> dict[str, Any]:
        said = self.cleaned_data
        columns = {ours: said[f"column_{ours}"] for ours in COLUMNS if said.get(f"column_{ours}")}
        return {"columns": columns, "codes": said["codes"], "options": said["options"], "registry": said["registry"]}


def column_labels() -> dict[str, str]:
    labels = (
        _("Roll call (its number or symbol)"),
        _("Voter (its code)"),
        _("Vote"),
        _("Date"),
        _("Voter’s name"),
        _("Session"),
        _("Symbol"),
        pgettext("of a resolution", "Title"),
        _("Agenda item"),
        _("Topics"),
        _("Weight of the delegation"),
        _("Official total: yes"),
        _("Official total: no"),
        _("Official total: abstentions"),
    )
    return dict(zip(COLUMNS, labels, strict=True))


def _pairs(text: str) -> dict[str, str]:
    """What stands in the file, and what it means. A line whose right side was left as it was offered, empty, says nothing: if it matters
    the report names it again.
    """
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        left, equals, right = line.partition("=")
        if line.strip() and not (equals and left.strip()):
            raise forms.ValidationError(_("%(line)s: write what stands in the file, =, and what it means."), params={"line": line.strip()})
        if right.strip():
            pairs[left.strip()] = right.strip()
    return pairs


def allowed(request: HttpRequest) -> None:
    """:raises Refused: unless this person may import here."""
    if why := library.why_not_import(officer_of(request)):
        raise Refused(str(why), place="role")


def index(request: HttpRequest, form: DropForm | None = None) -> dict[str, Any]:
    """The context of ``forums/index.html``."""
    officer = officer_of(request)
    library_here = library.visible(request)
    open_jobs = [j for j in jobs.listed(library.home()) if j.status != jobs.DONE][:10] if officer else []
    wake(officer is not None)
    return {
        "title": _("Forums"),
        "forums": library_here,
        "form": form or DropForm(),
        "refusal": library.why_not_import(officer),
        "officer": officer,
        "jobs": open_jobs,
        "trail": trail(_("Forums")),
    }


def wake(officer: bool) -> None:
    """Begin what waits: a job that was written down by the demonstration, one at a time."""
    if officer and not library.why_no_engine():
        here = jobs.listed(library.home())
        waiting = next((j for j in here if j.status == jobs.WAITING), None)
        if waiting is not None and not any(j.status == jobs.RUNNING for j in here):
            jobs.begin(waiting, library.home())


def drop(request: HttpRequest) -> HttpResponse | DropForm:
    """Keep what was dropped and begin to import it; gives the form back if something is missing."""
    allowed(request)
    form = DropForm(request.POST)
    files = request.FILES.getlist("files")
    if not files:
        form.add_error(None, _("Choose or drop a file first."))
    for file in files:
        if NAME.fullmatch(PurePosixPath(file.name or "").name) is None:
            form.add_error(None, _("%(name)s is no CSV file, and no ZIP of CSV files.") % {"name": file.name})
    if not form.is_valid():
        return form
    official = form.cleaned_data["forum"] == "unga"
    forum = "unga" if official else form.cleaned_data["short"]
    names = library.UNGA if official else {"en": form.cleaned_data["name"]}
    source = ", ".join(PurePosixPath(f.name or "").name for f in files)
    said = "Imported from {source}, which an officer of this node brought; not an official record."
    job = jobs.ask(library.home(), {"kind": "import", "forum": forum, "names": names, "attribution": said.format(source=source)})
    for file in files:
        _keep(file, job.folder / "in" / PurePosixPath(file.name or "").name)
    jobs.begin(job, library.home())
    return redirect("forums:job", job.key)


def _keep(file: UploadedFile[Any], target: Path) -> None:
    with target.open("wb") as out:
        for block in file.chunks(1 << 20):
            out.write(block)


def job_or_404(request: HttpRequest, key: str) -> Job:
    found = jobs.read(library.home(), key) if officer_of(request) else None
    if found is None:
        raise Http404(key)
    return found


def job_page(job: Job, form: MappingForm | None = None) -> dict[str, Any]:
    """The context of ``forums/job.html``."""
    report = job.state.get("report") or {}
    error = told.error(job.state["error"]) if job.state.get("error") else None
    names = {"import": _("Importing roll calls"), "points": _("Estimating ideal points"), "forecast": _("Forecasting")}
    return {
        "title": names[job.kind],
        "job": job,
        "said": progress(job),
        "problems": [told.finding(f) for f in report.get("problems", ())],
        "error": None if report.get("problems") else error,
        "failed": job.status == jobs.FAILED,
        "form": form or (mapping_form(job) if job.kind == "import" and job.status == jobs.REFUSED else None),
        "back": job.forum,
        "trail": trail((_("Forums"), _index()), names[job.kind]),
    }


def _index() -> str:
    return reverse("forums:index")


def progress(job: Job) -> str:
    """How far a job is, as a sentence."""
    if job.status == jobs.WAITING:
        return _("Waiting for its turn.")
    if job.status == jobs.RUNNING:
        return _("%(percent)d %% done.") % {"percent": job.percent} if job.percent < 100 else _("Read; being checked and stored.")
    if job.status == jobs.DONE:
        return _("Done.")
    return _("Nothing was imported; what was here before is still in use.") if job.kind == "import" else _("Nothing was changed.")


def mapping_form(job: Job, data: Any = None) -> MappingForm:
    """The mapping as it was, with what the report offers filled in."""
    from comity.forums.importers.dropped import header_of

    try:
        header = header_of(job.folder / "in")
    except ComityError:
        header = []
    undl = {"undl_id", "ms_code", "ms_vote"} <= set(header)
    if data is not None:
        return MappingForm(data, header=[] if undl else header)
    before = job.wanted.get("mapping") or {}
    report = job.state.get("report") or {}
    codes, options = dict(before.get("codes", {})), dict(before.get("options", {}))
    for found in report.get("problems", ()):
        offer = {theirs: ours for theirs, ours in (found.get("offer") or {}).items()}
        if found["kind"] in ("unknown code", "ambiguous code", "duplicate vote"):
            codes = {k: "" if v == "?" else v for k, v in offer.items()} | codes
        elif found["kind"] == "unknown option":
            options = dict.fromkeys(offer, "") | options
    start: dict[str, Any] = {
        "registry": before.get("registry", "un"),
        "codes": "\n".join(f"{k} = {v}" for k, v in codes.items()),
        "options": "\n".join(f"{k} = {v}" for k, v in options.items()),
    }
    start |= {f"column_{ours}": theirs for ours, theirs in before.get("columns", {}).items()}
    start |= {f"column_{ours}": ours for ours in COLUMNS if ours in header and f"column_{ours}" not in start}
    return MappingForm(initial=start, header=[] if undl else header)


def settle(request: HttpRequest, job: Job) -> HttpResponse | MappingForm:
    """Discard the job, or try again with the mapping that was filled in."""
    allowed(request)
    if "discard" in request.POST:
        jobs.discard(job)
        return redirect("forums:index")
    form = mapping_form(job, request.POST)
    if not form.is_valid():
        return form
    again = jobs.ask_again(job, mapping=form.mapping())
    jobs.begin(again, library.home())
    return redirect("forums:job", job.key)


def estimate(request: HttpRequest, forum: library.Held) -> Job:
    """Begin to estimate ideal points, or find the estimate that is under way."""
    allowed(request)
    found = jobs.of(library.home(), "points", forum.id)
    if found is None:
        sweeps = SWEEPS["full" if request.POST.get("how") == "full" else "quick"]
        back = reverse("forums:points", args=[forum.id])
        found = jobs.ask(library.home(), {"kind": "points", "forum": forum.id, "sweeps": sweeps, "seed": 1, "back": back})
        jobs.begin(found, library.home())
    return found
