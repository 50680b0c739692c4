"""A node's folder: who it is, where things lie, its secret.

<home>/node.json      identity and settings
<home>/secret         32 random bytes in hex, readable by the owner only: encrypts the keys, signs the sessions
<home>/node.db        the store, unless node.json names a PostgreSQL database
<home>/keys/          private keys, encrypted
<home>/roots/         this party's own key roots, root.1.json and on
<home>/files/         content-addressed files
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from comity.errors import ComityError


@dataclass(slots=True)
class Settings:
    """What ``node.json`` holds. ``party`` is empty for an observer, who holds no key of any party. ``certificate`` is the PEM of the TLS
    certificate under which peers reach the node; it stands on its card, and is the only one they accept. ``mail`` is the URL of the
    server that takes the digests of notifications; without one no mail is sent.
    """

    host: str
    party: str = ""
    names: list[dict[str, str]] = field(default_factory=list)
    chambers: list[dict[str, Any]] = field(default_factory=list)
    database: str = ""
    address: str = ""
    certificate: str = ""
    zone: str = "UTC"
    demonstration: bool = False
    mail: str = ""


class Home:
    """The folder of one node."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        return (self.folder / "node.json").is_file()

    def create(self, settings: Settings, entropy: Callable[[int], bytes]) -> None:
        """Make the folder; refuses to touch one that is in use."""
        if self.exists:
            raise ComityError("There is a node here already.", place=str(self.folder), remedy="Choose another COMITY_HOME.")
        for name in ("keys", "roots", "files"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        write_private(self.folder / "secret", entropy(32).hex().encode())
        self.save(settings)

    def save(self, settings: Settings) -> None:
        scratch = self.folder / "node.json.new"
        scratch.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(scratch, self.folder / "node.json")

    def settings(self) -> Settings:
        place = str(self.folder / "node.json")
        try:
            raw = json.loads((self.folder / "node.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ComityError("There is no node here.", place=place, remedy="Make one with `comity node init`.") from None
        except ValueError:
            raise ComityError("The settings cannot be read.", place=place, remedy="Mend the file; it has to be JSON.") from None
        unknown = set(raw) - {f.name for f in fields(Settings)}
        if unknown:
            raise ComityError("Settings that are not known: {names}.", place=place, names=", ".join(sorted(unknown)))
        return Settings(**raw)

    def secret(self) -> bytes:
        return bytes.fromhex((self.folder / "secret").read_text())

    def database_url(self) -> str:
        """SQLAlchemy's and PostgreSQL's form; SQLite in the folder by default. ``COMITY_DATABASE`` is read by the caller, not here."""
        return self.settings().database or f"sqlite:///{self.folder / 'node.db'}"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def roots(self) -> Path:
        return self.folder / "roots"

    def own_roots(self) -> Sequence[bytes]:
        """This party's key roots, oldest first."""
        found = sorted(self.roots.glob("root.*.json"), key=lambda p: int(p.name.split(".")[1]))
        return [p.read_bytes() for p in found]


def write_private(path: Path, data: bytes) -> None:
    """Create a file that only its owner may read; refuses to overwrite."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
