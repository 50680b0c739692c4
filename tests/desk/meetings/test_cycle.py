"""The minutes from draft to extract, last time, papers and closing, as the pages show them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.desk.record.models import ActRow, Draft
from comity.desk.texts.models import CommentRow, TextRow
from comity.meetings.acts import read_closing
from desk import rows
from desk.meetings import happenings
from desk.meetings.makings import MECHANISM, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    rows.mechanism()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("secretary").user)
    return client


@pytest.fixture
def public() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content
    return response.content.decode()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_draft_of_the_minutes_has_a_heading_per_item_and_who_was_present_in_every_language(desk: Client) -> None:
    row = meeting(1)
    happenings.agenda(row)
    happenings.delegation(row, "arvena", present=True)
    response = desk.post(f"/meetings/{row.id}/minutes/")
    draft = Draft.objects.get()
    assert response.url == f"/texts/put-forward/?draft={draft.key}"
    assert draft.working["kind"] == "minutes"
    assert "2. Implementation of the treaty" in draft.working["text_en"]
    assert "Head of arvena" in draft.working["text_en"]
    assert "二、友好条约实施情况" in draft.working["text_zh-Hans"]
    assert draft.working["title_ru"] == "Протокол первого заседания"
    assert desk.get(response.url).status_code == 200


def test_the_minutes_are_begun_once_and_gone_on_with(desk: Client) -> None:
    row = meeting(1)
    first, second = (desk.post(f"/meetings/{row.id}/minutes/") for _ in range(2))
    assert first.url == second.url
    assert "Go on with the minutes" in page(desk, f"/meetings/{row.id}/")


def test_the_page_says_who_waits_for_whom_about_the_minutes(desk: Client) -> None:
    row = meeting(1)
    text = happenings.minutes(row, stage="forward", by="kelmor")
    said = page(desk, f"/meetings/{row.id}/")
    assert "Parliament of Kelmor waits for National Assembly of Arvena to comment on the minutes or to adopt them" in said
    assert f"/texts/comment/?text={text.id}" in said
    rows.act("comment", "texts/comment/1", text.id, by="arvena", joint=False)
    CommentRow.objects.create(
        id=rows.an_id("comment"),
        mechanism=MECHANISM,
        text=text.id,
        party="arvena",
        said="2026-11-13T10:00:00+02:00",
        act=rows.an_id("comment"),
    )
    assert "1 comment<" in page(desk, f"/meetings/{row.id}/")


def test_a_proposed_adoption_of_the_minutes_names_the_missing_signature(desk: Client) -> None:
    row = meeting(1)
    happenings.minutes(row, "adoption", by="kelmor", in_force=False)
    ActRow.objects.filter(pk=rows.an_id("adoption")).update(status="open", signed=["kelmor"], missing=["arvena"])
    assert "The adoption waits for the signature of National Assembly of Arvena" in page(desk, f"/meetings/{row.id}/")


def test_an_extract_is_downloaded_with_the_digest_that_the_page_tells_and_verified(desk: Client) -> None:
    row = meeting(1)
    happenings.minutes(row)
    said = page(desk, f"/meetings/{row.id}/extracts/")
    data = body(desk.get(f"/meetings/{row.id}/extracts/2/ru.akn.xml"))
    assert hashlib.sha256(data).hexdigest() in said
    good = desk.post(f"/meetings/{row.id}/extracts/", {"file": SimpleUploadedFile("x.xml", data)})
    assert "byte for byte" in good.content.decode()
    bad = desk.post(
        f"/meetings/{row.id}/extracts/", {"file": SimpleUploadedFile("x.xml", data.replace("Стороны".encode(), "Страны".encode()))}
    )
    assert bad.status_code == 422
    assert "not what the minutes say about item 2" in bad.content.decode()
    assert "Стороны согласились продолжать." in page(desk, f"/meetings/{row.id}/extracts/2/ru/")


def test_an_extract_of_minutes_that_were_corrected_since_is_known_as_such(desk: Client) -> None:
    row = meeting(1)
    first = happenings.minutes(row)
    data = body(desk.get(f"/meetings/{row.id}/extracts/2/ru.akn.xml"))
    corrected = happenings.minutes(row, "corrected", words={"ru": happenings.WORDS["ru"].replace("продолжать", "подождать")})
    steps = [{"act": first.id, "versions": first.versions}, {"act": corrected.id, "versions": corrected.versions}]
    TextRow.objects.filter(pk=first.id).update(versions=corrected.versions, steps=steps)
    TextRow.objects.filter(pk=corrected.id).delete()
    answer = desk.post(f"/meetings/{row.id}/extracts/", {"file": SimpleUploadedFile("x.xml", data)})
    assert answer.status_code == 200
    assert "They have been corrected since" in answer.content.decode()


def test_there_is_no_extract_of_an_item_or_language_that_is_not_there(desk: Client) -> None:
    row = meeting(1)
    assert "No adopted minutes yet" in page(desk, f"/meetings/{row.id}/extracts/")
    happenings.minutes(row)
    page(desk, f"/meetings/{row.id}/extracts/9/ru/", 404)
    page(desk, f"/meetings/{row.id}/extracts/1/fr/", 404)
    assert desk.get(f"/meetings/{row.id}/extracts/9/ru.akn.xml").status_code == 404


def test_last_time_shows_the_wording_the_texts_and_both_assessments(desk: Client) -> None:
    before = meeting(1)
    happenings.agenda(before)
    happenings.minutes(before)
    rows.text(meeting=before.id)
    rows.commitment()
    rows.assessment("a", by="arvena", finding="kept")
    rows.assessment("b", by="kelmor", finding="partly")
    row = meeting(2)
    items = (
        ("minutes", "minutes", ("记录", "Протокол", "Minutes")),
        ("new", "report", ("友好条约实施情况", "Выполнение договора о дружбе", "Implementing the treaty")),
    )
    happenings.agenda(row, items=items)
    said = page(desk, f"/meetings/{row.id}/last-time/")
    assert "The Committee approved them." in said
    assert "The sides agreed to go on." in said
    assert "likely the same" in said
    assert rows.TITLES["en"] in said
    assert "kept in part" in said
    assert "has not assessed" not in said


def test_the_first_meeting_of_a_series_has_no_last_time(desk: Client) -> None:
    assert "There was no meeting before this one" in page(desk, f"/meetings/{meeting(1).id}/last-time/")


def test_the_zip_of_all_papers_is_the_same_bytes_each_time_and_says_their_digests(desk: Client) -> None:
    row = meeting(1)
    happenings.agenda(row)
    happenings.delegation(row, "kelmor")
    happenings.minutes(row)
    first, second = (body(desk.get(f"/meetings/{row.id}/papers/all.zip")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        names = opened.namelist()
        sums = dict(reversed(line.split("  ")) for line in opened.read("SHA256SUMS").decode().splitlines())
        assert names[-1] == "SHA256SUMS"
        assert sorted(sums) == sorted(names[:-1])
        assert all(hashlib.sha256(opened.read(name)).hexdigest() == sha for name, sha in sums.items())
    for wanted in (
        "agenda/agenda.ru.akn.xml",
        "agenda/agenda.ru.docx",
        "delegations/kelmor.zh-Hans.akn.xml",
        "extracts/extract-2.en.akn.xml",
        "meeting.ics",
    ):
        assert wanted in names


def test_every_paper_that_is_listed_can_be_downloaded(desk: Client) -> None:
    row = meeting(1)
    happenings.agenda(row)
    happenings.minutes(row)
    response = desk.get(f"/meetings/{row.id}/papers/")
    papers = [file for group in response.context["groups"] for line in group["lines"] for file in line["files"]]
    assert {p.form for p in papers} >= {"Akoma Ntoso", "Word", "iCalendar"}
    for paper in papers[:6]:
        answer = desk.get(f"/meetings/{row.id}/papers/{paper.name}")
        assert answer.status_code == 200
        if paper.sha256:
            assert hashlib.sha256(answer.content).hexdigest() == paper.sha256
    page(desk, f"/meetings/{row.id}/papers/no/such.docx", 404)


def test_a_meeting_is_closed_on_its_adopted_minutes_and_not_before(desk: Client) -> None:
    row = meeting(1)
    assert "they are not adopted yet" in page(desk, f"/meetings/{row.id}/")
    address = f"/meetings/close/?meeting={row.id}"
    assert desk.post(address, {"meeting": row.id, "audience": "parties", "continue": "1"}).status_code == 422
    minutes, text = happenings.minutes(row), rows.text(meeting=row.id)
    assert desk.post(address, {"meeting": row.id, "audience": "parties", "continue": "1"}).status_code == 302
    said = read_closing(Draft.objects.get().body)
    assert (said.meeting, said.minutes, said.texts) == (row.id, minutes.id, (text.id,))


def test_a_closed_meeting_says_so_and_offers_no_change(desk: Client) -> None:
    row = meeting(1, closed=rows.an_id("closing"))
    said = page(desk, f"/meetings/{row.id}/")
    assert "This meeting is closed" in said
    assert "supersedes=" not in said
    assert "/meetings/agenda/?" not in said


def test_the_public_sees_only_the_public_agenda_delegation_minutes_and_papers(public: Client) -> None:
    rows.mechanism()
    row = meeting(1)
    happenings.agenda(row, audience="parties")
    happenings.delegation(row, "arvena", audience="parties")
    happenings.minutes(row)
    ActRow.objects.filter(pk=rows.an_id("minutes")).update(audience="parties")
    said = page(public, f"/meetings/{row.id}/")
    for hidden in ("Implementation of the treaty", "Head of arvena", "Minutes en", "Draft the minutes", "Our delegation"):
        assert hidden not in said
    page(public, f"/meetings/{row.id}/agenda/", 404)
    assert "No adopted minutes yet" in page(public, f"/meetings/{row.id}/extracts/")
    assert public.get(f"/meetings/{row.id}/extracts/1/ru.akn.xml").status_code == 404
    with zipfile.ZipFile(io.BytesIO(body(public.get(f"/meetings/{row.id}/papers/all.zip")))) as opened:
        assert opened.namelist() == ["meeting.ics", "SHA256SUMS"]
    ActRow.objects.exclude(type="mechanisms/found/1").update(audience="public")
    assert "Head of arvena" in page(public, f"/meetings/{row.id}/")


def test_the_calendar_to_subscribe_to_holds_public_meetings_only_whoever_asks(desk: Client, public: Client) -> None:
    meeting(1)
    meeting(2, act={"audience": "parties"})
    meeting(3, first_day="2027-05", last_day="2027-05", opens=None)
    feeds = [client.get(f"/meetings/calendar/{MECHANISM}.ics").content for client in (desk, public)]
    assert feeds[0] == feeds[1]
    assert feeds[0].count(b"DTSTART;VALUE=DATE") == 1


def test_the_opening_is_told_by_both_sides_clocks(desk: Client) -> None:
    meeting(1, host="kelmor")
    row = meeting(2, host="arvena", opens={"at": "2021-11-20T10:00", "zone": "Europe/Kyiv"}, places=[])
    said = page(desk, f"/meetings/{row.id}/")
    assert "Asia/Shanghai (Parliament of Kelmor)" in said
    assert "16:00" in said


def test_the_queries_of_the_pages_do_not_grow_with_what_was_said(desk: Client) -> None:
    before, row = meeting(1), meeting(2)
    for one in (before, row):
        happenings.agenda(one)
        happenings.delegation(one, "arvena")
    happenings.minutes(before, "minutes 1")
    addresses = [f"/meetings/{row.id}/", f"/meetings/{row.id}/last-time/", f"/meetings/{before.id}/papers/"]

    def say(n: int) -> None:
        happenings.agenda(row, f"another {n}", signed=("kelmor",))
        happenings.minutes(row, f"forward {n}", stage="forward", by="kelmor")
        rows.text(f"text {n}", meeting=before.id)
        rows.commitment(f"commitment {n}", about=f"text {n}")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            page(desk, address)
        return len(caught)

    say(0)
    few = [queries(address) for address in addresses]
    for n in range(1, 5):
        say(n)
    happenings.delegation(row, "kelmor")
    happenings.delegation(before, "kelmor")
    assert [queries(address) for address in addresses] == few


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_the_pages_speak_the_readers_language(desk: Client, language: str) -> None:
    row = meeting(1)
    happenings.agenda(row)
    happenings.minutes(row)
    for path in ("", "papers/", "extracts/", "agenda/", "last-time/"):
        said = page(desk, f"/meetings/{row.id}/{path}?lang={language}")
        assert {"zh-hans": "会议", "ru": "заседани"}[language] in said
        assert "Agreed by all sides" not in said
