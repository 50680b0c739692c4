"""The forms about texts: one editor for putting forward and adopting, one for adopting what was put forward, one for correcting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.desk.choices import offer
from comity.desk.design.templatetags.design import own_name
from comity.desk.forms import ActForm
from comity.desk.languages import asked
from comity.desk.texts.composing import Typed
from comity.desk.texts.words import KINDS, STATUSES, provision_label
from comity.terms.names import LANGUAGE


class TextForm(ActForm):
    """Kind, meeting, date, and for each language its status, title and words. A language with neither title nor words is left out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)
    date = forms.DateField(
        label=_("Date of the text"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "w-date", "placeholder": "2026-11-12", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the date as 2026-11-12.")},
    )
    langs = forms.CharField(widget=forms.HiddenInput)
    more = forms.CharField(
        label=_("Add a language"),
        required=False,
        help_text=_("Its tag, such as fr or pt-BR; then press “Show the provisions”."),
        widget=forms.TextInput(attrs={"class": "w-short", "autocomplete": "off"}),
    )
    mechanism = forms.CharField(widget=forms.HiddenInput)
    answers = forms.CharField(required=False, widget=forms.HiddenInput)
    supersedes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        offer(self, "meeting", [("", _("none")), *meetings])
        self.languages = self._languages()
        for lang in self.languages:
            self._add(lang)

    def _languages(self) -> list[str]:
        held = self.data.get("langs") if self.is_bound else self.initial.get("langs")
        found = [tag for tag in str(held or "").split() if LANGUAGE.fullmatch(tag)] or list(asked())
        more = str(self.data.get("more") or "").strip() if self.is_bound else ""
        return list(dict.fromkeys([*found, *([more] if LANGUAGE.fullmatch(more) else [])]))[:30]

    def _add(self, lang: str) -> None:
        speaks = {"lang": lang}
        self.fields[f"status_{lang}"] = forms.ChoiceField(label=_("Status"), choices=list(STATUSES.items()))
        self.fields[f"title_{lang}"] = forms.CharField(
            label=pgettext_lazy("of a text", "Title"),
            required=False,
            max_length=1000,
            widget=forms.TextInput(attrs=speaks | {"class": "w-full"}),
        )
        self.fields[f"text_{lang}"] = forms.CharField(
            label=_("Words"), required=False, strip=False, widget=forms.Textarea(attrs=speaks | {"rows": 16})
        )
        self.fields[f"file_{lang}"] = forms.FileField(label=_("Or read a file"), required=False, help_text=_("txt, docx, html or xml"))

    def places(self) -> Mapping[str, str]:
        found = {"body.kind": "kind", "body.meeting": "meeting", "metadata, date": "date", "title": f"title_{self.languages[0]}"}
        return found | {f"{lang} text": f"text_{lang}" for lang in self.languages}

    def clean_langs(self) -> str:
        return " ".join(self.languages)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        written = [t for t in self.versions() if not t.empty]
        if not written:
            self.add_error(None, _("Write the text in at least one language."))
        for typed in written:
            if not typed.title.strip():
                self.add_error(f"title_{typed.language}", _("Give the title in this language."))
            if not typed.words.strip():
                self.add_error(f"text_{typed.language}", _("Write the words in this language, or leave its title empty too."))
        if written and not any(t.status == "authentic" for t in written):
            self.add_error(f"status_{written[0].language}", _("At least one version has to be authentic."))
        return data

    def versions(self) -> list[Typed]:
        """What is typed, per language, checked or not."""
        found = []
        for lang in self.languages:
            status, title, words = (str(self[f"{part}_{lang}"].value() or "") for part in ("status", "title", "text"))
            found.append(Typed(lang, status if status in STATUSES else "authentic", title, words))  # type: ignore[arg-type]  # one of STATUSES
        return found

    def filled(self, **values: str) -> TextForm:
        """The same form with other words typed into it."""
        data = QueryDict(mutable=True)
        data.update(cast(Any, self.data))
        for name, value in values.items():
            data[name] = value
        data["langs"] = " ".join(self.languages)
        data["more"] = ""
        choices = self.fields["meeting"].choices[1:]  # type: ignore[attr-defined]  # a choice field
        return type(self)(data, meetings=choices)

    def columns(self) -> list[dict[str, Any]]:
        """The fields of each language, side by side."""
        return [
            {"lang": lang, "name": own_name(lang)} | {part: self[f"{part}_{lang}"] for part in ("status", "title", "text", "file")}
            for lang in self.languages
        ]


class AdoptForwardForm(ActForm):
    """Adopting what was put forward, byte for byte: only the meeting and the readers are chosen."""

    PLACES: ClassVar[Mapping[str, str]] = {"body.meeting": "meeting", "body.answers": "meeting"}
    mechanism = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput)
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        offer(self, "meeting", [("", _("none")), *meetings])


class CorrectForm(ActForm):
    """Other words for chosen provisions in chosen languages. ``chosen`` are pairs of language and eId."""

    mechanism = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput)
    places_ = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, wording: Mapping[tuple[str, str], str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.wording = wording
        self.chosen = [key for key in self._asked() if key in wording]
        for lang, eid in self.chosen:
            self.fields[self.key(lang, eid)] = forms.CharField(
                label=f"{own_name(lang)}, {provision_label(eid)}",
                initial=wording[lang, eid],
                widget=forms.Textarea(attrs={"rows": 4, "lang": lang}),
                error_messages={"required": _("A provision cannot be emptied by a correction.")},
            )

    def _asked(self) -> list[tuple[str, str]]:
        held = self.data.get("places_") if self.is_bound else self.initial.get("places_")
        pairs = [tuple(item.split(":", 1)) for item in str(held or "").split() if ":" in item]
        return [(lang, eid) for lang, eid in dict.fromkeys(pairs)][:100]

    @staticmethod
    def key(lang: str, eid: str) -> str:
        return f"words_{lang}_{eid}"

    def places(self) -> Mapping[str, str]:
        return {f"{lang} text, {eid}": self.key(lang, eid) for lang, eid in self.chosen}

    def typed_words(self) -> dict[tuple[str, str], str]:
        """The words as typed, spaces tidied at the ends, where they differ from what stands."""
        found = {}
        for lang, eid in self.chosen:
            words = " ".join(str(self[self.key(lang, eid)].value() or "").split())
            if words != self.wording[lang, eid]:
                found[lang, eid] = words
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.chosen:
            self.add_error(None, _("Choose at least one provision to correct."))
        elif not self.errors and not self.typed_words():
            self.add_error(None, _("Nothing is changed yet: edit the words of a provision."))
        return data
