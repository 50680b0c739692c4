"""Notifications as sentences in the reader's language, for the page and for the mail."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.show import day, instant, name_of, title_for, type_label
from comity.desk.work.models import Kind, Notice


def sentence(row: Notice) -> str:
    """What is told, without what it is about."""
    data = row.data
    who = name_of(data.get("names") or []) or "?"
    today = timezone.localdate()
    match row.kind:
        case Kind.MENTION:
            return _("%(who)s mentions you in a remark.") % {"who": who}
        case Kind.REMARK:
            return _("%(who)s remarks on it.") % {"who": who}
        case Kind.SIGN:
            return _("%(act)s: waits for your side’s signature.") % {"act": type_label(str(data.get("type", "")))}
        case Kind.DRAFT:
            return _("%(act)s: the draft is closed and waits for your signature.") % {"act": type_label(str(data.get("type", "")))}
        case Kind.ENDED:
            return _("What you drafted is in force.") if data.get("status") == "in_force" else _("What you drafted was declined.")
        case Kind.TEXT:
            return _("The other side puts this text forward.")
        case Kind.DUE:
            on = str(data.get("on", ""))
            late = bool(on) and date.fromisoformat(on) < today
            return (_("Overdue since %(day)s.") if late else _("Due by %(day)s.")) % {"day": day(on)}
        case _:
            return _("The meeting begins on %(day)s.") % {"day": day(str(data.get("on", "")))}


def subject(row: Notice) -> str:
    """What it is about: its title in the reader's language."""
    return str(row.titles.get("") or title_for(row.titles))


def line(row: Notice) -> dict[str, Any]:
    return {
        "id": row.pk,
        "url": reverse("work:open", args=[row.pk]),
        "said": sentence(row),
        "title": subject(row) or Kind(row.kind).label,
        "words": str(row.data.get("words", "")),
        "lang": str(row.data.get("lang", "")),
        "at": instant(row.at),
        "unread": row.read is None,
    }


def since_choices(choice: str, last: datetime | None, after: datetime) -> dict[str, Any]:
    """The three instants from which changes may be looked at, and the one that was chosen."""
    labels = {"visit": _("since my last visit"), "yesterday": _("since yesterday"), "week": _("in seven days")}
    shown = [{"url": f"?since={key}#changed", "label": label, "current": key == choice} for key, label in labels.items()]
    return {"choices": shown if last else shown[1:], "said": _("Since %(when)s.") % {"when": instant(after)}}


def mail_state() -> bool:
    """Whether this node sends mail at all."""
    from comity.desk.work.mail import server

    return server() is not None
