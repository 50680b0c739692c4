"""One person under many spellings, and what a text says against what is known."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import Malformed
from comity.press.readers import read
from comity.press.registry import Registry
from comity.press.relations import relations
from comity.press.translit import is_pinyin, name_keys, palladius_to_pinyin

DAY = date(2025, 8, 26)
KNOWN = Registry.from_json(
    {
        "persons": [
            {"ref": "p1", "names": [{"text": "Zhao Leji", "lang": "en"}, {"text": "赵乐际", "lang": "zh"}], "country": "CN"},
            {"ref": "p2", "names": [{"text": "Vyacheslav Volodin", "lang": "en"}, {"text": "沃洛金", "lang": "zh"}], "country": "RU"},
        ],
        "meetings": [
            {
                "ref": "m10",
                "series": [{"text": "China-Russia Committee for Parliamentary Cooperation", "lang": "en"}],
                "ordinal": 10,
                "date": "2025-08-25",
            },
        ],
        "commitments": [{"ref": "c1", "text": "publish the minutes of the committee in both languages", "who": ["Zhao Leji"]}],
    }
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Чжао Лэцзи", "Zhao Leji"), ("Си Цзиньпин", "Xi Jinping"), ("У Банго", "Wu Bangguo"), ("Хуан Цян", "Huang Qiang"),
        ("Вячеслав Володин", "Viacheslav Volodin"), ("Валентина Матвиенко", "Valentina Matviyenko"), ("Leji Zhao", "Zhao Leji"),
        ("Андрей Картаполов", "Andrey Kartapolov"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_name_share_a_key(a: str, b: str) -> None:
    assert name_keys(a) & name_keys(b)


@pytest.mark.parametrize(("a", "b"), [("Li Fei", "Li Zhanshu"), ("Иван Мельников", "Ivan Petrov"), ("赵乐际", "赵一")])
def test_two_names_of_two_people_share_none(a: str, b: str) -> None:
    assert not name_keys(a) & name_keys(b)


def test_palladius_syllables_become_pinyin_and_other_words_do_not() -> None:
    assert palladius_to_pinyin("Лэцзи") == "leji"
    assert palladius_to_pinyin("Кельмор") is None
    assert is_pinyin("Jinping")
    assert not is_pinyin("Putin's")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Zhao Leji said that the talks went well."),
        ("ru", "По словам Чжао Лэцзи, переговоры прошли хорошо."),
        ("zh", "赵乐际表示，会谈很成功。"),
    ],
)
def test_a_speaker_is_linked_to_the_registry_in_every_language(language: str, text: str) -> None:
    reading = read(text, language, KNOWN, DAY)
    assert [s.speaker_ref for s in reading.statements] == ["p1"]
    assert reading.persons[0].country == "CN"


def test_a_meeting_reported_elsewhere_is_recognised() -> None:
    text = "The 10th meeting of the China-Russia Committee for Parliamentary Cooperation was held in Beijing on Monday."
    (relation,) = read(text, "en", KNOWN, DAY).relations
    assert (relation.kind, relation.ref, relation.about) == ("same_meeting", "m10", "meetings/0")


def test_an_ordinal_and_a_day_that_contradict_the_registry_are_shown() -> None:
    ordinal = "The 11th meeting of the China-Russia Committee for Parliamentary Cooperation was held in Beijing on Monday."
    day = "The 10th meeting of the China-Russia Committee for Parliamentary Cooperation was held in Beijing on Tuesday."
    assert "ordinal_conflict" in [r.kind for r in read(ordinal, "en", KNOWN, DAY).relations]
    assert "date_conflict" in [r.kind for r in read(day, "en", KNOWN, DAY).relations]


def test_a_pledge_repeated_and_a_pledge_reported_as_kept_are_shown() -> None:
    again = "Zhao Leji said the two sides should publish the minutes of the committee in both languages."
    kept = "The secretariat has published the minutes of the committee in both languages."
    assert [r.kind for r in read(again, "en", KNOWN, DAY).relations] == ["repeated_commitment"]
    assert [r.kind for r in read(kept, "en", KNOWN, DAY).relations] == ["reported_kept"]


@pytest.mark.parametrize("text", ["[]", "{", '{"persons": [{"ref": "x"}]}'])
def test_a_malformed_registry_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Registry.loads(text)


SERIES = Registry.from_json(
    {
        "meetings": [
            {"ref": "m9", "series": [{"text": "中俄议会合作委员会", "lang": "zh"}], "ordinal": 9, "date": "2024-07-10"},
            {"ref": "m10", "series": [{"text": "中俄议会合作委员会", "lang": "zh"}], "ordinal": 10, "date": "2025-08-25"},
        ],
        "commitments": [
            {
                "ref": "c2",
                "text": "to publish the minutes of the joint committee in two languages",
                "texts": [
                    {"text": "以两种语言公布联合委员会会议纪要", "lang": "zh"},
                    {"text": "опубликовать протокол совместной комиссии на двух языках", "lang": "ru"},
                ],
            },
            {"ref": "c3", "text": "open a third border crossing at Hask", "open": False},
        ],
    }
)


def test_a_number_that_breaks_the_order_of_its_series_is_shown() -> None:
    reading = read("中俄议会合作委员会第八次会议2日在北京举行。", "zh", SERIES, date(2026, 3, 4))
    (relation,) = relations(reading, SERIES, "中俄议会合作委员会第八次会议2日在北京举行。")
    assert (relation.kind, relation.ref) == ("ordinal_conflict", "m9")


def test_the_next_number_on_a_later_day_is_no_conflict() -> None:
    assert read("中俄议会合作委员会第十一次会议2日在莫斯科举行。", "zh", SERIES, date(2026, 3, 4)).relations == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minutes of the joint committee were published in two languages last week."),
        ("ru", "Протокол совместной комиссии опубликован на двух языках."),
        ("zh", "联合委员会会议纪要已于上周以两种语言公布。"),
    ],
)
def test_a_commitment_is_reported_as_kept_in_every_language_that_words_it(language: str, text: str) -> None:
    found = [r for r in read(text, language, SERIES, DAY).relations if r.kind == "reported_kept"]
    assert [r.ref for r in found] == ["c2"]
    assert all(text[slice(*r.span)].strip() for r in found if r.span)


@pytest.mark.parametrize(
    "text",
    [
        "The minutes of the joint committee have not been published in two languages.",
        "The minutes of the joint committee will be published in two languages.",
        "A third border crossing at Hask has been opened.",
    ],
)
def test_what_is_not_done_yet_and_what_is_closed_are_not_reported_as_kept(text: str) -> None:
    assert [r for r in read(text, "en", SERIES, DAY).relations if r.kind == "reported_kept"] == []
