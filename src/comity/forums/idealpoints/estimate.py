"""Ideal points with intervals: chains from a variational start, their agreement (R-hat), and what is needed to cite an estimate.

Sign and scale are arbitrary: θ has mean 0 and variance 1 over all member-sessions; the sign is such that the anchors ``high`` lie above
the anchors ``low``.

>>> from comity.forums.invented import invented_assembly
>>> from comity.forums.idealpoints.prepare import WHOLE_TEXTS, prepare
>>> preview(prepare(invented_assembly(seed=1, sessions=3, states=12, items=8), WHOLE_TEXTS)).settings.method
'variational preview'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.forums.idealpoints.kernels import streams
from comity.forums.idealpoints.prepare import Observations, anchors
from comity.forums.idealpoints.sampler import Chain, Votes, sweep, votes
from comity.forums.idealpoints.variational import ROUNDS, Approximation, approximate, first_axis
from comity.forums.model import Float, Int

GIBBS, PREVIEW = "gibbs", "variational preview"
ANCHORS = (("USA", "GBR", "CAN", "ISR"), ("SUN", "RUS", "DDR", "365", "265"))
"""For the United Nations, as published: who lies high, who low. In another forum name others, or none."""

SWEEPS = 18_000
"""So many sweeps that for 72 sessions of the General Assembly R-hat is at most 1.05 in all cells but a few of the first three sessions."""
BURN = 1600
"""At most so many sweeps are left out."""

KEPT = 1000
"""At most so many draws of each chain are kept (evenly thinned)."""


@dataclass(frozen=True)
class Settings:
    """How an estimate was made; with ``input`` (digest of roll calls and rules) enough to make it again."""

    method: str
    rules: str
    seed: int
    chains: int
    sweeps: int
    burn: int
    input: str
    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """θ of each cell of ``observations``: mean, 5 %, 50 %, 95 % quantiles, R-hat (NaN in a preview); item parameters (items,)."""

    settings: Settings
    observations: Observations
    mean: Float
    q5: Float
    q50: Float
    q95: Float
    rhat: Float
    beta: Float
    low: Float
    high: Float
    draws: NDArray[np.float32] | None = field(default=None, repr=False)

    @property
    def preview(self) -> bool:
        return self.settings.method == PREVIEW

    def rhat_summary(self) -> dict[str, float]:
        """Median, 99 % quantile, largest value of R-hat, and the share of cells at or below 1.05."""
        if self.preview:
            return {}
        known = self.rhat[~np.isnan(self.rhat)]
        return {
            "median": float(np.median(known)),
            "q99": float(np.quantile(known, 0.99)),
            "max": float(known.max()),
            "share_below_1.05": float((known <= 1.05).mean()),
        }

    def rows(self) -> list[dict[str, Any]]:
        """One row a member-session, in the layout of the published files."""
        o = self.observations
        return [
            {
                "seat": o.view.keys[o.unit[c]],
                "iso3": o.view.iso3(int(o.unit[c])),
                "session": int(o.session[c]),
                "n_votes": int(o.n_votes[c]),
                "mean": float(self.mean[c]),
                "q5": float(self.q5[c]),
                "q50": float(self.q50[c]),
                "q95": float(self.q95[c]),
                "name": o.view.name(int(o.unit[c])),
                "rhat": None if np.isnan(self.rhat[c]) else float(self.rhat[c]),
                "method": self.settings.method,
            }
            for c in range(o.cells)
        ]

    def about(self) -> dict[str, Any]:
        return asdict(self.settings) | {"rhat": self.rhat_summary(), "scale": "mean 0, variance 1 over all member-sessions"}


type Watch = Callable[[int, int], None]
"""Called by the first chain with (sweeps done, sweeps in all)."""


def preview(o: Observations, *, high: Sequence[str] = (), low: Sequence[str] = (), rounds: int = ROUNDS) -> Estimate:
    """The variational approximation, marked as such; intervals too narrow."""
    found = start(o, high, low, rounds)
    sd = np.sqrt(found.theta_variance)
    settings = Settings(PREVIEW, o.rules.name, 0, 0, rounds, 0, o.digest, tuple(high), tuple(low))
    ends = found.theta - 1.6448536 * sd, found.theta.copy(), found.theta + 1.6448536 * sd
    return Estimate(settings, o, found.theta, *ends, np.full(o.cells, np.nan), found.beta, found.low, found.high)


def start(o: Observations, high: Sequence[str], low: Sequence[str], rounds: int = ROUNDS) -> Approximation:
    """The variational approximation from the first principal axis, its sign set by the anchors."""
    theta = first_axis(o)
    above, below = anchors(o, high, low)
    lead = (theta[above].mean() if len(above) else 0.0) - (theta[below].mean() if len(below) else 0.0)
    return approximate(o, -theta if lead < 0 else theta, rounds)


def estimate(
    o: Observations, *, seed: int, chains: int = 2, sweeps: int = SWEEPS, burn: int | None = None, high: Sequence[str] = (),
    low: Sequence[str] = (), threads: int = 2, watch: Watch | None = None, keep_draws: bool = False,
) -> Estimate:  # fmt: skip
    """``chains`` ≥ 2 chains of ``sweeps`` sweeps, from draws of the variational approximation. The first ``burn`` are left out (by default
    a fifth, at most ``BURN``).

    About 6 ms a sweep and chain for 72 sessions of the General Assembly (one core). The same seed gives the same numbers with any number
    of threads.
    """
    burn = min(sweeps // 5, BURN) if burn is None else burn
    if chains < 2 or burn >= sweeps:
        raise ValueError("at least two chains, and fewer sweeps to burn than to run")
    begun = start(o, high, low)

    thin = max(1, -(-(sweeps - burn) // KEPT))
    draws = np.empty((chains, (sweeps - burn) // thin, o.cells), dtype=np.float32)

    laid = votes(o)

    def run(chain: int) -> Float:
        return _run(laid, _begin(laid, begun, seed, chain), sweeps, burn, thin, draws[chain], watch if chain == 0 else None)

    with ThreadPoolExecutor(max_workers=threads) as pool:
        items = np.mean(list(pool.map(run, range(chains))), axis=0)
    q5, q50, q95 = quantiles(draws)
    settings = Settings(GIBBS, o.rules.name, seed, chains, sweeps, burn, o.digest, tuple(high), tuple(low))
    mean = draws.mean(axis=(0, 1), dtype=np.float64)
    return Estimate(settings, o, mean, q5, q50, q95, split_rhat(draws), items[0], items[1], items[2], draws if keep_draws else None)


def _begin(laid: Votes, begun: Approximation, seed: int, chain: int) -> Chain:
    """A chain at a draw of the approximation."""
    random = np.random.default_rng(np.random.SeedSequence([seed, chain, 1]))
    theta = begun.theta + np.sqrt(begun.theta_variance) * random.standard_normal(len(begun.theta))
    beta = begun.beta + np.sqrt(begun.beta_variance) * random.standard_normal(len(begun.beta))
    step = np.full(len(beta), 0.2)
    return Chain(theta[laid.place], begun.theta[laid.place], beta, begun.low.copy(), begun.high.copy(), step, streams(seed, chain))


def _run(laid: Votes, c: Chain, sweeps: int, burn: int, thin: int, draws: NDArray[np.float32], watch: Watch | None) -> Float:
    """One chain to its end; fills ``draws`` (kept, cells) and returns the means of β and both cutpoints (3, items)."""
    sums = np.zeros((3, len(c.beta)))
    kept = 0
    for k in range(sweeps):
        sweep(laid, c, 0.05 if k < burn else 0.0)
        if k >= burn and (k - burn) % thin == thin - 1:
            draws[kept, laid.place] = c.theta
            sums += (c.beta, c.low, c.high)
            kept += 1
        if watch is not None:
            watch(k + 1, sweeps)
    return np.asarray(sums / kept)


def quantiles(draws: NDArray[np.float32]) -> tuple[Float, Float, Float]:
    """5 %, 50 % and 95 % of draws (chains, draws, cells), cell by cell in slices that fit in memory."""
    out = np.empty((3, draws.shape[2]))
    for a in range(0, draws.shape[2], 1000):
        part = draws[:, :, a : a + 1000].reshape(-1, min(1000, draws.shape[2] - a))
        out[:, a : a + 1000] = np.quantile(part, [0.05, 0.5, 0.95], axis=0)
    return out[0], out[1], out[2]


def split_rhat(draws: NDArray[np.float32]) -> Float:
    """Split R-hat (Gelman et al. 2013, ch. 11.4) of draws (chains, draws, cells): each chain is halved."""
    half = draws.shape[1] // 2
    out = np.empty(draws.shape[2])
    for a in range(0, draws.shape[2], 1000):
        part = draws[:, :, a : a + 1000]
        halves = np.concatenate([part[:, :half], part[:, half : 2 * half]])
        between = half * halves.mean(axis=1, dtype=np.float64).var(axis=0, ddof=1)
        within = halves.var(axis=1, ddof=1, dtype=np.float64).mean(axis=0)
        out[a : a + 1000] = np.sqrt(((half - 1) / half * within + between / half) / within)
    return out


def cell_of(o: Observations) -> dict[tuple[int, int], int]:
    """(unit, session) → cell."""
    units: Int = o.unit
    return {(int(u), int(s)): c for c, (u, s) in enumerate(zip(units, o.session, strict=True))}
