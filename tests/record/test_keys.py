"""Ed25519 keys."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]  # not in its __all__

from comity.errors import Malformed, Untrusted
from comity.record.keys import PublicKey, SigningKey
from record.maker import key
from record.vectors import vectors

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P


def test_every_wycheproof_case_has_the_outcome_it_names() -> None:
    groups = json.loads(vectors("wycheproof/ed25519_test.json").read_text())["testGroups"]
    checked = 0
    for group in groups:
        public = PublicKey(bytes.fromhex(group["publicKey"]["pk"]))
        for case in group["tests"]:
            verified = public.verify(bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
            assert verified == (case["result"] == "valid"), case["tcId"]
            checked += 1
    assert checked == 151


def test_the_key_id_is_that_of_python_tuf() -> None:
    public = key("any").public
    assert public.keyid == SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(public.raw)).keyid


def small_order_points() -> list[int]:
    """The y coordinates of the points of order 1, 2, 4 and 8, computed here: 8 * P is the neutral element for these only."""

    def double(point: tuple[int, int]) -> tuple[int, int]:
        x, y = point
        product = D * x * x * y * y % P
        return 2 * x * y * pow(1 + product, P - 2, P) % P, (y * y + x * x) * pow(1 - product, P - 2, P) % P

    def x_of(y: int) -> int | None:
        square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
        root = pow(square, (P + 3) // 8, P)
        root = root if root * root % P == square else root * pow(2, (P - 1) // 4, P) % P
        return root if root * root % P == square else None

    order_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    candidates = [0, 1, P - 1, int.from_bytes(order_8, "little"), P - int.from_bytes(order_8, "little")]
    for y in candidates:
        x = x_of(y)
        assert x is not None
        point = (x, y)
        for _ in range(3):
            point = double(point)
        assert point == (0, 1)
    return candidates


def test_keys_of_small_order_are_refused_with_either_sign() -> None:
    for y in small_order_points():
        for sign in (0, 1):
            with pytest.raises(Untrusted):
                PublicKey((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("raw", [b"", b"\x00" * 31, b"\x00" * 33, P.to_bytes(32, "little"), (P + 1).to_bytes(32, "little"), b"\xff" * 32])
def test_keys_of_a_wrong_length_or_a_second_spelling_are_refused(raw: bytes) -> None:
    with pytest.raises(Malformed):
        PublicKey(raw)


@given(st.binary(max_size=64), st.integers(0, 511))
def test_a_signature_verifies_and_with_any_bit_flipped_does_not(message: bytes, bit: int) -> None:
    signing = key("signer")
    signature = bytearray(signing.sign(message))
    assert signing.public.verify(bytes(signature), message)
    signature[bit // 8] ^= 1 << bit % 8
    assert not signing.public.verify(bytes(signature), message)


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_of_another_length_does_not_verify(length: int) -> None:
    assert not key("signer").public.verify(bytes(length), b"")


def test_a_key_file_opens_with_its_password_only() -> None:
    signing = key("signer")
    sealed = signing.to_pem(b"correct horse")
    assert SigningKey.from_pem(sealed, b"correct horse").public == signing.public
    assert SigningKey.from_pem(signing.to_pem(None), None).public == signing.public
    for password in (b"wrong", None):
        with pytest.raises(Untrusted):
            SigningKey.from_pem(sealed, password)
    with pytest.raises(Malformed):
        SigningKey.from_pem(b"nothing", None)


def test_a_secret_key_does_not_show_when_printed() -> None:
    signing = SigningKey.from_seed(b"s" * 32)
    assert "73" * 8 not in repr(signing)
    assert signing.to_pem(None).decode().splitlines()[1] not in repr(signing)


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(Malformed):
        SigningKey.from_seed(b"short")
