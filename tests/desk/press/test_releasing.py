"""What a side reads is its own until it releases the source; a release has a day and can be taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings as Changed

from comity.desk import projection
from comity.desk.accounts.models import Officer
from comity.desk.observations import releasing
from comity.desk.observations.models import Release
from comity.desk.press import reviewing
from comity.desk.press.fragments import source_id
from comity.desk.press.models import Source
from desk.press.conftest import CASE, HandIn
from desk.rows import officer

pytestmark = pytest.mark.django_db
MARK = "have learned to read"
PUBLIC = ("/observed/", f"/observed/{CASE}/", f"/observed/{CASE}/statements/", f"/observed/{CASE}/persons/", f"/observed/{CASE}/sources/")


@pytest.fixture
def source(hand_in: HandIn, ilena: Officer) -> Source:
    row = hand_in()
    reviewing.accept(ilena, row, ["S1"])
    return row


@pytest.fixture
def secretary(db: None) -> Client:
    client = Client()
    client.force_login(officer("secretary").user)
    return client


def where(source: Source, what: str = "") -> str:
    return f"/observed/{CASE}/sources/{source_id(source.key)}/{what}"


def release(client: Client, source: Source, day: str = "") -> int:
    form = client.get(where(source)).context["sees"]["form"]
    data = {"public_from": day, "entries": form["entries"].value()}
    return client.post(where(source, "release/"), data).status_code


def seen(client: Client) -> str:
    return client.get(f"/observed/{CASE}/statements/").content.decode()


def test_accepted_is_unseen_then_released_and_observed_then_taken_back_and_gone(source: Source, secretary: Client) -> None:
    outsider = Client()
    assert all(MARK not in outsider.get(path).content.decode() for path in PUBLIC)
    assert release(secretary, source) == 302
    assert MARK in seen(outsider)
    page = outsider.get(f"/observed/{CASE}/").content.decode()
    assert "Released by National Assembly of Arvena" in page
    assert 'href="/observed/log/"' not in outsider.get("/observed/").content.decode()
    assert all(outsider.get(path).status_code == 200 for path in (*PUBLIC, where(source)))
    assert "Ilena" not in page + outsider.get(where(source)).content.decode()
    assert secretary.post(where(source, "retract/")).status_code == 302
    assert outsider.get(f"/observed/{CASE}/").status_code == 404


def test_before_its_day_nobody_else_sees_it(source: Source, secretary: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    release(secretary, source, "2031-02")
    monkeypatch.setattr(releasing, "today", lambda: "2031-01-31")
    assert MARK not in seen(Client())
    monkeypatch.setattr(releasing, "today", lambda: "2031-02-01")
    assert MARK in seen(Client())


def test_what_is_accepted_after_a_release_stays_until_it_is_released_too(source: Source, secretary: Client, ilena: Officer) -> None:
    release(secretary, source)
    reviewing.accept(ilena, source, ["C1"])
    assert "water laws" not in Client().get(f"/observed/{CASE}/commitments/").content.decode()
    release(secretary, source)
    assert "water laws" in Client().get(f"/observed/{CASE}/commitments/").content.decode()


def test_another_source_that_was_not_released_is_told_of_nowhere(
    source: Source, secretary: Client, hand_in: HandIn, ilena: Officer
) -> None:
    other = hand_in("Orla Venn, speaker of the Parliament of Kelmor, said the two houses “will meet again in spring”.\n" * 1)
    release(secretary, source)
    if other.proposals.filter(label="S1").exists():
        other.case = other.case or CASE
        other.save()
        reviewing.accept(ilena, other, ["S1"])
    assert "meet again in spring" in seen(secretary)
    assert "meet again in spring" not in seen(Client())
    assert Client().get(where(other)).status_code == 404


def test_nobody_else_sees_the_log_even_of_what_is_released(source: Source, secretary: Client) -> None:
    release(secretary, source)
    assert [Client().get(path).status_code for path in ("/observed/log/", "/observed/log.zip", "/observed/log/observer.json")] == [404] * 3


def hits(client: Client) -> list[str]:
    groups = client.get("/work/search/?q=learned").context["groups"]
    return [hit["path"] for group in groups for hit in group.hits if group.kind == "observed"]


def test_a_search_finds_what_is_released_for_anyone_from_its_day_until_it_is_taken_back(
    source: Source, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = hits(secretary)
    assert len(known) == 1
    assert not hits(Client())
    release(secretary, source, "2031-02")
    assert not hits(Client())
    monkeypatch.setattr(releasing, "today", lambda: "2031-02-01")
    assert hits(Client()) == known == hits(secretary)
    assert Client().get(known[0]).status_code == 200
    secretary.post(where(source, "retract/"))
    assert not hits(Client())
    assert hits(secretary) == known


def test_the_day_of_a_release_is_changed_until_it_comes(source: Source, secretary: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    release(secretary, source, "2031-02")
    page = secretary.get(where(source))
    assert page.context["sees"]["day"]["form"]["public_from"].value() == "2031-02"
    assert secretary.post(where(source, "move/"), {"public_from": "2030-06-15"}).status_code == 302
    assert "15 June 2030" in secretary.get(where(source)).content.decode()
    assert secretary.post(where(source, "move/"), {"public_from": "soon"}).status_code == 422
    monkeypatch.setattr(releasing, "today", lambda: "2030-06-14")
    assert MARK not in seen(Client())
    monkeypatch.setattr(releasing, "today", lambda: "2030-06-15")
    assert MARK in seen(Client())
    assert secretary.get(where(source)).context["sees"]["day"] is None
    assert secretary.post(where(source, "move/"), {"public_from": "2031"}).status_code == 302
    assert MARK in seen(Client()), "what is public is taken back, not moved"


def test_a_release_outlives_the_tables_that_mirror_the_record(source: Source, secretary: Client) -> None:
    release(secretary, source)
    projection.clear()
    assert MARK in seen(Client())
    assert hits(Client())


def test_a_drafter_sees_why_he_cannot_release_and_is_refused(desk: Client, source: Source) -> None:
    assert "Only a secretary or a signatory releases" in desk.get(where(source)).content.decode()
    assert desk.post(where(source, "release/"), {"entries": "99"}).status_code == 403
    assert desk.post(where(source, "retract/")).status_code == 403
    assert desk.post(where(source, "move/"), {"public_from": ""}).status_code == 403
    assert not Release.objects.exists()


def test_a_day_that_is_none_is_said_at_its_field(source: Source, secretary: Client) -> None:
    assert release(secretary, source, "soon") == 422
    assert not Release.objects.exists()


def test_an_observers_node_has_nothing_to_release(source: Source, secretary: Client, observer: None, settings: Changed) -> None:
    assert "Who sees this" not in secretary.get(where(source)).content.decode()
    assert secretary.post(where(source, "release/"), {"entries": "99"}).status_code == 403
