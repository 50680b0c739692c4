"""Redlines, marks and composing, without pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.desk.texts.changes import redlined
from comity.desk.texts.composing import Typed, plain, read_version
from comity.desk.texts.marking import Span, located, parts, places
from comity.terms.ids import digest
from comity.texts.structure import structure

SAMPLES = Path(__file__).parents[2] / "texts" / "samples"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("within thirty days", "within sixty days", "within <del>thirty</del><ins>sixty</ins> days"),
        ("三十日内答复", "六十日内答复", "<del>三</del><ins>六</ins>十日内答复"),
        ("a < b", "a > b", "a <del>&lt;</del><ins>&gt;</ins> b"),
        ("same", "same", "same"),
    ],
)
def test_a_redline_marks_what_went_and_what_came(before: str, after: str, line: str) -> None:
    assert redlined(before, after) == line


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
@settings(max_examples=60, deadline=None)
def test_marked_parts_together_are_the_text(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b), max(a, b), n, f"c{n}") for n, (a, b) in enumerate(ends) if a != b and max(a, b) <= len(text)]
    assert "".join(p if isinstance(p, str) else p["text"] for p in parts(text, spans)) == text


class Named:
    """Sides by their ids."""

    nothing = "-"

    def shown(self, sides: Sequence[str]) -> dict[str, Any]:
        return {"name": " ".join(sides)}


@pytest.mark.parametrize(
    ("behind", "closing", "rest"),
    [(".", ["."], []), ("。 后文", ["。"], [" 后文"]), ("», и далее", ["»,"], [" и далее"]), (" and so on.", None, [" and so on."])],
)
def test_punctuation_right_behind_a_bracket_stays_with_it(behind: str, closing: list[str] | None, rest: list[str]) -> None:
    bracket = "[@arvena: thirty days | @kelmor: sixty days]"
    _before, shown, *after = parts(f"Within {bracket}{behind}", [], Named())
    assert [one["name"] for one in shown["alternatives"]] == ["arvena", "kelmor"]
    assert shown.get("after") == closing
    assert after == rest


def test_a_mark_over_the_punctuation_behind_a_bracket_keeps_its_number() -> None:
    text = "Within [@arvena: thirty days | @kelmor: sixty days]."
    _before, shown = parts(text, [Span(len(text) - 1, len(text), 3, "f3")], Named())
    assert shown["after"] == [{"text": ".", "mark": "commit", "number": 3, "ref": "f3"}]


def test_words_are_located_by_their_digest_before_their_place() -> None:
    mark = {"start": 0, "end": 4, "sha256": digest(b"plan")}
    assert located("plan and plan", mark, "plan") == (0, 4)
    assert located("A plan", mark, "plan") == (2, 6)
    assert located("A plan, a plan", mark, "plan") is None
    assert located("nothing", mark, "plan") is None


def test_every_place_of_the_words_is_found_even_if_they_overlap() -> None:
    assert places("aaa", "aa") == [0, 1]
    assert places("aaa", "") == []


@pytest.mark.parametrize("name", ["communique", "agreement", "declaration"])
@pytest.mark.parametrize("language", ["zh-Hans", "ru", "en"])
def test_a_text_that_is_typed_again_from_its_plain_form_is_the_same(name: str, language: str) -> None:
    version = structure((SAMPLES / f"{name}.{language}.txt").read_text(encoding="utf-8"), language).version
    again, _warned = read_version(Typed(language, "authentic", version.title, plain(version)))
    assert again == version
