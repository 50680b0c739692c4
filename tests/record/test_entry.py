"""Entries of a log."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comity.errors import Malformed
from comity.record.canonical import canonical
from comity.record.cosignature import cosign, merge, witness_name
from comity.record.entry import Entry
from comity.record.envelope import sign
from record.maker import Side, key

SIDES = [Side("arvena"), Side("kelmor", tag="77aa0102")]
ACT = "a" * 64
SIGNATURES = tuple(sign(b"act", [key("one"), key("two")]))
SEEN = tuple(sorted((side.checkpoint(0) for side in SIDES), key=str.encode))
ENTRY = Entry.make(ACT, SIGNATURES, SEEN)


def changed(**fields: Any) -> bytes:
    value = json.loads(ENTRY.to_bytes()) | fields
    return canonical({name: field for name, field in value.items() if field is not ...})


def test_an_entry_reads_back_to_the_same_bytes_and_says_what_it_has_seen() -> None:
    read = Entry.from_bytes(ENTRY.to_bytes(), place="entry 0")
    assert read == ENTRY
    assert read.to_bytes() == ENTRY.to_bytes()
    assert not read.is_receipt
    assert [one.origin for one in read.seen_checkpoints] == [side.origin for side in SIDES]


def test_a_receipt_says_only_what_was_seen() -> None:
    receipt = Entry.make(None, (), SEEN)
    assert receipt.is_receipt
    assert json.loads(receipt.to_bytes()).keys() == {"v", "seen"}


def test_making_an_entry_brings_its_lists_into_order() -> None:
    assert Entry.make(ACT, SIGNATURES[::-1], SEEN[::-1]).to_bytes() == ENTRY.to_bytes()


COSIGNED = merge(SEEN[0], cosign(SEEN[0], witness_name(SIDES[0].origin), SIDES[0].role("witness"), 5))


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"{}",
        changed(v=2),
        changed(v=True),
        changed(v=...),
        changed(more=1),
        changed(payloadType=...),
        changed(payloadType="text/plain"),
        changed(payloadSha256="A" * 64),
        changed(payloadSha256=...),
        changed(signatures=[]),
        changed(signatures=...),
        changed(signatures={}),
        changed(signatures=[one.to_json() for one in SIGNATURES[::-1]]),
        changed(signatures=[SIGNATURES[0].to_json()] * 2),
        changed(signatures=[SIGNATURES[0].to_json()] * 65),
        changed(seen=...),
        changed(seen=[7]),
        changed(seen=["no note"]),
        changed(seen=list(SEEN[::-1])),
        changed(seen=[SEEN[0]] * 2),
        changed(seen=[COSIGNED]),
        ENTRY.to_bytes() + b" ",
        canonical({"v": 1, "seen": [], "signatures": []}),
        changed(seen=["x" * 65_535]),
    ],
    ids=range(25),
)
def test_entries_of_another_form_are_refused_by_their_place(data: bytes) -> None:
    with pytest.raises(Malformed, match=r"^entry 3"):
        Entry.from_bytes(data, place="entry 3")


def test_an_entry_that_the_log_could_not_hold_is_not_written() -> None:
    with pytest.raises(Malformed):
        Entry(ACT, SIGNATURES, ("x" * 65_535,)).to_bytes()
