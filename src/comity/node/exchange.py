"""Exchange with peers: one worker per node that pulls from each peer, tells it when there is news, and never blocks the desk.

A round with one peer: ask which mechanisms it shares with us, read each record through the same receiver as a pouch. What is judged on the
way is cosigned, and the peer's copies of our checkpoints bring its cosignatures. What fails is noted with its time and reason, and tried
again with growing pauses; the other peers are not kept waiting.
"""

from __future__ import annotations

import fcntl
import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from comity.errors import ComityError, Malformed, PeerTrouble
from comity.node.cards import Card, read_card
from comity.node.fetcher import Fetcher, PeerFetcher, PeerReader
from comity.node.node import Node
from comity.terms.ids import is_digest

log = logging.getLogger("comity.exchange")

PAUSES = (2, 2, 5, 10, 30, 60)  # seconds between tries after so many failures
MAX_MECHANISMS = 1000


class Exchange:
    """The rounds with all peers of a node."""

    def __init__(self, node: Node, make_fetcher: Callable[[Card], Fetcher] | None = None) -> None:
        self._node = node
        self._make = make_fetcher or self._http
        self._fetchers: dict[str, tuple[str, Fetcher]] = {}
        self._failures: dict[str, int] = {}
        self._next: dict[str, int] = {}

    def _http(self, card: Card) -> Fetcher:
        node = self._node
        return PeerFetcher(card, host=node.host, key=node.custody.key("transport"), now=node.now, entropy=node.entropy)

    def _fetcher(self, card: Card, raw: str) -> Fetcher:
        if card.host not in self._fetchers or self._fetchers[card.host][0] != raw:
            self._fetchers[card.host] = (raw, self._make(card))
        return self._fetchers[card.host][1]

    def round(self, *, at_once: bool = False, tell: bool = False) -> int:
        """One round with every peer that is due; returns how many new entries arrived. ``tell`` wakes the peers afterwards."""
        arrived = 0
        for peer in self._node.store.peers():
            if peer["paused"] or not peer["address"]:
                continue
            host, now = str(peer["host"]), self._node.now()
            if not at_once and now < self._next.get(host, 0):
                continue
            arrived += self._with(peer, host, now, tell)
        return arrived

    def _with(self, peer: Any, host: str, now: int, tell: bool) -> int:
        card = read_card(str(peer["card"]).encode())
        arrived = 0
        try:
            fetcher = self._fetcher(card, str(peer["card"]))
            public = not self._node.party  # an observer is introduced to nobody, and reads what everybody may
            if tell and not public:
                fetcher.post("/exchange/1/wake", b"")
            for mechanism in _shared(fetcher.get("/record/shared" if public else "/exchange/1/shared")):
                arrived += self._node.receive(PeerReader(fetcher, mechanism, public=public), source=host).entries
        except ComityError as error:
            count = self._failures.get(host, 0) + 1
            self._failures[host] = count
            self._next[host] = now + PAUSES[min(count, len(PAUSES)) - 1]
            self._node.store.note_peer(str(peer["root"]), last_tried=now, trouble=error.to_json())
            return arrived
        self._failures.pop(host, None)
        self._next.pop(host, None)
        if peer["trouble"] or arrived or now - int(peer["last_reached"] or 0) > 5:
            self._node.store.note_peer(str(peer["root"]), last_tried=now, last_reached=now, trouble=None)
        return arrived


def _shared(body: bytes) -> list[str]:
    try:
        raw = json.loads(body)
        mechanisms = raw["mechanisms"]
        if not isinstance(mechanisms, list) or len(mechanisms) > MAX_MECHANISMS or not all(is_digest(m) for m in mechanisms):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Malformed("The list of shared mechanisms is not readable.", place="exchange/1/shared") from None
    return mechanisms


class Worker:
    """The thread that keeps exchanging; only one per node's folder, whoever starts it."""

    def __init__(self, node: Node, *, every: float = 2.0) -> None:
        self._node, self._every = node, every
        self._wake, self._stop, self._news = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="comity-exchange", daemon=True)
        self._lock_file: Any = None

    def start(self) -> bool:
        """Start unless another process of this node exchanges already."""
        self._lock_file = (self._node.home.folder / "exchange.lock").open("w")
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock_file.close()
            return False
        self._node.nudges.append(self.news)
        self._thread.start()
        return True

    def news(self) -> None:
        """There is something for the peers."""
        self._news.set()
        self._wake.set()

    def wake(self) -> None:
        """A peer says that it has something for us."""
        self._wake.set()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=15)

    def _run(self) -> None:
        exchange = Exchange(self._node)
        while not self._stop.is_set():
            woken = self._wake.wait(self._every)
            self._wake.clear()
            tell = self._news.is_set()
            self._news.clear()
            if self._stop.is_set():
                return
            try:
                if exchange.round(at_once=woken, tell=tell):
                    self._news.set()  # what we judged and cosigned is news to the one who sent it
                    self._wake.set()
            except PeerTrouble:
                continue
            except Exception:
                log.exception("a round of the exchange failed; the next one starts afresh")
