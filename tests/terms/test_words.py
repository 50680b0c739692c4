"""Ids, cells, names, dates: the shared words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ComityError, Malformed, Unsayable
from comity.terms.dates import Due, PartialDate
from comity.terms.fields import Fields
from comity.terms.ids import Cell, handle, resolve
from comity.terms.names import Name, best_name

ACT = "ab" * 32


@pytest.mark.parametrize("text", ["self/state", "self#main/slot/11", f"{ACT}/assessment@kelmor", f"{ACT}#main/slot/2", "self/state@arvena"])
def test_a_cells_name_reads_back_as_itself(text: str) -> None:
    assert str(Cell.parse(text)) == text
    assert str(Cell.parse(text).resolve(ACT)) == resolve(text, ACT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "self",
        "self/",
        f"{ACT}/state@",
        "self/State",
        f"{ACT[:-1]}/state",
        "self/state@Kelmor",
        "selfish/state",
        "self#/state",
        "self/a//b",
    ],
)
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Cell.parse(text)


@given(st.binary(min_size=32, max_size=32))
def test_a_handle_is_short_and_holds_no_letter_that_is_mistaken_for_another(raw: bytes) -> None:
    name = handle(raw.hex())
    assert len(name) == 9
    assert not set(name) & set("ILOU")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026", "2026-01-01", "2026-12-31"), ("2028-02", "2028-02-01", "2028-02-29"), ("2026-11-20", "2026-11-20", "2026-11-20")],
)
def test_a_partial_date_spans_from_its_first_to_its_last_day(text: str, first: str, last: str) -> None:
    assert (PartialDate(text).first.isoformat(), PartialDate(text).last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2026-1-1", "0000", "2026-11-20T10:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Unsayable):
        PartialDate(text)


def test_something_due_in_a_month_is_overdue_only_after_its_last_day() -> None:
    due = Due(None, PartialDate("2026-11"))
    assert not due.overdue(date(2026, 11, 30))
    assert due.overdue(date(2026, 12, 1))
    assert not Due(None, None).overdue(date(2999, 1, 1))


def test_the_wanted_sides_form_of_a_name_comes_first_then_the_neutral_one_then_the_language() -> None:
    names = [Name("Committee", "en"), Name("Commission", "en", side="kelmor"), Name("Комитет", "ru")]
    assert best_name(names, "en").text == "Committee"
    assert best_name(names, "en", side="kelmor").text == "Commission"
    assert best_name(names, "ru", side="kelmor").text == "Комитет"
    assert best_name(names, "zh-Hans").text == "Committee"


def test_a_field_is_read_once_and_an_unknown_one_refused() -> None:
    fields = Fields({"ordinal": 4, "extra": 1}, "body")
    assert fields.integer("ordinal", least=1) == 4
    with pytest.raises(Unsayable, match="extra"):
        fields.done()


@pytest.mark.parametrize("value", [True, "4", 4.0, 0, None])
def test_a_number_is_a_whole_number_within_its_bounds(value: object) -> None:
    with pytest.raises(Unsayable):
        Fields({"n": value}, "body").integer("n", least=1)


def test_an_error_says_its_place_its_sentence_and_its_remedy() -> None:
    error = ComityError("{party} is not a party.", place="body.by", remedy="Name one of {known}.", party="sorvell", known="arvena, kelmor")
    assert str(error) == "body.by: sorvell is not a party. Name one of arvena, kelmor."
