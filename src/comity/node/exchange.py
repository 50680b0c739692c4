"""Exchange with peers: one worker per node that pulls from each peer, tells it when there is news, and never blocks the desk.

A round with one peer: ask which mechanisms it shares with us, read each record through the same receiver as a pouch. What is judged on the
way is cosigned, and the peer's copies of our checkpoints bring its cosignatures. With the list comes a mark that changes whenever anything
in those records does; while it and our own records stay as they were when a whole round found nothing, there is nothing to read. What fails
is noted with its time and reason, and tried again with growing pauses; the other peers are not kept waiting.
"""

from __future__ import annotations

import fcntl
import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from comity.errors import ComityError, Malformed, PeerTrouble
from comity.node.cards import Card, kept_card
from comity.node.fetcher import Fetcher, PeerFetcher, PeerReader
from comity.node.node import Node
from comity.terms.ids import is_digest

log = logging.getLogger("comity.exchange")

PAUSES = (2, 2, 5, 10, 30, 60)  # seconds between tries after so many failures
MAX_MECHANISMS = 1000
WHOLE = 300  # seconds after which a peer's records are read again although it says that nothing changed
REACHED = 15  # seconds after which it is written down again that a peer was reached


class Exchange:
    """The rounds with all peers of a node."""

    def __init__(self, node: Node, make_fetcher: Callable[[Card], Fetcher] | None = None) -> None:
        self._node = node
        self._make = make_fetcher or self._http
        self._fetchers: dict[str, tuple[str, Fetcher]] = {}
        self._failures: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._quiet: dict[str, tuple[int, object]] = {}  # when a round with a peer found nothing, and what both sides then held

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
        card = kept_card(str(peer["card"]))
        arrived = 0
        try:
            fetcher = self._fetcher(card, str(peer["card"]))
            public = not self._node.party  # an observer is introduced to nobody, and reads what everybody may
            if tell and not public:
                fetcher.post("/exchange/1/wake", b"")
            mechanisms, mark = _shared(fetcher.get("/record/shared" if public else "/exchange/1/shared"))
            own = self._node.store.states()
            since, held = self._quiet.get(host, (0, None))
            if not mark or held != (peer["card"], mark, own) or not 0 <= now - since < WHOLE:
                self._quiet.pop(host, None)
                waiting = False
                for mechanism in mechanisms:
                    received = self._node.receive(PeerReader(fetcher, mechanism, public=public), source=host)
                    arrived += received.entries
                    waiting |= not public and bool(received.missing_files or self._node.store.missing_statements(mechanism))
                if not waiting and self._node.store.states() == own:
                    self._quiet[host] = (now, (peer["card"], mark, own))
        except ComityError as error:
            self._quiet.pop(host, None)
            count = self._failures.get(host, 0) + 1
            self._failures[host] = count
            self._next[host] = now + PAUSES[min(count, len(PAUSES)) - 1]
            self._node.store.note_peer(str(peer["root"]), last_tried=now, trouble=error.to_json())
            return arrived
        self._failures.pop(host, None)
        self._next.pop(host, None)
        if peer["trouble"] or arrived or now - int(peer["last_reached"] or 0) > REACHED:
            self._node.store.note_peer(str(peer["root"]), last_tried=now, last_reached=now, trouble=None)
        return arrived


def _shared(body: bytes) -> tuple[list[str], str]:
    """The mechanisms of the list and its mark, which is empty if the peer makes none."""
    try:
        raw = json.loads(body)
        mechanisms, mark = raw["mechanisms"], raw.get("state", "")
        if not isinstance(mechanisms, list) or len(mechanisms) > MAX_MECHANISMS or not all(is_digest(m) for m in mechanisms):
            raise ValueError
        if mark and not is_digest(mark):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Malformed("The list of shared mechanisms is not readable.", place="exchange/1/shared") from None
    return mechanisms, mark


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
