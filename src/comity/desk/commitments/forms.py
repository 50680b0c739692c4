"""The forms about commitments: marking words, reporting, assessing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.desk import uploads
from comity.desk.choices import offer
from comity.desk.commitments.words import ATTRIBUTES, FINDINGS, NATURES, NATURES_MEAN, PROGRESS
from comity.desk.design.templatetags.design import own_name
from comity.desk.forms import ActForm, PartialDateField
from comity.desk.languages import asked
from comity.desk.mechanisms.naming import Trio, name_fields, names_typed

ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")


class UndertakeForm(ActForm):
    """Words marked in a provision, in every authentic language, and what kind of commitment they make."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.nature": "nature",
        "body.by": "by",
        "body.due.to": "due_by",
        "body.due": "due_by",
        "body.areas": "areas",
        "body.text": "eid",
        "body.version": "eid",
        "body.mandates": "mandates",
        "body.attributes": "attributes",
    }
    mechanism = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput)
    supersedes = forms.CharField(required=False, widget=forms.HiddenInput)
    eid = forms.ChoiceField(label=_("Provision"))
    nature = forms.ChoiceField(
        label=_("Nature"),
        choices=[(key, label) for key, label in NATURES.items()],
        widget=forms.RadioSelect,
        initial="joint",
    )
    by = forms.MultipleChoiceField(label=_("Who is bound"), widget=forms.CheckboxSelectMultiple)
    due = forms.ChoiceField(
        label=_("Due"),
        choices=[("by", _("by a date")), ("window", _("within a window")), ("none", _("none stated"))],
        widget=forms.RadioSelect,
        initial="by",
    )
    due_from = PartialDateField(label=pgettext_lazy("beginning of a window", "From"), required=False, help_text=_("Only for a window."))
    due_by = PartialDateField(label=_("By, or to"), required=False, help_text=_("A day, a month or a year: 2027-03-31, 2027-03 or 2027."))
    areas = forms.CharField(
        label=_("Areas"),
        required=False,
        help_text=_("Words to find it by, one per line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mandates = forms.MultipleChoiceField(
        label=_("Points of a mandate that it implements"), required=False, widget=forms.CheckboxSelectMultiple
    )
    attributes = forms.MultipleChoiceField(
        label=_("What the words themselves say"),
        required=False,
        choices=list(ATTRIBUTES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is written there."),
    )

    def __init__(
        self,
        *args: Any,
        provisions: Sequence[tuple[str, str]],
        parties: Sequence[tuple[str, str]],
        languages: Sequence[str],
        points: Sequence[tuple[str, str]] = (),
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.languages = list(languages)
        offer(self, "eid", list(provisions))
        offer(self, "by", list(parties))
        offer(self, "mandates", list(points))
        for lang in languages:
            self.fields[self.key(lang)] = forms.CharField(
                label=_("The exact words: %(language)s") % {"language": own_name(lang)},
                widget=forms.Textarea(attrs={"rows": 4, "lang": lang, "data-words": lang}),
                error_messages={"required": _("Mark the words in every authentic language.")},
            )

    @staticmethod
    def key(lang: str) -> str:
        return f"words_{lang}"

    def places(self) -> Mapping[str, str]:
        marks = {f"words.{lang}": self.key(lang) for lang in self.languages}
        first = {"body.marks": self.key(self.languages[0])} if self.languages else {}
        return {**self.PLACES, **marks, **first}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("due") in ("by", "window") and not data.get("due_by") and "due_by" not in self.errors:
            self.add_error("due_by", _("Write the date, or choose “none stated”."))
        if data.get("due") == "window" and not data.get("due_from") and "due_from" not in self.errors:
            self.add_error("due_from", _("Write when the window opens."))
        return data

    def due_body(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["due"] == "none":
            return {"none_stated": True}
        return {"by": said["due_by"]} if said["due"] == "by" else {"from": said["due_from"], "to": said["due_by"]}

    @staticmethod
    def meanings() -> list[tuple[Any, Any]]:
        return [(NATURES[key], meaning) for key, meaning in NATURES_MEAN.items()]


class NoteForm(ActForm):
    """What reports and assessments share: the commitment, and a note in one language per field."""

    mechanism = forms.CharField(widget=forms.HiddenInput)
    commitment = forms.CharField(widget=forms.HiddenInput)
    behalf_body = forms.ChoiceField(label=_("Or a body of this mechanism"), required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        offer(self, "behalf_body", [("", _("none of them")), *bodies])
        self.fields |= name_fields("behalf", _("Name of the body"))
        for lang in asked():
            self.fields[self.key(lang)] = forms.CharField(
                label=own_name(lang), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "lang": lang})
            )

    @staticmethod
    def key(lang: str) -> str:
        return f"note_{lang}"

    def notes(self) -> dict[str, str]:
        """Language → words of the notes that are written."""
        found = {lang: str(self[self.key(lang)].value() or "").strip() for lang in asked()}
        return {lang: words for lang, words in found.items() if words}

    def behalf_trio(self) -> Trio:
        hint = _("A committee or a ministry of your side whose words these are. Leave empty if your side speaks for itself.")
        return Trio(self, "behalf", str(_("Entered on behalf of")), str(hint))

    def behalf(self) -> dict[str, Any]:
        """For whom it is entered, as a body holds it; empty if for one's own side."""
        said = {"names": names_typed(self, "behalf"), "body": str(self["behalf_body"].value() or "")}
        return {name: value for name, value in said.items() if value}

    def note_fields(self) -> list[dict[str, Any]]:
        return [{"lang": lang, "field": self[self.key(lang)]} for lang in asked()]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; cleans to the list of them."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(item, initial) for item in given]


class ReportForm(NoteForm):
    """What one side did, when, with what evidence."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.progress": "progress",
        "body.when": "when",
        "body.evidence": "uploads",
        "body.notes": "note_zh-Hans",
        "body.commitment": "progress",
        "body.on_behalf": "behalf_zh",
        "files": "uploads",
    }
    progress = forms.ChoiceField(label=_("Progress"), choices=list(PROGRESS.items()), widget=forms.RadioSelect, initial="under_way")
    when = PartialDateField(label=_("When"), help_text=_("A day, a month or a year: 2027-03-31, 2027-03 or 2027."))
    uploads = SeveralFilesField(
        label=_("Evidence: files"), required=False, help_text=_("Several may be chosen. Each is kept whole, by its SHA-256.")
    )
    held = forms.CharField(required=False, widget=forms.HiddenInput)  # files that are stored already: sha256/name per line
    drop = forms.MultipleChoiceField(label=_("Files to leave out"), required=False, widget=forms.CheckboxSelectMultiple)
    addresses = forms.CharField(
        label=_("Evidence: addresses"),
        required=False,
        help_text=_("One per line, each with http:// or https://."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        offer(self, "drop", [(sha, name) for sha, name in self.stored()])

    def stored(self) -> list[tuple[str, str]]:
        """SHA-256 and name of the files that are stored already."""
        return uploads.held(self.data.get("held") if self.is_bound else self.initial.get("held"))

    def kept(self) -> list[tuple[str, str]]:
        dropped = set(self["drop"].value() or [])
        return [(sha, name) for sha, name in self.stored() if sha not in dropped]

    def lines(self) -> list[str]:
        return [line.strip() for line in str(self["addresses"].value() or "").splitlines() if line.strip()]

    def clean_addresses(self) -> str:
        for line in self.lines():
            if ADDRESS.fullmatch(line) is None:
                raise forms.ValidationError(_("%(line)s is not an address; write it whole, with https://."), params={"line": line})
        return str(self.cleaned_data["addresses"])


class AssessForm(NoteForm):
    """What one side says became of a commitment."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.finding": "finding",
        "body.reports": "reports",
        "body.commitment": "finding",
        "body.on_behalf": "behalf_zh",
    }
    finding = forms.ChoiceField(label=_("Finding"), choices=list(FINDINGS.items()), widget=forms.RadioSelect)
    reports = forms.MultipleChoiceField(label=_("Reports considered"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, reports: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        offer(self, "reports", list(reports))
