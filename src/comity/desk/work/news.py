"""What has changed: who signed what since when, as the entries of the logs arrived on this node."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from sqlalchemy import select

from comity.desk.accounts.models import Officer
from comity.desk.node import the_node
from comity.desk.record.models import ActRow
from comity.desk.show import PartyShown, act_url, instant, standing_of, title_for, type_label
from comity.desk.work.models import Visit
from comity.node import tables as t

MOST = 60
VISIT = timedelta(minutes=30)  # of silence end a visit


def visit(officer: Officer, now: datetime) -> datetime | None:
    """Note that the officer looks, and say when her last visit ended; None at the first."""
    row, new = Visit.objects.get_or_create(officer=officer, defaults={"seen": now})
    if new:
        return None
    if now - row.seen > VISIT:
        row.since = row.seen
    row.seen = now
    row.save(update_fields=["since", "seen"])
    return row.since


def since(choice: str, last_visit: datetime | None, now: datetime) -> datetime:
    """The instant that a choice of the page means: the last visit, the beginning of yesterday, a week ago."""
    if choice == "visit" and last_visit is not None:
        return last_visit
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=7 if choice == "week" else 1)


def changes(after: datetime, parties: dict[str, list[PartyShown]]) -> list[dict[str, Any]]:
    """The newest entries since ``after``, each with its act and what it made of it."""
    c = t.entries.c
    query = select(c.seq, c.mechanism, c.origin, c.statement, c.arrived).where(
        c.statement.is_not(None), c.arrived >= int(after.timestamp())
    )
    node = the_node()
    with node.store.reading() as connection:
        rows = connection.execute(query.order_by(c.seq.desc()).limit(MOST)).all()
    acts = ActRow.objects.in_bulk({row.statement for row in rows})
    shown = []
    for row in rows:
        act = acts.get(row.statement)
        if act is None:
            continue
        party = node.replica(row.mechanism).ledger.origins().get(row.origin, "")
        those = parties.get(act.mechanism, [])
        name = next((p.name for p in those if p.id == party), party)
        shown.append(
            {
                "url": act_url(act.id),
                "title": title_for(act.titles) or type_label(act.type),
                "kind": type_label(act.type),
                "standing": standing_of(act, those) if those else None,
                "what": _what(act, party, name),
                "at": instant(row.arrived),
            }
        )
    return shown


def _what(act: ActRow, party: str, name: str) -> str:
    if len(act.signatories) == 1:
        return _("%(who)s said so") % {"who": name}
    if party == act.proposer:
        return _("%(who)s proposed it") % {"who": name}
    return _("%(who)s signed; it is in force") % {"who": name} if act.in_force else _("%(who)s signed") % {"who": name}
