"""``{% load work %}{% work_tabs %}``: the parts of an officer's work."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.record.visible import insider

register = template.Library()


@register.inclusion_tag("work/tabs.html", takes_context=True)
def work_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """Today, inbox, outbox, notifications."""
    request = context.get("request")
    if request is None or not insider(request):
        return {"tabs": []}
    bell = context.get("bell") or {"count": 0}  # as the frame of the page has counted it
    tabs = [
        (reverse("work:index"), _("Today"), 0),
        (reverse("record:inbox"), _("Inbox"), 0),
        (reverse("record:outbox"), _("Outbox"), 0),
        (reverse("work:notices"), _("Notifications"), bell["count"]),
    ]
    return {"tabs": [{"url": url, "label": label, "count": count, "current": request.path == url} for url, label, count in tabs]}
