"""What has arrived of the logs, judged or not: branches of entries with the Merkle root after each (RFC 6962), so that any entry can be
told by (origin, size, root) whatever the order of arrival.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from comity.record.merkle import EMPTY_ROOT, CompactRange

HASH = 32


class Branch[T]:
    """A piece of a log without branches: leaf hashes and roots from index ``start``, and the entries that wait to be judged."""

    __slots__ = ("keys", "leaves", "notes", "number", "origin", "parent", "pending", "range", "roots", "segment", "start", "verified")

    def __init__(self, number: int, origin: str, parent: tuple[Branch[T], int] | None, start: int, compact: CompactRange) -> None:
        self.number = number
        self.origin = origin
        self.parent = parent
        self.start = start
        self.range = compact
        self.leaves = bytearray()
        self.roots = bytearray()
        self.pending: deque[T] = deque()
        self.segment = -1
        self.keys: list[tuple[int, str]] = []
        """From which index which key root holds (its SHA-256)."""
        self.notes: dict[int, dict[str, None]] = {}
        """Its latest signed checkpoints by size."""
        self.verified: dict[str, None] = {}
        """Notes of it whose signature was checked lately."""

    @property
    def size(self) -> int:
        return self.start + len(self.leaves) // HASH

    @property
    def judged(self) -> int:
        """The index up to which its entries were judged."""
        return self.size - len(self.pending)

    def leaf(self, index: int) -> bytes:
        at = (index - self.start) * HASH
        return bytes(self.leaves[at : at + HASH])

    def root(self, size: int) -> bytes:
        """The root of the log's first ``size`` entries, ``start < size <= self.size``."""
        at = (size - self.start - 1) * HASH
        return bytes(self.roots[at : at + HASH])

    def append(self, leaf: bytes, entry: T) -> bytes:
        """Add an entry; returns the root after it."""
        self.range.append(leaf)
        root = self.range.root()
        self.leaves += leaf
        self.roots += root
        self.pending.append(entry)
        return root


class Held[T]:
    """All branches by origin."""

    def __init__(self) -> None:
        self.all: list[Branch[T]] = []
        self.of: dict[str, list[Branch[T]]] = {}

    def find(self, origin: str, size: int, root: bytes) -> Branch[T] | None:
        """The branch that holds the last of the first ``size`` entries with that root."""
        for branch in self.of.get(origin, ()):
            if branch.start < size <= branch.size and branch.root(size) == root:
                return branch
        return None

    def place(self, origin: str, index: int, leaf: bytes, before: bytes) -> Branch[T] | bool | None:
        """Where an entry belongs: the branch to append it to (made if a fork begins), True if it is held already, None if what precedes
        it is not here."""
        branches = self.of.setdefault(origin, [])
        if index == 0:
            if before != EMPTY_ROOT:
                return None
            parent, siblings = None, [b for b in branches if b.parent is None]
        else:
            branch = self.find(origin, index, before)
            if branch is None:
                return None
            if branch.size == index:
                return branch
            if branch.leaf(index) == leaf:
                return True
            parent = (branch, index)
            siblings = [b for b in branches if b.parent == parent]
        if any(b.leaf(index) == leaf for b in siblings):
            return True
        made: Branch[T] = Branch(len(self.all), origin, parent, index, self._range(parent))
        self.all.append(made)
        branches.append(made)
        return made

    def _range(self, parent: tuple[Branch[T], int] | None) -> CompactRange:
        tree = CompactRange()
        if parent is not None:
            for leaf in self._leaves(*parent):
                tree.append(leaf)
        return tree

    def _leaves(self, branch: Branch[T], size: int) -> Iterator[bytes]:
        if branch.parent is not None:
            yield from self._leaves(*branch.parent)
        for index in range(branch.start, size):
            yield branch.leaf(index)
