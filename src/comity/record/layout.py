"""The record's folder (ADR 0001): which path means what, and the one interface through which it is read, whatever carries it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from comity.errors import ComityError, Malformed, Unsafe
from comity.record.tiles import Tile, parse_tile_path

COMITY_JSON = "comity.json"
FORMAT = "comity-record/1"
MAX_PATH = 512
_ORIGIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,198}[a-z0-9])?/[0-9a-f]{8}", re.ASCII)
_LOG = re.compile(r"logs/([a-z0-9.-]+\+[0-9a-f]{8})(?:\+fork-([0-9a-f]{8}))?/(.+)", re.ASCII)
_BY_HASH = re.compile(r"(?:(acts|roots)/([0-9a-f]{64})\.json|(files)/([0-9a-f]{64}))", re.ASCII)
_SEGMENT = re.compile(r"[A-Za-z0-9+][A-Za-z0-9._+-]*", re.ASCII)


class Reader(Protocol):
    """A record's files by path, wherever they lie. ``read`` raises a ComityError for a path that is not there."""

    def read(self, path: str) -> bytes: ...

    def paths(self) -> Iterable[str]: ...


@runtime_checkable
class Streaming(Protocol):
    """A reader that can give a large file in pieces."""

    def stream(self, path: str) -> Iterator[bytes]: ...


def chunks(reader: Reader, path: str) -> Iterator[bytes]:
    """The file's bytes in pieces, in one piece if the reader cannot stream."""
    if isinstance(reader, Streaming):
        yield from reader.stream(path)
    else:
        yield reader.read(path)


class MemoryReader:
    """A record held in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def read(self, path: str) -> bytes:
        if path not in self._files:
            raise Unsafe("The file is missing.", place=path, remedy="Ask for it again.")
        return self._files[path]

    def paths(self) -> Iterable[str]:
        return self._files.keys()


class Below:
    """The files of another reader below a folder, without its name."""

    def __init__(self, reader: Reader, folder: str) -> None:
        self._reader = reader
        self._folder = folder.rstrip("/") + "/"

    def read(self, path: str) -> bytes:
        return self._reader.read(self._folder + path)

    def stream(self, path: str) -> Iterator[bytes]:
        return chunks(self._reader, self._folder + path)

    def paths(self) -> Iterable[str]:
        return [path.removeprefix(self._folder) for path in self._reader.paths() if path.startswith(self._folder)]


def safe_path(path: str, *, place: str = "path") -> str:
    """*path* if it is relative, with ``/``, of plain ASCII segments that no file system reads in another way. Raises Unsafe."""
    if len(path) > MAX_PATH or not all(_SEGMENT.fullmatch(part) and not part.endswith(".") for part in path.split("/")):
        raise Unsafe(
            "A path that climbs out of its folder or holds what paths here never do.", place=place, remedy="Refuse the whole delivery."
        )
    return path


def check_origin(origin: object, *, place: str) -> str:
    """*origin* if it is ``<host-like name>/<8 hex>``. Raises Malformed."""
    if not isinstance(origin, str) or _ORIGIN.fullmatch(origin) is None or ".." in origin:
        raise Malformed("An origin is a host-like name, a slash and 8 hexadecimal digits.", place=place)
    return origin


def origin_folder(origin: str, fork: str = "") -> str:
    """The folder of a log, e.g. ``logs/arvena.example+5f0c91ab``; *fork* is the first 8 hex digits of a second branch's root."""
    name = check_origin(origin, place="origin").replace("/", "+")
    return f"logs/{name}+fork-{fork}" if fork else f"logs/{name}"


def checkpoint_path(origin: str, fork: str = "") -> str:
    return f"{origin_folder(origin, fork)}/checkpoint"


def act_path(act: str) -> str:
    return f"acts/{act}.json"


def file_path(sha256: str) -> str:
    return f"files/{sha256}"


def root_path(fingerprint: str) -> str:
    return f"roots/{fingerprint}.json"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a path of the record is. *kind*: ``comity``, ``acts``, ``files``, ``roots``, ``checkpoint`` or ``tile``."""

    kind: str
    sha256: str = ""
    origin: str = ""
    fork: str = ""
    tile: Tile | None = None


def meaning(path: str) -> Meaning | None:
    """What *path* means, or None if it has no place in a record."""
    if path == COMITY_JSON:
        return Meaning("comity")
    by_hash = _BY_HASH.fullmatch(path)
    if by_hash:
        return Meaning(by_hash[1] or by_hash[3], sha256=by_hash[2] or by_hash[4])
    log = _LOG.fullmatch(path)
    if log is None:
        return None
    try:
        origin = check_origin(log[1].replace("+", "/"), place=path)
    except ComityError:
        return None
    if log[3] == "checkpoint":
        return Meaning("checkpoint", origin=origin, fork=log[2] or "")
    tile = parse_tile_path(log[3])
    return Meaning("tile", origin=origin, fork=log[2] or "", tile=tile) if tile else None
