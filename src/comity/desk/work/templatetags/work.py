"""``{% load work %}{% work_tabs %}``: the parts of an officer's work."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.record.visible import insider
from comity.desk.show import officer_of
from comity.desk.work.models import Notice

register = template.Library()


@register.inclusion_tag("work/tabs.html", takes_context=True)
def work_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """Today, inbox, outbox, notifications."""
    request = context.get("request")
    if request is None or not insider(request):
        return {"tabs": []}
    unread = Notice.objects.filter(officer=officer_of(request), read=None).count()
    tabs = [
        (reverse("work:index"), _("Today"), 0),
        (reverse("record:inbox"), _("Inbox"), 0),
        (reverse("record:outbox"), _("Outbox"), 0),
        (reverse("work:notices"), _("Notifications"), unread),
    ]
    return {"tabs": [{"url": url, "label": label, "count": count, "current": request.path == url} for url, label, count in tabs]}
