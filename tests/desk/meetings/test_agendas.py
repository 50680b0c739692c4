"""The editors of agendas and delegations: what they start with, how rows move, what the draft holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.desk.meetings.rowed import rearranged
from comity.desk.node import the_node
from comity.desk.record.models import Draft
from comity.meetings.acts import read_agenda, read_delegation
from comity.meetings.agenda import titles_in
from comity.meetings.delegation import people_in
from comity.texts.akn import from_akn
from comity.texts.word import docx
from desk import rows
from desk.meetings import happenings
from desk.meetings.makings import MECHANISM, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    rows.mechanism()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("drafter").user)
    return client


def typed(form: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of a form as it is shown."""
    sent = {name: form[name].value() for name in form.fields if not name.startswith("file_")}
    return {name: value for name, value in sent.items() if value not in (None, False, "")} | changes


def shown(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.context["form"]


def test_the_first_item_of_a_new_agenda_is_the_minutes_of_the_previous_meeting(desk: Client) -> None:
    meeting(1)
    row = meeting(2)
    form = shown(desk, f"/meetings/agenda/?meeting={row.id}")
    assert form.row(0)["kind"] == "minutes"
    assert form.row(0)["words_ru"] == "Утверждение протокола предыдущего заседания"
    assert form["title_zh"].value() == "第二次会议议程"


def test_an_agenda_is_cloned_from_the_previous_meeting_with_its_keys_and_without_its_times(desk: Client) -> None:
    happenings.agenda(meeting(1))
    form = shown(desk, f"/meetings/agenda/?meeting={meeting(2).id}")
    assert [form.row(n)["key"] for n in range(form.count)] == ["minutes", "treaty"]
    assert form.row(1)["starts"] == ""


def test_the_draft_holds_items_in_order_and_their_titles_in_files_of_every_language(desk: Client) -> None:
    row = meeting(1)
    address = f"/meetings/agenda/?meeting={row.id}"
    sent = typed(shown(desk, address), **{"continue": "1", "audience": "parties"})
    sent |= {"rows": "2", "row1_kind": "report", "row1_who": "party:kelmor", "row1_starts": "9:30", "row1_length": "45"}
    sent |= {"row1_words_zh": "条约", "row1_words_ru": "Договор", "row1_words_en": "The treaty"}
    response = desk.post(address, sent)
    assert response.status_code == 302, response.content.decode()
    draft = Draft.objects.get()
    said = read_agenda(draft.body)
    assert [(i.key, i.kind, i.party, i.length) for i in said.items] == [
        ("other-business", "other", None, None),
        ("the-treaty", "report", "kelmor", 45),
    ]
    assert said.items[1].starts is not None
    assert (said.items[1].starts.text, said.items[1].starts.zone) == ("2020-11-20T09:30", "Asia/Shanghai")
    ru = from_akn(the_node().files.read(draft.files["text.ru.akn.xml"]))
    assert titles_in(ru) == ["Разное", "Договор"]
    assert draft.titles["en"] == "Agenda of the first meeting"


def test_a_title_that_is_missing_in_one_language_is_asked_for_at_its_field(desk: Client) -> None:
    meeting(1)
    row = meeting(2)
    address = f"/meetings/agenda/?meeting={row.id}"
    response = desk.post(address, typed(shown(desk, address), **{"continue": "1", "row0_words_ru": ""}))
    assert response.status_code == 422
    assert response.context["form"].errors["row0_words_ru"]


@pytest.mark.parametrize(
    ("action", "order"),
    [("up-1", "ba"), ("down-0", "ba"), ("remove-0", "b"), ("add", "ab-"), ("up-0", "ab"), ("down-9", "ab"), ("up-x", "ab")],
)
def test_rows_are_moved_added_and_removed_by_buttons(action: str, order: str) -> None:
    found = rearranged([{"v": "a"}, {"v": "b"}], action, {"v": "-"})
    assert "".join(row["v"] for row in found) == order


def test_moving_an_item_keeps_what_is_typed_in_the_draft(desk: Client) -> None:
    meeting(1)
    row = meeting(2)
    address = f"/meetings/agenda/?meeting={row.id}"
    response = desk.post(address, typed(shown(desk, address), show="down-0", page="0123456789abcdef"))
    assert response.status_code == 200
    assert [response.context["form"].row(n)["key"] for n in range(2)] == ["other-business", "minutes"]
    assert Draft.objects.get().working["row1_kind"] == "minutes"
    again = shown(desk, f"{address}&draft={Draft.objects.get().key}")
    assert again.row(1)["key"] == "minutes"


def test_a_word_file_becomes_the_titles_of_its_language(desk: Client) -> None:
    row = meeting(1)
    agenda = happenings.agenda(row)
    stored = next(v for v in agenda.versions if v["lang"] == "ru")
    word = docx(from_akn(the_node().files.read(stored["sha256"])))
    address = f"/meetings/agenda/?meeting={row.id}"
    sent = typed(shown(desk, address), show="read", row1_words_ru="") | {"file_ru": SimpleUploadedFile("agenda.docx", word)}
    response = desk.post(address, sent)
    assert response.status_code == 200, response.content.decode()
    form = response.context["form"]
    assert [form.row(n)["words_ru"] for n in range(2)] == ["Утверждение протокола", "Выполнение договора о дружбе"]


def test_a_file_that_cannot_be_read_leaves_its_reason_at_its_field(desk: Client) -> None:
    row = meeting(1)
    address = f"/meetings/agenda/?meeting={row.id}"
    sent = typed(shown(desk, address), show="read") | {"file_en": SimpleUploadedFile("agenda.docx", b"no zip")}
    assert desk.post(address, sent).context["form"].errors["file_en"]


def test_nothing_can_be_proposed_for_a_meeting_that_is_closed_or_not_convened(desk: Client) -> None:
    closed, open_ = meeting(1, closed=rows.an_id("closing")), meeting(2, signed=("kelmor",))
    for row in (closed, open_):
        for page in ("agenda", "delegation", "close"):
            assert desk.get(f"/meetings/{page}/?meeting={row.id}").status_code == 409


def test_a_delegation_is_cloned_from_the_previous_meeting_with_everybody_expected(desk: Client) -> None:
    happenings.delegation(meeting(1), "arvena", present=True)
    form = shown(desk, f"/meetings/delegation/?meeting={meeting(2).id}")
    assert form.row(0)["name_en"] == "Head of arvena"
    assert not form.row(0)["present"]


def test_all_are_marked_present_at_once_and_that_is_kept_in_the_draft(desk: Client) -> None:
    row = meeting(1)
    happenings.delegation(row, "arvena")
    address = f"/meetings/delegation/?meeting={row.id}"
    response = desk.post(address, typed(shown(desk, address), show="all-present"))
    assert response.context["form"].row(0)["present"] is True
    assert Draft.objects.get().working["row0_present"] is True


def test_the_draft_of_a_delegation_names_nobody_in_its_body(desk: Client) -> None:
    row = meeting(1)
    address = f"/meetings/delegation/?meeting={row.id}"
    names = {"zh": "托万", "ru": "Тован", "en": "Tovan"}
    people = {f"row{n}_name_{key}": f"{name} {n}" for n in range(2) for key, name in names.items()}
    sent = {"meeting": row.id, "rows": "2", "audience": "parties", "continue": "1", **people}
    sent |= {"row0_role": "head", "row0_present": "on", "row1_role": "substitute", "row1_instead": "tovan-0", "row0_key": "tovan-0"}
    response = desk.post(address, sent)
    assert response.status_code == 302, response.content.decode()
    draft = Draft.objects.get()
    said = read_delegation(draft.body)
    assert [(m.role, m.attendance, m.instead) for m in said.members] == [("head", "present", None), ("substitute", "expected", "tovan-0")]
    assert "Tovan" not in str(draft.body)
    assert people_in(from_akn(the_node().files.read(draft.files["text.ru.akn.xml"])))[1] == ("Тован 1", "")


def test_those_in_office_are_proposed_where_no_delegation_was_ever_said(desk: Client) -> None:
    from comity.desk.mechanisms.models import AppointmentRow

    made = rows.act("appointment", "mechanisms/appoint/1", joint=False)
    AppointmentRow.objects.create(
        id=made.id,
        mechanism=MECHANISM,
        party="arvena",
        person="tovan",
        names=rows.names({"en": "Tovan Brel"}),
        titles=[],
        office="presiding-co-chair",
        since="2016",
        act=made.id,
    )
    form = shown(desk, f"/meetings/delegation/?meeting={meeting(1).id}")
    assert (form.row(0)["key"], form.row(0)["role"], form.row(0)["name_en"]) == ("tovan", "head", "Tovan Brel")
