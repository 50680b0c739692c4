"""How a record travels as files: as a folder, or as a pouch, which is the same folder in one zip. Both are BagIt bags (RFC 8493).

Reading distrusts every name and every byte: nothing outside the folder is opened, no link is followed, nothing is decompressed.
Writing is atomic: beside the
goal, then renamed. Needs neither a store nor a network, so that anybody can verify.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from comity.errors import ComityError, Unsafe
from comity.node.stored_zip import CHUNK, PouchWriter, read_members
from comity.record.bag import BAGIT, DATA, MANIFEST, TAGMANIFEST, read_bag, write_bag
from comity.record.layout import COMITY_JSON, MAX_PATH, Below, Reader, chunks, meaning, safe_path
from comity.record.tiles import tiles_of

if TYPE_CHECKING:
    from comity.node.node import Node
    from comity.node.receiving import Received

MAX_FILES = 2_000_000
MAX_FILE = 100 << 20  # as large as a subject file may be; the next are bundles of 256 entries, below 17 MB
MAX_LISTED = 50  # refusals listed for one pouch
_TRIES = 20


class FolderReader:
    """A record in a folder: regular files only, listed once when it is opened."""

    def __init__(self, folder: Path, *, max_file: int = MAX_FILE) -> None:
        """Raises Unsafe for a link, a device, a name that is not ASCII or too many files."""
        self._folder, self._max_file = folder, max_file
        self._paths = frozenset(_walk(folder))

    def paths(self) -> Iterable[str]:
        return self._paths

    def _open(self, path: str) -> BinaryIO:
        safe_path(path, place=path)
        if path not in self._paths:
            raise _missing(path)
        try:
            # The list may be older than the folder: a link that was put there since is not followed.
            descriptor = os.open(self._folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise Unsafe(
                "The file cannot be read: {why}.", place=path, remedy="Check the folder and its rights.", why=error.strerror
            ) from error
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > self._max_file:
            os.close(descriptor)
            raise _too_large(path, self._max_file) if stat.S_ISREG(status.st_mode) else _link(path)
        return os.fdopen(descriptor, "rb")

    def read(self, path: str) -> bytes:
        return b"".join(self.stream(path))

    def stream(self, path: str) -> Iterator[bytes]:
        with self._open(path) as source:
            yield from _pieces(source, path, self._max_file)


class ZipReader:
    """A record in a pouch; its whole container is checked when it is opened (:mod:`comity.node.stored_zip`)."""

    def __init__(self, source: Path | BinaryIO, *, max_file: int = MAX_FILE) -> None:
        """*source* is a path or a seekable binary file. Raises Malformed or Unsafe."""
        self._max_file = max_file
        self._file: BinaryIO = source.open("rb") if isinstance(source, Path) else source
        self._members = read_members(self._file, place=source.name if isinstance(source, Path) else "pouch")

    def paths(self) -> Iterable[str]:
        return self._members.keys()

    def read(self, path: str) -> bytes:
        return b"".join(self.stream(path))

    def stream(self, path: str) -> Iterator[bytes]:
        member = self._members.get(path)
        if member is None:
            raise _missing(path)
        if member.size > self._max_file:
            raise _too_large(path, self._max_file)
        at = member.content
        while at < member.end:
            self._file.seek(at)
            piece = self._file.read(min(CHUNK, member.end - at))
            if not piece:
                raise Unsafe("The pouch ends in the middle of this file.", place=path, remedy="Ask for the pouch again.")
            at += len(piece)
            yield piece


def open_carrier(path: Path) -> FolderReader | ZipReader:
    """The folder or pouch at *path*. Raises Unsafe or Malformed if it cannot be one."""
    return FolderReader(path) if path.is_dir() else ZipReader(path)


def is_bag(reader: Reader) -> bool:
    """Whether the record lies below ``data/``, with manifests; else it is bare."""
    paths = set(reader.paths())
    return bool(paths & {BAGIT, MANIFEST, TAGMANIFEST}) or (COMITY_JSON not in paths and DATA + COMITY_JSON in paths)


def without_bag(reader: Reader) -> Reader:
    """The record itself, whether or not it lies in a bag."""
    return Below(reader, DATA) if is_bag(reader) else reader


# Writing -----------------------------------------------------------------------------------


def write_folder(record: Reader, folder: Path, date: str) -> None:
    """Write *record* as a bag into *folder*, which must not exist yet or be empty; *date* is YYYY-MM-DD. Raises ComityError, leaving
    nothing behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _occupied(folder)
    scratch = _beside(folder)

    def write(path: str, pieces: Iterator[bytes]) -> None:
        target = scratch / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            out.writelines(pieces)

    try:
        scratch.mkdir(parents=True)
        _write_bag(record, write, date)
        if folder.exists():
            folder.rmdir()
        scratch.rename(folder)
    except OSError as error:
        raise _unwritten(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_pouch(record: Reader, file: Path, date: str) -> None:
    """Write *record* as a pouch, the same bytes each time for the same record and *date* (YYYY-MM-DD). Raises ComityError, leaving
    nothing behind.
    """
    if file.exists():
        raise _occupied(file)
    scratch = _beside(file)
    try:
        with scratch.open("xb") as out:
            pouch = PouchWriter(out)
            _write_bag(record, pouch.add, date)
            pouch.close()
            out.flush()
            os.fsync(out.fileno())
        os.replace(scratch, file)
    except OSError as error:
        raise _unwritten(file, error) from error
    finally:
        scratch.unlink(missing_ok=True)


def _write_bag(record: Reader, write: Callable[[str, Iterator[bytes]], None], date: str) -> None:
    kept, paths = _snapshot(record)
    index = json.loads(kept[COMITY_JSON])
    files = {path: kept.get(path) or _Pieces(record, path) for path in paths}
    write_bag(files, write, date, {"External-Identifier": index["mechanism"], "External-Description": "A joint record of Comity"})


class _Pieces:
    """A file's bytes, read only when they are written."""

    def __init__(self, record: Reader, path: str) -> None:
        self._record, self._path = record, path

    def __iter__(self) -> Iterator[bytes]:
        return chunks(self._record, self._path)


def _snapshot(record: Reader) -> tuple[dict[str, bytes], list[str]]:
    """The index and checkpoints with the paths that belong to them, although the node goes on appending: logs only grow, so tiles of
    this size stay readable.
    """
    for _ in range(_TRIES):
        paths = sorted(record.paths())
        kept = {path: record.read(path) for path in paths if (what := meaning(path)) and what.kind in ("comity", "checkpoint")}
        if COMITY_JSON in kept and sorted(record.paths()) == paths and all(_fits(path, kept[path], paths) for path in kept):
            return kept, paths
    raise ComityError("The record changes faster than it can be read.", place=COMITY_JSON, remedy="Try again in a moment.")


def _fits(path: str, data: bytes, paths: list[str]) -> bool:
    """Whether the tiles of a checkpoint's size are all listed."""
    if path == COMITY_JSON:
        return True
    folder, size = path.removesuffix("checkpoint"), int(data.split(b"\n")[1])
    return {folder + tile.path for tile in tiles_of(size)} <= set(paths)


# Taking in -----------------------------------------------------------------------------------


def receive_pouch(node: Node, path: Path) -> Received:
    """Take a pouch or a folder into *node*, any number of times, in any order. The manifests of a bag are checked before anything is
    taken in.

    Raises ComityError; what was refused is listed for the operator, and nothing has changed.
    """
    source = path.absolute().name
    try:
        carrier = open_carrier(path)
        findings = read_bag(carrier) if is_bag(carrier) else []
    except ComityError as error:
        node.refuse(error, source=source)
        raise
    if findings:
        errors = [Unsafe(f.template, place=f.place, remedy=f.remedy_template, **f.details) for f in findings]
        for one in errors[:MAX_LISTED]:
            node.refuse(one, source=source)
        raise errors[0]
    received = node.receive(without_bag(carrier), source=source)
    # A checkpoint that came before this node had opened its own log could not be cosigned then; without a network nobody asks for it again.
    node.cosign(node.replica(received.mechanism))
    return received


# What can be wrong -----------------------------------------------------------------------------


def _walk(folder: Path) -> Iterator[str]:
    """Relative paths of all regular files."""
    waiting, count = [(folder, "")], 0
    while waiting:
        here, prefix = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    path, count = prefix + entry.name, count + 1
                    if count > MAX_FILES:
                        raise Unsafe(
                            "More than {limit} files.", place=str(folder), remedy="Choose the record's own folder.", limit=MAX_FILES
                        )
                    if len(path) > MAX_PATH:
                        raise Unsafe(
                            "A path longer than any of a record.", place=ascii(path[:80]), remedy="Choose the record's own folder."
                        )
                    if not entry.name.isascii():
                        raise Unsafe(
                            "A name that is not plain ASCII.", place=ascii(path), remedy="Remove it: no file of a record is named so."
                        )
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((here / entry.name, path + "/"))
                    elif entry.is_file(follow_symlinks=False):
                        yield path
                    else:
                        raise _link(path)
        except OSError as error:
            raise Unsafe(
                "The folder cannot be read: {why}.", place=prefix or str(here), remedy="Check its rights.", why=error.strerror
            ) from error


def _pieces(source: BinaryIO, path: str, most: int) -> Iterator[bytes]:
    size = 0
    while piece := source.read(CHUNK):
        size += len(piece)
        if size > most:
            raise _too_large(path, most)
        yield piece


def _beside(goal: Path) -> Path:
    return goal.absolute().parent / f".{goal.name}.{os.getpid()}.new"


def _missing(path: str) -> Unsafe:
    return Unsafe("The file is missing.", place=path, remedy="Ask for it again.")


def _link(path: str) -> Unsafe:
    return Unsafe("A link or a device, not a file.", place=path, remedy="Refuse the whole delivery; a record has files only.")


def _too_large(path: str, most: int) -> Unsafe:
    return Unsafe("The file is larger than {mebibytes} MiB.", place=path, remedy="No file of a record is.", mebibytes=most >> 20)


def _occupied(goal: Path) -> ComityError:
    return ComityError("There is something here already.", place=str(goal), remedy="Choose another name; nothing is overwritten.")


def _unwritten(goal: Path, error: OSError) -> ComityError:
    return ComityError(
        "It could not be written: {why}.",
        place=str(goal),
        remedy="Check the disk's space and rights; nothing was left behind.",
        why=error.strerror,
    )
