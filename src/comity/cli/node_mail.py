"""Sending the digest of notifications by hand, or from a timer of the operating system. A node that is served does it by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from comity.cli import desk_tables, say
from comity.errors import ComityError


@click.command()
def mail() -> None:
    """Send each officer who asked for it what is unread and was not mailed yet.

    The mail server is named in node.json ("mail") or in COMITY_MAIL: smtp://user:password@mail.example:587?from=comity@parliament.example
    """
    if not desk_tables.there():
        raise ComityError("There are no desk tables here yet.", place="mail", remedy="Serve the node once: comity node serve.")
    from comity.desk.work.mail import send_digests, server
    from comity.desk.work.telling import gather

    if server() is None:
        raise ComityError("No mail server is named.", place="mail", remedy="Set COMITY_MAIL, or mail in node.json.")
    now = datetime.now(UTC)
    gather(now)
    say.line(f"{send_digests(now)} mails were sent.")
