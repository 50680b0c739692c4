"""Preparing acts about texts: what is typed, what is kept, what the draft holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.desk.accounts.models import Officer
from comity.desk.node import the_node
from comity.desk.record.models import Draft
from comity.texts.acts import read_text
from comity.texts.akn import from_akn, read_akn
from desk import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone() -> Officer:
    return rows.officer("drafter")


@pytest.fixture
def desk(someone: Officer) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(someone.user)
    return client


def typed(**more: Any) -> dict[str, Any]:
    """A filled editor in three languages."""
    form: dict[str, Any] = {
        "mechanism": rows.an_id("mechanism"),
        "kind": "communique",
        "meeting": "",
        "date": "2026-11-12",
        "langs": " ".join(rows.LANGUAGES),
        "audience": "parties",
        "page": "a-page",
    }
    for lang in rows.LANGUAGES:
        form |= {f"status_{lang}": "authentic", f"title_{lang}": rows.TITLES[lang], f"text_{lang}": rows.WORDS[lang]}
    return form | more


def test_a_text_is_put_forward_as_canonical_files_in_every_language(desk: Client) -> None:
    rows.mechanism()
    answer = desk.post("/texts/put-forward/", typed() | {"continue": "1"})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == f"/desk/drafts/{draft.key}/"
    said = read_text(draft.body)
    assert {v.lang: v.file for v in said.versions} == {lang: f"text.{lang}.akn.xml" for lang in rows.LANGUAGES}
    for version in said.versions:
        document = read_akn(the_node().files.read(draft.files[version.file]))
        assert document.version.title == rows.TITLES[version.lang]
        assert document.meta.languages == rows.LANGUAGES
        assert list(document.version.by_eid()) == ["art_1", "art_2"]
    assert draft.titles == rows.TITLES


def test_a_language_that_is_left_empty_is_left_out(desk: Client) -> None:
    rows.mechanism()
    desk.post("/texts/put-forward/", typed(title_ru="", text_ru="") | {"continue": "1"})
    assert [v["lang"] for v in Draft.objects.get().body["versions"]] == ["zh-Hans", "en"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_ru": ""}, "Give the title in this language."),
        ({"text_en": ""}, "Write the words in this language"),
        ({"date": "12 November"}, "Write the date as 2026-11-12."),
        ({f"status_{lang}": "machine" for lang in rows.LANGUAGES}, "At least one version has to be authentic."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_makes_no_draft(desk: Client, wrong: dict[str, str], said: str) -> None:
    rows.mechanism()
    answer = desk.post("/texts/put-forward/", typed(**wrong) | {"continue": "1"})
    assert answer.status_code == 422
    assert answer.content.decode().count(said) >= 2  # in the summary and at the field
    assert not Draft.objects.exists()


def test_a_provision_missing_in_one_language_is_named_in_the_preview(desk: Client) -> None:
    rows.mechanism()
    shorter = rows.WORDS["ru"].split("\n\n")[0]
    shown = desk.post("/texts/put-forward/", typed(text_ru=shorter) | {"show": "1"}).content.decode()
    assert "<b>Article 2</b>: missing in Русский" in shown
    assert not Draft.objects.exists()


def test_typing_is_kept_without_a_body_and_comes_back(desk: Client) -> None:
    rows.mechanism()
    saved = desk.post("/texts/put-forward/", typed(title_en="") | {"autosave": "1"}).content.decode()
    draft = Draft.objects.get()
    assert re.match(r"Saved \d\d:\d\d", saved)
    assert f'id="id_draft" value="{draft.key}"' in saved
    assert draft.body == {}
    shown = desk.get(f"/texts/put-forward/?draft={draft.key}").content.decode()
    assert "Совместное коммюнике четвёртого заседания" in shown
    desk.post("/texts/put-forward/", typed(draft=draft.key, revision=1) | {"continue": "1"})
    assert Draft.objects.get().body["kind"] == "communique"


def test_a_page_whose_autosave_is_not_back_yet_makes_no_second_draft(desk: Client) -> None:
    rows.mechanism()
    desk.post("/texts/put-forward/", typed() | {"autosave": "1"})
    desk.post("/texts/put-forward/", typed() | {"continue": "1"})
    assert Draft.objects.count() == 1


def test_a_colleagues_change_in_between_is_refused_not_overwritten(desk: Client) -> None:
    rows.mechanism()
    desk.post("/texts/put-forward/", typed() | {"keep": "1"})
    draft = Draft.objects.get()
    desk.post("/texts/put-forward/", typed(draft=draft.key, revision=1, page="colleague", title_en="Hers") | {"keep": "1"})
    for revision in (1, "null"):
        answer = desk.post("/texts/put-forward/", typed(draft=draft.key, revision=revision, title_en="Mine") | {"keep": "1"})
        assert "A colleague has changed this draft" in answer.content.decode()
    assert Draft.objects.get().titles["en"] == "Hers"


def test_a_file_is_read_into_the_editor_before_anything_is_kept(desk: Client) -> None:
    rows.mechanism()
    upload = SimpleUploadedFile("text.txt", b"A New Title\n\nArticle 1. The Sides agree.\n\nArticle 2. They part.")
    shown = desk.post("/texts/put-forward/", typed(file_en=upload) | {"show": "1"}).content.decode()
    assert 'value="A New Title"' in shown
    assert "The Sides agree." in shown


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("text.pdf", b"%PDF-1.4", "This kind of file is not read."),
        ("text.docx", b"no zip", "text.docx"),
        ("text.txt", b"\xff\xfe\x00", "text.txt"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk: Client, name: str, data: bytes, said: str) -> None:
    rows.mechanism()
    answer = desk.post("/texts/put-forward/", typed(file_en=SimpleUploadedFile(name, data)) | {"continue": "1"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'id="id_file_en-error"' in shown
    assert not Draft.objects.exists()


def test_what_was_put_forward_is_adopted_byte_for_byte(desk: Client) -> None:
    rows.mechanism()
    forward = rows.text("forward", stage="forward", by="kelmor")
    desk.post("/texts/adopt/", {"text": forward.id, "mechanism": forward.mechanism, "audience": "public", "continue": "1"})
    draft = Draft.objects.get()
    assert draft.type == "texts/adopt/1"
    assert read_text(draft.body).answers == forward.id
    assert draft.files == {v["file"]: v["sha256"] for v in forward.versions}


def test_an_own_version_starts_from_the_one_it_answers(desk: Client) -> None:
    rows.mechanism()
    forward = rows.text("forward", stage="forward", by="kelmor")
    shown = desk.get(f"/texts/put-forward/?answers={forward.id}").content.decode()
    assert "draw up a joint plan" in shown
    desk.post("/texts/put-forward/", typed(answers=forward.id) | {"continue": "1"})
    assert read_text(Draft.objects.get().body).answers == forward.id


def test_a_correction_writes_whole_files_and_leaves_the_others_untouched(desk: Client) -> None:
    rows.mechanism()
    row = rows.text()
    words = "The Sides shall draw up a joint plan by 30 April 2027."
    common = {"text": row.id, "mechanism": row.mechanism, "audience": "parties", "places_": "en:art_1", "words_en_art_1": words}
    shown = desk.post("/texts/correct/", common | {"show": "1", "place": ["en:art_1"]}).content.decode()
    assert "<del>31 March</del>" in shown or "<del>31</del>" in shown
    desk.post("/texts/correct/", common | {"continue": "1"})
    draft = Draft.objects.get()
    said = read_text(draft.body, correction=True)
    assert [(c.lang, c.eid) for c in said.corrections] == [("en", "art_1")]
    before = {v["file"]: v["sha256"] for v in row.versions}
    assert {name for name, sha in draft.files.items() if sha != before[name]} == {"text.en.akn.xml"}
    new = from_akn(the_node().files.read(draft.files["text.en.akn.xml"]))
    assert new.by_eid()["art_1"].text == words
    assert new.by_eid()["art_2"] == rows.version("en").by_eid()["art_2"]


def test_a_correction_that_changes_nothing_is_refused(desk: Client) -> None:
    rows.mechanism()
    row = rows.text()
    same = rows.version("en").by_eid()["art_1"].text
    common = {"text": row.id, "mechanism": row.mechanism, "audience": "parties", "places_": "en:art_1", "words_en_art_1": same}
    answer = desk.post("/texts/correct/", common | {"continue": "1"})
    assert "Nothing is changed yet" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_reader_is_told_why_she_cannot_draft() -> None:
    rows.mechanism()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("reader").user)
    assert "A reader cannot draft." in client.get("/texts/put-forward/").content.decode()


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in() -> None:
    rows.mechanism()
    assert Client().get("/texts/put-forward/").status_code == 302


def test_a_draft_opens_again_with_what_was_typed(desk: Client) -> None:
    rows.mechanism()
    row = rows.text()
    forward = rows.text("forward", stage="forward", by="kelmor")
    correction = {"text": row.id, "mechanism": row.mechanism, "audience": "parties", "places_": "en:art_1", "words_en_art_1": "Other."}
    adoption = {"text": forward.id, "mechanism": row.mechanism, "audience": "public"}
    for address, form, field, typed_in in (
        ("/texts/correct/", correction, "words_en_art_1", "Other."),
        ("/texts/adopt/", adoption, "audience", "public"),
    ):
        desk.post(address, form | {"keep": "1"})
        draft = Draft.objects.latest("updated")
        assert desk.get(f"{address}?draft={draft.key}").context["form"][field].value() == typed_in
