"""How nodes know each other's requests: a detached Ed25519 signature by the transport key that was exchanged in person.

Header ``Comity-Request: <host>;<unix seconds>;<nonce, 32 hex>;<base64 signature>`` over the lines of :func:`request_bytes`. It
authenticates who asks; what is answered is verified by the record's own signatures.
"""

from __future__ import annotations

import base64
import binascii
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

from comity.errors import Untrusted
from comity.record.keys import PublicKey, SigningKey

HEADER = "Comity-Request"
SKEW = 300  # seconds that two clocks may differ


def request_bytes(method: str, path: str, server: str, host: str, time: int, nonce: str, body: bytes) -> bytes:
    """What is signed. ``path`` is the path with its query, ``server`` the host-like name of the node that is asked."""
    lines = ("comity-request/1", method, path, server, host, str(time), nonce, sha256(body).hexdigest())
    return "\n".join(lines).encode()


def sign_request(key: SigningKey, method: str, path: str, *, server: str, host: str, time: int, nonce: str, body: bytes = b"") -> str:
    signature = key.sign(request_bytes(method, path, server, host, time, nonce, body))
    return f"{host};{time};{nonce};{base64.b64encode(signature).decode()}"


class Gate:
    """Checks peers' requests and remembers their nonces for as long as they could be replayed."""

    def __init__(self, server: str, key_of: Callable[[str], PublicKey | None], *, remember: int = 20_000) -> None:
        self._server = server
        self._key_of = key_of
        self._nonces: OrderedDict[str, None] = OrderedDict()
        self._remember = remember

    def check(self, header: str, method: str, path: str, body: bytes, now: int) -> str:
        """The host-like name of the peer that asks; raises :class:`Untrusted`."""
        parts = header.split(";")
        if len(parts) != 4 or not parts[1].isascii() or not parts[1].isdigit() or len(parts[1]) > 12 or len(parts[2]) != 32:
            raise Untrusted("The request is not signed.", place=HEADER, remedy="Peers sign every request with their transport key.")
        host, time, nonce, encoded = parts[0], int(parts[1]), parts[2], parts[3]
        key = self._key_of(host)
        if key is None:
            raise Untrusted(
                "{host!r} has not been introduced to this node.", place=HEADER, remedy="Exchange introduction cards in person.", host=host
            )
        if abs(now - time) > SKEW:
            raise Untrusted(
                "The request is {seconds} seconds away from this node's clock.",
                place=HEADER,
                remedy="Set both clocks.",
                seconds=abs(now - time),
            )
        try:
            signature = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise Untrusted("The signature is not base64.", place=HEADER) from None
        if not key.verify(signature, request_bytes(method, path, self._server, host, time, nonce, body)):
            raise Untrusted("The signature does not verify.", place=HEADER, remedy="Exchange introduction cards again.")
        if nonce in self._nonces:
            raise Untrusted("The request was replayed.", place=HEADER)
        self._nonces[nonce] = None
        while len(self._nonces) > self._remember:
            self._nonces.popitem(last=False)
        return host
