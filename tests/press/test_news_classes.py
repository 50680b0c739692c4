"""What ordinary dispatches are full of: datelines, shared subjects, unnamed sources, two-handed sentences, meetings that are to follow."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.model import Meeting, Reading
from comity.press.readers import read
from comity.press.russian_cases import analyser

DAY = date(2025, 11, 21)


def reading(text: str, language: str) -> Reading:
    return read(text, language, None, DAY)


def said(text: str, language: str) -> list[tuple[str | None, str, str]]:
    return [(s.speaker, text[slice(*s.span)], s.claim_kind) for s in reading(text, language).statements]


def meetings(text: str, language: str) -> list[Meeting]:
    return list(reading(text, language).meetings)


def test_a_weekday_is_counted_from_the_day_of_the_dateline() -> None:
    text = "OSTREL, April 15 (Northern Wire) -- Maria Holm, speaker of the Diet of Sorvell, held talks with Jane Dow on Tuesday."
    assert [m.date for m in meetings(text, "en")] == ["2025-04-15"]


def test_talks_that_are_held_are_no_speech_and_are_named_without_their_verb() -> None:
    text = "Maria Holm held closed-door talks with Jane Dow in Vienna on Tuesday."
    assert said(text, "en") == []
    assert [(m.name, m.place) for m in meetings(text, "en")] == [("closed-door talks", "Vienna")]


def test_two_verbs_share_the_subject_of_the_first() -> None:
    text = "The two sides signed a memorandum after the meeting and agreed to exchange lists of laws every year."
    (one,) = reading(text, "en").commitments
    assert (one.nature, text[slice(*one.span)]) == ("joint", "to exchange lists of laws every year")
    assert all("and" not in who for who in one.who)


def test_an_office_may_stand_before_the_name_that_explains_it() -> None:
    text = "Maria Holm spoke first. Her counterpart, Speaker Jane Dow, underlined the importance of regional ports."
    assert said(text, "en") == [("Jane Dow", "the importance of regional ports", "official_claim")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "“This is not a club,” one delegate, who asked not to be named, remarked. “We want results.”",
            [("one delegate", "This is not a club"), ("one delegate", "We want results")],
        ),
        (
            "ru",
            "Как сообщил источник, пожелавший остаться неназванным, соглашение будет подписано в мае.",
            [("источник", "соглашение будет подписано в мае")],
        ),
        ("zh", "有分析人士认为，这一机制正变得更加务实。", [("分析人士", "这一机制正变得更加务实")]),
    ],
)
def test_what_is_told_of_a_source_is_neither_its_name_nor_its_words(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(speaker, words) for speaker, words, _ in said(text, language)] == expected
    assert not any("named" in text[slice(*c.span)] for c in reading(text, language).commitments)


def test_a_sentence_with_two_subjects_gives_an_undertaking_and_an_opinion() -> None:
    text = "The parties also undertook to exchange lists of adopted laws, while observers believe the real test will come in autumn."
    assert said(text, "en") == [("observers", "the real test will come in autumn", "analyst_claim")]
    assert [text[slice(*c.span)] for c in reading(text, "en").commitments] == ["to exchange lists of adopted laws"]
    assert [text[slice(*f.span)] for f in reading(text, "en").reported_facts] == [
        "The parties also undertook to exchange lists of adopted laws"
    ]


def test_who_talks_and_co_chairs_does_so_with_the_other() -> None:
    text = "Maria Holm, speaker of the Diet, held talks with Jane Dow in Vienna and co-chaired the 3rd meeting of the Commission for Ports."
    third = next(m for m in meetings(text, "en") if m.ordinal == 3)
    assert third.chairs_or_hosts == ("Maria Holm", "Jane Dow")
    assert third.name == "3rd meeting of the Commission for Ports"


def test_a_session_of_their_committee_is_no_assembly() -> None:
    text = "The Senate and the National Assembly will hold the fourth session of their joint parliamentary committee in Vienna next March."
    (one,) = meetings(text, "en")
    assert (one.kind, one.bodies, one.date, one.place) == ("committee_session", ("joint parliamentary committee",), "2026-03", "Vienna")


@pytest.mark.parametrize(
    ("language", "text", "place", "when"),
    [
        ("en", "The two sides agreed to hold the next session in Vienna in 2027.", "Vienna", "2027"),
        ("ru", "Мария Хольм предложила провести следующее заседание комиссии в Ханое в 2027 году.", "Ханой", "2027"),
        ("zh", "双方商定，下次会议将于2027年在河内举行。", "河内", "2027"),
    ],
)
def test_the_next_meeting_is_a_meeting_of_its_own_once_its_place_or_time_is_said(language: str, text: str, place: str, when: str) -> None:
    assert [(m.place, m.date) for m in meetings(text, language)] == [(place, when)]


def test_what_the_first_paragraph_reports_happened_where_and_when_it_was_filed() -> None:
    text = "Москва, 24 сентября. Стороны приняли участие в заседании Межпарламентской комиссии высокого уровня."
    (one,) = meetings(text, "ru")
    assert (one.kind, one.place, one.date) == ("committee_session", "Москва", "2025-09-24")
    assert one.bodies == ("Межпарламентская комиссия высокого уровня",)


@pytest.mark.skipif(analyser() is None, reason="pymorphy3 is not installed")
def test_a_town_that_no_table_knows_is_given_in_the_nominative() -> None:
    text = "Третье заседание комиссии прошло в Таразе 3 марта."
    assert [m.place for m in meetings(text, "ru")] == ["Тараз"]


def test_a_foreign_name_in_two_cases_is_one_person() -> None:
    text = "Председатель комитета Чан Тхань Ман прибыл во вторник. Спикер встретился с председателем комитета Чан Тхань Маном."
    assert [p.name for p in reading(text, "ru").persons] == ["Чан Тхань Ман"]


def test_a_body_of_two_parliaments_is_one_body_without_the_verb_before_it() -> None:
    text = "赵乐际20日同沃洛金举行会谈，并共同主持中国全国人大与俄罗斯国家杜马合作委员会第十次会议。"
    found = {m.kind: m for m in meetings(text, "zh")}
    assert found["committee_session"].bodies == ("中国全国人大与俄罗斯国家杜马合作委员会",)
    assert found["talks"].name == "会谈"


def test_a_country_inside_a_longer_name_is_not_named() -> None:
    text = "印度尼西亚国会议长普安19日在雅加达会见了陈青敏。"
    assert "ES" not in meetings(text, "zh")[0].parties


def test_a_body_ends_before_the_verb_and_a_town_of_two_words_is_whole() -> None:
    text = "Второе заседание рабочей группы по энергетике состоится 12 марта 2026 года в Новом Саде."
    (one,) = meetings(text, "ru")
    assert one.name.endswith("группы по энергетике")
    assert one.place in {"Новый Сад", "Новом Саде"}


def test_what_somebody_did_besides_is_not_what_was_said() -> None:
    pytest.importorskip("spacy")
    text = "Maria Holm announced that both houses would hold consultations, and thanked Speaker Jane Dow for the welcome."
    found = read(text, "en", None, DAY, reader=None)
    if found.reader != "rules+spacy":
        pytest.skip("the model of the parser is not installed")
    assert [text[slice(*s.span)] for s in found.statements] == ["both houses would hold consultations"]


def test_a_contrast_ends_what_is_undertaken() -> None:
    text = "Стороны обязались раз в год проводить совместные слушания, однако наблюдатели сомневаются в этом."
    assert [text[slice(*c.span)] for c in reading(text, "ru").commitments] == ["раз в год проводить совместные слушания"]


def test_the_paper_speaks_where_nobody_else_is_named() -> None:
    text = "В опубликованном в понедельник заявлении говорится, что стороны ежегодно обмениваются перечнями законов."
    assert [speaker for speaker, _, _ in said(text, "ru")] == ["заявление"]


def test_within_a_year_is_no_end_of_the_year() -> None:
    text = "大会通过决议，呼吁各国议会在一年内审议本国立法。"
    assert [c.due.date for c in reading(text, "zh").commitments if c.due] == ["2026-11-21"]
