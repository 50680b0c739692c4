"""Names asked for in several languages as equals: the fields, what was typed in them, and the widgets' languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy

from comity.desk.languages import by_key


def name_fields(prefix: str, label: str | Promise, *, most: int = 300) -> dict[str, forms.Field]:
    """A field per language that is asked for (``<prefix>_zh``, ``_ru``, ``_fr``); none is required by itself."""
    return {
        f"{prefix}_{key}": forms.CharField(
            label=format_lazy("{} ({})", label, own),
            max_length=most,
            required=False,
            widget=forms.TextInput(attrs={"lang": tag, "autocomplete": "off"}),
        )
        for key, (tag, own) in by_key().items()
    }


def names_typed(form: forms.Form, prefix: str, *, side: str = "") -> list[dict[str, str]]:
    """The names that are filled in, as a body holds them; ``side`` marks them as that party's form."""
    typed = {tag: str(form[f"{prefix}_{key}"].value() or "").strip() for key, (tag, _own) in by_key().items()}
    return [{"text": text, "lang": tag} | ({"side": side} if side else {}) for tag, text in typed.items() if text]


def names_initial(prefix: str, names: Iterable[Mapping[str, str]], *, side: str = "") -> dict[str, str]:
    """The other way round: first values of the fields from names of a body."""
    keys = {tag: key for key, (tag, _own) in by_key().items()}
    return {f"{prefix}_{keys[n['lang']]}": n["text"] for n in names if n["lang"] in keys and n.get("side", "") == side}


class Trio:
    """The fields of one name, for ``mechanisms/trio.html``: a legend over a column per language."""

    def __init__(self, form: forms.Form, prefix: str, legend: str, hint: str = "") -> None:
        self.legend, self.hint, self.prefix = legend, hint, prefix
        self.fields: list[Any] = [(form[f"{prefix}_{key}"], own) for key, (_tag, own) in by_key().items()]


def rows_shown(form: forms.Form, name: str, *, most: int) -> int:
    """How many rows a hidden field says to show: 1 to ``most``, whatever came."""
    value = str(form[name].value() or "")
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() else 1
