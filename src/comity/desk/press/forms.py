"""What a person may change of a proposal before accepting it: one small form per kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.forms import PartialDateField
from comity.desk.observations import shown as observed
from comity.desk.press import words
from comity.desk.press.about import Subject
from comity.desk.press.fragments import series_of
from comity.desk.press.models import Proposal


class Editing(forms.Form):
    """A proposal's own form. ``said`` gives its value with what was typed in place."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, proposal: Proposal, subject: Subject | None) -> None:
        self.proposal, self.subject = proposal, subject
        super().__init__(data, initial=self.start(), auto_id=f"{proposal.label}_%s")
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.NumberInput):
                field.widget.attrs.setdefault("autocomplete", "off")

    def start(self) -> dict[str, Any]:
        return dict(self.proposal.said)

    def said(self) -> dict[str, Any]:
        """What is now said; of a valid form."""
        value: dict[str, Any] = self.proposal.value
        return value | {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class EditMeeting(Editing):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of meeting"))
    ordinal = forms.IntegerField(label=gettext_lazy("Number in its series"), required=False, min_value=1, max_value=999)
    series = forms.ChoiceField(label=gettext_lazy("Series"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)
    date = PartialDateField(label=gettext_lazy("First day"), required=False)
    end_date = PartialDateField(label=gettext_lazy("Last day"), required=False)
    same = forms.ChoiceField(label=gettext_lazy("The same as"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **named: Any) -> None:
        super().__init__(data, **named)
        case = self.subject.case if self.subject else None
        self._choices("kind", list(words.meeting_kinds().items()))
        series = [(s.id, str(s.get("series", {}).get("name", s.id))) for s in case.all("series")] if case else []
        if not series and self.subject and self.subject.record:
            series = [(s["key"], str(s["names"][0]["text"])) for s in self.subject.record.series]
        self._choices("series", [("", _("none")), *series])
        held = (
            sorted(case.all("meetings"), key=lambda m: str((m.get("meeting", {}).get("dates") or {}).get("start")), reverse=True)
            if case
            else []
        )
        known = [
            (m.id, f"{observed.span(m.get('meeting', {}).get('dates') or {})} · {observed.meeting_title(case, m)}")
            for m in held[:60]
            if case
        ]
        self._choices("same", [("", _("as number and day say")), ("new", _("a meeting of its own")), *known])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def start(self) -> dict[str, Any]:
        return {"series": series_of(self.subject, self.proposal.said) if self.subject else ""} | dict(self.proposal.said)


class EditPerson(Editing):
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    role = forms.CharField(label=gettext_lazy("Role"), required=False, max_length=200)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), required=False, max_length=200)


class EditStatement(Editing):
    speaker = forms.CharField(label=gettext_lazy("Who says so"), required=False, max_length=200)
    claim_kind = forms.ChoiceField(label=gettext_lazy("Kind of claim"))
    words = forms.CharField(label=gettext_lazy("What is said"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, data: Mapping[str, Any] | None = None, **named: Any) -> None:
        super().__init__(data, **named)
        field = self.fields["claim_kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(words.claims().items())


class EditCommitment(Editing):
    who = forms.CharField(
        label=gettext_lazy("By whom"), required=False, help_text=gettext_lazy("One a line."), widget=forms.Textarea(attrs={"rows": 2})
    )
    nature = forms.ChoiceField(label=gettext_lazy("Nature"))
    words = forms.CharField(label=gettext_lazy("What is promised"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    due = PartialDateField(label=gettext_lazy("Due"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **named: Any) -> None:
        super().__init__(data, **named)
        field = self.fields["nature"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(words.natures().items())

    def start(self) -> dict[str, Any]:
        return dict(self.proposal.said) | {"who": "\n".join(self.proposal.said.get("who") or ())}

    def clean_who(self) -> list[str]:
        return [line.strip()[:200] for line in str(self.cleaned_data["who"]).splitlines() if line.strip()][:20]


class EditFinding(Editing):
    finding = forms.ChoiceField(label=gettext_lazy("Found"))
    date = PartialDateField(label=gettext_lazy("Date"), required=False)
    words = forms.CharField(label=gettext_lazy("What is reported"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, data: Mapping[str, Any] | None = None, **named: Any) -> None:
        super().__init__(data, **named)
        field = self.fields["finding"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(words.findings().items())


FORMS: dict[str, type[Editing]] = {
    "meeting": EditMeeting,
    "person": EditPerson,
    "statement": EditStatement,
    "commitment": EditCommitment,
    "finding": EditFinding,
}


class HandIn(forms.Form):
    """What the box and its page send; everything but the article may be missing."""

    article = forms.CharField(required=False, strip=False)
    file = forms.FileField(required=False, allow_empty_file=True)
    language = forms.ChoiceField(required=False, choices=[("", ""), *words.LANGUAGES])
    date = forms.CharField(required=False, max_length=40)
    publisher = forms.CharField(required=False, max_length=200)
    title = forms.CharField(required=False, max_length=300)
    address = forms.CharField(required=False, max_length=1000)
