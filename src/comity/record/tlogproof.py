"""An offline proof that an entry stands in a log: index, inclusion proof and checkpoint in one text (c2sp.org/tlog-proof@v1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.errors import BadSignature, Malformed
from comity.record.checkpoint import Checkpoint, open_checkpoint, parse_size
from comity.record.cosignature import cosigned_at
from comity.record.encoding import b64decode, b64encode
from comity.record.keys import PublicKey
from comity.record.merkle import leaf_hash, verify_inclusion
from comity.record.note import Note, Verifier

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PROOF = 63


@dataclass(frozen=True, slots=True)
class LogProof:
    """The *index* of an entry, its inclusion *proof* from the leaf upwards, and the signed *checkpoint*. *extra* is never to be trusted."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def to_str(self) -> str:
        extra = [] if self.extra is None else [f"extra {b64encode(self.extra)}"]
        lines = [HEADER, *extra, f"index {self.index}", *(b64encode(one) for one in self.proof)]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str, *, place: str = "proof") -> LogProof:
        """Reads a proof, of which nothing is checked yet. Raises Malformed."""
        head, parting, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not parting or lines[0] != HEADER:
            raise Malformed("Not a tlog-proof of version 1 with a checkpoint.", place=place)
        rest = lines[1:]
        extra = None
        if rest and rest[0].startswith("extra "):
            extra = b64decode(rest.pop(0)[6:], place=f"{place}, extra")
        if not rest or not rest[0].startswith("index "):
            raise Malformed("The proof names no index.", place=place)
        index = parse_size(rest.pop(0)[6:], place=f"{place}, index")
        if len(rest) > MAX_PROOF:
            raise Malformed("More than {limit} hashes.", place=place, limit=MAX_PROOF)
        proof = tuple(b64decode(one, place=f"{place}, hash {number}", length=32) for number, one in enumerate(rest, 1))
        Note.parse(checkpoint, place=f"{place}, checkpoint")
        return cls(index, proof, checkpoint, extra)

    def verify(
        self, entry: bytes, origin: str, key: PublicKey | Iterable[PublicKey], witnesses: Iterable[Verifier] = (), *, place: str = "proof"
    ) -> Checkpoint:
        """The checkpoint under which the *entry* bytes stand at ``index``, signed by the log's *key* and cosigned by all of *witnesses*.

        Raises BadSignature, BadProof, Untrusted or Malformed.
        """
        here = f"{place}, checkpoint"
        cp = open_checkpoint(self.checkpoint, origin, key, place=here)
        note = Note.parse(self.checkpoint, place=here)
        for witness in witnesses:
            if cosigned_at(note, witness, place=here) is None:
                raise BadSignature(
                    "Not cosigned by {name}.", place=here, remedy="Ask that side's node for its cosignature.", name=witness.name
                )
        verify_inclusion(leaf_hash(entry), self.index, cp.size, self.proof, cp.root, place=place)
        return cp
