"""The seal says who has signed, and only that."""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comity.desk.design.seal import DRAWINGS, MOST_CUTS, State, plain, seal_paths, seal_svg

SHARED = Path(__file__).parents[3] / "shared" / "look" / "seal.svg"
NUMBER = re.compile(r"-?\d+\.?\d*")


def numbers(markup: str) -> list[float]:
    return [float(found) for found in NUMBER.findall(re.sub(r"#fff|var\([^)]*\)", "", markup))]


@st.composite
def signings(draw: st.DrawFn, most: int = MOST_CUTS) -> tuple[int, frozenset[int]]:
    parties = draw(st.integers(1, most))
    return parties, draw(st.frozensets(st.integers(0, parties - 1)))


@pytest.mark.skipif(not SHARED.exists(), reason="the drawn seal lies beside the checkout only where the design was made")
def test_every_drawing_is_the_one_that_was_designed() -> None:
    drawn = re.findall(r'<symbol id="seal-(.*?)-(\w)" viewBox="[^"]*">(.*?)</symbol>', SHARED.read_text(encoding="utf-8"))
    assert len(drawn) > 60
    for name, size, body in drawn:
        words = name.split("-")
        parties = int(words[0]) if words[0].isdigit() else 2
        signed = frozenset(place for place, bit in enumerate(words[-1]) if bit == "1") if set(words[-1]) <= {"0", "1"} else frozenset()
        state = {"open": State.OPEN, "full": State.IN_FORCE}.get(words[min(1, len(words) - 1)])
        state = state or next((State(word) for word in words if word in set(State)), State.OPEN)
        ours = numbers(seal_paths(parties, signed, state, DRAWINGS[size]))
        assert ours == pytest.approx(numbers(body), abs=0.011), f"{name}-{size}"


@given(signings(), st.sampled_from(sorted(DRAWINGS)))
def test_there_is_one_segment_per_party_and_it_is_filled_exactly_if_that_party_has_signed(
    drawn: tuple[int, frozenset[int]], size: str
) -> None:
    parties, signed = drawn
    root = etree.fromstring(seal_svg(parties, signed, State.OPEN, size))
    filled = [place for place, path in enumerate(root) if path.get("fill") != "none"]
    assert len(root) == parties
    assert filled == sorted(signed)


@given(signings(most=30), st.sampled_from(sorted(DRAWINGS)))
def test_only_what_is_in_force_has_a_dot_in_the_middle(drawn: tuple[int, frozenset[int]], size: str) -> None:
    parties, signed = drawn
    middle = DRAWINGS[size].box / 2
    for state in State:
        circles = etree.fromstring(seal_svg(parties, signed, state, size)).iter("{*}circle", "circle")
        dots = [c for c in circles if float(c.get("cx") or 0) == float(c.get("cy") or 0) == middle and c.get("fill") != "none"]
        assert bool(dots) == (state is State.IN_FORCE)


@given(st.integers(2, MOST_CUTS), st.sampled_from(sorted(DRAWINGS)))
def test_the_cuts_between_segments_are_parallel_and_as_wide_as_the_gap(parties: int, size: str) -> None:
    drawing = DRAWINGS[size]
    paths = [path.get("d") or "" for path in etree.fromstring(seal_svg(parties, frozenset(range(parties)), State.OPEN, size))]
    corners = []
    for path in paths:
        start_x, start_y, *_arc, end_x, end_y, in_x, in_y = numbers(path)[:11]
        *_rest, last_x, last_y = numbers(path)
        corners.append(((start_x, start_y), (end_x, end_y), (in_x, in_y), (last_x, last_y)))
    for (_, outer_end, inner_end, _), (outer_start, _, _, inner_start) in pairwise([*corners, corners[0]]):
        for one, other in ((outer_end, outer_start), (inner_end, inner_start)):
            assert hypot(one[0] - other[0], one[1] - other[1]) == pytest.approx(drawing.gap, abs=0.03)


def test_the_first_party_begins_at_six_o_clock_and_of_two_is_the_left() -> None:
    first, second = etree.fromstring(seal_svg(2, frozenset({0}), State.OPEN, "m"))
    assert numbers(first.get("d") or "")[0] < 20
    assert numbers(second.get("d") or "")[0] > 20


def test_observed_looks_the_same_for_any_number_of_parties_because_nobody_signed() -> None:
    assert seal_svg(2, frozenset(), State.OBSERVED) == seal_svg(9, frozenset({1, 2}), State.OBSERVED)


@given(st.integers(MOST_CUTS + 1, 60), st.data())
def test_above_twelve_parties_the_ring_has_no_cuts_and_is_filled_by_the_share(parties: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, parties - 1))
    filled, hollow = etree.fromstring(seal_svg(parties, frozenset(range(count)), State.OPEN, "m"))
    assert (filled.get("fill"), hollow.get("fill")) == (None, "none")
    large = [int(flags.split()[1]) for flags in re.findall(r"A[\d.]+ [\d.]+ (\d \d \d)", filled.get("d") or "")]
    assert set(large) == {int(count / parties > 0.5)}


@pytest.mark.parametrize(
    ("parties", "signed", "state", "text"),
    [
        (2, {0, 1}, State.IN_FORCE, "[##]"),
        (2, {0}, State.OPEN, "[#-]"),
        (2, set(), State.OPEN, "[--]"),
        (2, set(), State.OBSERVED, "[··]"),
        (2, {0, 1}, State.DISPUTED, "[#≠#]"),
        (2, {0}, State.WITHDRAWN, "[/-]"),
        (2, {0, 1}, State.SUPERSEDED, "[##]›"),
        (2, {0}, State.DECLINED, "[#x]"),
        (3, {0, 2}, State.OPEN, "[#-#]"),
        (14, set(range(9)), State.OPEN, "[9/14]"),
        (14, set(), State.IN_FORCE, "[14/14]"),
    ],
)
def test_the_seal_has_a_plain_text_form(parties: int, signed: set[int], state: State, text: str) -> None:
    assert plain(parties, frozenset(signed), state) == text


def test_a_seal_is_an_image_with_a_name_or_hidden() -> None:
    named = etree.fromstring(seal_svg(2, frozenset(), State.OPEN, label='Arvena "and" <Kelmor>'))
    assert (named.get("role"), named.get("aria-label")) == ("img", 'Arvena "and" <Kelmor>')
    assert etree.fromstring(seal_svg(2, frozenset(), State.OPEN)).get("aria-hidden") == "true"


@pytest.mark.parametrize(("parties", "signed"), [(0, set()), (2, {2}), (2, {-1})])
def test_a_party_that_is_not_there_cannot_have_signed(parties: int, signed: set[int]) -> None:
    with pytest.raises(ValueError, match="cannot be signed"):
        seal_svg(parties, frozenset(signed), State.OPEN)


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no drawing of the size 'xl'"):
        seal_svg(2, frozenset(), State.OPEN, "xl")
