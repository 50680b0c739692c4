"""Agendas and delegations as texts, extracts from minutes, and which item goes on with which."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ComityError, Unsayable
from comity.meetings.agenda import agenda_text, fresh_key, titles_in
from comity.meetings.delegation import delegation_text, people_in
from comity.meetings.likeness import LIKELY_SAME, SAME_KEY, Titled, matches
from comity.meetings.minutes import extract, item_provision, skeleton, verify, wording
from comity.texts.akn import AknDocument, from_akn, read_akn, to_akn
from comity.texts.model import TextMeta
from comity.texts.structure import structure

META = TextMeta(date="2026-12-08", slug="joint-minutes-4", author="arvena-kelmor", languages=("zh-Hans", "ru", "en"))
TITLES = {
    "zh-Hans": ["通过上次会议记录", "友好条约实施情况", "其他事项"],
    "ru": ["Утверждение протокола предыдущего заседания", "Выполнение договора о дружбе", "Разное"],
    "en": ["Approval of the minutes of the previous meeting", "Implementation of the treaty of friendship", "Other business"],
}
PRESENT = {"zh-Hans": ["出席人员：托万·布雷尔。"], "ru": ["Присутствовали: Тован Брел."], "en": ["Present: Tovan Brel."]}
HEADS = {"zh-Hans": "第四次会议记录", "ru": "Протокол четвёртого заседания", "en": "Minutes of the fourth meeting"}
WORD = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=12).filter(lambda s: s == s.strip())


def minutes(lang: str) -> AknDocument:
    draft = skeleton(HEADS[lang], PRESENT[lang], TITLES[lang], "text", lang)
    words = draft.words.replace("[text]", {"zh-Hans": "双方同意。", "ru": "Стороны согласились.", "en": "The sides agreed."}[lang])
    return read_akn(to_akn(structure(f"{HEADS[lang]}\n\n{words}", lang).version, META))


@pytest.mark.parametrize("lang", list(TITLES))
def test_minutes_start_with_a_section_per_item_in_every_language(lang: str) -> None:
    found = minutes(lang).version
    assert [(p.eid, p.heading) for p in found.provisions] == [(f"sec_{n}", title) for n, title in enumerate(TITLES[lang], 1)]
    assert [p.text for p in found.preamble] == PRESENT[lang]


@pytest.mark.parametrize("lang", list(TITLES))
def test_an_extract_is_the_same_bytes_every_time_and_is_verified_against_the_minutes(lang: str) -> None:
    made = extract(minutes(lang), 2)
    assert made == extract(minutes(lang), 2)
    assert [p.heading for p in from_akn(made.data).provisions] == [TITLES[lang][1]]
    every = {language: minutes(language) for language in TITLES}
    assert verify(made.data, every) == made


def test_an_extract_with_another_word_is_refused() -> None:
    made = extract(minutes("en"), 2).data.replace(b"agreed", b"argued")
    with pytest.raises(Unsayable, match="not what the minutes say about item 2"):
        verify(made, {"en": minutes("en")})


def test_whole_minutes_are_no_extract() -> None:
    document = minutes("en")
    with pytest.raises(Unsayable, match="no extract"):
        verify(to_akn(document.version, document.meta), {"en": document})


def test_rubbish_is_no_extract() -> None:
    with pytest.raises(ComityError):
        verify(b"<html>", {"en": minutes("en")})


def test_an_item_that_the_minutes_do_not_have_has_no_extract() -> None:
    assert item_provision(minutes("ru").version, 9) is None
    with pytest.raises(Unsayable, match="no item 9"):
        extract(minutes("ru"), 9)


def test_the_wording_of_an_item_is_its_paragraphs_without_the_heading() -> None:
    found = item_provision(minutes("en").version, 3)
    assert found is not None
    assert wording(found) == ["The sides agreed."]


@settings(max_examples=40)
@given(st.lists(WORD, min_size=1, max_size=6))
def test_titles_and_people_come_out_of_the_signed_form_as_they_went_in(titles: list[str]) -> None:
    meta = TextMeta(date="2026-12-08", slug="joint-agenda-4", author="arvena-kelmor", languages=("en",))
    try:
        data = to_akn(agenda_text("Agenda", titles, "en"), meta)
        people = to_akn(delegation_text("Delegation", [(title, title) for title in titles], "en"), meta)
    except ComityError:
        return  # words that may not be signed are refused by the form, not here
    assert titles_in(from_akn(data)) == titles
    assert people_in(from_akn(people)) == [(title, title) for title in titles]


def test_keys_of_new_items_are_never_given_twice() -> None:
    assert fresh_key("Other business", []) == "other-business"
    assert fresh_key("Other business", ["other-business"]) == "other-business-1"
    assert fresh_key("其他事项", []) == "item-1"
    assert fresh_key("Разное", ["item-1"]) == "item-2"


def test_items_go_on_by_their_key_and_else_by_a_title_that_is_nearly_the_same() -> None:
    old = [
        Titled("minutes", {"en": "Approval of the minutes"}),
        Titled("law", {"en": "Seminar of legal drafters", "ru": "Семинар юристов"}),
    ]
    new = [
        Titled("other", {"en": "Other business"}),
        Titled("minutes", {"en": "Minutes of the previous meeting"}),
        Titled("seminar", {"en": "The seminar of legal drafters", "ru": "Семинар юристов"}),
    ]
    found = matches(new, old)
    assert found[0] is None
    assert found[1] is not None
    assert (found[1].old, found[1].how) == (0, SAME_KEY)
    assert found[2] is not None
    assert (found[2].old, found[2].how) == (1, LIKELY_SAME)


def test_no_earlier_item_is_given_to_two_of_todays() -> None:
    old = [Titled("a", {"en": "Water resources"})]
    new = [Titled("b", {"en": "Water resource"}), Titled("c", {"en": "Water resources"})]
    assert [m.old if m else None for m in matches(new, old)] == [None, 0]


def test_titles_without_a_common_language_are_not_alike() -> None:
    assert matches([Titled("a", {"en": "Water"})], [Titled("b", {"ru": "Вода"})]) == [None]
