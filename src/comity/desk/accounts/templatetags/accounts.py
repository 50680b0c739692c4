"""``{% load accounts %}``: where a demonstration begins, and allauth's fields without what a node does not have."""

from __future__ import annotations

import json
import os

from django import template
from django.conf import settings
from django.forms import BoundField

register = template.Library()


@register.simple_tag
def start_page() -> str:
    """The address of the demonstration's start page, which its observer's node shows; empty if it is not known."""
    try:
        listed = json.loads(os.environ.get("COMITY_DEMO_NODES", "[]"))
        addresses = [str(node["address"]) for node in listed if str(node["host"]).startswith("harbour")]
    except (ValueError, KeyError, TypeError):
        return ""
    return f"{addresses[0].rstrip('/')}/" if settings.NODE.demonstration and addresses else ""


@register.filter
def without_hint(bound: BoundField) -> BoundField:
    """A field without its help text: allauth's offers to mail a new password."""
    bound.help_text = ""
    return bound
