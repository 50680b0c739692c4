"""Checkpoints: what a log says of itself, its size and its root, as a signed note (c2sp.org/tlog-checkpoint).

No extension lines: they cannot be audited, and two notes for one tree would differ. The log signs under its origin as key name, kind 0x01.
Its line may stand anywhere among the signatures, so it is found by name and id, never by position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from comity.errors import BadProof, Malformed, Untrusted
from comity.record.encoding import b64decode, b64encode
from comity.record.keys import PublicKey, SigningKey
from comity.record.merkle import EMPTY_ROOT
from comity.record.note import Note, Verifier, check_key_name, sign_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The origin of a log, its size in entries and its root hash (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """The note text: three lines (tlog-checkpoint, "Note text")."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root)}\n"

    @classmethod
    def from_text(cls, text: str, *, place: str = "checkpoint") -> Checkpoint:
        """Reads a note's text, of which nothing is proven yet. Raises Malformed."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise Malformed("A checkpoint has exactly the lines origin, size and root.", place=place)
        origin = check_key_name(lines[0], place=f"{place}, origin")
        size = parse_size(lines[1], place=f"{place}, size")
        return cls(origin, size, b64decode(lines[2], place=f"{place}, root", length=32))


def parse_size(text: str, *, place: str) -> int:
    """A tree size in decimal without leading zeros, below 2**63. Raises Malformed."""
    if _SIZE.fullmatch(text) is None or int(text) > MAX_SIZE:
        raise Malformed("A size is a decimal number without leading zeros.", place=place)
    return int(text)


def parse_checkpoint(note_text: str | bytes, *, place: str = "checkpoint") -> tuple[Checkpoint, Note]:
    """The checkpoint and the note that carries it, with no signature checked. Raises Malformed."""
    note = Note.parse(note_text, place=place)
    return Checkpoint.from_text(note.text, place=place), note


def sign_checkpoint(cp: Checkpoint, key: SigningKey) -> str:
    """The signed note of *cp* with the log's signature only."""
    text = cp.to_text()
    Checkpoint.from_text(text)
    return Note(text, (sign_note(text, cp.origin, key),)).to_str()


def open_checkpoint(note_text: str | bytes, origin: str, key: PublicKey | Iterable[PublicKey], *, place: str = "checkpoint") -> Checkpoint:
    """The checkpoint that *key* (or one of several keys) has signed under *origin*.

    Raises Malformed, Untrusted for another origin, BadSignature, and BadProof for an empty tree with a root that is not of one.
    """
    cp, note = parse_checkpoint(note_text, place=place)
    if cp.origin != origin:
        raise Untrusted("A checkpoint of {got}, not of {want}.", place=place, got=cp.origin, want=origin)
    note.verify([Verifier(origin, one) for one in ([key] if isinstance(key, PublicKey) else key)], place=place)
    if cp.size == 0 and cp.root != EMPTY_ROOT:
        raise BadProof("An empty tree with a root that is not of one.", place=place)
    return cp
