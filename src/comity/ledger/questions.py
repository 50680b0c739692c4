"""What the desk and the node ask of the record: where an act stands, what a cell holds, whether a party may sign, and what it has to see
next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from comity.errors import ComityError, Refused, Unsayable
from comity.ledger.facts import GENESIS, Cell, Facts, Mark
from comity.ledger.intake import Intake
from comity.ledger.judge import Judge
from comity.ledger.past import Position, Segment
from comity.ledger.reasons import Code, Reason
from comity.ledger.seen import Signed, choose
from comity.mechanisms.acts import ACCEDE, LEAVE, SUCCEED_LOG
from comity.record.envelope import Signature, verify
from comity.record.root import KeyRoot
from comity.terms.act import Act, Known

OPEN, IN_FORCE, DECLINED, WITHDRAWN, OVERTAKEN = "open", "in_force", "declined", "withdrawn", "overtaken"


@dataclass(frozen=True, slots=True)
class Status:
    """Where an act stands, as of everything judged. Parties in the order of the signatories."""

    status: str
    """"open", "in_force", "declined", "withdrawn" or "overtaken"."""
    signed_by: tuple[str, ...]
    missing: tuple[str, ...]
    disputed: bool
    """In force, and head of a cell beside another act: a fork has happened, and no resolution yet."""
    superseded_by: str | None
    """In force, but no cell has it as its head any more: the act that was written on it."""
    pending_withdrawals: tuple[str, ...]
    """Open, and withdrawn by these parties, which not all have seen yet: it can still come into force."""
    lost_withdrawals: tuple[str, ...]
    """In force, although these parties had withdrawn: their withdrawal lost to a concurrent signature."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An own live signature that stands in the way, with whether this party should be the one to step back."""

    act: str
    step_back: bool
    """Whether the act in the way is the later by (proposer's place, id), so that it is to be withdrawn; else the new act is to wait."""


class Questions:
    """Read-only; :class:`comity.ledger.replay.Ledger` is one."""

    mechanism: str

    def __init__(self, judge: Judge, intake: Intake, sense: Callable[[Act, Known], Unsayable | None]) -> None:
        self._judge, self._intake, self._sense = judge, intake, sense
        self._misunderstood: dict[str, Unsayable | None] = {}

    def act(self, act_id: str) -> Act:
        """The act of that id; raises :class:`Unsayable` if it is not here."""
        raise NotImplementedError

    def payload(self, act_id: str) -> bytes:
        """The bytes of its statement; raises :class:`Unsayable` if they are not here."""
        raise NotImplementedError

    # Parties --------------------------------------------------------------------

    def parties(self, membership: str) -> tuple[str, ...]:
        """Who the parties were by the founding act, accession or leaving of that id, in order; raises :class:`Unsayable` if it is no such
        act."""
        number = self._judge.numbers.get(membership, -1)
        members = self._intake.roster.members(number) if number >= 0 else None
        if not members:
            raise Unsayable("This is no act of membership.", place=membership)
        return tuple(party for party, _ in members)

    def membership(self) -> str:
        """The latest act of membership in force: the end of the longest chain of accessions and leavings, by id if there are two."""
        acts, best = self._judge.acts, (0, self.mechanism)
        for act_id in self._intake.constitutional:
            act = self._judge.act(act_id)
            if act.kind in (ACCEDE, LEAVE) and act.forced:
                length, one = 0, act
                while one.number != self._judge.founding and one.membership >= 0:
                    length, one = length + 1, acts[one.membership]
                best = max(best, (length, act_id))
        return best[1]

    def opened(self) -> frozenset[str]:
        """The parties whose log has begun with a valid opening entry."""
        judge = self._judge
        there = (s for s in judge.segments.all if s.opened_by >= 0 and s.start == 0 and s.covers and (s.number, 0) not in judge.void)
        return frozenset(self._party(s.seat) for s in there)

    def origins(self) -> dict[str, str]:
        """Logs by origin with their party: founders', newcomers', then successors that all others have agreed to. A party's last one is
        its present one."""
        found = {str(p["origin"]): str(p["id"]) for p in self._intake.roster.body(self._judge.acts[self._judge.founding])["parties"]}
        successors: dict[str, str] = {}
        for act_id in self._intake.constitutional:
            act = self._judge.act(act_id)
            body = self._intake.roster.body(act)
            if not act.signers:
                continue
            if act.kind == ACCEDE and isinstance(body.get("party"), dict):
                found.setdefault(str(body["party"].get("origin")), str(body["party"].get("id")))
            elif act.kind == SUCCEED_LOG and set(self.standing(act_id).missing) <= {body.get("party")}:
                successors.setdefault(str(body.get("origin")), str(body.get("party")))
        return found | {origin: party for origin, party in successors.items() if origin not in found}

    def first_roots(self) -> dict[str, str]:
        """SHA-256 of the first key root of every party, founders and newcomers."""
        roster, found = self._intake.roster, {}
        for act_id in (self.mechanism, *self._intake.constitutional):
            act = self._judge.act(act_id)
            for party in act.signatories if act.founding or (act.kind == ACCEDE and act.signers) else ():
                body = roster.body(act)
                if act.founding or body["party"].get("id") == party:
                    found[str(roster.first_root(act, party))] = party
        return found

    def roots_of(self, party: str) -> list[KeyRoot]:
        """The readable key roots of a party, oldest first, as far as they are here."""
        found = dict.fromkeys(root for root, one in self.first_roots().items() if one == party)
        for segment in self._judge.segments.all:
            if self._party(segment.seat) == party:
                found.update(dict.fromkeys(root for _, root in self._intake.branch_of[segment.number].keys))
        return sorted((root for one in found if (root := self._intake.roots.get(one))), key=lambda root: root.version)

    def _party(self, seat: int) -> str:
        return self._intake.roster.parties_of_seat.get(seat, "")

    def _seat(self, party: str) -> int:
        return next((seat for seat, one in self._intake.roster.parties_of_seat.items() if one == party), -1)

    # Acts ---------------------------------------------------------------------------

    def standing(self, act_id: str) -> Status:
        """Where an act stands; raises :class:`Unsayable` if it is not here."""
        judge = self._judge
        act = judge.act(act_id) if act_id in judge.numbers else None
        if act is None or not act.known:
            raise Unsayable("There is no act of that id here.", place=act_id)
        now = judge.segments.now()
        signed = self._said(act, act.signed)
        status = IN_FORCE if act.forced else judge.dead(act, now) or OPEN
        withdrawn = self._said(act, act.withdrawn)
        heads = list(self._holding(act)) if act.forced else []
        disputed = any(act.number in held and len(held) > 1 for _, held in heads)
        superseded = act.forced and bool(heads) and not any(act.number in held for _, held in heads)
        return Status(
            status=status,
            signed_by=signed,
            missing=tuple(p for p in act.signatories if p not in signed),
            disputed=disputed,
            superseded_by=self._successor(act) if superseded else None,
            pending_withdrawals=withdrawn if status == OPEN else (),
            lost_withdrawals=withdrawn if status == IN_FORCE else (),
        )

    def _said(self, act: Facts, marks: tuple[Mark, ...]) -> tuple[str, ...]:
        seats = {seat for seat, _, _ in marks}
        return tuple(p for p in act.signatories if self._seat(p) in seats) if seats else ()

    def _holding(self, act: Facts) -> Iterator[tuple[Cell | None, frozenset[int]]]:
        """The cells that an act in force wrote, with their present heads; None for a cell of its own that nobody else has named."""
        for cell, _ in act.writes:
            yield cell, self._judge.heads_now(cell)
        for suffix in act.made:
            cell_of_its_own = self._intake.roster.cells.get(act.id + suffix)
            yield cell_of_its_own, self._judge.heads_now(cell_of_its_own) if cell_of_its_own else frozenset((act.number,))

    def _successor(self, act: Facts) -> str | None:
        judge = self._judge
        found = [
            judge.acts[n].id
            for cell, _ in self._holding(act)
            if cell is not None
            for n in judge.writers(cell, act.number)
            if judge.acts[n].forced
        ]
        return min(found, default=None)

    # Cells -----------------------------------------------------------------------------

    def heads(self, cell: str) -> frozenset[str]:
        """The acts in force that last wrote a cell, as of everything judged; empty if it was never written. More than one: disputed."""
        held = self._intake.roster.cells.get(cell)
        if held is None:
            creator = self._judge.numbers.get(cell[:64])
            act = self._judge.acts[creator] if creator is not None else None
            return frozenset((act.id,)) if act is not None and act.forced and cell[64:] in act.made else frozenset()
        return frozenset(self._judge.acts[n].id for n in self._judge.heads_now(held) if n != GENESIS)

    def writers(self, cell: str) -> tuple[str, ...]:
        """All acts in force that wrote a cell, predecessors before successors."""
        found = []
        creator = self._judge.numbers.get(cell[:64])
        if creator is not None and self._judge.acts[creator].forced and cell[64:] in self._judge.acts[creator].made:
            found.append(self._judge.acts[creator].id)
        held = self._intake.roster.cells.get(cell)
        return (*found, *(self._judge.acts[n].id for n in (held.written_by if held else ())))

    def cells(self) -> list[str]:
        """All cells that an act in force has written, sorted."""
        found = {cell.name for cell in self._intake.roster.cells.values() if cell.states}
        for act_id in self._intake.heard:
            act = self._judge.act(act_id)
            if act.forced:
                found.update(act.id + suffix for suffix in act.made)
        return sorted(found)

    def disputed_cells(self) -> list[str]:
        """Cells with several heads: only a fork makes them, and an act that names every head settles them (rule 7)."""
        return sorted(cell.name for cell in self._intake.roster.cells.values() if len(cell.states) > 1)

    def changed_since(self, cursor: int) -> tuple[int, list[str]]:
        """The next cursor, and the acts whose standing has changed since ``cursor`` (0 at first), each once, oldest change first."""
        changed = self._judge.changed
        found = dict.fromkeys(changed[cursor:])
        return len(changed), [self._judge.acts[n].id for n in found if self._judge.acts[n].known]

    # Sense (rule 9) ------------------------------------------------------------------------

    def misunderstanding(self, act_id: str) -> Unsayable | None:
        """Why this version does not understand an act; None if it does."""
        if act_id not in self._misunderstood:
            self._misunderstood[act_id] = self._sense(self.act(act_id), self)
        return self._misunderstood[act_id]

    def frozen(self, object_id: str) -> bool:
        """Whether an object was created or last changed by an act that this version does not understand."""
        creator = self._judge.numbers.get(object_id[:64])
        acts = [] if creator is None or not self._judge.acts[creator].forced else [self._judge.acts[creator].id]
        for cell in self._intake.roster.cells.values():
            if cell.creator == creator and cell.name.startswith(object_id + "/"):
                acts += [self._judge.acts[n].id for n in cell.written_by]
        return any(self.misunderstanding(act_id) for act_id in acts)

    # The next entry --------------------------------------------------------------------------

    def seen_for(self, party: str, act_id: str | None = None) -> tuple[str, ...]:
        """The signed checkpoints that the party's next entry has to name (rule 2), sorted by bytes. Of a log whose fork it has seen,
        none; the entry that opens a successor to the party's own forked log with ``act_id`` names all its heads (rule 7)."""
        return tuple(sorted((note for _, note in self._next_seen(self._continued(party, act_id))), key=str.encode))

    def _chain(self, party: str) -> Segment | None:
        """The segment that the party's next entry continues; raises :class:`Refused` if it has forked."""
        segments = self._judge.segments
        own = [s for s in segments.of_seat.get(self._seat(party), ()) if s.covers]
        tips = [s for s in own if not any(o is not s and o.line.get(s.number, 0) >= s.size for o in own)]
        continued = [s for s in tips if not any(o.log != s.log and s.number in o.line for o in own)]
        if len(continued) > 1:
            raise Reason.of(Code.LOG_FORKED).refused(place=party)
        return continued[0] if continued else None

    def _continued(self, party: str, act_id: str | None) -> Segment | None:
        """As :meth:`_chain`; None if the act opens a successor to the party's forked log, which begins anew."""
        try:
            return self._chain(party)
        except Refused:
            if act_id is None or not self._succeeds(party, self._judge.act(act_id)):
                raise
            return None

    def _succeeds(self, party: str, act: Facts) -> bool:
        """Whether the act opens a successor log of ``party``. Call after ``resolve``."""
        opened = (self._intake.roster.opening(act, origin) for origin, one in self.origins().items() if one == party)
        return act.kind == SUCCEED_LOG and any(opening is not None and opening[0] == party for opening in opened)

    def _next_seen(self, chain: Segment | None) -> list[Signed]:
        intake = self._intake
        own = intake.branch_of[chain.number] if chain else None
        return choose(self._judge, chain, lambda s: intake.notes.candidates(intake.branch_of[s.number], own))

    def _reasons(self, party: str, act_id: str) -> list[Reason]:
        judge = self._judge
        act = judge.act(act_id) if act_id in judge.numbers else None
        if act is None or not act.known:
            return [Reason.of(Code.UNREADABLE_STATEMENT if act_id in self._intake.unreadable else Code.UNKNOWN_ACT)]
        self._intake.roster.resolve(act)
        try:
            chain = self._continued(party, act_id)
        except Refused:
            return [Reason.of(Code.LOG_FORKED)]
        places = [place for place, _ in self._next_seen(chain)]
        if chain is None:
            return self._opening_reasons(party, act, places)
        before = judge.before(chain, chain.size)
        past = judge.segments.join(before, places)
        unseen = judge.check_seen(chain, before, past, places)
        return [*([unseen] if unseen else []), *judge.reasons(chain, chain.size, past, act)]

    def _opening_reasons(self, party: str, act: Facts, places: Sequence[Position]) -> list[Reason]:
        """Of a party whose log has not begun: it may only sign the act that opens it."""
        origins = [origin for origin, one in self.origins().items() if one == party]
        seat = next((s for o in origins if (opening := self._intake.roster.opening(act, o)) for s in opening[1:]), None)
        if seat is None:
            return [Reason.of(Code.NOT_AN_OPENING)]
        chain = Segment(len(self._judge.segments.all), seat, 0, {})
        chain.seat, chain.opened_by = seat, act.number
        return list(self._judge.reasons(chain, 0, [*self._judge.segments.join((), places), 0], act))

    def may_sign(self, party: str, act_id: str) -> list[Reason]:
        """Everything that keeps ``party`` from signing an act now, by what is judged here; empty if it may. Codes are stable, see
        ``reasons``."""
        reasons = self._reasons(party, act_id)
        if act_id in self._judge.numbers and self._judge.act(act_id).known:
            reasons += self._senseless(act_id)
        return reasons

    def _senseless(self, act_id: str) -> list[Reason]:
        """An honest node signs nothing that it does not understand, and changes no object that it does not understand."""
        act = self._judge.act(act_id)
        why = self.misunderstanding(act_id)
        found = [Reason.of(Code.NOT_UNDERSTOOD, why=why.to_json())] if why else []
        for cell, _ in act.writes:
            if self.frozen(cell.name.partition("/")[0]):
                found.append(Reason.of(Code.OBJECT_FROZEN, cell=cell.name))
        return found

    def may_withdraw(self, party: str, act_id: str) -> list[Reason]:
        """What keeps ``party`` from withdrawing its signature from an act now; empty if it may."""
        return self._about(party, act_id, self._judge.withdrawing)

    def may_decline(self, party: str, act_id: str) -> list[Reason]:
        """What keeps ``party`` from declining an act now; empty if it may."""
        return self._about(party, act_id, self._judge.declining)

    def _about(self, party: str, act_id: str, rule: Callable[[Segment, int, Sequence[int], Facts], Iterator[Reason]]) -> list[Reason]:
        judge = self._judge
        act = judge.act(act_id) if act_id in judge.numbers else None
        if act is None or not act.known:
            return [Reason.of(Code.UNKNOWN_ACT)]
        try:
            chain = self._chain(party)
        except Refused:
            return [Reason.of(Code.LOG_FORKED)]
        if chain is None:
            return [Reason.of(Code.LOG_NOT_OPEN)]
        past = judge.segments.join(judge.before(chain, chain.size), [place for place, _ in self._next_seen(chain)])
        return list(rule(chain, chain.size, past, act))

    def refusal(self, party: str, act_id: str, signatures: Sequence[Signature]) -> Refused | None:
        """The error with which the party's node refuses to append its signatures under an act (rule 1); None if they may be appended."""
        reasons = self.may_sign(party, act_id)
        if reasons:
            return reasons[0].refused(place=act_id)
        root = self._present_root(party, act_id)
        if root is not None:
            try:
                verify(self.payload(act_id), signatures, root.keys_for("targets"), root.threshold("targets"))
            except ComityError:
                return Reason.of(Code.BAD_SIGNATURE).refused(place=act_id)
        return None

    def _present_root(self, party: str, act_id: str) -> KeyRoot | None:
        chain = self._continued(party, act_id)
        if chain is None:
            first = self._intake.roster.first_root(self._judge.act(act_id), party)
            return self._intake.roots.get(first or "")
        return self._intake.roots.get(self._intake.root_at(self._intake.branch_of[chain.number], chain.size))

    def clashes(self, party: str, act_id: str) -> list[Clash]:
        """The party's live signatures that stand in the way of an act, with which of the two is to be withdrawn (rule 5)."""
        found = []
        for reason in self._reasons(party, act_id):
            if reason.code is Code.CLASH:
                other = reason.data["act"]
                found.append(Clash(other, self._rank(act_id) < self._rank(other)))
        return found

    def _rank(self, act_id: str) -> tuple[int, str]:
        """(the proposer's place among the parties, the act's id)."""
        act = self._judge.act(act_id)
        members = self._intake.roster.members(act.membership) or ()
        order = [party for party, _ in members]
        return (order.index(act.proposer) if act.proposer in order else len(order), act_id)

    def receipts_due(self, party: str) -> list[str]:
        """Acts with a withdrawal that the party's next entry will have seen, but none of its entries has: one receipt acknowledges them
        all (rule 6)."""
        chain = self._chain(party)
        if chain is None:
            return []
        judge = self._judge
        past = judge.segments.join(judge.before(chain, chain.size), [place for place, _ in self._next_seen(chain)])
        return sorted({judge.acts[n].id for n in judge.withdrawals_unseen(chain, past)})
