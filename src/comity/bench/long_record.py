"""A long record in a node's store, every signature real: a committee that has said very much."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comity.cli.demo.seed import Seeding
from comity.ledger.draft import compose
from comity.ledger.replay import Ledger
from comity.node import tables as t
from comity.node.node import Node
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.entry import Entry
from comity.record.envelope import sign
from comity.record.keys import SigningKey
from comity.record.statement import Statement
from comity.terms.act import Act, Saying
from comity.terms.audience import PARTIES, Audience
from comity.terms.ids import digest

BATCH = 5000


def build_long_record(folder: Path, acts: int) -> Path:
    """Seed the demonstration's record and let Kelmor go on until there are ``acts`` more; returns the home of Kelmor's node.

    Of five acts one is a pledge marked in the communiqué, two report on it, two assess it.
    """
    seeding = Seeding(folder, {"arvena": 1, "kelmor": 2, "harbour": 3})
    seeding.run()
    node = seeding.sides["kelmor"].node
    key = node.custody.key(f"officer-{seeding.sides['kelmor'].keys['juno']}")
    _Sayings(node, seeding.mechanism, key).add(acts)
    return folder / "kelmor"


class _Sayings:
    """Appends acts in large transactions, past the node's own writer, which syncs to disk after each act."""

    def __init__(self, node: Node, mechanism: str, officer: SigningKey) -> None:
        self._node, self._mechanism, self._officer = node, mechanism, officer
        replica = node.replica(mechanism)
        self._origin = node.own_origin(mechanism)
        self._branch = replica.logs[self._origin][0].split(replica.logs[self._origin][0].size)
        self._seen = replica.ledger.seen_for(node.party)
        self._membership = replica.ledger.membership()
        pledges = [replica.act(a) for a in replica.ledger.acts() if replica.act(a).type == "commitments/undertake/1"]
        pledge = next(a for a in pledges if a.signatories == (node.party,))
        self._pledge = dict(pledge.body)
        self._known = _Known(replica.ledger, pledge)
        self._said = datetime(2026, 11, 20, tzinfo=UTC).isoformat()

    def add(self, acts: int) -> None:
        for start in range(0, acts, BATCH):
            with self._node.store.writing() as connection:
                rows = [self._one(number) for number in range(start, min(start + BATCH, acts))]
                connection.execute(t.statements.insert(), [row[0] for row in rows])
                connection.execute(t.entries.insert(), [row[1] for row in rows])
        note = sign_checkpoint(Checkpoint(self._origin, self._branch.size, self._branch.root), self._node.custody.key("log"))
        with self._node.store.writing() as connection:
            self._node.store.put_note(connection, self._mechanism, self._origin, self._branch.size, self._branch.root.hex(), note)

    def _what(self, number: int) -> tuple[str, dict[str, Any], str]:
        """Type, body and the cell that moves, of the act of this number; a pledge has no such cell."""
        turn = number % 5
        if turn == 0:
            return "commitments/undertake/1", self._pledge, ""
        commitment = self._known.made.id
        if turn < 3:
            body: dict[str, Any] = {"commitment": commitment, "progress": "under_way", "when": "2026", "evidence": [], "notes": []}
            return "commitments/report/1", body, f"{commitment}/report@{self._node.party}"
        body = {"commitment": commitment, "finding": "too_early", "reports": [], "notes": []}
        return "commitments/assess/1", body, f"{commitment}/assessment@{self._node.party}"

    def _one(self, number: int) -> tuple[dict[str, object], dict[str, object]]:
        kind, body, cell = self._what(number)
        saying = Saying(kind, self._node.party, (), body, {}, self._mechanism, self._membership)
        payload = compose(saying, self._known, audience=Audience(PARTIES), said=self._said, salt=os.urandom(32))
        act = digest(payload)
        if cell:
            self._known.move(cell, act)
        else:
            self._known.made = Act.from_statement(act, Statement.from_bytes(payload))
        entry = Entry.make(act, tuple(sign(payload, [self._officer])), self._seen).to_bytes()
        before = self._branch.root
        self._branch.append(entry)
        statement = {"id": act, "mechanism": self._mechanism, "payload": payload, "arrived": 0}
        logged = {
            "mechanism": self._mechanism,
            "origin": self._origin,
            "position": self._branch.size - 1,
            "before": before.hex(),
            "root": self._branch.root.hex(),
            "statement": act,
            "data": entry,
            "arrived": 0,
            "verdict": "",
        }
        return statement, logged


class _Known:
    """What the ledger knows, and what was said here and is not replayed yet."""

    def __init__(self, ledger: Ledger, made: Act) -> None:
        self._ledger, self.made = ledger, made
        self._moved: dict[str, frozenset[str]] = {}

    def move(self, cell: str, act: str) -> None:
        self._moved[cell] = frozenset((act,))

    def heads(self, cell: str) -> frozenset[str]:
        return self._moved.get(cell, frozenset())

    def act(self, act_id: str) -> Act:
        return self.made if act_id == self.made.id else self._ledger.act(act_id)

    def parties(self, membership: str) -> tuple[str, ...]:
        return self._ledger.parties(membership)
