"""Fixtures of the forum room: an invented assembly, and the real roll calls if they lie in the folder ``shared`` beside the checkout."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from comity.forums.importers.report import ImportReport
    from comity.forums.model import RollCalls

# Before numpy is imported: on a busy machine its threads would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

UNGA = Path(__file__).parents[3] / "shared" / "data" / "unga"


def _missing() -> str:
    """Why the room cannot be tested here, or nothing."""
    for name in ("numpy", "numba", "pyarrow"):
        try:
            importlib.import_module(name)
        except ImportError:
            return f"the optional extra 'forums' is not installed (no {name})"
    return ""


class _Skipped(pytest.Module):
    def collect(self) -> Iterable[pytest.Item]:
        pytest.skip(_missing(), allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    return _Skipped.from_parent(parent, path=module_path) if _missing() else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", default=False, help="run the long estimates too")


@pytest.fixture(scope="session")
def unga_folder() -> Path:
    if not UNGA.is_dir():
        pytest.skip("the real roll calls (shared/data/unga) are not beside this checkout")
    return UNGA


@pytest.fixture(scope="session")
def imported(unga_folder: Path) -> tuple[RollCalls, ImportReport]:
    from comity.forums.importers.longcsv import import_long
    from comity.forums.model import Forum

    return import_long(unga_folder, Forum("unga", {"en": "United Nations General Assembly"}))


@pytest.fixture(scope="session")
def unga(imported: tuple[RollCalls, ImportReport]) -> RollCalls:
    return imported[0]


@pytest.fixture(scope="session")
def demo() -> RollCalls:
    from comity.forums.invented import invented_assembly

    return invented_assembly(seed=3, sessions=10, states=20, items=18)
