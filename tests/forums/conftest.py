"""Fixtures of the forum room: an invented assembly, and the real roll calls if they lie in the folder ``shared`` beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("numba", reason="the optional extra 'forums' is not installed")
pytest.importorskip("pyarrow", reason="the optional extra 'forums' is not installed")

from comity.forums.importers.longcsv import import_long
from comity.forums.importers.report import ImportReport
from comity.forums.invented import invented_assembly
from comity.forums.model import Forum, RollCalls

UNGA = Path(__file__).parents[3] / "shared" / "data" / "unga"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", default=False, help="run the long estimates too")


@pytest.fixture(scope="session")
def unga_folder() -> Path:
    if not UNGA.is_dir():
        pytest.skip("the real roll calls (shared/data/unga) are not beside this checkout")
    return UNGA


@pytest.fixture(scope="session")
def imported(unga_folder: Path) -> tuple[RollCalls, ImportReport]:
    return import_long(unga_folder, Forum("unga", {"en": "United Nations General Assembly"}))


@pytest.fixture(scope="session")
def unga(imported: tuple[RollCalls, ImportReport]) -> RollCalls:
    return imported[0]


@pytest.fixture(scope="session")
def demo() -> RollCalls:
    return invented_assembly(seed=3, sessions=10, states=20, items=18)
