"""An entry: what a log holds (ADR 0001, "An entry"). Signatures over an act, or nothing, and what was seen of the other logs.

Only its form is judged here. Whether the signatures verify and the notes in ``seen`` are their logs' is `verify`'s, whether it may stand is
the ledger's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from comity.errors import Malformed
from comity.record.canonical import canonical, parse_canonical
from comity.record.checkpoint import Checkpoint, parse_checkpoint
from comity.record.encoding import check_sha256
from comity.record.envelope import MAX_SIGNATURES, PAYLOAD_TYPE, Signature

MAX_ENTRY_BYTES = 65_535
MAX_SEEN = 128
_ACT = {"v", "payloadType", "payloadSha256", "signatures", "seen"}
_RECEIPT = {"v", "seen"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. A receipt has no payload and no signatures. ``seen`` are signed notes with the log's signature only, sorted by bytes."""

    payload_sha256: str | None
    signatures: tuple[Signature, ...]
    seen: tuple[str, ...]
    seen_checkpoints: tuple[Checkpoint, ...] = field(default=(), compare=False, repr=False)
    """What ``seen`` says, note by note, with no signature checked; set by ``from_bytes`` and ``make``."""

    @classmethod
    def make(cls, payload_sha256: str | None, signatures: tuple[Signature, ...], seen: tuple[str, ...]) -> Entry:
        """An entry with its lists brought into order. Raises Malformed for what ``from_bytes`` would refuse."""
        in_order = tuple(sorted(signatures, key=lambda one: one.keyid))
        return cls.from_bytes(cls(payload_sha256, in_order, tuple(sorted(seen, key=str.encode))).to_bytes(), place="entry")

    @property
    def is_receipt(self) -> bool:
        return self.payload_sha256 is None

    def to_bytes(self) -> bytes:
        """The canonical bytes, at most 65,535 of them (c2sp.org/tlog-tiles, "Log entries"). Raises Malformed for more."""
        value: dict[str, object] = {"v": 1, "seen": list(self.seen)}
        if self.payload_sha256 is not None:
            value["payloadType"] = PAYLOAD_TYPE
            value["payloadSha256"] = self.payload_sha256
            value["signatures"] = [one.to_json() for one in self.signatures]
        data = canonical(value)
        if len(data) > MAX_ENTRY_BYTES:
            raise Malformed("An entry of {size} bytes.", place="entry", remedy="A log takes 65,535.", size=len(data))
        return data

    @classmethod
    def from_bytes(cls, data: bytes, *, place: str) -> Entry:
        """Reads one entry. Raises Malformed, naming the field."""
        value = parse_canonical(data, place=place, limit=MAX_ENTRY_BYTES)
        if not isinstance(value, dict) or type(value.get("v")) is not int or value["v"] != 1 or value.keys() not in (_ACT, _RECEIPT):
            raise Malformed("Not an entry of version 1 with the fields of an act or of a receipt.", place=place)
        seen, checkpoints = _seen(value["seen"], f"{place}.seen")
        if "payloadType" not in value:
            return cls(None, (), seen, checkpoints)
        if value["payloadType"] != PAYLOAD_TYPE:
            raise Malformed("A payload of an unknown type.", place=f"{place}.payloadType")
        payload = check_sha256(value["payloadSha256"], place=f"{place}.payloadSha256")
        return cls(payload, _signatures(value["signatures"], f"{place}.signatures"), seen, checkpoints)


def _signatures(value: object, place: str) -> tuple[Signature, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_SIGNATURES:
        raise Malformed("Between 1 and {limit} signatures.", place=place, limit=MAX_SIGNATURES)
    signatures = tuple(Signature.from_json(one, place=f"{place}[{number}]") for number, one in enumerate(value))
    if any(left.keyid >= right.keyid for left, right in pairwise(signatures)):
        raise Malformed("Signatures stand in the order of their key ids, each once.", place=place)
    return signatures


def _seen(value: object, place: str) -> tuple[tuple[str, ...], tuple[Checkpoint, ...]]:
    if not isinstance(value, list) or len(value) > MAX_SEEN or not all(isinstance(one, str) for one in value):
        raise Malformed("At most {limit} signed notes.", place=place, limit=MAX_SEEN)
    notes = tuple(value)
    if any(left.encode() >= right.encode() for left, right in pairwise(notes)):
        raise Malformed("Notes stand in the order of their bytes, each once.", place=place)
    checkpoints = []
    for number, text in enumerate(notes):
        cp, note = parse_checkpoint(text, place=f"{place}[{number}]")
        if len(note.signatures) != 1 or note.signatures[0].name != cp.origin:
            raise Malformed("A note that was seen carries its log's signature only.", place=f"{place}[{number}]")
        checkpoints.append(cp)
    return notes, tuple(checkpoints)
