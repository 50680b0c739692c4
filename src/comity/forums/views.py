"""Views of the matrix: by the source's code, by state or by seat; and finding whom a user means.

Columns of one unit are disjoint in time, except where a source codes both (China in autumn 1971): then a vote goes before an absence, an
absence before *unknown*, and that before *not a member*.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from comity.errors import Malformed
from comity.forums.model import Int8, Option, RollCalls, Voter
from comity.forums.states import FIRST, STATES


class Unit(StrEnum):
    """What one line or row stands for. ``code`` is what published files use; ``seat`` is continuous; ``state`` is dated."""

    CODE = "code"
    STATE = "state"
    SEAT = "seat"


_RANK = np.array([1, 3, 3, 3, 2, 2, 0], dtype=np.int8)
"""By :class:`Option`: which of two cells of one unit counts."""


@dataclass(frozen=True)
class View:
    """``options``: int8 (events, units); ``members[u]``: the columns of unit ``keys[u]``, the latest last."""

    unit: Unit
    keys: tuple[str, ...]
    members: tuple[tuple[Voter, ...], ...]
    options: Int8

    def iso3(self, u: int) -> str:
        return self.members[u][-1].iso3

    def name(self, u: int) -> str:
        return self.members[u][-1].name

    def find(self, wanted: str) -> int:
        """The unit that a user calls ``wanted``: its key, else a code, state, seat or ISO code of exactly one unit.

        :raises Malformed: if there is none, or more than one.
        """
        wanted = wanted.strip().upper()
        if wanted in self.keys:
            return self.keys.index(wanted)
        for of in ("code", "state", "iso3", "seat"):
            hits = {u for u, voters in enumerate(self.members) for v in voters if getattr(v, of).upper() == wanted}
            if len(hits) == 1:
                return hits.pop()
            if hits:
                several = ", ".join(self.keys[u] for u in sorted(hits))
                raise Malformed(
                    "{wanted} is more than one voter: {several}.",
                    place=self.unit,
                    remedy="Name one of these.",
                    wanted=wanted,
                    several=several,
                )
        raise Malformed(
            "Nobody here is called {wanted}.",
            place=self.unit,
            remedy="Use an ISO 3166 code such as CHN, or a code of the source.",
            wanted=wanted,
        )


def view(calls: RollCalls, unit: Unit) -> View:
    """The matrix by ``unit``; keys sorted (numbers as numbers)."""
    groups: dict[str, list[int]] = {}
    for i, v in enumerate(calls.voters):
        groups.setdefault(getattr(v, unit.value), []).append(i)
    keys = sorted(groups, key=lambda k: (not k.isdigit(), int(k) if k.isdigit() else 0, k))
    options = np.empty((len(calls.events), len(keys)), dtype=np.int8)
    members = []
    for u, key in enumerate(keys):
        columns = groups[key]
        merged = calls.options[:, columns[0]].copy()
        for c in columns[1:]:
            other = calls.options[:, c]
            np.copyto(merged, other, where=_RANK[other] > _RANK[merged])
        options[:, u] = merged
        members.append(tuple(sorted((calls.voters[c] for c in columns), key=lambda v: _last(calls, v))))
    return View(unit, tuple(keys), tuple(members), options)


@dataclass(frozen=True, slots=True)
class Change:
    """One state followed another in a unit. ``event``: number of the first roll call that ``after`` was called at; ``day``: that of the
    change where the registry of states knows it, else that of this roll call.
    """

    before: Voter
    after: Voter
    event: int
    day: str


def changes(calls: RollCalls, seen: View, u: int) -> tuple[Change, ...]:
    """The changes of state inside unit ``u``, in order of time; none where one state bears it throughout."""
    found = []
    for before, after in itertools.pairwise(seen.members[u]):
        if before.state == after.state:
            continue
        there = np.flatnonzero(np.isin(calls.options[:, calls.voters.index(after)], (Option.UNKNOWN, Option.NOT_MEMBER), invert=True))
        if len(there):
            known = STATES.get(after.state)
            day = known.since if known and known.since != FIRST else calls.events[int(there[0])].date[:10]
            found.append(Change(before, after, int(there[0]), day))
    return tuple(found)


def _last(calls: RollCalls, voter: Voter) -> int:
    there = np.flatnonzero(calls.options[:, calls.voters.index(voter)] != Option.NOT_MEMBER)
    return int(there[-1]) if len(there) else -1
