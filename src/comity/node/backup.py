"""A whole node in one file, taken while it runs, and put back from it.

The file is a ZIP:

    node.json, roots/, observations/   as they lie in the node's folder
    keys/                              private keys, encrypted as they lie there
    secret.json                        what they are encrypted by, itself encrypted under the operator's passphrase (scrypt, AES-256-GCM)
    node.db or database.dump           the database: a consistent copy of SQLite's file, without sessions; or pg_dump's custom format
    files/                             every stored file
    comity-backup.json                 written last: SHA-256 and size of each of these, and the digest of the state of each mechanism

The database is copied before the files, and a file is stored before anything names it: so every file that the copy names is there. The
file appears under its name only when it is whole; a folder that is restored appears only when everything in it was checked and gives the
same digests.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from comity.errors import BadProof, ComityError, Malformed, Refused, Unsafe
from comity.node.home import Home, write_private
from comity.node.node import Node

FORMAT: Final = "comity-backup/1"
MANIFEST: Final = "comity-backup.json"
SECRET: Final = "secret.json"  # noqa: S105 - the name of a part
SHORTEST: Final = 12
"""Characters of a passphrase at the least."""
_CHUNK: Final = 1 << 20
_SCRYPT: Final = {"n": 2**15, "r": 8, "p": 1}
_ASSOCIATED: Final = b"comity backup secret"
_NAMES: Final = re.compile(
    r"node\.json|secret\.json|node\.db|database\.dump|keys/[\w.-]+\.pem|roots/root\.\d+\.json|files/[0-9a-f]{2}/[0-9a-f]{64}"
    r"|observations/(?!.*\.\.)[\w./+-]+"
)
_TRIES: Final = 5

type Tick = Callable[[str], None]
"""Told the name of each part as it is done."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: whose it is, when it was made, its parts (name → SHA-256 and bytes), the digest of each mechanism."""

    host: str
    party: str
    made: str
    parts: dict[str, tuple[str, int]]
    digests: dict[str, str]

    @property
    def size(self) -> int:
        return sum(size for _, size in self.parts.values())

    def to_json(self) -> bytes:
        parts = {name: {"sha256": digest, "size": size} for name, (digest, size) in sorted(self.parts.items())}
        said = {"format": FORMAT, "host": self.host, "party": self.party, "made": self.made, "digests": self.digests, "parts": parts}
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def from_json(cls, data: bytes) -> Backup:
        """Raises :class:`Malformed` for what is no list of parts."""
        try:
            said = json.loads(data)
            if said["format"] != FORMAT:
                raise ValueError
            parts = {str(name): (str(part["sha256"]), int(part["size"])) for name, part in said["parts"].items()}
            found = cls(str(said["host"]), str(said["party"]), str(said["made"]), parts, dict(said["digests"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Malformed("This is no backup of a node.", place=MANIFEST, remedy="Choose a file that comity node backup wrote.") from None
        for name in found.parts:
            if _NAMES.fullmatch(name) is None:
                raise Unsafe("A backup holds no part of this name.", place=name, remedy="Do not use this file.")
        return found


# Making ----------------------------------------------------------------------------------------


def make(
    home: Home,
    target: Path,
    passphrase: str,
    *,
    clock: Callable[[], datetime],
    entropy: Callable[[int], bytes],
    database: str = "",
    tick: Tick = lambda name: None,
) -> Backup:
    """Write the node in ``home`` into the file ``target``; it may be running. ``database`` overrides the home's URL.

    Raises :class:`ComityError` if there is such a file already, the passphrase is too short, or the database cannot be copied.
    """
    if target.exists():
        raise Refused("There is a file of that name already.", place=str(target), remedy="Choose another name; nothing is overwritten.")
    if len(passphrase) < SHORTEST:
        raise Refused("The passphrase is too short.", place="passphrase", remedy="Take at least {least} characters.", least=SHORTEST)
    settings, url = home.settings(), database or home.database_url()
    scratch = target.with_name(f".{target.name}.part")
    copy = target.with_name(f".{target.name}.database")
    parts: dict[str, tuple[str, int]] = {}
    try:
        with zipfile.ZipFile(scratch, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
            name, digests = _copy_database(home, url, copy, clock, entropy)
            with copy.open("rb") as source:
                _add(out, name, source, parts, tick)
            for path, name in _belongings(home):
                try:
                    with path.open("rb") as source:
                        _add(out, name, source, parts, tick)
                except FileNotFoundError:
                    continue  # redacted while we were looking
            _add_bytes(out, SECRET, _locked(home.secret(), passphrase, entropy), parts)
            made = Backup(settings.host, settings.party, clock().replace(microsecond=0).isoformat(), parts, digests)
            out.writestr(MANIFEST, made.to_json())
        _sync(scratch)
        os.replace(scratch, target)
        _sync(target.parent)
    finally:
        for left in (scratch, *copy.parent.glob(f"{copy.name}*")):
            left.unlink(missing_ok=True)
    return made


def _belongings(home: Home) -> Iterator[tuple[Path, str]]:
    yield home.folder / "node.json", "node.json"
    for pattern in ("keys/*.pem", "roots/root.*.json", "observations/**/*", "files/??/*"):
        for path in sorted(home.folder.glob(pattern)):
            name = path.relative_to(home.folder).as_posix()
            if path.is_file() and _NAMES.fullmatch(name) and not name.endswith((".new", "/lock")):
                yield path, name


def _add(out: zipfile.ZipFile, name: str, source: BinaryIO, parts: dict[str, tuple[str, int]], tick: Tick) -> None:
    hasher, size = sha256(), 0
    with out.open(name, "w", force_zip64=True) as part:
        while piece := source.read(_CHUNK):
            hasher.update(piece)
            size += len(piece)
            part.write(piece)
    parts[name] = (hasher.hexdigest(), size)
    tick(name)


def _add_bytes(out: zipfile.ZipFile, name: str, data: bytes, parts: dict[str, tuple[str, int]]) -> None:
    out.writestr(name, data)
    parts[name] = (sha256(data).hexdigest(), len(data))


def _copy_database(
    home: Home, url: str, copy: Path, clock: Callable[[], datetime], entropy: Callable[[int], bytes]
) -> tuple[str, dict[str, str]]:
    """Copy the database as it is at one moment; returns the part's name and the digest of each mechanism in the copy."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(f"file:{_file_of(url)}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            if target.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_session'").fetchone():
                target.execute("DELETE FROM django_session")
            target.commit()
            target.execute("PRAGMA journal_mode=DELETE")
        digests = _digests(Node(home, clock=clock, entropy=entropy, database=f"sqlite:///{copy}"))
        with closing(sqlite3.connect(copy)) as whole:
            whole.execute("PRAGMA journal_mode=DELETE")  # one file again, with nothing beside it
        return "node.db", digests
    node = Node(home, clock=clock, entropy=entropy, database=url)
    for _ in range(_TRIES):
        before = node.store.last_seq()
        _run(["pg_dump", "--format=custom", "--no-owner", "--exclude-table-data=django_session", f"--file={copy}", _libpq(url)])
        if node.store.last_seq() == before:
            return "database.dump", _digests(node)
    raise ComityError("The record goes on growing while it is copied.", place="database", remedy="Try again when it is quieter.")


def _digests(node: Node) -> dict[str, str]:
    try:
        return {mechanism: node.replica(mechanism).ledger.digest() for mechanism in node.mechanisms()}
    finally:
        node.store.engine.dispose()


def _file_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        remedy = "Install PostgreSQL's client programs on this machine."
        raise ComityError("The program {name} is not here.", place="database", remedy=remedy, name=command[0]) from None
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise ComityError("{name} failed: {why}", place="database", remedy="See PostgreSQL's log.", name=command[0], why=why)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# The secret under a passphrase ---------------------------------------------------------------------


def _key(passphrase: str, salt: bytes, numbers: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, n=numbers["n"], r=numbers["r"], p=numbers["p"]).derive(passphrase.encode())


def _locked(secret: bytes, passphrase: str, entropy: Callable[[int], bytes]) -> bytes:
    salt, nonce = entropy(16), entropy(12)
    data = AESGCM(_key(passphrase, salt, _SCRYPT)).encrypt(nonce, secret, _ASSOCIATED)
    return json.dumps({"kdf": "scrypt", **_SCRYPT, "salt": salt.hex(), "nonce": nonce.hex(), "data": data.hex()}).encode()


def _unlocked(raw: bytes, passphrase: str) -> bytes:
    try:
        said = json.loads(raw)
        numbers = {name: int(said[name]) for name in _SCRYPT}
        if numbers["n"] > 2**20 or numbers["r"] > 32 or numbers["p"] > 16:
            raise ValueError
        key = _key(passphrase, bytes.fromhex(said["salt"]), numbers)
        return AESGCM(key).decrypt(bytes.fromhex(said["nonce"]), bytes.fromhex(said["data"]), _ASSOCIATED)
    except InvalidTag:
        raise Refused("This is not the passphrase of this backup.", place="passphrase", remedy="Type the one it was made with.") from None
    except (ValueError, KeyError, TypeError):
        raise Malformed("The encrypted secret cannot be read.", place=SECRET, remedy="Take another backup.") from None


# Restoring ---------------------------------------------------------------------------------------


def restore(
    source: Path,
    folder: Path,
    passphrase: str,
    *,
    clock: Callable[[], datetime],
    entropy: Callable[[int], bytes],
    database: str = "",
    tick: Tick = lambda name: None,
) -> Backup:
    """Make ``folder`` the node that the file ``source`` holds. ``database`` is the URL of an empty PostgreSQL database, if it was one.

    Every part is checked against its SHA-256, and the restored record has to give the digests it had. The folder must not exist or be
    empty; it is there only if all was well. Raises :class:`ComityError`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("There is something in this folder.", place=str(folder), remedy="Name a folder that does not exist yet.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)  # what a restoring that was killed has left
    try:
        with _opened(source) as archive:
            made = Backup.from_json(_read(archive, MANIFEST))
            secret = _unlocked(_read(archive, SECRET), passphrase)
            for name in ("keys", "roots", "files"):
                (staging / name).mkdir(parents=True)
            for name, (digest, size) in made.parts.items():
                if name != SECRET:
                    _extract(archive, name, staging / name, digest, size)
                    tick(name)
        write_private(staging / "secret", secret.hex().encode())
        _check(staging, made, database, clock, entropy)
        if folder.exists():
            folder.rmdir()
        os.replace(staging, folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return made


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError) as error:
        remedy = "Choose a whole file that comity node backup wrote."
        raise Malformed("This file cannot be read as a backup: {why}.", place=str(source), remedy=remedy, why=error) from None


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, OSError):
        raise Malformed("A part of the backup is missing or damaged.", place=name, remedy="Take another backup.") from None


def _extract(archive: zipfile.ZipFile, name: str, target: Path, digest: str, size: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    hasher, count = sha256(), 0
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if name.startswith("keys/") else 0o644)
        with archive.open(name) as part, os.fdopen(descriptor, "wb") as out:
            while piece := part.read(_CHUNK):
                hasher.update(piece)
                count += len(piece)
                if count > size:
                    break
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    except (KeyError, zipfile.BadZipFile):
        raise Malformed("A part of the backup is missing or damaged.", place=name, remedy="Take another backup.") from None
    if (hasher.hexdigest(), count) != (digest, size):
        raise BadProof("A part of the backup is not what was written.", place=name, remedy="Take another backup.")


def _check(staging: Path, made: Backup, database: str, clock: Callable[[], datetime], entropy: Callable[[int], bytes]) -> None:
    home = Home(staging)
    settings: Any = home.settings()
    dump = staging / "database.dump"
    if dump.exists():
        if not database.startswith("postgresql"):
            remedy = "Name an empty one: --database postgresql://…"
            raise Refused("This node keeps its record in PostgreSQL.", place="database", remedy=remedy)
        _run(["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={_libpq(database)}", str(dump)])
        dump.unlink()
    settings.database = database if database.startswith("postgresql") else ""
    home.save(settings)
    found = _digests(Node(home, clock=clock, entropy=entropy))
    if found != made.digests:
        raise BadProof(
            "The restored record does not give the digests that the backup names.", place="digests", remedy="Take another backup."
        )
    if (staging / "node.db").exists():
        with closing(sqlite3.connect(staging / "node.db")) as whole:
            whole.execute("PRAGMA journal_mode=DELETE")
