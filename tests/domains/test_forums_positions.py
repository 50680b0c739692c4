"""Positions on items of a coming session: what may be said, and how the import of roll calls judges what was agreed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import Unsayable
from comity.forums.positions import Agreed, Outcome, RollCall, judge
from comity.forums.titles import item_key
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Plan
from domains.known import COMMITMENT, FOUNDING, MEETING, known, saying

KEY = item_key("Passage through the straits: code of conduct")
ITEM = {"forum": "demo", "session": 25, "key": KEY, "names": [{"lang": "en", "text": "Passage through the straits: code of conduct"}]}
CELL = f"{FOUNDING}/position/demo/25/{KEY}"


def position(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"item": ITEM, "line": "yes", "wording": []}
    return {k: v for k, v in (body | changes).items() if v is not None}


def agreed(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"item": ITEM, "agreed": "vote", "vote": "yes", "wording": []}
    return {k: v for k, v in (body | changes).items() if v is not None}


def plan(kind: str, body: Mapping[str, Any], **how: Any) -> Plan:
    return TYPES[kind].plan(saying(kind, body, **how), known())


def test_a_side_says_its_position_alone_in_a_column_of_its_own() -> None:
    assert plan("forums/position/1", position(), proposer="kelmor") == Plan(("kelmor",), frozenset({f"{CELL}@kelmor"}))


def test_a_position_is_agreed_by_all_in_the_items_own_cell_and_refers_to_the_commitment_it_serves() -> None:
    found = plan("forums/agree-position/1", agreed(serves=COMMITMENT))
    assert found == Plan(("arvena", "kelmor"), frozenset({CELL}), refs=frozenset({COMMITMENT}))


def test_the_words_that_are_agreed_are_files_of_the_act() -> None:
    wording = [{"lang": "en", "file": "wording.en.txt"}]
    assert plan("forums/agree-position/1", agreed(wording=wording), files={"wording.en.txt": "5" * 64}).writes == {CELL}


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a vote that is none": ("forums/position/1", position(line="maybe"), "body.line"),
    "to vote alike without saying how": ("forums/agree-position/1", agreed(vote=None), "body.vote"),
    "a statement with a vote": ("forums/agree-position/1", agreed(agreed="joint_statement"), "body.vote"),
    "a key that is none": ("forums/position/1", position(item=ITEM | {"key": "x"}), "body.item.key"),
    "a forum's name that leads elsewhere": ("forums/position/1", position(item=ITEM | {"forum": "../unga"}), "body.item.forum"),
    "no session": ("forums/position/1", position(item=ITEM | {"session": 0}), "body.item.session"),
    "an item without a name": ("forums/position/1", position(item=ITEM | {"names": []}), "body.item.names"),
    "a field that is not known": ("forums/position/1", position(person="Ann"), "body"),
    "to serve what is no commitment": ("forums/position/1", position(serves=MEETING), "body.serves"),
    "words that are not signed": ("forums/position/1", position(wording=[{"lang": "en", "file": "a.txt"}]), "subject"),
    "two wordings in one language": (
        "forums/position/1",
        position(wording=[{"lang": "en", "file": "a.txt"}, {"lang": "en", "file": "b.txt"}]),
        "body.wording",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_its_place(case: str) -> None:
    kind, body, place = REFUSED[case]
    with pytest.raises(Unsayable) as refusal:
        plan(kind, body)
    assert refusal.value.place == place


def test_what_may_be_said_needs_no_numeric_library() -> None:
    code = "import comity.forums.acts, sys; sys.exit(any(m in sys.modules for m in ('numpy', 'numba', 'pyarrow')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_two_sides_that_write_the_same_title_speak_of_the_same_item() -> None:
    assert item_key("Zones free of fission arms, 2026") == item_key("ZONES FREE OF FISSION ARMS")
    assert item_key("决议草案") != item_key("另一项决议")


# Judging by the import alone ------------------------------------------------------------

PARTIES = ("arvena", "kelmor")


def call(date: str, one: str, other: str, *, silent: bool = False) -> RollCall:
    return RollCall(f"r-{date}", date, silent, {} if silent else {"arvena": one, "kelmor": other})


YES = Agreed("a", "vote", "yes", "2026-12-01")
SILENT = call("2026-12-03", "", "", silent=True)
JUDGED: dict[str, tuple[str, str | None, list[RollCall], Outcome]] = {
    "both voted as agreed": ("vote", "no", [call("2026-12-03", "no", "no")], Outcome.KEPT),
    "one did": ("vote", "no", [call("2026-12-03", "no", "abstain")], Outcome.HALF),
    "one was away": ("vote", "no", [call("2026-12-03", "no", "absent")], Outcome.HALF),
    "neither did": ("vote", "no", [call("2026-12-03", "yes", "abstain")], Outcome.NOT_KEPT),
    "alike, but not as agreed": ("vote", "no", [call("2026-12-03", "yes", "yes")], Outcome.NOT_KEPT),
    "at one of two roll calls": ("vote", "yes", [call("2026-12-03", "yes", "yes"), call("2026-12-04", "no", "no")], Outcome.HALF),
    "adopted without a vote": ("vote", "yes", [SILENT], Outcome.WITHOUT_VOTE),
    "a consensus was joined": ("join_consensus", None, [SILENT], Outcome.KEPT),
    "there was a vote, and both said yes": ("join_consensus", None, [call("2026-12-03", "yes", "yes")], Outcome.KEPT),
    "there was a vote, and one said no": ("join_consensus", None, [call("2026-12-03", "yes", "no")], Outcome.HALF),
    "both voted for what they sponsored": ("co_sponsor", None, [call("2026-12-03", "yes", "yes")], Outcome.KEPT),
    "a statement leaves no trace in a roll call": ("joint_statement", None, [call("2026-12-03", "yes", "yes")], Outcome.NOT_JUDGED),
    "agreed after the vote": ("vote", "yes", [call("2026-11-30", "yes", "yes")], Outcome.TOO_LATE),
    "agreed on the day of the vote": ("vote", "yes", [call("2026-12-01", "yes", "yes")], Outcome.TOO_LATE),
    "between two votes, judged by the later": (
        "vote",
        "yes",
        [call("2026-11-30", "no", "no"), call("2026-12-03", "yes", "yes")],
        Outcome.KEPT,
    ),
}


@pytest.mark.parametrize("case", JUDGED)
def test_what_was_agreed_on_the_first_of_december_is_judged_by_roll_calls_of_later_days(case: str) -> None:
    kind, vote, calls, outcome = JUDGED[case]
    assert judge([Agreed("a", kind, vote, "2026-12-01")], calls, PARTIES, imported=True).outcome is outcome


def test_nothing_is_judged_before_the_session_is_imported_and_no_vote_is_said_when_there_is_none() -> None:
    assert judge([YES], [], PARTIES, imported=False).outcome is Outcome.AWAITED
    assert judge([YES], [], PARTIES, imported=True).outcome is Outcome.NO_VOTE


def test_a_side_whose_seat_is_not_known_here_is_not_judged() -> None:
    found = judge([YES], [RollCall("r", "2026-12-03", False, {"arvena": "yes"})], PARTIES, imported=True)
    assert found.outcome is Outcome.NOT_JUDGED


KINDS = st.sampled_from(
    [("vote", "yes"), ("vote", "abstain"), ("vote", "no"), ("co_sponsor", None), ("join_consensus", None), ("none", None)]
)
DAYS = st.integers(1, 20).map(lambda n: f"2026-12-{n:02}")
VOTED = st.sampled_from(["yes", "abstain", "no", "absent"])
CALLS = st.lists(st.builds(call, DAYS, VOTED, VOTED, silent=st.booleans()), min_size=1, max_size=4)
SAID = st.lists(st.tuples(KINDS, DAYS), min_size=1, max_size=4)


def positions(said: list[tuple[tuple[str, str | None], str]]) -> list[Agreed]:
    return [Agreed(f"a{n}", kind, vote, day) for n, ((kind, vote), day) in enumerate(said)]


@given(SAID, CALLS)
def test_a_position_agreed_after_the_vote_is_never_judged_as_kept(
    said: list[tuple[tuple[str, str | None], str]], calls: list[RollCall]
) -> None:
    last_vote = max(c.date for c in calls)
    late = [a for a in positions(said) if a.said_on >= last_vote]
    if late:
        assert judge(late, calls, PARTIES, imported=True).outcome is Outcome.TOO_LATE


@given(SAID, CALLS, KINDS)
def test_what_is_agreed_after_the_vote_changes_nothing_of_how_the_vote_is_judged(
    said: list[tuple[tuple[str, str | None], str]], calls: list[RollCall], late: tuple[str, str | None]
) -> None:
    before = positions(said)
    after = [*before, Agreed("late", *late, max(c.date for c in calls))]
    assert judge(after, calls, PARTIES, imported=True) == judge(before, calls, PARTIES, imported=True)


def test_of_several_positions_on_one_item_the_last_one_agreed_before_the_vote_is_judged() -> None:
    said = [
        Agreed("first", "vote", "no", "2026-12-01"),
        Agreed("second", "vote", "yes", "2026-12-02"),
        Agreed("late", "vote", "no", "2026-12-04"),
    ]
    found = judge(said, [call("2026-12-03", "yes", "yes")], PARTIES, imported=True)
    assert (found.outcome, found.by) == (Outcome.KEPT, "second")
    found = judge(said, [call("2026-12-03", "no", "no")], PARTIES, imported=True)
    assert (found.outcome, found.by) == (Outcome.NOT_KEPT, "second")


def test_two_votes_on_one_item_are_each_judged_by_what_was_agreed_before_them() -> None:
    said = [Agreed("first", "vote", "no", "2026-12-01"), Agreed("second", "vote", "yes", "2026-12-04")]
    found = judge(said, [call("2026-12-03", "no", "no"), call("2026-12-05", "yes", "yes")], PARTIES, imported=True)
    assert (found.outcome, found.by) == (Outcome.KEPT, "second")


def test_what_was_given_up_before_the_vote_binds_nobody_at_it() -> None:
    said = [Agreed("first", "vote", "no", "2026-12-01"), Agreed("freed", "none", None, "2026-12-02")]
    assert judge(said, [call("2026-12-03", "yes", "no")], PARTIES, imported=True).outcome is Outcome.FREE
    assert judge(said, [call("2026-12-02", "no", "no")], PARTIES, imported=True).outcome is Outcome.KEPT
