"""Signatures over an act's bytes, as in DSSE (Dead Simple Signing Envelope, protocol v1.0.2).

1. What is signed is ``PAE(payloadType, payload)``, never the payload alone.
2. One party's signatures are checked against that party's keys and threshold; parties are never counted together.
3. What is counted are distinct public keys. Two key ids with one key count once (secure-systems-lab/dsse#51).
4. Every listed signature is by a known key and verifies; one that does not refuses the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.errors import BadSignature, Malformed
from comity.record.canonical import canonical
from comity.record.encoding import b64decode, b64encode, check_sha256
from comity.record.keys import SIGNATURE_BYTES, PublicKey, SigningKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MAX_SIGNATURES = 64


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: the id of its key and 64 bytes."""

    keyid: str
    sig: bytes

    def to_json(self) -> dict[str, str]:
        return {"keyid": self.keyid, "sig": b64encode(self.sig)}

    @classmethod
    def from_json(cls, value: object, *, place: str) -> Signature:
        """Raises Malformed unless *value* is ``{"keyid": <64 hex>, "sig": <base64 of 64 bytes>}``."""
        if not isinstance(value, dict) or value.keys() != {"keyid", "sig"} or not isinstance(value["sig"], str):
            raise Malformed("A signature has keyid and sig, and nothing else.", place=place)
        keyid = check_sha256(value["keyid"], place=f"{place}.keyid")
        return cls(keyid, b64decode(value["sig"], place=f"{place}.sig", length=SIGNATURE_BYTES))


def pae(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """The bytes that are signed: ``"DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload`` (DSSE protocol, "Signature definition")."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign(payload: bytes, keys: Iterable[SigningKey]) -> list[Signature]:
    """One signature over *payload* by each of *keys*, sorted by key id; a key given twice signs once."""
    message = pae(payload)
    by_id = {key.public.keyid: key for key in keys}
    return [Signature(keyid, by_id[keyid].sign(message)) for keyid in sorted(by_id)]


def verify(
    payload: bytes, signatures: Sequence[Signature], keys: Mapping[str, PublicKey], threshold: int, *, place: str = "signatures"
) -> frozenset[str]:
    """The ids of the keys that signed *payload*, one per distinct public key, at least *threshold* of them.

    Raises BadSignature, naming the place, for an unknown key id, a key id listed twice, one public key under two ids, a signature that does
    not verify, or too few keys.
    """
    if threshold < 1:
        raise BadSignature("A threshold of {threshold} proves nothing.", place=place, threshold=threshold)
    message = pae(payload)
    signed: dict[bytes, str] = {}
    for number, signature in enumerate(signatures):
        here = f"{place}[{number}]"
        key = keys.get(signature.keyid)
        if key is None:
            raise BadSignature("Signed by the unknown key {keyid}.", place=here, keyid=signature.keyid)
        if key.raw in signed:
            raise BadSignature("The key {keyid} is counted already.", place=here, keyid=signature.keyid)
        if not key.verify(signature.sig, message):
            raise BadSignature("The signature of {keyid} does not verify.", place=here, keyid=signature.keyid)
        signed[key.raw] = signature.keyid
    if len(signed) < threshold:
        raise BadSignature(
            "{have} of {need} signatures.", place=place, remedy="Ask the missing officers to sign.", have=len(signed), need=threshold
        )
    return frozenset(signed.values())


def to_dsse(payload: bytes, signatures: Iterable[Signature]) -> bytes:
    """The JSON envelope that other DSSE tools read, in canonical form (DSSE envelope v1.0.0)."""
    return canonical(
        {"payload": b64encode(payload), "payloadType": PAYLOAD_TYPE, "signatures": [signature.to_json() for signature in signatures]}
    )
