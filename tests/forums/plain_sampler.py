"""The published sampler once more, vote by vote as the paper tells it: what the fast sweep is compared with.

Nothing is shared with :mod:`comity.forums.idealpoints.sampler` but the observations and the bounds: exact functions, numpy's random
numbers. The bounds (cutpoints ±7, z ±9, θ ±5, proposal widths 0.01 to 1) are the sampler's own; without that of z, long chains differ
visibly.
"""

from __future__ import annotations

import math

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.idealpoints.normal import quantile
from comity.forums.idealpoints.prepare import Observations
from comity.forums.idealpoints.variational import Approximation
from comity.forums.model import Float, Int, Int8, Int32


@compiled
def _phi(x: float) -> float:
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


@compiled
def _mass(centre: float, sd: float, low: float, high: float) -> float:
    return _phi((high - centre) / sd) - _phi((low - centre) / sd)


@compiled
def _cut(centre: float, sd: float, low: float, high: float) -> float:
    """A draw of Normal(centre, sd) within (low, high)."""
    a = _phi((low - centre) / sd)
    x = centre + sd * quantile(a + np.random.random() * _mass(centre, sd, low, high))
    return min(max(x, low + 1e-9), high - 1e-9)


@compiled
def _ends(y: int, low: float, high: float) -> tuple[float, float]:
    return (-np.inf, low) if y == 0 else ((low, high) if y == 1 else (high, np.inf))


@compiled
def _run(
    y: Int8, cell: Int32, starts: Int, lag: Int, variance: Float, theta: Float, beta: Float, low: Float, high: Float,
    step: Float, burn: int, draws: Float, seed: int,
) -> None:  # fmt: skip
    np.random.seed(seed)
    mean, cells = theta.copy(), len(theta)
    for t in range(burn + len(draws)):
        squares, products = np.zeros(cells), np.zeros(cells)
        for i in range(len(beta)):
            sd = step[i]
            c1 = _cut(low[i], sd, -7.0, high[i])
            c2 = _cut(high[i], sd, c1, 7.0)
            logs = math.log(_mass(low[i], sd, -7.0, high[i]) / _mass(c1, sd, -7.0, c2))
            logs += math.log(_mass(high[i], sd, c1, 7.0) / _mass(c2, sd, low[i], 7.0))
            for k in range(starts[i], starts[i + 1]):
                mu = beta[i] * theta[cell[k]]
                now, then = _ends(y[k], low[i], high[i]), _ends(y[k], c1, c2)
                logs += math.log(_mass(mu, 1.0, then[0], then[1]) / _mass(mu, 1.0, now[0], now[1]))
            taken = math.log(np.random.random()) < logs
            if taken:
                low[i], high[i] = c1, c2
            if t < burn:
                # Within the same bounds: where a cut settles depends on how fast the cutpoints move.
                step[i] = min(max(step[i] * math.exp(0.05 * ((1.0 if taken else 0.0) - 0.44)), 0.01), 1.0)
            z = np.empty(starts[i + 1] - starts[i])
            sxx, sxz = 1.0, 0.0
            for k in range(starts[i], starts[i + 1]):
                x = theta[cell[k]]
                end = _ends(y[k], low[i], high[i])
                z[k - starts[i]] = min(max(_cut(beta[i] * x, 1.0, end[0], end[1]), -9.0), 9.0)
                sxx += x * x
                sxz += x * z[k - starts[i]]
            beta[i] = sxz / sxx + np.random.standard_normal() / math.sqrt(sxx)
            for k in range(starts[i], starts[i + 1]):
                squares[cell[k]] += beta[i] * beta[i]
                products[cell[k]] += beta[i] * z[k - starts[i]]
        leaning = np.where(lag >= 0, mean[lag], 0.0)
        precision = squares + 1.0 / variance
        mean = (products + leaning / variance) / precision
        for c in range(cells):
            theta[c] = min(max(mean[c] + np.random.standard_normal() / math.sqrt(precision[c]), -5.0), 5.0)
        theta[:] = (theta - theta.mean()) / math.sqrt(((theta - theta.mean()) ** 2).sum() / (cells - 1))
        if t >= burn:
            draws[t - burn] = theta


def plain_draws(o: Observations, begun: Approximation, seed: int, sweeps: int, burn: int) -> Float:
    """θ after each sweep from ``burn`` on, (sweeps − burn, cells)."""
    draws = np.empty((sweeps - burn, o.cells))
    _run(
        o.y, o.cell, o.starts, o.lag, o.variance, begun.theta.copy(), begun.beta.copy(), begun.low.copy(), begun.high.copy(),
        np.full(o.items, 0.2), burn, draws, seed,
    )  # fmt: skip
    return draws
