"""One sweep of the published sampler, as one pass over the votes.

Per item: cutpoints by Metropolis with z integrated out (Cowles 1996; Johnson and Albert 1999, ch. 4), then z, then β given z. Then θ of
every cell given z and β. As published, θ leans on the *conditional mean* of its lag from the sweep before, not on the draw; it is cut at
±5 and standardised over all cells.

Because of that lean on a mean this is a *cut* (Plummer 2015, Statistics and Computing 25), not a Gibbs sampler of one joint law: where
it settles depends on how fast whole sessions drift. Moves that shift or stretch a session at once were tried; they mix faster, and
settle elsewhere (intervals 2.4 times as wide). Sweeping the first sessions five times as often was tried, too: R-hat falls there, but their
intervals grow by a quarter and those of later sessions shrink by as much. So there is neither, and the published scheme is kept; the price
is that R-hat falls slowly for the first sessions, which have few roll calls.
"""

from __future__ import annotations

import math

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.idealpoints.normal import State, cdf, normal, quantile, uniform
from comity.forums.model import Float, Int, Int8, Int32

FAR = 7.0
"""Cutpoints stay within ±FAR; beyond, no vote could tell."""


@compiled
def _between(s: State, centre: float, sd: float, low: float, high: float) -> float:
    """Normal(centre, sd) cut to (low, high)."""
    a, b = cdf((low - centre) / sd), cdf((high - centre) / sd)
    x = centre + sd * quantile(a + uniform(s) * (b - a))
    return min(max(x, low + 1e-9), high - 1e-9)


@compiled
def _bounds(y: int, mu: float, low: float, high: float) -> tuple[float, float]:
    """The vote's range of z on the scale of chances: (from, to) for an abstention; for yes and no (0, chance) from its own end."""
    if y == 0:
        return 0.0, cdf(low - mu)
    if y == 2:
        return 0.0, cdf(mu - high)
    return cdf(low - mu), cdf(high - mu)


@compiled
def _latent(y: int, mu: float, a: float, b: float, u: float) -> float:
    """z given the vote, by inversion of ``u``: normal around mu, cut to the vote's range (a, b); within ±9."""
    x = quantile(a + u * (b - a))
    return min(max(mu - x if y == 2 else mu + x, -9.0), 9.0)


@compiled
def sweep(
    y: Int8,
    cell: Int32,
    starts: Int,
    lag: Int,
    variance: Float,
    theta: Float,
    mean: Float,
    beta: Float,
    low: Float,
    high: Float,
    step: Float,
    adapt: float,
    s: State,
) -> float:
    """One sweep, in place; returns the share of accepted cutpoints. ``step`` (items,): proposal widths, moved by ``adapt`` > 0 towards
    44 % accepted.
    """
    cells = len(theta)
    squares = np.zeros(cells)
    products = np.zeros(cells)
    longest = int((starts[1:] - starts[:-1]).max())
    latent, now, then = np.empty(longest), np.empty((longest, 2)), np.empty((longest, 2))
    accepted = 0
    for i in range(len(starts) - 1):
        first, last = starts[i], starts[i + 1]
        b, g1, g2, sd = beta[i], low[i], high[i], step[i]
        c1 = _between(s, g1, sd, -FAR, g2)
        c2 = _between(s, g2, sd, c1, FAR)
        ratio, logs = 1.0, 0.0
        for k in range(first, last):
            mu = b * theta[cell[k]]
            n = k - first
            now[n] = _bounds(y[k], mu, g1, g2)
            then[n] = _bounds(y[k], mu, c1, c2)
            ratio *= (then[n, 1] - then[n, 0]) / max(now[n, 1] - now[n, 0], 1e-300)
            if not 1e-60 < ratio < 1e60:
                logs += math.log(max(ratio, 1e-300))
                ratio = 1.0
        logs += math.log(ratio)
        logs += math.log(cdf((g2 - g1) / sd) - cdf((-FAR - g1) / sd)) - math.log(cdf((c2 - c1) / sd) - cdf((-FAR - c1) / sd))
        logs += math.log(cdf((FAR - g2) / sd) - cdf((c1 - g2) / sd)) - math.log(cdf((FAR - c2) / sd) - cdf((g1 - c2) / sd))
        taken = math.log(uniform(s)) < logs
        if taken:
            g1, g2 = c1, c2
            accepted += 1
        ends = then if taken else now
        if adapt > 0.0:
            step[i] = min(max(sd * math.exp(adapt * ((1.0 if taken else 0.0) - 0.44)), 0.01), 1.0)
        sxx, sxz = 1.0, 0.0
        for k in range(first, last):
            x = theta[cell[k]]
            z = _latent(y[k], b * x, ends[k - first, 0], ends[k - first, 1], uniform(s))
            latent[k - first] = z
            sxx += x * x
            sxz += x * z
        b = sxz / sxx + normal(s) / math.sqrt(sxx)
        for k in range(first, last):
            squares[cell[k]] += b * b
            products[cell[k]] += b * latent[k - first]
        beta[i], low[i], high[i] = b, g1, g2
    fresh = np.empty(cells)
    total, squared = 0.0, 0.0
    for c in range(cells):
        leaning = mean[lag[c]] if lag[c] >= 0 else 0.0
        precision = squares[c] + 1.0 / variance[c]
        fresh[c] = (products[c] + leaning / variance[c]) / precision
        theta[c] = min(max(fresh[c] + normal(s) / math.sqrt(precision), -5.0), 5.0)
        total += theta[c]
        squared += theta[c] * theta[c]
    mean[:] = fresh
    centre = total / cells
    scale = math.sqrt((squared - cells * centre * centre) / (cells - 1))
    for c in range(cells):
        theta[c] = (theta[c] - centre) / scale
    return accepted / (len(starts) - 1)
