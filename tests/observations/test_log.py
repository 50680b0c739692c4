"""The observer's log: it grows, it is verified when it is opened, and a changed byte is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import ComityError, Malformed
from comity.observations.case import read_case
from comity.observations.importing import fragments_of
from comity.observations.model import Fragment
from comity.record.checkpoint import open_checkpoint
from comity.record.merkle import consistency_proof, verify_consistency
from comity.record.tiles import TileSource
from observations.known import CASES, LOG, ORIGIN, SIGNER, SMALL, STRANGER, new_log


def some(first: int, last: int) -> list[Fragment]:
    return [Fragment(f"lakes/meetings/m{n}", "meeting", {"ordinal": n}, "wire") for n in range(first, last)]


def test_what_was_appended_is_read_again_in_order(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    fragments = some(0, 300)  # more than one bundle
    assert log.append(fragments, LOG, SIGNER) == 300
    assert log.open().fragments == tuple(fragments)


def test_what_is_there_is_not_added_again(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append(some(0, 5), LOG, SIGNER)
    before = log.stamp()
    assert log.append(some(0, 5), LOG, SIGNER) == 0
    assert log.stamp() == before
    assert log.append(some(3, 8), LOG, SIGNER) == 3


@pytest.mark.parametrize(("first", "second"), [(1, 2), (200, 300), (256, 257), (300, 620)])
def test_a_longer_log_is_proven_to_continue_the_shorter_one_by_its_tiles(tmp_path: Path, first: int, second: int) -> None:
    log = new_log(tmp_path)
    log.append(some(0, first), LOG, SIGNER)
    old = open_checkpoint(log.stamp(), ORIGIN, LOG.public)
    log.append(some(first, second), LOG, SIGNER)
    new = open_checkpoint(log.stamp(), ORIGIN, LOG.public)
    tiles = TileSource(lambda path: (log.folder / "log" / path).read_bytes(), new.size)
    verify_consistency(old.size, new.size, consistency_proof(old.size, new.size, tiles), old.root, new.root)


@pytest.mark.parametrize("kind", ["fragments", "entries", "checkpoint", "observer.json"])
def test_a_changed_byte_is_found_when_the_log_is_opened(tmp_path: Path, kind: str) -> None:
    log = new_log(tmp_path)
    log.append(some(0, 3), LOG, SIGNER)
    victim = next(p for p in sorted(log.folder.rglob("*")) if p.is_file() and kind in str(p.relative_to(log.folder)))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(bytes(data))
    with pytest.raises(ComityError):
        log.open()


def test_a_missing_fragment_is_found(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    log.append(some(0, 3), LOG, SIGNER)
    next(p for p in (log.folder / "fragments").rglob("*") if p.is_file()).unlink()
    with pytest.raises(Malformed, match="missing"):
        log.open()


def test_other_keys_append_nothing(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    for keys in ((STRANGER, SIGNER), (LOG, STRANGER)):
        with pytest.raises(ComityError):
            log.append(some(0, 1), *keys)
    assert log.open().checkpoint.size == 0


def test_a_log_is_not_begun_twice(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    with pytest.raises(ComityError):
        log.create(ORIGIN, LOG, SIGNER)


def test_both_real_cases_lie_in_one_log(tmp_path: Path) -> None:
    log = new_log(tmp_path)
    for path in sorted(CASES.glob("*.yaml")):
        log.append(fragments_of(read_case(path.read_bytes(), place=path.name)), LOG, SIGNER)
    assert {one.case for one in log.open().fragments} == {"china-russia", "eu-uk-ppa"}


def test_a_fragment_keeps_where_in_its_source_it_stands() -> None:
    found = [one for one in fragments_of(read_case(SMALL.encode(), place="small")) if one.claim == "statement"]
    assert found[0].selector == {"type": "TextQuoteSelector", "exact": "all is well"}


@pytest.mark.parametrize(
    "bad",
    [
        Fragment("lakes", "meeting", 1),
        Fragment("lakes/meetings/../x", "meeting", 1),
        Fragment("lakes/meetings/m", "Meeting", 1),
        Fragment("lakes/meetings/m", "meeting", 1.5),
        Fragment("lakes/meetings/m", "meeting", 1, by="mika"),
    ],
)
def test_a_senseless_fragment_is_refused(bad: Fragment) -> None:
    with pytest.raises(Malformed):
        bad.to_bytes()
