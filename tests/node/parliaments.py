"""Two or three invented parliaments with real nodes in temporary folders, and short ways to let them say things."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from comity.node.home import Settings
from comity.node.node import Node
from comity.node.setup import make_node, own_card
from comity.record.layout import Reader
from comity.terms.audience import PUBLIC, Audience

NAMES = {
    "arvena": [("en", "National Assembly of Arvena"), ("zh-Hans", "阿尔维纳国民议会"), ("ru", "Национальное собрание Арвены")],
    "kelmor": [("en", "Parliament of Kelmor"), ("zh-Hans", "凯尔莫议会"), ("ru", "Парламент Кельмора")],
    "sorvell": [("en", "Diet of Sorvell"), ("zh-Hans", "索维尔议会"), ("ru", "Сейм Сорвелла")],
}


class Clock:
    """An instant that moves a second at every look, from a fixed beginning."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def entropy(seed: str) -> Callable[[int], bytes]:
    """Bytes that look random and are the same every time."""
    state = [0]

    def draw(n: int) -> bytes:
        state[0] += 1
        return hashlib.shake_256(f"{seed} {state[0]}".encode()).digest(n)

    return draw


@dataclass
class Parliament:
    """A node with its officers' keys."""

    node: Node
    officers: list[str] = field(default_factory=list)

    def say(self, kind: str, mechanism: str, body: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> str:
        """Propose an act, or say a unilateral one; returns its id."""
        named = {name: self.node.files.put_bytes(data) for name, data in (files or {}).items()}
        payload = self.node.compose(kind, mechanism, body, files=named, audience=Audience(PUBLIC))
        if not mechanism:
            return self.node.found(payload, [self.node.custody.sign_act(self.officers[0], payload)])
        return self.sign(mechanism, payload)

    def sign(self, mechanism: str, payload: bytes) -> str:
        return self.node.sign(mechanism, payload, [self.node.custody.sign_act(self.officers[0], payload)])

    def countersign(self, mechanism: str, act: str) -> str:
        payload = self.node.store.statement(act)
        assert payload is not None
        return self.sign(mechanism, payload)

    def record(self, mechanism: str) -> Reader:
        return self.node.record(mechanism)

    def digest(self, mechanism: str) -> str:
        return self.node.replica(mechanism).ledger.digest()


def parliament(folder: Path, party: str, *, clock: Clock, database: str = "") -> Parliament:
    """A fresh node of an invented parliament."""
    names = [{"lang": lang, "text": text} for lang, text in NAMES[party]]
    settings = Settings(host=f"{party}.example", party=party, names=names, chambers=[], database=database, demonstration=True)
    draw = entropy(party)
    officers = make_node(folder / party, settings, officers=1, threshold=1, clock=clock, entropy=draw)
    from comity.node.home import Home

    return Parliament(Node(Home(folder / party), clock=clock, entropy=draw), officers)


def introduce(*parliaments: Parliament) -> None:
    """Everybody hands everybody else a card."""
    for one in parliaments:
        for other in parliaments:
            if one is not other:
                one.node.introduce(own_card(other.node))


def founding_body(*parliaments: Parliament) -> dict[str, Any]:
    """What a founding act of these parliaments says."""
    return {
        "names": [
            {"lang": "en", "text": "Joint Committee"},
            {"lang": "zh-Hans", "text": "联合委员会"},
            {"lang": "ru", "text": "Совместный комитет"},
        ],
        "parties": [
            {
                "id": p.node.party,
                "origin": f"{p.node.host}/0000000{number}",
                "root": own_card(p.node).fingerprint,
                "names": [{"lang": lang, "text": text} for lang, text in NAMES[p.node.party]],
                "chambers": [],
            }
            for number, p in enumerate(parliaments)
        ],
        "series": [{"key": "main", "names": [{"lang": "en", "text": "Meetings"}], "first": 1}],
        "founded": "2026-11-20",
    }


def exchange(mechanism: str, *parliaments: Parliament, rounds: int = 3) -> None:
    """Everybody reads everybody else's record, a few times over."""
    for _ in range(rounds):
        for one in parliaments:
            for other in parliaments:
                if one is not other and mechanism in other.node.mechanisms():
                    one.node.receive(other.record(mechanism), source=other.node.host)


def founded(*parliaments: Parliament) -> str:
    """Found a mechanism: proposed by the first, countersigned by the others."""
    first, *others = parliaments
    mechanism = first.say("mechanisms/found/1", "", founding_body(*parliaments))
    for other in others:
        other.node.receive(first.record(mechanism), source=first.node.host)
        other.countersign(mechanism, mechanism)
    exchange(mechanism, *parliaments)
    return mechanism
