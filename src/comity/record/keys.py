"""Ed25519 keys, with key ids as python-tuf computes them.

Strict: a public key of small order, or not the one encoding of its point, is refused, because under such a key one signature fits many
messages (RFC 8032, section 5.1.3; Chalkias et al., "Taming the many EdDSAs", 2020). Signatures are verified one by one: batches disagree
with single checks on crafted input, and two parliaments must agree.
"""

from __future__ import annotations

import functools

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]  # not in its __all__

from comity.errors import Malformed, Untrusted

_P = 2**255 - 19
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})
SIGNATURE_BYTES = 64


class PublicKey:
    """The public half of an Ed25519 key: 32 bytes, equal and hashable by them."""

    __slots__ = ("_key", "raw")

    def __init__(self, raw: bytes, *, place: str = "") -> None:
        """Raises Malformed unless *raw* is the canonical encoding of a y coordinate, Untrusted if the point has small order."""
        if len(raw) != 32:
            raise Malformed("An Ed25519 public key has 32 bytes.", place=place)
        y = int.from_bytes(raw, "little") & (2**255 - 1)
        if y >= _P:
            raise Malformed("Not the canonical encoding of a public key.", place=place)
        if y in _SMALL_ORDER_Y:
            raise Untrusted("A public key of small order signs everything.", place=place, remedy="Make a new key.")
        self.raw = bytes(raw)
        self._key = Ed25519PublicKey.from_public_bytes(self.raw)

    @property
    def keyid(self) -> str:
        """The key id of python-tuf (``SSlibKey.from_crypto``), 64 hexadecimal digits."""
        return _keyid(self.raw)

    def verify(self, sig: bytes, msg: bytes) -> bool:
        """Whether *sig* (64 bytes) is this key's signature over *msg* (RFC 8032, section 5.1.7, with S below the group order)."""
        try:
            self._key.verify(sig, msg)
        except InvalidSignature:
            return False
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"PublicKey({self.raw.hex()})"


@functools.lru_cache(maxsize=4096)
def _keyid(raw: bytes) -> str:
    return str(SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(raw)).keyid)


class SigningKey:
    """The secret half of an Ed25519 key. Says nothing of itself when printed."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(key.public_key().public_bytes_raw())

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key of 32 secret random bytes (RFC 8032, section 5.1.5)."""
        if len(seed) != 32:
            raise Malformed("A seed has 32 bytes.")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_pem(cls, data: bytes, password: bytes | None) -> SigningKey:
        """The key in PKCS #8 PEM. Raises Malformed if it is none or of another kind, Untrusted if the password is wrong or missing."""
        try:
            key = serialization.load_pem_private_key(data, password)
        except TypeError:
            raise Untrusted(
                "The key file and the password do not go together.", remedy="Give a password if the file is encrypted, else none."
            ) from None
        except ValueError as error:
            if b"ENCRYPTED" in data:
                raise Untrusted("The password does not open this key.", remedy="Type it again.") from None
            raise Malformed("Not a private key in PEM.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise Malformed("Not an Ed25519 key.", remedy="Make one with comity.")
        return cls(key)

    def to_pem(self, password: bytes | None) -> bytes:
        """PKCS #8 PEM, encrypted under *password* unless it is None."""
        cipher = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        return self._key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, cipher)

    def sign(self, msg: bytes) -> bytes:
        """64 bytes, the same each time (RFC 8032, section 5.1.6)."""
        return self._key.sign(msg)

    def __repr__(self) -> str:
        return f"SigningKey(of {self.public.keyid[:8]})"
