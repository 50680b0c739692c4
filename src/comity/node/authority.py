"""Which keys speak for which log, as far as a mechanism's stored roots and acts say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.ledger.replay import Ledger
from comity.record.cosignature import witness_verifier
from comity.record.keys import PublicKey
from comity.record.note import Verifier
from comity.record.root import KeyRoot


@dataclass(frozen=True, slots=True)
class Speaker:
    """A party, one of its logs, and its roots, oldest first."""

    party: str
    origin: str
    roots: tuple[KeyRoot, ...]

    def log_keys(self) -> list[PublicKey]:
        return _distinct(key for root in self.roots for key in root.keys_for("snapshot").values())

    def witnesses(self) -> list[Verifier]:
        """The verifiers of its witness, newest root last."""
        return [witness_verifier(self.origin, key) for key in _distinct(k for r in self.roots for k in r.keys_for("timestamp").values())]


def speakers(ledger: Ledger) -> dict[str, Speaker]:
    """Every log of the mechanism by origin."""
    return {origin: Speaker(party, origin, tuple(ledger.roots_of(party))) for origin, party in ledger.origins().items()}


def _distinct(keys: Iterable[PublicKey]) -> list[PublicKey]:
    return list(dict.fromkeys(keys))
