"""Folders and pouches are written whole or not at all, and read with distrust."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from comity.errors import ComityError, Malformed, Unsafe
from comity.ledger.verification import verify
from comity.node.carriers import FolderReader, ZipReader, open_carrier, without_bag, write_folder, write_pouch
from comity.node.setup import own_card
from comity.node.stored_zip import Member, PouchWriter, ending, read_members
from comity.record.bag import read_bag
from comity.record.layout import MemoryReader, Reader
from node.parliaments import Parliament, founded
from node.travelling import DATE, convening, files_of, pack, pair, worked

type Two = tuple[Parliament, Parliament]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parliament, Parliament, str]:
    """Two nodes with a worked mechanism; tests here do not change them."""
    arvena, kelmor = pair(tmp_path_factory.mktemp("made"))
    return arvena, kelmor, worked(arvena, kelmor)


@pytest.fixture
def fresh(tmp_path: Path) -> Two:
    return pair(tmp_path)


# Writing and reading ---------------------------------------------------------------------------


def test_a_folder_and_a_pouch_hold_the_record_as_a_bag(made: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = made
    write_folder(arvena.record(mechanism), tmp_path / "out", DATE)
    write_pouch(arvena.record(mechanism), tmp_path / "out.zip", DATE)
    for carrier in (open_carrier(tmp_path / "out"), open_carrier(tmp_path / "out.zip")):
        assert read_bag(carrier) == []
        assert files_of(without_bag(carrier)) == files_of(arvena.record(mechanism))


def test_the_same_record_gives_the_same_pouch_byte_for_byte(made: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = made
    for name in ("one.zip", "two.zip"):
        write_pouch(arvena.record(mechanism), tmp_path / name, DATE)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_ordinary_tools_unpack_a_pouch(made: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = made
    write_pouch(arvena.record(mechanism), tmp_path / "out.zip", DATE)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    assert read_bag(FolderReader(tmp_path / "out")) == []


def test_a_pouch_of_more_members_than_a_small_zip_counts_is_read_back(tmp_path: Path) -> None:
    files = {f"files/{number:064x}": b"" for number in range(66_000)}
    pack(files, tmp_path / "many.zip")
    assert len(read_members((tmp_path / "many.zip").open("rb"), place="many.zip")) == 66_004
    with zipfile.ZipFile(tmp_path / "many.zip") as archive:
        assert len(archive.namelist()) == 66_004


def test_nothing_is_overwritten_and_nothing_is_left_of_what_failed(made: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = made
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    (tmp_path / "out.zip").write_text("mine")
    with pytest.raises(ComityError, match="already"):
        write_folder(arvena.record(mechanism), tmp_path / "out", DATE)
    with pytest.raises(ComityError, match="already"):
        write_pouch(arvena.record(mechanism), tmp_path / "out.zip", DATE)
    broken = _Breaking(arvena.record(mechanism))
    with pytest.raises(ComityError, match="gone"):
        write_folder(broken, tmp_path / "new", DATE)
    with pytest.raises(ComityError, match="gone"):
        write_pouch(broken, tmp_path / "new.zip", DATE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.zip"]


class _Breaking:
    """A record of which one file cannot be read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def paths(self) -> list[str]:
        return list(self._reader.paths())

    def read(self, path: str) -> bytes:
        if path.startswith("roots/"):
            raise ComityError("It is gone.", place=path)
        return self._reader.read(path)


def test_a_record_that_grows_while_it_is_written_is_still_whole(fresh: Two, tmp_path: Path) -> None:
    arvena, kelmor = fresh
    mechanism = founded(arvena, kelmor)
    write_pouch(_Growing(arvena, mechanism), tmp_path / "out.zip", DATE)
    trusted = frozenset(own_card(one.node).fingerprint for one in fresh)
    assert verify(ZipReader(tmp_path / "out.zip"), trusted).ok


class _Growing:
    """A record to which something is appended as soon as its paths were listed, once."""

    def __init__(self, parliament: Parliament, mechanism: str) -> None:
        self._parliament, self._mechanism = parliament, mechanism
        self._reader = parliament.record(mechanism)
        self._grown = False

    def paths(self) -> list[str]:
        paths = list(self._reader.paths())
        if not self._grown:
            self._grown = True
            self._parliament.say("meetings/convene/1", self._mechanism, convening(self._mechanism))
        return paths

    def read(self, path: str) -> bytes:
        return self._reader.read(path)


# Hostile containers ----------------------------------------------------------------------------


def test_every_changed_byte_of_the_container_is_found_when_it_is_opened(made: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = made
    write_pouch(arvena.record(mechanism), tmp_path / "out.zip", DATE)
    whole = (tmp_path / "out.zip").read_bytes()
    content = set[int]()
    for member in read_members(BytesIO(whole), place="out.zip").values():
        content.update(range(member.content, member.end))
    outside = [at for at in range(len(whole)) if at not in content]
    assert len(outside) > 1000
    for at in outside:
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        with pytest.raises((Unsafe, Malformed)) as refusal:
            read_members(BytesIO(changed), place="out.zip")
        assert refusal.value.place.startswith("out.zip")
        assert refusal.value.remedy


@pytest.mark.parametrize("cut", [0, 1, 21, 22, 500])
def test_a_pouch_that_was_cut_off_or_has_something_after_its_end_is_refused(
    made: tuple[Parliament, Parliament, str], tmp_path: Path, cut: int
) -> None:
    arvena, _, mechanism = made
    write_pouch(arvena.record(mechanism), tmp_path / "out.zip", DATE)
    whole = (tmp_path / "out.zip").read_bytes()
    for data in (whole[: len(whole) - cut - 1], whole + b"x" * (cut + 1), b"x" * (cut + 1) + whole, b""):
        with pytest.raises((Unsafe, Malformed)):
            ZipReader(BytesIO(data))


def _zip(write: Callable[[zipfile.ZipFile], None]) -> BytesIO:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        write(archive)
    return out


def _encrypted() -> BytesIO:
    data = bytearray(_zip(lambda archive: archive.writestr("data/comity.json", b"{}")).getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return BytesIO(data)


def _link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("data/comity.json")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    archive.writestr(info, "/etc/hostname")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (_zip(lambda a: a.writestr("../comity.json", b"{}")), "climbs"),
        (_zip(lambda a: a.writestr("/comity.json", b"{}")), "climbs"),
        (_zip(lambda a: a.writestr("data\\..\\comity.json", b"{}")), "climbs"),
        (_zip(lambda a: a.writestr("C:comity.json", b"{}")), "climbs"),
        (_zip(lambda a: a.writestr("data/ко.json", b"{}")), "ASCII"),
        (_zip(lambda a: a.writestr("data/bomb", b"\0" * 10_000_000, zipfile.ZIP_DEFLATED)), "compressed"),
        (_zip(_link), "link"),
        (_encrypted(), "encrypted"),
    ],
)
def test_a_hostile_zip_is_refused_with_place_and_remedy(source: BytesIO, says: str) -> None:
    with pytest.raises(Unsafe, match=says) as refusal:
        ZipReader(source)
    assert refusal.value.place
    assert refusal.value.remedy


def test_a_name_that_stands_twice_in_a_pouch_is_refused(tmp_path: Path) -> None:
    out = BytesIO()
    writer = PouchWriter(out)
    for _ in range(2):
        writer.add("data/comity.json", iter([b"{}"]))
    writer.close()
    with pytest.raises(Unsafe, match="twice"):
        ZipReader(out)


def test_a_pouch_that_claims_millions_of_members_is_refused_before_they_are_read() -> None:
    with pytest.raises(Unsafe, match="More files"):
        ZipReader(BytesIO(ending(50_000_000, 2**31, 0)))


def test_members_that_overlap_are_refused() -> None:
    first = Member("data/comity.json", 0, 0, 0)
    again = Member("data/comity.jso2", 0, 0, 0)
    directory = first.central + again.central
    data = first.local + directory + ending(2, len(directory), len(first.local))
    with pytest.raises(Unsafe, match="its place"):
        ZipReader(BytesIO(data))


@pytest.mark.parametrize("kind", ["file", "folder", "dangling", "pipe"])
def test_a_folder_with_a_link_or_a_device_is_refused(made: tuple[Parliament, Parliament, str], tmp_path: Path, kind: str) -> None:
    arvena, _, mechanism = made
    write_folder(arvena.record(mechanism), tmp_path / "out", DATE)
    target = tmp_path / "out" / "data" / "extra"
    if kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to({"file": "/etc/hostname", "folder": str(tmp_path), "dangling": "nowhere"}[kind])
    with pytest.raises(Unsafe, match="link or a device") as refusal:
        FolderReader(tmp_path / "out")
    assert refusal.value.place == "data/extra"


def test_a_link_that_takes_a_files_place_after_the_folder_was_listed_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "comity.json").write_text("{}")
    reader = FolderReader(tmp_path)
    (tmp_path / "comity.json").unlink()
    (tmp_path / "comity.json").symlink_to("/etc/hostname")
    with pytest.raises(Unsafe):
        reader.read("comity.json")


def test_names_that_no_record_has_are_refused_when_a_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "акты").mkdir()
    with pytest.raises(Unsafe, match="ASCII"):
        FolderReader(tmp_path)
    (tmp_path / "акты").rmdir()
    deep = tmp_path / ("a" * 200) / ("b" * 200) / ("c" * 200)
    deep.mkdir(parents=True)
    with pytest.raises(Unsafe, match="longer") as refusal:
        FolderReader(tmp_path)
    assert len(refusal.value.place) < 200


@pytest.mark.parametrize("path", ["../comity.json", "/etc/hostname", "data/../../x", "", "."])
def test_a_reader_opens_nothing_outside_its_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "comity.json").write_text("{}")
    with pytest.raises(Unsafe):
        FolderReader(tmp_path / "in").read(path)


def test_a_file_above_the_cap_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "comity.json").open("wb") as out:
        out.truncate(1 << 40)
    with pytest.raises(Unsafe, match="larger than 100 MiB"):
        FolderReader(tmp_path).read("comity.json")
    pouch = pack({"comity.json": b"x" * 5000}, tmp_path / "out.zip")
    with pytest.raises(Unsafe, match="larger"):
        ZipReader(pouch, max_file=4000).read("data/comity.json")


def test_the_carriers_need_no_store_no_network_and_no_django() -> None:
    code = "import sys, comity.node.carriers; print([m for m in ('sqlalchemy', 'httpx2', 'django', 'socket') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_memory_and_files_read_alike(made: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = made
    write_folder(arvena.record(mechanism), tmp_path / "out", DATE)
    folder = FolderReader(tmp_path / "out")
    memory = MemoryReader({path: folder.read(path) for path in folder.paths()})
    assert sorted(memory.paths()) == sorted(folder.paths())
    assert all(b"".join(folder.stream(path)) == memory.read(path) for path in memory.paths())
