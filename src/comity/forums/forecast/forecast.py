"""The forecast: train on the sessions before, predict the next, and say how good that was in the past, beside two baselines.

Baselines: *all yes*; *last vote* (the member's last vote on the same title, else its most frequent vote of late). Scores: share of votes
predicted; Brier score (sum over yes, abstain, no; 0 is best, 2 worst); recall of votes that were not yes; calibration (mean gap between
stated and observed chances over ten bins, weighted).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.errors import Malformed
from comity.forums.forecast.features import Known, known_before
from comity.forums.forecast.logit import fit, probabilities
from comity.forums.forecast.similarity import Item
from comity.forums.model import Float, Int8, RollCalls
from comity.forums.views import Unit, View, view

TRAINING = 8
"""The weights are learnt on so many sessions before the one forecast, each predicted from what came before it."""

_ROWS = 60_000


@dataclass(frozen=True, slots=True)
class Prediction:
    """One member's vote on one coming item: chances of yes, abstain, no; ``last``: its last vote on the same title, if any."""

    title: str
    seat: str
    yes: float
    abstain: float
    no: float
    last: str

    @property
    def likeliest(self) -> str:
        return max((("yes", self.yes), ("abstain", self.abstain), ("no", self.no)), key=lambda p: p[1])[0]


@dataclass(frozen=True, slots=True)
class Score:
    """How one method did on one session. ``non_yes_recall``: share of votes other than yes that were predicted right."""

    method: str
    session: int
    n: int
    accuracy: float
    brier: float
    non_yes_recall: float
    calibration: float
    matched: float


class Forecaster:
    """Forecasts for one forum; keeps what was known before each session, so that a backtest costs each session once."""

    def __init__(self, calls: RollCalls, *, seed: int = 1) -> None:
        self.calls, self.seed = calls, seed
        self.view: View = view(calls, Unit.SEAT)
        self._known: dict[int, tuple[Known, NDArray[np.int64]]] = {}
        self.numbers = [int(s) for s in np.unique(calls.sessions)]

    def _before(self, session: int) -> tuple[Known, NDArray[np.int64]]:
        if session not in self._known:
            at = np.flatnonzero(self.calls.whole_texts & (self.calls.sessions == session))
            items = [Item.of(self.calls.events[i]) for i in at]
            self._known[session] = known_before(self.calls, self.view.options, session, items), at
        return self._known[session]

    def weights(self, session: int) -> Float:
        """Weights learnt from the :data:`TRAINING` sessions before ``session``. :raises Malformed: if there are too few."""
        train = [s for s in self.numbers if s < session and self.numbers.index(s) >= 2][-TRAINING:]
        if len(train) < 2:
            raise Malformed("There are too few sessions before to learn from.", place=f"session {session}", remedy="Import at least five.")
        xs, ys = [], []
        for s in train:
            known, at = self._before(s)
            y = self.view.options[at]
            row, unit = np.nonzero((y >= 1) & (y <= 3))
            xs.append(known.x[row, unit])
            ys.append(y[row, unit].astype(np.int64) - 1)
        x, truth = np.concatenate(xs), np.concatenate(ys)
        if len(truth) > _ROWS:
            pick = np.random.default_rng(np.random.PCG64(self.seed)).choice(len(truth), _ROWS, replace=False)
            x, truth = x[pick], truth[pick]
        return fit(x, truth)

    def predict(self, items: Sequence[Item], seats: Sequence[str], session: int | None = None) -> list[Prediction]:
        """The coming session's votes of ``seats`` on ``items``; by default the session after the last one imported."""
        session = session or self.numbers[-1] + 1
        units = [self.view.find(s) for s in seats]
        known = known_before(self.calls, self.view.options, session, items)
        w = self.weights(session)
        words = ("", "yes", "abstain", "no")
        out = []
        for row, item in enumerate(items):
            p = probabilities(known.x[row, units], w)
            for u, (yes, abstain, no) in zip(units, p.tolist(), strict=True):
                out.append(Prediction(item.title, self.view.keys[u], yes, abstain, no, words[int(known.last[row, u])]))
        return out

    def backtest(self, sessions: Sequence[int]) -> Iterator[list[Score]]:
        """For each session the scores of the forecast and of both baselines, from nothing but the sessions before."""
        for session in sessions:
            known, at = self._before(session)
            w = self.weights(session)
            y: Int8 = self.view.options[at]
            row, unit = np.nonzero((y >= 1) & (y <= 3))
            if not len(row):
                continue
            truth = y[row, unit].astype(np.int64) - 1
            last = np.where(known.last > 0, known.last, known.habit[None])[row, unit].astype(np.int64) - 1
            matched = float(known.matched.mean())
            chances = {
                "forecast": probabilities(known.x[row, unit], w),
                "last vote": np.eye(3)[last],
                "all yes": np.eye(3)[np.zeros_like(last)],
            }
            yield [score(name, session, p, truth, matched) for name, p in chances.items()]


def score(method: str, session: int, p: Float, truth: NDArray[np.int64], matched: float) -> Score:
    """Scores of chances ``p`` (votes, 3) against what was voted (0, 1, 2)."""
    guess = p.argmax(axis=1)
    other = truth > 0
    hit = np.eye(3)[truth]
    bins = np.minimum((p * 10).astype(np.int64), 9).ravel()
    gaps = np.abs(np.bincount(bins, p.ravel(), 10) - np.bincount(bins, hit.ravel(), 10)).sum() / p.size
    return Score(
        method,
        session,
        len(truth),
        float((guess == truth).mean()),
        float(((p - hit) ** 2).sum(axis=1).mean()),
        float((guess == truth)[other].mean()) if other.any() else float("nan"),
        float(gaps),
        matched,
    )
