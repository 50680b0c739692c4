"""Figures drawn without a browser: well formed, with every word escaped, told by more than colour."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from comity.forums.agreement import Agreement
from comity.forums.figures import Cell, Mark, Point, Series, heat, matrix, over_time, strip
from comity.forums.framed import framed
from comity.forums.measures import Measure
from comity.forums.model import RollCalls

NAME = "Côte <d’Ivoire> & 中国"
LINES = (
    Series(NAME, (Point(0, 0.5, 0.4, 0.6, 9, "/a?x=1&y=2", NAME), Point(2, 0.7, 0.6, 0.8, 9))),
    Series("κ", (Point(0, -0.2, -0.4, 0.1, 9),), dashed=True),
)
DRAWN = {
    "over time": lambda links: over_time(NAME, ["1", "2", "3"], LINES, axis="<1>", counts="n", links=links),
    "heat": lambda links: heat(NAME, [NAME], ["1–5"], [[Cell(0.9, 4, "/a?x=1&y=2", NAME)]], links=links),
    "strip": lambda links: strip(
        NAME, [Mark(NAME, 0.1, -0.2, 0.4, "/a?x=1&y=2", True), Mark("B", 1, 0, 2)], ends=("", ""), axis="", links=links
    ),
    "matrix": lambda links: matrix(NAME, [NAME, "B"], [[None, 0.5], [0.5, None]]),
}


@pytest.mark.parametrize("kind", DRAWN)
def test_a_drawing_is_well_formed_and_holds_its_words_as_they_are(kind: str) -> None:
    tree = ElementTree.fromstring(DRAWN[kind](True))
    assert NAME in [e.text for e in tree.iter() if e.text]
    assert not [e for e in tree.iter() if "style" in e.attrib or "script" in e.tag]


@pytest.mark.parametrize("kind", ["over time", "heat", "strip"])
def test_marks_are_links_on_a_page_and_none_in_a_file(kind: str) -> None:
    assert 'href="/a?x=1&amp;y=2"' in DRAWN[kind](True)
    assert "href" not in DRAWN[kind](False)


def test_series_differ_by_mark_and_dash_and_cells_carry_their_number() -> None:
    lines = DRAWN["over time"](True)
    assert "<circle" in lines
    assert 'stroke-dasharray="5 3"' in lines
    assert ">90</text>" in DRAWN["heat"](True)


def test_spans_of_sessions_hold_all_their_roll_calls(demo: RollCalls) -> None:
    asked = Agreement(demo)
    one = {r.period: r.n for r in asked.pair("ARV", "KEL", by="session", measures=(Measure.LINEAR,))}
    five = {r.period: r.n for r in asked.pair("ARV", "KEL", by="span-5", measures=(Measure.LINEAR,))}
    assert list(five) == ["1-5", "6-10"]
    assert five["1-5"] == sum(one[str(s)] for s in range(1, 6))


@pytest.mark.parametrize("kind", DRAWN)
def test_a_drawing_that_is_carried_away_bears_its_title_and_its_source(kind: str) -> None:
    foot = (
        "Source: a file whose name is long enough to need more than one line below a drawing of this width, and then some more of it, so."
    )
    tree = ElementTree.fromstring(framed(DRAWN[kind](False), [foot, "虚构：该大会及其表决均不存在。" * 12]))
    said = [e.text or "" for e in tree.iter() if e.tag.endswith("text")]
    assert said[0] == NAME
    assert " ".join(said).count("Source:") == 1
    assert foot in " ".join(said)
    assert "".join(said).count("虚构") == 12
    height = float(tree.attrib["height"])
    assert max(float(e.attrib["y"]) for e in tree if e.tag.endswith("text")) < height
