"""A value as the pieces show it, and the cells of a row of a table. Written here and not as templates because a page may have a thousand.

A value is words, a number, or a mapping with any of ``text``, ``code``, ``url``, ``lang``, ``note`` and ``sources`` (see
``design/source.html``); a cell is a value that may also say ``num``, ``nowrap`` and ``label`` (the column's, for narrow pages).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def show(context: Context, value: Any) -> SafeString:
    """The HTML of a value; what stands in it is escaped."""
    if not isinstance(value, Mapping):
        return _words(context, value)
    text, code, url = value.get("text"), value.get("code"), value.get("url")
    lang = format_html(' lang="{}"', value["lang"]) if value.get("lang") else ""
    if url:
        shown = format_html('<a href="{}"{}>{}</a>', url, lang, _words(context, text) if text else _raw(code))
    elif text:
        shown = format_html("<span{}>{}</span>", lang, _words(context, text))
    else:
        shown = _raw(code) if code else SafeString()
    if text and code:
        shown += format_html(" <code>{}</code>", code)
    if note := value.get("note"):
        shown += format_html(' <span class="lng">{}</span>', _words(context, note))
    for source in value.get("sources") or ():
        shown += render_to_string("design/source.html", {"source": source})
    return shown


def cells(context: Context, row: Iterable[Any], heads: bool = False) -> SafeString:
    """The cells of a row; with ``heads`` the first is its head."""
    return format_html_join("", "{}", ((_cell(context, cell, heads and place == 0),) for place, cell in enumerate(row)))


def _cell(context: Context, cell: Any, head: bool) -> SafeString:
    more = cell if isinstance(cell, Mapping) else {}
    nowrap = "nowrap" if more.get("nowrap") else ""
    if head:
        return format_html('<th scope="row"{}>{}</th>', mark_safe(' class="nowrap"') if nowrap else "", show(context, cell))
    classes = " ".join(filter(None, ("num" if more.get("num") else "", nowrap)))
    css = format_html(' class="{}"', classes) if classes else ""
    label = format_html(' data-l="{}"', more["label"]) if more.get("label") else ""
    return format_html("<td{}{}>{}</td>", css, label, show(context, cell))


def _words(context: Context, value: Any) -> SafeString:
    return mark_safe(render_value_in_context(value, context))  # noqa: S308 - escapes what is not marked as safe


def _raw(code: Any) -> SafeString:
    return format_html('<code class="raw">{}</code>', code)
