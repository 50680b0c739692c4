"""The one narrow interface to the network (python-tuf's Fetcher): signed requests to a peer, size-capped answers, every foreign error
wrapped.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from typing import Protocol
from urllib.parse import quote, urlsplit

import httpx2

from comity.errors import ComityError, Malformed, PeerTrouble
from comity.node.auth import HEADER, sign_request
from comity.node.cards import Card
from comity.record.keys import SigningKey

CAPS = (("files/", 100 << 20), ("acts/", 1 << 20), ("logs/", 17 << 20), ("roots/", 1 << 18))
DEFAULT_CAP = 4 << 20


class Fetcher(Protocol):
    """Asks one peer for bytes."""

    def get(self, path: str) -> bytes: ...
    def post(self, path: str, body: bytes) -> tuple[int, bytes]: ...


class PeerFetcher:
    """HTTP to one peer. Its TLS certificate is pinned: the one on its card is the only authority that is accepted."""

    def __init__(
        self, card: Card, *, host: str, key: SigningKey, now: Callable[[], int], entropy: Callable[[int], bytes], timeout: float = 10.0
    ) -> None:
        self._card, self._host, self._key, self._now, self._entropy = card, host, key, now, entropy
        verify: ssl.SSLContext | bool = True
        if card.certificate:
            verify = ssl.create_default_context(cadata=card.certificate)
        self._client = httpx2.Client(timeout=timeout, verify=verify, follow_redirects=False, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def get(self, path: str) -> bytes:
        """The body of a 200 answer; raises :class:`PeerTrouble`, or :class:`ComityError` if the peer says that there is nothing."""
        status, body = self._ask("GET", path, b"")
        if status == 404:
            raise ComityError("The other side has nothing at this path.", place=path)
        if status != 200:
            raise PeerTrouble("The other side answered {status}.", place=path, remedy="It is asked again later.", status=status)
        return body

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        cap = next((c for part, c in CAPS if f"/{part}" in path), DEFAULT_CAP)
        path = quote(path, safe="/+.~-_?=&")
        signed = sign_request(
            self._key, method, path, server=self._card.host, host=self._host, time=self._now(), nonce=self._entropy(16).hex(), body=body
        )
        try:
            with self._client.stream(method, self._card.address + path, content=body or None, headers={HEADER: signed}) as answer:
                received = bytearray()
                for chunk in answer.iter_bytes():
                    received += chunk
                    if len(received) > cap:
                        raise PeerTrouble("The answer is larger than {cap} bytes.", place=path, remedy="Nothing of it was taken.", cap=cap)
                return answer.status_code, bytes(received)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise _trouble(error, urlsplit(self._card.address).netloc) from error


def _trouble(error: Exception, where: str) -> PeerTrouble:
    """A failed request as a sentence for the people of this node."""
    again = "It is tried again by itself."
    if isinstance(error, httpx2.TimeoutException):
        return PeerTrouble("The other side cannot be reached: it did not answer in time.", place=where, remedy=again)
    if isinstance(error.__cause__ or error, ssl.SSLError) or "CERTIFICATE" in str(error):
        return PeerTrouble(
            "The other side shows another certificate than the one on its card.", place=where, remedy="Ask it for its present card."
        )
    if isinstance(error, httpx2.ConnectError):
        return PeerTrouble("The other side cannot be reached: nothing answers at its address.", place=where, remedy=again)
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return PeerTrouble("The address on the other side's card cannot be used.", place=where, remedy="Ask it for its present card.")
    return PeerTrouble("The other side cannot be reached: the connection broke off.", place=where, remedy=again)


class PeerReader:
    """A record's folder at a peer, read path by path: as a party is shown it, or as the public is."""

    def __init__(self, fetcher: Fetcher, mechanism: str, *, public: bool = False) -> None:
        self._fetcher, self._base = fetcher, f"/record/{mechanism}/" if public else f"/exchange/1/record/{mechanism}/"

    def read(self, path: str) -> bytes:
        return self._fetcher.get(self._base + path)

    def paths(self) -> list[str]:
        """Only the checkpoints of second branches of forked logs; everything else is found from ``comity.json``."""
        try:
            listed = json.loads(self._fetcher.get(self._base + "forks.json"))
        except ValueError:
            raise Malformed("The list of forks is not readable.", place=self._base) from None
        if not isinstance(listed, list) or not all(isinstance(path, str) for path in listed):
            raise Malformed("The list of forks is not readable.", place=self._base)
        return listed
