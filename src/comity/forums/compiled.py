"""The one place that knows numba: a typed decorator for kernels. Kernels release the GIL and are cached on disk beside the package."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numba


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """For small functions that kernels call."""
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True, error_model="numpy", inline="never")(function))
