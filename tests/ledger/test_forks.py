"""Between parties, from real bytes: withdrawals and crossings, forks and successor logs, accession and leaving."""

from __future__ import annotations

import random

import pytest

from comity.ledger.reasons import Code
from comity.ledger.replay import Ledger
from ledger.histories import AGREE, agreed, busy, dispute, ledger_of
from simulator import Counterpart, Network, Simulation, no_sense, refused

# Withdrawals, receipts, crossings ------------------------------------------------------------


def test_receipts_end_and_no_withdrawal_stays_pending_once_everything_has_arrived() -> None:
    for seed in range(8):
        sim = busy(seed, 3)
        sim.settle()
        sizes = sim.parties[0].ledger.sizes()
        sim.settle()
        assert sim.parties[0].ledger.sizes() == sizes
        for act in sim.parties[0].ledger.acts():
            assert not sim.parties[0].ledger.standing(act).pending_withdrawals


def test_a_withdrawal_is_pending_until_the_others_have_seen_it_and_may_be_lost() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    act = a.propose(AGREE, writes={sim.cell("j"): ()})
    sim.settle()
    a.withdraw(act)
    standing = a.ledger.standing(act)
    assert (standing.status, standing.pending_withdrawals) == ("open", (a.name,))
    b.sign(act)
    sim.settle()
    standing = a.ledger.standing(act)
    assert (standing.status, standing.lost_withdrawals) == ("in_force", (a.name,))


@pytest.mark.parametrize("parties", [2, 3])
def test_crossed_proposals_are_resolved_in_favour_of_the_earlier_proposer_without_livelock(parties: int) -> None:
    sim = Simulation(parties)
    cell = sim.cell("j")
    acts = [party.propose(AGREE, writes={cell: ()}) for party in sim.parties]
    for _ in range(4):
        sim.settle()
        for party in sim.parties:
            for act in acts:
                if party.name in party.ledger.standing(act).missing and not refused(party.sign, act):
                    continue
                for clash in party.ledger.clashes(party.name, act) if party.name in party.ledger.standing(act).missing else ():
                    if clash.step_back:
                        refused(party.withdraw, clash.act)
    sim.settle()
    assert [sim.parties[0].ledger.standing(act).status for act in acts] == ["in_force"] + ["withdrawn"] * (parties - 1)
    assert not sim.parties[0].ledger.breaches()


def test_a_network_that_loses_and_repeats_brings_everybody_to_one_digest() -> None:
    sim = Simulation(3, seed=5)
    network: Network = sim.network
    acts = [party.propose(AGREE, writes={sim.cell(f"x{n}"): ()}) for n, party in enumerate(sim.parties)]
    for _ in range(400):
        sender, to = network.rng.sample(sim.parties, 2)
        network.send(sender, to)
        network.move(8)
        for act in acts:
            refused(to.sign, act)
        done = all(act in p.ledger.acts() and p.ledger.standing(act).status == "in_force" for p in sim.parties for act in acts)
        if done and len({p.ledger.digest() for p in sim.parties}) == 1:
            break
    assert len({p.ledger.digest() for p in sim.parties}) == 1
    assert {sim.parties[0].ledger.standing(act).status for act in acts} == {"in_force"}


# Forks and successor logs ------------------------------------------------------------------------


def test_a_fork_disputes_the_object_and_neither_act_is_chosen() -> None:
    sim, twin, acts = dispute()
    b = sim.parties[1]
    messages = [*sim.everything(), *twin.tell()]
    rng = random.Random(1)
    digests = set()
    for _ in range(8):
        rng.shuffle(messages)
        ledger = ledger_of(sim, messages)
        digests.add(ledger.digest())
        assert not ledger.breaches()
        assert not ledger.waiting()
        assert ledger.heads(sim.cell("j")) == set(acts)
        assert ledger.disputed_cells() == [sim.cell("j")]
        assert {ledger.standing(act).disputed for act in acts} == {True}
        assert list(ledger.forks()) == [b.log.origin]
        assert len(ledger.sizes()[b.log.origin]) == 2
    assert len(digests) == 1


def test_a_note_that_contradicts_what_is_held_asks_for_the_other_branch() -> None:
    sim = Simulation(3)
    a, b, c = sim.parties
    twin = b.twin()
    b.append(None)
    twin.propose("tests/own/1", writes={sim.cell("x@kelmor"): ()}, signatories=["kelmor"])
    sim.settle(a, b, receipts=False)
    sim.settle(c, twin, receipts=False)
    c.append(None)
    for message in c.tell():
        if message[:2] != ("entry", b.log.origin):
            a.receive(message)
    assert [(w.what, w.name, w.size) for w in a.ledger.waiting()] == [("contradiction", b.log.origin, 2)]
    for message in c.tell():
        a.receive(message)
    assert not a.ledger.waiting()
    assert len(a.ledger.forks()[b.log.origin]) == 2


def test_after_a_fork_its_log_is_named_once_as_proof_and_then_no_more() -> None:
    sim, twin, _ = dispute()
    a, b = sim.parties
    for message in [*twin.tell(), *b.tell()]:
        a.receive(message)
    assert sorted(a.ledger.seen_for(a.name)) == sorted([b.note(), twin.note()])
    a.append(None)
    assert a.ledger.seen_for(a.name) == ()
    b.append(None)
    for message in b.tell():
        a.receive(message)
    assert a.ledger.seen_for(a.name) == ()
    a.append(None, seen=[b.note()])
    assert [x.reason.code for x in a.ledger.breaches()] == [Code.SEEN_FROZEN]
    b.receive(("note", "", 0, twin.note().encode(), b""))
    for message in twin.tell():
        b.receive(message)
    assert [r.code for r in b.ledger.may_sign(b.name, sim.mechanism)] == [Code.LOG_FORKED]


def test_a_successor_log_names_both_heads_and_an_act_that_names_every_head_settles_the_dispute() -> None:
    sim, twin, acts = dispute()
    a, b = sim.parties
    for message in [*twin.tell(), *b.tell()]:
        a.receive(message)
    heir = Counterpart("kelmor", origin="kelmor.example/000000aa")
    heir.keys, heir._salts = b.keys, 5000
    heir.ledger = Ledger(sim.founding, sense=no_sense)
    heir.founding = heir.membership = sim.mechanism
    succession = a.hold(a.succession(b, heir.log.origin))
    a.sign(succession)
    for message in [*a.tell(), *b.tell(), *twin.tell()]:
        heir.receive(message)
    assert heir.ledger.origins()[heir.log.origin] == "kelmor"
    heir.append(succession, seen=[a.note(), b.note(), twin.note()])
    for message in heir.tell():
        a.receive(message)
    assert not a.ledger.breaches()
    assert a.ledger.standing(succession).status == "in_force"
    assert a.ledger.seen_for(a.name) == (heir.note(),)
    cell = sim.cell("j")
    half = heir.hold(heir.statement(AGREE, writes={cell: acts[:1]}))
    assert [r.code for r in heir.ledger.may_sign("kelmor", half)][:1] == [Code.BASIS_NOT_CURRENT]
    settled = heir.propose(AGREE, writes={cell: acts})
    for message in heir.tell():
        a.receive(message)
    a.sign(settled)
    assert a.ledger.heads(cell) == {settled}
    assert a.ledger.disputed_cells() == []
    assert not a.ledger.breaches()
    messages = [*a.tell(), *b.tell(), *twin.tell(), *heir.tell()]
    for seed in range(6):
        random.Random(seed).shuffle(messages)
        assert ledger_of(sim, messages).digest() == a.ledger.digest()


def test_a_successor_that_leaves_out_a_head_does_not_open() -> None:
    sim, twin, _ = dispute()
    a, b = sim.parties
    for message in [*twin.tell(), *b.tell()]:
        a.receive(message)
    heir = Counterpart("kelmor", origin="kelmor.example/000000aa")
    heir.keys = b.keys
    heir.ledger = Ledger(sim.founding, sense=no_sense)
    succession = a.hold(a.succession(b, heir.log.origin))
    a.sign(succession)
    for message in [*a.tell(), *b.tell(), *twin.tell()]:
        heir.receive(message)
    heir.append(succession, seen=[a.note(), b.note()])
    assert [x.reason.code for x in heir.ledger.breaches()] == [Code.NOT_AN_OPENING]


# Accession, leaving --------------------------------------------------------------------------------


def test_a_newcomer_is_given_the_past_and_signs_from_its_accession_on() -> None:
    sim = Simulation(2)
    earlier = agreed(sim)
    new, payload = sim.newcomer("sorvell")
    a, b = sim.parties
    act = a.hold(payload)
    a.sign(act)
    sim.settle()
    b.sign(act)
    group = (a, b, new)
    for party in (a, b):
        for message in party.tell():
            new.receive(message)
    assert refused(new.sign, new.hold(new.statement("tests/own/1", signatories=["sorvell"]))) == "A log begins with the act that opens it."
    new.sign(act)
    sim.settle(*group)
    assert a.ledger.standing(act).status == "in_force"
    assert a.ledger.membership() == act
    assert a.ledger.parties(act) == ("arvena", "kelmor", "sorvell")
    assert a.ledger.origins()[new.log.origin] == "sorvell"
    assert new.ledger.heads(sim.cell("agreement")) == {earlier}
    for party in group:
        party.membership = act
    joint = new.propose(AGREE, writes={sim.cell("k"): ()})
    for party in (a, b):
        sim.settle(*group)
        party.sign(joint)
    sim.settle(*group)
    assert {p.ledger.standing(joint).status for p in group} == {"in_force"}
    assert len({p.ledger.digest() for p in group}) == 1
    assert not a.ledger.breaches()


def test_a_party_that_left_is_no_party_by_the_act_of_leaving_and_what_was_in_force_stays() -> None:
    sim = Simulation(3)
    a, b, c = sim.parties
    earlier = agreed(sim)
    leaving = c.propose("mechanisms/leave/1", writes={sim.cell("left@sorvell"): ()}, body={"party": "sorvell"}, signatories=["sorvell"])
    sim.settle()
    assert a.ledger.membership() == leaving
    assert a.ledger.parties(leaving) == ("arvena", "kelmor")
    a.membership = b.membership = leaving
    act = a.propose(AGREE, writes={"self/state": ()})
    assert a.ledger.act(act).signatories == ("arvena", "kelmor")
    sim.settle()
    b.sign(act)
    assert b.ledger.standing(act).status == "in_force"
    wrong = a.hold(a.statement(AGREE, writes={"self/state": ()}, signatories=["arvena", "sorvell"]))
    assert Code.NOT_A_PARTY in [r.code for r in a.ledger.may_sign("arvena", wrong)]
    assert a.ledger.standing(earlier).status == "in_force"


def test_two_accessions_under_one_name_do_not_lend_each_other_signatures() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    one, first = sim.newcomer("sorvell")
    other = Counterpart("sorvell", origin="impostor.example/00000001")
    other.join(sim.founding)
    card = {**one.card, "origin": other.log.origin}
    cells = {sim.cell("parties"): [sim.mechanism]}
    everyone = ["arvena", "kelmor", "sorvell"]
    rival = a.statement("mechanisms/accede/1", writes=cells, body={"party": card}, signatories=everyone)
    for message in [*a.tell(), *b.tell()]:
        other.receive(message)
    other.hold(rival)
    other.hold(first)
    other.append(a.hold(rival), seen=[a.note(), b.note()])
    assert not other.ledger.breaches()
    other.append(a.hold(first))
    assert other.ledger.breaches()
    assert not one.ledger.breaches()
