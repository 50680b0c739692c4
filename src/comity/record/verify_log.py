"""One log's bytes, with no key needed: entries to leaves to tiles to root, every byte of every tile compared (c2sp.org/tlog-tiles).

Where a root does not come out, the entries whose hash is not the one in the lowest tiles are named, if the tiles still lead to the signed
root.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.errors import BadProof, ComityError, Malformed
from comity.record.checkpoint import Checkpoint, parse_checkpoint
from comity.record.entry import Entry
from comity.record.layout import Reader
from comity.record.merkle import CompactRange, leaf_hash, root_of
from comity.record.note import Note
from comity.record.report import Finding, Severity
from comity.record.tiles import WIDTH, Tile, decode_bundle, encode_bundle, levels_of, split_tile, tiles_of

_AGAIN = "Ask for the log again; if it stays so, keep both copies."


@dataclass(slots=True)
class LogBytes:
    """What lies in a log's folder. *data* and *leaves* are all its entries if *sound*; *entries* those that could be read, up to the first
    that cannot.
    """

    folder: str
    origin: str
    fork: str
    checkpoint: Checkpoint
    note: Note
    data: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    sound: bool = True
    findings: list[Finding] = field(default_factory=list)

    def place(self, index: int) -> str:
        """How an entry is named to people: its bundle, and its number in the log."""
        first = index // WIDTH * WIDTH
        path = Tile(None, index // WIDTH, min(WIDTH, self.checkpoint.size - first)).path
        return f"{self.folder}/{path}, entry {index}"

    def fail(self, error: ComityError, *, place: str = "") -> None:
        self.sound = False
        self.findings.append(Finding.of(error, place=place))

    def root_at(self, sizes: Iterable[int]) -> dict[int, bytes]:
        """The root hash after each of *sizes* entries, as far as there are that many."""
        wanted, roots, tree = set(sizes), {}, CompactRange()
        if 0 in wanted:
            roots[0] = tree.root()
        for leaf in self.leaves:
            tree.append(leaf)
            if tree.size in wanted:
                roots[tree.size] = tree.root()
        return roots


def read_log(reader: Reader, folder: str, origin: str, fork: str, tiles: Iterable[Tile]) -> LogBytes:
    """Read and compare everything in a log's *folder*, in which *tiles* lie. Raises a ComityError only if the checkpoint cannot be read."""
    place = f"{folder}/checkpoint"
    checkpoint, note = parse_checkpoint(reader.read(place), place=place)
    log = LogBytes(folder, origin, fork, checkpoint, note)
    here = set(tiles)
    if checkpoint.origin != origin:
        log.fail(Malformed("A checkpoint of {origin} in the folder of another log.", place=place, origin=checkpoint.origin))
    if fork and checkpoint.root.hex()[:8] != fork:
        log.fail(Malformed("The folder of a branch is named by the first 8 digits of its root.", place=place))
    for tile in tiles_of(checkpoint.size):
        if tile not in here:
            log.fail(Malformed("The file is missing.", place=f"{folder}/{tile.path}", remedy="Ask for the log again."))
    if log.sound:
        _read_entries(reader, log)
        files = {tile: _read(reader, log, tile) for tile in here}
        _compare(log, files)
    return log


def _read(reader: Reader, log: LogBytes, tile: Tile) -> bytes:
    try:
        return reader.read(f"{log.folder}/{tile.path}")
    except ComityError as error:
        log.fail(error)
        return b""


def _read_entries(reader: Reader, log: LogBytes) -> None:
    readable = True
    for tile in tiles_of(log.checkpoint.size):
        if tile.level is not None:
            break
        place = f"{log.folder}/{tile.path}"
        try:
            bundle = decode_bundle(reader.read(place), tile.width, place=place)
        except ComityError as error:
            log.fail(error)
            return
        log.data += bundle
        log.leaves += map(leaf_hash, bundle)
        for number, data in enumerate(bundle, tile.index * WIDTH):
            if readable:
                try:
                    log.entries.append(Entry.from_bytes(data, place=f"{place}, entry {number}"))
                except ComityError as error:
                    readable = False
                    log.fail(error)


def _compare(log: LogBytes, files: dict[Tile, bytes]) -> None:
    """Compare tiles and root with the entries, and say which entry or tile is the changed one."""
    complete = len(log.leaves) == log.checkpoint.size
    from_tiles = _lowest(log, files)
    truth = None
    if complete and root_of(log.leaves) == log.checkpoint.root:
        truth = log.leaves
    elif from_tiles is not None and root_of(from_tiles) == log.checkpoint.root:
        truth = from_tiles
        for index, (mine, theirs) in enumerate(zip(log.leaves, from_tiles, strict=False)):
            if mine != theirs:
                log.fail(BadProof("Not the entry that the log's root covers.", place=log.place(index), remedy=_AGAIN))
    if truth is None:
        log.fail(BadProof("The root is not that of the entries.", place=f"{log.folder}/checkpoint", remedy=_AGAIN))
        return
    levels = levels_of(truth)
    for tile in sorted(files, key=lambda one: (one.level is not None, one.level or 0, one.index, one.width)):
        _compare_tile(log, tile, files[tile], levels, complete)


def _lowest(log: LogBytes, files: dict[Tile, bytes]) -> list[bytes] | None:
    """The leaf hashes that the lowest tiles hold, or None if one of them has a wrong length."""
    hashes: list[bytes] = []
    try:
        for tile in tiles_of(log.checkpoint.size):
            if tile.level == 0:
                hashes += split_tile(files[tile], tile.width, place=f"{log.folder}/{tile.path}")
    except ComityError as error:
        log.fail(error)
        return None
    return hashes


def _compare_tile(log: LogBytes, tile: Tile, data: bytes, levels: list[list[bytes]], complete: bool) -> None:
    place = f"{log.folder}/{tile.path}"
    start, end = tile.index * WIDTH, tile.index * WIDTH + tile.width
    if end > log.checkpoint.size >> 8 * (tile.level or 0):
        text = "The checkpoint does not cover this file."
        log.findings.append(Finding(place, Severity.WARNING, text, "Ask for the newer checkpoint, or leave the file out."))
        return
    if tile.level is None:
        # The bundles of this size are read as entries above; what is left are older, partial ones.
        if complete and data != encode_bundle(log.data[start:end]):
            log.fail(Malformed("Not the entries that the log holds.", place=place, remedy=_AGAIN))
        return
    expected = b"".join(levels[tile.level][start:end])
    if len(data) != len(expected):
        log.fail(Malformed("A tile of {got} bytes where {want} belong.", place=place, remedy=_AGAIN, got=len(data), want=len(expected)))
    elif data != expected:
        number = next(i for i in range(0, len(data), 32) if data[i : i + 32] != expected[i : i + 32]) // 32
        log.fail(BadProof("Hash {number} of the tile is not that of the log.", place=place, remedy=_AGAIN, number=number))
