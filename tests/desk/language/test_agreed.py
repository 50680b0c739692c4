"""Agreed language: what the index holds, what is found, by whom, and who may see it."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.desk.language import checking, meaning, project, words_table
from comity.desk.language.models import ClauseRow, VectorRow
from comity.desk.record.models import ActRow
from comity.desk.rows import many_at_a_time
from comity.texts.checks import Context, check
from desk import rows
from desk.language.room import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Record:
    rows.mechanism()
    return Record()


@pytest.fixture(autouse=True)
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "bundled_encoder", lambda: None)


def found(query: str, lang: str, mode: str = "phrase") -> set[tuple[str, str]]:
    ids = words_table.found(query, lang, mode, "SELECT id FROM language_clauserow", (), 50)
    return set(ClauseRow.objects.filter(id__in=ids).values_list("lang", "eid"))


def test_every_provision_is_found_by_its_words_in_each_language(record: Record) -> None:
    record.text("text")
    assert found("联合计划", "zh-Hans") == {("zh-Hans", "art_1")}
    assert found("计", "zh-Hans") == {("zh-Hans", "art_1")}
    assert found("совместного плана", "ru") == {("ru", "art_1")}
    assert found("joint plans", "en") == {("en", "art_1")}
    assert found("перечень законов", "ru") == {("ru", "art_2")}
    assert found("law plan", "en", "any") == {("en", "art_1"), ("en", "art_2")}
    assert found("joint law", "en") == set()


def test_a_query_is_never_read_as_the_engines_language(record: Record) -> None:
    record.text("text")
    for query in ('joint" OR "x', "plan NOT joint", "joint*", "(joint", "tokens:joint", "' ; DROP TABLE x; --", "100%_", "\\"):
        found(query, "en")
        found(query, "en", "any")
    assert found("joint NEAR plan", "en") == set()


def test_projecting_again_gives_the_same_rows_and_redaction_takes_them_out(record: Record) -> None:
    text = record.text("text")
    before = list(ClauseRow.objects.order_by("id").values())
    assert len(before) == 6
    project.project(record, text)
    assert list(ClauseRow.objects.order_by("id").values()) == before
    record.stored.clear()
    with many_at_a_time():  # a run of its own, which reads files anew
        project.project(record, text)
    assert not ClauseRow.objects.exists()
    assert found("joint plan", "en") == set()


def test_the_page_shows_where_a_phrase_stands_how_it_differs_and_when_each_side_began(record: Record, client: Client) -> None:
    record.text("forward", forward="kelmor", said="2026-10-01")
    record.text("text", said="2026-11-12")
    page = client.get("/language/", {"q": "shall draw up a joint plan by 30 June 2027", "lang": "en"}).content.decode()
    assert "<del>31 March</del><ins>30 June</ins>" in page.replace("</del> <ins>", "</del><ins>") or "<ins>30" in page
    assert "Parliament of Kelmor: first on 1 October 2026" in page
    assert "all sides together: first on 12 November 2026" in page
    assert "双方应于2027年3月31日前制定联合计划。" in page
    assert page.count('class="precedent"') == 1  # the same words stand together


def test_words_that_were_never_said_are_called_new(record: Record, client: Client) -> None:
    record.text("text")
    assert "they are new" in client.get("/language/", {"q": "zebra crossing", "lang": "en"}).content.decode()


def test_the_public_finds_only_what_is_public(record: Record, client: Client) -> None:
    text = record.text("text")
    ActRow.objects.filter(pk=text).update(audience="parties")
    assert "they are new" in client.get("/language/", {"q": "joint plan", "lang": "en"}).content.decode()
    client.force_login(rows.officer("reader").user)
    assert "word for word" in client.get("/language/", {"q": "joint plan", "lang": "en"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_what_is_found(record: Record, client: Client, django_assert_max_num_queries) -> None:
    for number in range(12):
        words = {"en": f"Article 1. The Sides shall draw up a joint plan by {number + 1} March 2027."}
        record.text(f"text{number}", words, said=f"2026-01-{number + 10}")
    with django_assert_max_num_queries(30):
        page = client.get("/language/", {"q": "draw up a joint plan", "lang": "en"}).content.decode()
    assert page.count('class="precedent"') == 12


def test_a_draft_that_departs_from_agreed_language_is_told_so_and_an_own_text_does_not_count(record: Record) -> None:
    text = record.text("text")
    draft = {"en": rows.version("en", "Article 1. The Sides shall draw up a common plan by 31 March 2027.")}
    mechanism = rows.an_id("mechanism")
    known = checking.agreed_in(mechanism, ["en"])
    said = [item for item in check(draft, Context(precedents=known)) if item.code == "PREC"]
    assert [item.eid for item in said] == ["art_1"]
    assert checking.agreed_in(mechanism, ["en"], without=[text]) == {"en": []}


def test_vectors_are_made_once_per_wording_and_find_what_means_the_same(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting:
        digest = "f" * 64
        asked = 0

        def encode(self, texts):
            import numpy as np

            self.asked += len(texts)
            out = np.zeros((len(texts), 512), dtype=np.float32)
            for at, text in enumerate(texts):
                out[at, 0 if any(word in text for word in ("plan", "план", "计划")) else 1] = 1.0
            return out

    encoder = Counting()
    monkeypatch.setattr(meaning, "bundled_encoder", lambda: encoder)
    meaning._phrase.cache_clear()
    record.text("text")
    assert meaning.make(ClauseRow.objects.all(), 100) == 6
    assert meaning.make(ClauseRow.objects.all(), 100) == 0
    assert VectorRow.objects.count() == 6
    near = meaning.near("a plan", ClauseRow.objects.all())
    assert [ref.partition("#")[2] for ref, _score in near] == ["art_1"]
    meaning._phrase.cache_clear()
