"""What governing a mechanism needs of a node besides appending: the next key root, its publication, what a succession has to name.

1. A root is prepared once and kept; every mechanism publishes the same one. It follows the last by one, and the root keys of both have
   signed it (record/root.py).
2. Publishing it in a mechanism is an act of this party under the keys in force before; the root is put with the mechanism's roots first,
   because the ledger judges the entry by it.
3. Nothing here signs an act.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.errors import Refused, Untrusted
from comity.node import tables as t
from comity.node.node import Node
from comity.record.keys import PublicKey, SigningKey
from comity.record.root import KeyRoot, add_signatures, make_root, verify_successor
from comity.terms.ids import digest


@dataclass(frozen=True, slots=True)
class RootChange:
    """From one root to the next: which officers' keys stay, enter and leave."""

    old: KeyRoot
    new: KeyRoot

    @property
    def stay(self) -> list[str]:
        return [key for key in self.old.officers if key in self.new.officers]

    @property
    def enter(self) -> list[str]:
        return [key for key in self.new.officers if key not in self.old.officers]

    @property
    def leave(self) -> list[str]:
        return [key for key in self.old.officers if key not in self.new.officers]


def latest_root(node: Node) -> KeyRoot:
    """This party's latest root, published anywhere yet or not; raises :class:`Refused` if the node has no keys."""
    roots = node.home.own_roots()
    if not roots:
        raise Refused("This node has no key root yet.", place="keys", remedy="Make the keys with `comity node init`.")
    return KeyRoot.from_bytes(roots[-1])


def published_root(node: Node, mechanism: str) -> KeyRoot:
    """The root by which this party's next entry in a mechanism is judged."""
    roots = node.replica(mechanism).ledger.roots_of(node.party)
    if not roots:
        raise Refused("This node is not a party of the mechanism.", place=mechanism)
    return roots[-1]


def waiting_root(node: Node, mechanism: str) -> KeyRoot | None:
    """The root that follows the published one, if it is prepared."""
    wanted = published_root(node, mechanism).version + 1
    return next((root for data in node.home.own_roots() if (root := KeyRoot.from_bytes(data)).version == wanted), None)


def next_root(node: Node, officers: Collection[str], threshold: int, *, expires: datetime) -> bytes:
    """The next root with these officers' keys, of whom ``threshold`` have to sign an act, signed by the root keys that lie here.

    Log, witness and root keys stay. An officer's key is one of the last root or one in custody. Where the root key is kept offline the
    bytes come unsigned: they are signed elsewhere and brought to :func:`keep_root`. Raises :class:`Refused` for a key that is not known
    here and for a threshold that cannot be met.
    """
    old = latest_root(node)
    if not 1 <= threshold <= len(officers):
        raise Refused("At least one officer has to sign, and no more than there are.", place="threshold")
    return make_root(
        version=old.version + 1,
        expires=expires,
        root=old.keys_for("root").values(),
        targets=[_officer(node, old, keyid) for keyid in officers],
        snapshot=old.keys_for("snapshot").values(),
        timestamp=old.keys_for("timestamp").values(),
        signers=root_keys_here(node, old),
        root_threshold=old.threshold("root"),
        targets_threshold=threshold,
        demonstration=old.demonstration,
    )


def _officer(node: Node, old: KeyRoot, keyid: str) -> PublicKey:
    if keyid in old.officers:
        return old.officers[keyid]
    if not node.custody.has(f"officer-{keyid}"):
        raise Refused(
            "The key {keyid} is not on this node.", place="officers", remedy="Make it on the page of the officer.", keyid=keyid[:16]
        )
    return node.custody.key(f"officer-{keyid}").public


def root_keys_here(node: Node, root: KeyRoot) -> Sequence[SigningKey]:
    """The root keys of ``root`` that lie in custody: one in a demonstration, none where the root key is kept offline."""
    if not node.custody.has("root"):
        return ()
    key = node.custody.key("root")
    return (key,) if key.public.keyid in root.keys_for("root") else ()


def sign_root(data: bytes, keys: Sequence[SigningKey]) -> bytes:
    """The same root with further root keys' signatures, for the machine on which these keys are kept."""
    return add_signatures(data, keys)


def keep_root(node: Node, data: bytes) -> KeyRoot:
    """Keep a fully signed next root; from now on it is the one that every mechanism will publish.

    Raises :class:`Untrusted` or :class:`BadSignature` if it does not follow the last one or lacks signatures, and :class:`Untrusted` if it
    is not for this node's own log and witness keys: a root that names others would stop its log.
    """
    new = KeyRoot.from_bytes(data)
    verify_successor(latest_root(node), new)
    for role, name in (("snapshot", "log"), ("timestamp", "witness")):
        if node.custody.key(name).public.keyid not in new.keys_for(role):
            raise Untrusted(
                "The root does not name this node’s {name} key.",
                place=f"root.{role}",
                remedy="Take the root that this node prepared.",
                name=name,
            )
    path = node.home.roots / f"root.{new.version}.json"
    with path.open("xb") as out:
        out.write(data)
    return new


def offer_root(node: Node, mechanism: str, root: KeyRoot) -> dict[str, str]:
    """Have ``root`` with the mechanism's roots, so that the entry that publishes it can be judged; gives the files of that act."""
    fingerprint = digest(root.data)
    with node.store.writing() as connection:
        node.store.add(connection, t.roots, id=fingerprint, mechanism=mechanism, data=root.data)
    node.files.put_bytes(root.data)
    node.replica(mechanism).follow()
    return {f"root.{root.version}.json": fingerprint}


def succession(node: Node, mechanism: str, origin: str, new_origin: str) -> dict[str, Any]:
    """The body of an act that opens a successor to a forked log, naming all its heads as they are known here."""
    ledger = node.replica(mechanism).ledger
    heads = ledger.forks().get(origin)
    if heads is None:
        raise Refused("This log has not forked.", place=origin, remedy="Only a log with two contradicting heads needs a successor.")
    party = ledger.origins()[origin]
    return {
        "party": party,
        "old": origin,
        "origin": new_origin,
        "heads": [{"size": size, "root": root.hex()} for size, root in sorted(heads)],
    }
