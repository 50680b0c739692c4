"""Splits of pairs and groups, their course, and the cohesion of groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import Malformed
from comity.forums.agreement import Agreement
from comity.forums.cohesion import cohesion, per_call
from comity.forums.divergences import Course, Split, divergences, split_of
from comity.forums.items import lineages
from comity.forums.model import Forum, Option, RollCalls, Stage, VoteEvent, Voter
from comity.forums.titles import base_symbol, key_of

Y, A, N, X, M, U = Option.YES, Option.ABSTAIN, Option.NO, Option.ABSENT, Option.NOT_MEMBER, Option.UNKNOWN


def small(
    votes: list[list[int]], titles: list[str] | None = None, weights: list[list[float]] | None = None, stages: list[Stage] | None = None
) -> RollCalls:
    """One roll call a session, by default all on the same item."""
    events = tuple(
        VoteEvent(
            str(i), i + 1, f"{2000 + i}-10-01", titles[i] if titles else "Mines in straits", stage=stages[i] if stages else Stage.PLENARY
        )
        for i in range(len(votes))
    )
    voters = tuple(Voter(c, c, c, "", c) for c in "ABC"[: len(votes[0])])
    return RollCalls(
        Forum("t", {"en": "T"}, invented=True),
        events,
        voters,
        np.array(votes, dtype=np.int8),
        "",
        None if weights is None else np.array(weights, dtype=np.float32),
    )


@pytest.mark.parametrize(
    ("votes", "split"),
    [
        ([Y, Y], Split.NONE),
        ([Y, N], Split.OPPOSITE),
        ([Y, A], Split.PARTIAL),
        ([A, N], Split.PARTIAL),
        ([Y, X], Split.ABSENT),
        ([Y, M], Split.NONE),
        ([Y, U], Split.NONE),
        ([Y, A, N], Split.OPPOSITE),
        ([X, X], Split.NONE),
        ([Y, Y, X], Split.ABSENT),
    ],
)
def test_the_kind_of_split(votes: list[int], split: Split) -> None:
    assert split_of(votes) is split


def test_a_split_is_first_then_recurring_then_healed_then_new() -> None:
    agreement = Agreement(small([[Y, N], [Y, A], [Y, Y], [N, Y], [Y, X]]))
    found = divergences(agreement, ["A", "B"])
    assert [(d.session, d.course) for d in found] == [(4, Course.NEW), (3, Course.HEALED), (2, Course.RECURRING), (1, Course.FIRST)]
    assert [e.session for e in found[0].earlier] == [3, 2, 1]
    assert found[0].votes == ("no", "yes")


def test_an_absence_in_between_does_not_hide_the_last_comparable_vote() -> None:
    found = divergences(Agreement(small([[Y, Y], [Y, X], [Y, N]])), ["A", "B"])
    assert [(d.session, d.course) for d in found] == [(3, Course.NEW)]


def test_paragraph_votes_stay_out_of_the_item_of_the_whole_text() -> None:
    calls = small([[Y, N], [Y, A], [Y, N]], stages=[Stage.PLENARY, Stage.PARAGRAPH, Stage.PLENARY])
    assert [d.session for d in divergences(Agreement(calls), ["A", "B"])] == [3, 1]
    assert [d.earlier for d in divergences(Agreement(calls), ["A", "B"], whole_texts=False) if d.session == 2] == [()]


def test_titles_are_compared_without_years_tails_and_small_words() -> None:
    assert key_of("The Arms Trade Treaty of 2013 : resolution / adopted by the General Assembly") == key_of("Arms trade treaty")
    assert key_of("The Acting President: Draft resolution V") != key_of("The Acting President")
    assert base_symbol("R/45/73F") == "R/45/73"


def test_bridges_join_items_whose_titles_differ() -> None:
    calls = small([[Y, N], [Y, N]], titles=["On one thing", "On another matter"])
    assert len(set(lineages(calls))) == 2
    linked = RollCalls(
        calls.forum, (calls.events[0], VoteEvent("1", 2, "2001", "On another matter", same_item_as=("0",))), calls.voters, calls.options, ""
    )
    assert len(set(lineages(linked))) == 1


def test_a_real_divergence_carries_its_history(unga: RollCalls) -> None:
    found = divergences(Agreement(unga), ["CHN", "RUS"], sessions=[70])
    advisory = next(d for d in found if d.symbol == "R/70/56")
    assert (advisory.votes, advisory.split, advisory.course) == (("yes", "no"), Split.OPPOSITE, Course.RECURRING)
    assert {e.session for e in advisory.earlier} >= {67, 68, 69}


def test_rice_and_the_agreement_index_of_a_worked_example() -> None:
    found = per_call(Agreement(small([[Y, Y, N], [Y, A, N], [A, A, A], [Y, X, X]])), ["A", "B", "C"])
    assert found.rice[:2] == pytest.approx([1 / 3, 0.0])
    assert np.isnan(found.rice[2:]).all()
    assert found.agreement[:3] == pytest.approx([(2 - 0.5) / 3, 0.0, 1.0])
    assert np.isnan(found.agreement[3])


def test_weights_count_where_delegations_weigh_differently() -> None:
    calls = small([[Y, N]], weights=[[12.0, 4.0]])
    assert per_call(Agreement(calls), ["A", "B"], weighted=True).rice == pytest.approx([0.5])
    assert per_call(Agreement(calls), ["A", "B"]).rice == pytest.approx([0.0])


votes = st.lists(st.lists(st.sampled_from(list(Option)), min_size=2, max_size=2), min_size=1, max_size=12)


@given(votes)
@settings(max_examples=60)
def test_every_split_of_a_pair_is_listed_once_and_nothing_else_but_what_healed(table: list[list[int]]) -> None:
    found = divergences(Agreement(small(table)), ["A", "B"])
    listed = {d.session: d for d in found}
    assert len(listed) == len(found)
    for session, row in enumerate(table, 1):
        split = split_of(row)
        if split in (Split.PARTIAL, Split.OPPOSITE):
            assert listed[session].course is not Course.HEALED
        elif session in listed:
            assert listed[session].course is Course.HEALED
            assert split is Split.NONE


def test_cohesion_has_n_and_an_interval_around_it(demo: RollCalls) -> None:
    rows = cohesion(Agreement(demo), ["ARV", "KEL", "SOR"], by="all", events=True)
    assert {r.index for r in rows} == {"rice", "agreement index"}
    for r in rows:
        assert r.low <= (r.value or 0) <= r.high
        assert len(r.events) == r.n > r.items > 1


def test_a_group_of_one_is_refused(demo: RollCalls) -> None:
    with pytest.raises(Malformed):
        cohesion(Agreement(demo), ["ARV"])
    with pytest.raises(Malformed):
        divergences(Agreement(demo), ["ARV", "ARV"])
