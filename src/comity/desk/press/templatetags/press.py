"""The box for an article, to be put on any page: ``{% load press %}{% paste_box %}`` or ``{% paste_box case="china-russia" %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.press import pages
from comity.desk.press.policy import why_not_review
from comity.desk.show import officer_of

register = template.Library()


@register.inclusion_tag("press/_box.html", takes_context=True)
def paste_box(context: template.Context, case: str = "") -> dict[str, Any]:
    """The box, with the reason in its place for who may not hand anything in; ``case`` is the observed mechanism that it will be about."""
    request = context["request"]
    barred = why_not_review(officer_of(request), settings.NODE.party)
    return {"box": pages.box(case=case), "box_barred": barred, "csrf_token": context.get("csrf_token"), "request": request}


@register.inclusion_tag("press/_section.html", takes_context=True)
def press_section(context: template.Context, case: str = "", row: MechanismRow | None = None) -> dict[str, Any]:
    """The press's side of a mechanism's page, observed or of the record: what is observed, what waits for review, the box. Nothing for
    readers who are no officers of this node, but where to read on.
    """
    request = context["request"]
    return pages.section(request, case, row) | {"csrf_token": context.get("csrf_token"), "request": request}
