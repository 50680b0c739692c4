"""Where the public test vectors lie: in the folder ``shared`` beside the checkout. Tests that need them skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "vectors"


def vectors(name: str) -> Path:
    """The folder or file *name*, or a skip that says what is missing."""
    if not FOLDER.is_dir():
        pytest.skip("the public test vectors are not beside this checkout", allow_module_level=True)
    return FOLDER / name
