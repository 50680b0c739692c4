"""Marked passages: the words stay exactly what they are, whatever spans lie in one another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.desk.press.passages import Marked, paragraphs

TEXT = "He said the list will be sent.\n\nShe agreed."


def test_spans_in_one_another_are_cut_and_lead_to_the_shortest() -> None:
    marks = [Marked("S1", "S", 8, 29), Marked("C1", "C", 12, 29), Marked("P1", "P", 0, 2)]
    first, second = paragraphs(TEXT, marks)
    assert [(s.text, s.to, s.kinds, s.labels) for s in first.segments] == [
        ("He", "P1", ("P",), ("P1",)),
        (" said ", "", (), ()),
        ("the ", "S1", ("S",), ("S1",)),
        ("list will be sent", "C1", ("C", "S"), ("C1",)),
        (".", "", (), ()),
    ]
    assert [s.text for s in second.segments] == ["She agreed."]


def test_a_span_over_two_lines_is_marked_in_both_and_labelled_once() -> None:
    found = paragraphs(TEXT, [Marked("S1", "S", 8, 35)])
    labels = [s.labels for p in found for s in p.segments if s.labels]
    assert labels == [("S1",)]
    assert sum(s.to == "S1" for p in found for s in p.segments) == 2


def test_characters_that_turn_the_direction_of_writing_are_shown_by_their_number() -> None:
    (one,) = paragraphs("say \u202edias\u202c so", [])
    assert [s.text for s in one.segments] == ["say ", "U+202E", "dias", "U+202C", " so"]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from("MPSCF")), max_size=6))
def test_the_words_of_a_text_stay_whatever_is_marked(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [Marked(f"{k}{n}", k, min(a, len(text)), min(a + w, len(text))) for n, (a, w, k) in enumerate(spans)]
    shown = "".join(s.text for p in paragraphs(text, marks) for s in p.segments if not s.code)
    left_out = "\r\n\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    lines = [line for line in text.translate(dict.fromkeys(map(ord, "\r\n\u2028\u2029"), "\n")).split("\n") if line.strip()]
    assert shown == "".join(c for line in lines for c in line if c not in left_out)
