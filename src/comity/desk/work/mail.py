"""The daily digest by mail: off unless the operator names a mail server in ``node.json`` (``mail``) or in COMITY_MAIL.

    smtp://user:password@mail.example:587?from=comity@arvena.example     STARTTLS
    smtps://mail.example:465?from=comity@arvena.example                  TLS from the start
    smtp://127.0.0.1:2525?from=comity@arvena.example&tls=no              a relay on this machine

A mail holds the sentences of the notifications page and one address: that of this node. It never holds the content of a remark or an act.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.show import name_of
from comity.desk.work import noticing
from comity.desk.work.models import Notice, Wishes
from comity.errors import ComityError

TIMEOUT = 20  # seconds
MOST = 50  # notifications in one mail


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "starttls"  # starttls, whole, no

    def connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls == "whole":
            found: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        else:
            found = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
            if self.tls == "starttls":
                found.starttls(context=context)
        if self.user:
            found.login(self.user, self.password)
        return found


def read_server(url: str) -> Server:
    """The mail server that a URL names. Raises :class:`ComityError`, naming what is wrong."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    sender = asked.get("from", [""])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
        raise ComityError(
            "This is not the address of a mail server.",
            place="mail",
            remedy="Write e.g. smtp://user:password@mail.example:587?from=comity@parliament.example.",
        )
    tls = "whole" if parts.scheme == "smtps" else "no" if asked.get("tls") == ["no"] else "starttls"
    port = parts.port or (465 if tls == "whole" else 587)
    return Server(parts.hostname, port, sender, unquote(parts.username or ""), unquote(parts.password or ""), tls)


def server() -> Server | None:
    """This node's mail server; None if it sends no mail."""
    url = os.environ.get("COMITY_MAIL") or getattr(settings.NODE, "mail", "")
    return read_server(url) if url else None


def send_digests(now: datetime, *, connect: Callable[[Server], smtplib.SMTP] = Server.connect) -> int:
    """Send each officer who wants it what is unread and was not mailed yet; returns how many mails went. Raises :class:`ComityError` if
    the server cannot be reached: then everything stays as not mailed.
    """
    here = server()
    if here is None:
        return 0
    due = []
    for wishes in Wishes.objects.filter(daily=True, officer__user__is_active=True).exclude(mail="").select_related("officer__user"):
        rows = list(Notice.objects.filter(officer=wishes.officer, read=None, mailed=None)[:MOST])
        if rows:
            due.append((wishes, rows))
    if not due:
        return 0
    try:
        with connect(here) as relay:
            for wishes, rows in due:
                relay.send_message(letter(wishes, rows, here.sender))
                Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed=now)
                Wishes.objects.filter(pk=wishes.pk).update(mailed=now)
    except (OSError, smtplib.SMTPException) as error:
        raise ComityError(
            "The mail server did not take the mail: {why}.",
            place=f"{here.host}:{here.port}",
            remedy="Check its address and its log; what was not sent goes with the next digest.",
            why=str(error),
        ) from error
    return len(due)


def letter(wishes: Wishes, rows: list[Notice], sender: str) -> EmailMessage:
    """One officer's digest in her language."""
    with translation.override(wishes.language):
        node = name_of(settings.NODE.names) or settings.NODE.host
        lines = [f"• {noticing.subject(row)}\n  {noticing.sentence(row)}" for row in rows]
        home = (settings.NODE.address or "").rstrip("/") + reverse("work:notices")
        closing = _("Read them here: %(address)s") % {"address": home}
        why = _("You asked for this mail under Notifications, Settings; there you can switch it off.")
        mail = EmailMessage()
        count = ngettext("%(n)d notification", "%(n)d notifications", len(rows)) % {"n": len(rows)}
        mail["Subject"] = f"{count} · {node}"
        mail["From"] = Address(display_name=f"Comity · {node}", addr_spec=sender)
        mail["To"] = wishes.mail
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("\n\n".join([*lines, closing, "-- \n" + why]) + "\n")
    return mail
