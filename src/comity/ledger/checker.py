"""Checking signatures, apart from judging: so that a node that rebuilds from its own store, with stored verdicts, need not check them
again.

Keys are judged at the signer's own place: which root holds there, the caller says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from comity.errors import ComityError
from comity.record.checkpoint import open_checkpoint
from comity.record.envelope import Signature, verify
from comity.record.root import KeyRoot, verify_successor


class Checker(Protocol):
    """What has to be proven by keys. Each answers without raising."""

    def act(self, root: KeyRoot, payload: bytes, signatures: Sequence[Signature]) -> bool:
        """Whether the officers of ``root`` signed ``payload``, enough of them."""
        ...

    def note(self, roots: Iterable[KeyRoot], origin: str, note: str) -> bool:
        """Whether a log key of one of ``roots`` signed the checkpoint."""
        ...

    def successor(self, old: KeyRoot, new: bytes) -> bool:
        """Whether ``new`` is the next root after ``old``."""
        ...


class Keys:
    """Checks everything (DSSE, signed notes, TUF)."""

    def act(self, root: KeyRoot, payload: bytes, signatures: Sequence[Signature]) -> bool:
        try:
            verify(payload, signatures, root.keys_for("targets"), root.threshold("targets"))
        except ComityError:
            return False
        return True

    def note(self, roots: Iterable[KeyRoot], origin: str, note: str) -> bool:
        try:
            open_checkpoint(note, origin, [key for root in roots for key in root.keys_for("snapshot").values()])
        except ComityError:
            return False
        return True

    def successor(self, old: KeyRoot, new: bytes) -> bool:
        try:
            verify_successor(old, KeyRoot.from_bytes(new))
        except ComityError:
            return False
        return True
