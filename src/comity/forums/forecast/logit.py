"""McFadden's conditional logit (1974) by Newton's method with a small ridge: P(k) ∝ exp(x_k · w). Weights are few, so it is calibrated
and quick.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.forums.model import Float

RIDGE = 1.0


def probabilities(x: Float, w: Float) -> Float:
    """float64 (rows, classes) for features (rows, classes, features)."""
    score = x @ w
    score -= score.max(axis=1, keepdims=True)
    p = np.exp(score)
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def fit(x: Float, y: NDArray[np.int64], rounds: int = 12) -> Float:
    """The weights (features,) of the largest penalised likelihood; ``y``: the chosen class of each row."""
    w = np.zeros(x.shape[2])
    chosen = x[np.arange(len(y)), y]
    for _ in range(rounds):
        p = probabilities(x, w)
        mean = np.einsum("nk,nkf->nf", p, x)
        gradient = (chosen - mean).sum(axis=0) - RIDGE * w
        flat = (x * np.sqrt(p)[:, :, None]).reshape(-1, x.shape[2])
        hessian = flat.T @ flat - mean.T @ mean + RIDGE * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w += step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-6:
            break
    return w
