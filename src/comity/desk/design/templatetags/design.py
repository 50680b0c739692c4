"""``{% load design %}``: the seal, fields, languages' own names, fingerprints and the line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from comity.desk.design import fields, line, values
from comity.desk.design.glossary import BY_KEY
from comity.desk.design.may import barred
from comity.desk.design.seal import State, plain, seal_svg
from comity.desk.design.words import Sealed, Words, guide, words

register = template.Library()

OWN_NAMES = {"zh": "中文", "ru": "Русский", "en": "English"}  # of the pages themselves
_FURTHER = {
    "ar": "العربية",
    "be": "Беларуская",
    "de": "Deutsch",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "hi": "हिन्दी",
    "hy": "Հայերեն",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "kk": "Қазақша",
    "ko": "한국어",
    "ky": "Кыргызча",
    "mn": "Монгол",
    "ms": "Bahasa Melayu",
    "pl": "Polski",
    "pt": "Português",
    "sr": "Српски",
    "tg": "Тоҷикӣ",
    "th": "ไทย",
    "tr": "Türkçe",
    "uk": "Українська",
    "uz": "Oʻzbekcha",
    "vi": "Tiếng Việt",
}


@register.simple_tag
def seal(standing: Sealed, size: str = "s", label: bool | str = True, classes: str = "") -> SafeString:
    """The seal of *standing* (attributes ``parties``, ``signed``, ``state``). *size*: ``xs``, ``s``, ``m``, ``l``.

    *label* true: the seal is an image named by its words. False: hidden, because words stand beside it. A string: that name.
    """
    name = str(words(standing)) if label is True else (label or "")
    if size == "xs":
        size, classes = "s", f"seal--xs {classes}"
    drawn = seal_svg(standing.parties, frozenset(standing.signed), State(standing.state), size, label=name, classes=classes)
    return mark_safe(drawn)  # noqa: S308 - seal_svg escapes the two strings it is given


@register.filter
def seal_words(standing: Sealed) -> Words:
    """The words beside a seal: ``.head`` and ``.rest``."""
    return words(standing)


@register.filter
def seal_plain(standing: Sealed) -> str:
    """The seal in plain text."""
    return plain(standing.parties, frozenset(standing.signed), State(standing.state))


@register.inclusion_tag("design/field.html")
def field(bound: BoundField, **changes: Any) -> dict[str, Any]:
    """One field of a Django form with label, hint and error. *changes* override any parameter of ``design/field.html``."""
    return fields.described(bound) | changes


@register.simple_tag(takes_context=True)
def value(context: template.Context, value: Any) -> SafeString:
    """A value as pieces show it (see ``values.py``)."""
    return values.show(context, value)


@register.simple_tag(takes_context=True)
def cells(context: template.Context, row: Iterable[Any], heads: bool | str = False) -> SafeString:
    """The cells of a row of a table; with *heads* the first is its head."""
    return values.cells(context, row, bool(heads))


@register.inclusion_tag("design/may.html", takes_context=True)
def may(context: Mapping[str, Any], actions: Iterable[Mapping[str, Any]] = (), **action: Any) -> dict[str, Any]:
    """Buttons, and beside those that cannot be pressed the reason: a list of actions, or one by its parameters (see ``may.py``)."""
    return barred([*actions, *([action] if action else [])]) | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("design/read_the_seal.html")
def read_the_seal() -> dict[str, Any]:
    """A small table that explains the seal: for start pages and help."""
    return {"guide": guide()}


@register.filter
def own_name(language: str) -> str:
    """A language's name in itself: ``zh-Hans`` → 中文. Unknown codes stay as they are."""
    main = language.split("-")[0].lower()
    return OWN_NAMES.get(main) or _FURTHER.get(main, language)


@register.filter
def fours(digest: str) -> list[str]:
    """A hexadecimal digest in groups of four, to be read aloud and compared."""
    return [digest[start : start + 4] for start in range(0, len(digest), 4)]


@register.filter
def svg_line(chart: line.Chart) -> SafeString:
    """The drawing of a chart: see ``design/line.html``, which sets the table beneath it."""
    return mark_safe(line.svg(chart))  # noqa: S308 - line.svg escapes every text it is given


@register.filter
def svg_upright(chart: line.Chart) -> list[line.Row]:
    """The chart as rows of the upright line of a phone."""
    return [row._replace(svg=mark_safe(row.svg)) for row in line.upright(chart)]  # noqa: S308 - drawn by line, which escapes


@register.inclusion_tag("design/term.html")
def term(key: str) -> dict[str, Any]:
    """A word of the glossary as a small button whose explanation opens on hover, focus and press."""
    return {"term": BY_KEY[key]}
