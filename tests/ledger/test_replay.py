"""The ledger from real bytes: order, loss and repetition; waiting; keys; forks; accession; what the node and the desk ask."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from comity.errors import Unsayable
from comity.ledger.intake import Stored
from comity.ledger.reasons import Code, Reason
from comity.ledger.replay import Ledger
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.cosignature import cosign
from comity.record.envelope import sign
from simulator import Counterpart, Keyring, Message, Network, Simulation, deliver, no_sense, refused

AGREE = "tests/agree/1"


def ledger_of(sim: Simulation, messages: Iterable[Message], **options: object) -> Ledger:
    ledger = Ledger(sim.founding, sense=no_sense, **options)  # type: ignore[arg-type]
    for message in messages:
        deliver(ledger, message)
    return ledger


def agreed(sim: Simulation, facet: str = "agreement") -> str:
    """An act in force in one cell of the mechanism."""
    cell = sim.cell(facet)
    first = sim.parties[0]
    act = first.propose(AGREE, writes={cell: first.ledger.heads(cell)})
    for party in sim.parties[1:]:
        sim.settle()
        party.sign(act)
    sim.settle()
    return act


def busy(seed: int, parties: int = 2) -> Simulation:
    """Some history: proposals that cross, withdrawals, declines, receipts, and a network that loses and repeats."""
    sim, rng = Simulation(parties, seed=seed), random.Random(seed)
    for _ in range(14):
        party = rng.choice(sim.parties)
        cell = sim.cell(rng.choice(("j", "k")))
        proposed = [a for a in party.ledger.acts() if party.ledger.act(a).type == AGREE]
        choice = rng.randrange(4)
        if choice == 0:
            refused(lambda p=party, c=cell: p.propose(AGREE, writes={c: p.ledger.heads(c)}))
        elif proposed:
            act = rng.choice(proposed)
            refused((party.sign, party.withdraw, party.decline)[choice - 1], act)
        for other in sim.parties:
            if other is not party:
                sim.network.send(party, other)
        sim.network.move(rng.randrange(30))
        party.acknowledge()
    return sim


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


def rowdy(seed: int) -> tuple[Simulation, list[Message]]:
    """Kelmor breaks whatever it can: signs anything, forks, names old, few or false checkpoints. The others stay honest."""
    sim, rng = Simulation(3, seed=seed), random.Random(seed)
    a, b, c = sim.parties
    faces = [b]
    for _ in range(40):
        if rng.random() < 0.1 and len(faces) < 3:
            faces.append(rng.choice(faces).twin())
        face = rng.choice(faces)
        if rng.random() < 0.5:
            misbehave(sim, face, rng)
        else:
            behave(sim, rng.choice((a, c)), rng)
        for _ in range(3):
            sender, to = rng.choice([a, c, *faces]), rng.choice([a, c, face])
            for message in sender.tell():
                # A face pretends not to know what the other faces said.
                if to in (a, c) or message[1] != b.log.origin:
                    to.receive(message)
    return sim, list(dict.fromkeys(m for party in (a, c, *faces) for m in party.tell()))


def behave(sim: Simulation, party: Counterpart, rng: random.Random) -> None:
    acts = [x for x in party.ledger.acts() if readable(party, x)]
    cell = sim.cell(rng.choice("jk"))
    if rng.random() < 0.3 or not acts:
        refused(lambda: party.propose(AGREE, writes={cell: party.ledger.heads(cell)}))
    else:
        refused(rng.choice((party.sign, party.sign, party.withdraw)), rng.choice(acts))
    party.acknowledge()


def readable(party: Counterpart, act: str) -> bool:
    return party.ledger.act(act).type == AGREE


def misbehave(sim: Simulation, face: Counterpart, rng: random.Random) -> None:
    acts = [x for x in face.ledger.acts() if readable(face, x)]
    match rng.randrange(6):
        case 0:
            heads = rng.choice([(), face.ledger.heads(sim.cell("j")), acts[-1:]])
            face.append(face.hold(face.statement(AGREE, writes={sim.cell("j"): heads})), seen=notes(sim, rng))
        case 1 | 2 if acts:
            face.append(rng.choice(acts), seen=None if rng.random() < 0.7 else notes(sim, rng))
        case 3 if acts:
            body = {"act": rng.choice(acts)}
            face.append(face.hold(face.statement("acts/withdraw/1", body=body, signatories=["kelmor"])), seen=notes(sim, rng))
        case 4:
            face.append_bytes(rng.randbytes(20))
        case _:
            face.append(None, seen=None if rng.random() < 0.7 else notes(sim, rng))


def notes(sim: Simulation, rng: random.Random) -> list[str]:
    """Some checkpoints of the honest parties, old or new, and now and then a false one."""
    a, b, c = sim.parties
    if rng.random() < 0.05:
        return [sign_checkpoint(Checkpoint(a.log.origin, a.log.range.size, a.log.root), b.keys.log)]
    return [p.note(rng.randrange(max(1, p.log.range.size - 2), p.log.range.size + 1)) for p in (a, c) if rng.random() < 0.8]


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
    assert sorted(str(w) for w in ledger.waiting()) == [f"waits for statement {act}"] * 2
    assert len(ledger.sizes()[a.log.origin]) == 1
    ledger.offer_payload(payload)
    assert not ledger.waiting()
    assert ledger.standing(act).status == "in_force"
    ledger = ledger_of(sim, [m for m in messages if m[1] != a.log.origin])
    assert [str(w) for w in ledger.waiting()] == [f"waits for entry 0 of {a.log.origin}"]
    ledger = ledger_of(sim, [m for m in messages if m[0] != "root"])
    assert [str(w) for w in ledger.waiting()] == [f"waits for root {a.keys.fingerprint}"]
    ledger = ledger_of(sim, [m for m in messages if (m[1], m[2]) != (b.log.origin, 0)])
    assert f"waits for entry 0 of {b.log.origin}" in [str(w) for w in ledger.waiting()]


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


def dispute() -> tuple[Simulation, Counterpart, list[str]]:
    """Two acts in force on one version between Arvena and Kelmor, by a fork of Kelmor's log alone."""
    sim = Simulation(2)
    a, b = sim.parties
    cell = sim.cell("j")
    one = a.propose(AGREE, writes={cell: ()})
    a.withdraw(one)
    twin = b.twin()
    for message in a.tell():
        b.receive(message)
        if message[0] != "entry" or message[2] < 2:
            twin.receive(message)
    twin.receive(("note", "", 0, a.note(2).encode(), b""))
    b.acknowledge()
    for message in b.tell():
        a.receive(message)
    two = a.propose(AGREE, writes={cell: ()})
    for message in a.tell():
        b.receive(message)
    b.sign(two)
    twin.sign(one)
    return sim, twin, [one, two]


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


def test_a_first_entry_that_claims_to_follow_something_waits_for_it() -> None:
    sim = Simulation(2)
    a = sim.parties[0]
    ledger = Ledger(sim.founding, sense=no_sense)
    ledger.offer_entry(a.log.origin, 0, a.log.entries[0], bytes(32))
    assert [w.index for w in ledger.waiting()] == [0]
    assert ledger.sizes() == {}
