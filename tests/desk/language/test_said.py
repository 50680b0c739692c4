"""What observers' sources say, found by a phrase: with who said it, when, and only by those who may see it."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from comity.desk.language import meaning, said
from comity.desk.observations import state
from comity.observations.merge import Case, Thing, Version
from desk import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> Case:
    case = Case("committee")
    quote = {"date": "2026-03-02", "speaker": "p-1", "quote": "We shall draw up a joint plan.", "gist": "План будет совместным."}
    later = {"date": "2026-05-09", "speaker_as_printed": "a spokesman", "quote": "A joint plan is under way."}
    person = Thing("committee", "persons", "p-1", {"person": [Version({"name": "Ann Person", "party": "kelmor"})]})
    case.things["persons"] = {"p-1": person}
    case.things["statements"] = {
        key: Thing("committee", "statements", key, {"statement": [Version(value)]}) for key, value in (("s-2", later), ("s-1", quote))
    }
    monkeypatch.setattr(meaning, "bundled_encoder", lambda: None)
    monkeypatch.setattr(state, "observed", lambda: {"committee": case})
    return case


def test_statements_are_found_by_their_words_oldest_first_with_who_said_them(observed: Case, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = rows.officer("reader").user
    found = said.holding(request, "joint plan", "en")
    assert [(one.source.date, one.source.side, one.url) for one in found] == [
        ("2026-03-02", "kelmor", "/observed/committee/statements/s-1/"),
        ("2026-05-09", "", "/observed/committee/statements/s-2/"),
    ]
    assert [one.lang for one in said.holding(request, "планы", "ru")] == ["ru"]


def test_the_page_shows_them_on_the_line_and_apart_from_what_was_signed(observed: Case, client: Client) -> None:
    rows.mechanism()
    client.force_login(rows.officer("reader").user)
    page = client.get("/language/", {"q": "joint plan", "lang": "en"}).content.decode()
    assert "reported by sources: first on 2 March 2026" in page
    assert "nobody has signed any of it" in page


def test_the_public_of_a_partys_node_finds_no_observed_statement(observed: Case, client: Client) -> None:
    rows.mechanism()
    assert "reported by sources" not in client.get("/language/", {"q": "joint plan", "lang": "en"}).content.decode()
