"""A parliament's keys: TUF root metadata (TUF specification 1.0, sections 4.3 and 5.3), read through python-tuf, with our own counting.

Rules, beyond python-tuf:

1. Roles: ``targets`` = officers who sign acts, ``snapshot`` = log key, ``timestamp`` = witness key, ``root`` = offline.
2. Ed25519 only, and each key id is the one that ``SSlibKey.from_crypto`` gives to its key.
3. Two key ids with one public key make a root invalid, and so does a key that serves two roles: an Ed25519 cosignature does not name its
   cosigner.
4. ``snapshot`` and ``timestamp`` have threshold 1: a checkpoint line is by one key.
5. Version N + 1 is signed by the thresholds of N and of N + 1.
6. ``expires`` is kept, but never judged by a clock here: an act signed in time stays signed.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from securesystemslib.signer import Signature as TufSignature  # type: ignore[attr-defined]  # not in its __all__
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]  # not in its __all__
from tuf.api.metadata import Metadata, Role, Root  # type: ignore[attr-defined]  # not in its __all__
from tuf.api.serialization.json import CanonicalJSONSerializer

from comity.errors import BadSignature, Malformed, Untrusted
from comity.record.canonical import canonical
from comity.record.keys import PublicKey, SigningKey

ROLES = ("root", "targets", "snapshot", "timestamp")
DEMONSTRATION = "x-comity-demonstration"
"""A field of a root whose keys sign nothing real; signed like the rest, so it cannot be taken off."""
MAX_ROOT_BYTES = 256 * 1024


class KeyRoot:
    """One version of a party's key root, checked in itself. Equal by its bytes."""

    def __init__(
        self, data: bytes, root: Root, signatures: dict[str, bytes], keys: dict[str, dict[str, PublicKey]], message: bytes
    ) -> None:
        self.data = data
        self.fingerprint = hashlib.sha256(data).hexdigest()
        self._root = root
        self._signatures = signatures
        self._keys = keys
        self._message = message

    @classmethod
    def from_bytes(cls, data: bytes, *, place: str = "root") -> KeyRoot:
        """Reads one root that its own root role has signed.

        Raises Malformed if it is no root, Untrusted for a key that is not Ed25519 or counts twice, BadSignature below its own threshold.
        """
        metadata = _read(data, place)
        root = metadata.signed
        keys = {role: _keys_of(root, role, place) for role in ROLES}
        _check_distinct(keys, place)
        for role in ROLES:
            if not 1 <= root.roles[role].threshold <= max(len(keys[role]), 1):
                raise Untrusted("The role {role} has fewer keys than its threshold.", place=place, role=role)
        for role in ("snapshot", "timestamp"):
            if root.roles[role].threshold != 1:
                raise Untrusted("The role {role} has a threshold other than 1.", place=place, role=role)
        signatures = _signatures_of(metadata, place)
        one = cls(data, root, signatures, keys, CanonicalJSONSerializer().serialize(root))
        one._require_signed_by(one, place)
        return one

    @property
    def version(self) -> int:
        return self._root.version

    @property
    def expires(self) -> datetime:
        """Until when the party means these keys to sign; for display."""
        return self._root.expires

    @property
    def demonstration(self) -> bool:
        """Whether these keys say of themselves that they are for demonstration only."""
        return self._root.unrecognized_fields.get(DEMONSTRATION) is True

    def keys_for(self, role: str) -> dict[str, PublicKey]:
        """The keys of one role by key id."""
        return dict(self._keys[role])

    @property
    def officers(self) -> Mapping[str, PublicKey]:
        """The keys that sign acts, by key id, not to be changed."""
        return self._keys["targets"]

    def threshold(self, role: str) -> int:
        return self._root.roles[role].threshold

    def _require_signed_by(self, other: KeyRoot, place: str) -> None:
        keys = other._keys["root"]
        good = {k.raw for i, k in keys.items() if i in self._signatures and k.verify(self._signatures[i], self._message)}
        need = other.threshold("root")
        if len(good) < need:
            raise BadSignature(
                "Root version {version} is signed by {have} of the {need} root keys of version {other} that it needs.",
                place=place,
                remedy="Let the holders of the root keys sign it.",
                version=self.version,
                have=len(good),
                need=need,
                other=other.version,
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyRoot) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        return f"KeyRoot(version {self.version}, {self.fingerprint[:8]})"


def verify_successor(old: KeyRoot, new: KeyRoot, *, place: str = "root") -> None:
    """Raises Untrusted unless *new* is the next version, BadSignature unless the root keys of both have signed it (TUF 5.3.4, 5.3.5)."""
    if new.version != old.version + 1:
        raise Untrusted(
            "Version {new} does not follow version {old}.",
            place=place,
            remedy="Bring the roots in between.",
            new=new.version,
            old=old.version,
        )
    new._require_signed_by(old, place)
    new._require_signed_by(new, place)


def make_root(
    *,
    version: int,
    expires: datetime,
    root: Iterable[PublicKey],
    targets: Iterable[PublicKey],
    snapshot: Iterable[PublicKey],
    timestamp: Iterable[PublicKey],
    signers: Iterable[SigningKey],
    root_threshold: int = 1,
    targets_threshold: int = 1,
    demonstration: bool = False,
) -> bytes:
    """The canonical bytes of a root signed by *signers* (for version N + 1: the root keys of N and of N + 1).

    Not checked here, so that signatures can be gathered one by one with ``add_signatures``; read it with ``KeyRoot.from_bytes``.
    """
    by_role = {"root": list(root), "targets": list(targets), "snapshot": list(snapshot), "timestamp": list(timestamp)}
    thresholds = {"root": root_threshold, "targets": targets_threshold, "snapshot": 1, "timestamp": 1}
    signed = Root(
        version=version,
        expires=expires.astimezone(UTC).replace(microsecond=0),
        keys={key.keyid: _tuf_key(key) for keys in by_role.values() for key in keys},
        roles={role: Role(sorted({key.keyid for key in keys}), thresholds[role]) for role, keys in by_role.items()},
        consistent_snapshot=True,
        unrecognized_fields={DEMONSTRATION: True} if demonstration else None,
    )
    return _write(Metadata(signed, {}), signers)


def add_signatures(data: bytes, signers: Iterable[SigningKey], *, place: str = "root") -> bytes:
    """The same root with further signatures; its fingerprint changes with them."""
    return _write(_read(data, place), signers)


def _write(metadata: Metadata[Root], signers: Iterable[SigningKey]) -> bytes:
    message = CanonicalJSONSerializer().serialize(metadata.signed)
    for key in signers:
        metadata.signatures[key.public.keyid] = TufSignature(key.public.keyid, key.sign(message).hex())
    metadata.signatures = dict(sorted(metadata.signatures.items()))
    return canonical(metadata.to_dict())


def _tuf_key(key: PublicKey) -> SSlibKey:
    return SSlibKey(key.keyid, "ed25519", "ed25519", {"public": key.raw.hex()})


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("duplicate key")
    return result


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _read(data: bytes, place: str) -> Metadata[Root]:
    if len(data) > MAX_ROOT_BYTES:
        raise Malformed("A root of more than {limit} bytes.", place=place, limit=MAX_ROOT_BYTES)
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_float=_no_number, parse_constant=_no_number)
        metadata: Metadata[Any] = Metadata.from_dict(copy.deepcopy(value))
        if metadata.to_dict() != value:
            raise ValueError("python-tuf reads it as something else")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed("Not TUF root metadata.", place=place, remedy="Ask the party for its key root again.") from error
    if not isinstance(metadata.signed, Root):
        raise Malformed("TUF metadata, but not of a root.", place=place)
    return metadata


def _keys_of(root: Root, role: str, place: str) -> dict[str, PublicKey]:
    keys: dict[str, PublicKey] = {}
    for keyid in root.roles[role].keyids:
        key = root.keys.get(keyid)
        here = f"{place}.{role}"
        if key is None:
            raise Malformed("The key {keyid} is listed, but not there.", place=here, keyid=keyid)
        if key.keytype != "ed25519" or key.scheme != "ed25519":
            raise Untrusted("Only Ed25519 keys are taken, not {kind}.", place=here, kind=key.keytype)
        text = key.keyval["public"]
        if len(text) != 64 or text != text.lower():
            raise Malformed("A public key is 64 lower-case hexadecimal digits.", place=here)
        try:
            keys[keyid] = PublicKey(bytes.fromhex(text), place=here)
        except ValueError:
            raise Malformed("A public key is 64 lower-case hexadecimal digits.", place=here) from None
    if not keys:
        raise Untrusted("The role {role} has no key.", place=place, role=role)
    return keys


def _check_distinct(keys: dict[str, dict[str, PublicKey]], place: str) -> None:
    """Distinct public keys have distinct ids, and serve one role each."""
    used: dict[bytes, str] = {}
    for role, of_role in keys.items():
        for keyid, key in of_role.items():
            if key.raw in used:
                raise Untrusted(
                    "One public key counts twice, in {one} and in {two}.",
                    place=place,
                    remedy="Use one key per officer and role.",
                    one=used[key.raw],
                    two=role,
                )
            used[key.raw] = role
            if keyid != key.keyid:
                raise Untrusted("The key id {keyid} is not that of its key.", place=f"{place}.{role}", keyid=keyid)


def _signatures_of(metadata: Metadata[Root], place: str) -> dict[str, bytes]:
    signatures = {}
    for keyid, signature in metadata.signatures.items():
        try:
            signatures[keyid] = bytes.fromhex(signature.signature)
        except ValueError:
            raise Malformed("The signature of {keyid} is not hexadecimal.", place=place, keyid=keyid) from None
    return signatures
