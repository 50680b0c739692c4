"""Fork proofs: convincing anybody, and nobody without cause."""

from __future__ import annotations

import dataclasses

import pytest

from comity.errors import BadProof, BadSignature, ComityError, Malformed, Untrusted
from comity.record.canonical import canonical
from comity.record.fork import ForkProof
from comity.record.merkle import leaf_hash
from comity.record.tiles import hash_levels, levels_of
from record.maker import Side, key


def branch(name: str, common: int, own: int) -> Side:
    side = Side("arvena")
    for number in range(common):
        side.append(b"common %d" % number)
    for number in range(own):
        side.append(f"{name} {number}".encode())
    return side


LONG, SHORT, SAME = branch("long", 5, 8), branch("short", 5, 3), branch("same", 5, 8)
SOURCE = hash_levels(levels_of([leaf_hash(one) for one in LONG.entries]))
KEY = LONG.role("log").public
PROOF = ForkProof.make(LONG.checkpoint(), SHORT.checkpoint(), SOURCE)


def test_two_roots_of_one_size_are_a_fork() -> None:
    proof = ForkProof.from_bytes(ForkProof.make(LONG.checkpoint(), SAME.checkpoint()).to_bytes())
    first, second = proof.verify(LONG.origin, KEY)
    assert first.size == second.size == 13
    assert first.root != second.root


def test_a_longer_tree_that_does_not_continue_the_shorter_one_is_a_fork() -> None:
    assert ForkProof.from_bytes(PROOF.to_bytes()) == PROOF
    shorter, longer = PROOF.verify(LONG.origin, KEY)
    assert (shorter.size, longer.size) == (8, 13)


def test_an_honest_log_cannot_be_accused() -> None:
    for size in (1, 5, 8, 13):
        with pytest.raises(BadProof):
            ForkProof.make(LONG.checkpoint(size), LONG.checkpoint(), SOURCE)
    with pytest.raises(BadProof):
        ForkProof.make(LONG.checkpoint(0), LONG.checkpoint(), SOURCE)
    honest = dataclasses.replace(PROOF, notes=(LONG.checkpoint(8), LONG.checkpoint()))
    with pytest.raises(BadProof):
        honest.verify(LONG.origin, KEY)
    for root, proof in ((b"x" * 32, PROOF.proof), (b"x" * 32, ()), (None, ()), (PROOF.root, PROOF.proof[1:])):
        with pytest.raises(BadProof):
            dataclasses.replace(honest, root=root, proof=proof).verify(LONG.origin, KEY)


def test_both_notes_must_be_the_logs() -> None:
    with pytest.raises(BadSignature):
        PROOF.verify(LONG.origin, key("stranger").public)
    with pytest.raises(Untrusted):
        PROOF.verify("kelmor.example/77aa0102", KEY)
    with pytest.raises(BadProof):
        ForkProof.make(LONG.checkpoint(), Side("kelmor").checkpoint())


def test_two_sizes_need_the_longer_trees_hashes() -> None:
    with pytest.raises(BadProof):
        ForkProof.make(LONG.checkpoint(), SHORT.checkpoint())


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"v": 1},
        {"v": 2, "notes": list(PROOF.notes)},
        {"v": 1, "notes": [PROOF.notes[0]]},
        {"v": 1, "notes": [1, 2]},
        {"v": 1, "notes": list(PROOF.notes), "root": "A"},
        {"v": 1, "notes": list(PROOF.notes), "root": "A", "proof": []},
        {"v": 1, "notes": list(PROOF.notes), "root": "A" * 43 + "=", "proof": ["A" * 42 + "B="]},
        {"v": 1, "notes": list(PROOF.notes), "root": "A" * 43 + "=", "proof": {}},
        {"v": 1, "notes": list(PROOF.notes), "root": "A" * 43 + "=", "proof": ["A" * 43 + "="] * 64},
    ],
    ids=range(10),
)
def test_proofs_of_another_form_are_refused(value: object) -> None:
    with pytest.raises(Malformed):
        ForkProof.from_bytes(canonical(value))


def test_any_changed_byte_breaks_the_proof() -> None:
    data = PROOF.to_bytes()
    for position in range(0, len(data), 5):
        flipped = bytearray(data)
        flipped[position] ^= 1
        with pytest.raises(ComityError):
            ForkProof.from_bytes(bytes(flipped)).verify(LONG.origin, KEY)
