"""A mean-field approximation of the same model: a preview in seconds, and the start of the sampler's chains.

q(θ) and q(β) are normal, q(z) is cut normal, cutpoints are points (Newton steps on their likelihood). Its intervals are too narrow, as
mean-field intervals are: it is always marked *preview*.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.idealpoints.normal import cdf
from comity.forums.idealpoints.prepare import Observations
from comity.forums.idealpoints.sampler import FAR
from comity.forums.model import Float, Int, Int8, Int32

ROUNDS = 80
_CLOSEST = 1e-3


@dataclass(frozen=True)
class Approximation:
    """Means and variances: θ (cells,), β (items,); cutpoints (items,). ``change``: largest move of a mean θ in the last round."""

    theta: Float
    theta_variance: Float
    beta: Float
    beta_variance: Float
    low: Float
    high: Float
    change: float


@compiled
def _round(
    y: Int8,
    cell: Int32,
    starts: Int,
    lag: Int,
    variance: Float,
    theta: Float,
    spread: Float,
    beta: Float,
    beta_spread: Float,
    low: Float,
    high: Float,
) -> float:
    """One round over items, then cells, in place; returns the largest move of a mean θ."""
    cells = len(theta)
    squares, products = np.zeros(cells), np.zeros(cells)
    buffer = np.empty(int((starts[1:] - starts[:-1]).max()))
    root = 0.3989422804014327
    for i in range(len(starts) - 1):
        first, last = starts[i], starts[i + 1]
        b = beta[i]
        g1, g2 = low[i], high[i]
        d1 = d2 = h1 = h2 = 0.0
        sxx, sxz = 1.0, 0.0
        for k in range(first, last):
            x = theta[cell[k]]
            mu = b * x
            p1 = root * math.exp(-0.5 * (g1 - mu) * (g1 - mu))
            p2 = root * math.exp(-0.5 * (g2 - mu) * (g2 - mu))
            if y[k] == 0:
                r = p1 / max(cdf(g1 - mu), 1e-12)
                z = mu - r
                d1 += r
                h1 += r * (r + g1 - mu)
            elif y[k] == 2:
                r = p2 / max(cdf(mu - g2), 1e-12)
                z = mu + r
                d2 -= r
                h2 += r * (r - g2 + mu)
            else:
                p = max(cdf(g2 - mu) - cdf(g1 - mu), 1e-12)
                z = mu + (p1 - p2) / p
                d1 -= p1 / p
                d2 += p2 / p
                h1 += p1 / p * (p1 / p - (g1 - mu))
                h2 += p2 / p * (p2 / p + (g2 - mu))
            buffer[k - first] = z
            sxx += x * x + spread[cell[k]]
            sxz += x * z
        g1 += min(max(d1 / max(h1, 1.0), -0.5), 0.5)
        g2 += min(max(d2 / max(h2, 1.0), -0.5), 0.5)
        if g2 < g1 + _CLOSEST:
            middle = 0.5 * (g1 + g2)
            g1, g2 = middle - 0.5 * _CLOSEST, middle + 0.5 * _CLOSEST
        low[i], high[i] = max(g1, -FAR), min(g2, FAR)
        beta[i], beta_spread[i] = sxz / sxx, 1.0 / sxx
        for k in range(first, last):
            squares[cell[k]] += beta[i] * beta[i] + beta_spread[i]
            products[cell[k]] += beta[i] * buffer[k - first]
    fresh = np.empty(cells)
    total = 0.0
    for c in range(cells):
        leaning = theta[lag[c]] if lag[c] >= 0 else 0.0
        precision = squares[c] + 1.0 / variance[c]
        fresh[c] = (products[c] + leaning / variance[c]) / precision
        spread[c] = 1.0 / precision
        total += fresh[c]
    centre = total / cells
    scale = math.sqrt((((fresh - centre) ** 2).sum() + spread.sum()) / (cells - 1))
    change = 0.0
    for c in range(cells):
        new = (fresh[c] - centre) / scale
        change = max(change, abs(new - theta[c]))
        theta[c] = new
    return change


def first_axis(o: Observations) -> Float:
    """A start for θ that knows nothing but the votes: each unit's place on the first principal axis of all its votes, (cells,),
    standardised.
    """
    units, unit = np.unique(o.unit, return_inverse=True)
    item = np.repeat(np.arange(o.items), np.diff(o.starts))
    of_unit = unit[o.cell]
    table = np.zeros((o.items, len(units)))
    count = np.zeros_like(table)
    np.add.at(table, (item, of_unit), o.y)
    np.add.at(count, (item, of_unit), 1)
    mean = table.sum(axis=1) / count.sum(axis=1)
    centred = np.where(count > 0, table / np.maximum(count, 1) - mean[:, None], 0.0)
    weight = np.sqrt(np.maximum((count > 0).sum(axis=0), 1))
    _, vectors = np.linalg.eigh(centred.T @ centred)
    place = (vectors[:, -1] / weight)[unit]
    return np.asarray((place - place.mean()) / place.std(ddof=1), dtype=np.float64)


def approximate(o: Observations, start: Float, rounds: int = ROUNDS) -> Approximation:
    """``rounds`` rounds from θ = ``start`` (cells,)."""
    cells, items = o.cells, o.items
    theta, spread = start.copy(), np.full(cells, 0.1)
    beta, beta_spread = np.zeros(items), np.full(items, 0.1)
    low, high = _first_cutpoints(o)
    change = 0.0
    for _ in range(rounds):
        change = _round(o.y, o.cell, o.starts, o.lag, o.variance, theta, spread, beta, beta_spread, low, high)
    return Approximation(theta, spread, beta, beta_spread, low, high, change)


def _first_cutpoints(o: Observations) -> tuple[Float, Float]:
    """Cutpoints that give each item its own shares of yes and abstain if β = 0."""
    item = np.repeat(np.arange(o.items), np.diff(o.starts))
    shares = (np.bincount(item * 3 + o.y, minlength=3 * o.items).reshape(-1, 3) + 0.3) / (np.diff(o.starts)[:, None] + 0.9)
    bounds = np.cumsum(shares, axis=1)
    return _quantiles(bounds[:, 0]), _quantiles(np.maximum(bounds[:, 1], bounds[:, 0] + 1e-4))


@compiled
def _quantiles(p: Float) -> Float:
    from_table = np.empty(len(p))
    for i in range(len(p)):
        low, high = -FAR, FAR
        for _ in range(50):
            middle = 0.5 * (low + high)
            if cdf(middle) < p[i]:
                low = middle
            else:
                high = middle
        from_table[i] = low
    return from_table
