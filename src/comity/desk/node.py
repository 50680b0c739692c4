"""The node behind the desk: opened once per process, its worker started with the server, its news written to the tables."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections

from comity.node.auth import Gate
from comity.node.cards import kept_card
from comity.node.exchange import Worker
from comity.node.node import Node
from comity.node.replica import Replica
from comity.record.keys import PublicKey

log = logging.getLogger("comity.desk")

_lock = threading.Lock()
_opened: dict[str, object] = {}


def the_node() -> Node:
    """This process's node; the first call opens it."""
    with _lock:
        node = _opened.get("node")
        if not isinstance(node, Node):
            zone = ZoneInfo(settings.NODE.zone)
            node = Node(settings.HOME, clock=lambda: datetime.now(zone), entropy=os.urandom, database=settings.DATABASE_URL)
            node.listeners.append(mirror)
            _opened["node"] = node
        return node


def worker() -> Worker:
    """The exchange's worker; not started here."""
    node = the_node()
    with _lock:
        found = _opened.get("worker")
        if not isinstance(found, Worker):
            found = _opened["worker"] = Worker(node)
        return found


def gate() -> Gate:
    """Checks signed requests of peers."""
    node = the_node()
    with _lock:
        found = _opened.get("gate")
        if not isinstance(found, Gate):
            found = _opened["gate"] = Gate(node.host, _transport_key)
        return found


def _transport_key(host: str) -> PublicKey | None:
    for peer in the_node().store.peers():
        if peer["host"] == host:
            return kept_card(str(peer["card"])).transport
    return None


def mirror(replica: Replica, late: Collection[str] = ()) -> None:
    """Bring the desk's tables up to date with what the ledger says changed, and with acts whose files came late (rule 14)."""
    from comity.desk.projection import project
    from comity.desk.record.models import Cursor

    with replica.lock:
        row = Cursor.objects.filter(mechanism=replica.mechanism).first()
        if replica.mirrored is None:  # first look in this process: the tables are up to date if they are as far as the store
            replica.mirrored = replica.ledger.changed_since(0)[0] if row and row.position == replica.seq else 0
        replica.mirrored, changed = replica.ledger.changed_since(replica.mirrored)
        if changed or late or row is None:
            project(replica, dict.fromkeys([*changed, *late, *_quoting(late)]), replica.seq)
    if threading.current_thread() is not threading.main_thread():
        close_old_connections()


def _quoting(late: Collection[str]) -> list[str]:
    """The acts whose rows show words of files of others: commitments marked in them, what is said about those, comments on them."""
    from comity.desk.commitments.models import CommitmentRow
    from comity.desk.record.models import ActRow
    from comity.desk.texts.models import CommentRow

    if not late:
        return []
    commitments = list(CommitmentRow.objects.filter(version__in=late).values_list("id", flat=True))
    about = ActRow.objects.filter(object__in=commitments).values_list("id", flat=True)
    return [*commitments, *about, *CommentRow.objects.filter(text__in=late).values_list("id", flat=True)]


def catch_up() -> None:
    """At start: mirror whatever was stored while no desk was listening."""
    node = the_node()
    for mechanism in node.mechanisms():
        mirror(node.replica(mechanism))
