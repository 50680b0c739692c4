"""What an officer wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from comity.desk.accounts.models import Officer
from comity.desk.work.models import Kind, Wishes


class WishesForm(forms.Form):
    """Kinds of notifications, and the daily mail."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Tell me when"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    daily = forms.BooleanField(label=gettext_lazy("Send what is unread by mail, once a day"), required=False)
    mail = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False, widget=forms.EmailInput(attrs={"class": "w-name", "autocomplete": "email"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)

    @classmethod
    def initial_of(cls, officer: Officer) -> dict[str, Any]:
        row = Wishes.objects.filter(officer=officer).first() or Wishes(officer=officer)
        kinds = [kind for kind in Kind.values if kind not in row.quiet]
        return {"kinds": kinds, "daily": row.daily, "mail": row.mail, "language": row.language}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("daily") and not cleaned.get("mail") and "mail" not in self.errors:
            self.add_error("mail", gettext("Write the address to which the mail goes."))
        return cleaned

    def keep(self, officer: Officer) -> None:
        said = self.cleaned_data
        quiet = [kind for kind in Kind.values if kind not in said["kinds"]]
        defaults = {"quiet": quiet, "daily": said["daily"], "mail": said["mail"], "language": said["language"]}
        Wishes.objects.update_or_create(officer=officer, defaults=defaults)
