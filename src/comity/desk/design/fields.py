"""From a Django form's field to the parameters of ``design/field.html``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

CLASSES = {
    "text": "govuk-input",
    "area": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}


def described(bound: BoundField) -> dict[str, Any]:
    """The parameters of ``design/field.html`` for *bound*: kind, label, hint, error, and the drawn control or its options."""
    widget = bound.field.widget
    kind = kind_of(widget)
    name = bound.auto_id or bound.html_name
    parameters: dict[str, Any] = {
        "kind": kind,
        "id": name,
        "name": bound.html_name,
        "label": bound.label,
        "hint": bound.help_text,
        "error": bound.errors[0] if bound.errors else "",
        "required": bound.field.required,
    }
    if kind in ("radios", "checkboxes"):
        parameters["options"] = [
            {
                "id": option.data["attrs"].get("id", f"{name}_{place}"),
                "value": option.data["value"],
                "label": option.choice_label,
                "checked": option.data["selected"],
            }
            for place, option in enumerate(bound.subwidgets)
        ]
    elif kind == "checkbox":
        parameters["options"] = [{"id": name, "value": "on", "label": bound.label, "checked": bool(bound.value())}]
    elif kind != "hidden":
        error = " govuk-input--error" if kind == "text" and bound.errors else ""
        given = str(widget.attrs.get("class", ""))
        about = [f"{name}-hint"] * bool(bound.help_text) + [f"{name}-error"] * bool(bound.errors)
        parameters["control"] = bound.as_widget(
            attrs={"class": f"{CLASSES[kind]}{error} {given}".strip(), "aria-describedby": " ".join(about) or False}
        )
    else:
        parameters["control"] = bound.as_widget()
    return parameters


def kind_of(widget: forms.Widget) -> str:
    """Which of our controls draws *widget*: text, area, select, radios, checkboxes, checkbox, file or hidden."""
    kinds: list[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str]] = [
        (forms.HiddenInput, "hidden"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "area"),
        (forms.FileInput, "file"),
    ]
    return next((kind for classes, kind in kinds if isinstance(widget, classes)), "text")
