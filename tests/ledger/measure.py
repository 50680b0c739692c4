"""How long a long record takes to replay, and how much memory: ``python tests/ledger/measure.py [acts]``, with ``src`` and ``tests`` on
the path.

Two parties, joint acts in four patterns (a new object; a new version of a shared cell; a pledge that relies on it and an own assessment),
one entry of each party per act, statements fetched from a dictionary as a node fetches them from its store, signatures not checked.
"""

from __future__ import annotations

import resource
import sys
import time
from hashlib import sha256

from comity.ledger.replay import Ledger
from comity.record.checkpoint import Checkpoint
from comity.record.encoding import b64encode
from comity.record.entry import Entry
from comity.record.envelope import Signature
from comity.record.merkle import CompactRange, leaf_hash
from simulator import Counterpart, Message, Simulation, no_sense


class Fake:
    """A log with signatures that nobody checks."""

    def __init__(self, party: Counterpart) -> None:
        self.party, self.range = party, CompactRange()
        self.note = ""

    def entry(self, act: str, seen: str) -> Message:
        before, index, origin = self.range.root(), self.range.size, self.party.log.origin
        data = Entry(act, (Signature("0" * 64, bytes(64)),), (seen,) if seen else ()).to_bytes()
        self.range.append(leaf_hash(data))
        cp = Checkpoint(origin, index + 1, self.range.root())
        self.note = f"{cp.to_text()}\n— {origin} {b64encode(bytes(68))}\n"
        return "entry", origin, index, data, before


def build(acts: int) -> tuple[bytes, dict[str, bytes], list[Message]]:
    sim = Simulation(2)
    a, b = (Fake(p) for p in sim.parties)
    payloads: dict[str, bytes] = {sim.mechanism: sim.founding}
    entries = [a.entry(sim.mechanism, ""), b.entry(sim.mechanism, a.note)]
    agreement: list[str] = []
    pledge = ""
    for number in range(acts):
        first, second = (a, b) if number % 2 else (b, a)
        writes: dict[str, list[str]] = {"self/state": []}
        relies: dict[str, list[str]] = {}
        if number % 4 == 1:
            writes = {sim.cell("agreement"): agreement}
        elif number % 4 == 2:
            relies = {sim.cell("agreement"): agreement}
        elif number % 4 == 3:
            writes = {f"{pledge}/view@{second.party.name}": [], f"{pledge}/state": [pledge]}
        payload = first.party.statement("tests/agree/1", writes=writes, relies=relies, body={"text": "0" * 200})
        act = sha256(payload).hexdigest()
        payloads[act] = payload
        if number % 4 == 1:
            agreement = [act]
        elif number % 4 == 2:
            pledge = act
        entries += [first.entry(act, second.note), second.entry(act, first.note)]
    return sim.founding, payloads, entries


def main(acts: int) -> None:
    founding, payloads, entries = build(acts)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    ledger = Ledger(founding, check_signatures=False, fetch=payloads.__getitem__, sense=no_sense)
    for data in payloads.values():
        ledger.offer_payload(data)
    for _, origin, index, entry, root in entries:
        ledger.offer_entry(origin, index, entry, root)
    took, after = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert not ledger.waiting()
    assert not ledger.breaches()
    in_force = sum(ledger.standing(act).status == "in_force" for act in list(ledger.acts())[:1000])
    start = time.process_time()
    digest = ledger.digest()
    more = (after - before) / 1024
    print(f"{acts} acts, {len(entries)} entries: {took:.1f} s, {more:.0f} MB more; digest {time.process_time() - start:.1f} s")
    print(f"{in_force} of the first 1000 acts in force; {digest}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
