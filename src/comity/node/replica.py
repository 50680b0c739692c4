"""One mechanism as this node holds it: the stored bytes, replayed.

The replica follows the store: whatever entry was stored, by this process or another, is fed to the ledger exactly once. All access is
under one lock; the desk reads its own tables and comes here only for single acts.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from comity.errors import Unsayable
from comity.ledger.intake import Stored
from comity.ledger.questions import IN_FORCE, Status
from comity.ledger.reasons import Code, Reason
from comity.ledger.replay import Ledger
from comity.mechanisms.acts import ACCEDE, ROTATE_KEYS, SUCCEED_LOG
from comity.node.files import FileStore
from comity.node.store import Store, StoredEntry
from comity.record.merkle import EMPTY_ROOT, CompactRange, leaf_hash
from comity.record.tiles import levels_of
from comity.terms.act import Act
from comity.terms.builtin import REDACT


@dataclass(slots=True)
class Branch:
    """A log as far as it is stored, along one branch: leaf hashes and the running root. The entries themselves stay in the store."""

    leaves: list[bytes] = field(default_factory=list)
    range: CompactRange = field(default_factory=CompactRange)
    _levels: tuple[int, list[list[bytes]]] = (-1, [])

    @property
    def size(self) -> int:
        return len(self.leaves)

    @property
    def root(self) -> bytes:
        return self.range.root() if self.leaves else EMPTY_ROOT

    def append(self, entry: bytes) -> None:
        self._append_leaf(leaf_hash(entry))

    def _append_leaf(self, leaf: bytes) -> None:
        self.leaves.append(leaf)
        self.range.append(leaf)

    def split(self, size: int) -> Branch:
        """A new branch that shares the first ``size`` entries."""
        if size == self.size:
            return Branch(self.leaves.copy(), self.range.copy())
        branch = Branch()
        for leaf in self.leaves[:size]:
            branch._append_leaf(leaf)
        return branch

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


class Replica:
    """The ledger of one mechanism, and its logs by origin and branch."""

    def __init__(self, mechanism: str, store: Store, files: FileStore, *, recheck: bool = False) -> None:
        """``recheck`` judges everything anew, signatures included, instead of trusting the verdicts that this store has kept."""
        founding = store.statement(mechanism)
        if founding is None:
            raise Unsayable("There is no such mechanism here.", place=mechanism, remedy="Exchange records with the other side first.")
        self.mechanism = mechanism
        self.lock = threading.RLock()
        self._store, self._files, self._recheck = store, files, recheck
        self.ledger = Ledger(founding, fetch=self._fetch)
        self.logs: dict[str, list[Branch]] = {}
        self._cursor = 0
        self._unfetched: set[str] = set()
        self._opening_acts: dict[str, Act] = {}
        self._redacted: set[str] = set()
        self._tentative: dict[str, bytes] = {}
        self._ahead: dict[str, bytes] = {}
        self.seq = 0  # how far the store was followed
        self._followed: str | None = None  # the store's mark of this mechanism then
        self.mirrored: int | None = None  # how far the desk's tables follow the ledger, by its cursor; None: not known yet
        self._arrived: dict[str, int] = {}
        self._digest: tuple[object, str] = (None, "")
        self._roots: set[str] = set()
        self._statements: set[str] = {mechanism}
        self._notes: set[tuple[str, int, str]] = set()
        self._unjudged: dict[int, tuple[str, int, bytes]] = {}
        for payload in store.statements_of(mechanism):
            self._statements.add(self.ledger.offer_payload(payload))
        self.follow()

    def _fetch(self, act_id: str) -> bytes:
        payload = self._tentative.get(act_id) or self._ahead.get(act_id) or self._store.statement(act_id)
        if payload is None:
            raise Unsayable("There is no act of that id here.", place=act_id)
        return payload

    def read_ahead(self, act_ids: Collection[str]) -> None:
        """Have the bytes of these acts at hand, read from the store at once; those of the last call go."""
        self._ahead = self._store.some_statements(act_ids)

    @contextmanager
    def considering(self, act_id: str, payload: bytes) -> Iterator[None]:
        """While an act that is not stored yet is looked at: may it be signed?"""
        self._tentative[act_id] = payload
        try:
            self.ledger.offer_payload(payload)
            yield
        finally:
            del self._tentative[act_id]

    def follow(self) -> None:
        """Feed what was stored since the last time."""
        with self.lock:
            state = self._store.state(self.mechanism)  # read first: what comes meanwhile is looked for next time
            if state == self._followed:
                return
            for root_id, data in self._store.roots_of(self.mechanism, without=self._roots).items():
                self._roots.add(root_id)
                self.ledger.offer_root(data)
            for entry in self._store.entries_after(self.seq):
                self.seq = entry.seq
                if entry.mechanism == self.mechanism:
                    self._take(entry)
            self._offer_notes()
            self._followed = state

    def _offer_notes(self) -> None:
        for origin, branches in self.logs.items():
            for branch in branches:
                key = (origin, branch.size, branch.root.hex())
                if key not in self._notes and (note := self._store.note(*key)) is not None:
                    self._notes.add(key)
                    self.ledger.offer_note(note)

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
        verdict = None if self._recheck else _stored(entry.verdict)
        if verdict is None:
            self._unjudged[entry.seq] = (entry.origin, entry.position + 1, bytes.fromhex(entry.root))
        self.ledger.offer_entry(entry.origin, entry.position, entry.data, before, verdict=verdict)

    def offer(self, statements: Mapping[str, bytes]) -> None:
        """Feed statements that came after their entries."""
        with self.lock:
            for act_id, payload in statements.items():
                self._statements.add(act_id)
                self.ledger.offer_payload(payload)

    def new_verdicts(self) -> dict[int, str]:
        """Verdicts reached since the last time, by the entry's place in the store, in the form in which the store keeps them."""
        with self.lock:
            found = {}
            for seq, place in list(self._unjudged.items()):
                verdict = self.ledger.verdict(*place)
                if verdict is not None:
                    found[seq] = _written(verdict)
                    del self._unjudged[seq]
            return found

    def entries(self, origin: str, branch: Branch, start: int, end: int) -> list[bytes]:
        """The bytes of entries ``start`` up to ``end`` along a branch."""
        found: dict[int, bytes] = {}
        for entry in self._store.log_entries(origin, start, end):
            if entry.position < branch.size and leaf_hash(entry.data) == branch.leaves[entry.position]:
                found[entry.position] = entry.data
        return [found[position] for position in range(start, min(end, branch.size))]

    # What projecting and the desk ask -----------------------------------------

    def act(self, act_id: str) -> Act:
        return self.ledger.act(act_id)

    def parties(self, membership: str) -> tuple[str, ...]:
        return self.ledger.parties(membership)

    def standing(self, act_id: str) -> Status:
        return self.ledger.standing(act_id)

    def heads(self, cell: str) -> frozenset[str]:
        return self.ledger.heads(cell)

    def writers(self, cell: str) -> tuple[str, ...]:
        """All acts in force that wrote the cell, predecessors first."""
        return self.ledger.writers(cell)

    def digest(self) -> str:
        """The hash of the state, made once for all that is judged: entries with these roots have these verdicts for ever."""
        with self.lock:
            judged = self.ledger.sizes()
            if self._digest[0] != judged:
                self._digest = (judged, self.ledger.digest())
            return self._digest[1]

    def misunderstanding(self, act_id: str) -> Unsayable | None:
        return self.ledger.misunderstanding(act_id)

    def _look(self) -> None:
        """Which files acts name, which were redacted, which acts open logs: only what changed since the last look."""
        self._cursor, changed = self.ledger.changed_since(self._cursor)
        for act_id in changed:
            act = self.ledger.act(act_id)
            if act.type != ROTATE_KEYS:  # whose file is a key root, kept with the roots
                self._unfetched |= {sha for sha in act.files.values() if not self._files.has(sha)}
            if act.type in (ACCEDE, SUCCEED_LOG):
                self._opening_acts[act_id] = act
            if act.type == REDACT and self.standing(act_id).status == IN_FORCE and not self.misunderstanding(act_id):
                self._redacted |= set(act.body["files"])

    def opening_acts(self) -> list[Act]:
        """Accessions and successions of logs that are here, signed by whomever."""
        with self.lock:
            self._look()
            return list(self._opening_acts.values())

    def redacted(self) -> frozenset[str]:
        """Files whose content the parties have agreed to destroy (rule 12)."""
        with self.lock:
            self._look()
            return frozenset(self._redacted)

    def wanted_files(self) -> list[str]:
        """Files that acts name, that are not here and were not redacted."""
        with self.lock:
            self._look()
            self._unfetched = {sha for sha in self._unfetched - self._redacted if not self._files.has(sha)}
            return sorted(self._unfetched)

    def file(self, sha256: str) -> bytes | None:
        return self._files.read(sha256) if self._files.has(sha256) else None

    def arrived(self, act_id: str) -> int:
        """Unix seconds at which the first entry about the act arrived here; for display only."""
        return self._arrived.get(act_id, 0)


def _stored(text: str | None) -> Stored | None:
    if text is None:
        return None
    if not text:
        return Stored(None)
    code, about = json.loads(text)
    return Stored(Reason.of(Code(code), **about))


def _written(verdict: Stored) -> str:
    if verdict.reason is None:
        return ""
    return json.dumps([verdict.reason.code, verdict.reason.data])
