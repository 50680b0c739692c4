"""The one place that knows numba: a typed decorator for kernels and the small functions they call.

Kernels release the GIL and are cached on disk, so that only the first process on a machine waits for the compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba


def _jit(function: Callable[..., Any], **options: Any) -> Any:
    return numba.njit(nogil=True, error_model="numpy", **options)(function)


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` at its first call; divisions follow numpy (no ZeroDivisionError)."""
    return _kept(function)


def fused[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """As :func:`compiled`, and a · b + c may be rounded once instead of twice: for polynomials, a third faster. The same on every processor
    that has the instruction (servers since 2013).
    """
    return _kept(function, fastmath={"contract"})


def _kept[**P, R](function: Callable[P, R], **options: Any) -> Callable[P, R]:
    try:
        return cast("Callable[P, R]", _jit(function, cache=True, **options))
    except RuntimeError:
        # Neither the package's folder nor the user's cache can be written (a service account): compile in every process.
        return cast("Callable[P, R]", _jit(function, **options))
