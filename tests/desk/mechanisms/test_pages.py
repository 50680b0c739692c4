"""The list of mechanisms and the page of one, as readers and officers see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.desk.mechanisms.models import AppointmentRow
from desk import rows
from desk.meetings.makings import MECHANISM, meeting

pytestmark = pytest.mark.django_db

ILENA = rows.names({"zh-Hans": "伊莱娜·马雷特", "ru": "Илена Марет", "en": "Ilena Maret"})


def client(role: str = "") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    if role:
        made.force_login(rows.officer(role).user)
    return made


def page(reader: Client, address: str = f"/mechanisms/{MECHANISM}/") -> str:
    response = reader.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def founded(**more: Any) -> None:
    rows.mechanism(**more)
    rows.act("mechanism", "mechanisms/found/1", titles=rows.COMMITTEE)


def appointed(name: str, *, party: str = "arvena", office: str = "secretary", **more: Any) -> AppointmentRow:
    act = rows.act(name, "mechanisms/appoint/1", by=party, joint=False)
    row = {"person": name, "names": ILENA, "titles": [], "since": "2024-01-01", "until": "", "act": act.id, "holds": True}
    return AppointmentRow.objects.create(id=act.id, mechanism=MECHANISM, party=party, office=office, **row | more)


def test_an_empty_list_teaches_an_officer_what_to_do_first() -> None:
    said = page(client("secretary"), "/mechanisms/")
    assert "Introduce the other parliament’s node" in said
    assert 'href="/mechanisms/found/"' in said


def test_a_reader_sees_the_action_and_the_reason_why_it_cannot_be_taken() -> None:
    said = page(client("reader"), "/mechanisms/")
    assert 'aria-disabled="true" aria-describedby="why-' in said
    assert "A reader cannot draft." in said


def test_the_public_is_told_what_will_stand_here_and_offered_no_action() -> None:
    said = page(client(), "/mechanisms/")
    assert "No mechanism yet" in said
    assert "/mechanisms/found/" not in said


def test_the_page_names_the_mechanism_in_every_language_as_equals() -> None:
    founded()
    said = page(client())
    for lang, name in rows.COMMITTEE.items():
        assert f'lang="{lang}"' in said
        assert name in said


def test_names_are_shown_per_language_and_per_side() -> None:
    parties = [
        {
            "id": "arvena",
            "names": [*rows.names(rows.NAMES["arvena"]), {"text": "Ассамблея Арвены", "lang": "ru", "side": "kelmor"}],
            "chambers": [{"key": "senate", "names": rows.names({"ru": "Сенат", "en": "Senate"})}],
        },
        {"id": "kelmor", "names": rows.names(rows.NAMES["kelmor"])},
    ]
    founded(parties=parties)
    said = page(client())
    assert "as Parliament of Kelmor writes it" in said
    assert "Ассамблея Арвены" in said
    assert "Сенат" in said


def test_every_count_opens_its_records() -> None:
    founded()
    meeting(1)
    meeting(2, signed=("kelmor",))
    rows.text()
    rows.commitment()
    said = page(client("secretary"))
    for address, number in (
        (f"/meetings/?mechanism={MECHANISM}&amp;standing=in_force", 1),
        (f"/texts/?mechanism={MECHANISM}", 1),
        (f"/commitments/?mechanism={MECHANISM}", 1),
        (f"/mechanisms/{MECHANISM}/acts/?status=open", 1),
    ):
        assert f'href="{address}"><b>{number}</b>' in said


def test_the_line_has_the_meetings_the_texts_what_is_due_and_the_age() -> None:
    founded(founded=f"{timezone.localdate().year - 4}-01-01")
    row = meeting(3)
    rows.text()
    rows.commitment(due_by=f"{timezone.localdate().year + 1}-03-31")
    said = page(client())
    drawing = said[said.index('<svg class="line') : said.index("</svg>", said.index('<svg class="line'))]
    assert f'href="/meetings/{row.id}/"' in drawing
    assert rows.TITLES["en"] in drawing
    assert ": 1 due" in drawing
    assert "4 years" in drawing


def test_of_an_act_of_one_side_nobody_elses_signature_is_awaited() -> None:
    founded()
    appointed("ilena")
    said = page(client("secretary"), f"/mechanisms/{MECHANISM}/acts/")
    assert "One side says so." in said
    assert "Awaited" not in said


def test_only_those_who_hold_an_office_today_stand_under_it() -> None:
    founded()
    appointed("ilena", names=rows.names({"en": "Now Here"}))
    appointed("before", holds=False, names=rows.names({"en": "Was Followed"}))
    appointed("ended", office="signatory", until="2025", names=rows.names({"en": "Has Ended"}))
    appointed("future", office="signatory", since="2999", names=rows.names({"en": "Comes Later"}))
    appointed("member", office="member", names=rows.names({"en": "Plain Member"}))
    said = page(client())
    here = said[said.index('id="h-people"') : said.index('id="h-forms"')]
    assert "Now Here" in here
    for name in ("Was Followed", "Has Ended", "Comes Later", "Plain Member"):
        assert name not in here
    assert "1 member, and all earlier holders" in here
    assert "Was Followed" in page(client(), f"/mechanisms/{MECHANISM}/people/")


def test_an_office_until_this_year_is_held_to_its_end() -> None:
    founded()
    appointed("ilena", until=str(timezone.localdate().year), names=rows.names({"en": "Until December"}))
    assert "Until December" in page(client())[: page(client()).index('id="h-forms"')]


def test_the_public_sees_a_mechanism_only_if_its_founding_act_is_public_today() -> None:
    rows.mechanism()
    act = rows.act("mechanism", "mechanisms/found/1", audience="public", public_from="2999-01")
    assert client().get(f"/mechanisms/{MECHANISM}/").status_code == 404
    act.public_from = "2020"
    act.save()
    assert client().get(f"/mechanisms/{MECHANISM}/").status_code == 200
    act.audience = "parties"
    act.save()
    assert client().get(f"/mechanisms/{MECHANISM}/").status_code == 404
    assert client("reader").get(f"/mechanisms/{MECHANISM}/").status_code == 200


def test_the_public_is_not_told_of_acts_and_people_that_are_not_public() -> None:
    founded()
    row = appointed("ilena")
    rows.act("hidden", "meetings/convene/1", audience="parties", status="open")
    type(row).objects.filter(pk=row.pk).update(act=rows.an_id("hidden"))
    said = page(client())
    assert "Ilena Maret" not in said
    assert rows.an_id("hidden") not in said
    assert "<b>0</b>open acts" in said


def test_actions_wait_until_the_founding_act_is_in_force() -> None:
    founded(in_force=False)
    said = page(client("secretary"))
    assert "not signed by all parties yet" in said
    assert "/meetings/convene/" not in said


def test_acts_can_be_narrowed_by_where_they_stand() -> None:
    founded()
    rows.act("waiting", "meetings/convene/1", status="open", signed=["kelmor"], missing=["arvena"])
    said = page(client("secretary"), f"/mechanisms/{MECHANISM}/acts/?status=open")
    assert rows.an_id("waiting") in said
    assert f"/desk/acts/{MECHANISM}/" not in said


def test_the_queries_of_the_list_and_of_a_page_do_not_grow_with_the_record() -> None:
    founded()
    desk = client("secretary")
    meeting(1)
    rows.text()
    rows.commitment()
    appointed("ilena")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            page(desk, address)
        return len(caught)

    own = f"/mechanisms/{MECHANISM}/"
    addresses = ("/mechanisms/", own, f"{own}people/", f"{own}acts/")
    few = [queries(address) for address in addresses]
    for number in range(2, 30):
        meeting(number)
        rows.text(f"text {number}", versions=[{"lang": "en", "status": "authentic", "file": "f", "sha256": "0" * 64}])
        appointed(f"person {number}", office="member")
    assert [queries(address) for address in addresses] == few


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "现任人员"), ("ru", "Лица в должности")])
def test_the_page_speaks_the_readers_language(language: str, words: str) -> None:
    founded()
    said = page(client("secretary"), f"/mechanisms/{MECHANISM}/?lang={language}")
    assert words in said
    assert "People in office" not in said
