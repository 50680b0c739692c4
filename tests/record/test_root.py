"""A party's key roots, with python-tuf as the judge that nobody here wrote."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tuf.api.metadata import Metadata

from comity.errors import BadSignature, ComityError, Malformed, Untrusted
from comity.record.canonical import canonical
from comity.record.keys import SigningKey
from comity.record.root import ROLES, KeyRoot, add_signatures, make_root, verify_successor
from record.maker import key

ROOT, NEXT_ROOT, LOG, WITNESS = key("root"), key("next root"), key("log"), key("witness")
OFFICERS = [key(f"officer {number}") for number in range(3)]


def made(signers: list[SigningKey], **changes: Any) -> bytes:
    plan: dict[str, Any] = {
        "version": 1,
        "expires": datetime(2030, 1, 1, tzinfo=UTC),
        "root": [ROOT.public],
        "targets": [one.public for one in OFFICERS],
        "snapshot": [LOG.public],
        "timestamp": [WITNESS.public],
        "targets_threshold": 2,
    }
    return make_root(**(plan | changes), signers=signers)


def tampered(change: Any) -> bytes:
    """A root whose signed part was changed, then signed anew, so that only the change is wrong."""
    value = json.loads(made([ROOT]))
    change(value["signed"])
    return canonical({"signatures": [], "signed": value["signed"]})


def test_a_root_gives_the_keys_and_thresholds_of_its_roles() -> None:
    root = KeyRoot.from_bytes(made([ROOT]))
    assert root.version == 1
    assert root.keys_for("targets") == {one.public.keyid: one.public for one in OFFICERS} == root.officers
    assert [root.threshold(role) for role in ROLES] == [1, 2, 1, 1]
    assert root.keys_for("snapshot") == {LOG.public.keyid: LOG.public}


def test_python_tuf_verifies_a_root_made_here() -> None:
    metadata: Metadata[Any] = Metadata.from_bytes(made([ROOT]))
    metadata.verify_delegate("root", metadata)


def test_an_expired_root_still_speaks() -> None:
    assert KeyRoot.from_bytes(made([ROOT], expires=datetime(1999, 1, 1, tzinfo=UTC))).expires.year == 1999


def test_a_root_below_its_own_threshold_is_refused_until_the_second_holder_signs() -> None:
    data = made([ROOT], root=[ROOT.public, NEXT_ROOT.public], root_threshold=2)
    with pytest.raises(BadSignature):
        KeyRoot.from_bytes(data)
    assert KeyRoot.from_bytes(add_signatures(data, [NEXT_ROOT])).threshold("root") == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"targets": [OFFICERS[0].public, LOG.public]},
        {"timestamp": [LOG.public]},
        {"root": [ROOT.public, OFFICERS[0].public]},
        {"targets_threshold": 4},
        {"targets": [], "targets_threshold": 1},
        {"snapshot": []},
    ],
    ids=["officer is log", "witness is log", "root is officer", "threshold above keys", "no officers", "no log key"],
)
def test_a_key_in_two_roles_and_a_role_that_cannot_sign_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Untrusted):
        KeyRoot.from_bytes(made([ROOT], **changes))


def test_one_public_key_under_two_ids_is_refused() -> None:
    def second_id(signed: dict[str, Any]) -> None:
        keyid = OFFICERS[0].public.keyid
        signed["keys"]["f" * 64] = signed["keys"][keyid]
        signed["roles"]["targets"]["keyids"].append("f" * 64)

    with pytest.raises(Untrusted, match="counts twice"):
        KeyRoot.from_bytes(tampered(second_id))


def test_a_key_under_an_id_that_is_not_its_own_is_refused() -> None:
    def rename(signed: dict[str, Any]) -> None:
        keyid = OFFICERS[0].public.keyid
        signed["keys"]["f" * 64] = signed["keys"].pop(keyid)
        signed["roles"]["targets"]["keyids"] = ["f" * 64, OFFICERS[1].public.keyid]

    with pytest.raises(Untrusted, match="not that of its key"):
        KeyRoot.from_bytes(tampered(rename))


def test_keys_of_other_kinds_are_refused() -> None:
    def rsa(signed: dict[str, Any]) -> None:
        signed["keys"][LOG.public.keyid] |= {"keytype": "rsa", "scheme": "rsassa-pss-sha256"}

    with pytest.raises(Untrusted, match="Ed25519"):
        KeyRoot.from_bytes(tampered(rsa))


def duplicate_version(data: bytes) -> bytes:
    return data.replace(b'"version":1', b'"version":1,"version":1')


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        duplicate_version(made([ROOT])),
        made([ROOT]).replace(b'"version":1', b'"version":1.0'),
        made([ROOT]).replace(LOG.public.raw.hex().encode(), LOG.public.raw.hex().upper().encode()),
        made([ROOT]) + b" " * 300_000,
    ],
    ids=["empty", "no fields", "not UTF-8", "deep", "duplicate key", "float", "upper case", "large"],
)
def test_what_is_no_root_is_refused(data: bytes) -> None:
    with pytest.raises((Malformed, Untrusted, BadSignature)):
        KeyRoot.from_bytes(data, place="here")


def test_a_changed_root_is_refused() -> None:
    with pytest.raises(ComityError):
        KeyRoot.from_bytes(made([ROOT]).replace(b"2030-01-01", b"2031-01-01"))


def test_the_next_root_needs_the_root_keys_of_both_versions() -> None:
    old = KeyRoot.from_bytes(made([ROOT]))
    both = KeyRoot.from_bytes(made([ROOT, NEXT_ROOT], version=2, root=[NEXT_ROOT.public]))
    verify_successor(old, both)
    new_only = KeyRoot.from_bytes(made([NEXT_ROOT], version=2, root=[NEXT_ROOT.public]))
    with pytest.raises(BadSignature):
        verify_successor(old, new_only)


@pytest.mark.parametrize("version", [1, 3])
def test_a_root_that_skips_or_repeats_a_version_is_refused(version: int) -> None:
    with pytest.raises(Untrusted):
        verify_successor(KeyRoot.from_bytes(made([ROOT])), KeyRoot.from_bytes(made([ROOT], version=version)))


def test_a_demonstrations_keys_say_so_under_their_own_signature() -> None:
    keys = [SigningKey.from_seed(bytes([n]) * 32) for n in range(1, 5)]
    roles = dict(zip(("root", "targets", "snapshot", "timestamp"), ([k.public] for k in keys), strict=True))
    data = make_root(version=1, expires=datetime(2029, 1, 1, tzinfo=UTC), signers=[keys[0]], demonstration=True, **roles)
    assert KeyRoot.from_bytes(data).demonstration
    with pytest.raises(ComityError):
        KeyRoot.from_bytes(data.replace(b'"x-comity-demonstration":true', b'"x-comity-demonstration":false'))
