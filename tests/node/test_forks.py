"""A parliament whose node was restored from a copy signs two histories: both are kept and relayed, and shown (rule 7)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from comity.errors import Refused
from comity.ledger.verification import verify
from comity.node.home import Home
from comity.node.node import Node
from comity.node.setup import own_card
from node.parliaments import Clock, Parliament, entropy, exchange, founded, introduce, parliament

APPOINTED = {"office": "secretary", "titles": [], "from": "2026"}


def appoint(side: Parliament, mechanism: str, person: str) -> str:
    return side.say("mechanisms/appoint/1", mechanism, APPOINTED | {"person": person, "names": [{"lang": "en", "text": person}]})


def twin_of(side: Parliament, folder: Path) -> Parliament:
    """A second node from a copy of the first one's folder: what a careless restore makes."""
    shutil.copytree(side.node.home.folder, folder)
    return Parliament(Node(Home(folder), clock=side.node.clock, entropy=entropy("twin")), side.officers)


def test_both_histories_of_a_forked_log_are_kept_relayed_and_found(tmp_path: Path) -> None:
    clock = Clock()
    arvena, kelmor = parliament(tmp_path, "arvena", clock=clock), parliament(tmp_path, "kelmor", clock=clock)
    introduce(arvena, kelmor)
    mechanism = founded(arvena, kelmor)
    twin = twin_of(kelmor, tmp_path / "twin")
    first, second = appoint(kelmor, mechanism, "juno"), appoint(twin, mechanism, "petra")
    origin = kelmor.node.own_origin(mechanism)

    arvena.node.receive(kelmor.record(mechanism), source="kelmor.example")
    assert not arvena.node.replica(mechanism).ledger.forks()
    received = arvena.node.receive(twin.record(mechanism), source="twin")
    assert received.forks == [origin]
    ledger = arvena.node.replica(mechanism).ledger
    assert set(ledger.forks()) == {origin}
    assert {first, second} <= set(ledger.acts())

    kelmor.node.receive(arvena.record(mechanism), source="arvena.example")
    assert set(kelmor.node.replica(mechanism).ledger.forks()) == {origin}
    found = verify(arvena.record(mechanism), frozenset(own_card(p.node).fingerprint for p in (arvena, kelmor)))
    assert not found.ok
    assert any("fork" in str(f).lower() for f in found.findings)


def test_a_node_whose_log_has_forked_signs_nothing_more(tmp_path: Path) -> None:
    clock = Clock()
    arvena, kelmor = parliament(tmp_path, "arvena", clock=clock), parliament(tmp_path, "kelmor", clock=clock)
    introduce(arvena, kelmor)
    mechanism = founded(arvena, kelmor)
    twin = twin_of(kelmor, tmp_path / "twin")
    appoint(kelmor, mechanism, "juno")
    appoint(twin, mechanism, "petra")
    exchange(mechanism, arvena, kelmor)
    arvena.node.receive(twin.record(mechanism), source="twin")
    kelmor.node.receive(arvena.record(mechanism), source="arvena.example")
    with pytest.raises(Refused, match="forked"):
        appoint(kelmor, mechanism, "aren")
