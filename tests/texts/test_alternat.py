"""Each side's copy names itself first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.errors import Unsayable
from comity.texts.alternat import PartyNames, alternat, same_but_for_order
from texts.support import LANGUAGES, NAMES, version

PARTIES = (
    PartyNames("arvena", {"en": ("National Assembly of Arvena",), "ru": ("Национальное собрание Арвены",), "zh": ("阿尔维纳国民议会",)}),
    PartyNames("kelmor", {"en": ("Parliament of Kelmor",), "ru": ("Парламент Кельмора",), "zh": ("凯尔莫议会",)}),
)


@pytest.mark.parametrize(
    ("language", "title", "last"),
    [
        ("en", "between the Parliament of Kelmor and the National Assembly of Arvena", "For the National Assembly of Arvena"),
        ("ru", "между Парламентом Кельмора и Национальным собранием Арвены", "За Национальное собрание Арвены"),
        ("zh-Hans", "凯尔莫议会和阿尔维纳国民议会合作委员会", "阿尔维纳国民议会代表"),
    ],
)
def test_a_side_s_copy_names_and_signs_itself_first(language: str, title: str, last: str) -> None:
    copy = alternat(version("communique", language), PARTIES, "kelmor")
    assert title in copy.title
    assert copy.conclusions[-1].text == last


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_first_side_s_copy_is_the_text_itself_and_turning_twice_gives_it_back(name: str, language: str) -> None:
    text = version(name, language)
    assert alternat(text, PARTIES, "arvena") == text
    assert alternat(alternat(text, PARTIES, "kelmor"), PARTIES, "arvena") == text


def test_a_sentence_about_one_party_alone_is_not_touched() -> None:
    text = version("communique", "en")
    assert alternat(text, PARTIES, "kelmor").by_eid()["para_4"] == text.by_eid()["para_4"]


def test_copies_that_differ_in_more_than_the_order_are_told() -> None:
    text = version("communique", "ru")
    copy = alternat(text, PARTIES, "kelmor")
    assert same_but_for_order(text, copy, PARTIES)
    assert not same_but_for_order(text, replace(copy, title=copy.title + " 2"), PARTIES)


def test_an_outsider_has_no_copy() -> None:
    with pytest.raises(Unsayable) as refusal:
        alternat(version("communique", "ru"), PARTIES, "sorvell")
    assert "arvena" in refusal.value.remedy
