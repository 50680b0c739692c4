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
    try:
        return cast("Callable[P, R]", _jit(function, cache=True))
    except RuntimeError:
        # Neither the package's folder nor the user's cache can be written (a service account): compile in every process.
        return cast("Callable[P, R]", _jit(function))
