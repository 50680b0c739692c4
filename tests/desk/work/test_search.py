"""Search: what is found, in which forms, and by whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from comity.desk.record.models import Draft
from comity.desk.work import indexing, words
from comity.desk.work.marking import excerpt
from comity.desk.work.models import SearchRow
from comity.desk.work.words import Query
from desk import rows

from .conftest import Enter, Make

pytestmark = pytest.mark.django_db


def found(client: Client, typed: str, lang: str = "en", **more: str) -> str:
    answer = client.get("/work/search/", {"q": typed, "lang": lang, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def hits(page: str) -> int:
    return page.count("<mark>")


def the_record() -> None:
    rows.mechanism()
    rows.text()
    rows.commitment()
    indexing.index_objects([rows.an_id("mechanism"), rows.an_id("text"), rows.an_id("commitment")])


@pytest.mark.parametrize(
    ("typed", "lang", "marked"),
    [
        ("联合计划", "zh-hans", "联合计划"),
        ("双方", "zh-hans", "双方"),
        ("计", "zh-hans", "计"),
        ("совместного плана", "ru", "совместный план"),
        ("перечни", "ru", "перечень"),
        ("joint plans", "en", "joint"),
        ("list of law", "en", "laws"),
    ],
)
def test_every_form_of_a_word_is_found_and_marked_in_its_language(enter: Enter, typed: str, lang: str, marked: str) -> None:
    the_record()
    page = found(enter(None), typed, lang)
    assert hits(page), page
    plain = page.replace("</mark> <mark>", " ").replace("</mark><mark>", "")
    assert f"<mark>{marked}" in plain or f"{marked}</mark>" in plain, plain


def test_all_the_words_have_to_occur_and_a_quoted_phrase_in_sequence(enter: Enter) -> None:
    the_record()
    assert hits(found(enter(None), "joint plan March"))
    assert not hits(found(enter(None), "joint plan elephants"))
    assert hits(found(enter(None), '"joint plan"'))
    assert not hits(found(enter(None), '"plan joint"'))


def test_a_word_may_be_begun_only(enter: Enter) -> None:
    the_record()
    assert hits(found(enter(None), "communi"))


@pytest.mark.parametrize("typed", ["", "   ", '"', "' OR 1=1 --", "* AND (", "NEAR(", "%s", "a:b & !c | <->", "🙂", "x" * 5000])
def test_whatever_is_typed_the_page_answers(enter: Enter, typed: str) -> None:
    the_record()
    found(enter(None), typed)


def test_the_public_does_not_find_what_only_the_parties_see(person: Make, enter: Enter) -> None:
    rows.mechanism()
    rows.text()
    rows.act("text", "texts/adopt/1", audience="parties", titles=rows.TITLES)
    rows.commitment()
    indexing.index_objects([rows.an_id("mechanism"), rows.an_id("text"), rows.an_id("commitment")])
    assert not hits(found(enter(None), "joint plan")), "neither the text nor the commitment that quotes it"
    assert hits(found(enter(person("tovan")), "joint plan"))


def test_the_public_finds_nothing_of_a_mechanism_that_is_not_public(enter: Enter, person: Make) -> None:
    rows.mechanism(audience="parties")
    rows.text()
    indexing.index_objects([rows.an_id("mechanism"), rows.an_id("text")])
    assert not hits(found(enter(None), "communiqué"))
    assert hits(found(enter(person("tovan")), "communiqué"))


def test_what_becomes_public_later_is_not_found_before(enter: Enter) -> None:
    rows.mechanism()
    rows.text()
    rows.act("text", "texts/adopt/1", public_from="2999-01-01", titles=rows.TITLES)
    indexing.index_objects([rows.an_id("mechanism"), rows.an_id("text")])
    assert not hits(found(enter(None), "communiqué"))


def test_drafts_are_found_by_officers_of_this_node_only_and_no_longer_when_they_are_acts(person: Make, enter: Enter) -> None:
    draft = Draft.objects.create(type="meetings/convene/1", working={"place_en": "Quiet harbour house", "page": "0" * 16})
    assert "Quiet" not in found(enter(None), "quiet harbour")
    assert hits(found(enter(person("ilena")), "quiet harbour"))
    draft.done = True
    draft.save()
    assert not SearchRow.objects.filter(own=True).exists()


def test_what_is_gone_from_the_record_is_gone_from_the_index(enter: Enter) -> None:
    the_record()
    assert hits(found(enter(None), "joint plan"))
    indexing.forget_mechanism(rows.an_id("mechanism"))
    assert not hits(found(enter(None), "joint plan"))


def test_writing_an_objects_passages_again_leaves_the_same_rows() -> None:
    the_record()
    before = list(SearchRow.objects.order_by("ref", "lang", "text").values_list("ref", "lang", "text", "words", "path"))
    indexing.index_objects([rows.an_id("text"), rows.an_id("commitment")])
    assert list(SearchRow.objects.order_by("ref", "lang", "text").values_list("ref", "lang", "text", "words", "path")) == before


def test_an_excerpt_of_a_long_passage_shows_the_words() -> None:
    text = "Nothing of note. " * 40 + "The seminar was held in Talinda. " + "Nothing more. " * 40
    parts = excerpt(text, "en", Query.parse("seminars Talinda", "en"))
    assert [part["text"] for part in parts if part.get("mark")] == ["seminar", "Talinda"]
    assert len("".join(str(part["text"]) for part in parts)) < 300


def test_among_ten_thousand_passages_each_way_of_asking_finds_its_own(enter: Enter) -> None:
    rows.mechanism()
    common = {"kind": "text", "mechanism": rows.an_id("mechanism"), "act": rows.an_id("mechanism"), "path": "/"}
    sentences = [f"Article {n}. The sides shall hold a joint seminar number {n} of drafters every year." for n in range(10_000)]
    SearchRow.objects.bulk_create(
        SearchRow(ref=f"{n}", about=f"{n}", lang="en", text=text, words=words.tokens(text, "en"), **common)
        for n, text in enumerate(sentences)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = enter(None)
    for typed in ("seminar", "seminar 4711", "joint seminar drafters", '"sides shall hold"', "sem"):
        assert hits(found(client, typed)), typed
