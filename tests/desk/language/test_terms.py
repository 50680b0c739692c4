"""The register of terms: what stands in it, who sees what, in and out, and how a side proposes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.desk.language import checking, project, register
from comity.desk.language.models import CandidateRow, TermRow
from comity.desk.record.models import ActRow, Draft
from comity.texts.checks import Context, check
from comity.texts.term_acts import read_approval
from comity.texts.terms import from_csv, from_tbx
from desk import rows
from desk.language.room import Record

pytestmark = pytest.mark.django_db
WATERS = {"zh-Hans": "边境水域", "ru": "пограничные воды", "en": "border waters"}


@pytest.fixture
def record() -> Record:
    rows.mechanism()
    return Record()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(rows.officer("drafter").user)
    return client


def test_a_later_approval_stands_in_the_place_of_the_first(record: Record) -> None:
    first = record.term("term", "border-waters", WATERS)
    body = {
        "key": "border-waters",
        "terms": [{"lang": k, "text": v + "!", "use": "preferred"} for k, v in WATERS.items()],
        "supersedes": first,
    }
    record.say("later", "texts/approve-term/1", body, about=first)
    project.project(record, first)
    row = TermRow.objects.get()
    assert (row.id, row.act, row.in_force) == (first, rows.an_id("later"), True)
    assert row.terms[0]["text"] == "边境水域!"


def test_the_register_has_approved_proposed_and_candidate_terms_each_with_its_status(record: Record, desk: Client) -> None:
    record.term("term", "border-waters", WATERS)
    record.term("open", "joint-plan", {"zh-Hans": "联合计划", "en": "joint plan"}, in_force=False)
    register.take(rows.an_id("mechanism"), from_csv("concept,language,term\nagenda,en,agenda\nagenda,ru,повестка дня\n"))
    page = desk.get("/language/terms/?lang=en").content.decode()
    assert "approved by all" in page
    assert "proposed; waits for Parliament of Kelmor" in page
    assert "повестка дня" in page
    only = desk.get("/language/terms/?lang=en&status=candidate").content.decode()
    assert "повестка дня" in only
    assert "пограничные воды" not in only
    assert "border-waters" in desk.get("/language/terms/?lang=en&q=Пограничные").content.decode()


def test_the_public_sees_public_terms_and_no_candidates(record: Record, client: Client) -> None:
    record.term("term", "border-waters", WATERS)
    closed = record.term("closed", "joint-plan", {"zh-Hans": "联合计划", "en": "joint plan"})
    ActRow.objects.filter(pk=closed).update(audience="parties")
    register.take(rows.an_id("mechanism"), from_csv("concept,language,term\nagenda,en,agenda\nagenda,ru,повестка дня\n"))
    page = client.get("/language/terms/?lang=en").content.decode()
    assert "пограничные воды" in page
    assert "joint plan" not in page
    assert "повестка" not in page
    assert client.get(f"/language/terms/{closed}/").status_code == 404
    assert [c.id for c in from_tbx(client.get("/language/terms/register.tbx").content).concepts] == ["border-waters"]


def test_what_comes_out_as_csv_and_tbx_says_who_approved_and_comes_in_again(record: Record, desk: Client) -> None:
    record.term("term", "border-waters", WATERS)
    for form, read in (("csv", lambda data: from_csv(data.decode())), ("tbx", from_tbx)):
        (concept,) = read(desk.get(f"/language/terms/register.{form}").content).concepts
        assert {t.language: t.text for t in concept.terms} == WATERS
        assert concept.approved == ("arvena", "kelmor")
    TermRow.objects.all().delete()
    file = SimpleUploadedFile("terms.csv", b"\xef\xbb\xbfconcept,language,term\r\nborder-waters,en,border waters\r\n")
    answer = desk.post("/language/terms/take/", {"mechanism": rows.an_id("mechanism"), "file": file})
    assert answer.status_code == 302
    assert CandidateRow.objects.get().key == "border-waters"


def test_a_file_that_is_no_register_is_refused_with_its_row_and_changes_nothing(record: Record, desk: Client) -> None:
    file = SimpleUploadedFile("terms.csv", b"concept,language,term\n,en,border waters\n")
    answer = desk.post("/language/terms/take/?lang=en", {"mechanism": rows.an_id("mechanism"), "file": file})
    assert answer.status_code == 422
    assert "Row 2" in answer.content.decode()
    assert not CandidateRow.objects.exists()


def test_texts_propose_the_terms_that_they_define(record: Record, desk: Client) -> None:
    words = {
        "zh-Hans": "第一条 双方设立合作委员会（以下简称“委员会”）。",
        "ru": "Статья 1. Стороны учреждают Комиссию по сотрудничеству (далее — «Комиссия»).",
        "en": "Article 1. The Sides establish the Committee for Cooperation (hereinafter the “Committee”).",
    }
    rows.text("text", versions=rows.files(words))
    desk.post("/language/terms/find/", {"mechanism": rows.an_id("mechanism")})
    row = CandidateRow.objects.get()
    assert (row.key, {t["lang"]: t["text"] for t in row.terms}) == ("committee", {"zh-Hans": "委员会", "ru": "Комиссия", "en": "Committee"})
    assert row.source == {"text": rows.an_id("text"), "eid": "art_1"}
    desk.post(f"/language/terms/set-aside/{row.pk}/")
    assert "/language/terms/set-aside/" not in desk.get("/language/terms/").content.decode()
    desk.post("/language/terms/find/", {"mechanism": rows.an_id("mechanism")})
    assert CandidateRow.objects.get().dismissed  # what was set aside does not come again


def test_nobody_from_outside_changes_candidates(record: Record, client: Client) -> None:
    for path in ("/language/terms/take/", "/language/terms/find/", "/language/terms/set-aside/1/"):
        assert "/account/login" in client.post(path, {"mechanism": rows.an_id("mechanism")}).headers["Location"]
    client.force_login(rows.officer("reader").user)
    assert client.post("/language/terms/find/", {"mechanism": rows.an_id("mechanism")}).status_code == 409


def typed(**more: Any) -> dict[str, Any]:
    form = {"mechanism": rows.an_id("mechanism"), "key": "border-waters", "audience": "public", "page": "a-page", "continue": "1"}
    return form | {"preferred_zh": "边境水域", "preferred_ru": "пограничные воды", "preferred_en": "border waters"} | more


def test_a_side_proposes_a_term_with_its_other_words_and_definitions(record: Record, desk: Client) -> None:
    answer = desk.post("/texts/approve-term/", typed(forbidden_en="frontier waters; edge waters", definition_en="Waters on the border."))
    draft = Draft.objects.get()
    assert answer.headers["Location"] == f"/desk/drafts/{draft.key}/"
    said = read_approval(draft.body)
    assert [(t.text, t.use) for t in said.terms if t.lang == "en"] == [
        ("border waters", "preferred"),
        ("frontier waters", "forbidden"),
        ("edge waters", "forbidden"),
    ]
    assert [d.file for d in said.definitions] == ["definition.en.txt"] == list(draft.files)


def test_a_candidate_fills_the_form_and_an_approved_term_keeps_its_key(record: Record, desk: Client) -> None:
    register.take(rows.an_id("mechanism"), from_csv("concept,language,term\nagenda,en,agenda\nagenda,ru,повестка дня\n"))
    page = desk.get(f"/texts/approve-term/?mechanism={rows.an_id('mechanism')}&candidate={CandidateRow.objects.get().pk}").content.decode()
    assert 'value="повестка дня"' in page
    first = record.term("term", "border-waters", WATERS)
    desk.post("/texts/approve-term/", typed(supersedes=first, key="other-key", preferred_en="boundary waters"))
    said = read_approval(Draft.objects.get().body)
    assert (said.key, said.supersedes) == ("border-waters", first)


@pytest.mark.parametrize(("more", "field"), [({"key": "Border Waters"}, "key"), ({"preferred_zh": "", "preferred_ru": ""}, "preferred_zh")])
def test_what_cannot_be_said_is_told_at_its_field(record: Record, desk: Client, more: dict[str, str], field: str) -> None:
    answer = desk.post("/texts/approve-term/", typed(**more))
    assert answer.status_code == 422
    assert f"id_{field}" in answer.content.decode()
    assert field in answer.context["form"].errors


def test_the_checks_of_a_text_go_by_the_approved_terms_and_not_by_proposed_ones(record: Record) -> None:
    record.term("term", "border-waters", WATERS)
    record.term("open", "joint-plan", {"zh-Hans": "联合方案", "en": "joint plan"}, in_force=False)
    known = checking.register_of(rows.an_id("mechanism"))
    assert [concept.id for concept in known.concepts] == ["border-waters"]
    versions = {
        "en": rows.version("en", "Article 1. The Sides shall protect the border waters."),
        "ru": rows.version("ru", "Статья 1. Стороны охраняют пограничные реки."),
    }
    assert [item.code for item in check(versions, Context(register=known)) if item.code == "TERM"] == ["TERM"]
