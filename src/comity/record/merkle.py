"""The Merkle tree of RFC 6962, section 2.1: hashes, compact ranges, inclusion and consistency proofs, made and checked.

The empty tree is a matter of convention, on which implementations differ. Ours: an inclusion proof needs a leaf, so nothing is included in
an empty tree; a consistency proof needs an old tree that says something, so it starts at a size of 1 or more (section 2.1.2 defines
PROOF(m, D[n]) for 0 < m < n). From an empty tree every tree follows and there is nothing to prove: ``verify_consistency`` refuses an old
size of 0, whatever the proof and the roots, and whoever starts from nothing says so himself, as a witness does that has never seen the log.
So all four empty-tree cases of the public vectors are refused, as their authors expect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from comity.errors import BadProof

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

HashSource = Callable[[int, int], bytes]
"""``(level, index)`` to the hash of the complete subtree of leaves ``index * 2**level`` up to ``(index + 1) * 2**level``."""


def leaf_hash(entry: bytes) -> bytes:
    """``SHA-256(0x00 || entry)`` (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """``SHA-256(0x01 || left || right)`` (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The least that must be kept to append to a tree: one hash per set bit of its size, largest subtree first."""

    __slots__ = ("_nodes", "size")

    def __init__(self, size: int = 0, nodes: Sequence[bytes] = ()) -> None:
        """The range of a tree of *size* leaves with the given subtree hashes; raises BadProof if there are too many or too few."""
        if size < 0 or len(nodes) != size.bit_count():
            raise BadProof("A tree of {size} leaves has {want} subtree hashes.", size=size, want=max(size, 0).bit_count())
        self.size = size
        self._nodes = list(nodes)

    @property
    def nodes(self) -> tuple[bytes, ...]:
        return tuple(self._nodes)

    def append(self, leaf: bytes) -> None:
        """Append one *leaf hash* (32 bytes)."""
        size, nodes = self.size, self._nodes
        while size & 1:
            leaf = hashlib.sha256(b"\x01" + nodes.pop() + leaf).digest()
            size >>= 1
        nodes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The tree's root hash, 32 bytes; EMPTY_ROOT for no leaves."""
        if not self._nodes:
            return EMPTY_ROOT
        root = self._nodes[-1]
        for left in reversed(self._nodes[:-1]):
            root = node_hash(left, root)
        return root

    def copy(self) -> CompactRange:
        return CompactRange(self.size, self._nodes)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root hash of a tree over *leaf hashes* in order."""
    tree = CompactRange()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def compact_range(size: int, source: HashSource) -> CompactRange:
    """The compact range of the first *size* leaves of *source*."""
    nodes = []
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            nodes.append(source(level, start >> level))
            start += 1 << level
    return CompactRange(size, nodes)


def _range_hash(start: int, end: int, source: HashSource) -> bytes:
    """MTH(D[start:end]) where *start* is a multiple of the largest power of two below ``end - start``."""
    width = end - start
    level = (width - 1).bit_length()
    if width == 1 << level:
        return source(level, start >> level)
    split = 1 << (level - 1)
    return node_hash(source(level - 1, start >> (level - 1)), _range_hash(start + split, end, source))


def _split(width: int) -> int:
    """The largest power of two smaller than *width*."""
    return 1 << ((width - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, hash_source: HashSource) -> list[bytes]:
    """PATH(index, D[size]): sibling hashes from the leaf upwards (RFC 6962, section 2.1.1). Raises BadProof if there is no such leaf."""
    if not 0 <= index < size:
        raise BadProof("There is no entry {index} in a tree of {size}.", index=index, size=size)
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_hash(middle, end, hash_source))
            end = middle
        else:
            proof.append(_range_hash(start, middle, hash_source))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, hash_source: HashSource) -> list[bytes]:
    """PROOF(old, D[new]) (RFC 6962, section 2.1.2); empty if *old* is 0 or *new*. Raises BadProof unless 0 <= old <= new."""
    if not 0 <= old <= new:
        raise BadProof("A tree of {new} does not continue one of {old}.", old=old, new=new)
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range_hash(middle, end, hash_source))
            end = middle
        else:
            proof.append(_range_hash(start, middle, hash_source))
            start, whole = middle, False
    if not whole:
        proof.append(_range_hash(start, end, hash_source))
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], *, place: str = "proof") -> bytes:
    """The root that *proof* leads to from the *leaf hash* at *index* (RFC 9162, section 2.1.3.2).

    Raises BadProof if it has a wrong length.
    """
    if not 0 <= index < size:
        raise BadProof("There is no entry {index} in a tree of {size}.", place=place, index=index, size=size)
    if len(leaf) != HASH_BYTES:
        raise BadProof("A leaf hash has 32 bytes.", place=place)
    fn, sn, root = index, size - 1, leaf
    for sibling in proof:
        if len(sibling) != HASH_BYTES or sn == 0:
            raise BadProof("The proof is too long, or holds something that is not a hash.", place=place)
        if fn & 1 or fn == sn:
            root = node_hash(sibling, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = node_hash(root, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise BadProof("The proof is too short.", place=place)
    return root


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, *, place: str = "proof") -> None:
    """Raises BadProof unless *proof* shows the *leaf hash* at *index* in the tree of *size* under *root* (RFC 6962, section 2.1.1)."""
    if root_from_inclusion(leaf, index, size, proof, place=place) != root:
        raise BadProof("The proof leads to another root.", place=place, remedy="Fetch the log again; if it persists, keep both.")


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes, *, place: str = "proof") -> None:
    """Raises BadProof unless *proof* shows that the tree of *new* leaves continues the one of *old* (RFC 9162, section 2.1.4.2).

    *old* is 1 or more: from an empty tree everything follows, see the module's text.
    """
    if not 0 < old <= new:
        raise BadProof("Nothing can be proven from a tree of {old} to one of {new}.", place=place, old=old, new=new)
    if old == new:
        if proof or old_root != new_root:
            raise BadProof("Trees of one size need equal roots and no proof.", place=place)
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not proof or any(len(one) != HASH_BYTES for one in path):
        raise BadProof("The proof is empty, or holds something that is not a hash.", place=place)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    from_old = from_new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            raise BadProof("The proof is too long.", place=place)
        if fn & 1 or fn == sn:
            from_old, from_new = node_hash(sibling, from_old), node_hash(sibling, from_new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            from_new = node_hash(from_new, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise BadProof("The proof is too short.", place=place)
    if from_old != old_root or from_new != new_root:
        raise BadProof("The proof leads to other roots.", place=place, remedy="Fetch the log again; if it persists, keep both.")
