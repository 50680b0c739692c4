"""One small text per optional reader: a changed model or package shows here first."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.readers import read, reader_named

DAY = date(2026, 3, 4)


def _reader(name: str) -> str:
    try:
        return reader_named(name).name
    except ImportError as error:
        pytest.skip(f"{name} is not installed: {error}")


def test_spacy_finds_the_end_of_a_clause_and_the_subject() -> None:
    name = _reader("rules+spacy")
    text = "Maria Holm, who chairs the committee, insists the minutes were ready before the deputies left."
    (statement,) = read(text, "en", None, DAY, reader=name).statements
    assert (statement.speaker, text[slice(*statement.span)]) == ("Maria Holm", "the minutes were ready before the deputies left")


def test_natasha_finds_a_person_that_no_list_knows() -> None:
    name = _reader("rules+natasha")
    text = "На заседании выступил Бронислав Жмых. Комитет поддержал Бронислава Жмыха."
    (person,) = read(text, "ru", None, DAY, reader=name).persons
    assert person.name == "Бронислав Жмых"
    assert len(person.mentions) == 2


def test_lac_finds_a_person_that_stands_behind_no_office() -> None:
    name = _reader("rules+lac")
    text = "昨天，王小明和李红梅一起参观了展览。"
    assert {p.name for p in read(text, "zh", None, DAY, reader=name).persons} == {"王小明", "李红梅"}
