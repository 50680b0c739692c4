"""Plain text into provisions, with the same ids in every language."""

from __future__ import annotations

import pytest

from comity.errors import Malformed, Unsafe
from comity.texts.labels import read_label
from comity.texts.numerals import han_number, letter_ordinals, roman_number, to_letters, to_roman, whole_number
from comity.texts.structure import structure
from texts.support import LANGUAGES, NAMES, sample, version

PLAIN = "art_1 art_2 art_2__para_1 art_2__para_1__point_a art_2__para_1__point_b art_2__para_2"


def eids(text: str, language: str) -> list[str]:
    return [provision.eid for provision in structure(text, language).version.walk()]


@pytest.mark.parametrize("name", NAMES)
def test_a_text_has_the_same_eids_in_every_language(name: str) -> None:
    per_language = [[provision.eid for provision in version(name, language).walk()] for language in LANGUAGES]
    assert per_language[0] == per_language[1] == per_language[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_text_is_lost(name: str, language: str) -> None:
    text = version(name, language)
    kept = text.title + text.subtitle + "".join(item.num + item.heading + item.text for item in text.walk())
    printed = "".join(sample(name, language).split())
    assert "".join(kept.split()) == printed


def test_an_agreement_is_read_into_chapters_articles_paragraphs_and_points() -> None:
    text = version("agreement", "en").by_eid()
    assert text["chp_1"].heading == "General provisions"
    assert text["art_2"].heading == "Tasks"
    assert text["art_2__para_1__point_a"].num == "(a)"
    assert text["art_5__point_c__point_ii"].text == "forests;"
    assert text["art_3__para_2"].num == ""
    assert text["formula_1"].text.startswith("Done at Kelmor City")
    assert text["sig_2"].text == "For the Parliament of Kelmor"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Article 1\nText one.\nArticle 2\n1. First.\n(a) one;\n(b) two.\n2. Second.", PLAIN),
        ("ru", "Статья 1\nТекст один.\nСтатья 2\n1. Первый.\nа) раз;\nб) два.\n2. Второй.", PLAIN),
        ("zh-Hans", "第一条 内容一。\n第二条\n一、第一。\n（甲）一；\n（乙）二。\n二、第二。", PLAIN),
        ("fr", "Article premier\nTexte un.\nArticle 2\n1. Un.\na) un ;\nb) deux.\n2. Deux.", PLAIN),
        ("es", "Artículo 1\nTexto uno.\nArtículo 2\n1. Uno.\na) uno;\nb) dos.\n2. Dos.", PLAIN),
        ("zh-Hans", "第二条之一 内容。\n第三条 内容。", "art_2bis art_3"),
        ("en", "Article 2 bis\nText.\nArticle 3\nText.", "art_2bis art_3"),
        ("ru", "Статья 2.1. Текст статьи.\nСтатья 3. Текст.", "art_2bis art_3"),
        ("en", "1. One:\n(i) first;\n(ii) second.\n2. Two.", "para_1 para_1__point_a para_1__point_b para_2"),
        ("en", "1. One:\n(h) far;\n2. Two.", "para_1 para_1__point_h para_2"),
        ("ru", "1. Раз:\n- одно;\n- другое.\n2. Два.", "para_1 para_1__indent_1 para_1__indent_2 para_2"),
        ("en", "1. One.\nMore of one.\n2. Two.", "para_1 para_1__al_1 para_2"),
        ("en", "Article 1\n1.1 A.\n1.2 B.\nArticle 2\n2.1 C.", "art_1 art_1__para_1 art_1__para_2 art_2 art_2__para_1"),
        ("en", "Part I\nFirst\nArticle 1\nA.\nPart II\nSecond\nArticle 1\nB.", "part_1 part_1__art_1 part_2 part_2__art_1"),
        ("zh-Hans", "第一编 总则\n第一章 任务\n第一条 甲。\n第二编 分则\n第二章 别\n第二条 乙。", "part_1 chp_1 art_1 part_2 chp_2 art_2"),
        ("en", "One sentence without any number.", "para_1"),
        ("en", "Article 1\nText.\nAnnex 1\nTable\nA paragraph.", "art_1 annex_1 annex_1__para_1"),
    ],
)  # fmt: skip
def test_numbers_become_canonical_eids(language: str, text: str, expected: str) -> None:
    assert eids(text, language) == expected.split()


@pytest.mark.parametrize(
    ("line", "printed", "rest"),
    [
        ("Article 5. Scope", "Article 5.", "Scope"),
        ("статья 5 Договора", None, None),
        ("Article 5 of the Treaty says", None, None),
        ("第五条第二款规定的事项", None, None),
        ("（十二）其他", "（十二）", "其他"),
        ("2026 was a good year.", None, None),
        ("12.5 per cent", "12.5", "per cent"),
        ("e.g. this", None, None),
    ],
)
def test_a_label_is_told_from_words(line: str, printed: str | None, rest: str | None) -> None:
    label = read_label(line)
    assert (label.printed if label else None, label.rest if label else None) == (printed, rest)


def test_a_decimal_that_no_open_provision_leads_to_stays_in_the_words() -> None:
    text = structure("1. The share is:\n12.5 per cent of trade.\n2. More.", "en").version.by_eid()
    assert text["para_1__al_1"].text == "12.5 per cent of trade."


def test_a_cyrillic_letter_that_looks_latin_is_read_by_its_place_in_the_list() -> None:
    assert eids("1. One:\n(а) x;\n(b) y;\n(с) z.\n2. Two.", "en") == [
        "para_1",
        "para_1__point_a",
        "para_1__point_b",
        "para_1__point_c",
        "para_2",
    ]


def test_a_number_that_stands_twice_is_kept_apart_and_said() -> None:
    result = structure("Article 1\nA.\nArticle 2\nB.\nArticle 2\nC.", "en")
    assert [item.eid for item in result.version.walk()] == ["art_1", "art_2", "art_2-2"]
    assert [warning.code for warning in result.warnings] == ["NUMBERING"]


def test_the_wrong_language_is_noticed() -> None:
    assert "LANGUAGE" in [warning.code for warning in structure(sample("communique", "ru"), "zh-Hans").warnings]


def test_invisible_characters_are_removed_and_said() -> None:
    result = structure("The\u200b Sides\x00 agree\u202e on this.", "en")
    assert result.version.provisions[0].text == "The Sides agree on this."
    assert [warning.code for warning in result.warnings] == ["UNSEEN"]


def test_hard_wrapped_lines_are_joined() -> None:
    text = "The Sides note with great satisfaction that trade between the two\ncountries has grown.\n\nThey agree on the rest."
    assert eids(text, "en") == ["para_1", "para_2"]


def test_lists_nested_twenty_deep_are_read() -> None:
    signs = ["1.", "(a)", "(i)", "1)", "a)", "i)", "- "]
    lines = ["1. Start:"] + [f"{signs[level % 3 + 1]} level {level}:" for level in range(20)]
    assert len(eids("\n".join(lines), "en")) == 21


def test_too_large_a_text_is_refused() -> None:
    with pytest.raises(Unsafe):
        structure("a" * 8_000_001, "en")


def test_a_language_that_is_no_tag_is_refused() -> None:
    with pytest.raises(Malformed):
        structure("Text.", "Klingon!")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百零三", 103),
        ("二〇二六", 2026),
        ("三亿五千万", 350_000_000),
        ("两", 2),
        ("一千二百", 1200),
        ("中", None),
        ("", None),
    ],
)
def test_chinese_numerals_have_values(text: str, value: int | None) -> None:
    assert han_number(text) == value


@pytest.mark.parametrize(("text", "value"), [("iv", 4), ("XLII", 42), ("iiii", None), ("abc", None), ("", None)])
def test_roman_numerals_have_values(text: str, value: int | None) -> None:
    assert roman_number(text) == value


def test_letters_and_romans_are_written_as_they_are_read() -> None:
    for number in range(1, 60):
        assert whole_number(to_roman(number)) == number
    assert [to_letters(number) for number in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]


def test_a_list_letter_gives_every_place_it_may_hold() -> None:
    assert letter_ordinals("c") == (3,)
    assert letter_ordinals("丙") == (3,)
    assert letter_ordinals("с")[-1] == 3  # the Cyrillic letter
    assert letter_ordinals("и")[0] == 9
