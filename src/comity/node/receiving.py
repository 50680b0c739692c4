"""Taking in a record from a peer, a folder or a pouch: the same paths, the same checks, in any order, any number of times.

Every byte is hostile until verified. A log is taken only as far as a checkpoint signed by its party covers entries that hash to its root;
statements and files only under their own digest. What does not hold is refused with its place and remedy, and changes nothing; whether an
entry that is properly logged is *valid* is the ledger's affair, so it is stored and shown as a breach if it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.errors import BadProof, ComityError, Malformed, PeerTrouble, Unsafe, Untrusted
from comity.mechanisms.acts import ROTATE_KEYS, read_founding, read_newcomer
from comity.mechanisms.model import Party
from comity.node.replica import Branch
from comity.record.canonical import parse_canonical
from comity.record.checkpoint import Checkpoint, open_checkpoint
from comity.record.entry import Entry
from comity.record.layout import Reader, check_origin, meaning, origin_folder
from comity.record.root import KeyRoot
from comity.record.statement import Statement
from comity.record.tiles import WIDTH, decode_bundle, entries_path
from comity.terms.act import URN, Act
from comity.terms.ids import digest, is_digest

if TYPE_CHECKING:
    from comity.node.node import Node

MAX_STATEMENT = 1 << 20
MAX_LOGS = 256


@dataclass(slots=True)
class Received:
    """What a reading brought."""

    mechanism: str = ""
    entries: int = 0
    statements: int = 0
    files: list[str] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)
    forks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _LogClaim:
    origin: str
    party: str
    fork: str = ""

    @property
    def folder(self) -> str:
        return origin_folder(self.origin, self.fork)


class Receiver:
    """Reads one mechanism's record through ``reader`` into ``node``."""

    def __init__(self, node: Node, reader: Reader) -> None:
        self._node, self._reader = node, reader
        self._new: dict[str, bytes] = {}  # statements read now, by id
        self._roots: dict[str, KeyRoot] = {}
        self._root_bytes: dict[str, bytes] = {}
        self._fetched: dict[int, bytes] = {}  # entries of the log that is being read, by position
        self._tried: set[str] = set()
        self._redacted: frozenset[str] = frozenset()
        self.result = Received()

    def run(self) -> Received:
        """Read everything that is new; raises :class:`ComityError` at the first thing that does not hold, after which nothing of that log
        is stored.
        """
        index = parse_canonical(self._reader.read("comity.json"), place="comity.json")
        mechanism, claims = _read_index(index)
        self.result.mechanism = mechanism
        parties = self._parties(mechanism)
        if mechanism in self._node.mechanisms():
            self._redacted = self._node.replica(mechanism).redacted()
        for claim in claims:
            party = parties.get(claim.origin)
            if party is None:
                continue  # a newcomer's or successor's log: known once the act that opens it is here
            self._log(mechanism, claim, party)
            parties = self._parties(mechanism)
        claims += self._second_branches(claims)
        for claim in claims:  # a second round for logs that were opened by what the first one brought
            if claim.origin in parties:
                self._log(mechanism, claim, parties[claim.origin])
        self._late_statements(mechanism)
        self._files(mechanism)
        return self.result

    def _second_branches(self, claims: list[_LogClaim]) -> list[_LogClaim]:
        """Further branches of logs that have forked: kept and relayed like the first (rule 7)."""
        party = {claim.origin: claim.party for claim in claims}
        found = []
        for path in self._reader.paths():
            what = meaning(path)
            if what is not None and what.kind == "checkpoint" and what.fork and what.origin in party:
                found.append(_LogClaim(what.origin, party[what.origin], what.fork))
        return found

    # Who may have logs here ---------------------------------------------------------

    def _parties(self, mechanism: str) -> dict[str, Party]:
        """Party by origin, from the founding act and from accessions and successions that are here; checks the founding act against
        introductions.
        """
        founding = self._statement(mechanism)
        act = _read_act(mechanism, founding)
        if not act.founding:
            raise Malformed("This act founds no mechanism.", place=f"acts/{mechanism}.json")
        parties = {p.origin: p for p in read_founding(act.body).parties}
        if mechanism not in self._node.mechanisms():
            self._check_introduced(list(parties.values()))
        by_id = {p.id: p for p in parties.values()}
        known = self._node.replica(mechanism).opening_acts() if mechanism in self._node.mechanisms() else []
        for other in known:
            if other.type.startswith("mechanisms/accede/"):
                newcomer = read_newcomer(other.body)
                parties[newcomer.origin] = by_id[newcomer.id] = newcomer
            elif other.body["party"] in by_id:
                parties[other.body["origin"]] = by_id[other.body["party"]]
        return parties

    def _check_introduced(self, parties: list[Party]) -> None:
        known = self._node.known_roots()
        for party in parties:
            if party.root not in known:
                raise Untrusted(
                    "{party} signs with a key root that nobody has introduced here ({root}).",
                    place="acts/founding",
                    remedy="Exchange introduction cards with that parliament in person, then receive this again.",
                    party=party.id,
                    root=party.root[:16],
                )

    # Statements and roots ----------------------------------------------------------------

    def _statement(self, act_id: str) -> bytes:
        stored = self._node.store.statement(act_id) or self._new.get(act_id)
        if stored is not None:
            return stored
        path = f"acts/{act_id}.json"
        data = self._reader.read(path)
        if len(data) > MAX_STATEMENT:
            raise Unsafe("A statement is never that large.", place=path)
        if digest(data) != act_id:
            raise BadProof("These bytes have another digest than the name says.", place=path, remedy="Ask the sender for the record again.")
        self._new[act_id] = data
        self.result.statements += 1
        return data

    def _late_statements(self, mechanism: str) -> None:
        """Acts of stored entries that earlier readings did not bring."""
        if mechanism not in self._node.mechanisms():
            return
        found: dict[str, bytes] = {}
        for act_id in self._node.store.missing_statements(mechanism):
            try:
                found[act_id] = self._statement(act_id)
                self._files_of(found[act_id])
            except PeerTrouble:
                raise
            except ComityError as error:
                self._refuse(error, act_id)
        if found:
            self._node.keep_statements(mechanism, found)

    def _refuse(self, error: ComityError, source: str) -> None:
        """List bytes that are not what they claim to be; what is merely not given is no offence."""
        if isinstance(error, Malformed | BadProof | Unsafe):
            self._node.refuse(error, source=source)

    def _root(self, fingerprint: str) -> KeyRoot:
        if fingerprint not in self._roots:
            data = self._node.known_roots().get(fingerprint)
            path = f"roots/{fingerprint}.json"
            if data is None:
                data = self._reader.read(path)
                if digest(data) != fingerprint:
                    raise BadProof("These bytes have another digest than the name says.", place=path)
            self._roots[fingerprint] = KeyRoot.from_bytes(data, place=path)
            self._root_bytes[fingerprint] = data
        return self._roots[fingerprint]

    # Logs -------------------------------------------------------------------------------------

    def _log(self, mechanism: str, claim: _LogClaim, party: Party) -> None:
        place = claim.folder
        keys = list(self._root(party.root).keys_for("snapshot").values())
        if mechanism in self._node.mechanisms():
            keys += [k for r in self._node.replica(mechanism).ledger.roots_of(party.id) for k in r.keys_for("snapshot").values()]
        note = self._reader.read(f"{place}/checkpoint")
        checkpoint = open_checkpoint(note, claim.origin, keys, place=f"{place}/checkpoint")
        held = self._node.branches(mechanism, claim.origin)
        for branch in held:
            if branch.size >= checkpoint.size and branch.root_at(checkpoint.size) == checkpoint.root:
                self._node.merge_note(mechanism, checkpoint, note.decode(), party)
                return
        base = max((b for b in held if b.size < checkpoint.size), key=lambda b: b.size, default=Branch())
        grown = self._grow(place, base, checkpoint)
        if grown is None and base.size:
            grown = self._grow(place, Branch(), checkpoint)  # a fork: its entries differ from ours somewhere below
        if grown is None:
            raise BadProof(
                "The entries do not hash to the root that the checkpoint signs.",
                place=place,
                remedy="Ask the sender for this log again; nothing of it was taken.",
            )
        self._keep(mechanism, claim, party, checkpoint, note.decode(), grown, held)

    def _grow(self, place: str, base: Branch, checkpoint: Checkpoint) -> Branch | None:
        """``base`` extended to the checkpoint; None if its root comes out otherwise."""
        grown = base.split(base.size)
        self._fetched = {}
        for index in range(base.size // WIDTH, (checkpoint.size + WIDTH - 1) // WIDTH):
            width = min(WIDTH, checkpoint.size - index * WIDTH)
            path = f"{place}/{entries_path(index, width)}"
            for offset, data in enumerate(decode_bundle(self._reader.read(path), width, place=path)):
                if index * WIDTH + offset == grown.size:
                    self._fetched[grown.size] = data
                    grown.append(data)
        if grown.size != checkpoint.size or grown.root != checkpoint.root:
            return None
        return grown

    def _keep(
        self, mechanism: str, claim: _LogClaim, party: Party, checkpoint: Checkpoint, note: str, grown: Branch, held: list[Branch]
    ) -> None:
        """Store the new entries with their statements in one transaction, then replay."""
        start = max((_common(grown, branch) for branch in held), default=0)
        if held and all(_common(grown, branch) < branch.size for branch in held):
            self.result.forks.append(claim.origin)
        new: list[tuple[int, bytes, str | None]] = []
        for position in range(start, grown.size):
            data = self._fetched[position]
            try:
                statement = Entry.from_bytes(data, place=f"{claim.folder}, entry {position}").payload_sha256
            except ComityError:
                statement = None  # logged all the same; the ledger judges it void and says why
            if statement is not None:
                try:
                    self._files_of(self._statement(statement))
                except PeerTrouble:
                    raise  # the entry is read again in the next round, with its act
                except ComityError as error:  # withheld, or not what its name says: the entry waits, and the act is asked for again
                    self._refuse(error, claim.origin)
            new.append((position, data, statement))
        self._node.keep_entries(mechanism, claim.origin, party, checkpoint, note, grown, new, self._new, self._root_bytes)
        self.result.entries += len(new)

    # Files --------------------------------------------------------------------------------------

    def _files_of(self, statement: bytes) -> None:
        """The files of a new statement, before its entry is replayed, so that pages find them at once."""
        try:
            said = Statement.from_bytes(statement)
        except ComityError:
            return  # its entry is judged void, and shown so
        for subject in said.subject:
            if said.predicate_type == URN + ROTATE_KEYS:
                self._root(subject.sha256)
            elif subject.sha256 not in self._redacted and not self._node.files.has(subject.sha256):
                self._file(subject.sha256)

    def _files(self, mechanism: str) -> None:
        """Files that earlier rounds did not bring."""
        if mechanism not in self._node.mechanisms():
            return
        for sha in self._node.wanted_files(mechanism):
            if sha not in self._tried:
                self._file(sha)

    def _file(self, sha: str) -> None:
        self._tried.add(sha)
        try:
            data = self._reader.read(f"files/{sha}")
        except ComityError:
            self.result.missing_files.append(sha)
            return
        try:
            self._node.files.put_bytes(data, expect=sha)
            self.result.files.append(sha)
        except ComityError as error:
            self._node.refuse(error, source=f"files/{sha}")
            self.result.missing_files.append(sha)


def _common(grown: Branch, branch: Branch) -> int:
    """How many entries two branches share from the start."""
    low, high = 0, min(grown.size, branch.size)
    if grown.leaves[:high] == branch.leaves[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if grown.leaves[:middle] == branch.leaves[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _read_act(act_id: str, data: bytes) -> Act:
    return Act.from_statement(act_id, Statement.from_bytes(data))


def _read_index(index: object) -> tuple[str, list[_LogClaim]]:
    place = "comity.json"
    if not isinstance(index, dict) or index.keys() != {"format", "mechanism", "logs"} or index["format"] != "comity-record/1":
        raise Malformed("This is not a record of Comity.", place=place, remedy="Choose the folder or pouch that an export wrote.")
    if not is_digest(index["mechanism"]) or not isinstance(index["logs"], list) or len(index["logs"]) > MAX_LOGS:
        raise Malformed("The index is not readable.", place=place)
    claims = []
    for item in index["logs"]:
        if not isinstance(item, dict) or item.keys() != {"origin", "party"} or not all(isinstance(v, str) for v in item.values()):
            raise Malformed("A log of the index is not readable.", place=place)
        claims.append(_LogClaim(check_origin(item["origin"], place=place), item["party"]))
    return index["mechanism"], claims
