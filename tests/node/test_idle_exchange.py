"""A round in which nothing is new asks once and reads nothing; whatever is new on either side is read in the next round."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from comity.errors import ComityError, PeerTrouble
from comity.node.exchange import WHOLE, Exchange
from comity.node.setup import own_card
from comity.node.store import StoredEntry
from node.parliaments import Clock, Parliament, exchange, founded, parliament
from node.travelling import convening

LIST = "/exchange/1/shared"


@dataclass
class Wire:
    """What a peer answers, with a note of every question."""

    peer: Parliament
    mark: str | None = None
    asked: list[str] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)

    def get(self, path: str) -> bytes:
        self.asked.append(path)
        node = self.peer.node
        if path == LIST:
            mechanisms = node.mechanisms()
            return json.dumps(
                {"mechanisms": mechanisms, "state": node.store.state_of(mechanisms) if self.mark is None else self.mark}
            ).encode()
        mechanism, _, rest = path.removeprefix("/exchange/1/record/").partition("/")
        if rest in self.withheld:
            raise ComityError("The other side has nothing at this path.", place=path)
        return node.record(mechanism).read(rest)

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        return 202, b""


@dataclass
class Pair:
    arvena: Parliament
    kelmor: Parliament
    mechanism: str
    wire: Wire
    rounds: Exchange
    clock: Clock

    def read(self) -> list[str]:
        """What Arvena asks of Kelmor in one round, after the list."""
        self.wire.asked.clear()
        self.rounds.round(at_once=True)
        assert self.wire.asked[0] == LIST
        return self.wire.asked[1:]

    def settle(self) -> None:
        for _ in range(4):
            if not self.read():
                return
        raise AssertionError("never quiet")


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    clock = Clock()
    arvena, kelmor = (parliament(tmp_path, party, clock=clock) for party in ("arvena", "kelmor"))
    for one, other in ((arvena, kelmor), (kelmor, arvena)):
        one.node.introduce(replace(own_card(other.node), address=f"https://{other.node.host}"))
    mechanism = founded(arvena, kelmor)
    exchange(mechanism, arvena, kelmor)
    wire = Wire(kelmor)
    return Pair(arvena, kelmor, mechanism, wire, Exchange(arvena.node, lambda _card: wire), clock)


def test_a_round_in_which_nothing_is_new_asks_one_question(pair: Pair) -> None:
    pair.settle()
    assert pair.read() == []


def test_what_the_peer_says_is_read_in_the_very_next_round(pair: Pair) -> None:
    pair.settle()
    act = pair.kelmor.say("meetings/convene/1", pair.mechanism, convening(pair.mechanism))
    assert pair.read()
    assert pair.arvena.node.replica(pair.mechanism).standing(act).status == "open"
    pair.settle()
    pair.arvena.countersign(pair.mechanism, act)
    pair.kelmor.node.receive(pair.arvena.record(pair.mechanism), source="arvena.example")
    assert pair.read(), "the other side's cosignature is fetched"


def test_what_was_said_here_has_the_peers_record_read_again(pair: Pair) -> None:
    pair.settle()
    pair.arvena.say("meetings/convene/1", pair.mechanism, convening(pair.mechanism))
    assert pair.read()


def test_another_process_of_the_peer_is_noticed_too(pair: Pair) -> None:
    pair.settle()
    pair.kelmor.node.store.touch(pair.mechanism)
    assert pair.read()


def test_an_act_that_was_withheld_is_asked_for_in_every_round(pair: Pair) -> None:
    pair.settle()
    act = pair.kelmor.say("meetings/convene/1", pair.mechanism, convening(pair.mechanism))
    pair.wire.withheld.add(f"acts/{act}.json")
    pair.read()
    assert f"acts/{act}.json" in " ".join(pair.read())
    assert f"acts/{act}.json" in " ".join(pair.read())
    pair.wire.withheld.clear()
    pair.settle()
    assert pair.arvena.node.replica(pair.mechanism).standing(act).status == "open"


def test_a_peer_that_says_for_ever_that_nothing_changed_is_read_all_the_same_now_and_then(pair: Pair) -> None:
    pair.wire.mark = "0" * 64
    pair.settle()
    act = pair.kelmor.say("meetings/convene/1", pair.mechanism, convening(pair.mechanism))
    assert pair.read() == []
    pair.clock.at = pair.clock.at.replace(minute=pair.clock.at.minute + WHOLE // 60 + 1)
    assert pair.read()
    assert pair.arvena.node.replica(pair.mechanism).standing(act).status == "open"


def test_a_peer_that_makes_no_mark_is_read_in_every_round(pair: Pair) -> None:
    pair.wire.mark = ""
    for _ in range(4):
        assert pair.read()


def test_a_mark_that_is_none_is_refused_as_unreadable(pair: Pair) -> None:
    pair.wire.mark = "nothing new"
    assert pair.read() == []
    assert "not readable" in str(pair.arvena.node.store.peers()[0]["trouble"])


def test_after_trouble_everything_is_read_again(pair: Pair) -> None:
    pair.settle()
    get, pair.wire.get = pair.wire.get, _broken
    pair.rounds.round(at_once=True)
    pair.wire.get = get
    assert pair.read()


def _broken(path: str) -> bytes:
    raise PeerTrouble("The other side cannot be reached: the connection broke off.", place=path)


def test_a_replica_looks_at_the_store_once_when_nothing_was_stored(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    replica, store = pair.arvena.node.replica(pair.mechanism), pair.arvena.node.store
    looked: list[int] = []
    entries_after = store.entries_after

    def noted(seq: int) -> Iterator[StoredEntry]:
        looked.append(seq)
        return entries_after(seq)

    monkeypatch.setattr(store, "entries_after", noted)
    replica.follow()
    assert looked == []
    pair.arvena.say("meetings/convene/1", pair.mechanism, convening(pair.mechanism))
    assert looked
