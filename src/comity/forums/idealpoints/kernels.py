"""The standard normal law and uniform random numbers over whole arrays: plain loops without branches, which the compiler turns into
vector instructions.

Nothing here depends on the width of those instructions, as no sum is re-ordered: a seed gives the same chain on every processor that has
fused multiplication and addition (see :func:`~comity.forums.compiled.fused`), with any number of threads. Random
numbers are xoshiro256++ (Blackman and Vigna 2019), ``LANES`` streams side by side.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from comity.forums.compiled import compiled, fused
from comity.forums.idealpoints.normal import quantile
from comity.forums.model import Float

type Streams = NDArray[np.uint64]
"""The state of the random numbers of one chain, uint64 (4, LANES)."""

LANES = 32
FURTHEST = 37.0
"""|x| above it is taken as it: Φ(−37) ≈ 6e-300."""

COUNT = 0xFFFFFFFF
"""Counts are masked with it where an index is a sum, so that the compiler knows the sum is not negative and makes vectors."""

_ROUND = 6755399441055744.0
"""1.5 · 2⁵²: added to a number of less than 2⁵¹, it leaves the nearest integer in the lowest bits."""
_LOG2_E, _LN2, _LN2_REST = 1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10
_ONE_BITS = np.uint64(0x3FF0000000000000)
"""The bits of 1.0: with 52 random bits below, a number in [1, 2)."""


@fused
def chances(x: Float, n: int) -> None:
    """Φ(x) in place for the first ``n``; relative error below 1e-9, in the lower tail too.

    Φ(−t) = exp(−t²/2) · R(t) for t ≥ 0: R by a rational approximation (degrees 5 and 6, fitted on [0, 37] for the least relative error,
    4e-10), the exponential as a power of two times a polynomial (6e-11).
    """
    for i in range(n):
        v = x[i]
        t = min(abs(v), FURTHEST)
        power = -0.5 * t * t
        rounded = power * _LOG2_E + _ROUND
        whole = rounded - _ROUND
        r = (power - whole * _LN2) - whole * _LN2_REST
        e = ((0.00019907579913310515 * r + 0.0013948590223997939) * r + 0.008333283524270554) * r + 0.04166621814088921
        e = ((e * r + 0.16666666786348713) * r + 0.5000000107793305) * r + 0.9999999999955099
        e = e * r + 0.9999999999595297
        bits = np.float64(rounded).view(np.int64)
        scale = np.int64((bits + 1023) << 52).view(np.float64)
        top = ((0.0011169713048028228 * t + 0.013750299209785351) * t + 0.08042925446015733) * t + 0.2716710989922621
        top = (top * t + 0.5306720603465865) * t + 0.49999999980512994
        bottom = ((0.0027998321678014758 * t + 0.03446685448994863) * t + 0.2044076162764804) * t + 0.7154072689187521
        bottom = ((bottom * t + 1.526792508040245) * t + 1.8592286473980528) * t + 1.0
        tail = e * scale * top / bottom
        x[i] = tail if v < 0.0 else 1.0 - tail


@fused
def quantiles(p: Float, out: Float, n: int) -> None:
    """Φ⁻¹ of the first ``n`` of ``p``; relative error below 4e-9.

    (p − ½) times a rational approximation in p (1 − p) (degrees 7 and 7, fitted for the least relative error) for all, then
    :func:`.normal.quantile` for the few within 0.0025 of 0 or 1.
    """
    for i in range(n):
        q = p[i] - 0.5
        r = 0.25 - q * q
        top = ((0.74831086919335 * r + 3.032661469270989) * r + 1.3766022208923927) * r + 0.1488432556678753
        top = ((top * r + 0.004667731433123611) * r + 4.337509800350235e-05) * r + 1.0518895908691892e-07
        top = top * r + 4.2302345107442414e-11
        bottom = ((r + 1.6341866373444234) * r + 0.4891692121021123) * r + 0.040364226258809054
        bottom = ((bottom * r + 0.0010339198627822084) * r + 8.120760298484339e-06) * r + 1.6813999759147324e-08
        bottom = bottom * r + 5.594810854177475e-12
        out[i] = q * top / bottom
    for i in range(n):
        if abs(p[i] - 0.5) > 0.4975:
            out[i] = quantile(p[i])


@compiled
def uniforms(s: Streams, out: Float, n: int) -> None:
    """The next ``n`` numbers in (0, 1), rounded up to whole rows of LANES (``out`` has room for them): lane by lane, row by row."""
    for row in range(0, n, LANES):
        for lane in range(LANES):
            s0, s1, s2, s3 = s[0, lane], s[1, lane], s[2, lane], s[3, lane]
            x = s0 + s3
            bits = ((x << np.uint64(23)) | (x >> np.uint64(41))) + s0
            t = s1 << np.uint64(17)
            s2 ^= s0
            s3 ^= s1
            s[1, lane] = s1 ^ s2
            s[0, lane] = s0 ^ s3
            s[2, lane] = s2 ^ t
            s[3, lane] = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
            out[row + lane] = np.uint64((bits >> np.uint64(12)) | _ONE_BITS).view(np.float64) - 0.9999999999999999


@compiled
def room(n: int) -> Float:
    """Zeros for ``n`` numbers, rounded up to whole rows of LANES."""
    return np.zeros((n + LANES - 1) // LANES * LANES)


@compiled
def normals(s: Streams, out: Float, n: int) -> None:
    """The next ``n`` standard normal numbers (``out`` has room for whole rows)."""
    u = room(n)
    uniforms(s, u, n)
    quantiles(u, out, n)


@compiled
def product_log(r: Float, n: int) -> float:
    """log Π of the first ``n`` of ``r``, each within 1e±30; ``r`` is used up.

    Eight numbers at a time are multiplied by folding the array onto itself three times, and logarithms taken only where the running
    product leaves 1e±60.
    """
    for _ in range(3):
        half = ((n + 1) // 2) & COUNT
        for k in range((n - half) & COUNT):
            r[k] *= r[half + k]
        n = half
    product, logs = 1.0, 0.0
    for k in range(n):
        product *= r[k]
        if not 1e-60 < product < 1e60:
            logs += math.log(product)
            product = 1.0
    return logs + math.log(product)


@compiled
def total(a: Float, n: int) -> float:
    """Σ of the first ``n`` of ``a``, by folding it onto itself down to eight numbers; ``a`` is used up."""
    while n > 8:
        half = ((n + 1) // 2) & COUNT
        for k in range((n - half) & COUNT):
            a[k] += a[half + k]
        n = half
    left = 0.0
    for k in range(n):
        left += a[k]
    return left


def streams(seed: int, chain: int) -> Streams:
    """The random numbers of one chain; chains of one seed are independent."""
    words = np.random.SeedSequence([seed, chain]).generate_state(4 * LANES, np.uint64)
    return np.ascontiguousarray(words.reshape(LANES, 4).T)
