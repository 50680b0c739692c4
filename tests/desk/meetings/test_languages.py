"""Two parliaments that work in French and Spanish: every form asks in their languages, from the founding to the minutes."""

from __future__ import annotations

from typing import Any

import pytest

from comity.desk.languages import asked, asking, of_names
from comity.desk.mechanisms import founding
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.record.models import Draft
from desk import rows
from desk.mechanisms.test_record import APPOINT, Pair, pair  # noqa: F401  # the fixture
from desk.mechanisms.test_work import say

pytestmark = pytest.mark.django_db

FOUNDING = {
    "languages": "fr es",
    "name_fr": "Commission mixte",
    "name_es": "Comisión mixta",
    "series_rows": "1",
    "series0_fr": "Réunions",
    "series0_es": "Reuniones",
    "series0_first": "1",
    "founded": "2026-11-20",
    "audience": "public",
}
CONVENING = {"series": "main", "first_day": "2027-03-10", "mode": "in_person", "host": "kelmor", "place_rows": "1"}


@pytest.fixture
def mixed(pair: Pair) -> Pair:  # noqa: F811  # pytest hands the fixture over by its name
    pair.mechanism = ""
    other = next(c for c in founding.candidates() if c.id == "kelmor")
    pair.say("/mechanisms/found/", FOUNDING | {f"party_{other.key}": "on"})
    return pair


def test_the_whole_cycle_is_asked_for_in_the_languages_of_the_mechanism(mixed: Pair) -> None:
    row = MechanismRow.objects.get(pk=mixed.mechanism)
    assert {n["lang"]: n["text"] for n in row.names} == {"fr": "Commission mixte", "es": "Comisión mixta"}
    query = f"?mechanism={row.id}"
    meeting = mixed.say(f"/meetings/convene/{query}", CONVENING | {"place0_fr": "Kelto-la-Vieille", "place0_es": "Kelto la Vieja"})
    place = MeetingRow.objects.get(pk=meeting).places[0]
    assert {n["lang"] for n in place["names"]} == {"fr", "es"}
    shown = mixed.client.get(f"/meetings/{meeting}/").content.decode()
    assert "Réunions: 1re réunion" in shown
    assert "Reuniones: 1.ª reunión" in shown

    agenda = mixed.client.get(f"/meetings/agenda/?meeting={meeting}").context["form"]
    assert agenda["title_fr"].value() == "Ordre du jour de la 1re réunion"
    assert not [name for name in agenda.fields if name.endswith(("_zh", "_ru", "_en"))]
    items = {"rows": "1", "row0_words_fr": "Eaux frontalières", "row0_words_es": "Aguas fronterizas", "row0_kind": "discussion"}
    say(mixed, f"/meetings/agenda/?meeting={meeting}", {"meeting": meeting} | items)
    assert AgendaRow.objects.get().items[0]["titles"] == {"fr": "Eaux frontalières", "es": "Aguas fronterizas"}

    person = {"rows": "1", "row0_name_fr": "Hélène Marais", "row0_name_es": "Elena Marais", "row0_role": "head", "row0_present": "on"}
    say(mixed, f"/meetings/delegation/?meeting={meeting}", {"meeting": meeting} | person, joint=False)
    assert DelegationRow.objects.get().members[0]["names"] == {"fr": "Hélène Marais", "es": "Elena Marais"}

    mixed.client.post(f"/meetings/{meeting}/minutes/")
    minutes = Draft.objects.get(done=False, working__kind="minutes")
    assert minutes.working["langs"].split() == ["es", "fr"]
    assert minutes.working["title_es"] == "Acta de la 1.ª reunión"
    assert "Eaux frontalières" in minutes.working["text_fr"]
    assert "Elena Marais" in minutes.working["text_es"]
    assert mixed.client.get(f"/texts/put-forward/?draft={minutes.key}").status_code == 200


def test_people_and_texts_are_asked_for_in_the_languages_of_the_mechanism(mixed: Pair) -> None:
    query = f"?mechanism={mixed.mechanism}"
    person = {"person_fr": "Hélène Marais", "person_es": "Elena Marais"} | {k: v for k, v in APPOINT.items() if k != "person_en"}
    act = mixed.say(f"/mechanisms/appoint/{query}", person, joint=False)
    assert {n["lang"] for n in AppointmentRow.objects.get(pk=act).names} == {"fr", "es"}
    form = mixed.client.get(f"/texts/put-forward/{query}").context["form"]
    assert form.languages == ["es", "fr"]
    page = mixed.client.get(f"/mechanisms/mandate/{query}").content.decode()
    assert "Français" in page
    assert "Русский" not in page.partition("<main")[2]


def test_a_founding_asks_in_the_languages_that_are_typed_and_refuses_what_is_no_tag(mixed: Pair) -> None:
    typed = {"languages": "pt-BR", "show": "languages", "series_rows": "1", "page": "d" * 16}
    form = mixed.client.post("/mechanisms/found/", typed).context["form"]
    assert "name_pt-BR" in form.fields
    assert "name_zh" not in form.fields
    wrong = mixed.client.post("/mechanisms/found/", FOUNDING | {"languages": "fr !", "continue": "1", "page": "e" * 16})
    assert wrong.status_code == 422
    assert "languages" in wrong.context["form"].errors


def test_an_error_stands_at_the_first_language_that_is_asked_for(mixed: Pair) -> None:
    typed: dict[str, Any] = CONVENING | {"audience": "public", "continue": "1", "page": "f" * 16}
    answer = mixed.client.post(f"/meetings/convene/?mechanism={mixed.mechanism}", typed)
    assert list(answer.context["form"].errors) == ["place0_es"]


def test_a_mechanism_that_names_itself_in_the_usual_languages_is_asked_in_all_of_them() -> None:
    assert of_names(rows.names({"ru": "Комиссия"})) == ("zh-Hans", "ru", "en")
    assert of_names(rows.names({"zh-Hans": "委员会", "fr": "Commission"})) == ("zh-Hans", "fr")
    with asking(["fr"]):
        assert asked() == ("fr",)
    assert asked() == ("zh-Hans", "ru", "en")
