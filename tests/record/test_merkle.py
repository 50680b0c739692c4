"""The Merkle tree, against a naive reading of RFC 6962, pymerkle, and the public vectors."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # ships no types

from comity.errors import BadProof
from comity.record.merkle import (
    EMPTY_ROOT,
    CompactRange,
    compact_range,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from comity.record.tiles import hash_levels, levels_of
from record.vectors import vectors

sizes = st.integers(1, 70) | st.sampled_from([127, 128, 129, 255, 256, 257, 300])


def entries(size: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(size)]


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(one) for one in entries(size)]


def mth(data: list[bytes]) -> bytes:
    """MTH, word for word from RFC 6962, section 2.1."""
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = split(len(data))
    return hashlib.sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, data: list[bytes]) -> list[bytes]:
    """PATH, word for word from RFC 6962, section 2.1.1."""
    if len(data) == 1:
        return []
    k = split(len(data))
    return [*path(m, data[:k]), mth(data[k:])] if m < k else [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF, word for word from RFC 6962, section 2.1.2."""
    if m == len(data):
        return [] if whole else [mth(data)]
    k = split(len(data))
    return [*subproof(m, data[:k], whole), mth(data[k:])] if m <= k else [*subproof(m - k, data[k:], False), mth(data[:k])]


@given(st.integers(0, 300))
def test_roots_are_those_of_the_rfc_and_of_pymerkle(size: int) -> None:
    tree = InmemoryTree(algorithm="sha256")
    for one in entries(size):
        tree.append_entry(one)
    assert root_of(leaves(size)) == mth(entries(size))
    if size:
        assert root_of(leaves(size)) == tree.get_root(size)


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert CompactRange().root() == EMPTY_ROOT == root_of([])


@given(sizes, st.data())
def test_inclusion_proofs_are_those_of_the_rfc_and_verify_there_only(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, hash_levels(levels_of(leaves(size))))
    assert proof == path(index, entries(size))
    leaf, root = leaves(size)[index], root_of(leaves(size))
    verify_inclusion(leaf, index, size, proof, root)
    for other in {data.draw(st.integers(0, size - 1)), index + size, -1} - {index}:
        with pytest.raises(BadProof):
            verify_inclusion(leaf, other, size, proof, root)
    for wrong in (proof[1:] or [root], [*proof, root], [*proof[:-1], bytes(32)], [one[:31] for one in proof] or [b""]):
        with pytest.raises(BadProof):
            verify_inclusion(leaf, index, size, wrong, root)


@given(sizes, st.data())
def test_consistency_proofs_are_those_of_the_rfc_and_verify_there_only(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    source = hash_levels(levels_of(leaves(new)))
    proof = consistency_proof(old, new, source)
    assert proof == subproof(old, entries(new), True)
    old_root, new_root = root_of(leaves(old)), root_of(leaves(new))
    verify_consistency(old, new, proof, old_root, new_root)
    assert compact_range(old, source).root() == old_root
    for wrong in (proof[1:] if proof else [new_root], [*proof, new_root]):
        with pytest.raises(BadProof):
            verify_consistency(old, new, wrong, old_root, new_root)
    for roots in ((bytes(32), new_root), (old_root, bytes(32))):
        with pytest.raises(BadProof):
            verify_consistency(old, new, proof, *roots)


@given(st.integers(0, 200), st.integers(0, 40))
def test_a_copied_range_grows_alone(size: int, more: int) -> None:
    tree = CompactRange()
    for one in leaves(size):
        tree.append(one)
    copy = tree.copy()
    for one in leaves(size + more)[size:]:
        copy.append(one)
    assert (tree.size, tree.root()) == (size, root_of(leaves(size)))
    assert (copy.size, copy.root()) == (size + more, root_of(leaves(size + more)))


def test_a_range_with_a_wrong_number_of_hashes_is_refused() -> None:
    with pytest.raises(BadProof):
        CompactRange(3, [bytes(32)])


def test_a_leaf_is_never_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


def cases(kind: str) -> list[Path]:
    return sorted(vectors(f"merkle/{kind}").rglob("*.json"))


def test_every_public_inclusion_vector_has_the_outcome_it_names() -> None:
    outcomes = []
    for file in cases("inclusion"):
        case = json.loads(file.read_text())
        proof = [base64.b64decode(one) for one in case["proof"] or []]
        try:
            verify_inclusion(base64.b64decode(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, base64.b64decode(case["root"]))
            failed = False
        except BadProof:
            failed = True
        outcomes.append((file.name, failed == case["wantErr"]))
    assert len(outcomes) == 98
    assert all(good for _, good in outcomes), outcomes


def test_every_public_consistency_vector_has_the_outcome_it_names_also_for_empty_trees() -> None:
    outcomes = []
    for file in cases("consistency"):
        case = json.loads(file.read_text())
        proof = [base64.b64decode(one) for one in case["proof"] or []]
        roots = base64.b64decode(case["root1"]), base64.b64decode(case["root2"])
        try:
            verify_consistency(case["size1"], case["size2"], proof, *roots)
            failed = False
        except BadProof:
            failed = True
        outcomes.append((file.name, failed == case["wantErr"]))
    assert len(outcomes) == 98
    assert all(good for _, good in outcomes), outcomes
