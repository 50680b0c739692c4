"""The one place that knows numba: a typed decorator for kernels. Kernels release the GIL and are cached on disk beside the package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba


def _jit(function: Callable[..., Any], **options: Any) -> Any:
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    except RuntimeError:
        # Neither the package's folder nor the user's cache can be written (a service account): compile in every process.
        return numba.njit(nogil=True, error_model="numpy", **options)(function)


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    return cast("Callable[P, R]", _jit(function))


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """For small functions that kernels call."""
    return cast("Callable[P, R]", _jit(function, inline="never"))
