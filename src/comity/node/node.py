"""One node: what it holds, what it appends, what it takes in. The desk, the API and the command line all come through here.

Writes go through named functions, one transaction each; when one returns, what it did is on disk and replayed, and the listeners (the
desk's tables) have been told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, select

from comity.errors import ComityError, Refused, Unsayable
from comity.ledger.draft import compose
from comity.mechanisms.acts import ACCEDE
from comity.mechanisms.model import Party
from comity.node import tables as t
from comity.node.authority import speakers
from comity.node.cards import Card, kept_card
from comity.node.custody import Custody
from comity.node.files import FileStore
from comity.node.home import Home
from comity.node.publishing import RecordReader
from comity.node.receiving import Received, Receiver
from comity.node.replica import Branch, Replica
from comity.node.store import Store
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.cosignature import cosign, cosigned_at, merge, witness_name, witness_verifier
from comity.record.entry import Entry
from comity.record.envelope import Signature
from comity.record.layout import Reader
from comity.record.note import Note
from comity.record.statement import Statement
from comity.terms.act import DECLINE, WITHDRAW, Act, Saying
from comity.terms.audience import PARTIES, Audience
from comity.terms.ids import digest

log = logging.getLogger("comity.node")

type Listener = Callable[[Replica, Collection[str]], None]
"""Told of a replica that has changed, with the acts whose files came late."""


class Node:
    """A party's node, or an observer's (``party`` is then empty)."""

    def __init__(self, home: Home, *, clock: Callable[[], datetime], entropy: Callable[[int], bytes], database: str = "") -> None:
        """``clock`` gives the present instant with its offset, ``entropy(n)`` n random bytes; ``database`` overrides the home's URL."""
        self.home = home
        self.settings = home.settings()
        self.party, self.host = self.settings.party, self.settings.host
        self.clock, self.entropy = clock, entropy
        self.store = Store(database or home.database_url())
        self.files = FileStore(home.folder / "files")
        self.custody = Custody(home)
        self.listeners: list[Listener] = []
        self.nudges: list[Callable[[], None]] = []  # called when there is news for peers
        self._replicas: dict[str, Replica] = {}

    # Reading ---------------------------------------------------------------------

    def mechanisms(self) -> list[str]:
        return self.store.mechanism_ids()

    def replica(self, mechanism: str) -> Replica:
        """The replayed record of a mechanism, up to the store's last entry."""
        if mechanism not in self._replicas:
            self._replicas[mechanism] = Replica(mechanism, self.store, self.files)
        replica = self._replicas[mechanism]
        replica.follow()
        return replica

    def forget(self) -> None:
        """Drop everything replayed, so that it is replayed again from the stored bytes."""
        self._replicas.clear()

    def branches(self, mechanism: str, origin: str) -> list[Branch]:
        return self.replica(mechanism).logs.get(origin, []) if mechanism in self.mechanisms() else []

    def own_origin(self, mechanism: str) -> str:
        """The log that this node appends to: the latest of its party's."""
        own = [o for o, party in self.replica(mechanism).ledger.origins().items() if party == self.party]
        if not own or not self.party:
            raise Refused("This node is not a party of the mechanism.", place=mechanism)
        return own[-1]

    def known_roots(self) -> dict[str, bytes]:
        """First key roots that were exchanged in person, and this party's own, by fingerprint."""
        found = {digest(data): data for data in self.home.own_roots()[:1]}
        for peer in self.store.peers():
            card = kept_card(str(peer["card"]))
            found[card.fingerprint] = card.root
        return found

    def record(self, mechanism: str, *, public_on: date | None = None) -> RecordReader:
        """The record's folder as a party reads it, or as the public does on a day."""
        return RecordReader(self.replica(mechanism), self.store, self.files, today=public_on)

    def wanted_files(self, mechanism: str) -> list[str]:
        """Files that acts of the mechanism name and that are not here."""
        return self.replica(mechanism).wanted_files()

    # Saying something ------------------------------------------------------------------

    def now(self) -> int:
        return int(self.clock().timestamp())

    def compose(
        self,
        kind: str,
        mechanism: str,
        body: Mapping[str, object],
        *,
        files: Mapping[str, str] | None = None,
        audience: Audience | None = None,
    ) -> bytes:
        """The bytes of an act of this party, bound to the present heads; raises :class:`Unsayable`. ``mechanism`` is empty for a founding
        act.
        """
        if not self.party:
            raise Refused("An observer says nothing in a mechanism.", place=kind)
        said = self.clock().replace(microsecond=0).isoformat()
        replica = self.replica(mechanism) if mechanism else None
        saying = Saying(
            type=kind,
            proposer=self.party,
            signatories=(),
            body=body,
            files=files or {},
            mechanism=mechanism or None,
            membership=replica.ledger.membership() if replica else None,
        )
        state = replica.ledger if replica else None
        return compose(saying, state, audience=audience or Audience(PARTIES), said=said, salt=self.entropy(32))

    def found(self, payload: bytes, signatures: Sequence[Signature]) -> str:
        """Open a mechanism with this party's signature under its founding act; returns the mechanism's id."""
        act = Act.from_statement(digest(payload), Statement.from_bytes(payload))
        if not act.founding:
            raise Unsayable("This act founds no mechanism.", place="type")
        with self.store.writing() as connection:
            self._keep_mechanism(connection, act.id, payload)
        return self.sign(act.id, payload, signatures)

    def sign(self, mechanism: str, payload: bytes, signatures: Sequence[Signature]) -> str:
        """Append this party's signatures under an act: propose it, or countersign one that the other side proposed. Returns the act's id.

        Raises :class:`Refused` with the rule's reason if this node's own replay would find the entry void (rule 1).
        """
        act = Act.from_statement(digest(payload), Statement.from_bytes(payload))
        self._append(mechanism, payload, tuple(signatures), act)
        return act.id

    def withdrawal(self, mechanism: str, act_id: str) -> bytes:
        """The bytes of an act that takes back this party's signature from ``act_id``."""
        return self.compose(WITHDRAW, mechanism, {"act": act_id})

    def declining(self, mechanism: str, act_id: str) -> bytes:
        """The bytes of an act by which this party declines ``act_id``."""
        return self.compose(DECLINE, mechanism, {"act": act_id})

    def acknowledge(self) -> int:
        """Append a receipt wherever a withdrawal waits for this party's (rule 6); returns how many."""
        done = 0
        for mechanism in self.mechanisms() if self.party else ():
            ledger = self.replica(mechanism).ledger
            own_logs = [origin for origin, party in ledger.origins().items() if party == self.party]
            begun = [origin for origin in own_logs if ledger.sizes().get(origin)]
            if ledger.forks().keys() & set(begun[-1:]):
                continue  # nothing more is signed in a log that has forked; a successor that is only proposed holds nothing yet
            if self.party in ledger.opened() and ledger.receipts_due(self.party):
                self._append(mechanism, None, (), None)
                done += 1
        return done

    def _append(self, mechanism: str, payload: bytes | None, signatures: tuple[Signature, ...], act: Act | None) -> None:
        replica = self.replica(mechanism)
        with replica.lock, self.store.writing() as connection:
            replica.follow()
            origin = self.own_origin(mechanism)
            if payload is not None and act is not None:
                with replica.considering(act.id, payload):
                    refusal = replica.ledger.refusal(self.party, act.id, signatures)
                if refusal is not None:
                    raise refusal
                self._keep_statement(connection, mechanism, act.id, payload)
                if act.type == ACCEDE:  # the newcomer's own node has its root from nobody else
                    self._keep_first_roots(connection, mechanism, [str(act.body["party"]["root"])])
            held = replica.logs.get(origin, [Branch()])
            if len(held) > 1:
                raise Refused("This log has forked.", place=origin, remedy="Open a successor log by an act of all parties.")
            branch = held[0].split(held[0].size)
            before = branch.root
            said = act.id if act else None
            entry = Entry.make(said, signatures, tuple(replica.ledger.seen_for(self.party, said))).to_bytes()
            branch.append(entry)
            checkpoint = Checkpoint(origin, branch.size, branch.root)
            note = self._cosigned(sign_checkpoint(checkpoint, self.custody.key("log")), origin)
            self._keep_entry(connection, mechanism, origin, branch.size - 1, before, branch.root, act.id if act else None, entry)
            self.store.put_note(connection, mechanism, origin, branch.size, branch.root.hex(), note)
        replica.follow()
        self.cosign(replica)
        self._tell(replica)
        self._nudge()

    def _cosigned(self, note: str, origin: str) -> str:
        """``note`` with this node's witness cosignature merged in. The caller stores it before it leaves (rule of the witness)."""
        key = self.custody.key("witness")
        line = cosign(note, witness_name(origin), key, self.now())
        return merge(note, line, [witness_verifier(origin, key.public)])

    # Storing ------------------------------------------------------------------------------

    def _keep_mechanism(self, connection: Connection, mechanism: str, payload: bytes) -> None:
        self.store.add(connection, t.mechanisms, id=mechanism, arrived=self.now())
        self._keep_statement(connection, mechanism, mechanism, payload)
        act = Act.from_statement(mechanism, Statement.from_bytes(payload))
        self._keep_first_roots(connection, mechanism, [party["root"] for party in act.body["parties"]])

    def _keep_first_roots(self, connection: Connection, mechanism: str, wanted: Sequence[str]) -> None:
        """Put first key roots that were exchanged in person, and this party's own, with the mechanism's."""
        known = self.known_roots()
        for root in wanted:
            if root in known:
                self.store.add(connection, t.roots, id=root, mechanism=mechanism, data=known[root])

    def _keep_statement(self, connection: Connection, mechanism: str, act_id: str, payload: bytes) -> None:
        if self.store.add(connection, t.statements, id=act_id, mechanism=mechanism, payload=payload, arrived=self.now()):
            for sha256 in _subjects(payload):
                self.store.add(connection, t.file_uses, file=sha256, statement=act_id, mechanism=mechanism)

    def _keep_entry(
        self,
        connection: Connection,
        mechanism: str,
        origin: str,
        position: int,
        before: bytes,
        root: bytes,
        statement: str | None,
        data: bytes,
    ) -> None:
        self.store.add(
            connection,
            t.entries,
            mechanism=mechanism,
            origin=origin,
            position=position,
            before=before.hex(),
            root=root.hex(),
            statement=statement,
            data=data,
            arrived=self.now(),
        )

    def keep_entries(
        self,
        mechanism: str,
        origin: str,
        party: Party,
        checkpoint: Checkpoint,
        note: str,
        grown: Branch,
        new: Sequence[tuple[int, bytes, str | None]],
        statements: Mapping[str, bytes],
        roots: Mapping[str, bytes],
    ) -> None:
        """Store verified entries of a log, their statements and roots, in one transaction; then replay, and cosign what was judged."""
        with self.store.writing() as connection:
            if mechanism not in self.mechanisms():
                self._keep_mechanism(connection, mechanism, statements[mechanism])
            for fingerprint, data in roots.items():
                self.store.add(connection, t.roots, id=fingerprint, mechanism=mechanism, data=data)
            before = grown.root_at(new[0][0]) if new else grown.root
            part = grown.split(new[0][0]) if new else grown
            for position, data, statement in new:
                if statement in statements:
                    self._keep_statement(connection, mechanism, str(statement), statements[str(statement)])
                part.append(data)
                root = part.root
                self._keep_entry(connection, mechanism, origin, position, before, root, statement, data)
                before = root
            self.store.put_note(connection, mechanism, origin, checkpoint.size, checkpoint.root.hex(), note)
        replica = self.replica(mechanism)
        self.cosign(replica)
        self._tell(replica)

    def merge_note(self, mechanism: str, checkpoint: Checkpoint, note: str, party: Party) -> None:
        """Add the cosignatures that ``note`` brings to what is held for the same checkpoint; others' lines are checked against their
        party's witness key.
        """
        replica = self.replica(mechanism)
        key = (checkpoint.size, checkpoint.root.hex())
        with replica.lock, self.store.writing() as connection:
            held = self.store.note(checkpoint.origin, *key)
            merged = self._checked_merge(replica, held, note)
            if merged != held:
                self.store.put_note(connection, mechanism, checkpoint.origin, *key, merged)
        self.cosign(replica)
        if merged != held:
            self._tell(replica)

    def _checked_merge(self, replica: Replica, held: str | None, note: str) -> str:
        witnesses = [v for speaker in speakers(replica.ledger).values() for v in speaker.witnesses()]
        lines = [line.to_line() for line in Note.parse(note).signatures]
        return merge(held if held is not None else note, lines, witnesses)

    def cosign(self, replica: Replica) -> None:
        """Cosign the latest checkpoint of every log as far as it was judged (rule 2), and keep the cosignature before anyone sees it."""
        if not self.party or self.party not in replica.ledger.opened():
            return
        own = witness_verifier(self.own_origin(replica.mechanism), self.custody.key("witness").public)
        with replica.lock:
            tips = [(origin, size, root.hex()) for origin, tips in replica.ledger.sizes().items() for size, root in tips]
            held = {tip: note for tip in tips if (note := self.store.note(*tip)) is not None}
            due = {tip: note for tip, note in held.items() if cosigned_at(Note.parse(note), own) is None}
            if not due:
                return
            with self.store.writing() as connection:
                for (origin, size, root), note in due.items():
                    line = cosign(note, own.name, self.custody.key("witness"), self.now())
                    self.store.put_note(connection, replica.mechanism, origin, size, root, merge(note, line, [own]))

    def keep_statements(self, mechanism: str, statements: Mapping[str, bytes]) -> None:
        """Store acts that came after their entries, then replay."""
        replica = self.replica(mechanism)
        with self.store.writing() as connection:
            for act_id, payload in statements.items():
                self._keep_statement(connection, mechanism, act_id, payload)
        replica.offer(statements)
        self.cosign(replica)
        self._tell(replica)

    # Taking in ---------------------------------------------------------------------------------

    def receive(self, reader: Reader, *, source: str) -> Received:
        """Take in a record; a refusal is listed for the operator and raised again."""
        try:
            received = Receiver(self, reader).run()
        except ComityError as error:
            self.refuse(error, source=source)
            raise
        if received.files:
            self.store.touch(received.mechanism)
            replica, late = self.replica(received.mechanism), set(received.files)
            self._tell(replica, [a for a in replica.ledger.acts() if late & set(replica.act(a).files.values())])
        self.acknowledge()
        return received

    def refuse(self, error: ComityError, *, source: str) -> None:
        """List a refusal for the operator; nothing else changes."""
        log.warning("refused from %s: %s", source, error)
        self.store.refuse(error, at=self.now(), source=source)

    def introduce(self, card: Card) -> None:
        """Remember a peer whose card was received in person; a second card of the same root replaces its address and transport key."""
        own = self.home.own_roots()
        if own and card.fingerprint == digest(own[0]):
            raise Refused("This is the card of this very node.", place="card")
        with self.store.writing() as connection:
            known = connection.execute(select(t.peers.c.root).where(t.peers.c.host == card.host)).scalar()
            if known is not None and known != card.fingerprint:
                raise Refused(
                    "Another root was introduced under this name.",
                    place="card.host",
                    remedy="Ask the operators on both sides which is right.",
                )
            row = {"host": card.host, "card": card.to_json(), "address": card.address or None}
            if not self.store.add(connection, t.peers, root=card.fingerprint, paused=False, **row):
                connection.execute(t.peers.update().where(t.peers.c.root == card.fingerprint).values(**row))

    # Telling -------------------------------------------------------------------------------------

    def _tell(self, replica: Replica, late: Collection[str] = ()) -> None:
        self.store.keep_verdicts(replica.new_verdicts())
        gone = {sha for sha in replica.redacted() if self.files.has(sha)}
        for sha in gone:
            self.files.remove(sha)
        late = {*late, *(a for a in replica.ledger.acts() if gone and gone & set(replica.act(a).files.values()))}
        for listener in self.listeners:
            try:
                listener(replica, late)
            except Exception:
                log.exception("the tables could not be brought up to date; they will be at the next change")

    def _nudge(self) -> None:
        for nudge in self.nudges:
            nudge()


def _subjects(payload: bytes) -> set[str]:
    """Digests of the files that a statement names; none if it is unreadable, which its entry's verdict says."""
    try:
        return {subject.sha256 for subject in Statement.from_bytes(payload).subject}
    except ComityError:
        return set()
