"""Bags: what is packed is what arrives, or it is said what is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pytest

from comity.errors import ComityError, Malformed, Unsafe
from comity.record.bag import read_bag, write_bag
from comity.record.layout import MemoryReader

FILES: dict[str, bytes] = {"comity.json": b"{}", "files/" + "a" * 64: b"A" * 1000, "acts/empty": b""}


def pack(files: dict[str, bytes] = FILES, info: dict[str, str] | None = None) -> dict[str, bytes]:
    written: dict[str, bytes] = {}

    def write(path: str, pieces: Iterator[bytes]) -> None:
        written[path] = b"".join(pieces)

    write_bag(files, write, "2026-11-24", info)
    return written


BAG = pack(info={"Source-Organization": "Национальное собрание Арвены"})


def places(bag: dict[str, bytes]) -> list[str]:
    return [one.place for one in read_bag(MemoryReader(bag))]


def relisted(bag: dict[str, bytes]) -> dict[str, bytes]:
    """The bag with a tag manifest that fits it, as somebody who rewrites it would leave it."""
    tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    return bag | {"tagmanifest-sha256.txt": "".join(f"{hashlib.sha256(bag[tag]).hexdigest()}  {tag}\n" for tag in tags).encode()}


def test_a_packed_bag_has_nothing_wrong_with_it() -> None:
    assert read_bag(MemoryReader(BAG)) == []
    assert relisted(BAG) == BAG


def test_the_files_of_the_bag_are_those_of_the_rfc() -> None:
    assert BAG["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert b"Payload-Oxum: 1002.3\n" in BAG["bag-info.txt"]
    assert b"Bagging-Date: 2026-11-24\n" in BAG["bag-info.txt"]
    assert f"{hashlib.sha256(b'{}').hexdigest()}  data/comity.json\n".encode() in BAG["manifest-sha256.txt"]


def test_large_files_are_packed_in_pieces() -> None:
    assert pack(FILES) == pack({**FILES, "files/" + "a" * 64: iter([b"A" * 400, b"A" * 600])})


@pytest.mark.parametrize("path", sorted(BAG))
def test_every_changed_byte_of_every_file_is_found_and_its_file_named(path: str) -> None:
    for position in range(len(BAG[path])):
        for mask in (1, 32, 128):
            changed = bytearray(BAG[path])
            changed[position] ^= mask
            found = read_bag(MemoryReader(BAG | {path: bytes(changed)}))
            assert any(path in one.place or path in one.message for one in found), (path, position, mask)


@pytest.mark.parametrize("path", sorted(BAG))
def test_a_missing_and_a_truncated_file_are_found(path: str) -> None:
    assert path in " ".join(places({name: data for name, data in BAG.items() if name != path}))
    assert places(BAG | {path: BAG[path] + b"x"})
    if BAG[path]:
        assert places(BAG | {path: BAG[path][:-1]})


@pytest.mark.parametrize("path", ["data/more", "more", "fetch.txt", "manifest-sha512.txt", "data/../../up", "data/a\\b", "/etc/passwd"])
def test_an_extra_file_and_a_climbing_one_are_found(path: str) -> None:
    assert path in places(BAG | {path: b"x"})


LINE = f"{hashlib.sha256(b'{}').hexdigest()}  data/comity.json\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LINE, LINE + LINE),
        (LINE, LINE.replace("  ", " ")),
        (LINE, LINE.replace("  ", "\t")),
        (LINE, LINE.replace("  ", " *")),
        (LINE, LINE.replace("\n", "\r\n")),
        (LINE, LINE.replace(" data/", " ./data/")),
        (LINE, LINE.replace("data/comity.json", "data/../comity.json")),
        (LINE, LINE.replace("data/comity.json", "/data/comity.json")),
        (LINE, LINE.replace("data/comity.json", "data/comity%2ejson")),
        (LINE, LINE.replace("data/comity.json", "comity.json")),
        (LINE, LINE.upper()),
        (LINE, LINE + "\n"),
        (LINE, ""),
        (LINE, "# a remark\n" + LINE),
    ],
    ids=range(14),
)
def test_a_manifest_of_another_form_is_found_even_if_the_tag_manifest_fits(old: str, new: str) -> None:
    manifest = BAG["manifest-sha256.txt"].decode().replace(old, new).encode()
    assert places(relisted(BAG | {"manifest-sha256.txt": manifest}))


def test_lines_in_another_order_are_found() -> None:
    lines = BAG["manifest-sha256.txt"].splitlines(keepends=True)
    assert places(relisted(BAG | {"manifest-sha256.txt": b"".join(lines[::-1])}))


@pytest.mark.parametrize(
    "info",
    [
        b"",
        b"Bagging-Date: 2026-11-24\n",
        b"Bagging-Date: 24.11.2026\nPayload-Oxum: 1002.3\n",
        b"Bagging-Date: 2026-11-24\nPayload-Oxum: 1003.3\n",
        b"Bagging-Date: 2026-11-24\nPayload-Oxum: 1002.4\n",
        b"Bagging-Date: 2026-11-24\nPayload-Oxum: 1002.3\nPayload-Oxum: 1002.3\n",
        b"Bagging-Date:2026-11-24\nPayload-Oxum: 1002.3\n",
        b"Bagging-Date: 2026-11-24\nPayload-Oxum: 1002.3",
        b"\xff",
    ],
    ids=range(9),
)
def test_a_bag_info_that_does_not_fit_is_found_even_if_the_tag_manifest_fits(info: bytes) -> None:
    assert "bag-info.txt" in places(relisted(BAG | {"bag-info.txt": info}))


@pytest.mark.parametrize("path", ["../up", "/etc/passwd", "a//b", "", "a/./b", "a\nb", "a%b", "C:x", ".git/config"])
def test_nothing_is_packed_under_a_path_that_climbs(path: str) -> None:
    def write(path: str, pieces: Iterator[bytes]) -> None:
        raise AssertionError("nothing may be written")

    with pytest.raises(Unsafe):
        write_bag({path: b""}, write, "2026-11-24")


@pytest.mark.parametrize(("date", "info"), [("today", {}), ("2026-11-24", {"Payload-Oxum": "1.1"}), ("2026-11-24", {"Note": "a\nb"})])
def test_a_bag_info_that_could_not_be_read_is_not_written(date: str, info: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        write_bag(FILES, lambda path, pieces: None, date, info)


def test_a_writer_that_leaves_a_file_half_written_is_noticed() -> None:
    def half(path: str, pieces: Iterable[bytes]) -> None:
        next(iter(pieces))

    with pytest.raises(ComityError):
        write_bag({"a": iter([b"1", b"2"])}, half, "2026-11-24")


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    class Torn(MemoryReader):
        def read(self, path: str) -> bytes:
            if path in ("data/comity.json", "bagit.txt"):
                raise Unsafe("The disk says no.", place=path)
            return super().read(path)

    assert {"data/comity.json", "bagit.txt"} <= {one.place for one in read_bag(Torn(BAG))}
