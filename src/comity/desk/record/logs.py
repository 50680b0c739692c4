"""Entries, checkpoints and cosignatures as pages show them: straight from the replica, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comity.desk.node import the_node
from comity.desk.record.models import ActRow
from comity.errors import ComityError
from comity.node.authority import speakers
from comity.node.replica import Replica
from comity.record.cosignature import cosigned_at, witness_verifier
from comity.record.entry import Entry
from comity.record.note import Note


@dataclass(frozen=True, slots=True)
class LogShown:
    """One log with its latest checkpoint and who has cosigned it when."""

    origin: str
    party: str
    size: int
    root: str
    own: bool
    cosigned: dict[str, int]
    fork: str


def logs_of(replica: Replica) -> list[LogShown]:
    """All logs of a mechanism, in the order of the parties."""
    node = the_node()
    with replica.lock:
        known = speakers(replica.ledger)
        shown = []
        for origin, speaker in known.items():
            for number, branch in enumerate(replica.logs.get(origin, ())):
                note = node.store.note(origin, branch.size, branch.root.hex())
                cosigned = _cosigned(note, known) if note else {}
                fork = branch.root.hex()[:8] if number else ""
                shown.append(LogShown(origin, speaker.party, branch.size, branch.root.hex(), speaker.party == node.party, cosigned, fork))
    return shown


def _cosigned(note: str, known: Any) -> dict[str, int]:
    parsed, found = Note.parse(note), {}
    for speaker in known.values():
        for root in speaker.roots:
            for key in root.keys_for("timestamp").values():
                try:
                    at = cosigned_at(parsed, witness_verifier(speaker.origin, key))
                except ComityError:
                    at = None
                if at is not None:
                    found[speaker.party] = at
    return found


def entries_page(replica: Replica, origin: str, first: int, count: int) -> Iterator[tuple[int, Entry | None]]:
    """Entries ``first`` and on of a log's first branch; None for one that cannot be read."""
    with replica.lock:
        found = replica.entries(origin, replica.logs[origin][0], first, first + count)
    for position, data in enumerate(found, first):
        try:
            yield position, Entry.from_bytes(data, place=f"entry {position}")
        except ComityError:
            yield position, None


def _stored(row: ActRow) -> list[Any]:
    return the_node().store.entries_about(row.id)


def places_of(row: ActRow) -> list[dict[str, Any]]:
    """Where each side's signature under an act lies, and whether the latest checkpoint over it is cosigned by all."""
    replica = the_node().replica(row.mechanism)
    logs = {log.origin: log for log in logs_of(replica)}
    parties = set(replica.ledger.parties(replica.ledger.membership()))
    shown = []
    for entry in _stored(row):
        log = logs.get(entry.origin)
        if log is not None:
            proven = parties <= set(log.cosigned)
            shown.append(
                {"origin": entry.origin, "position": entry.position, "party": log.party, "proven": proven, "valid": not entry.verdict}
            )
    return shown


def keyids_of(row: ActRow) -> set[str]:
    """Ids of the keys whose signatures are under an act."""
    found: set[str] = set()
    for entry in _stored(row):
        try:
            found |= {s.keyid for s in Entry.from_bytes(entry.data, place=_("entry")).signatures}
        except ComityError:
            continue
    return found
