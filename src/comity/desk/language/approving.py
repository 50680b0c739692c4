"""The form by which a side proposes the terms of a concept for approval by all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.desk.design.templatetags.design import own_name
from comity.desk.forms import ActForm, Editor, PartialDateField
from comity.desk.language.models import CandidateRow, TermRow
from comity.desk.languages import asked
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.rehearsal import rehearse
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import name_of, trail
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.errors import Unsayable
from comity.texts.term_acts import APPROVE_TERM, KEY, read_approval

_BETWEEN: Final = re.compile(r"[;；\n]")


def _field(kind: str, lang: str) -> str:
    return f"{kind}_{lang.split('-')[0]}"


class TermForm(ActForm):
    """A key, and per language the preferred word, other words, and what the concept means."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.key": "key",
        "body.terms": "preferred_zh",
        "body.definitions": "definition_zh",
        "body.from": "valid_from",
        "body.until": "valid_to",
        "body.supersedes": "key",
        "basis": "key",
    }
    mechanism = forms.CharField(widget=forms.HiddenInput)
    supersedes = forms.CharField(required=False, widget=forms.HiddenInput)
    candidate = forms.CharField(required=False, widget=forms.HiddenInput)
    source_text = forms.CharField(required=False, widget=forms.HiddenInput)
    source_eid = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.RegexField(
        regex=KEY,
        max_length=60,
        label=pgettext_lazy("of a term", "Key"),
        help_text=gettext_lazy("Lower-case Latin letters, figures and hyphens, for example border-waters. It never changes."),
    )
    valid_from = PartialDateField(label=gettext_lazy("To be used from"), required=False)
    valid_to = PartialDateField(label=gettext_lazy("To be used until"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for lang in asked():
            mine = {"lang": lang}
            self.fields[_field("preferred", lang)] = forms.CharField(
                label=_("Preferred term"), required=False, max_length=200, widget=forms.TextInput(attrs=mine)
            )
            for kind, label in (("admitted", _("Also admitted")), ("forbidden", _("Not to be used"))):
                self.fields[_field(kind, lang)] = forms.CharField(
                    label=label, required=False, max_length=1000, widget=forms.TextInput(attrs=mine), help_text=_("Several: separate by ;")
                )
            self.fields[_field("definition", lang)] = forms.CharField(
                label=_("What it means"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3, **mine})
            )

    def groups(self) -> list[dict[str, Any]]:
        """The fields by language, for the page."""
        kinds = ("preferred", "admitted", "forbidden", "definition")
        return [{"lang": lang, "name": own_name(lang), "fields": [self[_field(kind, lang)] for kind in kinds]} for lang in asked()]

    def terms(self) -> list[dict[str, str]]:
        """What is typed, as the act says it."""
        found = []
        for lang in asked():
            for use in ("preferred", "admitted", "forbidden"):
                typed = str(self[_field(use, lang)].value() or "")
                words = [typed.strip()] if use == "preferred" else [word.strip() for word in _BETWEEN.split(typed)]
                found += [{"lang": lang, "text": word, "use": use} for word in words if word]
        return found

    def definitions(self) -> dict[str, str]:
        found = {lang: str(self[_field("definition", lang)].value() or "").strip().replace("\r\n", "\n") for lang in asked()}
        return {lang: words for lang, words in found.items() if words}


class Approving(Editor):
    """The page on which the terms of a concept are proposed, or those of an approved one changed."""

    type = APPROVE_TERM
    template = "language/approve.html"
    form_class = TermForm

    def mechanism(self) -> MechanismRow:
        wanted = self.request.POST.get("mechanism") or self.wanted("mechanism")
        found = queries.own(MechanismRow.objects.filter(in_force=True))
        for mechanism in found:
            if mechanism.id == wanted or (not wanted and len(found) == 1):
                return mechanism
        raise Http404(wanted)

    def before(self) -> TermRow | None:
        """The approved concept that is changed."""
        wanted = self.request.POST.get("supersedes") or self.wanted("supersedes")
        if not wanted:
            return None
        row = TermRow.objects.filter(pk=wanted, in_force=True).first()
        if row is None:
            raise Http404(wanted)
        return row

    def initial(self) -> dict[str, Any]:
        start: dict[str, Any] = {"mechanism": self.mechanism().id}
        before = self.before()
        row: TermRow | CandidateRow | None = before
        if before is not None:
            start |= {"supersedes": before.id, "valid_from": before.valid_from, "valid_to": before.valid_to}
            start |= {_field("definition", d["lang"]): d["text"] for d in before.definitions if d["lang"] in asked()}
        elif self.wanted("candidate").isdigit():
            row = CandidateRow.objects.filter(pk=int(self.wanted("candidate"))).first()
            start["candidate"] = self.wanted("candidate")
            if row is not None and row.definition:
                start[_field("definition", "en")] = row.definition
        if row is None:
            return start
        start["key"] = row.key
        if row.source:
            start |= {"source_text": row.source["text"], "source_eid": row.source["eid"]}
        for term in row.terms:
            if term["lang"] in asked():
                name = _field(term["use"], term["lang"])
                start[name] = f"{start[name]}; {term['text']}" if start.get(name) else term["text"]
        return start

    def _titles(self, form: TermForm) -> dict[str, str]:
        return {term["lang"]: term["text"] for term in form.terms() if term["use"] == "preferred"}

    def sketch(self, form: ActForm) -> DraftContent:
        assert isinstance(form, TermForm)
        return DraftContent(APPROVE_TERM, self.mechanism().id, {}, {}, titles=self._titles(form), working={})

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, TermForm)
        cleaned = form.cleaned_data
        before = self.before()
        others = [t for t in before.terms if t["lang"] not in asked()] if before else []
        body: dict[str, Any] = {"key": before.key if before else cleaned["key"], "terms": form.terms() + others}
        definitions = form.definitions()
        files = {f"definition.{lang}.txt": put_file(self.officer, words.encode()) for lang, words in definitions.items()}
        if definitions:
            body["definitions"] = [{"lang": lang, "file": f"definition.{lang}.txt"} for lang in definitions]
        text = TextRow.objects.filter(pk=cleaned["source_text"], stage="adopted", in_force=True).first() if cleaned["source_text"] else None
        if text is not None:
            body["source"] = {"text": text.id, "eid": cleaned["source_eid"]}
        optional = {"from": cleaned["valid_from"], "until": cleaned["valid_to"], "supersedes": before.id if before else ""}
        body |= {name: value for name, value in optional.items() if value}
        if before is None and TermRow.objects.filter(mechanism=self.mechanism().id, key=body["key"], in_force=True).exists():
            raise Unsayable("A term of this key is approved already.", place="body.key", remedy="Change that one, or choose another key.")
        read_approval(body)
        rehearse(APPROVE_TERM, self.mechanism().id, body, files)
        since = cleaned["public_from"] if cleaned["audience"] == "public" else ""
        return DraftContent(APPROVE_TERM, self.mechanism().id, body, files, cleaned["audience"], since, self._titles(form), {})

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, TermForm)
        from django.urls import reverse

        before = self.before()
        title = _("Change an approved term") if before else _("Propose a term")
        return {
            "title": title,
            "groups": form.groups(),
            "before": before,
            "mechanism": name_of(self.mechanism().names),
            "trail": trail((_("Terms"), reverse("language:terms")), title),
        }
