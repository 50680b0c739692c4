"""The record's folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comity.errors import Malformed, Unsafe
from comity.record.layout import (
    Below,
    Meaning,
    MemoryReader,
    act_path,
    checkpoint_path,
    chunks,
    file_path,
    meaning,
    origin_folder,
    root_path,
    safe_path,
)
from comity.record.tiles import Tile

ORIGIN = "arvena.example/5f0c91ab"
SHA = "0a" * 32


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("comity.json", Meaning("comity")),
        (act_path(SHA), Meaning("acts", SHA)),
        (file_path(SHA), Meaning("files", SHA)),
        (root_path(SHA), Meaning("roots", SHA)),
        (checkpoint_path(ORIGIN), Meaning("checkpoint", origin=ORIGIN)),
        (checkpoint_path(ORIGIN, "00ff00ff"), Meaning("checkpoint", origin=ORIGIN, fork="00ff00ff")),
        (f"{origin_folder(ORIGIN)}/tile/0/000.p/3", Meaning("tile", origin=ORIGIN, tile=Tile(0, 0, 3))),
        (f"{origin_folder(ORIGIN, '00ff00ff')}/tile/entries/000", Meaning("tile", origin=ORIGIN, fork="00ff00ff", tile=Tile(None, 0))),
    ],
)
def test_each_path_has_its_meaning_and_is_safe(path: str, expected: Meaning) -> None:
    assert meaning(path) == expected
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "acts/" + SHA,
        "acts/" + SHA.upper() + ".json",
        "files/" + SHA + ".json",
        "roots/" + SHA[:-1] + ".json",
        "logs/arvena.example/5f0c91ab/checkpoint",
        "logs/arvena.example+5f0c91ab/checkpoint.0",
        "logs/a..b+5f0c91ab/checkpoint",
        "logs/-a+5f0c91ab/checkpoint",
        "logs/arvena.example+5f0c91ab+fork-00ff/checkpoint",
        "logs/arvena.example+5f0c91ab/tile/0/0",
        "Comity.json",
        "comity.json\n",
    ],
)
def test_any_other_path_has_none(path: str) -> None:
    assert meaning(path) is None


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", ".git", "a\\b", "a:b", "a b", "é", "a.", "a\n", "x" * 600]
)
def test_paths_that_climb_or_that_systems_read_differently_are_unsafe(path: str) -> None:
    with pytest.raises(Unsafe):
        safe_path(path)


@pytest.mark.parametrize(
    "origin", ["", "arvena.example", "arvena.example/5F0C91AB", "a/b/00000000", "../00000000", "a..b/00000000", "a+b/00000000"]
)
def test_an_origin_that_is_none_has_no_folder(origin: str) -> None:
    with pytest.raises(Malformed):
        origin_folder(origin)


def test_a_reader_below_a_folder_sees_what_is_in_it_only() -> None:
    below = Below(MemoryReader({"data/a": b"1", "b": b"2", "data2/c": b"3"}), "data")
    assert list(below.paths()) == ["a"]
    assert below.read("a") == b"1"
    with pytest.raises(Unsafe, match="data/b"):
        below.read("b")


def test_a_reader_that_streams_is_read_in_its_pieces() -> None:
    class Pieces(MemoryReader):
        def stream(self, path: str) -> Iterator[bytes]:
            yield from (b"1", b"2")

    assert list(chunks(Below(Pieces({}), "data"), "a")) == [b"1", b"2"]
    assert list(chunks(MemoryReader({"a": b"12"}), "a")) == [b"12"]
