"""Random schedules for the oracle, and replaying them through the judge in any order."""

from __future__ import annotations

import random
from collections.abc import Iterable

from comity.ledger.facts import Facts
from comity.ledger.judge import Judge
from comity.ledger.reasons import Code, Reason
from comity.ledger.roster import Roster
from comity.mechanisms.acts import ACCEDE, FOUND
from comity.terms.act import DECLINE, WITHDRAW, Act
from comity.terms.audience import PARTIES, Audience
from ledger.oracle import FOUNDING, A, Oracle

NAMES = ("arvena", "kelmor", "sorvell", "tirn")
KINDS = {"found": FOUND, "accede": ACCEDE, "withdraw": WITHDRAW, "decline": DECLINE}


def act_id(number: int) -> str:
    return f"{number + 1:064x}"


def cell_name(cell: str) -> str:
    obj, _, rest = cell.partition("/")
    facet, at, party = rest.partition("@")
    return f"{act_id(int(obj))}/{facet}" + (f"@{NAMES[int(party)]}" if at else "")


def party_body(number: int) -> dict[str, str]:
    return {"id": NAMES[number], "origin": f"{NAMES[number]}.example/0000000{number}", "root": f"{number:064x}"}


def as_act(a: A, oracle: Oracle) -> Act:
    body: dict[str, object] = {}
    if a.kind == "found":
        body = {"parties": [party_body(p) for p in range(oracle.founders)]}
    elif a.kind == "accede" and a.newcomer is not None:
        body = {"party": party_body(a.newcomer)}
    elif a.about is not None:
        body = {"act": act_id(a.about)}

    def named(cells: dict[str, frozenset[int]]) -> dict[str, frozenset[str]]:
        return {cell_name(c): frozenset(map(act_id, v)) for c, v in cells.items()}

    return Act(
        id=act_id(a.number),
        type=KINDS.get(a.kind, f"tests/{a.kind}/1"),
        mechanism=act_id(FOUNDING),
        membership=None if a.kind == "found" else act_id(a.membership),
        proposer=NAMES[a.signers[0]],
        signatories=tuple(NAMES[s] for s in a.signers),
        basis=named(a.writes),
        relies=named(a.relies),
        refs=frozenset(map(act_id, a.refs)),
        body=body,
        audience=Audience(PARTIES),
        said="2026-11-12T16:40:00+03:00",
        files={},
    )


class Replay:
    """The judge, fed with the oracle's entries, each after its past."""

    def __init__(self, oracle: Oracle, judge: type[Judge] = Judge) -> None:
        self.oracle = oracle
        founding = as_act(oracle.acts[FOUNDING], oracle)
        self.judge = judge(oracle.founders)
        self.roster = Roster(self.judge, founding)
        facts = self.roster.take(founding)
        self.judge.founding = facts.number
        self.roster.resolve(facts)
        self.at: dict[int, tuple[int, int]] = {}
        self.children: dict[int, int] = {}

    def facts(self, number: int) -> Facts:
        facts = self.roster.take(as_act(self.oracle.acts[number], self.oracle))
        self.roster.resolve(facts)
        return facts

    def feed(self, e: int) -> Reason | None:
        x, segments = self.oracle.entries[e], self.judge.segments
        log = self.roster.log(party_body(x.log)["origin"])
        fault = None
        act = None if x.act is None else self.facts(x.act)
        positions = [self.at[n] for n in x.named]
        if x.before is None:
            segment = segments.add(log)
            opening = None
            if act is not None and (act.founding or self.judge.in_force(act.membership, segments.join((), positions))):
                opening = self.roster.opening(act, party_body(x.log)["origin"])
            if opening is None or act is None:
                fault = Reason.of(Code.NOT_AN_OPENING)
            else:
                segments.open(segment, opening[1], act.number)
        else:
            number, count = self.at[x.before]
            segment = segments.all[number]
            if segment.size != count:
                segment = segments.add(log, (number, count))
        reason = self.judge.append(segment, positions, act, fault)
        self.at[e] = (segment.number, x.place + 1)
        return reason

    def feed_all(self, order: Iterable[int]) -> dict[int, Reason | None]:
        return {e: self.feed(e) for e in order}

    def disagreement(self, order: Iterable[int]) -> str:
        """Where the judge and the oracle differ; empty if nowhere."""
        fed = 0
        for e in order:
            x = self.oracle.entries[e]
            reason = self.feed(e)
            fed |= 1 << e
            if (reason is None) != x.ok:
                return f"entry {e} ({NAMES[x.party]} {x.place}): judge {reason.code if reason else 'valid'}, oracle {x.why or 'valid'}"
        return self.state_disagreement(fed)

    def state_disagreement(self, fed: int) -> str:
        judge, oracle = self.judge, self.oracle
        now = judge.segments.now()
        for a in oracle.acts:
            facts = judge.act(act_id(a.number))
            if not facts.known:
                continue
            force = oracle.in_force(fed, a.number)
            if force != facts.forced or force != judge.in_force(facts.number, now):
                return f"act {a.number} in force: {force}"
            dead = oracle.dead(fed, a.number)
            if facts.signed and bool(dead) != bool(judge.dead(facts, now)):
                return f"act {a.number} dead: {dead}"
        for name, cell in self.roster.cells.items():
            obj = int(name[:64], 16) - 1
            rest = name[64:].partition("@")
            own = f"{obj}{rest[0]}" + (f"@{NAMES.index(rest[2])}" if rest[2] else "")
            want = frozenset(act_id(h) for h in oracle.heads(fed, own))
            for got in (judge.heads_now(cell), judge.heads(cell, now)):
                if frozenset(judge.acts[n].id for n in got if n) != want:
                    return f"heads of {own}: {sorted(want)}"
        return ""


def shuffled(oracle: Oracle, rng: random.Random) -> list[int]:
    """A random order in which pasts come first."""
    left, order, done = set(range(len(oracle.entries))), [], 0
    while left:
        ready = [e for e in sorted(left) if not oracle.entries[e].past & ~done]
        e = rng.choice(ready)
        order.append(e)
        left.discard(e)
        done |= 1 << e
    return order


class Actor:
    """Whoever writes one branch of one party's log: what it has judged, and where its log ends."""

    def __init__(self, log: int) -> None:
        self.log = log
        self.last: int | None = None
        self.known = 0


class Schedule:
    """Parties act at random; news travels late, in pieces, along any path. ``rogue`` is a party that breaks rules now and then,
    ``careless`` one that goes on naming a forked log."""

    def __init__(
        self,
        seed: int,
        *,
        founders: int = 2,
        parties: int = 2,
        steps: int = 40,
        rogue: int | None = None,
        forks: bool = False,
        careless: int | None = None,
    ) -> None:
        self.rng = random.Random(seed)
        self.oracle = Oracle(founders, parties)
        self.actors = [Actor(p) for p in range(parties)]
        self.rogue, self.forks, self.careless = rogue, forks, careless
        self.honest_void: list[str] = []
        self.accession: int | None = None
        # The founding is usually out of the way before anything else happens.
        if self.rng.random() < 0.9:
            for actor in self.actors[:founders]:
                self._put(actor, FOUNDING)
                for other in self.actors[:founders]:
                    other.known |= self._whole(actor)
        for _ in range(steps):
            self.step()

    def _whole(self, actor: Actor) -> int:
        return actor.known | (0 if actor.last is None else self.oracle.entries[actor.last].past | 1 << actor.last)

    def _past(self, actor: Actor) -> int:
        return self.oracle.past(actor.last, self._named(actor))

    def _named(self, actor: Actor) -> tuple[int, ...]:
        """What an honest node names: the last entries of each other log that it knows; of one that had forked in its past, nothing."""
        old = 0 if actor.last is None else self.oracle.entries[actor.last].past
        named: list[int] = []
        for log in {x.log for x in self.oracle.entries} - {actor.log}:
            if self.oracle.forked(log, old) and (actor.log != self.careless or self.rng.random() < 0.5):
                continue
            here = [e for e, x in enumerate(self.oracle.entries) if actor.known >> e & 1 and x.log == log]
            named += [e for e in here if not any(self.oracle.entries[o].chain >> e & 1 for o in here)]
        return tuple(named)

    def _put(self, actor: Actor, act: int | None, named: tuple[int, ...] | None = None) -> int:
        e = self.oracle.append(actor.log, actor.last, self._named(actor) if named is None else named, act)
        actor.last = e
        actor.known |= self.oracle.entries[e].past | 1 << e
        if actor.log not in (self.rogue, self.careless) and not self.oracle.entries[e].ok:
            self.honest_void.append(f"{e}: {self.oracle.entries[e].why}")
        return e

    def may(self, actor: Actor, act: int) -> bool:
        return not self.oracle.judge(actor.log, actor.last, self._named(actor), act)

    # Steps ---------------------------------------------------------------------

    def step(self) -> None:
        rng = self.rng
        actor = rng.choice(self.actors)
        if rng.random() < 0.45:
            self.learn(actor)
            return
        rogue = actor.log == self.rogue and rng.random() < 0.4
        if self.forks and actor.log == self.rogue and actor.last is not None and len(self.actors) < 5 and rng.random() < 0.15:
            self.fork(actor)
            return
        kind = rng.choices(("new", "sign", "withdraw", "decline", "receipt"), (5, 7, 3, 1, 2))[0]
        act = self.choose(actor, kind, rogue)
        if kind != "receipt" and act is None:
            return
        if act is not None and not rogue and not self.may(actor, act):
            return
        if actor.last is None and act is None and not rogue:
            return
        self._put(actor, act, self.odd_seen(actor) if rogue and rng.random() < 0.5 else None)

    def learn(self, actor: Actor) -> None:
        """Hear of some entries of some other log; what they had seen comes with them."""
        others = [a for a in self.actors if a.log != actor.log and a.last is not None]
        if not others:
            return
        other = self.rng.choice(others)
        whole = self.oracle.line(other.last) if self.rng.random() < 0.7 else self._whole(other)
        options = [e for e, x in enumerate(self.oracle.entries) if whole >> e & 1 and x.log != actor.log and not actor.known >> e & 1]
        if options:
            e = self.rng.choice(options[-3:])
            actor.known |= self.oracle.entries[e].past | 1 << e

    def fork(self, actor: Actor) -> None:
        twin = Actor(actor.log)
        back: int | None = actor.last
        for _ in range(self.rng.randrange(2)):
            back = self.oracle.entries[back].before if back is not None else None
        twin.last, twin.known = back, 0 if back is None else self.oracle.entries[back].past | 1 << back
        self.actors.append(twin)

    def odd_seen(self, actor: Actor) -> tuple[int, ...]:
        """Less than was known, nothing, only one peer's, an old one, two of one chain, or the own log."""
        rng, known = self.rng, [e for e in range(len(self.oracle.entries)) if actor.known >> e & 1]
        choice = rng.randrange(5)
        if choice == 0 or not known:
            return ()
        if choice == 1:
            return tuple(rng.sample(self._named(actor), k=min(1, len(self._named(actor)))))
        if choice == 2:
            return (rng.choice(known),)
        if choice == 3:
            return tuple({rng.choice(known), rng.choice(known)})
        return tuple(self.oracle.entries[e].before or e for e in self._named(actor))

    def choose(self, actor: Actor, kind: str, rogue: bool) -> int | None:
        oracle, rng, past = self.oracle, self.rng, self._past(actor)
        if actor.last is None:
            if actor.log < oracle.founders:
                return FOUNDING
            return self.accession if self.accession is not None and oracle.signed(past, self.accession) else None
        if kind == "new":
            return self.make(actor, past, rogue)
        proposed = [
            a.number for a in oracle.acts if a.about is None and (rogue or oracle.signed(past, a.number)) and actor.log in a.signers
        ]
        if kind == "sign":
            return rng.choice(proposed) if proposed else None
        member = FOUNDING if actor.log < oracle.founders or self.accession is None else self.accession
        if kind == "withdraw":
            mine = [a for a in proposed if rogue or (oracle.valid(oracle.line(actor.last), a, actor.log) and not oracle.in_force(past, a))]
            return oracle.act("withdraw", (actor.log,), about=rng.choice(mine[-3:]), membership=member) if mine else None
        if kind == "decline":
            theirs = [a for a in proposed if rogue or not oracle.valid(oracle.line(actor.last), a, actor.log)]
            return oracle.act("decline", (actor.log,), about=rng.choice(theirs[-3:]), membership=member) if theirs else None
        return None

    def make(self, actor: Actor, past: int, rogue: bool) -> int | None:
        oracle, rng, me = self.oracle, self.rng, actor.log
        member = FOUNDING
        if self.accession is not None and oracle.in_force(past, self.accession) and (me >= oracle.founders or rng.random() < 0.5):
            member = self.accession
        everyone = tuple(range(oracle.founders)) if member == FOUNDING else tuple(range(oracle.parties))
        if me not in everyone:
            return None
        if oracle.parties > oracle.founders and self.accession is None and rng.random() < 0.6:
            joined = (*range(oracle.founders), oracle.founders)
            self.accession = oracle.act("accede", joined, writes={"0/parties": oracle.heads(past, "0/parties")}, newcomer=oracle.founders)
            return self.accession
        cells = ["0/j1", "0/j2", "0/meeting"] * 2 + [f"0/mandate@{me}", "self/state"]
        objects = [a.number for a in oracle.acts if a.kind == "pledge" and oracle.in_force(past, a.number)]
        cells += [f"{o}/state" for o in objects[-2:]] + [f"{o}/view@{me}" for o in objects[-2:]]

        def heads(cell: str) -> frozenset[int]:
            true = frozenset() if cell.startswith("self") else oracle.heads(past, cell)
            if rogue and rng.random() < 0.3:
                return frozenset(rng.sample(range(len(oracle.acts)), k=1)) if rng.random() < 0.5 else frozenset()
            return true

        written = rng.sample(cells, k=rng.choice((1, 1, 1, 2)))
        writes = {cell: heads(cell) if not cell.startswith("self") else frozenset() for cell in written}
        views = [f"{o}/view@{p}" for o in objects[-2:] for p in everyone]
        rest = [c for c in [*cells, *views] if c not in writes and not c.startswith("self")]
        relies = {cell: heads(cell) for cell in rng.sample(rest, k=rng.choice((0, 0, 1, 1)))}
        alone = all("@" in cell for cell in writes)
        named = [a.number for a in oracle.acts if a.kind == "pledge"] if rogue else objects
        refs = frozenset(rng.sample(named, k=1)) if named and rng.random() < 0.4 else frozenset()
        signers = (me,) if alone or (rogue and rng.random() < 0.2) else everyone
        return oracle.act("pledge", signers, writes=writes, relies=relies, refs=refs, membership=member)
