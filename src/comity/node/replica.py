"""One mechanism as this node holds it: the stored bytes, replayed.

The replica follows the store: whatever entry was stored, by this process or another, is fed to the ledger exactly once. All access is under one lock; the desk
reads its own tables and comes here only for single acts.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from comity.errors import Unsayable
from comity.ledger.replay import Ledger
from comity.ledger.standing import Standing
from comity.ledger.vocabulary import misunderstanding
from comity.node.files import FileStore
from comity.node.store import Store, StoredEntry
from comity.record.merkle import EMPTY_ROOT, CompactRange, leaf_hash
from comity.record.tiles import levels_of
from comity.terms.act import Act


@dataclass(slots=True)
class Branch:
    """A log as far as it is stored, along one branch: leaf hashes, and the running root."""

    leaves: list[bytes] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)
    range: CompactRange = field(default_factory=CompactRange)
    _levels: tuple[int, list[list[bytes]]] = (-1, [])

    @property
    def size(self) -> int:
        return len(self.leaves)

    @property
    def root(self) -> bytes:
        return self.range.root() if self.leaves else EMPTY_ROOT

    def append(self, entry: bytes) -> None:
        leaf = leaf_hash(entry)
        self.leaves.append(leaf)
        self.entries.append(entry)
        self.range.append(leaf)

    def levels(self) -> list[list[bytes]]:
        """All tile hashes by level, computed once per size."""
        if self._levels[0] != self.size:
            self._levels = (self.size, levels_of(self.leaves))
        return self._levels[1]

    def root_at(self, size: int) -> bytes:
        """The Merkle root of the first ``size`` entries."""
        if size == self.size:
            return self.root
        part = CompactRange()
        for leaf in self.leaves[:size]:
            part.append(leaf)
        return part.root() if size else EMPTY_ROOT

    def split(self, size: int) -> Branch:
        """A new branch that shares the first ``size`` entries."""
        if size == self.size:
            return Branch(self.leaves.copy(), self.entries.copy(), self.range.copy())
        branch = Branch()
        for entry in self.entries[:size]:
            branch.append(entry)
        return branch


class Replica:
    """The ledger of one mechanism, and its logs by origin and branch."""

    def __init__(self, mechanism: str, store: Store, files: FileStore, *, check_signatures: bool = False) -> None:
        founding = store.statement(mechanism)
        if founding is None:
            raise Unsayable("There is no such mechanism here.", place=mechanism, remedy="Exchange records with the other side first.")
        self.mechanism = mechanism
        self.lock = threading.RLock()
        self.ledger = Ledger(founding, check_signatures=check_signatures)
        self.logs: dict[str, list[Branch]] = {}
        self._store, self._files = store, files
        self._seq = 0
        self._arrived: dict[str, int] = {}
        self._roots: set[str] = set()
        self._statements: set[str] = {mechanism}
        self.follow(every_statement=True)

    def follow(self, *, every_statement: bool = False) -> None:
        """Feed what was stored since the last time."""
        with self.lock:
            for root_id, data in self._store.roots_of(self.mechanism).items():
                if root_id not in self._roots:
                    self._roots.add(root_id)
                    self.ledger.offer_root(data)
            if every_statement:
                for payload in self._store.statements_of(self.mechanism):
                    self._statements.add(self.ledger.offer_payload(payload))
            for entry in self._store.entries_after(self._seq):
                self._seq = entry.seq
                if entry.mechanism == self.mechanism:
                    self._take(entry)

    def _take(self, entry: StoredEntry) -> None:
        if entry.statement is not None and entry.statement not in self._statements:
            payload = self._store.statement(entry.statement)
            if payload is not None:
                self._statements.add(self.ledger.offer_payload(payload))
        if entry.statement is not None:
            self._arrived.setdefault(entry.statement, entry.arrived)
        before = bytes.fromhex(entry.before)
        branches = self.logs.setdefault(entry.origin, [])
        branch = next((b for b in branches if b.size == entry.position and b.root == before), None)
        if branch is None:
            whole = next((b for b in branches if b.size > entry.position and b.root_at(entry.position) == before), None)
            branch = whole.split(entry.position) if whole else Branch()
            branches.append(branch)
        branch.append(entry.data)
        self.ledger.offer_entry(entry.origin, entry.position, entry.data, before)

    # What projecting and the desk ask -----------------------------------------

    def act(self, act_id: str) -> Act:
        return self.ledger.act(act_id)

    def parties(self, membership: str) -> tuple[str, ...]:
        return self.ledger.parties(membership)

    def standing(self, act_id: str) -> Standing:
        return self.ledger.standing(act_id)

    def heads(self, cell: str) -> frozenset[str]:
        return self.ledger.heads(cell)

    def writers(self, cell: str) -> tuple[str, ...]:
        """All acts here that name the cell as one they write, whether in force or not, oldest first by arrival of their cell's versions."""
        return self.ledger.writers(cell)

    def misunderstanding(self, act_id: str) -> str:
        return misunderstanding(self.ledger.act(act_id), self.ledger)

    def file(self, sha256: str) -> bytes | None:
        return self._files.read(sha256) if self._files.has(sha256) else None

    def arrived(self, act_id: str) -> int:
        """Unix seconds at which the first entry about the act arrived here; for display only."""
        return self._arrived.get(act_id, 0)
