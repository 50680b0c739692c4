"""The observed state: sources agree or disagree, people correct, and nothing is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.observations.case import read_case
from comity.observations.importing import fragments_of
from comity.observations.merge import Case, merge, tally
from comity.observations.model import Fragment
from observations.known import CASES, SMALL


def observed(name: str) -> Case:
    return merge(fragments_of(read_case((CASES / f"{name}.yaml").read_bytes(), place=name)))[name]


def small() -> list[Fragment]:
    return fragments_of(read_case(SMALL.encode(), place="small"))


def test_sources_that_say_the_same_are_one_version() -> None:
    meeting = merge(small())["lakes"].one("meetings", "m1")
    assert meeting is not None
    assert [v.sources for v in meeting.versions("meeting")] == [["wire", "gazette"]]
    assert not meeting.disputed


def test_versions_that_disagree_stay_side_by_side() -> None:
    conflict = merge(small())["lakes"].one("conflicts", "k1")
    assert conflict is not None
    assert [(v.value["value"], v.sources) for v in conflict.versions("version")] == [("2025-08-25", ["wire"]), ("2025-08-22", ["gazette"])]
    assert conflict.disputed


def test_two_offices_of_one_person_are_a_disagreement() -> None:
    person = merge(small())["lakes"].one("persons", "ann")
    assert person is not None
    assert [v.value["role"] for v in person.versions("office")] == ["chair", "deputy chair"]
    assert person.disputed


def test_a_correction_goes_first_and_leaves_what_the_sources_said() -> None:
    corrected = [
        Fragment("lakes/persons/ann", "office", {"role": "speaker"}, by="Mika", said="2026-11-24T12:00:00+00:00"),
        Fragment("lakes/persons/ann", "office", {"role": "president"}, by="Mika", said="2026-11-24T13:00:00+00:00"),
    ]
    person = merge([*small(), *corrected])["lakes"].one("persons", "ann")
    assert person is not None
    assert [v.value["role"] for v in person.versions("office")] == ["president", "speaker", "chair", "deputy chair"]
    assert person.corrected("office")


def test_only_twelve_of_eighty_one_commitments_are_joint() -> None:
    table = tally(observed("china-russia"))
    assert {nature: sum(row.values()) for nature, row in table.items()} == {
        "joint": 12,
        "pledge": 16,
        "plan": 8,
        "agenda_topic": 6,
        "proposal": 39,
    }
    assert sum(row.get("", 0) for row in table.values()) == 56


def test_four_meetings_are_reported_differently() -> None:
    assert [m.id for m in observed("china-russia").all("meetings") if m.disputed] == ["old-gd-3", "old-gd-5", "joint-10", "wg-4"]


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_fragments_changes_no_version_and_no_source(random: object) -> None:
    fragments = small()
    shuffled = list(fragments)
    random.shuffle(shuffled)

    def said(case: Case) -> set[tuple[str, str, str, frozenset[str]]]:
        return {
            (thing.kind, thing.id, f"{claim} {version.value}", frozenset(version.sources))
            for things in case.things.values()
            for thing in things.values()
            for claim, versions in thing.claims.items()
            for version in versions
        }

    assert said(merge(shuffled)["lakes"]) == said(merge(fragments)["lakes"])
