"""The standard normal law, number by number: distribution function by table, quantiles by Acklam's rational approximation.

``cdf`` is a cubic Hermite table (absolute error below 1e-10) for |x| < 4.5 and the exact function beyond. The same over arrays:
:mod:`.kernels`.
"""

from __future__ import annotations

import math

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.model import Float

_EDGE, _PER = 4.5, 64
_X = np.arange(-_EDGE, _EDGE + 0.5 / _PER, 1 / _PER)
TABLE: Float = np.stack([[0.5 * math.erfc(-x / math.sqrt(2)) for x in _X], np.exp(-0.5 * _X * _X) / math.sqrt(2 * math.pi) / _PER], axis=1)


@compiled
def cdf(x: float) -> float:
    """Φ(x)."""
    if not -4.5 < x < 4.4999:
        return 0.5 * math.erfc(-x * 0.7071067811865476)
    at = (x + 4.5) * 64.0
    k = int(at)
    t = at - k
    f0, d0, f1, d1 = TABLE[k, 0], TABLE[k, 1], TABLE[k + 1, 0], TABLE[k + 1, 1]
    gap = f1 - f0
    return float(f0 + t * (d0 + t * (3.0 * gap - 2.0 * d0 - d1 + t * (d0 + d1 - 2.0 * gap))))


@compiled
def quantile(p: float) -> float:
    """Φ⁻¹(p) for 0 < p < 1, relative error below 1.2e-9; p below 1e-300 is taken as 1e-300."""
    if p < 0.02425:
        q = math.sqrt(-2.0 * math.log(max(p, 1e-300)))
        return _tail(q)
    if p > 0.97575:
        q = math.sqrt(-2.0 * math.log(max(1.0 - p, 1e-300)))
        return -_tail(q)
    q = p - 0.5
    r = q * q
    top = (
        (((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716
    ) * r + 2.506628277459239
    bottom = (
        (((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572
    ) * r + 1.0
    return q * top / bottom


@compiled
def _tail(q: float) -> float:
    top = (
        (((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968
    ) * q + 2.938163982698783
    return top / ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1.0)
