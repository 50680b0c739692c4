"""Finding words and spans by place: the same as looking everywhere, only sooner."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.press import nearby
from comity.press.nearby import Nearby, occurrences

TEXTS = st.text(alphabet="王晨议长甲", max_size=60)
WORDS = st.lists(st.text(alphabet="王晨议长甲", min_size=2, max_size=4), max_size=6)


@pytest.mark.parametrize("most", [0, 10**9], ids=["in one pass", "word by word"])
@given(text=TEXTS, words=WORDS)
def test_occurrences_are_what_a_search_for_each_word_finds(most: int, text: str, words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(nearby, "_WORD_BY_WORD", most)
        assert occurrences(text, words) == {word: [m.span() for m in re.finditer(re.escape(word), text)] for word in words}


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400))), st.integers(0, 1000), st.integers(1, 300))
def test_what_is_near_a_place_is_what_overlaps_it(spans: list[tuple[int, int]], start: int, length: int) -> None:
    things = [((at, at + long), number) for number, (at, long) in enumerate(spans)]
    near = Nearby(things).at(start, start + length)
    assert near == [number for (a, b), number in things if a < start + length and start < b]
