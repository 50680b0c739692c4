"""What a node answers to peers (only introduced ones, only what they are a party of), and what it answers to the public."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from comity.api import exchange as api
from comity.node.auth import HEADER, Gate, sign_request
from comity.node.cards import read_card
from comity.record.keys import PublicKey
from comity.record.merkle import consistency_proof
from comity.record.tiles import hash_levels
from comity.record.witness import Request
from node.parliaments import Clock, Parliament, exchange, founded, introduce, parliament

pytestmark = pytest.mark.django_db


@dataclass
class Peers:
    """Arvena answers; Kelmor is its peer; Sorvell was introduced, but is no party of their mechanism."""

    arvena: Parliament
    kelmor: Parliament
    sorvell: Parliament
    mechanism: str
    client: Client

    def ask(self, who: Parliament, path: str, *, body: bytes | None = None, **wrong: object) -> HttpResponse:
        """A request as ``who`` signs it; ``wrong`` overrides what is signed."""
        method = "GET" if body is None else "POST"
        said = {"server": "arvena.example", "host": who.node.host, "time": self.arvena.node.now(), "nonce": who.node.entropy(16).hex()}
        key = who.node.custody.key("transport")
        header = sign_request(key, method, path, body=body or b"", **(said | wrong))
        return self.send(path, header, body)

    def send(self, path: str, header: str, body: bytes | None = None) -> HttpResponse:
        headers = {HEADER: header}
        if body is None:
            return self.client.get(path, headers=headers)
        return self.client.post(path, body, content_type="application/octet-stream", headers=headers)


@pytest.fixture
def peers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Peers:
    clock = Clock()
    arvena, kelmor, sorvell = (parliament(tmp_path, party, clock=clock) for party in ("arvena", "kelmor", "sorvell"))
    introduce(arvena, kelmor, sorvell)
    mechanism = founded(arvena, kelmor)

    def key_of(host: str) -> PublicKey | None:
        cards = (read_card(str(p["card"]).encode()) for p in arvena.node.store.peers())
        return next((card.transport for card in cards if card.host == host), None)

    gate = Gate("arvena.example", key_of)
    monkeypatch.setattr(api, "the_node", lambda: arvena.node)
    monkeypatch.setattr(api, "gate", lambda: gate)
    return Peers(arvena, kelmor, sorvell, mechanism, Client(enforce_csrf_checks=True))


def test_a_peer_learns_which_mechanisms_it_is_a_party_of(peers: Peers) -> None:
    assert json.loads(peers.ask(peers.kelmor, "/exchange/1/shared").content)["mechanisms"] == [peers.mechanism]
    assert json.loads(peers.ask(peers.sorvell, "/exchange/1/shared").content)["mechanisms"] == []


def test_a_party_is_given_acts_and_another_introduced_peer_nothing(peers: Peers) -> None:
    path = f"/exchange/1/record/{peers.mechanism}/acts/{peers.mechanism}.json"
    assert peers.ask(peers.kelmor, path).content == peers.arvena.node.store.statement(peers.mechanism)
    assert peers.ask(peers.sorvell, path).status_code == 404


WRONG: list[tuple[str, Callable[[Peers], HttpResponse]]] = [
    ("no signature", lambda p: p.client.get("/exchange/1/shared")),
    ("half a header", lambda p: p.send("/exchange/1/shared", "kelmor.example;1")),
    ("somebody unknown", lambda p: p.ask(p.kelmor, "/exchange/1/shared", host="nobody.example")),
    ("another's name", lambda p: p.ask(p.kelmor, "/exchange/1/shared", host="sorvell.example")),
    ("a clock an hour off", lambda p: p.ask(p.kelmor, "/exchange/1/shared", time=p.arvena.node.now() - 3600)),
    ("a request meant for another node", lambda p: p.ask(p.kelmor, "/exchange/1/shared", server="sorvell.example")),
]


@pytest.mark.parametrize("ask", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_request_that_no_introduced_peer_signed_is_refused(peers: Peers, ask: Callable[[Peers], HttpResponse]) -> None:
    assert ask(peers).status_code == 403


def test_a_replayed_request_is_refused(peers: Peers) -> None:
    node = peers.kelmor.node
    header = sign_request(
        node.custody.key("transport"),
        "GET",
        "/exchange/1/shared",
        server="arvena.example",
        host=node.host,
        time=peers.arvena.node.now(),
        nonce="ab" * 16,
    )
    assert peers.send("/exchange/1/shared", header).status_code == 200
    assert peers.send("/exchange/1/shared", header).status_code == 403


def test_a_body_that_is_too_large_is_refused_before_it_is_read(peers: Peers) -> None:
    assert peers.ask(peers.kelmor, "/exchange/1/add-checkpoint", body=b"x" * 300_000).status_code == 413


def test_a_path_that_climbs_out_is_not_there(peers: Peers) -> None:
    assert peers.ask(peers.kelmor, f"/exchange/1/record/{peers.mechanism}/../../keys/log.pem").status_code == 404


def test_a_checkpoint_is_cosigned_only_when_its_entries_were_judged(peers: Peers) -> None:
    kelmor, mechanism = peers.kelmor, peers.mechanism
    origin = kelmor.node.own_origin(mechanism)
    before = kelmor.node.replica(mechanism).logs[origin][0].size
    body = {"person": "juno", "names": [{"lang": "en", "text": "Juno"}], "office": "member", "titles": [], "from": "2026"}
    kelmor.say("mechanisms/appoint/1", mechanism, body)
    branch = kelmor.node.replica(mechanism).logs[origin][0]
    note = kelmor.node.store.note(origin, branch.size, branch.root.hex())
    assert note is not None
    proof = tuple(consistency_proof(before, branch.size, hash_levels(branch.levels())))
    request = Request(before, proof, note).to_bytes()

    early = peers.ask(kelmor, "/exchange/1/add-checkpoint", body=request)
    assert (early.status_code, early.headers["Retry-After"]) == (503, "5")
    assert peers.ask(kelmor, "/exchange/1/add-checkpoint", body=b"old x\n").status_code == 400

    peers.arvena.node.receive(kelmor.record(mechanism), source="kelmor.example")
    late = peers.ask(kelmor, "/exchange/1/add-checkpoint", body=request)
    assert late.status_code == 409, "reading the record has cosigned it already"
    assert late.content == f"{branch.size}\n".encode()
    again = peers.ask(kelmor, "/exchange/1/add-checkpoint", body=Request(branch.size, (), note).to_bytes())
    assert again.status_code == 200
    assert again.content.decode().startswith("— arvena.example/witness ")


def test_the_public_reads_entries_and_public_acts_and_nothing_else(peers: Peers) -> None:
    base = f"/record/{peers.mechanism}"
    assert json.loads(peers.client.get("/record/shared").content)["mechanisms"] == [peers.mechanism]
    assert peers.client.get(f"{base}/acts/{peers.mechanism}.json").status_code == 200
    payload = peers.arvena.node.compose(
        "mechanisms/appoint/1",
        peers.mechanism,
        {"person": "a", "names": [{"lang": "en", "text": "A"}], "office": "member", "titles": [], "from": "2026"},
    )
    act = peers.arvena.sign(peers.mechanism, payload)
    exchange(peers.mechanism, peers.arvena, peers.kelmor)
    assert peers.client.get(f"{base}/acts/{act}.json").status_code == 404
    assert peers.ask(peers.kelmor, f"/exchange/1/record/{peers.mechanism}/acts/{act}.json").status_code == 200
    assert b'"logs"' in peers.client.get(f"{base}/comity.json").content
