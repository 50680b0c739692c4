"""A log as a finite set of files: hash tiles and entry bundles, 256 wide (c2sp.org/tlog-tiles)."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.errors import ComityError, Malformed, Unsafe
from comity.record.entry import MAX_ENTRY_BYTES
from comity.record.merkle import HASH_BYTES, HashSource, node_hash

WIDTH = 256
MAX_LEVEL = 7  # 256**8 exceeds every size below 2**63
_PATH = re.compile(r"tile/(entries|[0-7])/((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """The address of a tile; *level* is None for an entry bundle."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """``tile/<L>/<N>[.p/<W>]`` below the log's folder."""
        rest, groups = self.index, []
        while True:
            groups.append(f"{rest % 1000:03d}")
            rest //= 1000
            if not rest:
                break
        name = "/".join([f"x{group}" for group in groups[:0:-1]] + [groups[0]])
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{'entries' if self.level is None else self.level}/{name}{part}"


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """The path of a hash tile below the log's folder."""
    return Tile(level, index, width).path


def entries_path(index: int, width: int = WIDTH) -> str:
    """The path of an entry bundle below the log's folder."""
    return Tile(None, index, width).path


def parse_tile_path(path: str) -> Tile | None:
    """The tile at *path*, or None if *path* is not the one path of any tile."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    kind, groups, last, width = match.groups()
    index = int("".join(one[1:] for one in groups.split("/") if one) + last)
    tile = Tile(None if kind == "entries" else int(kind), index, int(width) if width else WIDTH)
    return tile if tile.path == path else None


def tiles_of(size: int) -> Iterator[Tile]:
    """The tiles that a log of *size* entries must have: full ones, and one partial tile per level at the right edge; bundles, then level 0,
    1, …
    """
    for level in (None, *range(MAX_LEVEL + 1)):
        count = size >> (8 * (level or 0))
        for index in range(count // WIDTH):
            yield Tile(level, index)
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)


def tile_paths(size: int) -> list[str]:
    """The paths of ``tiles_of`` *size*."""
    return [tile.path for tile in tiles_of(size)]


def entry_bundle_paths(start: int, size: int) -> Iterator[tuple[str, int]]:
    """The bundles of a log of *size* that hold entries from *start* on: path, and the index of the bundle's first entry."""
    for index in range(start // WIDTH, (size + WIDTH - 1) // WIDTH):
        yield entries_path(index, min(WIDTH, size - index * WIDTH)), index * WIDTH


def encode_entries(path: str, entries: Sequence[bytes]) -> bytes:
    """The bundle at *path* of a log that begins with *entries*. Raises Unsafe if the log has no such bundle."""
    tile = parse_tile_path(path)
    if tile is None or tile.level is not None or not (part := _slice(tile, entries)):
        raise Unsafe("The log has no such bundle.", place=path)
    return encode_bundle(part)


def hash_tile(path: str, leaf_hashes: Sequence[bytes]) -> bytes:
    """The hash tile at *path* of a log that begins with *leaf_hashes*. Raises Unsafe if the log has no such tile."""
    tile = parse_tile_path(path)
    if tile is None or tile.level is None:
        raise Unsafe("Not the path of a hash tile.", place=path)
    first = tile.index * WIDTH
    span = WIDTH**tile.level
    if (first + tile.width) * span > len(leaf_hashes):
        raise Unsafe("The log has no such tile.", place=path)
    return b"".join(subtree_root(leaf_hashes[i * span : (i + 1) * span]) for i in range(first, first + tile.width))


def _slice(tile: Tile, items: Sequence[bytes]) -> Sequence[bytes]:
    """The items of a tile, none if the log is too short for it."""
    end = tile.index * WIDTH + tile.width
    return items[tile.index * WIDTH : end] if end <= len(items) else ()


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries, each after its length as a big-endian uint16 (tlog-tiles, "Log entries"). Raises Malformed for one of more than 65,535
    bytes.
    """
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise Malformed("An entry of {size} bytes.", remedy="A log takes 65,535.", size=len(entry))
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def decode_bundle(data: bytes, expected: int | None = None, *, place: str) -> list[bytes]:
    """The entries of a bundle, *expected* of them if given. Raises Malformed, naming the entry at which the bundle breaks off."""
    entries: list[bytes] = []
    offset = 0
    while offset < len(data) if expected is None else len(entries) < expected:
        end = offset + 2
        if end <= len(data):
            end += struct.unpack_from(">H", data, offset)[0]
        if end > len(data):
            raise Malformed("The bundle breaks off in entry {number}.", place=place, remedy="Fetch it again.", number=len(entries))
        entries.append(data[offset + 2 : end])
        offset = end
    if offset != len(data):
        raise Malformed("The bundle goes on after its {expected} entries.", place=place, remedy="Fetch it again.", expected=expected)
    return entries


def decode_entries(data: bytes, *, place: str) -> list[bytes]:
    """All entries of a bundle of any width up to 256. Raises Malformed."""
    entries = decode_bundle(data, place=place)
    if len(entries) > WIDTH:
        raise Malformed("A bundle of more than 256 entries.", place=place)
    return entries


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """The root of a complete subtree over a power of two of hashes."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def split_tile(data: bytes, width: int, *, place: str) -> list[bytes]:
    """The hashes of a tile of *width*. Raises Malformed if it is truncated or too long."""
    if len(data) != width * HASH_BYTES:
        raise Malformed(
            "A tile of {got} bytes where {want} belong.", place=place, remedy="Fetch it again.", got=len(data), want=width * HASH_BYTES
        )
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def levels_of(leaf_hashes: Sequence[bytes]) -> list[list[bytes]]:
    """All tile hashes of a log by level: the leaf hashes, then the roots of full tiles of the level below, until there are none."""
    levels = [list(leaf_hashes)]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        levels.append([subtree_root(below[i : i + WIDTH]) for i in range(0, len(below) - WIDTH + 1, WIDTH)])
    return levels


def append_tiles(size: int, leaf_hashes: Sequence[bytes], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The hash tiles to write when *leaf_hashes* follow on *size* entries: path to bytes, lowest level first.

    *read* gives the bytes of the partial tiles at the right edge of the old tree, by their path below the log's folder.
    """
    written: dict[str, bytes] = {}
    fresh, count, level = list(leaf_hashes), size, 0
    while fresh:
        index, width = divmod(count, WIDTH)
        path = tile_path(level, index, width or WIDTH)
        row = (split_tile(read(path), width, place=path) if width else []) + fresh
        fresh = []
        for start in range(0, len(row), WIDTH):
            part = row[start : start + WIDTH]
            written[tile_path(level, index + start // WIDTH, len(part))] = b"".join(part)
            if len(part) == WIDTH:
                fresh.append(subtree_root(part))
        count, level = count // WIDTH, level + 1
    return written


def append_bundles(size: int, entries: Sequence[bytes], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The entry bundles to write when *entries* follow on *size* entries: path to bytes; *read* gives the old partial bundle."""
    written: dict[str, bytes] = {}
    index, width = divmod(size, WIDTH)
    old = read(entries_path(index, width)) if width else b""
    start = 0
    while start < len(entries):
        part = entries[start : start + WIDTH - width]
        written[entries_path(index, width + len(part))] = old + encode_bundle(part)
        start, index, width, old = start + len(part), index + 1, 0, b""
    return written


class TileSource:
    """Reads tiles of a log of *size* entries to give the hashes that proofs need; an instance is a ``merkle.HashSource``.

    *read* takes a path below the log's folder. Nothing read is proven until a root computed from it equals a signed one.
    """

    def __init__(self, read: Callable[[str], bytes], size: int, *, kept: int = 64) -> None:
        self._read = read
        self._size = size
        self._kept = kept
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree of ``2**level`` leaves number *index*. Raises what *read* raises, or Malformed."""
        if (index + 1) << level > self._size:
            raise Malformed("The log has no subtree {index} of height {level}.", place="tile", index=index, level=level)
        row, height = divmod(level, 8)
        first = index << height
        hashes = self._tile(row, first // WIDTH)
        offset = first % WIDTH
        return subtree_root(hashes[offset : offset + (1 << height)])

    def _tile(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._tiles:
            if len(self._tiles) >= self._kept:
                self._tiles.pop(next(iter(self._tiles)))
            width = min(WIDTH, (self._size >> (8 * level)) - index * WIDTH)
            self._tiles[level, index] = self._fetch(level, index, width)
        return self._tiles[level, index]

    def _fetch(self, level: int, index: int, width: int) -> list[bytes]:
        path = tile_path(level, index, width)
        try:
            return split_tile(self._read(path), width, place=path)
        except ComityError:
            if width == WIDTH:
                raise
        # A partial tile may be deleted once the full one is there (tlog-tiles, "Partial Tiles").
        full = tile_path(level, index)
        return split_tile(self._read(full), WIDTH, place=full)[:width]


def hash_levels(levels: Sequence[Sequence[bytes]]) -> HashSource:
    """A ``merkle.HashSource`` over the lists that ``levels_of`` gives."""

    def source(level: int, index: int) -> bytes:
        row, height = divmod(level, 8)
        first = index << height
        return subtree_root(levels[row][first : first + (1 << height)])

    return source
