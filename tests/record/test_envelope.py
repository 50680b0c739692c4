"""DSSE signatures, with securesystemslib as the judge that nobody here wrote."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope
from securesystemslib.signer import Key, SSlibKey  # type: ignore[attr-defined]  # not in its __all__

from comity.errors import BadSignature, Malformed
from comity.record.envelope import PAYLOAD_TYPE, Signature, pae, sign, to_dsse, verify
from comity.record.keys import PublicKey
from record.maker import key

OFFICERS = [key(f"officer {number}") for number in range(3)]
KEYS = {one.public.keyid: one.public for one in OFFICERS}


def test_the_signed_bytes_are_those_of_the_specification() -> None:
    assert pae(b"hello world", "http://example.com/HelloWorld") == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@given(st.binary(max_size=100), st.integers(1, 3))
def test_securesystemslib_reads_and_verifies_our_envelopes(payload: bytes, threshold: int) -> None:
    signatures = sign(payload, OFFICERS)
    envelope = Envelope.from_dict(json.loads(to_dsse(payload, signatures)))
    keys: list[Key] = [SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(one.raw)) for one in KEYS.values()]
    assert envelope.payload == payload
    assert envelope.pae() == pae(payload)
    assert verify(payload, signatures, KEYS, threshold) == KEYS.keys()
    assert set(envelope.verify(keys, threshold)) <= KEYS.keys()


def test_signatures_come_sorted_and_once_per_key() -> None:
    signatures = sign(b"act", [*OFFICERS, *reversed(OFFICERS)])
    assert [one.keyid for one in signatures] == sorted(KEYS)


def test_one_public_key_under_two_ids_counts_once() -> None:
    good = sign(b"act", OFFICERS[:1])[0]
    again = Signature("f" * 64, good.sig)
    keys: dict[str, PublicKey] = {good.keyid: OFFICERS[0].public, "f" * 64: OFFICERS[0].public}
    with pytest.raises(BadSignature, match=r"^signatures\[1\]"):
        verify(b"act", [good, again], keys, 2)


@pytest.mark.parametrize(
    ("signatures", "threshold", "place"),
    [
        ([], 1, "signatures"),
        (sign(b"act", OFFICERS[:1]), 2, "signatures"),
        (sign(b"act", OFFICERS[:1]) * 2, 1, r"signatures\[1\]"),
        (sign(b"other", OFFICERS[:1]), 1, r"signatures\[0\]"),
        ([*sign(b"act", OFFICERS[:2]), *sign(b"other", OFFICERS[2:])], 1, r"signatures\[2\]"),
        ([*sign(b"act", OFFICERS[:2]), *sign(b"act", [key("stranger")])], 1, r"signatures\[2\]"),
        (sign(b"act", OFFICERS), 0, "signatures"),
    ],
)
def test_too_few_unknown_repeated_or_bad_signatures_refuse_the_whole(signatures: list[Signature], threshold: int, place: str) -> None:
    with pytest.raises(BadSignature, match=f"^{place}: "):
        verify(b"act", signatures, KEYS, threshold)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"keyid": "0" * 64},
        {"keyid": "0" * 63, "sig": "A" * 86 + "=="},
        {"keyid": "F" * 64, "sig": "A" * 86 + "=="},
        {"keyid": "0" * 64, "sig": "A" * 85 + "B=="},
        {"keyid": "0" * 64, "sig": "A" * 86},
        {"keyid": "0" * 64, "sig": "A" * 84},
        {"keyid": "0" * 64, "sig": "_" * 86 + "=="},
        {"keyid": "0" * 64, "sig": "A" * 86 + "==", "more": ""},
        {"keyid": "0" * 64, "sig": 7},
    ],
)
def test_signatures_in_another_spelling_are_refused(value: object) -> None:
    with pytest.raises(Malformed):
        Signature.from_json(value, place="here")


def test_the_payload_type_is_that_of_in_toto() -> None:
    assert json.loads(to_dsse(b"", []))["payloadType"] == PAYLOAD_TYPE == "application/vnd.in-toto+json"
