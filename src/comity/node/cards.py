"""Introduction cards: what two nodes exchange in person before they can work together.

A card carries a party's first key root, the key of its transport and where it can be reached. Its fingerprint is read aloud or printed in
the founding minutes.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from comity.errors import Malformed
from comity.record.keys import PublicKey
from comity.record.root import KeyRoot
from comity.terms.fields import Fields
from comity.terms.ids import digest
from comity.terms.names import Name, read_names

FORMAT = "comity-card/1"
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,198}[a-z0-9])?")
_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.:\[\]-]{1,250}")
_LOOPBACK = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Card:
    """One node's introduction. ``address`` is empty if it can be reached by pouch only; ``certificate`` is the pinned TLS certificate
    (PEM).
    """

    host: str
    party: str
    names: tuple[Name, ...]
    chambers: list[dict[str, Any]]
    root: bytes
    transport: PublicKey
    address: str
    certificate: str
    demonstration: bool

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the first key root: what two people compare."""
        return digest(self.root)

    def to_json(self) -> str:
        body = {
            "format": FORMAT,
            "host": self.host,
            "party": self.party,
            "names": [{"text": n.text, "lang": n.lang} | ({"side": n.side} if n.side else {}) for n in self.names],
            "chambers": self.chambers,
            "root": base64.b64encode(self.root).decode(),
            "transport": base64.b64encode(self.transport.raw).decode(),
            "demonstration": self.demonstration,
        }
        if self.address:
            body["address"] = self.address
        if self.certificate:
            body["certificate"] = self.certificate
        return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


@lru_cache(maxsize=64)
def kept_card(text: str) -> Card:
    """A card that this node has kept, parsed once: every request of a peer asks for it."""
    return read_card(text.encode())


def read_card(data: bytes) -> Card:
    """Parse a card as it came, distrusting every byte; raises :class:`Malformed` or another :class:`ComityError` with its place."""
    if len(data) > 262_144:
        raise Malformed("A card is never that large.", place="card")
    try:
        raw = json.loads(data.decode("utf-8"))
    except ValueError:
        raise Malformed("The card is not JSON in UTF-8.", place="card", remedy="Ask for the card again.") from None
    f = Fields(raw, "card")
    f.choice("format", (FORMAT,))
    chambers = raw.get("chambers", [])
    f.list("chambers", lambda c: (c.text("key"), read_names(c)), most=10)
    card = Card(
        host=f.text("host", pattern=HOST),
        party=f.party("party"),
        names=read_names(f),
        chambers=chambers,
        root=base64.b64decode(f.text("root", pattern=_BASE64, most=200_000)),
        transport=PublicKey(base64.b64decode(f.text("transport", pattern=_BASE64))),
        address=f.optional("address", lambda n: f.text(n, pattern=_ADDRESS)) or "",
        certificate=f.optional("certificate", lambda n: f.text(n, most=20_000)) or "",
        demonstration=f.optional("demonstration", f.flag) or False,
    )
    f.done()
    KeyRoot.from_bytes(card.root)
    if card.address.startswith("http://") and not _LOOPBACK.fullmatch(card.address):
        raise Malformed(
            "Beyond this machine, peers are reached by TLS only.", place="card.address", remedy="Use https and a pinned certificate."
        )
    return card
