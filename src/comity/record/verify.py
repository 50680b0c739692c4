"""Whether a record is byte for byte what its parties signed. Bytes and logs only; whether an act may stand is the ledger's.

1. A bag: its manifests, then the record below ``data/``.
2. ``comity.json``; every path has a meaning; every act, file and root is named by its SHA-256; every act is a canonical statement.
3. Each log: its checkpoint is signed by its party's log key; entries lead to leaves, to tiles, to the root; every tile byte is compared.
4. Each entry: its form; its statement is here; its signatures verify under the party's root at that place; the notes it has seen are signed
   by their logs and fit the trees here, or they are a fork.
5. Cosignatures by every party's witness: valid, or missing.

Usage::

    report = verify_record(reader, trusted=frozenset({fingerprint_of_one_root, fingerprint_of_the_other}))
    for finding in report.findings:
        print(finding)
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

from comity.errors import BadProof, ComityError, Malformed, Unsafe, Untrusted
from comity.record import envelope
from comity.record.bag import BAGIT, DATA, MANIFEST, TAGMANIFEST, read_bag
from comity.record.canonical import parse_canonical
from comity.record.checkpoint import Checkpoint, open_checkpoint
from comity.record.cosignature import cosigned_at, witness_verifier
from comity.record.encoding import is_sha256
from comity.record.keys import PublicKey
from comity.record.layout import (
    COMITY_JSON,
    FORMAT,
    Below,
    Meaning,
    Reader,
    act_path,
    check_origin,
    chunks,
    meaning,
    origin_folder,
    root_path,
    safe_path,
)
from comity.record.note import Verifier
from comity.record.report import DecodedEntry, DecodedLog, Finding, Party, Report, Severity
from comity.record.root import KeyRoot
from comity.record.statement import Statement
from comity.record.tiles import Tile
from comity.record.verify_keys import founders, introduced, rotated
from comity.record.verify_log import LogBytes, read_log


def verify_record(reader: Reader, trusted: frozenset[str]) -> Report:
    """Verify a record, bare or in a bag. *trusted* are the SHA-256 of the founders' first key roots, as agreed in person. Never raises a
    ComityError.
    """
    paths = set(reader.paths())
    findings: list[Finding] = []
    if paths & {BAGIT, MANIFEST, TAGMANIFEST} or (COMITY_JSON not in paths and DATA + COMITY_JSON in paths):
        findings += read_bag(reader)
        reader = Below(reader, DATA)
    return _Verification(reader, trusted, findings).run()


class _Verification:
    """One pass over one record; its steps stand in the order in which they need each other."""

    def __init__(self, reader: Reader, trusted: frozenset[str], findings: list[Finding]) -> None:
        self.reader = reader
        self.trusted = trusted
        self.findings = findings
        self.counts: Counter[str] = Counter()
        self.mechanism = ""
        self.claims: dict[str, str] = {}  # origin to party, as comity.json has it
        self.meanings: dict[str, Meaning] = {}
        self.payloads: dict[str, bytes] = {}
        self.statements: dict[str, Statement] = {}
        self.roots: dict[str, KeyRoot] = {}
        self.parties: dict[str, Party] = {}  # by origin
        self.chains: dict[str, list[KeyRoot]] = {}  # by party: its roots, oldest first
        self.signed: dict[str, set[str]] = defaultdict(set)  # act to the parties whose log holds it, validly signed
        self.walked: list[tuple[LogBytes, Party, list[DecodedEntry], tuple[KeyRoot, ...]]] = []

    def run(self) -> Report:
        self._index()
        self._meanings()
        self._by_hash()
        logs = self._logs()
        self._founding()
        self._walk(logs)
        self._seen()
        decoded = [self._close(*one) for one in self.walked]
        self._leftovers()
        self.counts["logs"] = len(logs)
        return Report(
            tuple(self.findings), dict(self.counts), self.mechanism, tuple(self.parties.values()), tuple(decoded), dict(self.statements)
        )

    def _fail(self, error: ComityError, severity: Severity = Severity.ERROR) -> None:
        self.findings.append(Finding.of(error, severity))

    def _note(self, place: str, severity: Severity, text: str, remedy: str = "", **details: object) -> None:
        self.findings.append(Finding(place, severity, text, remedy, details))

    # What lies here

    def _index(self) -> None:
        try:
            value = parse_canonical(self.reader.read(COMITY_JSON), place=COMITY_JSON)
            self.mechanism, self.claims = _read_index(value)
        except ComityError as error:
            self._fail(error)

    def _meanings(self) -> None:
        for path in sorted(self.reader.paths()):
            self.counts["files"] += 1
            try:
                safe_path(path, place=path)
            except Unsafe as error:
                self._fail(error)
                continue
            found = meaning(path)
            if found is None:
                self._note(path, Severity.WARNING, "This file has no place in a record.", "Leave it out.")
            else:
                self.meanings[path] = found

    def _by_hash(self) -> None:
        for path, found in self.meanings.items():
            if not found.sha256:
                continue
            try:
                if found.kind == "files":
                    self._check_file(path, found.sha256)
                    continue
                data = self.reader.read(path)
                _check_digest(hashlib.sha256(data).hexdigest(), found.sha256, path)
                if found.kind == "roots":
                    self.roots[found.sha256] = KeyRoot.from_bytes(data, place=path)
                else:
                    self.payloads[found.sha256] = data
                    self.statements[found.sha256] = Statement.from_bytes(data, place=path)
            except ComityError as error:
                self._fail(error)
        self.counts["acts"] = len(self.statements)

    def _check_file(self, path: str, sha256: str) -> None:
        digest = hashlib.sha256()
        for piece in chunks(self.reader, path):
            digest.update(piece)
        _check_digest(digest.hexdigest(), sha256, path)
        self.counts["subject files"] += 1

    def _logs(self) -> list[LogBytes]:
        tiles: dict[tuple[str, str], list[Tile]] = defaultdict(list)
        for found in self.meanings.values():
            if found.origin:
                tiles[found.origin, found.fork] += [found.tile] if found.tile else []
        for origin in self.claims.keys() - {origin for origin, _ in tiles}:
            self._note(origin_folder(origin), Severity.ERROR, "The log is listed, but not here.", "Ask for the record again.")
        logs = []
        for (origin, fork), of_log in sorted(tiles.items()):
            folder = origin_folder(origin, fork)
            if origin not in self.claims:
                self._note(folder, Severity.ERROR, "The log is not listed in comity.json.", "Ask for the record again.")
            try:
                logs.append(read_log(self.reader, folder, origin, fork, of_log))
            except ComityError as error:
                self._fail(error)
        for log in logs:
            self.findings += log.findings
        return logs

    # Who speaks

    def _founding(self) -> None:
        place = act_path(self.mechanism) if self.mechanism else COMITY_JSON
        statement = self.statements.get(self.mechanism)
        if statement is None:
            self._note(place, Severity.ERROR, "The founding act is not here, or not what it was.", "Without it nothing can be verified.")
            return
        try:
            for party in founders(self.mechanism, statement, place=place):
                self._introduce(party)
                if party.first_root not in self.trusted:
                    error = Untrusted(
                        "The first key root of {party} is not one of those you trust.",
                        place=root_path(party.first_root),
                        remedy="Compare its SHA-256 with the one printed in the founding minutes.",
                        party=party.id,
                    )
                    self._fail(error)
        except ComityError as refusal:
            self._fail(refusal)

    def _introduce(self, party: Party) -> None:
        self.parties[party.origin] = party
        if not party.first_root:
            return
        if party.first_root in self.roots:
            self.chains.setdefault(party.id, [self.roots[party.first_root]])
        else:
            error = Untrusted("The first key root of {party} is not here.", place=root_path(party.first_root), party=party.id)
            self._fail(error)

    def _walk(self, logs: list[LogBytes]) -> None:
        waiting = list(logs)
        while True:
            ready = [log for log in waiting if log.origin in self.parties and self.parties[log.origin].id in self.chains]
            waiting = [log for log in waiting if log not in ready]
            for log in ready:
                self._walk_log(log, self.parties[log.origin])
            newcomers = list(introduced(self.statements, self.signed, self.parties))
            for party in newcomers:
                self._introduce(party)
            if not ready and not newcomers:
                break
        for log in waiting:
            self._note(log.folder, Severity.ERROR, "No act that all others signed introduces this log.", "Ask for the whole record.")
        for origin, claimed in self.claims.items():
            if origin in self.parties and self.parties[origin].id != claimed:
                owner = self.parties[origin].id
                self._note(COMITY_JSON, Severity.ERROR, "The log {origin} is of {party}.", "", origin=origin, party=owner)

    def _walk_log(self, log: LogBytes, party: Party) -> None:
        chain = self.chains[party.id]
        own = [chain[0] if party.first_root else chain[-1]]
        decoded: list[DecodedEntry] = []
        withheld = 0
        if log.entries and log.entries[0].payload_sha256 != party.act:
            self._fail(Malformed("Entry 0 does not sign the act that opens this log.", place=log.place(0)))
        for index, entry in enumerate(log.entries):
            root = own[-1]
            statement = self.statements.get(entry.payload_sha256 or "")
            signed_by: frozenset[str] = frozenset()
            if entry.payload_sha256 is None:
                self.counts["receipts"] += 1
            elif entry.payload_sha256 not in self.payloads:
                withheld += 1
            else:
                signed_by = self._check_act(log, index, party.id, own)
            decoded.append(DecodedEntry(index, entry, log.leaves[index], root, statement, signed_by))
        self.counts["entries"] += len(decoded)
        if withheld:
            self.counts["acts withheld"] += withheld
            text = "{count} of its acts are not here, so their signatures could not be checked."
            self._note(log.folder, Severity.WARNING, text, "A party asks for them; an outsider may not be shown them.", count=withheld)
        chain += [one for one in own if one not in chain]
        self.walked.append((log, party, decoded, tuple(own)))

    def _check_act(self, log: LogBytes, index: int, party: str, own: list[KeyRoot]) -> frozenset[str]:
        """The key ids that signed, under the last of the *own* roots, to which a change of keys adds the next; none if they fail."""
        act, root = log.entries[index].payload_sha256 or "", own[-1]
        place = log.place(index)
        try:
            signed_by = envelope.verify(
                self.payloads[act], log.entries[index].signatures, root.officers, root.threshold("targets"), place=f"{place}.signatures"
            )
        except ComityError as error:
            self._fail(error)
            return frozenset()
        self.counts["signatures"] += len(signed_by)
        self.signed[act].add(party)
        statement = self.statements.get(act)
        try:
            new = rotated(root, party, statement, self.roots, place=place) if statement else None
        except ComityError as error:
            self._fail(error)
        else:
            own += [new] if new else []
        return signed_by

    def _keys(self, party: str, role: str) -> list[PublicKey]:
        """All keys that a party has had in a role. A compromised log key is mended by a successor log, so older ones go on to count
        here.
        """
        return list(dict.fromkeys(key for root in self.chains.get(party, []) for key in root.keys_for(role).values()))

    # What the logs say of each other

    def _seen(self) -> None:
        places: dict[tuple[str, Checkpoint], str] = {}
        for log, _, decoded, _ in self.walked:
            for one in decoded:
                for number, (text, cp) in enumerate(zip(one.entry.seen, one.entry.seen_checkpoints, strict=True)):
                    places.setdefault((text, cp), f"{log.place(one.index)}.seen[{number}]")
        good: dict[str, dict[Checkpoint, str]] = defaultdict(dict)
        for (text, cp), place in places.items():
            party = self.parties.get(cp.origin)
            try:
                if party is None:
                    raise Untrusted("It has seen {origin}, which is no log of this record.", place=place, origin=cp.origin)
                open_checkpoint(text, cp.origin, self._keys(party.id, "snapshot"), place=place)
                good[cp.origin][cp] = place
                self.counts["seen checkpoints"] += 1
            except ComityError as error:
                self._fail(error)
        for origin, seen in good.items():
            self._fit(origin, seen)

    def _fit(self, origin: str, seen: dict[Checkpoint, str]) -> None:
        """Whether signed checkpoints fit the branches of a log that are here."""
        branches = [log for log, _, _, _ in self.walked if log.origin == origin and log.sound]
        roots = [log.root_at({cp.size for cp in seen}) for log in branches]
        for cp, place in seen.items():
            if branches and cp.size > max(log.checkpoint.size for log in branches):
                text = "It has seen {size} entries of {origin}, more than are here."
                self._note(place, Severity.WARNING, text, "Ask for the newer log.", size=cp.size, origin=origin)
            elif branches and cp.root not in [one.get(cp.size) for one in roots]:
                self._fail(
                    BadProof(
                        "A fork: {origin} has signed this checkpoint of {size} entries and another that contradicts it.",
                        place=place,
                        remedy="Keep both, show them to all parties, and open a successor log.",
                        origin=origin,
                        size=cp.size,
                    )
                )

    def _close(self, log: LogBytes, party: Party, decoded: list[DecodedEntry], own: tuple[KeyRoot, ...]) -> DecodedLog:
        place = f"{log.folder}/checkpoint"
        note, sound = log.note.to_str(), log.sound
        keys = self._keys(party.id, "snapshot")
        try:
            open_checkpoint(note, log.origin, keys, place=place)
        except ComityError as error:
            sound = False
            self._fail(error)
        if log.fork:
            text = "A second branch: {party} has forked its log."
            self._note(log.folder, Severity.WARNING, text, "Open a successor log.", party=party.id)
        cosigned_by, known = self._cosigned(log, place)
        known |= {(one.name, one.key_id) for one in (Verifier(log.origin, key) for key in keys)}
        for line in log.note.signatures:
            if (line.name, line.key_id) not in known:
                self._note(place, Severity.NOTICE, "A signature by {name} whose key is not known here.", "", name=line.name)
        entries = tuple(decoded)
        return DecodedLog(party.id, log.origin, log.checkpoint, note, entries, own, cosigned_by, log.fork, sound)

    def _cosigned(self, log: LogBytes, place: str) -> tuple[tuple[str, ...], set[tuple[str, bytes]]]:
        cosigned: list[str] = []
        known: set[tuple[str, bytes]] = set()
        for party in {one.id: one for one in self.parties.values()}.values():
            times = []
            for key in self._keys(party.id, "timestamp"):
                verifier = witness_verifier(party.origin, key)
                known.add((verifier.name, verifier.key_id))
                try:
                    times.append(cosigned_at(log.note, verifier, place=place))
                except ComityError as error:
                    self._fail(error)
            if any(time is not None for time in times):
                cosigned.append(party.id)
                self.counts["cosignatures"] += 1
            else:
                text = "Not cosigned by the witness of {party}."
                self._note(place, Severity.WARNING, text, "Ask its node; until then it is not proven.", party=party.id)
        return tuple(cosigned), known

    def _leftovers(self) -> None:
        logged = {one.entry.payload_sha256 or "" for _, _, decoded, _ in self.walked for one in decoded}
        named = {subject.sha256 for statement in self.statements.values() for subject in statement.subject}
        used = {root.fingerprint for chain in self.chains.values() for root in chain} | {one.first_root for one in self.parties.values()}
        wanted = {"acts": logged, "files": named, "roots": used | named}
        for path, found in self.meanings.items():
            if found.sha256 and found.sha256 not in wanted[found.kind]:
                self._note(path, Severity.WARNING, "Nothing in the record refers to this file.", "Leave it out.")
        here = {found.sha256 for found in self.meanings.values()}
        self.counts["subject files absent"] = len(named - here)


def _check_digest(got: str, want: str, path: str) -> None:
    if got != want:
        raise Malformed("Not the bytes that its name promises: they were changed.", place=path, remedy="Ask for the file again.")


def _read_index(value: object) -> tuple[str, dict[str, str]]:
    if not isinstance(value, dict) or value.keys() != {"format", "mechanism", "logs"} or value["format"] != FORMAT:
        remedy = "Choose the folder or pouch that an export wrote."
        raise Malformed("Not the index of a record of version 1.", place=COMITY_JSON, remedy=remedy)
    if not is_sha256(value["mechanism"]) or not isinstance(value["logs"], list):
        raise Malformed("The index names no mechanism or no logs.", place=COMITY_JSON)
    claims: dict[str, str] = {}
    for one in value["logs"]:
        if not isinstance(one, dict) or one.keys() != {"origin", "party"} or not all(isinstance(item, str) for item in one.values()):
            raise Malformed("A log in the index has an origin and a party.", place=COMITY_JSON)
        claims[check_origin(one["origin"], place=COMITY_JSON)] = one["party"]
    return value["mechanism"], claims
