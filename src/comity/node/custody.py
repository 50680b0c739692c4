"""Private keys in custody: encrypted at rest, one key per role, used only through here.

Roles: ``log`` signs checkpoints, ``witness`` cosigns, ``transport`` authenticates this node to its peers; officers' keys sign acts;
``root`` is kept offline by a real parliament and lies here only in a demonstration.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from comity.errors import ComityError
from comity.node.home import Home, write_private
from comity.record.envelope import Signature, sign
from comity.record.keys import SigningKey
from comity.record.root import make_root


class Custody:
    """The keys of one node."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._password = sha256(b"comity key custody\0" + home.secret()).hexdigest().encode()
        self._cache: dict[str, SigningKey] = {}

    def _path(self, name: str) -> Path:
        return self._home.keys / f"{name}.pem"

    def create(self, name: str, entropy: Callable[[int], bytes]) -> SigningKey:
        """Make and keep a key; refuses to replace one."""
        key = SigningKey.from_seed(entropy(32))
        write_private(self._path(name), key.to_pem(self._password))
        return key

    def has(self, name: str) -> bool:
        return self._path(name).is_file()

    def key(self, name: str) -> SigningKey:
        if name not in self._cache:
            try:
                data = self._path(name).read_bytes()
            except FileNotFoundError:
                raise ComityError(
                    "This node holds no key {name!r}.", place="keys", remedy="Ask the operator to add it.", name=name
                ) from None
            self._cache[name] = SigningKey.from_pem(data, self._password)
        return self._cache[name]

    def create_officer(self, entropy: Callable[[int], bytes]) -> str:
        """A new officer's key; returns its key id."""
        key = SigningKey.from_seed(entropy(32))
        write_private(self._path(f"officer-{key.public.keyid}"), key.to_pem(self._password))
        return key.public.keyid

    def sign_act(self, keyid: str, payload: bytes) -> Signature:
        """One officer's signature over an act's bytes."""
        return sign(payload, [self.key(f"officer-{keyid}")])[0]

    def make_first_root(self, officers: list[str], threshold: int, *, expires: datetime) -> bytes:
        """Sign and keep ``root.1.json`` from the keys here. The root key has to be here: in a real parliament this is the key ceremony."""
        data = make_root(
            version=1,
            expires=expires,
            root=[self.key("root").public],
            targets=[self.key(f"officer-{k}").public for k in officers],
            snapshot=[self.key("log").public],
            timestamp=[self.key("witness").public],
            targets_threshold=threshold,
            signers=[self.key("root")],
            demonstration=self._home.settings().demonstration,
        )
        path = self._home.roots / "root.1.json"
        if path.exists():
            raise ComityError("The first key root exists already.", place=str(path), remedy="Publish the next root instead.")
        path.write_bytes(data)
        return data
