"""Marking, reporting and assessing: what the draft holds, and what is refused where."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.commitments.acts import read_assessment, read_report, read_undertaking
from comity.desk import uploads
from comity.desk.commitments.models import CommitmentRow
from comity.desk.node import the_node
from comity.desk.record.models import Draft
from comity.desk.texts.models import TextRow
from comity.terms.ids import digest
from desk import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("drafter").user)
    return client


@pytest.fixture
def text() -> TextRow:
    rows.mechanism()
    return rows.text()


@pytest.fixture
def commitment(text: TextRow) -> CommitmentRow:
    return rows.commitment()


def marked(text: TextRow, **more: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"mechanism": text.mechanism, "text": text.id, "eid": "art_1", "nature": "joint", "by": ["arvena", "kelmor"]}
    form |= {"due": "by", "due_by": "2027-03", "areas": "law\nwater", "audience": "public", "continue": "1"}
    return form | {f"words_{lang}": words for lang, words in rows.QUOTES.items()} | more


def test_marked_words_become_code_point_offsets_with_their_digest(desk: Client, text: TextRow) -> None:
    desk.post("/commitments/undertake/", marked(text))
    said = read_undertaking(Draft.objects.get().body)
    assert (said.text, said.version, said.nature, said.by) == (text.id, text.act, "joint", ("arvena", "kelmor"))
    assert {m.lang for m in said.marks} == set(rows.LANGUAGES)
    for mark in said.marks:
        words = rows.version(mark.lang).by_eid()["art_1"].text[mark.start : mark.end]
        assert words == rows.QUOTES[mark.lang]
        assert mark.sha256 == digest(words.encode())
    assert said.due.end is not None
    assert said.due.end.text == "2027-03"
    assert said.areas == ("law", "water")


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"words_ru": "разработают план"}, "words_ru", "These words do not stand in the provision."),
        ({"words_en": ""}, "words_en", "Mark the words in every authentic language."),
        ({"words_en": "a"}, "words_en", "more than once"),
        ({"due_by": ""}, "due_by", "Write the date, or choose"),
        ({"due_by": "31.03.2027"}, "due_by", "is not a date"),
        ({"due": "window"}, "due_from", "Write when the window opens."),
        ({"by": ["arvena"]}, "by", "What is joint binds all parties."),
        ({"nature": "pledge", "by": ["kelmor"]}, "by", "only the other side can say"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(desk: Client, text: TextRow, wrong: dict[str, Any], field: str, reason: str) -> None:
    answer = desk.post("/commitments/undertake/", marked(text, **wrong))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert any(reason in str(error) for error in form.errors[field])
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("due", "body"),
    [
        ({"due": "none", "due_by": ""}, {"none_stated": True}),
        ({"due": "window", "due_from": "2027-01", "due_by": "2027-06"}, {"from": "2027-01", "to": "2027-06"}),
        ({"due": "by", "due_by": "2027"}, {"by": "2027"}),
    ],
)
def test_a_due_time_is_a_date_a_window_or_expressly_none(desk: Client, text: TextRow, due: dict[str, str], body: dict[str, Any]) -> None:
    desk.post("/commitments/undertake/", marked(text, **due))
    assert Draft.objects.get().body["due"] == body


def test_a_pledge_binds_those_who_make_it(desk: Client, text: TextRow) -> None:
    desk.post("/commitments/undertake/", marked(text, nature="pledge", by=["arvena"]))
    assert Draft.objects.get().body["by"] == ["arvena"]


def test_the_form_starts_with_the_whole_provision_in_every_language(desk: Client, text: TextRow) -> None:
    shown = desk.get(f"/commitments/undertake/?text={text.id}&eid=art_2").context["form"]
    assert shown["words_en"].value() == "Each side shall send a list of laws every year."


def test_another_provision_brings_its_own_words(desk: Client, text: TextRow) -> None:
    shown = desk.post("/commitments/undertake/", marked(text, eid="art_2") | {"show": "1"}).context["form"]
    assert shown["words_en"].value() == "Each side shall send a list of laws every year."


def test_changing_a_commitment_starts_from_its_words_and_names_it(desk: Client, commitment: CommitmentRow) -> None:
    address = f"/commitments/undertake/?text={commitment.text}&supersedes={commitment.id}"
    shown = desk.get(address).context["form"]
    assert shown["words_en"].value() == rows.QUOTES["en"]
    assert shown["due_by"].value() == "2027-03-31"
    desk.post(address, marked(TextRow.objects.get(), supersedes=commitment.id))
    assert read_undertaking(Draft.objects.get().body).supersedes == commitment.id


def reported(commitment: CommitmentRow, **more: Any) -> dict[str, Any]:
    form = {"mechanism": commitment.mechanism, "commitment": commitment.id, "progress": "done", "when": "2027-03-01"}
    return form | {"audience": "parties", "page": "a-page", "continue": "1"} | more


def test_a_report_keeps_its_files_addresses_and_notes(desk: Client, commitment: CommitmentRow) -> None:
    files = [SimpleUploadedFile("list of laws.txt", b"one"), SimpleUploadedFile("plan.pdf", b"two")]
    form = reported(commitment, uploads=files, addresses="https://arvena.example/list\n", note_en="Sent in March.")
    desk.post("/commitments/report/", form)
    draft = Draft.objects.get()
    said = read_report(draft.body)
    assert [e.file or e.address for e in said.evidence] == [
        "evidence-1-list-of-laws.txt",
        "evidence-2-plan.pdf",
        "https://arvena.example/list",
    ]
    assert draft.files["evidence-1-list-of-laws.txt"] == digest(b"one")
    assert the_node().files.read(draft.files["note.en.txt"]) == b"Sent in March."
    assert set(draft.files) == {e.file for e in said.evidence if e.file} | {n.file for n in said.notes}


def test_what_is_reported_as_done_needs_evidence(desk: Client, commitment: CommitmentRow) -> None:
    answer = desk.post("/commitments/report/", reported(commitment))
    assert answer.status_code == 422
    assert "What is reported as done needs evidence." in answer.content.decode()


def test_files_survive_a_form_that_comes_back_and_can_be_left_out(desk: Client, commitment: CommitmentRow) -> None:
    files = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.txt", b"two")]
    back = desk.post("/commitments/report/", reported(commitment, when="March", uploads=files)).context["form"]
    assert back.stored() == [(digest(b"one"), "a.txt"), (digest(b"two"), "b.txt")]
    desk.post("/commitments/report/", reported(commitment, held=back["held"].value(), drop=[digest(b"one")]))
    assert set(Draft.objects.get().files.values()) == {digest(b"two")}


def test_a_file_that_is_too_large_is_refused_with_its_name(
    desk: Client, commitment: CommitmentRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST", 2)
    answer = desk.post("/commitments/report/", reported(commitment, uploads=[SimpleUploadedFile("big.txt", b"one")]))
    assert answer.status_code == 422
    assert "The file big.txt is larger than" in answer.content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "arvena.example", "ftp://arvena.example/x"])
def test_an_address_that_is_none_is_refused(desk: Client, commitment: CommitmentRow, address: str) -> None:
    answer = desk.post("/commitments/report/", reported(commitment, addresses=address))
    assert answer.context["form"].errors["addresses"]


def test_an_assessment_names_the_reports_it_considered_and_gives_its_reason(desk: Client, commitment: CommitmentRow) -> None:
    report = rows.report("report", by="kelmor")
    shown = desk.get(f"/commitments/assess/?commitment={commitment.id}").context["form"]
    assert shown["reports"].value() == [report.id]
    form = {"mechanism": commitment.mechanism, "commitment": commitment.id, "finding": "partly", "reports": [report.id]}
    desk.post("/commitments/assess/", form | {"note_zh-Hans": "部分履行。", "audience": "public", "continue": "1"})
    draft = Draft.objects.get()
    said = read_assessment(draft.body)
    assert (said.finding, said.reports) == ("partly", (report.id,))
    assert the_node().files.read(draft.files["note.zh-Hans.txt"]).decode() == "部分履行。"
    assert draft.audience == {"to": "public"}


def test_only_a_commitment_in_force_is_reported_on(desk: Client, text: TextRow) -> None:
    row = rows.commitment(in_force=False)
    assert desk.get(f"/commitments/report/?commitment={row.id}").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("list of laws.txt", "list-of-laws.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\план.docx", "план.docx"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 70 + ".pdf"),
    ],
)
def test_a_files_name_keeps_only_what_travels(given: str, kept: str) -> None:
    assert uploads.plain_name(given) == kept


def test_a_draft_opens_again_with_what_was_typed(desk: Client, commitment: CommitmentRow) -> None:
    text = TextRow.objects.get()
    about = {"mechanism": commitment.mechanism, "commitment": commitment.id, "audience": "parties"}
    for address, form, field, typed_in in (
        ("/commitments/undertake/", marked(text, words_en="joint") | {"keep": "1"}, "words_en", "joint"),
        ("/commitments/report/", about | {"when": "2027", "note_ru": "Да", "keep": "1"}, "note_ru", "Да"),
        ("/commitments/assess/", about | {"finding": "kept", "keep": "1"}, "finding", "kept"),
    ):
        desk.post(address, {name: value for name, value in form.items() if name != "continue"})
        draft = Draft.objects.latest("updated")
        assert desk.get(f"{address}?draft={draft.key}").context["form"][field].value() == typed_in
