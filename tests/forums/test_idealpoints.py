"""Ideal points: the rules, the sampler against truth and against the published estimates."""

from __future__ import annotations

import csv
import gzip
import math
from pathlib import Path

import numpy as np
import pytest

from comity.errors import Malformed
from comity.forums import store
from comity.forums.idealpoints import snapshot
from comity.forums.idealpoints.estimate import ANCHORS, GIBBS, PREVIEW, Estimate, cell_of, estimate, preview, split_rhat
from comity.forums.idealpoints.normal import cdf, quantile
from comity.forums.idealpoints.prepare import PUBLISHED, WHOLE_TEXTS, Observations, prepare
from comity.forums.invented import invented_truth
from comity.forums.model import RollCalls

Published = dict[tuple[str, int], tuple[int, float, float, float]]


@pytest.fixture(scope="session")
def published(unga_folder: Path) -> Published:
    with gzip.open(unga_folder / "ideal_points_apr2020_s1_60.csv.gz", "rt") as file:
        return {
            (r["ccode"], int(r["session"])): (int(r["n_votes"]), float(r["ideal_point"]), float(r["q5"]), float(r["q95"]))
            for r in csv.DictReader(file)
        }


@pytest.fixture(scope="session")
def prepared(unga: RollCalls) -> Observations:
    return prepare(unga, PUBLISHED)


def agreement_with(published: Published, found: Estimate) -> tuple[float, float, float, float]:
    """Pooled r; median and least r within a session; median ratio of interval widths."""
    o = found.observations
    names = [(o.view.keys[u], int(s)) for u, s in zip(o.unit, o.session, strict=True)]
    cells = [c for c, name in enumerate(names) if name in published]
    assert len(cells) == len(published)
    theirs = np.array([published[names[c]] for c in cells])
    ours, session = found.mean[cells], o.session[cells]
    within = [np.corrcoef(ours[session == s], theirs[session == s, 1])[0, 1] for s in np.unique(session)]
    width = np.median((found.q95 - found.q5)[cells] / (theirs[:, 3] - theirs[:, 2]))
    return float(np.corrcoef(ours, theirs[:, 1])[0, 1]), float(np.median(within)), float(min(within)), float(width)


def test_every_published_number_of_votes_is_reproduced(prepared: Observations, published: Published) -> None:
    keys = prepared.view.keys
    ours = {(keys[u], int(s)): int(n) for u, s, n in zip(prepared.unit, prepared.session, prepared.n_votes, strict=True)}
    assert {k: v for k, v in ours.items() if k[1] <= 60} == {k: v[0] for k, v in published.items()}


def test_linked_roll_calls_are_one_item_and_unanimous_items_are_left_out(unga: RollCalls, prepared: Observations) -> None:
    assert prepared.event_item[unga.index["577"]] == prepared.event_item[unga.index["470"]] >= 0
    for i in range(prepared.items):
        assert len(set(prepared.y[prepared.starts[i] : prepared.starts[i + 1]].tolist())) > 1


def test_a_member_leans_on_its_session_before_and_in_its_first_on_the_next(prepared: Observations) -> None:
    cell = cell_of(prepared)
    usa = prepared.view.find("USA")
    assert prepared.lag[cell[usa, 60]] == cell[usa, 59]
    assert prepared.lag[cell[usa, 20]] == cell[usa, 18]
    assert prepared.lag[cell[usa, 1]] == cell[usa, 2]
    n = prepared.n_votes
    assert prepared.variance[cell[usa, 60]] == pytest.approx(0.5 * n[cell[usa, 60]] / (n[cell[usa, 60]] + n[cell[usa, 59]]))


def test_a_preview_is_marked_and_already_close_to_the_published_points(prepared: Observations, published: Published) -> None:
    found = preview(prepared, high=ANCHORS[0], low=ANCHORS[1])
    assert found.preview
    assert found.settings.method == PREVIEW
    assert {r["method"] for r in found.rows()} == {PREVIEW}
    pooled, within, _, _ = agreement_with(published, found)
    assert pooled > 0.98
    assert within > 0.996


@pytest.mark.skipif("not config.getoption('--slow', default=False)", reason="a long estimate: run with --slow, or the benchmark")
def test_the_full_estimate_meets_the_published_points(prepared: Observations, published: Published) -> None:
    found = estimate(prepared, seed=1, high=ANCHORS[0], low=ANCHORS[1])
    pooled, within, least, width = agreement_with(published, found)
    assert pooled >= 0.99
    assert within >= 0.998
    assert least >= 0.985
    assert 0.9 <= width <= 1.1
    assert found.rhat_summary()["share_below_1.05"] > 0.995


@pytest.fixture(scope="session")
def recovered() -> tuple[Estimate, np.ndarray, np.ndarray]:
    """An estimate of an invented assembly, with the true θ and β of its cells and items (standardised as estimates are)."""
    calls, truth = invented_truth(seed=5, sessions=8, states=24, items=24)
    o = prepare(calls, WHOLE_TEXTS)
    found = estimate(o, seed=2, sweeps=1500, burn=500, high=("SOR",), low=("ARV",), threads=1)
    states = [v.code for v in calls.voters]
    theta = np.array([truth.theta[s - 1, states.index(o.view.keys[u])] for u, s in zip(o.unit, o.session, strict=True)])
    theta = (theta - theta.mean()) / theta.std(ddof=1)
    return found, theta, truth.beta[o.item_event]


def test_known_ideal_points_are_recovered_with_honest_intervals(recovered: tuple[Estimate, np.ndarray, np.ndarray]) -> None:
    found, theta, beta = recovered
    assert np.corrcoef(found.mean, theta)[0, 1] > 0.95
    assert np.corrcoef(found.beta, beta)[0, 1] > 0.9
    covered = ((found.q5 <= theta) & (theta <= found.q95)).mean()
    assert 0.8 <= covered <= 0.98
    assert (found.q5 <= found.q50).all()
    assert (found.q50 <= found.q95).all()


def test_chains_agree_on_easy_data_and_the_estimate_says_how_it_was_made(recovered: tuple[Estimate, np.ndarray, np.ndarray]) -> None:
    found = recovered[0]
    assert found.rhat_summary()["median"] < 1.05
    about = found.about()
    assert about["method"] == GIBBS
    assert (about["seed"], about["chains"], about["input"]) == (2, 2, found.observations.digest)
    assert len(found.rows()) == found.observations.cells
    assert list(found.rows()[0])[:8] == ["seat", "iso3", "session", "n_votes", "mean", "q5", "q50", "q95"]


def test_an_estimate_is_kept_beside_its_roll_calls_and_goes_with_them(demo: RollCalls, tmp_path: Path) -> None:
    store.save(demo, None, tmp_path)
    o = prepare(demo, WHOLE_TEXTS)
    assert snapshot.kept(tmp_path, "demo", WHOLE_TEXTS.name) is None
    snapshot.keep(preview(o), tmp_path, "demo")
    first = snapshot.kept(tmp_path, "demo", WHOLE_TEXTS.name)
    assert first is not None
    assert first.preview
    found = estimate(o, seed=1, sweeps=40, burn=20, threads=1)
    snapshot.keep(found, tmp_path, "demo")
    second = snapshot.kept(tmp_path, "demo", WHOLE_TEXTS.name)
    assert second is not None
    assert not second.preview
    assert second.rows == found.rows()
    assert second.about["input"] == o.digest
    store.save(demo.select(demo.sessions > 2), None, tmp_path)
    assert snapshot.kept(tmp_path, "demo", WHOLE_TEXTS.name) is None


def test_one_seed_gives_the_same_numbers_with_any_number_of_threads(demo: RollCalls) -> None:
    o = prepare(demo, WHOLE_TEXTS)
    one, two, other = (estimate(o, seed=s, sweeps=60, burn=20, threads=t) for s, t in ((3, 1), (3, 2), (4, 1)))
    assert np.array_equal(one.mean, two.mean)
    assert not np.array_equal(one.mean, other.mean)


def test_the_anchors_set_the_sign(demo: RollCalls) -> None:
    o = prepare(demo, WHOLE_TEXTS)
    up, down = preview(o, high=("SOR",), low=("ARV",)), preview(o, high=("ARV",), low=("SOR",))
    assert np.corrcoef(up.mean, down.mean)[0, 1] < -0.9


def test_rhat_tells_chains_that_agree_from_chains_that_do_not() -> None:
    random = np.random.default_rng(1)
    draws = random.standard_normal((2, 400, 2)).astype(np.float32)
    draws[1, :, 1] += 2
    good, bad = split_rhat(draws)
    assert good < 1.02
    assert bad > 1.3


def test_without_a_contested_roll_call_there_is_nothing_to_estimate(demo: RollCalls) -> None:
    with pytest.raises(Malformed):
        prepare(demo.select(~demo.contested), WHOLE_TEXTS)


def test_the_normal_law_of_the_kernels_is_the_exact_one() -> None:
    for x in np.linspace(-8, 8, 801):
        exact = 0.5 * math.erfc(-x / math.sqrt(2))
        assert cdf(float(x)) == pytest.approx(exact, rel=1e-6, abs=1e-10)
        if -6 < x < 6:
            assert quantile(exact) == pytest.approx(x, abs=1e-5)
