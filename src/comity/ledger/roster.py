"""Acts in numbers: cells and versions interned, signatories resolved to seats by the act of membership that the act names.

A *seat* is a party as the number of its first log. Membership is read from statements only: founding, accession, leaving. So it is the
same wherever the act stands.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from comity.ledger.facts import GENESIS, Cell, Facts, Named
from comity.ledger.judge import Judge
from comity.mechanisms.acts import ACCEDE, FOUND, LEAVE, SUCCEED_LOG
from comity.terms import ids
from comity.terms.act import Act

type Members = tuple[tuple[str, int], ...]
"""Parties and their seats, in order."""


class Roster:
    """Fills a judge's acts in, and knows the parties, their origins and their first key roots."""

    def __init__(self, judge: Judge, founding: Act) -> None:
        """``founding`` is the parsed founding act; its parties' logs get the first numbers."""
        self.judge = judge
        self.mechanism = founding.id
        self.cells: dict[str, Cell] = {}
        self._logs: dict[str, int] = {}
        self._members: dict[int, Members | None] = {}
        self._grouped: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._openings: dict[str, list[int]] = {}
        self._bodies: dict[int, Mapping[str, Any]] = {}
        judge.origins.clear()
        for party in founding.body["parties"]:
            self.log(party["origin"])
        self.parties_of_seat: dict[int, str] = {}

    def log(self, origin: str) -> int:
        """The number of a log."""
        if origin not in self._logs:
            self._logs[origin] = len(self._logs)
            self.judge.origins.append(origin)
        return self._logs[origin]

    def take(self, act: Act) -> Facts:
        """The facts of an act whose statement has arrived; filled in once."""
        facts = self.judge.act(act.id)
        if facts.known:
            return facts
        facts.known = True
        facts.founding = act.founding
        facts.kind = sys.intern(act.type)
        facts.proposer = sys.intern(act.proposer)
        facts.signatories = self._interned(act.signatories)
        if act.membership is not None:
            facts.membership = self.judge.act(act.membership).number
        if act.type in (FOUND, ACCEDE, LEAVE, SUCCEED_LOG):
            self._bodies[facts.number] = act.body
        if act.about is not None:
            facts.about = self.judge.act(act.about).number
        facts.refs = tuple(self.judge.act(ref).number for ref in sorted(act.refs))
        facts.made = self._interned(tuple(sorted(c[64:] for c in act.basis if c[:64] == act.id)))
        facts.writes = self._named(act, act.basis)
        facts.relies = self._named(act, act.relies)
        return facts

    def _interned(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return self._grouped.setdefault(names, tuple(sys.intern(name) for name in names))

    def _named(self, act: Act, cells: Mapping[str, frozenset[str]]) -> Named:
        found = []
        for name in sorted(cells):
            if name[:64] != act.id:
                versions = tuple(sorted(self.judge.act(v).number for v in cells[name]))
                found.append((self.cell(name), versions or (GENESIS,)))
        return tuple(found)

    def cell(self, name: str) -> Cell:
        """The cell of that name; raises :class:`Malformed` if it is none."""
        cell = self.cells.get(name)
        if cell is None:
            parsed = ids.Cell.parse(name)
            creator = self.judge.act(parsed.act).number
            cell = self.cells[name] = Cell(len(self.cells), name, creator, parsed.party, name[64:])
        return cell

    # Membership -----------------------------------------------------------------

    def members(self, number: int) -> Members | None:
        """Who the parties were by an act of membership; None while a statement on the way there is missing, empty if it is no such
        act."""
        chain: list[int] = []
        known: Members | None = ()
        while True:
            if number in self._members:
                known = self._members[number]
                break
            act = self.judge.acts[number] if number >= 0 else None
            if act is not None and not act.known:
                return None
            chain.append(number)
            if act is None or act.kind not in (FOUND, ACCEDE, LEAVE) or act.number in chain[:-1]:
                break
            if act.kind == FOUND:
                break
            number = act.membership
        for one in reversed(chain):
            known = self._members[one] = self._changed(one, known or ())
        return known

    def _changed(self, number: int, before: Members) -> Members:
        act = self.judge.acts[number] if number >= 0 else None
        body = self._bodies.get(number, {})
        if act is None:
            return ()
        try:
            if act.kind == FOUND:
                return tuple((p["id"], self.log(p["origin"])) for p in body["parties"]) if act.id == self.mechanism else ()
            if not before:
                return ()
            if act.kind == ACCEDE:
                newcomer = body["party"]
                party, seat = str(newcomer["id"]), self.log(str(newcomer["origin"]))
                return () if any(party == p or seat == s for p, s in before) else (*before, (party, seat))
            return tuple((p, s) for p, s in before if p != body["party"]) if act.kind == LEAVE else ()
        except (KeyError, TypeError):
            return ()

    def resolve(self, act: Facts) -> None:
        """Fill in the seats of an act's signatories, as soon as that is possible."""
        if act.signers is not None or not act.known:
            return
        # An accession is signed by the newcomer too, so its own list of parties counts.
        members = self.members(act.number if act.founding or act.kind == ACCEDE else act.membership)
        if members is None:
            return
        seats = dict(members)
        found = [seats.get(party) for party in act.signatories]
        act.signers = tuple(seat for seat in found if seat is not None) if None not in found else ()
        for party, seat in members:
            self.parties_of_seat.setdefault(seat, party)

    def body(self, act: Facts) -> Mapping[str, Any]:
        """What an act of membership or succession says."""
        return self._bodies.get(act.number, {})

    # Openings ---------------------------------------------------------------------

    def opening(self, act: Facts, origin: str) -> tuple[str, int] | None:
        """The party whose log ``origin`` the act opens, and its seat; None if it opens no such log. Call after ``resolve``."""
        body = self.body(act)
        try:
            if act.kind == FOUND and act.id == self.mechanism:
                for party in body["parties"]:
                    if party["origin"] == origin:
                        return party["id"], self.log(origin)
            elif act.kind == ACCEDE and act.signers and body["party"]["origin"] == origin:
                return body["party"]["id"], self.log(origin)
            elif act.kind == SUCCEED_LOG and act.signers and body["origin"] == origin:
                seats = dict(self.members(act.membership) or ())
                if body["party"] in seats and body["old"] != origin:
                    return body["party"], seats[body["party"]]
        except (KeyError, TypeError):
            pass
        return None

    def first_root(self, act: Facts, party: str) -> str | None:
        """The SHA-256 of the first key root that a founding act or accession names for ``party``."""
        body = self.body(act)
        if act.kind == FOUND:
            return next((p["root"] for p in body["parties"] if p["id"] == party), None)
        return str(body["party"]["root"]) if act.kind == ACCEDE else None
