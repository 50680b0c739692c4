"""Every byte that a node has stored, against what it should be. Reads only.

1. Acts, key roots and files hash to their names; acts and roots have their form.
2. Entries, in the order in which they arrived, lead from each root to the next.
3. Every signed note fits a root of the stored entries; its log's signature and the cosignatures of known witnesses verify.
4. The keys in custody are those of this party's own latest root; every peer's card has the fingerprint under which it was introduced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from comity.errors import BadProof, ComityError, Malformed, Untrusted
from comity.node import tables as t
from comity.node.authority import Speaker, speakers
from comity.node.cards import read_card
from comity.node.node import Node
from comity.node.replica import Replica
from comity.node.store import StoredEntry
from comity.record.checkpoint import open_checkpoint
from comity.record.cosignature import cosigned_at
from comity.record.entry import Entry
from comity.record.merkle import EMPTY_ROOT, CompactRange, leaf_hash
from comity.record.note import Note
from comity.record.report import Finding, Severity
from comity.record.root import KeyRoot
from comity.record.statement import Statement
from comity.terms.ids import digest

CHUNK = 1 << 20
_RESTORE = "Restore it from a backup, or take it in again from the other side."


class Fsck:
    """One pass over one node; what is wrong is in ``findings`` afterwards, what was looked at in ``counts``."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.findings: list[Finding] = []
        self.counts: Counter[str] = Counter()
        self._roots: set[tuple[str, int, str]] = set()  # origin, size and root of every prefix that entries lead to

    def run(self) -> Iterator[None]:
        """Check everything; yields once for each thing checked."""
        for part in (self._statements, self._key_roots, self._files, self._entries, self._notes, self._people):
            for what in part():
                self.counts[what] += 1
                yield

    def _fail(self, place: str, error: ComityError) -> None:
        found = Finding.of(error, place="" if error.place.startswith(place) else place)
        self.findings.append(Finding(found.place, found.severity, found.template, found.remedy_template or _RESTORE, found.details))

    def _statements(self) -> Iterator[str]:
        for mechanism in self.node.mechanisms():
            yield from self._statements_of(mechanism)

    def _statements_of(self, mechanism: str) -> Iterator[str]:
        c, last = t.statements.c, ""
        while True:
            query = select(c.id, c.payload).where(c.mechanism == mechanism, c.id > last).order_by(c.id).limit(1000)
            with self.node.store.reading() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                last, place = row.id, f"acts/{row.id}.json"
                try:
                    _same(digest(row.payload), row.id, place)
                    Statement.from_bytes(row.payload, place=place)
                except ComityError as error:
                    self._fail(place, error)
                yield "acts"
            if len(rows) < 1000:
                return

    def _key_roots(self) -> Iterator[str]:
        for mechanism in self.node.mechanisms():
            for fingerprint, data in self.node.store.roots_of(mechanism).items():
                place = f"roots/{fingerprint}.json"
                try:
                    _same(digest(data), fingerprint, place)
                    KeyRoot.from_bytes(data, place=place)
                except ComityError as error:
                    self._fail(place, error)
                yield "key roots"

    def _files(self) -> Iterator[str]:
        for path in sorted(self.node.files.folder.glob("??/*")):
            place = f"files/{path.name}"
            try:
                _same(_hash(path), path.name, place)
            except ComityError as error:
                self._fail(place, error)
            yield "files"

    # Logs ---------------------------------------------------------------------------------------

    def _entries(self) -> Iterator[str]:
        tips: dict[tuple[str, str], CompactRange] = {}
        known = {row for mechanism in self.node.mechanisms() for row in self._statement_ids(mechanism)}
        for entry in self.node.store.entries_after(0):
            place = f"{entry.origin}, entry {entry.position}"
            try:
                grown = tips.pop((entry.origin, entry.before), None) or self._range_before(entry)
                grown.append(leaf_hash(entry.data))
                tips[entry.origin, entry.root] = grown
                if grown.root().hex() != entry.root or entry.before != (EMPTY_ROOT.hex() if entry.position == 0 else entry.before):
                    raise BadProof("The entry does not lead to the root that is stored with it.", place=place)
                self._roots.add((entry.origin, entry.position + 1, entry.root))
                self._check_entry(entry, known, place)
            except ComityError as error:
                self._fail(place, error)
            yield "entries"

    def _statement_ids(self, mechanism: str) -> Iterator[str]:
        with self.node.store.reading() as connection:
            yield from connection.execute(select(t.statements.c.id).where(t.statements.c.mechanism == mechanism)).scalars()

    def _check_entry(self, entry: StoredEntry, known: set[str], place: str) -> None:
        try:
            named = Entry.from_bytes(entry.data, place=place).payload_sha256
        except ComityError:
            named = None  # logged by its party all the same; the ledger says that it is void
        if named != entry.statement:
            raise Malformed("The entry names another act than the store says.", place=place)
        if named is not None and named not in known:
            text = "The act {act} that it signs is not here."
            self.findings.append(Finding(place, Severity.WARNING, text, "Exchange again; it comes with the record.", {"act": named}))

    def _range_before(self, entry: StoredEntry) -> CompactRange:
        """The tree before an entry that starts a log or a second branch, from the stored entries that lead there."""
        c, data, before = t.entries.c, [], entry.before
        for position in range(entry.position - 1, -1, -1):
            query = select(c.data, c.before).where(c.origin == entry.origin, c.position == position, c.root == before)
            with self.node.store.reading() as connection:
                row = connection.execute(query).first()
            if row is None:
                raise BadProof("An entry before it is missing.", place=f"{entry.origin}, entry {position}")
            data.append(row.data)
            before = row.before
        grown = CompactRange()
        for one in reversed(data):
            grown.append(leaf_hash(one))
        return grown

    def _notes(self) -> Iterator[str]:
        for mechanism in self.node.mechanisms():
            try:
                voices = speakers(Replica(mechanism, self.node.store, self.node.files).ledger)
            except ComityError as error:
                self._fail(mechanism, error)
                continue
            with self.node.store.reading() as connection:
                origins = list(
                    connection.execute(select(t.checkpoints.c.origin).where(t.checkpoints.c.mechanism == mechanism).distinct()).scalars()
                )
            for origin in origins:
                for (size, root), note in self.node.store.notes(origin).items():
                    place = f"{origin}, checkpoint {size}"
                    try:
                        self._check_note(origin, size, root, note, voices, place)
                    except ComityError as error:
                        self._fail(place, error)
                    yield "checkpoints"

    def _check_note(self, origin: str, size: int, root: str, note: str, voices: dict[str, Speaker], place: str) -> None:
        if origin not in voices:
            raise Untrusted("No act introduces this log.", place=place)
        checkpoint = open_checkpoint(note, origin, voices[origin].log_keys(), place=place)
        if (checkpoint.size, checkpoint.root.hex()) != (size, root) or (origin, size, root) not in self._roots:
            raise BadProof("No stored entries lead to the root that this checkpoint signs.", place=place)
        for voice in voices.values():
            for witness in voice.witnesses():
                cosigned_at(Note.parse(note), witness, place=place)

    # Who -------------------------------------------------------------------------------------------

    def _people(self) -> Iterator[str]:
        for peer in self.node.store.peers():
            place = f"peer {peer['host']}"
            try:
                _same(read_card(str(peer["card"]).encode()).fingerprint, str(peer["root"]), place)
            except ComityError as error:
                self._fail(place, error)
            yield "introduction cards"
        roots = self.node.home.own_roots()
        if roots:
            try:
                own = KeyRoot.from_bytes(roots[-1], place="roots")
                for name, role in (("log", "snapshot"), ("witness", "timestamp")):
                    if self.node.custody.key(name).public not in own.keys_for(role).values():
                        raise Untrusted(
                            "The key {name} in custody is not the one in this party's root.", place=f"keys/{name}.pem", name=name
                        )
            except ComityError as error:
                self._fail("keys", error)
            yield "own key roots"


def _hash(path: Path) -> str:
    hasher = sha256()
    try:
        with path.open("rb") as source:
            while piece := source.read(CHUNK):
                hasher.update(piece)
    except OSError as error:
        raise Malformed("It cannot be read: {why}.", place=f"files/{path.name}", why=error.strerror) from error
    return hasher.hexdigest()


def _same(got: str, want: str, place: str) -> None:
    if got != want:
        raise Malformed("Changed on disk: not the bytes that its name promises.", place=place, remedy=_RESTORE)
