"""A counterpart parliament in memory: real keys, real bytes, no sockets, no clock, no randomness but a seed.

A :class:`Counterpart` keeps what it holds as bytes and judges it with its own ledger, as a node does. Honest ones append only what their
own replay allows. Dishonest ones may be made of the same parts: ``append`` checks nothing, ``twin`` forks the log, ``seen=`` lags, jumps
or leaves out, ``tell(without=…)`` withholds. A :class:`Network` delays, loses, repeats and reorders what counterparts tell each other;
everybody relays everything.

    sim = Simulation(2)
    act = sim.parties[0].propose("tests/agree/1", writes={sim.cell("agreement"): ()})
    sim.settle()
    sim.parties[1].sign(act)
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from comity.errors import Refused
from comity.ledger.replay import Ledger
from comity.mechanisms.acts import ACCEDE, FOUND, ROTATE_KEYS, SUCCEED_LOG
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.entry import Entry
from comity.record.envelope import Signature, sign
from comity.record.keys import SigningKey
from comity.record.merkle import CompactRange, leaf_hash
from comity.record.root import make_root
from comity.record.statement import Statement, Subject
from comity.terms.act import DECLINE, URN, WITHDRAW

NAMES = ("arvena", "kelmor", "sorvell")
SAID = "2026-11-12T16:40:00+03:00"
EXPIRES = datetime(2036, 1, 1, tzinfo=UTC)

type Message = tuple[str, str, int, bytes, bytes]
"""Kind ("payload", "root", "note" or "entry"), origin, index, bytes, root before."""


def no_sense(*_: object) -> None:
    """Whatever it says, it makes sense: the rules know no types."""


class Keyring:
    """One version of a party's keys, from a seed."""

    def __init__(self, party: str, version: int = 1, *, officers: int = 1, before: Keyring | None = None) -> None:
        def key(role: str) -> SigningKey:
            return SigningKey.from_seed(sha256(f"{party} {version} {role}".encode()).digest())

        self.version = version
        self.offline, self.log, self.witness = key("root"), key("snapshot"), key("timestamp")
        self.officers = [key(f"officer {number}") for number in range(officers)]
        self.root = make_root(
            version=version,
            expires=EXPIRES,
            root=[self.offline.public],
            targets=[k.public for k in self.officers],
            targets_threshold=officers,
            snapshot=[self.log.public],
            timestamp=[self.witness.public],
            signers=[self.offline, *([before.offline] if before else [])],
        )

    @property
    def fingerprint(self) -> str:
        return sha256(self.root).hexdigest()


@dataclass
class OwnLog:
    """A log that is being written."""

    origin: str
    range: CompactRange = field(default_factory=CompactRange)
    entries: list[bytes] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)

    def copy(self) -> OwnLog:
        return OwnLog(self.origin, self.range.copy(), list(self.entries), dict(self.notes))

    @property
    def root(self) -> bytes:
        return self.range.root()


class Counterpart:
    """One party: its keys, its log, what it holds, and its own replay of it."""

    def __init__(self, name: str, *, origin: str | None = None, officers: int = 1) -> None:
        self.name = name
        self.keys = Keyring(name, officers=officers)
        self.log = OwnLog(origin or f"{name}.example/{sha256(name.encode()).hexdigest()[:8]}")
        self.held: dict[Message, None] = {}
        self.ledger: Ledger
        self.founding = ""
        self.membership = ""
        self._salts = 0

    # Beginning -------------------------------------------------------------------

    @property
    def card(self) -> dict[str, object]:
        """How a founding act or accession names it."""
        names = [{"text": self.name.title(), "lang": "en"}]
        return {"id": self.name, "origin": self.log.origin, "root": self.keys.fingerprint, "names": names, "chambers": []}

    def join(self, founding: bytes) -> None:
        """Start to replay a mechanism."""
        self.ledger = Ledger(founding, sense=no_sense)
        self.founding = self.membership = sha256(founding).hexdigest()
        self.receive(("payload", "", 0, founding, b""))
        self.receive(("root", "", 0, self.keys.root, b""))

    def found(self) -> None:
        """Append entry 0 under the founding act."""
        self._must(self.ledger.may_sign(self.name, self.founding))
        self.append(self.founding)

    # Saying -------------------------------------------------------------------------

    def statement(
        self,
        kind: str,
        *,
        writes: Mapping[str, Iterable[str]] | None = None,
        relies: Mapping[str, Iterable[str]] | None = None,
        refs: Iterable[str] = (),
        body: Mapping[str, object] | None = None,
        signatories: Sequence[str] | None = None,
        files: Mapping[str, str] | None = None,
        membership: str | None = None,
    ) -> bytes:
        """The bytes of an act of this party; each call gives another salt."""
        self._salts += 1
        predicate: dict[str, Any] = {
            "audience": {"to": "parties"},
            "basis": {cell: sorted(heads) for cell, heads in (writes or {}).items()},
            "body": dict(body or {}),
            "mechanism": self.founding,
            "membership": membership or self.membership,
            "proposer": self.name,
            "refs": sorted(refs),
            "relies": {cell: sorted(heads) for cell, heads in (relies or {}).items()},
            "said": SAID,
            "salt": sha256(f"{self.name} {self.log.origin} {self._salts}".encode()).hexdigest(),
            "signatories": list(signatories or self.ledger.parties(membership or self.membership)),
        }
        subject = tuple(Subject(name, digest) for name, digest in sorted((files or {}).items()))
        return Statement(subject, URN + kind, predicate).to_bytes()

    def hold(self, payload: bytes) -> str:
        """Take a statement in without signing it; returns its id."""
        self.receive(("payload", "", 0, payload, b""))
        return sha256(payload).hexdigest()

    def propose(self, kind: str, **what: Any) -> str:
        """Make an act and sign it; returns its id."""
        return self.sign(self.hold(self.statement(kind, **what)))

    def sign(self, act: str) -> str:
        """Sign an act that is here, if the own replay allows it; raises :class:`Refused`."""
        self._must(self.ledger.may_sign(self.name, act))
        self.append(act)
        return act

    def withdraw(self, act: str) -> str:
        self._must(self.ledger.may_withdraw(self.name, act))
        return self.propose(WITHDRAW, body={"act": act}, signatories=[self.name])

    def decline(self, act: str) -> str:
        self._must(self.ledger.may_decline(self.name, act))
        return self.propose(DECLINE, body={"act": act}, signatories=[self.name])

    def acknowledge(self) -> bool:
        """Append a receipt if one is due."""
        due = self.name in self.ledger.opened() and self.ledger.receipts_due(self.name)
        if due:
            self.append(None)
        return bool(due)

    def rotate_keys(self) -> str:
        """Publish the next key root."""
        new = Keyring(self.name, self.keys.version + 1, before=self.keys)
        self.receive(("root", "", 0, new.root, b""))
        cell = f"{self.founding}/keys@{self.name}"
        act = self.propose(
            ROTATE_KEYS,
            writes={cell: self.ledger.heads(cell)},
            body={"version": new.version},
            signatories=[self.name],
            files={f"root.{new.version}.json": new.fingerprint},
        )
        self.keys = new
        return act

    def succession(self, forked: Counterpart, origin: str) -> bytes:
        """The act that opens a successor to a forked log, naming its heads as they are known here."""
        old = forked.log.origin
        cell = f"{self.founding}/log/{forked.name}"
        heads = [{"size": size, "root": root.hex()} for size, root in self.ledger.sizes()[old]]
        body = {"party": forked.name, "old": old, "origin": origin, "heads": heads}
        return self.statement(SUCCEED_LOG, writes={cell: self.ledger.heads(cell)}, body=body)

    @staticmethod
    def _must(reasons: Sequence[Any]) -> None:
        if reasons:
            raise reasons[0].refused()

    # Appending ----------------------------------------------------------------------

    def append(self, act: str | None, *, seen: Sequence[str] | None = None, signatures: Sequence[Signature] | None = None) -> None:
        """Append an entry to the own log, whatever the rules say of it, and sign a checkpoint over it."""
        if seen is None:
            seen = self.ledger.seen_for(self.name)
        if act is not None and signatures is None:
            signatures = sign(self.ledger.payload(act), self.keys.officers)
        self.append_bytes(Entry.make(act, tuple(signatures or ()), tuple(seen)).to_bytes())

    def append_bytes(self, data: bytes) -> None:
        log, before, index = self.log, self.log.root, self.log.range.size
        log.range.append(leaf_hash(data))
        log.entries.append(data)
        log.notes[index + 1] = sign_checkpoint(Checkpoint(log.origin, index + 1, log.root), self.keys.log)
        self.receive(("entry", log.origin, index, data, before))
        self.receive(("note", "", 0, log.notes[index + 1].encode(), b""))

    def note(self, size: int | None = None) -> str:
        """The own checkpoint of a size, the latest by default."""
        return self.log.notes[self.log.range.size if size is None else size]

    def twin(self) -> Counterpart:
        """The same party with a second copy of its log: what both append is a fork."""
        other = Counterpart(self.name, origin=self.log.origin)
        other.keys, other.log = self.keys, self.log.copy()
        other.ledger = Ledger(self.ledger.payload(self.founding), sense=no_sense)
        other.founding, other.membership, other._salts = self.founding, self.membership, 1000
        for message in self.held:
            other.receive(message)
        return other

    # Exchanging -----------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        if message in self.held:
            return
        self.held[message] = None
        deliver(self.ledger, message)

    def tell(self, *, without: Iterable[bytes] = ()) -> list[Message]:
        """Everything it holds, of every log, for anyone to relay; ``without`` some bytes, if it withholds them."""
        hidden = set(without)
        return [message for message in self.held if message[3] not in hidden]


def deliver(ledger: Ledger, message: Message) -> None:
    """Feed one message to a ledger."""
    kind, origin, index, data, before = message
    if kind == "entry":
        ledger.offer_entry(origin, index, data, before)
    elif kind == "payload":
        ledger.offer_payload(data)
    elif kind == "root":
        ledger.offer_root(data)
    else:
        ledger.offer_note(data.decode())


class Network:
    """Messages under way: late, lost, twice, in any order."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.under_way: list[tuple[Counterpart, Message]] = []

    def send(self, sender: Counterpart, to: Counterpart) -> None:
        self.under_way += [(to, message) for message in sender.tell() if message not in to.held]

    def move(self, count: int) -> None:
        """Deliver, lose or repeat up to ``count`` messages."""
        for _ in range(min(count, len(self.under_way))):
            at = self.rng.randrange(len(self.under_way))
            to, message = self.under_way[at]
            fate = self.rng.random()
            if fate > 0.1:
                to.receive(message)
            if fate < 0.8:
                self.under_way.pop(at)


class Simulation:
    """Founders with an open mechanism, and a network between them."""

    def __init__(self, parties: int = 2, *, seed: int = 0, found: bool = True, officers: int = 1) -> None:
        self.parties = [Counterpart(name, officers=officers) for name in NAMES[:parties]]
        self.network = Network(seed)
        self.founding = self._founding()
        self.mechanism = sha256(self.founding).hexdigest()
        for party in self.parties:
            party.join(self.founding)
        if found:
            for party in self.parties:
                self.settle()
                party.found()
            self.settle()

    def _founding(self) -> bytes:
        first = self.parties[0]
        predicate: dict[str, Any] = {
            "audience": {"to": "public"},
            "basis": {"self/parties": [], "self/state": [], "self#main/state": []},
            "body": {
                "founded": "2007-05",
                "names": [{"text": "Joint Committee", "lang": "en"}],
                "parties": [party.card for party in self.parties],
                "series": [{"key": "main", "names": [{"text": "Meetings", "lang": "en"}], "first": 1}],
            },
            "proposer": first.name,
            "refs": [],
            "relies": {},
            "said": SAID,
            "salt": sha256(b"founding").hexdigest(),
            "signatories": [party.name for party in self.parties],
        }
        return Statement((), URN + FOUND, predicate).to_bytes()

    def cell(self, facet: str) -> str:
        """A cell of the mechanism itself, owned by the founders."""
        return f"{self.mechanism}/{facet}"

    def settle(self, *parties: Counterpart, receipts: bool = True) -> None:
        """Everything reaches everybody (of ``parties``, else of all), until no receipt is due (AssertionError if that never ends)."""
        group = parties or tuple(self.parties)
        for _ in range(20):
            for one in group:
                for other in group:
                    if one is not other:
                        for message in one.tell():
                            other.receive(message)
            # A list, not a generator: everybody acknowledges in each round.
            if not receipts or not any([party.acknowledge() for party in group if party.log.entries]):
                return
        raise AssertionError("receipts do not end")

    def everything(self) -> list[Message]:
        """All messages that anybody holds, in an arbitrary but fixed order."""
        return list(dict.fromkeys(message for party in self.parties for message in party.held))

    def newcomer(self, name: str) -> tuple[Counterpart, bytes]:
        """A further party, not acceded yet, and the act by which it would accede."""
        one, first = Counterpart(name), self.parties[0]
        one.join(self.founding)
        cell = self.cell("parties")
        signatories = [*first.ledger.parties(first.membership), name]
        act = first.statement(ACCEDE, writes={cell: first.ledger.heads(cell)}, body={"party": one.card}, signatories=signatories)
        for party in (*self.parties, one):
            party.hold(act)
            party.receive(("root", "", 0, one.keys.root, b""))
        return one, act


def refused(action: Any, *args: Any) -> str:
    """The message with which an honest node refuses something; empty if it did not."""
    try:
        action(*args)
    except Refused as error:
        return error.message
    return ""
