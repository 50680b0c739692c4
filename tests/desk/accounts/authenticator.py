"""A passkey in memory: registers with a user, and answers what a page asks (WebAuthn Level 2, sections 6 and 7; attestation "none")."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.auth.models import AbstractBaseUser
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT_AND_VERIFIED, ATTESTED = 0x05, 0x40


class Passkey:
    """One key pair for one host."""

    def __init__(self, host: str = "testserver") -> None:
        self._host, self._key, self._id, self._count = host, ec.generate_private_key(ec.SECP256R1()), b"credential-1".ljust(16), 0

    def _data(self, more: bytes = b"", flags: int = PRESENT_AND_VERIFIED) -> bytes:
        self._count += 1
        return sha256(self._host.encode()).digest() + bytes([flags]) + self._count.to_bytes(4, "big") + more

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": f"http://{self._host}"}).encode()

    def register(self, user: AbstractBaseUser) -> None:
        """Put this key where allauth keeps registered ones."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self._key.public_key())))
        attested = bytes(16) + len(self._id).to_bytes(2, "big") + self._id + public
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(attested, PRESENT_AND_VERIFIED | ATTESTED)})
        said = {
            "id": websafe_encode(self._id),
            "rawId": websafe_encode(self._id),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(self._client("webauthn.create", "eA")),
                "attestationObject": websafe_encode(attestation),
            },
            "clientExtensionResults": {},
        }
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "a key", "credential": said})

    def answer(self, asked: dict[str, Any]) -> str:
        """What a browser sends back."""
        challenge = asked["publicKey"]["challenge"]
        data, client = self._data(), self._client("webauthn.get", challenge)
        signature = self._key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return json.dumps(
            {
                "id": websafe_encode(self._id),
                "rawId": websafe_encode(self._id),
                "type": "public-key",
                "response": {
                    "clientDataJSON": websafe_encode(client),
                    "authenticatorData": websafe_encode(data),
                    "signature": websafe_encode(signature),
                    "userHandle": None,
                },
                "clientExtensionResults": {},
            }
        )
