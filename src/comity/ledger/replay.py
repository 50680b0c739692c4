"""The ledger of one mechanism: bytes in, in any order, any number of times; verdicts and state out.

    ledger = Ledger(founding_bytes)
    for data in roots: ledger.offer_root(data)
    for data in statements: ledger.offer_payload(data)
    for origin, index, data, before in entries: ledger.offer_entry(origin, index, data, before)
    ledger.standing(act_id).status, ledger.heads(cell), ledger.breaches(), ledger.digest()

State is a function of the set of entries judged. Nothing is ever deleted (rule 11).
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, KeysView
from dataclasses import dataclass
from hashlib import sha256

from comity.errors import Unsayable
from comity.ledger.checker import Checker, Keys
from comity.ledger.intake import Intake, Stored, Waiting
from comity.ledger.judge import Judge
from comity.ledger.questions import Questions
from comity.ledger.reasons import Reason
from comity.ledger.vocabulary import misunderstanding
from comity.record.checkpoint import parse_checkpoint
from comity.record.statement import Statement
from comity.terms.act import Act, Known
from comity.terms.ids import digest

_PARSED = 4096

type Sense = Callable[[Act, Known], Unsayable | None]
"""Why this version does not understand an act; None if it does (rule 9)."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A void entry (rule 7): by whom, where, about which act, and why."""

    party: str
    origin: str
    size: int
    root: bytes
    """The entry is the last of the first ``size`` entries of ``origin`` with that Merkle root."""
    reason: Reason


class Ledger(Questions):
    """Replays one mechanism's record."""

    def __init__(
        self,
        founding_payload: bytes,
        *,
        check_signatures: bool = True,
        checker: Checker | None = None,
        fetch: Callable[[str], bytes] | None = None,
        sense: Sense = misunderstanding,
    ) -> None:
        """Raises :class:`Malformed` if ``founding_payload`` is no founding act.

        ``check_signatures=False`` is for entries whose verdicts come from an own store: a signature that does not verify is then not
        noticed. ``fetch`` gives the bytes of a statement offered before, so that they need not be kept here. ``sense`` says what this
        version does not understand.
        """
        founding = Act.from_statement(digest(founding_payload), Statement.from_bytes(founding_payload))
        if not founding.founding:
            raise Unsayable("This act founds no mechanism.", place="mechanism")
        self.mechanism = founding.id
        self._payloads: dict[str, bytes] = {}
        self._fetch = fetch
        self._parsed: OrderedDict[str, Act] = OrderedDict()
        judge = Judge(len(founding.body["parties"]))
        intake = Intake(founding, judge, (checker or Keys()) if check_signatures else None, self.payload)
        super().__init__(judge, intake, sense)
        self.offer_payload(founding_payload)

    # Offers ---------------------------------------------------------------------

    def offer_payload(self, data: bytes) -> str:
        """Take a statement's bytes, whatever they hold; returns their SHA-256. An entry that signs an unreadable statement is void."""
        act_id = digest(data)
        if self._fetch is None:
            self._payloads.setdefault(act_id, data)
        self._intake.statement(act_id, data)
        return act_id

    def offer_root(self, data: bytes) -> str:
        """Take a party's key root; returns its SHA-256."""
        return self._intake.root(data)

    def offer_entry(self, origin: str, index: int, entry: bytes, prev_root: bytes, *, verdict: Stored | None = None) -> None:
        """Take entry ``index`` of a log, whose first ``index`` entries have the Merkle root ``prev_root`` (32 bytes; of the empty tree
        for index 0).

        The entry must have been found under a checkpoint that the log has signed. ``verdict`` restores what :meth:`verdict` said before.
        """
        self._intake.entry(origin, index, entry, prev_root, verdict)

    def offer_note(self, note: str) -> None:
        """Take a log's signed checkpoint, to be named by the own party's next entries; cosignatures on it are left out.

        Raises :class:`Malformed` if it is no checkpoint. Notes in entries are taken by themselves.
        """
        cp, parsed = parse_checkpoint(note)
        own = type(parsed)(parsed.text, tuple(line for line in parsed.signatures if line.name == cp.origin)[:1])
        self._intake.notes.offer(cp, own.to_str())

    # What is here --------------------------------------------------------------------

    def payload(self, act_id: str) -> bytes:
        """The bytes of a statement; raises :class:`Unsayable` if they are not here."""
        data = self._payloads.get(act_id)
        if data is None and self._fetch is not None:
            data = self._fetch(act_id)
        if data is None:
            raise Unsayable("There is no act of that id here.", place=act_id)
        return data

    def acts(self) -> KeysView[str]:
        """Ids of all acts that some judged entry is about, in the order of judging here."""
        return self._intake.heard.keys()

    def act(self, act_id: str) -> Act:
        """The act of that id; raises :class:`Unsayable` if it is not here or not readable."""
        act = self._parsed.get(act_id)
        if act is None:
            if act_id not in self._judge.numbers or not self._judge.act(act_id).known:
                raise Unsayable("There is no act of that id here.", place=act_id)
            act = self._parsed[act_id] = Act.from_statement(act_id, Statement.from_bytes(self.payload(act_id)))
            if len(self._parsed) > _PARSED:
                self._parsed.popitem(last=False)
        return act

    def waiting(self) -> list[Waiting]:
        """Where judging has stopped, and for what."""
        return list(self._intake.waiting())

    def sizes(self) -> dict[str, list[tuple[int, bytes]]]:
        """Per origin the judged size and Merkle root of every branch."""
        found: dict[str, list[tuple[int, bytes]]] = {}
        for origin, size, root, _ in self._tips():
            found.setdefault(origin, []).append((size, root))
        return {origin: sorted(tips) for origin, tips in sorted(found.items())}

    def forks(self) -> dict[str, list[tuple[int, bytes]]]:
        """The logs that have forked, with their heads."""
        return {origin: tips for origin, tips in self.sizes().items() if len(tips) > 1}

    def verdict(self, origin: str, size: int, root: bytes) -> Stored | None:
        """The verdict on the last of a log's first ``size`` entries with that Merkle root: its ``reason`` is None if the entry is valid.
        None: not judged yet."""
        branch = self._intake.held.find(origin, size, root)
        if branch is None or branch.judged < size:
            return None
        return Stored(self._judge.void.get((branch.segment, size - 1)))

    def breaches(self) -> list[Breach]:
        """All void entries, by origin and place."""
        found = []
        for (segment, index), reason in self._judge.void.items():
            branch = self._intake.branch_of[segment]
            party = self._intake.roster.parties_of_seat.get(self._judge.segments.all[segment].seat, "")
            found.append(Breach(party, branch.origin, index + 1, branch.root(index + 1), reason))
        return sorted(found, key=lambda b: (b.origin, b.size, b.root))

    def _tips(self) -> Iterator[tuple[str, int, bytes, int]]:
        """The last judged entries of all branches: origin, size, root, segment."""
        left = {s.number: set[int]() for s in self._judge.segments.all}
        for branch in self._intake.held.all:
            if branch.parent is not None and branch.segment >= 0 and branch.judged > branch.start:
                left[branch.parent[0].segment].add(branch.parent[1])
        for segment, branch in self._intake.branch_of.items():
            size = branch.judged
            if size > branch.start and size not in left[segment]:
                yield branch.origin, size, branch.root(size), segment

    def digest(self) -> str:
        """SHA-256 of the state: judged sizes, verdicts, standing of acts, heads of cells. Equal for any delivery order, loss and
        repetition."""
        whole = sha256()
        for origin, size, root, number in sorted(self._tips()):
            whole.update(_line("log", origin, size, root.hex(), self._verdicts(number, size)))
        for act_id in sorted(self.acts()):
            s = self.standing(act_id)
            whole.update(_line("act", act_id, s.status, s.signed_by, s.disputed, s.superseded_by, s.pending_withdrawals))
        for cell in self.cells():
            whole.update(_line("cell", cell, sorted(self.heads(cell))))
        return whole.hexdigest()

    def _verdicts(self, number: int, size: int) -> str:
        """SHA-256 over one byte per entry of a log's chain: 1 for a valid entry."""
        segments, void = self._judge.segments.all, self._judge.void
        pieces: list[bytes] = []
        while True:
            segment = segments[number]
            pieces.append(bytes((number, index) not in void for index in range(segment.start, size)))
            branch = self._intake.branch_of[number]
            if branch.parent is None:
                return sha256(b"".join(reversed(pieces))).hexdigest()
            number, size = branch.parent[0].segment, branch.parent[1]


def _line(*facts: object) -> bytes:
    return json.dumps(facts, separators=(",", ":")).encode() + b"\n"
