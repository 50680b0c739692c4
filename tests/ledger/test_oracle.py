"""The judge against an independent oracle, on random schedules and in any order; and proof that it can fail, by weakened rules."""

from __future__ import annotations

import doctest
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.ledger import judge
from comity.ledger.facts import Cell, Facts
from comity.ledger.judge import Judge
from comity.ledger.past import Past, Segment
from comity.ledger.reasons import Code, Reason
from ledger.schedules import Replay, Schedule, shuffled

KINDS: dict[str, dict[str, Any]] = {
    "two honest parties": {"steps": 90},
    "three honest parties": {"founders": 3, "parties": 3, "steps": 110},
    "a newcomer": {"founders": 2, "parties": 3, "steps": 120},
    "two parties, one dishonest": {"rogue": 1, "steps": 100},
    "three parties, one dishonest": {"founders": 3, "parties": 3, "rogue": 2, "steps": 110},
    "a dishonest newcomer": {"founders": 2, "parties": 3, "rogue": 2, "steps": 120},
    "a fork between two": {"rogue": 1, "forks": True, "steps": 100},
    "a fork among three": {"founders": 3, "parties": 3, "rogue": 1, "forks": True, "steps": 120},
    "a fork, and a party that goes on naming it": {"founders": 3, "parties": 3, "rogue": 1, "forks": True, "careless": 0, "steps": 120},
    "a newcomer that forks": {"founders": 2, "parties": 3, "rogue": 2, "forks": True, "steps": 120},
}
SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_judge_agrees_with_the_oracle_in_every_order(kind: str) -> None:
    @FEW
    @given(SEEDS)
    def agree(seed: int) -> None:
        schedule = Schedule(seed, **KINDS[kind])
        oracle = schedule.oracle
        assert not schedule.honest_void
        assert not Replay(oracle).disagreement(range(len(oracle.entries)))
        assert not Replay(oracle).disagreement(shuffled(oracle, random.Random(seed)))

    agree()


@pytest.mark.parametrize("kind", [k for k in KINDS if "fork" not in k])
def test_without_a_fork_no_two_acts_in_force_stand_on_one_version_and_nothing_dead_comes_into_force(kind: str) -> None:
    @FEW
    @given(SEEDS)
    def hold(seed: int) -> None:
        oracle = Schedule(seed, **KINDS[kind]).oracle
        dead: set[int] = set()
        replay = Replay(oracle)
        for e in range(len(oracle.entries)):
            replay.feed(e)
            one, now = replay.judge, replay.judge.segments.now()
            forced = {a.number for a in one.acts if a.number and a.forced}
            assert not dead & forced
            dead |= {a.number for a in one.acts if a.signed and one.dead(a, now)}
            assert not dead & forced
            assert not any(cell.branched or len(cell.states) > 1 for cell in replay.roster.cells.values())

    hold()


@settings(max_examples=30, deadline=None, derandomize=True)
@given(SEEDS)
def test_a_verdict_and_its_reason_do_not_depend_on_what_else_is_held(seed: int) -> None:
    oracle = Schedule(seed, founders=3, parties=3, rogue=1, forks=True, steps=50).oracle
    whole = Replay(oracle).feed_all(range(len(oracle.entries)))
    for last in range(len(oracle.entries)):
        past = [e for e in range(last) if oracle.entries[last].past >> e & 1]
        alone = Replay(oracle).feed_all([*past, last])
        assert alone[last] == whole[last]


def test_the_example_in_the_judges_docstring_holds() -> None:
    assert doctest.testmod(judge).failed == 0
    assert doctest.testmod(judge).attempted > 5


# Weakened rules ------------------------------------------------------------------------


class NoOnceOnly(Judge):
    def signing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        return (r for r in super().signing(segment, at, past, act) if r.code is not Code.ALREADY_SIGNED)


class NoWithdrawalInPast(Judge):
    def signing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        return (r for r in super().signing(segment, at, past, act) if r.code not in (Code.WITHDRAWN, Code.WITHDRAWN_BY_ITSELF))


class NoDeclineInPast(Judge):
    def signing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        return (r for r in super().signing(segment, at, past, act) if r.code not in (Code.DECLINED, Code.DECLINED_BY_ITSELF))


class NoCurrency(Judge):
    def current(self, cell: Cell, versions: tuple[int, ...], past: Past) -> bool:
        return True


class NoOwners(Judge):
    def standing_of_cells(self, past: Past, act: Facts) -> Iterator[Reason]:
        return (r for r in super().standing_of_cells(past, act) if r.code is not Code.OWNER_MISSING)


class NoRefs(Judge):
    def signing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        return (r for r in super().signing(segment, at, past, act) if r.code is not Code.REF_NOT_IN_FORCE)


class NoRuleFive(Judge):
    def clashes(self, act: Facts, segment: Segment, at: int, past: Past) -> list[int]:
        return []


class RelyingDoesNotLock(Judge):
    def clashing(self, act: Facts) -> Iterator[tuple[int, bool]]:
        return ((number, writes) for number, writes in super().clashing(act) if writes)


class DeadOnceWithdrawn(Judge):
    def has_seen(self, seat: int, where: int, index: int, past: Past) -> bool:
        return True


class DeadOnceAnyoneHasSeen(Judge):
    def has_seen(self, seat: int, where: int, index: int, past: Past) -> bool:
        return any(super(DeadOnceAnyoneHasSeen, self).has_seen(s, where, index, past) for s in self.segments.of_seat)


class NeverOvertaken(Judge):
    def overtaken(self, act: Facts, signer: int, past: Past) -> bool:
        return False


class WithdrawnThoughInForce(Judge):
    def withdrawing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        return (r for r in super().withdrawing(segment, at, past, act) if r.code is not Code.ALREADY_IN_FORCE)


class NotClosed(Judge):
    def not_closed(self, segment: Segment, past: Past, logs: Any) -> Reason | None:
        return None


class NotFrozen(Judge):
    def frozen(self, segment: Segment, before: Any, logs: Any) -> Reason | None:
        return None


class AnyMembership(Judge):
    def membership_reasons(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        void = (Code.MEMBERSHIP_NOT_IN_FORCE, Code.LOG_NOT_OPEN)
        return (r for r in super().membership_reasons(segment, at, past, act) if r.code not in void)


class AgainstAllThatIsHeld(Judge):
    def reasons(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        return super().reasons(segment, at, self.segments.now(), act)


MUTANTS = {
    NoOnceOnly: "two parties, one dishonest",
    NoWithdrawalInPast: "three parties, one dishonest",
    NoDeclineInPast: "three parties, one dishonest",
    NoCurrency: "two parties, one dishonest",
    NoOwners: "three parties, one dishonest",
    NoRefs: "two parties, one dishonest",
    NoRuleFive: "two parties, one dishonest",
    RelyingDoesNotLock: "two parties, one dishonest",
    DeadOnceWithdrawn: "two honest parties",
    DeadOnceAnyoneHasSeen: "three honest parties",
    NeverOvertaken: "three honest parties",
    WithdrawnThoughInForce: "two parties, one dishonest",
    NotClosed: "three parties, one dishonest",
    NotFrozen: "a fork, and a party that goes on naming it",
    AnyMembership: "a dishonest newcomer",
    AgainstAllThatIsHeld: "three honest parties",
}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.__name__)
def test_a_weakened_rule_is_found_out(mutant: type[Judge]) -> None:
    for seed in range(400):
        oracle = Schedule(seed, **KINDS[MUTANTS[mutant]]).oracle
        replay = Replay(oracle, mutant)
        if replay.disagreement(range(len(oracle.entries))) or Replay(oracle, mutant).disagreement(shuffled(oracle, random.Random(seed))):
            return
    pytest.fail(f"no schedule tells {mutant.__name__} from the rules")
