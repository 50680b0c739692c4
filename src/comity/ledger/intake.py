"""From bytes in any order to judged entries: what has to be here before an entry can be judged, and judging it then, once.

An entry waits for the entries before it, for those that its notes name, for the statement that it signs and for the key roots that its
signatures are checked against. Whatever it waits for wakes it up. Entries must come from under a checkpoint that their log has signed
(``record`` checks that); here they are only placed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from comity.errors import ComityError
from comity.ledger.checker import Checker
from comity.ledger.facts import Facts
from comity.ledger.held import Branch, Held
from comity.ledger.judge import Judge
from comity.ledger.past import Position
from comity.ledger.reasons import Code, Reason
from comity.ledger.roster import Roster
from comity.ledger.seen import Notes
from comity.mechanisms.acts import ACCEDE, LEAVE, ROTATE_KEYS, SUCCEED_LOG
from comity.record.entry import Entry
from comity.record.merkle import leaf_hash
from comity.record.root import KeyRoot
from comity.record.statement import Statement
from comity.terms.act import Act

type Key = tuple[str, object, object]

_LATELY = 64


@dataclass(frozen=True, slots=True)
class Stored:
    """A verdict that a store has kept: ``reason`` is None for a valid entry."""

    reason: Reason | None


SENTENCES = {
    "statement": "Not judged from here on: the act {name} is not here.",
    "root": "Not judged from here on: the key root {name} is not here.",
    "entry": "Not judged from here on: entry {entry} of {name} is not here.",
    "contradiction": "Not judged from here on: entry {entry} of {name} is not here; it lies in a branch that contradicts the one held.",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why an entry cannot be judged yet. ``what`` is "statement", "entry", "root" or "contradiction" (an entry of another branch: a fork,
    if the note is signed)."""

    origin: str
    index: int
    what: str
    name: str
    """The statement's or root's SHA-256, or the other log's origin."""
    size: int = 0
    root: bytes = b""

    @property
    def template(self) -> str:
        """A sentence with gaps that ``details`` fill."""
        return SENTENCES[self.what]

    @property
    def details(self) -> dict[str, Any]:
        return {"name": self.name, "entry": self.size - 1}

    def __str__(self) -> str:
        return self.template.format(**self.details)


@dataclass(slots=True)
class _Pending:
    entry: Entry | None
    stored: Stored | None


class Intake:
    """Places, waits, judges. :class:`comity.ledger.replay.Ledger` adds what is asked of the outcome."""

    def __init__(self, founding: Act, judge: Judge, checker: Checker | None, payload: Callable[[str], bytes]) -> None:
        """``checker`` None checks no signature: only for entries whose verdicts were stored."""
        self.judge = judge
        self.roster = Roster(judge, founding)
        self.held: Held[_Pending] = Held()
        self.notes = Notes(self.held, self._proven)
        self.roots: dict[str, KeyRoot | None] = {}
        self.root_bytes: dict[str, bytes] = {}
        self.unreadable: dict[str, str] = {}
        self.branch_of: dict[int, Branch[_Pending]] = {}
        self.heard: dict[str, None] = {}
        """Acts that some judged entry is about, in the order of judging."""
        self.constitutional: dict[str, None] = {}
        """Those of them that change who the parties are or which logs they keep."""
        self._checker = checker
        self._payload = payload
        self._files: dict[int, str] = {}
        self._foreign: set[int] = set()
        self._orphans: dict[tuple[str, int, bytes], dict[bytes, Stored | None]] = {}
        self._waiters: dict[Key, dict[int, None]] = {}
        self._waits: dict[int, Waiting] = {}
        facts = self.roster.take(founding)
        self.judge.founding = facts.number
        self.roster.resolve(facts)

    # Offers ---------------------------------------------------------------------

    def statement(self, act_id: str, data: bytes) -> None:
        facts = self.judge.act(act_id)
        if facts.known or act_id in self.unreadable:
            return
        try:
            act = Act.from_statement(act_id, Statement.from_bytes(data))
        except ComityError as error:
            self.unreadable[act_id] = str(error)
        else:
            self.roster.take(act)
            if act.mechanism != self.roster.mechanism:
                self._foreign.add(facts.number)
            if act.type == ROTATE_KEYS and len(act.files) == 1:
                self._files[facts.number] = next(iter(act.files.values()))
        self._wake(("statement", act_id, 0))

    def root(self, data: bytes) -> str:
        fingerprint = sha256(data).hexdigest()
        if fingerprint not in self.roots:
            try:
                self.roots[fingerprint] = KeyRoot.from_bytes(data)
            except ComityError:
                self.roots[fingerprint] = None
            self.root_bytes[fingerprint] = data
            self._wake(("root", fingerprint, 0))
        return fingerprint

    def entry(self, origin: str, index: int, data: bytes, before: bytes, stored: Stored | None) -> None:
        ready: dict[int, None] = {}
        todo = [(index, data, before, stored)]
        while todo:
            index, data, before, stored = todo.pop()
            leaf = leaf_hash(data)
            branch = self.held.place(origin, index, leaf, before)
            if branch is None:
                self._orphans.setdefault((origin, index, before), {})[data] = stored
            elif not isinstance(branch, bool):
                root = branch.append(leaf, _Pending(_parsed(data, f"{origin}, entry {index}"), stored))
                self.notes.placed(branch, index + 1, root)
                ready[branch.number] = None
                ready.update(self._waiters.pop(("held", origin, (index + 1, root)), {}))
                todo += [(index + 1, next_, root, s) for next_, s in self._orphans.pop((origin, index + 1, root), {}).items()]
        self._run(ready)

    # Judging ----------------------------------------------------------------------

    def _wake(self, key: Key) -> None:
        ready = self._waiters.pop(key, None)
        if ready:
            self._run(ready)

    def _run(self, ready: dict[int, None]) -> None:
        while ready:
            branch = self.held.all[next(iter(ready))]
            del ready[branch.number]
            self._waits.pop(branch.number, None)
            while branch.pending:
                positions: list[Position] = []
                key = self._blocked(branch, branch.pending[0], positions)
                if key is not None:
                    self._waiters.setdefault(key, {})[branch.number] = None
                    break
                self._judge(branch, positions)
                ready.update(self._waiters.pop(("judged", branch.number, branch.judged), {}))

    def _blocked(self, branch: Branch[_Pending], pending: _Pending, positions: list[Position]) -> Key | None:
        """What has to happen before the next entry can be judged; fills in the places of what it has seen."""
        index, entry = branch.judged, pending.entry
        if branch.parent is not None and branch.segment < 0 and branch.parent[0].judged < branch.start:
            return ("judged", branch.parent[0].number, branch.start)
        if entry is None:
            return None
        if entry.payload_sha256 is not None and entry.payload_sha256 not in self.unreadable:
            act = self.judge.act(entry.payload_sha256)
            if not act.known:
                return self._wait(branch, Waiting(branch.origin, index, "statement", act.id), ("statement", act.id, 0))
        for cp in entry.seen_checkpoints:
            if cp.size == 0:
                continue
            other = self.held.find(cp.origin, cp.size, cp.root)
            if other is None:
                key: Key = ("held", cp.origin, (cp.size, cp.root))
                return self._wait(branch, Waiting(branch.origin, index, "entry", cp.origin, cp.size, cp.root), key)
            if other.judged < cp.size:
                return ("judged", other.number, cp.size)
            positions.append((other.segment, cp.size))
        for fingerprint in self._needed(branch, index, entry, positions) if self._checker and pending.stored is None else ():
            if fingerprint not in self.roots:
                return self._wait(branch, Waiting(branch.origin, index, "root", fingerprint), ("root", fingerprint, 0))
        return None

    def _wait(self, branch: Branch[_Pending], why: Waiting, key: Key) -> Key:
        self._waits[branch.number] = why
        return key

    def waiting(self) -> Iterator[Waiting]:
        """The first cause in each place where judging has stopped."""
        for why in self._waits.values():
            contradicted = why.what == "entry" and any(b.start < why.size <= b.size for b in self.held.of.get(why.name, ()))
            yield replace(why, what="contradiction") if contradicted else why
        for origin, index, before in self._orphans:
            yield Waiting(origin, index, "entry", origin, index, before)

    def _judge(self, branch: Branch[_Pending], positions: list[Position]) -> None:
        pending = branch.pending[0]
        entry, index, judge = pending.entry, branch.judged, self.judge
        if branch.segment < 0:
            parent = None if branch.parent is None else (branch.parent[0].segment, branch.parent[1])
            branch.segment = judge.segments.add(self.roster.log(branch.origin), parent).number
            self.branch_of[branch.segment] = branch
            if branch.parent is not None:
                branch.keys = [(0, held)] if (held := self.root_at(branch.parent[0], branch.start)) else []
        segment = judge.segments.all[branch.segment]
        act = self._facts(entry)
        fault = self._unreadable(entry)
        if index == 0:
            opened = self._open(branch, entry, act, positions)
            fault = fault or opened
        if fault is None and entry is not None and self._checker and pending.stored is None:
            fault = self._unproven(branch, index, entry, act, positions)
        reason = judge.append(segment, positions, act, fault, None if pending.stored is None else (pending.stored.reason,))
        branch.pending.popleft()
        if act is not None:
            self.heard[act.id] = None
            if act.kind in (ACCEDE, LEAVE, SUCCEED_LOG):
                self.constitutional[act.id] = None
            if reason is None and act.number in self._files:
                branch.keys.append((index + 1, self._files[act.number]))
        if entry is not None:
            self.notes.named(branch, zip(entry.seen_checkpoints, entry.seen, strict=True))

    def _facts(self, entry: Entry | None) -> Facts | None:
        if entry is None or entry.payload_sha256 is None or entry.payload_sha256 in self.unreadable:
            return None
        act = self.judge.act(entry.payload_sha256)
        self.roster.resolve(act)
        return act

    def _unreadable(self, entry: Entry | None) -> Reason | None:
        if entry is None or any(cp.size == 0 for cp in entry.seen_checkpoints):
            return Reason.of(Code.UNREADABLE_ENTRY)
        if entry.payload_sha256 in self.unreadable:
            return Reason.of(Code.UNREADABLE_STATEMENT)
        act = self.judge.act(entry.payload_sha256) if entry.payload_sha256 else None
        if act is not None and act.number in self._foreign:
            return Reason.of(Code.ANOTHER_MECHANISM)
        return None

    # Opening a log (rule 8) -----------------------------------------------------

    def _open(self, branch: Branch[_Pending], entry: Entry | None, act: Facts | None, positions: list[Position]) -> Reason | None:
        segments = self.judge.segments
        if act is not None and not act.founding and not self.judge.in_force(act.membership, segments.join((), positions)):
            return Reason.of(Code.MEMBERSHIP_NOT_IN_FORCE)
        opening = self.roster.opening(act, branch.origin) if act is not None else None
        if entry is None or act is None or opening is None:
            return Reason.of(Code.NOT_AN_OPENING)
        party, seat = opening
        continues: list[Position] = []
        if act.kind == SUCCEED_LOG:
            family = {s.log for s in segments.of_seat.get(seat, ())}
            continues = [p for p in positions if segments.all[p[0]].log in family]
            named = {(cp.size, cp.root.hex()) for cp in entry.seen_checkpoints if self.roster.log(cp.origin) in family}
            try:
                heads = {(h["size"], h["root"]) for h in self.roster.body(act)["heads"]}
            except (KeyError, TypeError):
                heads = set()
            if named != heads or not named:
                return Reason.of(Code.NOT_AN_OPENING)
        segments.open(segments.all[branch.segment], seat, act.number, continues)
        first = self.roster.first_root(act, party)
        if first is not None:
            branch.keys = [(0, first)]
        else:
            branch.keys = self._inherited(continues)
        return None

    def _inherited(self, continues: list[Position]) -> list[tuple[int, str]]:
        """A successor log goes on with the newest root of the heads it names."""
        found = [root for s, count in continues if (root := self.root_at(self.branch_of[s], count))]

        def age(fingerprint: str) -> tuple[int, str]:
            known = self.roots.get(fingerprint)
            return (known.version if known else 0, fingerprint)

        return [(0, max(found, key=age))] if found else []

    # Keys ---------------------------------------------------------------------------

    def root_at(self, branch: Branch[_Pending], index: int) -> str:
        """The SHA-256 of the key root that holds at a place of a log; empty if there is none."""
        held = ""
        for start, fingerprint in branch.keys:
            if start <= index:
                held = fingerprint
        return held

    def _needed(self, branch: Branch[_Pending], index: int, entry: Entry, positions: list[Position]) -> list[str]:
        needed = []
        if entry.payload_sha256 is not None and entry.payload_sha256 not in self.unreadable:
            act = self.judge.act(entry.payload_sha256)
            needed.append(self._own_root(branch, index, act, positions))
            needed.append(self._files.get(act.number, ""))
        for note, (segment, count) in zip(entry.seen, positions, strict=False):
            other = self.branch_of[segment]
            if note not in other.verified:
                needed += [self.root_at(other, count - 1), self.root_at(other, count)]
        return [fingerprint for fingerprint in needed if fingerprint]

    def _own_root(self, branch: Branch[_Pending], index: int, act: Facts, positions: list[Position]) -> str:
        if branch.segment < 0 and branch.parent is not None:
            return self.root_at(branch.parent[0], index)
        if index > 0:
            return self.root_at(branch, index)
        self.roster.resolve(act)
        opening = self.roster.opening(act, branch.origin)
        if opening is None:
            return ""
        first = self.roster.first_root(act, opening[0])
        if first is not None:
            return first
        seat = opening[1]
        family = [p for p in positions if self.judge.segments.all[p[0]].seat == seat]
        return next((root for _, root in self._inherited(family)), "")

    def _unproven(self, branch: Branch[_Pending], index: int, entry: Entry, act: Facts | None, positions: list[Position]) -> Reason | None:
        """What the keys do not prove: an officer's signature, a note, the next root."""
        assert self._checker is not None
        for note, (segment, count) in zip(entry.seen, positions, strict=True):
            if not self._proven(self.branch_of[segment], count, note):
                return Reason.of(Code.BAD_NOTE)
        if act is None:
            return None
        root = self.roots.get(self.root_at(branch, index))
        if root is None or not self._checker.act(root, self._payload(act.id), entry.signatures):
            return Reason.of(Code.BAD_SIGNATURE)
        if act.number in self._files and not self._checker.successor(root, self.root_bytes[self._files[act.number]]):
            return Reason.of(Code.ROOT_NOT_NEXT)
        return None

    def _proven(self, branch: Branch[_Pending], count: int, note: str) -> bool:
        """Whether a note is signed by the log key of the root before or after the last entry it covers."""
        if self._checker is None or note in branch.verified:
            return True
        roots = [root for place in (count - 1, count) if (root := self.roots.get(self.root_at(branch, place)))]
        if not self._checker.note(roots, branch.origin, note):
            return False
        branch.verified[note] = None
        if len(branch.verified) > _LATELY:
            del branch.verified[next(iter(branch.verified))]
        return True


def _parsed(data: bytes, place: str) -> Entry | None:
    try:
        return Entry.from_bytes(data, place=place)
    except ComityError:
        return None
