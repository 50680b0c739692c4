"""A small joint record made from nothing: two invented parliaments, their keys, logs, acts, files. The same bytes each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from comity.record.bag import write_bag
from comity.record.canonical import canonical
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.cosignature import cosign, merge, witness_name, witness_verifier
from comity.record.entry import Entry
from comity.record.envelope import sign
from comity.record.keys import SigningKey
from comity.record.layout import act_path, checkpoint_path, file_path, origin_folder, root_path
from comity.record.merkle import leaf_hash, root_of
from comity.record.root import make_root
from comity.record.statement import Statement, Subject
from comity.record.tiles import append_bundles, append_tiles

EXPIRES = datetime(2040, 1, 1, tzinfo=UTC)
URN = "urn:comity:act:"


def key(name: str) -> SigningKey:
    """The key that a name always gives."""
    return SigningKey.from_seed(hashlib.sha256(name.encode()).digest())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def unreadable(path: str) -> bytes:
    raise AssertionError(path)


@dataclass
class Side:
    """One party with its keys and its log, honest unless a test says otherwise."""

    id: str
    tag: str = "5f0c91ab"
    version: int = 1
    threshold: int = 2
    entries: list[bytes] = field(default_factory=list)
    first_root: bytes = b""

    def __post_init__(self) -> None:
        self.first_root = self.first_root or self.root(1)

    @property
    def origin(self) -> str:
        return f"{self.id}.example/{self.tag}"

    def officers(self, version: int) -> list[SigningKey]:
        return [key(f"{self.id} officer {number} of {version}") for number in range(2)]

    def role(self, role: str) -> SigningKey:
        return key(f"{self.id} {role}")

    def root(self, version: int) -> bytes:
        return make_root(
            version=version,
            expires=EXPIRES,
            root=[self.role("root").public],
            targets=[one.public for one in self.officers(version)],
            snapshot=[self.role("log").public],
            timestamp=[self.role("witness").public],
            targets_threshold=self.threshold,
            signers=[self.role("root")],
        )

    def append(self, act: bytes | None, seen: Iterable[str] = ()) -> Entry:
        signatures = tuple(sign(act, self.officers(self.version))) if act is not None else ()
        entry = Entry.make(sha256(act) if act is not None else None, signatures, tuple(seen))
        self.entries.append(entry.to_bytes())
        return entry

    def checkpoint(self, size: int | None = None) -> str:
        entries = self.entries if size is None else self.entries[:size]
        return sign_checkpoint(Checkpoint(self.origin, len(entries), root_of(map(leaf_hash, entries))), self.role("log"))

    @property
    def introduction(self) -> dict[str, str]:
        return {"id": self.id, "origin": self.origin, "root": sha256(self.first_root)}


@dataclass
class Record:
    """What several sides have said, and the folder it makes."""

    sides: list[Side]
    acts: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    roots: list[bytes] = field(default_factory=list)
    mechanism: str = ""

    def act(self, kind: str, signatories: Sequence[Side], body: dict[str, Any], files: dict[str, bytes] | None = None) -> bytes:
        """Draft an act; a ``root.N.json`` among its files goes to the roots."""
        subjects = []
        for name, data in (files or {}).items():
            subjects.append(Subject(name, sha256(data)))
            if name.startswith("root."):
                self.roots.append(data)
            else:
                self.files[file_path(sha256(data))] = data
        predicate = {"body": body, "salt": sha256(str(len(self.acts)).encode()), "signatories": [side.id for side in signatories]}
        if self.mechanism:
            predicate["mechanism"] = self.mechanism
        data = Statement(tuple(subjects), URN + kind, predicate).to_bytes()
        self.acts[sha256(data)] = data
        return data

    def found(self) -> None:
        founding = self.act("mechanisms/found/1", self.sides, {"parties": [side.introduction for side in self.sides]})
        self.mechanism = sha256(founding)
        self.roots += [side.first_root for side in self.sides]
        for side in self.sides:
            side.append(founding)

    def others(self, side: Side) -> list[str]:
        return [other.checkpoint() for other in self.sides if other is not side and other.entries]

    def joint(self, kind: str, body: dict[str, Any], files: dict[str, bytes] | None = None) -> bytes:
        act = self.act(kind, self.sides, body, files)
        for side in self.sides:
            side.append(act, self.others(side))
        return act

    def alone(self, side: Side, kind: str, body: dict[str, Any], files: dict[str, bytes] | None = None) -> bytes:
        act = self.act(kind, [side], body, files)
        side.append(act, self.others(side))
        return act

    def rotate(self, side: Side) -> None:
        version = side.version + 1
        self.alone(side, "mechanisms/rotate-keys/1", {"version": version}, {f"root.{version}.json": side.root(version)})
        side.version = version

    def cosigned(self, note: str) -> str:
        lines, witnesses = [], []
        for side in self.sides:
            lines.append(cosign(note, witness_name(side.origin), side.role("witness"), 1_790_000_000))
            witnesses.append(witness_verifier(side.origin, side.role("witness").public))
        return merge(note, lines, witnesses)

    @property
    def trusted(self) -> frozenset[str]:
        return frozenset(sha256(side.first_root) for side in self.sides)

    def log_files(self, side: Side, fork: str = "") -> dict[str, bytes]:
        folder = origin_folder(side.origin, fork)
        tiles = append_tiles(0, [leaf_hash(one) for one in side.entries], unreadable)
        bundles = append_bundles(0, side.entries, unreadable)
        files = {f"{folder}/{path}": data for path, data in (tiles | bundles).items()}
        return files | {checkpoint_path(side.origin, fork): self.cosigned(side.checkpoint()).encode()}

    def folder(self) -> dict[str, bytes]:
        logs = [{"origin": side.origin, "party": side.id} for side in self.sides]
        files = {"comity.json": canonical({"format": "comity-record/1", "logs": logs, "mechanism": self.mechanism})}
        for side in self.sides:
            files |= self.log_files(side)
        files |= {act_path(act): data for act, data in self.acts.items()}
        files |= {root_path(sha256(data)): data for data in self.roots}
        return files | self.files

    def bag(self) -> dict[str, bytes]:
        written: dict[str, bytes] = {}

        def write(path: str, pieces: Iterable[bytes]) -> None:
            written[path] = b"".join(pieces)

        write_bag(self.folder(), write, "2026-11-24")
        return written


def small_record() -> Record:
    """Founding, a joint text in two languages, a progress report, a receipt, a change of keys, and a joint act under the new keys."""
    arvena, kelmor = Side("arvena"), Side("kelmor", tag="77aa0102")
    record = Record([arvena, kelmor])
    record.found()
    record.joint("texts/adopt/1", {"number": 1}, {"text.zh-Hans.akn.xml": "<文/>".encode(), "text.ru.akn.xml": "<текст/>".encode()})
    record.alone(kelmor, "commitments/report/1", {"state": "begun"}, {"report.ru.txt": "Начато.".encode()})
    arvena.append(None, record.others(arvena))
    record.rotate(arvena)
    record.joint("meetings/convene/1", {"ordinal": 2})
    return record
