"""The list of meetings and the page of one, as readers and officers see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk import rows
from desk.meetings.makings import MECHANISM, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("secretary").user)
    return client


@pytest.fixture
def public() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_the_list_has_the_newest_first_and_marks_what_is_coming(desk: Client) -> None:
    rows.mechanism()
    meeting(1)
    soon = f"{timezone.localdate().year + 1}-03-01"
    meeting(2, first_day=soon, last_day=soon, opens=None)
    said = page(desk, "/meetings/")
    assert said.index("Second meeting") < said.index("First meeting")
    assert said.count("upcoming") == 1


def test_a_proposal_says_who_is_awaited(desk: Client) -> None:
    rows.mechanism()
    meeting(1, signed=("kelmor",))
    assert "Awaited: National Assembly of Arvena." in page(desk, "/meetings/")


def test_what_was_declined_is_listed_only_on_request(desk: Client) -> None:
    rows.mechanism()
    meeting(1, signed=("kelmor",), act={"status": "declined"})
    assert "First meeting" not in page(desk, f"/meetings/?mechanism={MECHANISM}")
    assert "First meeting" in page(desk, f"/meetings/?mechanism={MECHANISM}&standing=all")


def test_the_page_names_the_meeting_in_every_language_as_equals(desk: Client) -> None:
    rows.mechanism()
    said = page(desk, f"/meetings/{meeting(3).id}/")
    for lang, words in (("zh-Hans", "例会：第三次会议"), ("ru", "Заседание: третье заседание"), ("en", "Meeting: third meeting")):
        assert f'lang="{lang}"' in said
        assert words in said


def test_the_opening_is_told_by_every_clock(desk: Client) -> None:
    rows.mechanism()
    said = page(desk, f"/meetings/{meeting(1).id}/")
    assert "Asia/Shanghai" in said
    assert "UTC" in said  # the zone of this node


def test_the_page_counts_texts_and_commitments_and_opens_them(desk: Client) -> None:
    rows.mechanism()
    row = meeting(1)
    rows.text(meeting=row.id)
    rows.commitment()
    said = page(desk, f"/meetings/{row.id}/")
    assert f'href="/texts/?mechanism={MECHANISM}&amp;meeting={row.id}"><b>1</b>text<' in said
    assert f'href="/commitments/?mechanism={MECHANISM}&amp;meeting={row.id}"><b>1</b>commitment<' in said
    assert rows.TITLES["en"] in said


def test_the_neighbours_in_the_series_are_one_click_away(desk: Client) -> None:
    rows.mechanism()
    first, second, third = meeting(1), meeting(2), meeting(3)
    said = page(desk, f"/meetings/{second.id}/")
    assert f'rel="prev" href="/meetings/{first.id}/"' in said
    assert f'rel="next" href="/meetings/{third.id}/"' in said


def test_the_public_sees_only_what_is_public_today(public: Client) -> None:
    rows.mechanism()
    rows.act("mechanism", "mechanisms/found/1")
    shown, hidden = meeting(1), meeting(2, act={"audience": "parties"})
    later = meeting(3, act={"public_from": f"{timezone.localdate().year + 1}"})
    listed = page(public, "/meetings/")
    assert "First meeting" in listed
    assert "Second meeting" not in listed
    assert "Third meeting" not in listed
    assert public.get(f"/meetings/{shown.id}/").status_code == 200
    assert public.get(f"/meetings/{hidden.id}/").status_code == 404
    assert public.get(f"/meetings/{later.id}/").status_code == 404


def test_a_public_meeting_of_a_mechanism_that_is_not_public_stays_hidden(public: Client) -> None:
    rows.mechanism()
    rows.act("mechanism", "mechanisms/found/1", audience="parties")
    assert public.get(f"/meetings/{meeting(1).id}/").status_code == 404


def test_the_calendar_file_can_be_loaded_and_one_of_a_vague_meeting_is_not_there(desk: Client) -> None:
    rows.mechanism()
    row, vague = meeting(1), meeting(2, first_day="2027-05", last_day="2027-05", opens=None)
    response = desk.get(f"/meetings/{row.id}/meeting.ics")
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20201120T020000Z" in response.content
    assert desk.get(f"/meetings/{vague.id}/meeting.ics").status_code == 404
    assert "meeting.ics" not in page(desk, f"/meetings/{vague.id}/")


def test_the_queries_of_the_list_and_of_a_page_do_not_grow_with_the_record(desk: Client) -> None:
    rows.mechanism()
    row = meeting(1)
    rows.text(meeting=row.id)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            page(desk, address)
        return len(caught)

    addresses = ("/meetings/", f"/meetings/?mechanism={MECHANISM}", f"/meetings/{row.id}/")
    few = [queries(address) for address in addresses]
    for ordinal in range(2, 40):
        meeting(ordinal)
    rows.text("another", meeting=row.id)
    assert [queries(address) for address in addresses] == few


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_the_pages_speak_the_readers_language(desk: Client, language: str) -> None:
    rows.mechanism()
    row = meeting(1)
    said = page(desk, f"/meetings/{row.id}/?lang={language}")
    assert {"zh-hans": "2020年11月20日至22日", "ru": "20–22 ноября 2020 г."}[language] in said
    assert "Acts about this meeting" not in said
