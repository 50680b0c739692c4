"""Histories from real bytes that several tests start from."""

from __future__ import annotations

import random
from collections.abc import Iterable

from comity.ledger.replay import Ledger
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from simulator import Counterpart, Message, Simulation, deliver, no_sense, refused

AGREE = "tests/agree/1"


def ledger_of(sim: Simulation, messages: Iterable[Message], **options: object) -> Ledger:
    ledger = Ledger(sim.founding, sense=no_sense, **options)
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
