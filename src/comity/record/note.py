"""Signed notes: a text and the lines that sign it (c2sp.org/signed-note).

1. The text ends in a newline and is parted from the signatures by the last empty line.
2. Valid UTF-8, no control characters but the newline, so one spelling only.
3. A line of an unknown key is kept and ignored; a line of a known key must verify; at least one known key must have signed.
4. A line that stands twice for one key is refused: which one counts would be a matter of taste.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from comity.errors import BadSignature, Malformed
from comity.record.encoding import b64decode, b64encode
from comity.record.keys import PublicKey, SigningKey

ED25519 = 0x01
COSIGNATURE = 0x04
MAX_SIGNATURES = 64
MAX_NOTE_BYTES = 256 * 1024
_DASH = "\N{EM DASH} "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
# Unicode White_Space (stable since Unicode 6.3), C0 included by the rule on controls.
_NOT_IN_NAME = re.compile("[+\x00-\x20\x7f-\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


def check_key_name(name: str, *, place: str) -> str:
    """*name* if it is not empty and without spaces, controls and ``+``; raises Malformed otherwise."""
    if not name or _NOT_IN_NAME.search(name):
        raise Malformed("A key's name is not empty and holds no space and no plus.", place=place)
    return name


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """``SHA-256(name || 0x0A || kind || public key)[:4]`` (signed-note, "Signatures")."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the key's name, its 4-byte id, and what follows the id."""

    name: str
    key_id: bytes
    signature: bytes

    def to_line(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key under the name it signs notes with; *kind* is ED25519 or COSIGNATURE."""

    name: str
    key: PublicKey
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.kind, self.key.raw)

    @property
    def vkey(self) -> str:
        """``name+<8 hex>+base64(kind || public key)``, as signed-note tools take it."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.key.raw)}"

    @classmethod
    def from_vkey(cls, text: str, *, place: str = "vkey") -> Verifier:
        """Raises Malformed unless *text* is a vkey of an Ed25519 kind whose id belongs to its key."""
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise Malformed("A vkey is name+id+key.", place=place)
        raw = b64decode(parts[2], place=place, length=33)
        if raw[0] not in (ED25519, COSIGNATURE):
            raise Malformed("A vkey of an unknown kind.", place=place)
        one = cls(check_key_name(parts[0], place=place), PublicKey(raw[1:], place=place), raw[0])
        if one.key_id.hex() != parts[1]:
            raise Malformed("The id does not belong to the key.", place=place)
        return one

    def matches(self, line: NoteSignature) -> bool:
        return line.name == self.name and line.key_id == self.key_id

    def check(self, text: str, line: NoteSignature) -> bool:
        """Whether *line*, which matches, signs *text*."""
        if self.kind == ED25519:
            return self.key.verify(line.signature, text.encode())
        if len(line.signature) != 72 or line.signature[0] & 0x80:
            return False
        return self.key.verify(line.signature[8:], cosigned_message(text, int.from_bytes(line.signature[:8], "big")))


def cosigned_message(text: str, time: int) -> bytes:
    """What a cosigner signs: ``cosignature/v1``, ``time <POSIX seconds>``, the checkpoint's text (c2sp.org/tlog-cosignature)."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signature lines in the order they stand."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def to_str(self) -> str:
        return self.text + "\n" + "".join(one.to_line() for one in self.signatures)

    @classmethod
    def parse(cls, note: str | bytes, *, place: str = "note") -> Note:
        """Raises Malformed, naming the line, unless *note* is a signed note as its writer must write it."""
        text = _decode(note, place)
        body, parting, tail = text.rpartition("\n\n")
        if not parting or not tail.endswith("\n"):
            raise Malformed("A note is a text, an empty line and signature lines that end in a newline.", place=place)
        lines = tail[:-1].split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise Malformed("More than {limit} signature lines.", place=place, limit=MAX_SIGNATURES)
        signatures = tuple(parse_line(line, place=f"{place}, signature line {number}") for number, line in enumerate(lines, 1))
        if len({(one.name, one.key_id) for one in signatures}) != len(signatures):
            raise Malformed("Two lines of one key.", place=place, remedy="Keep one of them.")
        return cls(body + "\n", signatures)

    def verify(self, verifiers: Iterable[Verifier], *, place: str = "note") -> tuple[Verifier, ...]:
        """The known keys that signed, in the order of the lines.

        Raises BadSignature if a line of a known key does not verify, or if there is none.
        """
        known = {(one.name, one.key_id): one for one in verifiers}
        found = []
        for line in self.signatures:
            verifier = known.get((line.name, line.key_id))
            if verifier is None:
                continue
            if not verifier.check(self.text, line):
                raise BadSignature("The signature of {name} does not verify.", place=place, name=line.name)
            found.append(verifier)
        if not found:
            raise BadSignature(
                "Not signed by any of the keys it needs.", place=place, remedy="Ask for it again, or check which keys are agreed."
            )
        return tuple(found)


def parse_line(line: str, *, place: str) -> NoteSignature:
    """One signature line without its newline. Raises Malformed."""
    if not line.startswith(_DASH):
        raise Malformed("A signature line starts with an em dash and a space.", place=place)
    name, space, encoded = line[len(_DASH) :].partition(" ")
    if not space:
        raise Malformed("A signature line has a name and a signature.", place=place)
    data = b64decode(encoded, place=place)
    if len(data) < 5:
        raise Malformed("A signature needs a key id and a signature.", place=place)
    return NoteSignature(check_key_name(name, place=place), data[:4], data[4:])


def sign_note(text: str, name: str, key: SigningKey) -> NoteSignature:
    """The Ed25519 line (kind 0x01) of *key* under *name* over *text*."""
    check_key_name(name, place="name")
    return NoteSignature(name, key_id(name, ED25519, key.public.raw), key.sign(text.encode()))


def _decode(note: str | bytes, place: str) -> str:
    try:
        data = note if isinstance(note, bytes) else note.encode("utf-8")
        text = note if isinstance(note, str) else note.decode("utf-8")
    except UnicodeError:
        raise Malformed("Not UTF-8.", place=place) from None
    if len(data) > MAX_NOTE_BYTES:
        raise Malformed("A note of more than {limit} bytes.", place=place, limit=MAX_NOTE_BYTES)
    if _CONTROL.search(text):
        raise Malformed("A control character in a note.", place=place)
    return text
