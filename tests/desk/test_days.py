"""Partial dates as pages say them."""

from __future__ import annotations

import pytest
from django.utils import translation

from comity.desk.show import day


@pytest.mark.parametrize(
    ("language", "text", "alone", "bound"),
    [
        ("ru", "2040-02", "февраль 2040 г.", "февраля 2040 г."),
        ("ru", "2040-02-01", "1 февраля 2040 г.", "1 февраля 2040 г."),
        ("ru", "2040", "2040 г.", "2040 г."),
        ("en", "2040-02", "February 2040", "February 2040"),
        ("zh-hans", "2040-02", "2040年2月", "2040年2月"),
    ],
)
def test_a_month_alone_stands_in_the_case_that_its_preposition_asks_for(language: str, text: str, alone: str, bound: str) -> None:
    with translation.override(language):
        assert (day(text), day(text, bound=True)) == (alone, bound)
