"""Offline proofs of inclusion."""

from __future__ import annotations

import dataclasses

import pytest

from comity.errors import BadProof, BadSignature, ComityError, Malformed
from comity.record.cosignature import cosign, merge, witness_name, witness_verifier
from comity.record.merkle import inclusion_proof, leaf_hash
from comity.record.tiles import hash_levels, levels_of
from comity.record.tlogproof import LogProof
from record.maker import Side

SIDE = Side("arvena")
for _ in range(11):
    SIDE.append(f"act {len(SIDE.entries)}".encode())
SOURCE = hash_levels(levels_of([leaf_hash(one) for one in SIDE.entries]))
WITNESS = witness_verifier(SIDE.origin, SIDE.role("witness").public)
NOTE = merge(SIDE.checkpoint(), cosign(SIDE.checkpoint(), witness_name(SIDE.origin), SIDE.role("witness"), 9), [WITNESS])
PROOF = LogProof(6, tuple(inclusion_proof(6, 11, SOURCE)), NOTE)
KEY = SIDE.role("log").public


@pytest.mark.parametrize("extra", [None, b"", b"context"])
def test_a_proof_reads_back_and_verifies(extra: bytes | None) -> None:
    text = dataclasses.replace(PROOF, extra=extra).to_str()
    read = LogProof.parse(text)
    assert read.to_str() == text
    assert read.extra == extra
    assert read.verify(SIDE.entries[6], SIDE.origin, KEY, [WITNESS]).size == 11


def test_a_proof_of_the_only_entry_has_no_hashes() -> None:
    only = Side("kelmor")
    only.append(b"act")
    proof = LogProof.parse(LogProof(0, (), only.checkpoint()).to_str())
    assert proof.verify(only.entries[0], only.origin, only.role("log").public).size == 1


def test_another_entry_index_key_or_a_missing_cosignature_is_refused() -> None:
    with pytest.raises(BadProof):
        PROOF.verify(SIDE.entries[5], SIDE.origin, KEY)
    with pytest.raises(BadProof):
        dataclasses.replace(PROOF, index=5).verify(SIDE.entries[6], SIDE.origin, KEY)
    with pytest.raises(BadSignature):
        PROOF.verify(SIDE.entries[6], SIDE.origin, SIDE.role("witness").public)
    with pytest.raises(BadSignature, match="Not cosigned"):
        dataclasses.replace(PROOF, checkpoint=SIDE.checkpoint()).verify(SIDE.entries[6], SIDE.origin, KEY, [WITNESS])


TEXT = PROOF.to_str()


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.replace("@v1", "@v2"),
        TEXT.replace("index 6\n", ""),
        TEXT.replace("index 6", "index 06"),
        TEXT.replace("index 6", "index 6 "),
        TEXT.replace("index 6", "index 6\nextra AA=="),
        TEXT.replace("index 6", "extra AB==\nindex 6"),
        TEXT.split("\n\n")[0] + "\n",
        TEXT.replace("=\n", "\n", 1),
        "\n" + TEXT,
        TEXT.replace("index 6", "index 6\n" + "\n".join(["A" * 43 + "="] * 64)),
    ],
    ids=range(11),
)
def test_proofs_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(Malformed):
        LogProof.parse(text)


def test_a_proof_with_any_bit_of_its_hashes_flipped_is_refused() -> None:
    for number, hash_ in enumerate(PROOF.proof):
        for bit in (0, 100, 255):
            flipped = bytearray(hash_)
            flipped[bit // 8] ^= 1 << bit % 8
            proof = (*PROOF.proof[:number], bytes(flipped), *PROOF.proof[number + 1 :])
            with pytest.raises(ComityError):
                dataclasses.replace(PROOF, proof=proof).verify(SIDE.entries[6], SIDE.origin, KEY)
