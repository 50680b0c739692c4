"""Case files: what is read, and what is refused with its place."""

from __future__ import annotations

import pytest

from comity.errors import Malformed
from comity.observations.case import counts, read_case
from observations.known import CASES, SMALL

COUNTS = {
    "china-russia": {"meetings": 32, "commitments": 81, "statements": 82, "sources": 101, "conflicts": 14, "follow_up": 25},
    "eu-uk-ppa": {"meetings": 10, "commitments": 25, "statements": 27, "sources": 31, "conflicts": 5, "follow_up": 14},
}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_the_real_cases_are_read_with_their_counts(name: str) -> None:
    assert counts(read_case((CASES / f"{name}.yaml").read_bytes(), place=name)) == COUNTS[name]


def test_dates_stay_as_they_are_written() -> None:
    case = read_case(SMALL.encode(), place="small")
    assert case["commitments"][0]["date"] == "2025-08-25"
    assert case["mechanism"]["established"][0]["date"] == "2005-06"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("comity-case/1", "comity-case/2", "schema"),
        ("case: lakes", "case: Lakes!", "case"),
        ("nature: proposal", "nature: promise", "commitments[0] (c1)"),
        ("finding: no_trace", "finding: broken", "follow_up[0] (f1)"),
        ("kind: official_claim", "kind: rumour", "statements[0] (s1)"),
        ("commitment: c1", "commitment: c9", "follow_up[0] (f1).commitment"),
        ("made_at: m1", "made_at: m9", "commitments[0] (c1).made_at"),
        ("sources: [wire, gazette]}\nsources", "sources: [wire, lost]}\nsources", "mechanism"),
        ("source: wire}", "source: lost}", "statements[0] (s1)"),
        ("id: gazette, publisher", "id: wire, publisher", "sources[1]"),
        ("dates: {start: 2025-08-25}", "dates: {start: 25 August}", "meetings[0] (m1).start"),
        ("record_note: Own words.", "remark: Own words.", "small"),
        ("record_note: Own words.", "case: lakes", "small"),
        ("names: {en: Committee on Lakes", "names: &a {en: Committee on Lakes", ""),
    ],
)
def test_what_is_wrong_is_named_by_its_place(old: str, new: str, place: str) -> None:
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    if "&a" in new:  # an anchor alone says nothing wrong; the alias to it does
        text += "texts:\n- *a\n"
    with pytest.raises(Malformed) as error:
        read_case(text.encode(), place="small")
    assert place in error.value.place


def test_a_file_that_is_no_yaml_is_refused() -> None:
    for data in (b"\xff\xfe", b"{", b"- a\n- b", b""):
        with pytest.raises(Malformed):
            read_case(data, place="bad")
