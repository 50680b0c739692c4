"""Answering a peer's ``add-checkpoint`` (C2SP tlog-witness): decided by the record, cosigned only after it is stored."""

from __future__ import annotations

from comity.node.authority import speakers
from comity.node.node import Node
from comity.record.checkpoint import parse_checkpoint
from comity.record.cosignature import cosign, cosigned_at, merge, witness_verifier
from comity.record.note import Note
from comity.record.witness import LogState, decide


def answer_checkpoint(node: Node, body: bytes) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of the answer to a request for a cosignature."""
    mechanisms = {origin: m for m in node.mechanisms() for origin in node.replica(m).ledger.origins()}

    def lookup(origin: str) -> LogState | None:
        if origin not in mechanisms or not node.party:
            return None
        mechanism = mechanisms[origin]
        branches = node.branches(mechanism, origin)
        if not branches:
            return None
        own = witness_verifier(node.own_origin(mechanism), node.custody.key("witness").public)
        newest_first = (note for _, note in sorted(node.store.notes(origin).items(), reverse=True))
        note = next((note for note in newest_first if cosigned_at(Note.parse(note), own) is not None), None)
        return LogState(
            keys=speakers(node.replica(mechanism).ledger)[origin].log_keys(),
            latest=parse_checkpoint(note)[0] if note else None,
            judged_size=branches[0].size,
            judged_root=branches[0].root_at,
        )

    decision = decide(body, lookup)
    headers = {"Content-Type": decision.content_type, **decision.headers}
    if decision.status != 200 or decision.checkpoint is None:
        return decision.status, decision.body, headers
    cp = decision.checkpoint
    mechanism = mechanisms[cp.origin]
    key = node.custody.key("witness")
    own = witness_verifier(node.own_origin(mechanism), key.public)
    with node.store.writing() as connection:
        line = cosign(decision.note, own.name, key, node.now())
        held = node.store.note(cp.origin, cp.size, cp.root.hex()) or decision.note
        node.store.put_note(connection, mechanism, cp.origin, cp.size, cp.root.hex(), merge(held, line, [own]))
    return 200, line, headers
