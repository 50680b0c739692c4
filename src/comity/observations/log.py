"""The observer's own log: append-only, Merkle-hashed, under the observer's own keys, in one folder.

    observer.json                 {"format": "comity-observations/1", "origin": …, "log": <vkey>, "signer": <public key in hex>}
    fragments/<2 hex>/<sha256>    fragments (in-toto statements)
    log/checkpoint                C2SP signed note of the log
    log/tile/…                    tlog-tiles: entries (as acts have them, ``record.entry``) and hash tiles

Each entry holds a fragment's hash and the observer's DSSE signature over it. Nothing in the folder is believed when it is opened: the
checkpoint's signature, its root over all entries, every entry's signature and every fragment's hash are checked. Files of the log are
written before the checkpoint that covers them, so a crash leaves the old log whole. Keys and the origin come in as arguments.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from comity.errors import BadProof, ComityError, Malformed
from comity.observations.model import Fragment
from comity.record.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from comity.record.entry import Entry
from comity.record.envelope import Signature, sign, verify
from comity.record.keys import PublicKey, SigningKey
from comity.record.layout import check_origin
from comity.record.merkle import EMPTY_ROOT, leaf_hash, root_of
from comity.record.note import Verifier
from comity.record.tiles import append_bundles, append_tiles, decode_bundle, entry_bundle_paths

FORMAT = "comity-observations/1"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose log it is: its origin, the key that signs checkpoints, the key that signs fragments."""

    origin: str
    log: PublicKey
    signer: PublicKey


@dataclass(frozen=True, slots=True)
class Opened:
    """A log that was read and verified: who keeps it, its checkpoint, its fragments in order."""

    identity: Identity
    checkpoint: Checkpoint
    fragments: tuple[Fragment, ...]


class ObservationLog:
    """The log in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        return (self.folder / "observer.json").is_file()

    def stamp(self) -> bytes:
        """Changes whenever the log does: its checkpoint as it lies there, empty without a log."""
        try:
            return (self.folder / "log" / "checkpoint").read_bytes()
        except FileNotFoundError:
            return b""

    def create(self, origin: str, log: SigningKey, signer: SigningKey) -> None:
        """An empty log under *origin*. Raises ComityError if there is one."""
        if self.exists:
            raise ComityError("There is a log of observations here already.", place=str(self.folder), remedy="Add to it.")
        check_origin(origin, place="origin")
        self._write("log/checkpoint", sign_checkpoint(Checkpoint(origin, 0, EMPTY_ROOT), log).encode())
        card = {"format": FORMAT, "origin": origin, "log": Verifier(origin, log.public).vkey, "signer": signer.public.raw.hex()}
        self._write("observer.json", (json.dumps(card, indent=2) + "\n").encode())

    def identity(self) -> Identity:
        """Raises Malformed for a card that cannot be read."""
        place = str(self.folder / "observer.json")
        try:
            card = json.loads((self.folder / "observer.json").read_text(encoding="utf-8"))
            origin, vkey, signer = str(card["origin"]), str(card["log"]), bytes.fromhex(card["signer"])
        except FileNotFoundError:
            raise ComityError(
                "There are no observations here yet.", place=place, remedy="Import a case: comity observe import FILE."
            ) from None
        except (ValueError, KeyError, TypeError):
            raise Malformed("The observer's card cannot be read.", place=place, remedy="Restore the folder from a backup.") from None
        verifier = Verifier.from_vkey(vkey, place=f"{place}: log")
        if card.get("format") != FORMAT or verifier.name != check_origin(origin, place=f"{place}: origin"):
            raise Malformed("Not the card of an observer's log.", place=place, remedy="Restore the folder from a backup.")
        return Identity(origin, verifier.key, PublicKey(signer, place=f"{place}: signer"))

    def open(self) -> Opened:
        """Everything in the log, verified. Raises a ComityError if there is none or anything does not hold."""
        who = self.identity()
        checkpoint = open_checkpoint(self._read("log/checkpoint"), who.origin, who.log, place="log/checkpoint")
        entries = self._entries(checkpoint)
        fragments = []
        for number, data in enumerate(entries):
            place = f"log, entry {number}"
            entry = Entry.from_bytes(data, place=place)
            if entry.payload_sha256 is None:
                raise Malformed("An entry of this log names a fragment.", place=place)
            payload = self._read(_fragment(entry.payload_sha256))
            if sha256(payload).hexdigest() != entry.payload_sha256:
                raise BadProof("The fragment is not the one that was logged.", place=place, remedy="Restore the folder from a backup.")
            fragments.append(_verified(payload, entry.signatures, who.signer, place))
        return Opened(who, checkpoint, tuple(fragments))

    def append(self, fragments: Iterable[Fragment], log: SigningKey, signer: SigningKey) -> int:
        """Append those of *fragments* that are not there yet, all or none; returns how many. Raises as ``open`` does, before it writes."""
        with self._alone():
            old = self.open()
            if (old.identity.log, old.identity.signer) != (log.public, signer.public):
                raise ComityError("These are not the keys of this log.", place=str(self.folder), remedy="Use the node that began it.")
            known = {one.id for one in old.fragments}
            fresh = {one.id: one for one in fragments if one.id not in known}
            if not fresh:
                return 0
            entries = []
            for id, one in fresh.items():
                payload = one.to_bytes()
                entries.append(Entry.make(id, tuple(sign(payload, [signer])), ()).to_bytes())
                self._write(_fragment(id), payload)
            size = old.checkpoint.size
            leaves = [leaf_hash(entry) for entry in entries]
            before = [leaf_hash(entry) for entry in self._entries(old.checkpoint)]
            written = append_bundles(size, entries, self._tile) | append_tiles(size, leaves, self._tile)
            for path, data in written.items():
                self._write(f"log/{path}", data)
            grown = Checkpoint(old.checkpoint.origin, size + len(entries), root_of([*before, *leaves]))
            self._write("log/checkpoint", sign_checkpoint(grown, log).encode(), sync=True)
            return len(entries)

    def _entries(self, checkpoint: Checkpoint) -> list[bytes]:
        entries: list[bytes] = []
        for path, first in entry_bundle_paths(0, checkpoint.size):
            entries += decode_bundle(self._tile(path), min(256, checkpoint.size - first), place=f"log/{path}")
        if root_of(leaf_hash(entry) for entry in entries) != checkpoint.root:
            raise BadProof("The entries do not lead to the signed root.", place="log", remedy="Restore the folder from a backup.")
        return entries

    def _tile(self, path: str) -> bytes:
        return self._read(f"log/{path}")

    def _read(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            raise Malformed("A file of the log is missing.", place=path, remedy="Restore the folder from a backup.") from None

    def _write(self, path: str, data: bytes, *, sync: bool = False) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = target.with_name(target.name + ".new")
        with scratch.open("wb") as out:
            out.write(data)
            if sync:
                out.flush()
                os.fsync(out.fileno())
        os.replace(scratch, target)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, across processes."""
        with (self.folder / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@lru_cache(maxsize=20_000)
def _verified(payload: bytes, signatures: tuple[Signature, ...], signer: PublicKey, place: str) -> Fragment:
    """The fragment of these very bytes, if the observer has signed them; the same bytes are verified once in a process."""
    verify(payload, signatures, {signer.keyid: signer}, 1, place=place)
    return Fragment.from_bytes(payload, place=place)


def _fragment(id: str) -> str:
    return f"fragments/{id[:2]}/{id}"
