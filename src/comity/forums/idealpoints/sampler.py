"""One sweep of the published sampler, as one pass over the votes.

Per item: cutpoints by Metropolis with z integrated out (Cowles 1996; Johnson and Albert 1999, ch. 4), then z, then β given z. Then θ of
every cell given z and β. As published, θ leans on the *conditional mean* of its lag from the sweep before, not on the draw; it is cut at
±5 and standardised over all cells. z is cut at ±9.

Because of that lean on a mean this is a *cut* (Plummer 2015, Statistics and Computing 25), not a Gibbs sampler of one joint law: where
it settles depends on how fast whole sessions drift. Moves that shift or stretch a session at once were tried; they mix faster, and
settle elsewhere (intervals 2.4 times as wide). Sweeping the first sessions five times as often was tried, too: R-hat falls there, but their
intervals grow by a quarter and those of later sessions shrink by as much. So there is neither, and the published scheme is kept: every
item and every cell once a sweep. The price is that R-hat falls slowly for the first sessions, which have few roll calls.

A vote is a point of the real line only through its *edges*, measured from z's mean μ = β θ towards the vote's own end: a yes lies below
low − μ, a no, mirrored, below μ − high. An abstention lies between two edges; it is mirrored if μ is below the middle of the cutpoints, so
that both are in the lower half, where Φ keeps its digits. So all votes of an item are one array of edges, and go through the same loops.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.forums.compiled import compiled
from comity.forums.idealpoints.kernels import COUNT, Streams, chances, normals, product_log, quantiles, room, total, uniforms
from comity.forums.idealpoints.prepare import Observations
from comity.forums.model import Float, Int

FAR = 7.0
"""Cutpoints stay within ±FAR; beyond, no vote could tell."""
_LEAST = 1e-30
"""A smaller chance of a vote counts as this one when cutpoints are compared."""


class Votes(NamedTuple):
    """Votes by item, within it yes, no, abstain: those of item i begin at ``ends[i, 0]``, ``ends[i, 1]`` and ``ends[i, 2]``, and end before
    ``ends[i, 3]``.

    Cells are numbered session by session, so that the members who vote on an item lie side by side: ``cell`` (votes,), ``lag``,
    ``prior`` (1 / variance), ``place`` (the cell's number in the observations): (cells,).
    """

    cell: NDArray[np.uint32]
    ends: Int
    lag: Int
    prior: Float
    place: Int


class Chain(NamedTuple):
    """Where one chain is: θ and the mean it was drawn around (cells,); β, cutpoints, widths of their proposals (items,); its randomness."""

    theta: Float
    mean: Float
    beta: Float
    low: Float
    high: Float
    step: Float
    random: Streams


def votes(o: Observations) -> Votes:
    """The observations, laid out for :func:`sweep`."""
    place = np.lexsort((o.unit, o.session)).astype(np.int64)
    number = np.empty_like(place)
    number[place] = np.arange(o.cells)
    item = np.repeat(np.arange(o.items), np.diff(o.starts))
    rank = np.array([0, 2, 1], dtype=np.int64)[o.y]
    cell = number[o.cell]
    order = np.lexsort((cell, rank, item))
    ends = np.searchsorted((item * 3 + rank)[order], np.arange(o.items)[:, None] * 3 + np.arange(4)).astype(np.int64)
    lag = o.lag[place]
    return Votes(cell[order].astype(np.uint32), ends, np.where(lag >= 0, number[lag], -1), 1.0 / o.variance[place], place)


@compiled
def _within(centre: Float, sd: Float, low: Float, high: Float, u: Float) -> tuple[Float, Float]:
    """Normal(centre, sd) cut to (low, high), by inversion of ``u``; and the normal's mass between them. All (items,)."""
    n = len(centre)
    a, b = (low - centre) / sd, (high - centre) / sd
    chances(a, n)
    chances(b, n)
    mass = b - a
    x = np.empty(n)
    quantiles(a + u[:n] * mass, x, n)
    return np.minimum(np.maximum(centre + sd * x, low + 1e-9), high - 1e-9), mass


@compiled
def _propose(c: Chain) -> tuple[Float, Float, Float]:
    """New cutpoints of all items, low given high, then high given the new low; and what the log of the ratio of likelihoods must exceed to
    accept them. All (items,).
    """
    n = len(c.low)
    u = room(n)
    far = np.full(n, FAR)
    uniforms(c.random, u, n)
    low, there = _within(c.low, c.step, -far, c.high, u)
    uniforms(c.random, u, n)
    high, there_too = _within(c.high, c.step, low, far, u)
    _, back = _within(low, c.step, -far, high, u)
    _, back_too = _within(high, c.step, c.low, far, u)
    uniforms(c.random, u, n)
    return low, high, np.log(u[:n] * back * back_too / (there * there_too))


@compiled
def _edges(mu: Float, low: float, high: float, no: int, abstain: int, n: int, out: Float, at: int, second: int) -> None:
    """Edges of the ``n`` votes on one item from ``out[at]``; the second ones of its abstentions from ``out[second]``."""
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    for k in range(n):
        edge = low - mu[k] if k < no else mu[k] - high
        out[at + k] = half - abs(mu[k] - middle) if k >= abstain else edge
    for k in range((n - abstain) & COUNT):
        out[second + k] = -half - abs(mu[abstain + k] - middle)


@compiled
def _latent(mu: Float, middle: float, no: int, abstain: int, n: int, x: Float) -> None:
    """z of the ``n`` votes from ``x``, its distance from μ towards the vote's end (see :func:`_edges`), in place; within ±9."""
    for k in range(n):
        up = k < no or (k >= abstain and mu[k] >= middle)
        x[k] = min(max(mu[k] + x[k] if up else mu[k] - x[k], -9.0), 9.0)


@compiled
def _items(v: Votes, c: Chain, new_low: Float, new_high: Float, needed: Float, adapt: float, sums: Float) -> int:
    """Cutpoints (those proposed, or as they are), z and β of each item; adds its part of the precision and of precision × mean to ``sums``
    (cells, 2). Returns how many cutpoints were accepted.
    """
    items = len(c.beta)
    longest = int((v.ends[:, 3] - v.ends[:, 0]).max())
    theta, mu, ratio, u, x = room(longest), room(longest), room(longest), room(longest), room(longest)
    p = room(4 * longest)
    jump = room(items)
    normals(c.random, jump, items)
    accepted = 0
    for i in range(items):
        first, n = v.ends[i, 0] & COUNT, (v.ends[i, 3] - v.ends[i, 0]) & COUNT
        no, abstain = (v.ends[i, 1] - first) & COUNT, (v.ends[i, 2] - first) & COUNT
        between = (n - abstain) & COUNT
        b = c.beta[i]
        for k in range(n):
            theta[k] = c.theta[v.cell[first + k]]
            mu[k] = b * theta[k]
        _edges(mu, c.low[i], c.high[i], no, abstain, n, p, 0, 2 * n)
        _edges(mu, new_low[i], new_high[i], no, abstain, n, p, n, 2 * n + between)
        chances(p, 2 * (n + between))
        for k in range(between):
            p[abstain + k] -= p[2 * n + k]
            p[n + abstain + k] -= p[2 * n + between + k]
        for k in range(n):
            ratio[k] = max(p[n + k], _LEAST) / max(p[k], _LEAST)
        at = 0
        taken = product_log(ratio, n) > needed[i]
        if taken:
            c.low[i], c.high[i] = new_low[i], new_high[i]
            accepted += 1
            at = n
        if adapt > 0.0:
            c.step[i] = min(max(c.step[i] * math.exp(adapt * ((1.0 if taken else 0.0) - 0.44)), 0.01), 1.0)
        uniforms(c.random, u, n)
        for k in range(n):
            u[k] *= p[at + k]
        start = 2 * n + (between if taken else 0)
        for k in range(between):
            u[abstain + k] += p[start + k]
        quantiles(u, x, n)
        _latent(mu, 0.5 * (c.low[i] + c.high[i]), no, abstain, n, x)
        for k in range(n):
            u[k] = theta[k] * x[k]
            theta[k] *= theta[k]
        sxx = 1.0 + total(theta, n)
        b = total(u, n) / sxx + jump[i] / math.sqrt(sxx)
        for k in range(n):
            cell = v.cell[first + k]
            sums[cell, 0] += b * b
            sums[cell, 1] += b * x[k]
        c.beta[i] = b
    return accepted


@compiled
def _members(v: Votes, c: Chain, sums: Float) -> None:
    """θ of every cell, given what the items add up to."""
    cells = len(c.theta)
    jump, fresh = room(cells), np.empty(cells)
    normals(c.random, jump, cells)
    total, squared = 0.0, 0.0
    for k in range(cells):
        leaning = c.mean[v.lag[k]] if v.lag[k] >= 0 else 0.0
        precision = sums[k, 0] + v.prior[k]
        fresh[k] = (sums[k, 1] + leaning * v.prior[k]) / precision
        x = min(max(fresh[k] + jump[k] / math.sqrt(precision), -5.0), 5.0)
        total += x
        squared += x * x
        c.theta[k] = x
    centre = total / cells
    scale = math.sqrt((squared - cells * centre * centre) / (cells - 1))
    for k in range(cells):
        c.mean[k] = fresh[k]
        c.theta[k] = (c.theta[k] - centre) / scale


def sweep(v: Votes, c: Chain, adapt: float) -> float:
    """One sweep, in place; returns the share of accepted cutpoints. Proposal widths are moved by ``adapt`` > 0 towards 44 % accepted."""
    sums = np.zeros((len(c.theta), 2))
    low, high, needed = _propose(c)
    accepted = _items(v, c, low, high, needed, adapt, sums)
    _members(v, c, sums)
    return accepted / len(c.beta)
