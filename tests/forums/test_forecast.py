"""The forecast: nothing from the future, better than the baselines, calibrated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import Malformed
from comity.forums.forecast.forecast import Forecaster, score
from comity.forums.forecast.logit import fit, probabilities
from comity.forums.forecast.similarity import Item, similarity
from comity.forums.invented import invented_assembly
from comity.forums.model import RollCalls


@pytest.fixture(scope="session")
def forecaster() -> Forecaster:
    return Forecaster(invented_assembly(seed=4, sessions=12, states=24, items=30))


def test_a_forecast_uses_nothing_of_the_session_it_forecasts_nor_of_later_ones(forecaster: Forecaster) -> None:
    calls = forecaster.calls
    changed = calls.options.copy()
    later = calls.sessions >= 9
    changed[later] = np.where(changed[later] == 1, 3, np.where(changed[later] == 3, 1, changed[later]))
    other = Forecaster(RollCalls(calls.forum, calls.events, calls.voters, changed, ""))
    items = [Item.of(calls.events[i]) for i in np.flatnonzero(calls.sessions == 9)[:5]]
    assert forecaster.predict(items, ["ARV", "KEL"], 9) == other.predict(items, ["ARV", "KEL"], 9)


def test_chances_sum_to_one_and_cite_the_last_vote(forecaster: Forecaster) -> None:
    known = forecaster.calls.events[-1]
    old, new = forecaster.predict([Item.of(known), Item("A subject never heard of")], ["ARV"])
    assert old.yes + old.abstain + old.no == pytest.approx(1)
    assert old.last in ("yes", "abstain", "no")
    assert new.last == ""
    assert new.yes + new.abstain + new.no == pytest.approx(1)
    assert max(new.yes, new.abstain, new.no) < max(old.yes, old.abstain, old.no)


def test_the_invented_assembly_is_forecast_better_than_by_the_baselines(forecaster: Forecaster) -> None:
    table = [{s.method: s for s in scores} for scores in forecaster.backtest([9, 10, 11, 12])]
    for by in table:
        assert by["forecast"].brier < by["last vote"].brier
        assert by["forecast"].calibration < by["last vote"].calibration
    mean = {m: np.mean([by[m].accuracy for by in table]) for m in ("forecast", "last vote", "all yes")}
    assert mean["forecast"] > mean["last vote"]
    assert mean["forecast"] > mean["all yes"]


def test_recent_sessions_are_forecast_above_the_last_vote_with_a_lower_brier_score(unga: RollCalls) -> None:
    """Two sessions here; the benchmark runs every one from the 60th."""
    recent = unga.select((unga.sessions >= 52) & (unga.sessions <= 64))
    for scores in Forecaster(recent).backtest([63, 64]):
        by = {s.method: s for s in scores}
        assert by["forecast"].accuracy > by["last vote"].accuracy > by["all yes"].accuracy
        assert by["forecast"].brier < by["last vote"].brier
        assert by["forecast"].non_yes_recall > by["last vote"].non_yes_recall
        assert by["forecast"].calibration < 0.02


def test_too_short_a_past_is_refused() -> None:
    with pytest.raises(Malformed, match="too few sessions"):
        Forecaster(invented_assembly(sessions=3, states=8, items=8)).predict([Item("Anything at all")], ["ARV"])


def test_titles_are_alike_by_their_rare_words() -> None:
    past = [Item("Report on fisheries"), Item("Report on mines in straits"), Item("Report on archives")]
    near = similarity([Item("Mines in the straits of 2031"), Item("Report on fisheries"), Item("Entirely other words")], past)
    assert near[0].argmax() == 1
    assert near[1, 0] == pytest.approx(1.0)
    assert near[2].max() == 0.0


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_the_logit_recovers_the_weights_it_was_drawn_from(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, w = random.standard_normal((6000, 3, 2)), np.array([1.2, -0.7])
    p = probabilities(x, w)
    y = (random.random(6000)[:, None] > p.cumsum(axis=1)).sum(axis=1).astype(np.int64)
    assert fit(x, y) == pytest.approx(w, abs=0.12)


def test_scores_of_a_worked_example() -> None:
    p = np.array([[0.8, 0.1, 0.1], [0.2, 0.5, 0.3], [0.6, 0.2, 0.2]])
    found = score("m", 1, p, np.array([0, 1, 2]), 1.0)
    assert found.accuracy == pytest.approx(2 / 3)
    assert found.non_yes_recall == pytest.approx(0.5)
    assert found.brier == pytest.approx((0.06 + 0.38 + 1.04) / 3)
