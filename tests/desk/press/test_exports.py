"""What a source's reading is exported as."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from comity.press.schema import check_reading
from desk.press.conftest import ARTICLE, HandIn

pytestmark = pytest.mark.django_db


def exported(desk: Client, key: str, form: str) -> tuple[str, str]:
    answer = desk.get(f"/press/{key}/export/{form}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer["Content-Type"], answer.content.decode()


def test_the_reading_is_the_published_form(desk: Client, hand_in: HandIn) -> None:
    kind, said = exported(desk, hand_in().key, "reading")
    assert kind == "application/json"
    check_reading(json.loads(said), text=ARTICLE)


def test_web_annotations_quote_the_very_words_and_lead_to_the_page(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    desk.post(f"/press/{source.key}/decide/", {"action": "reject", "label": "M1"})
    kind, said = exported(desk, source.key, "annotations")
    page = json.loads(said)
    assert kind == "application/ld+json"
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == source.proposals.count()
    for item in page["items"]:
        position, quote = item["target"][0]["selector"]
        assert ARTICLE[position["start"] : position["end"]] == quote["exact"]
        assert item["target"][0]["source"] == "https://lakewire.example/rivers"
    states = {item["comity:page"].rpartition("t-")[2]: item["comity:state"] for item in page["items"]}
    assert states["M1"] == "rejected"
    assert states["P1"] == "open"


def test_plover_tells_meetings_and_pledges(desk: Client, hand_in: HandIn) -> None:
    _kind, said = exported(desk, hand_in().key, "plover")
    assert {event["event"] for event in json.loads(said)} == {"CONSULT", "AGREE"}


def test_there_is_no_other_form(desk: Client, hand_in: HandIn) -> None:
    assert desk.get(f"/press/{hand_in().key}/export/exe/").status_code == 404
