"""What a person confirmed and took back: both are fragments of the log, and only what stands counts."""

from __future__ import annotations

import pytest

from comity.errors import Malformed
from comity.observations.merge import merge
from comity.observations.model import RETRACTED, Fragment

READ = {"reader": "rules 1.0.0", "reviewer": "Sela Horn", "at": "2026-11-24T10:00:00+00:00", "span": "101-205"}
SEEN = Fragment("lake/meetings/m-1", "meeting", {"ordinal": 5}, "wire", read=READ)


def test_how_a_fragment_was_read_is_kept_in_it() -> None:
    assert Fragment.from_bytes(SEEN.to_bytes(), place="fragment").read == READ


def test_a_fragment_that_no_reader_proposed_keeps_the_bytes_that_it_had() -> None:
    assert b'"read"' not in Fragment("lake/meetings/m-1", "meeting", {"ordinal": 5}, "wire").to_bytes()


def test_what_was_taken_back_counts_no_longer_and_its_thing_is_not_there() -> None:
    kept = Fragment("lake/meetings/m-2", "meeting", {"ordinal": 6}, "wire")
    back = Fragment("lake/meetings/m-1", RETRACTED, [SEEN.id])
    case = merge([SEEN, kept, back])["lake"]
    assert [thing.id for thing in case.all("meetings")] == ["m-2"]


def test_what_was_taken_back_can_be_said_again() -> None:
    again = Fragment(SEEN.about, SEEN.claim, SEEN.value, SEEN.source, read=READ | {"at": "2026-11-24T11:00:00+00:00"})
    case = merge([SEEN, Fragment(SEEN.about, RETRACTED, [SEEN.id]), again])["lake"]
    assert [v.fragments for v in case.all("meetings")[0].versions("meeting")] == [[again.id]]


def test_taking_back_names_a_list_of_fragments() -> None:
    with pytest.raises(Malformed, match="list of fragments"):
        Fragment("lake/meetings/m-1", RETRACTED, "all").to_bytes()
