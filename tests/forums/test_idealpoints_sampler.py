"""The fast sweep against the plain one, and how it lays the votes out."""

from __future__ import annotations

import numpy as np
import pytest

from comity.forums.idealpoints.estimate import estimate, start
from comity.forums.idealpoints.prepare import WHOLE_TEXTS, Observations, prepare
from comity.forums.idealpoints.sampler import votes
from comity.forums.invented import invented_assembly
from forums.plain_sampler import plain_draws

HIGH, LOW = ("SOR",), ("ARV",)
BATCHES = 20


@pytest.fixture(scope="session")
def small() -> Observations:
    return prepare(invented_assembly(seed=5, sessions=4, states=16, items=24), WHOLE_TEXTS)


def error_of_mean(draws: np.ndarray) -> np.ndarray:
    """Standard error of the mean of draws (chains, draws, cells), from means of batches, (cells,)."""
    size = draws.shape[1] // BATCHES
    means = draws[:, : size * BATCHES].reshape(len(draws) * BATCHES, size, -1).mean(axis=1)
    return np.asarray(means.std(axis=0, ddof=1) / np.sqrt(len(means)))


def widths(draws: np.ndarray) -> np.ndarray:
    low, high = np.quantile(draws.reshape(-1, draws.shape[2]), [0.05, 0.95], axis=0)
    return np.asarray(high - low)


def test_the_fast_sweep_settles_where_the_plain_one_does(small: Observations) -> None:
    sweeps, burn = 8000, 1000
    found = estimate(small, seed=2, sweeps=sweeps, burn=burn, high=HIGH, low=LOW, threads=1, keep_draws=True)
    assert found.draws is not None
    ours = found.draws.astype(np.float64)
    begun = start(small, HIGH, LOW)
    plain = np.stack([plain_draws(small, begun, seed, sweeps, burn) for seed in (1, 2)])
    apart = (ours.mean(axis=(0, 1)) - plain.mean(axis=(0, 1))) / np.hypot(error_of_mean(ours), error_of_mean(plain))
    # Cells move together, so the mean square of these scores wanders about 1 more than that of independent ones.
    assert (apart**2).mean() < 2
    assert np.abs(apart).max() < 4
    ratio = widths(ours) / widths(plain)
    assert np.median(ratio) == pytest.approx(1, abs=0.01)
    assert ratio == pytest.approx(1, abs=0.1)


def test_votes_are_laid_out_item_by_item_yes_no_abstain_and_none_is_lost(small: Observations) -> None:
    laid = votes(small)
    found = sorted(
        (i, vote, int(laid.place[c]))
        for i in range(small.items)
        for vote, (a, b) in zip((0, 2, 1), zip(laid.ends[i], laid.ends[i, 1:], strict=False), strict=True)
        for c in laid.cell[a:b]
    )
    item = np.repeat(np.arange(small.items), np.diff(small.starts))
    assert found == sorted(zip(item.tolist(), small.y.tolist(), small.cell.tolist(), strict=True))


def test_cells_are_numbered_session_by_session_and_still_lean_on_the_same(small: Observations) -> None:
    laid = votes(small)
    assert (np.diff(small.session[laid.place]) >= 0).all()
    leaning = laid.lag >= 0
    assert (small.lag[laid.place] >= 0).tolist() == leaning.tolist()
    assert np.array_equal(laid.place[laid.lag[leaning]], small.lag[laid.place][leaning])
    assert np.allclose(laid.prior * small.variance[laid.place], 1)
