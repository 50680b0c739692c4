"""The line shows lineage, order and doubt, and nothing that nobody said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comity.desk.design.line import WIDTH, Age, Chart, Meeting, Moment, Series, svg, upright, year_of
from comity.desk.design.seal import State
from comity.desk.design.words import Standing


def meeting(when: str, ordinal: str = "1", **more: object) -> Meeting:
    return replace(Meeting(f"m-{when}-{ordinal}", when, f"Meeting {ordinal}", when or "no date", ordinal), **more)


OLD = Series("old", "Committee on Waters", "2009-05", (meeting("2009-05"), meeting("2012", "2")), into="new", silent="not seen after 2012")
NEW = Series("new", "Joint Committee", "2015-06-09", (meeting("2015-06-09"), meeting("", "2")), lane=1)
CHART = Chart("Meetings", 2009, 2027, (OLD, NEW))


def drawn(chart: Chart) -> etree._Element:
    return etree.fromstring(svg(chart).encode())


def of_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if element.get("class") == name]


@pytest.mark.parametrize(("date", "year"), [("2013", 2013.5), ("2007-01-01", 2007.0), ("2007-07", 2007.54), ("2006-12-31", 2007.0)])
def test_a_partial_date_stands_in_the_middle_of_what_it_leaves_open(date: str, year: float) -> None:
    assert year_of(date) == pytest.approx(year, abs=0.01)


def test_every_meeting_has_its_circle_with_its_ordinal_and_a_title() -> None:
    root = drawn(CHART)
    assert len(of_class(root, "obs")) == 4
    assert [text.text for text in of_class(root, "ord")] == ["1", "2", "1", "2"]
    assert "Meeting 2, no date" in [title.text for title in root.iter("title")]


def test_where_nothing_is_known_the_line_is_dotted_and_says_so() -> None:
    root = drawn(CHART)
    dotted = [path.get("d") or "" for path in of_class(root, "gap")]
    assert len(dotted) == 2
    assert any("C" in path for path in dotted), "the old series bends into its heir"
    assert any(path.endswith(f"H{WIDTH}") for path in dotted), "a meeting without a date lies ahead"
    assert "not seen after 2012" in [text.text for text in root.iter("text")]


def test_only_where_sources_disagree_is_there_a_mark() -> None:
    assert not of_class(drawn(CHART), "ne")
    doubted = replace(CHART, series=(OLD, replace(NEW, meetings=(meeting("2015-06-09", disputed=True),))))
    assert len(of_class(drawn(doubted), "ne")) == 1


def test_a_circle_is_dotted_unless_somebody_signed() -> None:
    half = meeting("2016", standing=Standing(2, frozenset({1}), State.OPEN))
    root = drawn(replace(CHART, series=(replace(NEW, meetings=(half,)),)))
    assert not of_class(root, "obs")
    assert (len(of_class(root, "said")), len(of_class(root, "unsaid"))) == (1, 1)


def test_anniversaries_have_a_line_of_their_own() -> None:
    chart = replace(
        CHART, age=Age("Age", "2009-05", "2024-05", "15 years"), moments=(Moment("2019", "ten"), Moment("2019-07", "ten again"))
    )
    root = drawn(chart)
    below = {text.text: float(text.get("y") or 0) for text in root.iter("text")}
    assert below["15 years"] > below["Joint Committee"]
    assert below["ten"] != below["ten again"], "words that would overlap stand under each other"


@given(st.lists(st.dates().map(str), min_size=1, max_size=12), st.sampled_from(["above", "below", "on"]))
def test_circles_of_one_side_never_cover_each_other(days: list[str], side: str) -> None:
    years = [f"20{10 + int(day[2:4]) % 10}{day[4:]}" for day in days]
    series = replace(NEW, meetings=tuple(meeting(day, str(place), side=side) for place, day in enumerate(years)), start="2010")
    places = sorted(float(circle.get("cx") or 0) for circle in of_class(drawn(replace(CHART, series=(series,))), "obs"))
    assert all(right - left >= 20 for left, right in pairwise(places))


def test_texts_cannot_break_out_of_the_drawing() -> None:
    sly = replace(NEW, name="<script>alert(1)</script>", meetings=(meeting("2016", url='"><b>'),))
    assert "<script>" not in svg(replace(CHART, series=(sly,)))
    assert drawn(replace(CHART, series=(sly,))).find(".//{*}b") is None


def test_the_upright_line_holds_the_same_meetings_newest_first() -> None:
    rows = upright(replace(CHART, moments=(Moment("2019", "ten years"),)))
    assert [row.title for row in rows] == ["Meeting 2", "ten years", "Meeting 1", "Meeting 2", "Meeting 1"]


def test_the_table_lists_every_meeting_by_date_and_those_without_one_last() -> None:
    assert [found.when for _series, found in CHART.all] == ["2009-05", "2012", "2015-06-09", ""]
