"""Forms of accounts: a person's names, role and key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.desk.accounts.keys import KeyShown
from comity.desk.accounts.models import Role
from comity.desk.choices import offer

LANGUAGES = {"zh": "zh-Hans", "ru": "ru", "en": "en"}


def _line(label: Any, tag: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=120, widget=forms.TextInput(attrs={"lang": tag, "class": "w-name"}))


class NamesForm(forms.Form):
    """How a person and her office are called, in up to three languages."""

    name_zh = _line(_("Name in Chinese"), "zh-Hans")
    name_ru = _line(_("Name in Russian"), "ru")
    name_en = _line(_("Name in English"), "en")
    office_zh = _line(_("Office in Chinese"), "zh-Hans")
    office_ru = _line(_("Office in Russian"), "ru")
    office_en = _line(_("Office in English"), "en")

    @classmethod
    def initial_of(cls, names: list[dict[str, str]], title: list[dict[str, str]]) -> dict[str, str]:
        known = {tag: short for short, tag in LANGUAGES.items()}
        both = [("name", n) for n in names] + [("office", n) for n in title]
        return {f"{kind}_{known[n['lang']]}": n["text"] for kind, n in both if n["lang"] in known}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"name_{short}") for short in LANGUAGES):
            self.add_error("name_en", gettext("Write the name in at least one language."))
        return cleaned

    def _said(self, kind: str) -> list[dict[str, str]]:
        return [{"lang": tag, "text": text} for short, tag in LANGUAGES.items() if (text := self.cleaned_data[f"{kind}_{short}"])]

    @property
    def names(self) -> list[dict[str, str]]:
        return self._said("name")

    @property
    def title(self) -> list[dict[str, str]]:
        return self._said("office")


class RoleForm(forms.Form):
    """What a person may do."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    operator = forms.BooleanField(label=_("Also runs this node (operator)"), required=False)
    everywhere = forms.BooleanField(
        label=_("This role holds in every mechanism"),
        help_text=_("Without it the person only reads, except in mechanisms for which you give her a role below."),
        required=False,
        initial=True,
    )


class MechanismRolesForm(forms.Form):
    """Roles in single mechanisms, one field each: ``role-<mechanism>``."""

    def __init__(self, *args: Any, mechanisms: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [("", gettext("as in general")), *Role.choices]
        for mechanism, name in mechanisms:
            self.fields[f"role-{mechanism}"] = forms.ChoiceField(label=name, choices=choices, required=False)

    @property
    def roles(self) -> dict[str, str]:
        return {name.removeprefix("role-"): role for name, role in self.cleaned_data.items() if role}


class InviteForm(NamesForm, RoleForm):
    """A new account."""

    username = forms.CharField(
        label=_("Name for signing in"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "w-name"}),
    )
    field_order = ("username",)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(gettext("This name is taken. Choose another."))
        return username


class KeyForm(forms.Form):
    """Which key in custody signs for a person."""

    keyid = forms.ChoiceField(label=_("Key"), required=False)

    def __init__(self, *args: Any, keys: list[KeyShown], **named: Any) -> None:
        super().__init__(*args, **named)
        known = [(key.keyid, _key_label(key)) for key in keys]
        choices = [("", gettext("no key")), *known, ("new", gettext("make a new key"))]
        offer(self, "keyid", choices)


def _key_label(key: KeyShown) -> str:
    short = key.keyid[:16]
    return short if key.in_root else gettext("%(key)s (not in the key root)") % {"key": short}
