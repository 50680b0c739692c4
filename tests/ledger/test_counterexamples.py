"""The histories behind the wording of the rules, each with its verdicts spelled out, for the judge and for the oracle, in every order of
arrival.

``A s2[B3]``: A signs act 2, having seen 3 of B's entries (not counting entry 0, by which everybody has opened the mechanism); ``w``
withdraws, ``d`` declines, ``r`` is a receipt. What is not named was seen as before. ``b`` is a second branch of B's log from its
beginning.
"""

from __future__ import annotations

import itertools
import random
import re

from ledger.oracle import FOUNDING, Oracle
from ledger.schedules import Replay, shuffled

J = "0/j"
WORD = re.compile(r"([A-Cb]) ([swdr])(\d*)(?:\[([^\]]*)\])?")


class History:
    """A history in the notation above; ``acts`` are given as (writes, relies) by cell, on the founding's state."""

    def __init__(self, parties: int) -> None:
        self.oracle = Oracle(parties, parties)
        self.logs: dict[str, list[int]] = {"ABC"[p]: [] for p in range(parties)}
        self.signers = tuple(range(parties))
        for p in range(parties):
            named = tuple(self.logs["ABC"[q]][0] for q in range(p))
            self.logs["ABC"[p]].append(self.oracle.append(p, None, named, FOUNDING))
        self.last: dict[str, dict[str, int]] = {who: {} for who in self.logs}

    def act(self, *writes: str, relies: tuple[str, ...] = (), refs: tuple[int, ...] = (), on: dict[str, int] | None = None) -> int:
        def versions(cell: str) -> frozenset[int]:
            return frozenset({on[cell]} if on and cell in on else ())

        return self.oracle.act(
            "pledge",
            self.signers,
            writes={cell: versions(cell) for cell in writes},
            relies={cell: versions(cell) for cell in relies},
            refs=frozenset(refs),
        )

    def play(self, text: str) -> dict[str, str]:
        """Append what ``text`` says; returns why the void ones are void, by the words that said them."""
        void = {}
        for word in text.split("; "):
            match = WORD.fullmatch(word)
            assert match, word
            who, kind, act, seen = match.groups()
            if who == "b" and "b" not in self.logs:
                self.logs["b"], self.last["b"] = self.logs["B"][:1], {}
            log = "ABC".index(who.upper())
            for peer, size in re.findall(r"([A-Cb])(\d+)", seen or ""):
                self.last[who][peer] = int(size)
            for peer in self.logs:
                if peer not in (who, "b") and who.upper() != peer:
                    self.last[who].setdefault(peer, 0)
            named = tuple(self.logs[peer][size] for peer, size in self.last[who].items())
            if "b" in self.last[who] and self.last[who].get("B") == 0:
                named = tuple(e for e in named if e != self.logs["B"][0])
            number: int | None = int(act) if act else None
            if kind in "wd" and number is not None:
                number = self.oracle.act({"w": "withdraw", "d": "decline"}[kind], (log,), about=number)
            e = self.oracle.append(log, self.logs[who][-1], named, number)
            self.logs[who].append(e)
            if self.oracle.entries[e].why:
                void[word] = self.oracle.entries[e].why
        for order in (range(len(self.oracle.entries)), *(shuffled(self.oracle, random.Random(seed)) for seed in range(5))):
            assert not Replay(self.oracle).disagreement(order)
        return void

    def in_force(self) -> list[int]:
        whole = (1 << len(self.oracle.entries)) - 1
        return [a.number for a in self.oracle.acts if a.kind == "pledge" and self.oracle.in_force(whole, a.number)]


def test_a_signature_is_judged_by_its_own_past_and_not_by_what_a_node_happens_to_hold() -> None:
    h = History(2)
    h.act(J)
    assert h.play("A s1; A w1; B s1[A1]") == {}
    assert h.in_force() == [1]


def test_an_entry_that_leaves_out_what_its_named_entries_saw_is_void() -> None:
    h = History(3)
    h.act(J)
    h.act("0/k")
    void = h.play("A s1; B s1[A1]; C s1[A1 B1]; B s2[A1 C1]; A s2[B2 C0]")
    assert void == {"A s2[B2 C0]": "not closed"}


def test_what_a_peer_may_have_cosigned_does_not_acknowledge_a_withdrawal() -> None:
    h = History(2)
    h.act(J)
    h.act(J)
    assert h.play("A s1; B s1[A1]; A w1; A s2") == {"A s2": "clash with 1"}
    assert h.in_force() == [1]


def test_a_withdrawn_act_is_not_dead_until_every_missing_signatory_has_seen_it() -> None:
    h = History(3)
    h.act(J)
    h.act(J)
    void = h.play("A s1; B s1[A1]; A w1[B1]; B w1[A1]; A r[B2]; B r[A2]; A s2[B3]; B s2[A4]; C s1[A1 B1]")
    assert void == {"A s2[B3]": "clash with 1", "B s2[A4]": "clash with 1"}
    assert h.in_force() == [1]


def test_the_last_acknowledgement_frees_everybody() -> None:
    h = History(3)
    h.act(J)
    h.act(J)
    assert h.play("A s1; B s1[A1]; A w1[B1]; C r[A2 B1]; A s2[C1]; B s2[A3 C1]; C s2[A3 B2]") == {}
    assert h.in_force() == [2]


def test_a_withdrawal_stands_although_another_has_signed() -> None:
    h = History(3)
    h.act(J)
    assert h.play("A s1; B s1[A1]; A w1[B1]; B w1[A1]") == {}
    assert h.in_force() == []


def test_a_withdrawal_is_void_once_the_act_is_in_force_in_its_past() -> None:
    h = History(2)
    h.act(J)
    assert h.play("A s1; B s1[A1]; A w1[B1]") == {"A w1[B1]": "in force"}
    assert h.in_force() == [1]


def test_two_acts_in_force_on_one_version_prove_a_fork_and_no_breach_by_the_honest_side() -> None:
    h = History(2)
    h.act(J)
    h.act(J)
    assert h.play("A s1; A w1; B r[A2]; A s2[B1]; B s2[A3]; b s1[A1]") == {}
    assert h.in_force() == [1, 2]
    replay = Replay(h.oracle)
    replay.feed_all(range(len(h.oracle.entries)))
    assert [sorted(len(c.states) for c in replay.roster.cells.values() if len(c.states) > 1)] == [[2]]


def test_both_branches_are_judged_so_a_party_that_follows_the_other_one_is_judged_too() -> None:
    h = History(3)
    h.act(J)
    assert h.play("A s1; B s1[A1]; b r[A1]; C s1[A1 b1]; A r[B1 C1]") == {}
    assert h.in_force() == [1]


def test_once_a_fork_is_in_its_past_a_party_names_nothing_further_of_that_log() -> None:
    h = History(3)
    h.act(J)
    assert h.play("A s1; B s1[A1]; b r[A1]; C s1[A1 b1]; A r[B1 C1]; B r; A r[B2]") == {"A r[B2]": "frozen"}


def test_a_closing_act_that_only_refers_lets_an_item_into_a_closed_meeting() -> None:
    h = History(2)
    meeting = h.act("self/state")
    h.play(f"A s{meeting}; B s{meeting}[A1]")
    state = f"{meeting}/state"
    h.act(state, on={state: meeting})
    h.act("self/state", refs=(meeting,))
    assert h.play("B s2; B s3; A s2[B3]; A s3") == {}
    assert h.in_force() == [1, 2, 3]


def test_an_item_that_relies_on_the_meeting_cannot_slip_in_beside_its_closing() -> None:
    h = History(2)
    meeting = h.act("self/state")
    h.play(f"A s{meeting}; B s{meeting}[A1]")
    state = f"{meeting}/state"
    h.act(state, on={state: meeting})
    h.act("self/state", relies=(state,), on={state: meeting})
    assert h.play("B s2; B s3; A s2[B3]; A s3") == {"B s3": "clash with 2", "A s3": "1/state not current"}
    assert h.in_force() == [1, 2]


def test_a_closing_waits_for_the_items_that_rely_on_the_meeting() -> None:
    h = History(2)
    meeting = h.act("self/state")
    h.play(f"A s{meeting}; B s{meeting}[A1]")
    state = f"{meeting}/state"
    h.act("self/state", relies=(state,), on={state: meeting})
    h.act(state, on={state: meeting})
    assert h.play("B s2; B s3; A s2[B2]; B s3[A2]; A s3[B4]") == {"B s3": "clash with 2"}
    assert h.in_force() == [1, 2, 3]


def test_acts_in_cells_of_their_own_pass_each_other_in_any_order() -> None:
    for order in itertools.permutations(("A s1", "A s2[B2]", "A s3")):
        h = History(2)
        for _ in range(3):
            h.act("self/state")
        assert h.play("B s2; B s1; B s3; " + "; ".join(order)) == {}
        assert h.in_force() == [1, 2, 3]


def test_a_declined_act_is_final_for_those_who_know_and_dead_for_all() -> None:
    h = History(2)
    h.act(J)
    h.act(J)
    assert h.play("A s1; B d1[A1]; A s2[B1]; B s2[A2]; B s1") == {"B s1": "declined"}
    assert h.in_force() == [2]


def test_an_overtaken_act_is_dead_and_frees_its_other_signatories() -> None:
    h = History(3)
    h.act(J, "0/k")
    h.act(J)
    h.act("0/k")
    void = h.play("A s1; B s2; A w1[B1]; B r[A2]; C r[A2 B1]; A s2[B2 C1]; C s2[A3 B2]; A s3[C2]; B s3[A4 C2]; C s3[A4 B3]")
    assert void == {}
    assert h.in_force() == [2, 3]


def test_an_unopened_log_acknowledges_nothing_and_seen_never_shrinks() -> None:
    h = History(2)
    h.act(J)
    assert h.play("A s1; B r[A1]; B r[A0]") == {"B r[A0]": "not closed"}
