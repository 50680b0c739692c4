"""``{% load accounts %}``: where a demonstration begins, and allauth's fields without what a node does not have."""

from __future__ import annotations

import json
import os
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField

from comity.desk.accounts import passkey

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


@register.inclusion_tag("accounts/release.html", takes_context=True)
def passkey_release(context: dict[str, Any], act_id: str) -> dict[str, Any]:
    """The button that releases a signature by a passkey, beside the field for the code; nothing for who has none."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated or context.get("barred"):
        return {"options": None}
    return {
        "options": passkey.options(request, request.user, act_id),
        "barred_host": passkey.has_passkey(request.user) and not passkey.usable(request),
    }


@register.filter
def without_hint(bound: BoundField) -> BoundField:
    """A field without its help text: allauth's offers to mail a new password."""
    bound.help_text = ""
    return bound
