"""Where and when meetings were that their own sentence does not place, and what is no meeting at all; in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.model import Meeting
from comity.press.readers import read

DAY = date(2026, 5, 14)


def meetings(text: str, language: str) -> tuple[Meeting, ...]:
    return read(text, language, None, DAY).meetings


def slots(text: str, language: str) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(m.kind, m.ordinal, m.place, m.date) for m in meetings(text, language)]


def test_news_in_brief_have_each_the_place_of_their_own_paragraph() -> None:
    text = "OSTREL - The Working Group on Health met for the fourth time on Tuesday.\n\n"
    text += "TARN - The Forum of Mayors ended its 7th conference on Sunday."
    assert slots(text, "en") == [("committee_session", 4, "Ostrel", "2026-05-12"), ("assembly", 7, "Tarn", "2026-05-10")]


def test_a_programme_gives_its_meetings_the_day_at_the_head_of_their_paragraph() -> None:
    text = "16 мая, суббота. Москва. Прибытие.\n\n18 мая, понедельник. Казань. Беседа с председателем Сената Эмилем Тарром."
    assert slots(text, "ru") == [("talks", None, "Казань", "2026-05-18")]


def test_what_is_held_some_days_later_is_counted_from_the_meeting_told_before() -> None:
    text = "Rosa Quint met Orla Venn in Ravik on 4 May. Two days later they opened the 31st session of the River Council in Ostrel."
    assert [s[3] for s in slots(text, "en")] == ["2026-05-04", "2026-05-06"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Volodin proposed holding the next meeting in Kazan in 2027.", "en"),
        ("Analysts say the two countries could hold talks in Kazan in June.", "en"),
        ("No date has been set for the postponed visit of the Speaker to Moscow.", "en"),
        ("Володин предложил провести следующее заседание в Казани в 2027 году.", "ru"),
        ("沃洛金建议下次会议2027年在喀山举行。", "zh"),
        ("分析人士认为，双方可能6月在喀山举行会谈。", "zh"),
    ],
)
def test_what_is_proposed_or_thought_possible_is_no_meeting(text: str, language: str) -> None:
    assert meetings(text, language) == ()


def test_a_month_of_may_makes_nothing_doubtful() -> None:
    assert slots("The next session will be held in Kazan on 20 May.", "en") == [("committee_session", None, "Kazan", "2026-05-20")]


def test_sessions_of_one_number_in_different_years_are_two_meetings() -> None:
    text = "Первое заседание комиссии прошло в Москве 29 мая 2006 года. Первое заседание новой комиссии прошло в Москве 9 июня 2015 года."
    assert [s[3] for s in slots(text, "ru")] == ["2006-05-29", "2015-06-09"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The XVIII session of the Joint Commission was held in Kazan on 4 May.", "en", ("committee_session", 18, "Kazan", "2026-05-04")),
        ("The two delegations will meet in Kazan on June 12.", "en", ("talks", None, "Kazan", "2026-06-12")),
        ("A delegation of the Senate is visiting Moscow this week.", "en", ("visit", None, "Moscow", "2026-05-11")),
        ("5 мая в Казани состоялся круглый стол по миграции.", "ru", ("assembly", None, "Казань", "2026-05-05")),
        ("В четвёртый раз собралась 5 мая в Казани рабочая группа по энергетике.", "ru", ("committee_session", 4, "Казань", "2026-05-05")),
        ("下一轮对话将于10月在喀山举行。", "zh", ("talks", None, "喀山", "2026-10")),
        ("第九届湖区议长会议5月4日在喀山开幕。", "zh", ("assembly", 9, "喀山", "2026-05-04")),
    ],
)
def test_more_ways_of_telling_of_a_meeting_are_read(
    text: str, language: str, expected: tuple[str, int | None, str | None, str | None]
) -> None:
    assert expected in slots(text, language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "President of the Senate of Arvena Rosa Quint met with Speaker of the Parliament of Kelmor Orla Venn.",
            "en",
            ("Orla Venn", "Speaker", "Parliament of Kelmor", None),
        ),
        (
            "He received a delegation of the Diet of Sorvell led by Marek Holt in Moscow.",
            "en",
            ("Marek Holt", None, "Diet of Sorvell", None),
        ),
        ("Emil Tarr, who chairs the Kelmor committee, said so.", "en", ("Emil Tarr", "chair", "Kelmor committee", None)),
        ("He met the Speaker, Adam Krol, and his Czech counterpart Petr Vanek.", "en", ("Petr Vanek", None, None, "CZ")),
        ("Chinese Ambassador to Russia Li Ming spoke.", "en", ("Li Ming", "Ambassador", None, "CN")),
        ("Итальянский сопредседатель Паоло Ферри не согласился.", "ru", ("Паоло Ферри", "сопредседатель", None, "IT")),
        ("С ним говорил министр транспорта Дравонии Данило Феск.", "ru", ("Данило Феск", "министр", None, None)),
        ("团长：伊戈尔·林德，俄罗斯国家杜马国际事务委员会主席。", "zh", ("伊戈尔·林德", "主席", "俄罗斯国家杜马国际事务委员会", "RU")),
    ],
)
def test_a_person_has_the_office_body_and_country_that_stand_beside_the_name(
    text: str, language: str, expected: tuple[str, str | None, str | None, str | None]
) -> None:
    persons = [(p.name, p.role, p.organisation, p.country) for p in read(text, language, None, DAY).persons]
    assert expected in persons
