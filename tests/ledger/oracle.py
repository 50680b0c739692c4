"""A second reading of rules 1 to 8, written apart from the judge: an entry's verdict as a pure function of the set of its ancestors.

Slow and plain: sets of entries as bit masks, every question answered by looking at every entry. Shares no code with ``comity.ledger``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FOUNDING = 0


@dataclass
class A:
    """An act. Cells are ``<object>/<facet>`` or ``<object>/<facet>@<party>``; the object is an act's number."""

    number: int
    kind: str
    signers: tuple[int, ...]
    writes: dict[str, frozenset[int]] = field(default_factory=dict)
    relies: dict[str, frozenset[int]] = field(default_factory=dict)
    refs: frozenset[int] = frozenset()
    membership: int = FOUNDING
    about: int | None = None
    newcomer: int | None = None

    def names(self, cell: str) -> frozenset[int | None]:
        both = self.writes.get(cell), self.relies.get(cell)
        return frozenset().union(*(v or {None} for v in both if v is not None))

    def versions(self, cell: str) -> frozenset[int | None]:
        return frozenset(self.writes[cell] or {None})


@dataclass
class E:
    """An entry of a log: what precedes it there, and the entries that it names."""

    log: int
    party: int
    before: int | None
    named: tuple[int, ...]
    act: int | None
    past: int = 0
    chain: int = 0
    place: int = 0
    ok: bool = True
    why: str = ""


class Oracle:
    def __init__(self, founders: int, parties: int) -> None:
        self.founders, self.parties = founders, parties
        self.acts: list[A] = [
            A(FOUNDING, "found", tuple(range(founders)), {f"{FOUNDING}/parties": frozenset(), f"{FOUNDING}/state": frozenset()})
        ]
        self.entries: list[E] = []

    def act(self, kind: str, signers: tuple[int, ...], **more: object) -> int:
        made = A(len(self.acts), kind, signers, **more)
        made.writes = {cell.replace("self", str(made.number), 1): v for cell, v in made.writes.items()}
        self.acts.append(made)
        return made.number

    # Questions of a set of entries -------------------------------------------------

    def valid(self, past: int, act: int, party: int | None = None) -> list[int]:
        return [e for e, x in enumerate(self.entries) if past >> e & 1 and x.ok and x.act == act and party in (None, x.party)]

    def about(self, past: int, kind: str, target: int, party: int | None = None) -> list[int]:
        found = []
        for e, x in enumerate(self.entries):
            if past >> e & 1 and x.ok and x.act is not None and party in (None, x.party):
                a = self.acts[x.act]
                if a.kind == kind and a.about == target:
                    found.append(e)
        return found

    def signed(self, past: int, act: int) -> set[int]:
        return {self.entries[e].party for e in self.valid(past, act)}

    def in_force(self, past: int, act: int) -> bool:
        return set(self.acts[act].signers) <= self.signed(past, act)

    def live(self, past: int, cell: str) -> list[int]:
        return [a.number for a in self.acts if cell in a.writes and self.in_force(past, a.number)]

    def heads(self, past: int, cell: str) -> frozenset[int]:
        live = self.live(past, cell)
        return frozenset(a for a in live if not any(a in self.acts[b].writes[cell] for b in live))

    @staticmethod
    def clash(a: A, b: A) -> str:
        """``writes`` if b writes a version that a names, ``relies`` if it only relies on one that a writes."""
        if any(a.names(c) & b.versions(c) for c in b.writes if c in a.writes or c in a.relies):
            return "writes"
        if any(a.versions(c) & b.names(c) for c in a.writes if c in b.relies):
            return "relies"
        return ""

    def dead(self, past: int, act: int) -> str:
        a = self.acts[act]
        for signer in a.signers:
            if self.valid(past, act, signer):
                continue
            if self.about(past, "decline", act, signer):
                return "declined"
            for w in self.about(past, "withdraw", act):
                if self.entries[w].party != signer and any(
                    past >> e & 1 and x.party == signer and x.past >> w & 1 for e, x in enumerate(self.entries)
                ):
                    return "withdrawn"
            for b in self.acts:
                if b.number != act and signer in b.signers and self.clash(a, b) == "writes" and self.in_force(past, b.number):
                    return "overtaken"
        return ""

    # The verdict ---------------------------------------------------------------------

    def past(self, before: int | None, named: tuple[int, ...]) -> int:
        mask = 0
        for e in (*named, *([] if before is None else [before])):
            mask |= self.entries[e].past | 1 << e
        return mask

    def line(self, e: int) -> int:
        return self.entries[e].chain | 1 << e

    def forked(self, log: int, mask: int) -> bool:
        there = [e for e, x in enumerate(self.entries) if mask >> e & 1 and x.log == log]
        return any(not (self.line(a) >> b & 1 or self.line(b) >> a & 1) for a in there for b in there)

    def seen_wrong(self, log: int, before: int | None, named: tuple[int, ...], past: int) -> str:
        logs = {x.log for x in self.entries}
        old = 0 if before is None else self.entries[before].past | 1 << before
        for other in logs:
            here = [e for e in named if self.entries[e].log == other]
            if any(a != b and self.line(a) >> b & 1 for a in here for b in here):
                return "two notes of one chain"
            if other == log:
                if here:
                    return "own log"
                continue
            if before is not None and self.forked(other, old) and any(not old >> e & 1 for e in here):
                return "frozen"
            if not self.forked(other, past):
                cover = 0
                for e in here:
                    cover |= self.line(e)
                if any(past >> e & 1 and not cover >> e & 1 for e, x in enumerate(self.entries) if x.log == other):
                    return "not closed"
        return ""

    def owners(self, cell: str, act: A) -> tuple[int, ...]:
        name, _, party = cell.partition("@")
        if party:
            return (int(party),)
        creator = int(name.split("/")[0])
        return self.acts[creator].signers

    def judge(self, log: int, before: int | None, named: tuple[int, ...], act: int | None) -> str:
        """Why the entry is void; empty if it is valid."""
        past = self.past(before, named)
        if before is None and not self.opens(log, act, past):
            return "no opening"
        wrong = self.seen_wrong(log, before, named, past)
        if wrong or act is None:
            return wrong
        chain = 0 if before is None else self.line(before)
        return self.rules(log, chain, past, self.acts[act])

    def opens(self, log: int, act: int | None, past: int) -> bool:
        if act is None:
            return False
        a = self.acts[act]
        if a.kind == "found":
            return log < self.founders
        return a.kind == "accede" and a.newcomer == log and self.in_force(past, a.membership)

    def rules(self, party: int, chain: int, past: int, a: A) -> str:
        if a.number != FOUNDING:
            if not self.in_force(past, FOUNDING) or not self.in_force(past, a.membership):
                return "membership"
            if chain and not self.in_force(past, self.opener(chain)):
                return "log not open"
        elif chain and self.opener(chain) != FOUNDING:
            return "log not open"
        if not set(a.signers) <= self.members(a):
            return "not a party"
        if party not in a.signers:
            return "not a signatory"
        if a.kind == "withdraw":
            return self.withdrawing(party, chain, past, a)
        if a.kind == "decline":
            return self.declining(party, chain, past, a)
        return self.signing(party, chain, past, a)

    def members(self, a: A) -> set[int]:
        newcomer = a.newcomer if a.kind == "accede" else self.acts[a.membership].newcomer
        return set(range(self.founders)) | (set() if newcomer is None else {newcomer})

    def opener(self, chain: int) -> int:
        first = next(x for e, x in enumerate(self.entries) if chain >> e & 1 and x.before is None)
        return first.act if first.act is not None else -1

    def withdrawing(self, party: int, chain: int, past: int, a: A) -> str:
        target = a.about
        assert target is not None
        if not self.valid(chain, target, party) or self.about(chain, "withdraw", target, party):
            return "nothing to withdraw"
        return "in force" if self.in_force(past, target) else ""

    def declining(self, party: int, chain: int, past: int, a: A) -> str:
        target = a.about
        assert target is not None
        if party not in self.acts[target].signers or self.valid(chain, target, party) or self.about(chain, "decline", target, party):
            return "nothing to decline"
        return "" if self.signed(past, target) else "no proposal"

    def signing(self, party: int, chain: int, past: int, a: A) -> str:
        if self.valid(chain, a.number, party):
            return "signed already"
        if self.about(past, "withdraw", a.number) or self.about(chain, "withdraw", a.number, party):
            return "withdrawn"
        if self.about(past, "decline", a.number):
            return "declined"
        return self.cells_wrong(past, a) or self.clashing(party, chain, past, a)

    def cells_wrong(self, past: int, a: A) -> str:
        for cell, versions in (*a.writes.items(), *a.relies.items()):
            creator = int(cell.split("/")[0])
            new = creator == a.number
            if "@" not in cell and not new and not self.in_force(past, creator):
                return "object not in force"
            owners = set(self.owners(cell, a))
            if cell in a.writes and not owners <= set(a.signers):
                return "owner missing"
            if cell in a.relies and not owners & set(a.signers):
                return "no owner"
            if versions != self.heads(past, cell):
                return f"{cell} not current"
        return "" if all(self.in_force(past, r) for r in a.refs) else "ref"

    def clashing(self, party: int, chain: int, past: int, a: A) -> str:
        for b in self.acts:
            if b.number != a.number and self.valid(chain, b.number, party):
                how = self.clash(a, b)
                live = how == "writes" if self.in_force(past, b.number) else how and not self.dead(past, b.number)
                if live:
                    return f"clash with {b.number}"
        return ""

    def append(self, log: int, before: int | None, named: tuple[int, ...], act: int | None) -> int:
        why = self.judge(log, before, named, act)
        place = 0 if before is None else self.entries[before].place + 1
        chain = 0 if before is None else self.line(before)
        # A log that no act has opened is nobody's.
        opened = self.opens(log, act, self.past(before, named)) if before is None else self.entries[before].party >= 0
        self.entries.append(E(log, log if opened else -1, before, named, act, self.past(before, named), chain, place, not why, why))
        return len(self.entries) - 1
