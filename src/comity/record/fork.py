"""A fork proof: two checkpoints of one log, both signed by its keys, that contradict each other. Whoever holds it can convince anybody.

Of one size, two roots are enough. Of sizes m < n, a consistency proof that fails proves nothing, as anybody can write a bad one. So the
proof shows what the longer tree holds: a consistency proof that *does* hold, from another root of size m to the longer checkpoint (RFC
6962, section 2.1.2).

Format: canonical JSON ``{"v": 1, "notes": [shorter, longer], "root": base64, "proof": [base64, …]}``; root and proof are left out for equal
sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.errors import BadProof, Malformed
from comity.record.canonical import canonical, parse_canonical
from comity.record.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from comity.record.encoding import b64decode, b64encode
from comity.record.keys import PublicKey
from comity.record.merkle import HashSource, compact_range, consistency_proof, verify_consistency

MAX_PROOF = 63


@dataclass(frozen=True, slots=True)
class ForkProof:
    """Two signed notes of one origin, the shorter tree first; for two sizes, the other *root* at the shorter size and its consistency
    *proof*.
    """

    notes: tuple[str, str]
    root: bytes | None = None
    proof: tuple[bytes, ...] = ()

    @classmethod
    def make(cls, one: str, two: str, source: HashSource | None = None) -> ForkProof:
        """The proof from two signed notes; for two sizes, *source* gives the hashes of the longer tree. Raises BadProof if they agree."""
        first, second = sorted((one, two), key=lambda text: (parse_checkpoint(text)[0].size, text.encode()))
        shorter, longer = parse_checkpoint(first)[0], parse_checkpoint(second)[0]
        if shorter.size == longer.size or shorter.size == 0:
            made = cls((first, second))
        else:
            if source is None:
                raise BadProof("Two sizes need the hashes of the longer tree.", place="fork")
            root = compact_range(shorter.size, source).root()
            made = cls((first, second), root, tuple(consistency_proof(shorter.size, longer.size, source)))
        made._check_contradiction(shorter, longer, "fork")
        return made

    def to_bytes(self) -> bytes:
        value: dict[str, object] = {"v": 1, "notes": list(self.notes)}
        if self.root is not None:
            value |= {"root": b64encode(self.root), "proof": [b64encode(hash_) for hash_ in self.proof]}
        return canonical(value)

    @classmethod
    def from_bytes(cls, data: bytes, *, place: str = "fork") -> ForkProof:
        """Reads a proof, of which nothing is checked yet. Raises Malformed."""
        value = parse_canonical(data, place=place)
        if not isinstance(value, dict) or value.keys() not in ({"v", "notes"}, {"v", "notes", "root", "proof"}) or value["v"] != 1:
            raise Malformed("Not a fork proof of version 1.", place=place)
        notes = value["notes"]
        if not isinstance(notes, list) or len(notes) != 2 or not all(isinstance(one, str) for one in notes):
            raise Malformed("A fork proof has two signed notes.", place=f"{place}.notes")
        if "root" not in value:
            return cls((notes[0], notes[1]))
        hashes = [value["root"], *(value["proof"] if isinstance(value["proof"], list) else [None])]
        if len(hashes) > MAX_PROOF + 1 or not all(isinstance(one, str) for one in hashes):
            raise Malformed("A root and at most {limit} hashes.", place=f"{place}.proof", limit=MAX_PROOF)
        decoded = [b64decode(one, place=f"{place}.proof", length=32) for one in hashes]
        return cls((notes[0], notes[1]), decoded[0], tuple(decoded[1:]))

    def verify(self, origin: str, keys: PublicKey | Iterable[PublicKey], *, place: str = "fork") -> tuple[Checkpoint, Checkpoint]:
        """The two checkpoints, shorter first, of which at most one can be the log's.

        Raises BadSignature, Untrusted or Malformed if they are not both the log's, BadProof if they do not contradict each other.
        """
        trusted: Sequence[PublicKey] = [keys] if isinstance(keys, PublicKey) else list(keys)
        shorter, longer = (open_checkpoint(note, origin, trusted, place=f"{place}.notes[{i}]") for i, note in enumerate(self.notes))
        self._check_contradiction(shorter, longer, place)
        return shorter, longer

    def _check_contradiction(self, shorter: Checkpoint, longer: Checkpoint, place: str) -> None:
        if shorter.origin != longer.origin:
            raise BadProof("Two logs cannot contradict each other.", place=place)
        if shorter.size == longer.size:
            if shorter.root == longer.root or self.root is not None:
                raise BadProof("One tree, twice: this is no fork.", place=place)
            return
        if self.root is None or self.root == shorter.root:
            raise BadProof("Nothing shows that the longer tree does not continue the shorter one.", place=place)
        verify_consistency(shorter.size, longer.size, self.proof, self.root, longer.root, place=place)
