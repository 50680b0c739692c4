"""Forms that prepare an act: one life for all of them, from the first letter typed to the draft that is closed for signature.

A form type is an :class:`ActForm`, its page an :class:`Editor`; a view is ``return serve(request, ThatEditor)``. Typing is kept as it is
(``Draft.working``) by htmx or by "Save the draft", whether it makes sense yet or not; "Continue to signing" reads it strictly and fills the
draft's body.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_draft
from comity.desk.errors import sentence
from comity.desk.languages import USUAL, asking, in_place, of_names
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent, save_draft
from comity.desk.show import officer_of
from comity.errors import ComityError, Refused
from comity.terms.audience import PARTIES, PUBLIC
from comity.terms.dates import PartialDate

PAGE = re.compile(r"[0-9a-f]{16}")


class PartialDateField(forms.CharField):
    """A day, month or year as ``YYYY[-MM[-DD]]``; cleans to its text."""

    widget = forms.TextInput(attrs={"class": "w-date", "placeholder": "2026-11-12", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if text:
            try:
                PartialDate(text)
            except ComityError as error:
                raise forms.ValidationError(sentence(error)) from None
        return text


class ActForm(forms.Form):
    """What every act's form has: who may see it, and the hidden fields that tie the page to its draft."""

    PLACES: ClassVar[Mapping[str, str]] = {}  # start of an error's place → the field that it belongs to

    draft = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    page = forms.CharField(required=False, widget=forms.HiddenInput)  # this very page load, so that its own autosave is no colleague
    audience = forms.ChoiceField(
        label=gettext_lazy("Seen by"),
        choices=[(PARTIES, gettext_lazy("the parties")), (PUBLIC, gettext_lazy("the public"))],
        initial=PARTIES,
        widget=forms.RadioSelect,
    )
    public_from = PartialDateField(label=gettext_lazy("Public from"), required=False, help_text=gettext_lazy("Empty: at once."))

    def places(self) -> Mapping[str, str]:
        return self.PLACES

    def refuse(self, error: ComityError) -> None:
        """Put an error at the field that its place names, else at the head of the form."""
        fitting = [
            start for start, field in self.places().items() if error.place.startswith(start) and in_place(field, self.fields) in self.fields
        ]
        field = in_place(self.places()[max(fitting, key=len)], self.fields) if fitting else None
        self.add_error(field, sentence(error) if field or not error.place.startswith("body") else f"{error.place}: {sentence(error)}")

    def quiet(self) -> ActForm:
        """The form without complaints about what is not written yet; those about files stay."""
        for name in list(self.errors):
            if not isinstance(self.fields.get(name), forms.FileField):
                del self.errors[name]
        return self

    def typed(self) -> dict[str, Any]:
        """What the fields hold, as typed, for ``Draft.working``: valid or not, without files."""
        kept: dict[str, Any] = {}
        for name in self.fields:
            if name in ("draft", "revision") or isinstance(self.fields[name], forms.FileField):
                continue
            kept[name] = self[name].value()
        return kept

    def says_nothing_new(self, draft: Draft) -> bool:
        """Whether the draft holds all that is typed here. An autosave that was under way while the form was sent on comes after it: it must
        not put the body back to a sketch."""
        seen = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        typed = self.typed()
        return all(name in draft.working and draft.working[name] == typed[name] for name in seen if name in typed)


type FormClass = type[ActForm]


class Editor:
    """One form page. Subclasses say the type, the form and the template, and turn a valid form into what the draft holds."""

    type: ClassVar[str]
    template: ClassVar[str]
    form_class: ClassVar[FormClass]

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        self.request, self.officer, self.draft = request, officer, draft

    def wanted(self, name: str) -> str:
        """A parameter of the page: from the address, else from what the draft holds."""
        return self.request.GET.get(name) or (str(self.draft.working.get(name) or "") if self.draft else "")

    def languages(self) -> tuple[str, ...]:
        """In which languages the form asks for words: those of the mechanism that it is about."""
        row: Any = getattr(self, "mechanism", None)
        row = row() if callable(row) else row
        return of_names(row.names) if row is not None else USUAL

    def initial(self) -> dict[str, Any]:
        """What an empty form starts with."""
        return {}

    def form(self, *data: Any, **named: Any) -> ActForm:
        """The bound or unbound form; subclasses hand over choices."""
        return self.form_class(*data, **named)

    def sketch(self, form: ActForm) -> DraftContent:
        """What is kept of a form that need not make sense yet: no body, so that it cannot be signed."""
        raise NotImplementedError

    def content(self, form: ActForm) -> DraftContent:
        """What a valid form says; raises :class:`ComityError`."""
        raise NotImplementedError

    def context(self, form: ActForm) -> dict[str, Any]:
        return {}

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """The form with what only the server can read: uploaded files, newly ticked boxes."""
        return form

    def keep(self, form: ActForm, content: DraftContent, *, by_itself: bool = False) -> Draft:
        """Save the draft. Its key is the page's token, so that an autosave (``by_itself``) and a button pressed at the same moment make
        one draft and not two; what was sent by hand stands.
        """
        draft, page = self.draft, str(form["page"].value() or "")
        revision = str(form["revision"].value() or "")
        own = draft is not None and draft.working.get("page") == page
        content = replace(content, working=dict(content.working or {}) | form.typed())
        known = int(revision) if revision.isdecimal() else -1  # what is no number was never a revision
        expected = None if own or draft is None or not revision else known
        key = page if draft is None and PAGE.fullmatch(page) else ""
        try:
            self.draft = save_draft(self.officer, content, draft=draft, revision=expected, key=key)
        except IntegrityError:
            found = _draft(self.request, self.officer, self.type)
            if found is None:  # the page was left open after its draft had become an act: this is another one
                self.draft = save_draft(self.officer, content)
            else:
                self.draft = found if by_itself else save_draft(self.officer, content, draft=found)
        return self.draft

    def show(self, form: ActForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "draft": self.draft, "address": self.address()} | self.context(form)
        return render(self.request, self.template, context, status=status)

    def address(self) -> str:
        """This page's address with the draft in it."""
        query = {name: value for name, value in self.request.GET.items() if name != "draft"}
        return f"{self.request.path}?{urlencode(query | ({'draft': self.draft.key} if self.draft else {}))}"


def serve(request: HttpRequest, kind: type[Editor]) -> HttpResponse:
    """Show, keep or hand over one form; the whole life of a form page."""
    officer = officer_of(request)
    if officer is None:
        return redirect_to_login(request.get_full_path())
    if refusal := why_not_draft(officer, settings.NODE.party):
        raise Refused(str(refusal), place="role")
    editor = kind(request, officer, _draft(request, officer, kind.type))
    with asking(editor.languages()):
        return _served(request, officer, editor)


def _served(request: HttpRequest, officer: Officer, editor: Editor) -> HttpResponse:
    if request.method != "POST":
        start = editor.initial() | (dict(editor.draft.working) if editor.draft else {})
        hidden = {"page": secrets.token_hex(8)} | ({"draft": editor.draft.key, "revision": editor.draft.revision} if editor.draft else {})
        return editor.show(editor.form(initial=start | hidden))
    form = editor.form(request.POST, request.FILES)
    try:
        if "autosave" in request.POST:
            held = editor.draft if editor.draft and form.says_nothing_new(editor.draft) else None
            return _autosaved(request, held or editor.keep(form, editor.sketch(form), by_itself=True))
        if "show" in request.POST or request.FILES:
            form = editor.changed_by_hand(form)
        if "show" in request.POST:
            return editor.show(form.quiet())
        if "keep" in request.POST:
            editor.keep(form, editor.sketch(form))
            messages.success(request, _("The draft is saved."))
            return redirect(editor.address())
        if form.is_valid():
            return redirect("record:draft", editor.keep(form, editor.content(form)).key)
    except ComityError as error:
        if "autosave" in request.POST:
            return HttpResponse(sentence(error), content_type="text/plain; charset=utf-8")
        form.is_valid()
        form.refuse(error)
    return editor.show(form, status=422)


def _draft(request: HttpRequest, officer: Officer, act_type: str) -> Draft | None:
    """The draft that the page is about. A page whose autosave has made one meanwhile is recognised by its token."""
    key = request.POST.get("draft") or request.GET.get("draft")
    if key:
        found = Draft.objects.filter(pk=key, type=act_type, done=False).first()
        if found is None:
            raise Http404(key)
        return found
    page = request.POST.get("page")
    return Draft.objects.filter(author=officer.user, type=act_type, working__page=page, done=False).first() if page else None


def _autosaved(request: HttpRequest, draft: Draft) -> HttpResponse:
    now = formats.time_format(timezone.localtime(draft.updated), "H:i")
    return render(request, "forms/saved.html", {"draft": draft, "saved": _("Saved %(time)s") % {"time": now}})
