"""Convening a meeting and changing one: what the form proposes, what it refuses, what the draft holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from comity.desk.record.models import Draft
from comity.meetings.acts import read_convening
from desk import rows
from desk.meetings.makings import MECHANISM, meeting

pytestmark = pytest.mark.django_db

TYPED = {
    "mechanism": MECHANISM,
    "series": "main",
    "first_day": "2026-11-20",
    "last_day": "2026-11-22",
    "opens_at": "9:30",
    "opens_zone": "Asia/Shanghai",
    "mode": "in_person",
    "host": "kelmor",
    "place_rows": "1",
    "place0_zh": "凯尔托",
    "place0_ru": "Кельто",
    "place0_en": "Kelto",
    "place0_zone": "Asia/Shanghai",
    "audience": "parties",
    "page": "one",
}
ADDRESS = f"/meetings/convene/?mechanism={MECHANISM}"


@pytest.fixture
def desk() -> Client:
    rows.mechanism()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("drafter").user)
    return client


def send(client: Client, address: str = ADDRESS, button: str = "continue", **changes: Any) -> Any:
    return client.post(address, TYPED | {button: "1"} | changes)


def test_the_first_meeting_names_none_before_it(desk: Client) -> None:
    assert send(desk).status_code == 302
    said = read_convening(Draft.objects.get().body)
    assert (said.series, said.ordinal, said.previous) == (f"{MECHANISM}#main", 1, None)
    assert said.opens is not None
    assert (said.opens.text, said.opens.zone) == ("2026-11-20T09:30", "Asia/Shanghai")
    assert said.places[0].zone == "Asia/Shanghai"
    assert {n.lang: n.text for n in said.places[0].names} == {"zh-Hans": "凯尔托", "ru": "Кельто", "en": "Kelto"}


def test_the_next_number_and_the_one_before_it_follow_from_the_record(desk: Client) -> None:
    meeting(1)
    second = meeting(2)
    meeting(3, signed=("kelmor",))
    assert send(desk, host="arvena").status_code == 302
    said = read_convening(Draft.objects.get().body)
    assert (said.ordinal, said.previous) == (3, second.id)


def test_an_open_proposal_for_the_same_number_is_pointed_out(desk: Client) -> None:
    row = meeting(1, signed=("kelmor",))
    assert f'<a href="/meetings/{row.id}/">First meeting</a>' in desk.get(ADDRESS).content.decode()


def test_the_host_is_proposed_by_rotation(desk: Client) -> None:
    meeting(1, host="arvena")
    form = desk.get(ADDRESS).context["form"]
    assert form["host"].value() == "kelmor"


def test_a_change_keeps_series_number_and_predecessor_and_names_what_it_replaces(desk: Client) -> None:
    first, second = meeting(1), meeting(2)
    address = f"/meetings/convene/?supersedes={second.id}"
    form = desk.get(address).context["form"]
    assert (form["first_day"].value(), form["opens_at"].value(), form["place0_ru"].value()) == ("2021-11-20", "10:00", "Кельто")
    assert send(desk, address, supersedes=second.id, first_day="2021-12-01", last_day="").status_code == 302
    said = read_convening(Draft.objects.get().body)
    assert (said.ordinal, said.previous, said.supersedes) == (2, first.id, second.id)
    assert said.first_day.text == said.last_day.text == "2021-12-01"


def test_a_meeting_that_is_not_in_force_cannot_be_changed(desk: Client) -> None:
    row = meeting(1, signed=("kelmor",))
    response = desk.get(f"/meetings/convene/?supersedes={row.id}")
    assert response.status_code == 409
    assert "in force" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": "20 November"}, "first_day"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": "2026-11", "last_day": ""}, "first_day"),
        ({"opens_at": "half past nine"}, "opens_at"),
        ({"opens_zone": "Kelmor/Kelto"}, "opens_zone"),
        ({"place0_zh": "", "place0_ru": "", "place0_en": ""}, "place0_zh"),
        ({"host": "sorvell"}, "host"),
        ({"series": "other"}, "series"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_is_kept(desk: Client, changes: dict[str, str], field: str) -> None:
    response = send(desk, **changes)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Draft.objects.exists()


def test_a_meeting_online_needs_no_place(desk: Client) -> None:
    assert send(desk, mode="online", place0_zh="", place0_ru="", place0_en="", place0_zone="", host="").status_code == 302
    body = Draft.objects.get().body
    assert body["places"] == []
    assert "host" not in body


def test_half_a_form_is_kept_as_typed_and_comes_back(desk: Client) -> None:
    send(desk, button="keep", first_day="", place0_en="Kel")
    draft = Draft.objects.get()
    assert draft.body == {}
    form = desk.get(f"/meetings/convene/?draft={draft.key}").context["form"]
    assert form["place0_en"].value() == "Kel"
    assert form["place0_zh"].value() == "凯尔托"


def test_one_more_place_can_be_added_and_both_are_said(desk: Client) -> None:
    form = send(desk, button="show").context["form"]
    assert form["place0_en"].value() == "Kelto"
    assert "place1_en" in form.fields
    assert send(desk, place_rows="2", place1_en="Maret", place1_zone="Europe/Minsk").status_code == 302
    assert [p.names[-1].text for p in read_convening(Draft.objects.get().body).places] == ["Kelto", "Maret"]


def test_a_reader_cannot_convene_and_reads_why(desk: Client) -> None:
    reader = Client(HTTP_ACCEPT_LANGUAGE="en")
    reader.force_login(rows.officer("reader").user)
    response = reader.get(ADDRESS)
    assert response.status_code == 409
    assert "A reader cannot draft." in response.content.decode()


def test_nothing_can_be_convened_before_the_founding_act_is_in_force() -> None:
    rows.mechanism(in_force=False)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("drafter").user)
    response = client.get(ADDRESS)
    assert response.status_code == 409
    assert "not signed by all parties yet" in response.content.decode()


def test_another_host_than_the_one_whose_turn_it_is_needs_a_reason(desk: Client) -> None:
    meeting(1, host="kelmor")
    refused = send(desk)
    assert refused.status_code == 422
    assert "turn of National Assembly of Arvena" in refused.content.decode()
    assert send(desk, reason_en="The sides agreed to meet in Kelto again.").status_code == 302
    draft = Draft.objects.get()
    assert draft.body["notes"] == [{"lang": "en", "file": "reason.en.txt"}]
    assert list(draft.files) == ["reason.en.txt"]


def test_the_next_meeting_is_prefilled_from_where_its_host_met_before(desk: Client) -> None:
    first = meeting(
        1, host="arvena", mode="hybrid", places=[{"names": rows.names({"en": "Ostrel", "ru": "Острел"}), "zone": "Europe/Kyiv"}]
    )
    second = meeting(2, host="kelmor", mode="in_person")
    form = desk.get(f"/meetings/convene/?after={second.id}").context["form"]
    assert form["host"].value() == "arvena"
    assert form["place0_en"].value() == "Ostrel"
    assert form["mode"].value() == "in_person"
    assert form["first_day"].value() == ""
    assert first.ordinal == 1


def test_a_closed_meeting_cannot_be_changed(desk: Client) -> None:
    row = meeting(1, closed=rows.an_id("closing"))
    assert desk.get(f"/meetings/convene/?supersedes={row.id}").status_code == 409


def test_a_further_series_is_offered_with_its_own_next_number(desk: Client) -> None:
    meeting(1)
    group = rows.further("group", first=3, names=rows.names({"en": "Water Group"})).id
    assert desk.get(ADDRESS).context["form"].fields["series"].choices == [
        ("main", "Meeting: second meeting"),
        ("group", "Water Group: third meeting"),
    ]
    assert desk.get(f"{ADDRESS}&series=group").context["form"]["series"].value() == "group"
    assert send(desk, series="group").status_code == 302
    said = read_convening(Draft.objects.get().body)
    assert (said.series, said.ordinal, said.previous) == (group, 3, None)


def test_a_series_that_has_ended_is_not_offered(desk: Client) -> None:
    rows.further("old", until="2020")
    rows.further("lasting", until="9998-12")
    assert [key for key, _label in desk.get(ADDRESS).context["form"].fields["series"].choices] == ["main", "lasting"]
    assert send(desk, series="old").status_code == 422


def test_the_list_names_and_narrows_to_a_further_series(desk: Client) -> None:
    meeting(1)
    group = rows.further("group", names=rows.names({"en": "Water Group"}))
    held = meeting(7)
    held.series = group.id
    held.save()
    said = desk.get(f"/meetings/?mechanism={MECHANISM}&series=group").content.decode()
    assert f"/meetings/{held.id}/" in said
    assert "Water Group" in said
    assert f"/meetings/{rows.an_id('main 1')}/" not in said
    assert "Water Group" in desk.get(f"/meetings/{held.id}/").content.decode()
