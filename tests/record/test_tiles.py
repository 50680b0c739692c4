"""Tiles and entry bundles, against the log that Tessera wrote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ComityError, Malformed, Unsafe
from comity.record.checkpoint import parse_checkpoint
from comity.record.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from comity.record.tiles import (
    Tile,
    TileSource,
    append_bundles,
    append_tiles,
    decode_bundle,
    decode_entries,
    encode_bundle,
    encode_entries,
    entries_path,
    entry_bundle_paths,
    hash_tile,
    parse_tile_path,
    tile_path,
    tile_paths,
    tiles_of,
)
from record.maker import unreadable
from record.vectors import vectors


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(size)]


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("tile/0/000", Tile(0, 0)),
        ("tile/0/x001/x234/067", Tile(0, 1234067)),
        ("tile/3/x001/000.p/255", Tile(3, 1000, 255)),
        ("tile/entries/012.p/1", Tile(None, 12, 1)),
    ],
)
def test_a_tile_has_one_path(path: str, tile: Tile) -> None:
    assert tile.path == path
    assert parse_tile_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/8/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/x1000/000",
        "tile/0/001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/entry/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/٠٠٠",
    ],
)
def test_a_second_spelling_of_a_path_is_none(path: str) -> None:
    assert parse_tile_path(path) is None


@given(st.one_of(st.none(), st.integers(0, 7)), st.integers(0, 10**10), st.integers(1, 256))
def test_paths_read_back(level: int | None, index: int, width: int) -> None:
    assert parse_tile_path(Tile(level, index, width).path) == Tile(level, index, width)


def test_a_log_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = list(tiles_of(70_000))
    widths = {level: [one.width for one in tiles if one.level == level] for level in (0, 1, 2, 3)}
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1], 3: []}
    assert [one for one in tiles_of(256) if one.level is not None] == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


def test_the_log_that_tessera_wrote_reads_hashes_and_proves_here() -> None:
    folder = vectors("tessera-log")
    for size in range(1, 16):
        cp, _ = parse_checkpoint((folder / f"checkpoint.{size}").read_bytes())
        entries = decode_bundle((folder / entries_path(0, size)).read_bytes(), size, place="bundle")
        hashes = [leaf_hash(one) for one in entries]
        assert encode_bundle(entries) == (folder / entries_path(0, size)).read_bytes()
        assert append_tiles(0, hashes, unreadable) == {tile_path(0, 0, size): (folder / tile_path(0, 0, size)).read_bytes()}
        assert root_of(hashes) == cp.root
        source = TileSource(lambda path: (folder / path).read_bytes(), size)
        for index in range(size):
            verify_inclusion(hashes[index], index, size, inclusion_proof(index, size, source), cp.root)
            old, _ = parse_checkpoint((folder / f"checkpoint.{index + 1}").read_bytes())
            verify_consistency(old.size, size, consistency_proof(old.size, size, source), old.root, cp.root)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_appending_in_any_steps_writes_the_same_tiles_as_at_once(steps: list[int]) -> None:
    files: dict[str, bytes] = {}
    size = 0
    everything = [b"%d" % number for number in range(sum(steps))]
    for step in steps:
        fresh = everything[size : size + step]
        files |= append_tiles(size, [leaf_hash(one) for one in fresh], files.__getitem__) | append_bundles(size, fresh, files.__getitem__)
        size += step
    at_once = append_tiles(0, leaves(size), unreadable) | append_bundles(0, everything, unreadable)
    assert set(tile_paths(size)) == at_once.keys()
    for path, data in at_once.items():
        assert files[path] == data
        made = encode_entries(path, everything) if "entries" in path else hash_tile(path, leaves(size))
        assert made == data


def test_proofs_from_tiles_hold_across_levels() -> None:
    size = 66_000
    hashes = leaves(size)
    tiles = append_tiles(0, hashes, unreadable)
    source = TileSource(tiles.__getitem__, size, kept=2)
    root = root_of(hashes)
    for index in (0, 255, 256, 65_535, 65_536, size - 1):
        verify_inclusion(hashes[index], index, size, inclusion_proof(index, size, source), root)
    for old in (1, 256, 65_536, 65_537, size - 1):
        verify_consistency(old, size, consistency_proof(old, size, source), root_of(hashes[:old]), root)


def test_a_partial_tile_that_was_deleted_is_read_from_the_full_one() -> None:
    tiles = append_tiles(0, leaves(300), unreadable)

    def read(path: str) -> bytes:
        if path not in tiles:
            raise Unsafe("missing", place=path)
        return tiles[path]

    assert TileSource(read, 100)(0, 99) == leaves(100)[99]
    with pytest.raises(ComityError):
        TileSource(read, 299)(0, 298)


def test_a_truncated_tile_is_refused() -> None:
    with pytest.raises(Malformed):
        TileSource(lambda path: bytes(63), 2)(0, 0)
    with pytest.raises(Malformed):
        append_tiles(2, leaves(1), lambda path: bytes(63))
    with pytest.raises(Malformed):
        TileSource(lambda path: bytes(64), 2)(0, 2)


BUNDLE = encode_bundle([b"one", b"", b"three"])


@pytest.mark.parametrize(
    ("data", "expected"),
    [(BUNDLE[:-1], 3), (BUNDLE + b"\x00", 3), (BUNDLE, 2), (BUNDLE, 4), (b"", 1), (b"\x00", 1), (BUNDLE + b"\x00", None)],
)
def test_a_bundle_that_breaks_off_or_goes_on_is_refused(data: bytes, expected: int | None) -> None:
    with pytest.raises(Malformed, match=r"^here"):
        decode_bundle(data, expected, place="here")


def test_a_bundle_holds_at_most_256_entries_of_at_most_65535_bytes() -> None:
    assert decode_entries(encode_bundle([b"x" * 65_535] * 256), place="here")[255] == b"x" * 65_535
    with pytest.raises(Malformed):
        decode_entries(encode_bundle([b""] * 257), place="here")
    with pytest.raises(Malformed):
        encode_bundle([b"x" * 65_536])


def test_the_bundles_that_hold_what_is_new_start_with_the_partial_one() -> None:
    assert list(entry_bundle_paths(250, 520)) == [("tile/entries/000", 0), ("tile/entries/001", 256), ("tile/entries/002.p/8", 512)]
    assert list(entry_bundle_paths(256, 256)) == []


@pytest.mark.parametrize("path", ["tile/entries/000.p/4", "tile/entries/001.p/1", "tile/0/000.p/3", "nonsense"])
def test_a_bundle_that_the_log_does_not_have_is_refused(path: str) -> None:
    with pytest.raises(Unsafe):
        encode_entries(path, [b"a", b"b", b"c"])


@pytest.mark.parametrize("path", ["tile/0/000.p/4", "tile/1/000.p/1", "tile/entries/000.p/3", "nonsense"])
def test_a_tile_that_the_log_does_not_have_is_refused(path: str) -> None:
    with pytest.raises(Unsafe):
        hash_tile(path, leaves(3))
