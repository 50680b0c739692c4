"""The ledger from real bytes: order, loss and repetition; waiting; breaches; keys; what the next entry names."""

from __future__ import annotations

import random

import pytest

from comity.errors import Unsayable
from comity.ledger.intake import Stored
from comity.ledger.reasons import Code, Reason
from comity.ledger.replay import Ledger
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.cosignature import cosign
from comity.record.envelope import sign
from ledger.histories import AGREE, agreed, busy, ledger_of, rowdy
from simulator import Keyring, Simulation, deliver, no_sense, refused

# Order, loss, repetition ---------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("parties", [2, 3])
def test_nodes_that_judged_the_same_have_the_same_digest_whatever_the_order_loss_and_repetition(seed: int, parties: int) -> None:
    sim = busy(seed, parties)
    sim.settle()
    digest = sim.parties[0].ledger.digest()
    assert {party.ledger.digest() for party in sim.parties} == {digest}
    assert not sim.parties[0].ledger.breaches()
    rng, messages = random.Random(seed), sim.everything()
    for _ in range(3):
        mixed = messages + rng.sample(messages, k=len(messages) // 2)
        rng.shuffle(mixed)
        ledger = ledger_of(sim, mixed)
        assert not ledger.waiting()
        assert ledger.digest() == digest


@pytest.mark.parametrize("seed", range(6))
def test_a_part_of_the_record_gives_the_state_of_that_part_and_the_rest_completes_it(seed: int) -> None:
    sim = busy(seed)
    sim.settle()
    messages, rng = sim.everything(), random.Random(seed)
    rng.shuffle(messages)
    half = ledger_of(sim, messages[: len(messages) // 2])
    sizes, digest = half.sizes(), half.digest()
    held = {(origin, size) for origin, tips in sizes.items() for size, _ in tips}
    entries = [m for m in messages if m[0] != "entry" or any(m[1] == origin and m[2] < size for origin, size in held)]
    assert ledger_of(sim, entries).digest() == digest
    for message in messages:
        deliver(half, message)
    assert half.digest() == sim.parties[0].ledger.digest()


@pytest.mark.parametrize("seed", range(30))
def test_whatever_one_party_does_all_orders_give_the_same_verdicts_and_the_honest_break_no_rule(seed: int) -> None:
    sim, messages = rowdy(seed)
    rng = random.Random(seed)
    outcomes = set()
    for _ in range(4):
        rng.shuffle(messages)
        ledger = ledger_of(sim, messages)
        outcomes.add((ledger.digest(), tuple(ledger.breaches()), tuple(sorted(map(str, ledger.waiting())))))
        assert {breach.party for breach in ledger.breaches()} <= {"kelmor"}
    assert len(outcomes) == 1


def test_an_entry_says_what_it_waits_for() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    act = a.propose(AGREE, writes={sim.cell("j"): ()})
    sim.settle()
    b.sign(act)
    messages = [m for m in sim.everything() if m[0] != "note"]
    payload = b.ledger.payload(act)
    ledger = ledger_of(sim, [m for m in messages if m[3] != payload])
    assert sorted(str(w) for w in ledger.waiting()) == [f"Not judged from here on: the act {act} is not here."] * 2
    assert len(ledger.sizes()[a.log.origin]) == 1
    ledger.offer_payload(payload)
    assert not ledger.waiting()
    assert ledger.standing(act).status == "in_force"
    ledger = ledger_of(sim, [m for m in messages if m[1] != a.log.origin])
    assert [str(w) for w in ledger.waiting()] == [f"Not judged from here on: entry 0 of {a.log.origin} is not here."]
    ledger = ledger_of(sim, [m for m in messages if m[0] != "root"])
    assert [str(w) for w in ledger.waiting()] == [f"Not judged from here on: the key root {a.keys.fingerprint} is not here."]
    ledger = ledger_of(sim, [m for m in messages if (m[1], m[2]) != (b.log.origin, 0)])
    assert f"Not judged from here on: entry 0 of {b.log.origin} is not here." in [str(w) for w in ledger.waiting()]


def test_a_first_entry_that_claims_to_follow_something_waits_for_it() -> None:
    sim = Simulation(2)
    a = sim.parties[0]
    ledger = Ledger(sim.founding, sense=no_sense)
    ledger.offer_entry(a.log.origin, 0, a.log.entries[0], bytes(32))
    assert [w.index for w in ledger.waiting()] == [0]
    assert ledger.sizes() == {}


def test_a_stored_verdict_is_restored_without_checking_signatures() -> None:
    sim = busy(3)
    sim.settle()
    sim.parties[1].append(next(iter(sim.parties[1].ledger.acts())))
    sim.settle()
    whole = sim.parties[0].ledger
    assert whole.breaches()
    again = Ledger(sim.founding, check_signatures=False, fetch=whole.payload, sense=no_sense)
    for kind, origin, index, data, before in sim.everything():
        if kind == "payload":
            again.offer_payload(data)
        elif kind == "entry":
            root = next(h.root(index + 1) for h in whole._intake.held.of[origin])
            again.offer_entry(origin, index, data, before, verdict=whole.verdict(origin, index + 1, root))
    assert again.digest() == whole.digest()
    assert again.breaches() == whole.breaches()


def test_a_verdict_that_was_stored_is_believed() -> None:
    sim = Simulation(2)
    b = sim.parties[1]
    act = agreed(sim)
    void = Stored(Reason.of(Code.BAD_SIGNATURE))
    ledger = ledger_of(sim, [m for m in sim.everything() if m[:3] != ("entry", b.log.origin, 1)], check_signatures=False)
    assert ledger.standing(act).status == "open"
    data, before = b.log.entries[1], next(m[4] for m in b.held if m[:3] == ("entry", b.log.origin, 1))
    ledger.offer_entry(b.log.origin, 1, data, before, verdict=void)
    assert ledger.standing(act).missing == (b.name,)
    assert [breach.reason for breach in ledger.breaches()] == [void.reason]


def test_what_changed_is_told_once_in_order_and_from_any_cursor() -> None:
    sim = Simulation(2)
    a = sim.parties[0]
    cursor, changed = a.ledger.changed_since(0)
    assert changed == [sim.mechanism]
    first = agreed(sim)
    cursor, changed = a.ledger.changed_since(cursor)
    assert changed == [first]
    second = agreed(sim)
    after, changed = a.ledger.changed_since(cursor)
    assert set(changed) == {first, second}
    assert a.ledger.changed_since(after) == (after, [])
    assert a.ledger.standing(first).superseded_by == second
    assert a.ledger.writers(sim.cell("agreement")) == (first, second)
    assert a.ledger.cells() == sorted([sim.cell("agreement"), sim.cell("parties"), sim.cell("state"), f"{sim.mechanism}#main/state"])


def test_an_act_that_is_not_here_is_refused_by_name() -> None:
    sim = Simulation(2)
    ledger = sim.parties[0].ledger
    for ask in (ledger.act, ledger.payload, ledger.standing, ledger.parties):
        with pytest.raises(Unsayable):
            ask("0" * 64)
    assert [r.code for r in ledger.may_sign("arvena", "0" * 64)] == [Code.UNKNOWN_ACT]


# Breaches ---------------------------------------------------------------------------------


def breach(sim: Simulation) -> Code:
    """The one reason that all parties see after everything has arrived."""
    for sender in sim.parties:
        for party in sim.parties:
            for message in sender.tell():
                party.receive(message)
    codes = {tuple(b.reason.code for b in party.ledger.breaches()) for party in sim.parties}
    assert len(codes) == 1
    ((code,),) = codes
    return code


def test_an_unreadable_entry_is_void_and_the_log_goes_on() -> None:
    sim = Simulation(2)
    b = sim.parties[1]
    b.append_bytes(b'{"v":2}')
    assert breach(sim) is Code.UNREADABLE_ENTRY
    agreed(sim)


def test_an_unreadable_statement_is_void_wherever_it_arrives() -> None:
    sim = Simulation(2)
    act = sim.parties[1].hold(b"{}")
    sim.parties[1].append(act)
    assert breach(sim) is Code.UNREADABLE_STATEMENT


def test_a_signature_by_another_key_is_void() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    payload = b.statement(AGREE, writes={sim.cell("j"): ()})
    b.append(b.hold(payload), signatures=sign(payload, a.keys.officers))
    assert breach(sim) is Code.BAD_SIGNATURE


def test_fewer_officers_than_the_threshold_make_a_signature_void() -> None:
    sim = Simulation(2, officers=2)
    b = sim.parties[1]
    payload = b.statement(AGREE, writes={sim.cell("j"): ()})
    act = b.hold(payload)
    assert b.ledger.refusal(b.name, act, sign(payload, b.keys.officers[:1])) is not None
    assert b.ledger.refusal(b.name, act, sign(payload, b.keys.officers)) is None
    b.append(act, signatures=sign(payload, b.keys.officers[:1]))
    assert breach(sim) is Code.BAD_SIGNATURE


def test_a_checkpoint_in_seen_that_its_log_has_not_signed_makes_an_entry_void() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    false = sign_checkpoint(Checkpoint(a.log.origin, a.log.range.size, a.log.root), b.keys.log)
    b.append(b.hold(b.statement(AGREE, writes={sim.cell("j"): ()})), seen=[false])
    assert breach(sim) is Code.BAD_NOTE


def test_an_act_of_another_mechanism_is_void() -> None:
    sim = Simulation(2)
    b = sim.parties[1]
    b.founding = "1" * 64
    b.append(b.hold(b.statement(AGREE, writes={sim.cell("j"): ()}, signatories=["kelmor"])))
    assert breach(sim) is Code.ANOTHER_MECHANISM


def test_a_log_that_does_not_begin_with_its_opening_never_opens() -> None:
    sim = Simulation(2, found=False)
    a, b = sim.parties
    a.found()
    b.append(None)
    b.append(sim.mechanism)
    for message in b.tell():
        a.receive(message)
    assert [x.reason.code for x in a.ledger.breaches()] == [Code.NOT_AN_OPENING, Code.BAD_SIGNATURE]
    assert a.ledger.standing(sim.mechanism).missing == (b.name,)
    assert a.ledger.opened() == {a.name}


def test_seen_that_falls_behind_what_the_own_log_had_seen_is_void() -> None:
    sim = Simulation(2)
    agreed(sim)
    b = sim.parties[1]
    b.append(b.hold(b.statement(AGREE, writes={sim.cell("j"): ()})), seen=[sim.parties[0].note(1)])
    assert breach(sim) is Code.SEEN_NOT_CLOSED


def test_an_entry_that_names_what_nobody_has_stops_its_own_log_and_no_other() -> None:
    sim = Simulation(3)
    a, b, c = sim.parties
    bogus = sign_checkpoint(Checkpoint(a.log.origin, 9, bytes(32)), b.keys.log)
    b.append(None, seen=[bogus, c.note()])
    sim.settle(receipts=False)
    assert [(w.what, w.name, w.size) for w in a.ledger.waiting()] == [("entry", a.log.origin, 9)]
    assert a.ledger.sizes()[b.log.origin][0][0] == 1
    act = a.propose("tests/own/1", writes={sim.cell("x@arvena"): ()}, signatories=["arvena"])
    assert a.ledger.standing(act).status == "in_force"


def test_a_withheld_statement_stops_its_own_log_and_no_other() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    act = b.propose(AGREE, writes={sim.cell("j"): ()})
    for message in b.tell(without=[b.ledger.payload(act)]):
        a.receive(message)
    assert [w.what for w in a.ledger.waiting()] == ["statement"]
    assert refused(a.sign, act) == "The act is not here."
    assert a.propose(AGREE, writes={sim.cell("j"): ()})


# Keys -------------------------------------------------------------------------------------


def test_keys_are_judged_at_the_signers_own_place() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    old = b.keys
    before = a.propose(AGREE, writes={sim.cell("j"): ()})
    sim.settle()
    b.sign(before)
    b.rotate_keys()
    after = b.hold(b.statement(AGREE, writes={sim.cell("j"): [before]}))
    b.append(after, signatures=sign(b.ledger.payload(after), old.officers))
    assert breach(sim) is Code.BAD_SIGNATURE
    b.sign(after)
    sim.settle()
    a.sign(after)
    assert a.ledger.standing(before).superseded_by == after
    assert [root.version for root in a.ledger.roots_of(b.name)] == [1, 2]
    assert a.ledger.first_roots() == {a.keys.fingerprint: "arvena", old.fingerprint: "kelmor"}


def test_a_root_that_the_old_root_keys_have_not_signed_changes_nothing() -> None:
    sim = Simulation(2)
    b = sim.parties[1]
    stranger = Keyring("kelmor", 2)
    b.receive(("root", "", 0, stranger.root, b""))
    payload = b.statement(
        "mechanisms/rotate-keys/1",
        writes={sim.cell("keys@kelmor"): ()},
        body={"version": 2},
        signatories=["kelmor"],
        files={"root.2.json": stranger.fingerprint},
    )
    b.append(b.hold(payload))
    assert breach(sim) is Code.ROOT_NOT_NEXT
    agreed(sim)


# What the next entry names -----------------------------------------------------------------


def test_cosignatures_on_a_checkpoint_are_left_out_and_change_nothing() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    agreed(sim)
    digest, seen = b.ledger.digest(), b.ledger.seen_for(b.name)
    b.ledger.offer_note(a.note() + cosign(a.note(), "kelmor.example/witness", b.keys.witness, 1))
    assert b.ledger.seen_for(b.name) == seen == (a.note(),)
    assert b.ledger.digest() == digest


def test_only_judged_entries_are_named_so_nobody_is_stopped_by_what_it_cannot_judge() -> None:
    sim = Simulation(2)
    a, b = sim.parties
    size = a.log.range.size
    a.append(None, seen=[sign_checkpoint(Checkpoint(b.log.origin, 7, bytes(32)), b.keys.log)])
    for message in a.tell():
        b.receive(message)
    assert b.ledger.seen_for(b.name) == (a.note(size),)
    act = b.propose("tests/own/1", writes={sim.cell("x@kelmor"): ()}, signatories=["kelmor"])
    assert b.ledger.standing(act).status == "in_force"
