"""Preparing a founding act on a node with real keys, to which two other parliaments are introduced."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.desk.mechanisms import founding
from comity.desk.record.models import Draft
from comity.mechanisms.acts import FOUND, read_founding
from comity.node.home import Home, Settings
from comity.node.node import Node
from comity.node.setup import make_node, own_card
from comity.record.statement import Statement
from comity.terms.act import Act
from comity.terms.ids import digest
from desk import rows

pytestmark = pytest.mark.django_db

SORVELL = {"zh-Hans": "索维尔议会", "ru": "Сейм Сорвелла", "en": "Diet of Sorvell"}


def clock() -> datetime:
    return datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_node(folder: Path, party: str, names: dict[str, str]) -> Node:
    settings = Settings(host=f"{party}.example", party=party, names=rows.names(names), demonstration=True)
    make_node(folder, settings, officers=1, threshold=1, clock=clock, entropy=os.urandom)
    return Node(Home(folder), clock=clock, entropy=os.urandom)


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Node:
    made = a_node(tmp_path / "arvena", "arvena", rows.NAMES["arvena"])
    for party, names in (("kelmor", rows.NAMES["kelmor"]), ("sorvell", SORVELL)):
        made.introduce(own_card(a_node(tmp_path / party, party, names)))
    monkeypatch.setattr(founding, "the_node", lambda: made)
    return made


@pytest.fixture
def desk() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("drafter").user)
    return client


@pytest.fixture
def send(node: Node, desk: Client) -> Callable[..., Any]:
    """Send the form with Kelmor chosen; ``kelmor__x`` stands for a field of that party."""
    keys = {c.id: c.key for c in founding.candidates()}
    typed = {
        "name_zh": "阿尔维纳—凯尔莫委员会",
        "name_ru": "Комитет «Арвена — Кельмор»",
        "name_en": "Arvena–Kelmor Committee",
        "series_rows": "1",
        "series0_ru": "Заседания",
        "series0_first": "1",
        "founded": "2026-11-20",
        "audience": "public",
        "page": "one",
        f"party_{keys['kelmor']}": "on",
        **{f"rank_{key}": str(place) for place, key in enumerate(keys.values(), 1)},
    }

    def sent(button: str = "continue", draft: str = "", **changes: Any) -> Any:
        fields = {name.replace("kelmor__", "").replace("KELMOR", keys["kelmor"]).replace("ARVENA", keys["arvena"]).replace(
            "SORVELL", keys["sorvell"]): value for name, value in changes.items()}  # fmt: skip
        address = f"/mechanisms/found/?draft={draft}" if draft else "/mechanisms/found/"
        return desk.post(address, {k: v for k, v in (typed | {button: "1"} | fields).items() if v is not None})

    return sent


def test_the_draft_makes_a_founding_act_that_both_parties_can_sign(node: Node, send: Callable[..., Any]) -> None:
    assert send().status_code == 302
    draft = Draft.objects.get()
    payload = node.compose(draft.type, "", draft.body)
    act = Act.from_statement(digest(payload), Statement.from_bytes(payload))
    assert (act.type, act.founding, act.signatories) == (FOUND, True, ("arvena", "kelmor"))
    assert draft.audience == {"to": "public"}
    assert draft.titles["en"] == "Arvena–Kelmor Committee"


def test_every_party_brings_its_names_its_root_and_an_origin_on_its_own_host(node: Node, send: Callable[..., Any]) -> None:
    send()
    said = read_founding(Draft.objects.get().body)
    assert [p.root for p in said.parties] == [
        digest(node.home.own_roots()[0]),
        next(p["root"] for p in node.store.peers() if p["host"] == "kelmor.example"),
    ]
    assert [p.origin.partition("/")[0] for p in said.parties] == ["arvena.example", "kelmor.example"]
    assert {n.lang: n.text for n in said.parties[1].names} == rows.NAMES["kelmor"]


def test_the_origins_stay_when_the_draft_is_edited(send: Callable[..., Any]) -> None:
    send(button="keep")
    draft = Draft.objects.get()
    first = draft.working["origins"]
    send(draft=draft.key, founded="2026-11-21")
    said = read_founding(Draft.objects.get().body)
    assert said.founded.text == "2026-11-21"
    assert {p.root: p.origin for p in said.parties}.items() <= first.items()


def test_the_parties_stand_in_the_order_that_was_asked_for(send: Callable[..., Any]) -> None:
    send(party_SORVELL="on", rank_SORVELL="1", rank_ARVENA="3", rank_KELMOR="2")
    assert [p.id for p in read_founding(Draft.objects.get().body).parties] == ["sorvell", "kelmor", "arvena"]


def test_a_side_can_have_a_name_of_its_own_for_the_mechanism(send: Callable[..., Any]) -> None:
    send(side_KELMOR_ru="Комитет «Кельмор — Арвена»")
    names = read_founding(Draft.objects.get().body).names
    assert [(n.text, n.side) for n in names if n.side] == [("Комитет «Кельмор — Арвена»", "kelmor")]


def test_a_second_series_can_be_added_and_an_empty_one_is_left_out(send: Callable[..., Any]) -> None:
    form = send(button="show").context["form"]
    assert form["name_ru"].value() == "Комитет «Арвена — Кельмор»"
    assert "series1_ru" in form.fields
    send(series_rows="3", series1_en="Working group", series1_first="4", series2_first="1")
    said = read_founding(Draft.objects.get().body)
    assert [(s.key, s.first) for s in said.series] == [("main", 1), ("series-2", 4)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"founded": "once"}, "founded"),
        ({"founded": ""}, "founded"),
        ({"name_zh": "", "name_ru": "", "name_en": ""}, "name_zh"),
        ({"series0_ru": ""}, "series0_zh"),
        ({"series0_first": "0"}, "series0_first"),
        ({"party_KELMOR": None}, "rank_ARVENA"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_is_kept(
    node: Node, send: Callable[..., Any], changes: dict[str, Any], field: str
) -> None:
    response = send(**changes)
    own = founding.candidates()[0].key
    assert response.status_code == 422
    assert field.replace("ARVENA", own) in response.context["form"].errors
    assert not Draft.objects.exists()


def test_half_a_form_is_kept_as_typed_and_has_no_body_that_could_be_signed(send: Callable[..., Any], desk: Client) -> None:
    send(button="keep", founded="", name_en="Arvena and")
    draft = Draft.objects.get()
    assert draft.body == {}
    assert desk.get(f"/mechanisms/found/?draft={draft.key}").context["form"]["name_en"].value() == "Arvena and"


def test_the_page_saves_itself_and_its_own_saving_is_no_colleague(send: Callable[..., Any]) -> None:
    response = send(button="autosave")
    draft = Draft.objects.get()
    assert draft.key in response.content.decode()
    send(button="autosave", draft=draft.key, name_en="Changed")
    assert send(draft=draft.key, revision="1").status_code == 302
    assert Draft.objects.count() == 1


def test_a_node_that_knows_no_other_parliament_says_what_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Client) -> None:
    alone = a_node(tmp_path / "arvena", "arvena", rows.NAMES["arvena"])
    monkeypatch.setattr(founding, "the_node", lambda: alone)
    assert "No other parliament is introduced yet" in desk.get("/mechanisms/found/").content.decode()
