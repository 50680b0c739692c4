"""``{% load remarks %}{% remarks object_id %}``: what this side says among itself about an object, and the field to say more.

The page has ``request`` in its context. Nothing is shown to anybody but this node's officers. ``eid`` narrows it to a provision; ``title``
names the object in notifications.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer, page_language
from comity.desk.record.models import Draft
from comity.desk.record.visible import insider
from comity.desk.show import instant, officer_of
from comity.desk.work.indexing import language_of
from comity.desk.work.models import OnBehalf, Remark
from comity.desk.work.remarking import UNDO, colleagues, mentioned_in

register = template.Library()


@register.inclusion_tag("work/remarks.html", takes_context=True)
def remarks(context: dict[str, Any], object_id: str, eid: str = "", title: str = "") -> dict[str, Any]:
    """The remarks on one object, oldest first, and a field for one more."""
    request = context.get("request")
    if request is None or not insider(request):
        return {"shown": False}
    officer = officer_of(request)
    people = colleagues()
    rows = Remark.objects.filter(object=object_id).select_related("author__user")
    rows = rows.filter(eid=eid) if eid else rows
    now = timezone.now()
    editing = request.GET.get("edit", "")
    lines = [_line(row, officer, people, str(row.pk) == editing) for row in rows if row.deleted is None or _may_undo(row, officer, now)]
    return {
        "shown": True,
        "lines": lines,
        "count": sum(1 for line in lines if not line["deleted"]),
        "object": object_id,
        "eid": eid,
        "title": title or str(context.get("title") or ""),
        "path": request.path,
        "people": [{"name": o.user.get_username(), "full": o.name} for o in people if officer is None or o.pk != officer.pk],
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "suffix": eid or "all",
    }


def _may_undo(row: Remark, officer: Officer | None, now: Any) -> bool:
    return officer is not None and row.author_id == officer.pk and row.deleted is not None and now - row.deleted < UNDO


def _line(row: Remark, officer: Officer | None, people: list[Officer], editing: bool) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    at = 0
    for start, end, who in mentioned_in(row.text, people):
        parts += [{"text": row.text[at:start]}, {"text": f"@{who.name}", "who": True}]
        at = end
    parts.append({"text": row.text[at:]})
    mine = officer is not None and row.author_id == officer.pk
    lang = language_of(row.text)
    return {
        "id": row.pk,
        "who": row.author.name if row.author else _("somebody who is no longer here"),
        "said": instant(row.said),
        "edited": instant(row.edited) if row.edited else "",
        "deleted": row.deleted is not None,
        "parts": parts,
        "text": row.text,
        "lang": lang if lang != page_language() else "",
        "eid": row.eid,
        "mine": mine,
        "undo": mine and bool(row.before or row.deleted),
        "editing": mine and editing and row.deleted is None,
    }


@register.inclusion_tag("work/entered.html", takes_context=True)
def entered(context: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Who typed a draft, and for whom; as long as it is open, a field to say so."""
    request = context.get("request")
    if request is None or not insider(request):
        return {"shown": False}
    said = OnBehalf.objects.filter(draft=draft).select_related("principal__user", "entered_by__user").first()
    author = Officer.objects.select_related("user").filter(user=draft.author).first() if draft.author_id else None
    return {
        "shown": True,
        "draft": draft,
        "author": author.name if author else "",
        "said": said,
        "at": instant(said.at) if said else "",
        "open": draft.act == "" and not draft.done,
        "people": [{"value": o.pk, "label": o.name, "checked": bool(said and said.principal_id == o.pk)} for o in colleagues()],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("work/entered.html", takes_context=True)
def entered_act(context: dict[str, Any], act_id: str) -> dict[str, Any]:
    """The same for the act that a draft of this node has become; nothing for acts of others."""
    draft = Draft.objects.filter(act=act_id, done=True).first()
    return entered(context, draft) if draft is not None else {"shown": False}
