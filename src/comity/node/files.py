"""Content-addressed files: stored once under their SHA-256, streamed, capped, never executed or rendered from here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from comity.errors import ComityError, Unsafe
from comity.terms.ids import is_digest

CHUNK = 1 << 20


class FileStore:
    """Files under ``folder/ab/abcdef…``. A file is complete or absent: written beside, synced, then renamed."""

    def __init__(self, folder: Path, *, cap: int = 100 * 1024 * 1024) -> None:
        self.folder = folder
        self.cap = cap
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, digest: str) -> Path:
        if not is_digest(digest):
            raise Unsafe("{digest!r} is not the digest of a file.", place="files", digest=digest)
        return self.folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        return self.path(digest).is_file()

    def put(self, chunks: Iterable[bytes], *, expect: str | None = None) -> tuple[str, int]:
        """Store a stream; returns its SHA-256 and its size in bytes. Raises :class:`Unsafe` above the cap or if it is not the file that
        was expected.
        """
        hasher, size = sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as temporary:
            scratch = Path(temporary.name)
            try:
                for chunk in chunks:
                    size += len(chunk)
                    if size > self.cap:
                        raise Unsafe(
                            "The file is larger than {mebibytes} MiB.",
                            place="files",
                            remedy="Send a smaller file, or let the operator raise the limit.",
                            mebibytes=self.cap // 1_048_576,
                        )
                    hasher.update(chunk)
                    temporary.write(chunk)
                digest = hasher.hexdigest()
                if expect is not None and digest != expect:
                    raise Unsafe(
                        "The content has the digest {digest}.",
                        place=f"files/{expect}",
                        remedy="Ask the sender for the file again.",
                        digest=digest,
                    )
                temporary.flush()
                os.fsync(temporary.fileno())
            except BaseException:
                scratch.unlink(missing_ok=True)
                raise
        target = self.path(digest)
        target.parent.mkdir(exist_ok=True)
        os.replace(scratch, target)
        _sync_folder(target.parent)
        return digest, size

    def put_bytes(self, data: bytes, *, expect: str | None = None) -> str:
        return self.put([data], expect=expect)[0]

    def read(self, digest: str) -> bytes:
        """The whole content, checked against its digest (files are capped)."""
        try:
            data = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise ComityError(
                "This file is not here.", place=f"files/{digest}", remedy="It comes with the next exchange, or was redacted."
            ) from None
        if sha256(data).hexdigest() != digest:
            raise Unsafe(
                "The stored file has changed on disk.", place=f"files/{digest}", remedy="Restore it from a backup or from the other side."
            )
        return data

    def open(self, digest: str) -> BinaryIO:
        return self.path(digest).open("rb")

    def remove(self, digest: str) -> None:
        """Redaction: the content goes, its digest stays in the record."""
        self.path(digest).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
