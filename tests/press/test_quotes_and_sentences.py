"""Quotation marks of three languages, closed or not, and sentences within them."""

from __future__ import annotations

import pytest

from comity.press.attribution import clean
from comity.press.quotes import find_quotations
from comity.press.segment import lay_out, paragraphs_of


def inner(text: str) -> list[str]:
    return [text[slice(*q.inner)] for q in find_quotations(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("Он сказал: «да» и «нет».", ["да", "нет"]),
        ("Газета «Наш «Берег» дня» вышла.", ["Наш «Берег» дня"]),
        ("他说：“好。”又说“不”。", ["好。", "不"]),
        ("他說：「好。」", ["好。"]),
        ("''We met,'' he said.", ["We met,"]),
        ("It's the members' choice, isn't it?", []),
        ("He called it ‘a start’ and left.", ["a start"]),
        ("“Never closed, he said", ["Never closed, he said"]),
        ("“First paragraph.\n“Second one,” he said.", ["First paragraph.", "Second one,"]),
        ('A stray mark" here and "a real one" there.', ["a real one"]),
        ("„Ja“, sagte er.", ["Ja"]),
    ],
)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Mr. Reed met Dr. Holm on Jan. 5. They spoke.", 2),
        ("en", "The U.S. delegation left. It was late.", 2),
        ("en", "“Yes. No,” he said. Done.", 3),
        ("en", "It cost 3.5 million. Yes.", 2),
        ("ru", "В 2025 г. состоялась встреча с В. Володиным. Она прошла успешно.", 2),
        ("ru", "«Да. Нет», — сказал он.", 2),
        ("zh", "他说：“好。很好。”会议结束。", 3),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language: str, text: str, count: int) -> None:
    assert len(lay_out(text, language).sentences) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“we met.”", "we met"),
        (", a “good sign”.", "a “good sign”"),
        ("«Мы готовы»,", "Мы готовы"),
        ("both “here” and “there”", "both “here” and “there”"),
        ("— это всё —", "это всё"),
    ],
)
def test_a_content_loses_the_marks_that_are_not_its_own(text: str, expected: str) -> None:
    start, end = clean(text, 0, len(text))
    assert text[start:end] == expected


def test_a_hard_wrapped_paragraph_is_one_paragraph() -> None:
    text = "The joint committee of the two houses opened its fifth meeting\nin Ostrel on Wednesday.\n\nA new paragraph."
    assert len(paragraphs_of(text)) == 2
