"""Who speaks in genres that are no plain dispatch: interviews, announced quotations, sentences ascribed afterwards, relayed speech."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.calibration import calibrated, claimed_of
from comity.press.readers import read

DAY = date(2026, 3, 4)
SAID = {
    "questions and answers": (
        "en",
        "Interview with Jane Dow, chair of the committee\n\nQ: Will you come?\n\nA: We will come in May. The date is not fixed.",
        [("Jane Dow", "We will come in May"), ("Jane Dow", "The date is not fixed")],
    ),
    "an announced quotation": (
        "en",
        "Maria Holm, speaker of the house, said:\n\n“The talks went well.”",
        [("Maria Holm", "The talks went well")],
    ),
    "his opinion": ("en", "Maria Holm arrived. In her opinion, the talks went well.", [("Maria Holm", "the talks went well")]),
    "somebody was told": ("en", "Visitors were asked to wait.", []),
    "an aside": (
        "ru",
        "Мария Хольм, со своей стороны, отметила, что переговоры прошли хорошо.",
        [("Мария Хольм", "переговоры прошли хорошо")],
    ),
    "ascribed afterwards": (
        "ru",
        "Комиссия завершила работу досрочно. Об этом сообщила депутат Мария Хольм.",
        [("Мария Хольм", "Комиссия завершила работу досрочно")],
    ),
    "dashes alone": (
        "ru",
        "Интервью с председателем комитета Марией Хольм\n\n— Вы приедете?\n\n— Да, мы приедем в мае.",
        [("Мария Хольм", "Да, мы приедем в мае")],
    ),
    "relayed speech": ("zh", "通讯社援引赵乐际的话称，会议很成功。", [("赵乐际", "会议很成功")]),
    "问答": ("zh", "外交部发言人毛宁主持记者会\n\n问：你们会来吗？\n\n答：我们五月会来。", [("毛宁", "我们五月会来")]),
}


@pytest.mark.parametrize(("language", "text", "expected"), SAID.values(), ids=SAID.keys())
def test_each_genre_has_its_way_of_naming_who_speaks(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    reading = read(text, language, None, DAY)
    assert [(s.speaker, text[slice(*s.span)]) for s in reading.statements] == expected


@pytest.mark.parametrize("kind", ["statements", "commitments", "persons"])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_calibration_keeps_the_order_of_confidences(kind: str, language: str) -> None:
    values = [calibrated(kind, language, p / 20) for p in range(1, 20)]
    assert values == sorted(values)
    assert 0 < values[0] < values[-1] < 1
    assert claimed_of(kind, language, calibrated(kind, language, 0.7)) == pytest.approx(0.7, abs=0.02)


def test_a_text_of_thousands_of_statements_is_read_in_proportion() -> None:
    text = "赵乐际表示双方要加强合作。" * 1_500
    assert len(read(text, "zh", None, DAY).statements) == 1_500
