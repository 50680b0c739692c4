"""The sampler's kernels over arrays: accuracy, tails, random numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from comity.forums.idealpoints.kernels import FURTHEST, LANES, chances, normals, product_log, quantiles, room, streams, total, uniforms


def exact(x: np.ndarray) -> np.ndarray:
    return np.array([0.5 * math.erfc(-v / math.sqrt(2)) for v in x])


def test_chances_are_those_of_the_normal_law_and_keep_their_digits_in_the_lower_tail() -> None:
    x = np.concatenate([np.linspace(-FURTHEST, 9, 20001), [-1e-12, 0.0, 1e-12]])
    found = x.copy()
    chances(found, len(x))
    assert np.abs(found / exact(x) - 1).max() < 1e-9


def test_chances_beyond_the_furthest_are_taken_as_there_and_only_the_first_n_are_touched() -> None:
    x = np.array([-1e6, -38.0, 38.0, 1e6, 5.0])
    chances(x, 4)
    assert 0 < x[0] == x[1] < 1e-298
    assert x[2] == x[3] == 1.0
    assert x[4] == 5.0


def test_quantiles_invert_the_normal_law_in_the_middle_and_in_both_tails() -> None:
    x = np.concatenate([np.linspace(-37, 5, 20001), -np.logspace(-9, 0, 200)])
    p, found = exact(x), np.empty(len(x))
    quantiles(p, found, len(x))
    rounding = 2e-16 * p / (np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi))
    assert (np.abs(found - x) <= 4e-9 * np.abs(x) + rounding).all()


def test_quantiles_of_zero_and_one_are_finite() -> None:
    found = np.empty(2)
    quantiles(np.array([0.0, 1.0]), found, 2)
    assert found[0] < -37
    assert found[1] > 37


def test_uniform_numbers_are_uniform_within_zero_and_one_and_streams_differ() -> None:
    draws = np.empty((2, LANES * 2000))
    for chain in (0, 1):
        uniforms(streams(1, chain), draws[chain], draws.shape[1])
    assert ((draws > 0) & (draws < 1)).all()
    for row in draws:
        expected = len(row) / 20
        # χ² with 19 degrees of freedom: 43.8 is passed with chance 0.001.
        assert (((np.histogram(row, 20, (0, 1))[0] - expected) ** 2) / expected).sum() < 43.8
    lanes = np.concatenate([row.reshape(-1, LANES).T for row in draws])
    apart = np.corrcoef(lanes) - np.eye(2 * LANES)
    assert np.abs(apart).max() < 5 / math.sqrt(2000)
    assert abs(np.corrcoef(draws[0][:-1], draws[0][1:])[0, 1]) < 0.02


def test_a_lane_is_the_published_generator() -> None:
    """xoshiro256++ by whole numbers, from the same state."""
    state = streams(7, 3)
    s = [int(w) for w in state[:, 5]]
    out = room(3 * LANES)
    uniforms(state, out, 3 * LANES)
    full = 2**64 - 1

    def turn(x: int, k: int) -> int:
        return ((x << k) | (x >> (64 - k))) & full

    for row in range(3):
        bits = (turn((s[0] + s[3]) & full, 23) + s[0]) & full
        t = (s[1] << 17) & full
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = turn(s[3], 45)
        assert out[row * LANES + 5] == pytest.approx((bits >> 12) / 2**52, abs=2.3e-16)


def test_one_seed_gives_the_same_numbers_in_one_piece_or_in_rows() -> None:
    whole, parts = room(4 * LANES), room(4 * LANES)
    uniforms(streams(5, 0), whole, 4 * LANES)
    s = streams(5, 0)
    for row in range(4):
        uniforms(s, parts[row * LANES : (row + 1) * LANES], 1)
    assert np.array_equal(whole, parts)


def test_normal_numbers_have_the_moments_of_the_normal_law() -> None:
    n = 64_000
    x = np.empty(n)
    normals(streams(2, 0), x, n)
    for power, moment, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert (x**power).mean() == pytest.approx(moment, abs=4 * math.sqrt(variance / n))


@pytest.mark.parametrize("n", [1, 2, 7, 8, 9, 31, 64, 65, 1278])
def test_products_and_sums_count_every_number_once(n: int) -> None:
    random = np.random.default_rng(n)
    logs = random.uniform(-69, 69, n)
    assert product_log(np.exp(logs), n) == pytest.approx(math.fsum(logs), abs=1e-9 * n)
    for same in (-69.0, 69.0):
        assert product_log(np.full(n, math.exp(same)), n) == pytest.approx(same * n)
    x = random.standard_normal(n)
    assert total(x.copy(), n) == pytest.approx(math.fsum(x), abs=1e-12 * n)
