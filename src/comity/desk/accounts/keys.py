"""Officers' keys as pages show them: which lie in custody, which the party's key root names, whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.desk.accounts.models import Officer
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.show import name_of
from comity.node.node import Node
from comity.record.root import KeyRoot


@dataclass(frozen=True, slots=True)
class KeyShown:
    """One officer's key. ``lacking``: names of the mechanisms whose record does not know it yet, so that it cannot sign there."""

    keyid: str
    holder: Officer | None
    in_custody: bool
    in_root: bool
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """All officers' keys of a node, those of the current root first. ``version`` and ``threshold`` are the root's; 0 without one."""

    shown: tuple[KeyShown, ...]
    version: int = 0
    threshold: int = 0

    def of(self, officer: Officer) -> KeyShown | None:
        return next((key for key in self.shown if officer.keyid and key.keyid == officer.keyid), None)

    @property
    def free(self) -> list[KeyShown]:
        """Keys in custody that nobody holds."""
        return [key for key in self.shown if key.in_custody and key.holder is None]


def keys_of(node: Node, officers: Iterable[Officer]) -> Keys:
    """The keys of this node's officers, by its own latest key root and by the roots that the records know."""
    holders = {officer.keyid: officer for officer in officers if officer.keyid}
    custody = sorted(path.stem.removeprefix("officer-") for path in node.home.keys.glob("officer-*.pem"))
    roots = node.home.own_roots()
    root = KeyRoot.from_bytes(roots[-1]) if roots else None
    named = list(root.officers) if root else []
    known = _known(node)
    shown = [
        KeyShown(
            keyid,
            holders.get(keyid),
            keyid in custody,
            keyid in named,
            tuple(name for name, keyids in known if keyid not in keyids),
        )
        for keyid in dict.fromkeys([*named, *custody])
    ]
    return Keys(tuple(shown), root.version if root else 0, root.threshold("targets") if root else 0)


def _known(node: Node) -> list[tuple[str, frozenset[str]]]:
    """Per mechanism: its name, and the key ids of this party's officers by the latest key root in its record."""
    names = {row.id: name_of(row.names) for row in MechanismRow.objects.all()}
    found = []
    for mechanism in node.mechanisms():
        roots = node.replica(mechanism).ledger.roots_of(node.party)
        found.append((names.get(mechanism, mechanism[:8]), frozenset(roots[-1].officers) if roots else frozenset()))
    return found
