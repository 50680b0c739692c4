"""An invented assembly on the test node, seats for two invented parliaments, officers and the public."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from desk import rows

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
SHARED = Path(__file__).parents[4] / "shared" / "data" / "unga"


def _here(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


needs_engine = pytest.mark.skipif(not all(map(_here, ("numba", "pyarrow"))), reason="the optional extra 'forums' is not installed")


@pytest.fixture
def officer() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    made = rows.officer()
    made.operator = True
    made.save()
    client.force_login(made.user)
    return client


@pytest.fixture
def public() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def home() -> Iterator[Path]:
    """The node's forums' folder, empty before and after."""
    from comity.desk.forums import library

    shutil.rmtree(library.home(), ignore_errors=True)
    yield library.home()
    shutil.rmtree(library.home(), ignore_errors=True)


@pytest.fixture
def assembly(home: Path) -> str:
    """The invented assembly, stored and with seats for Arvena and Kelmor."""
    from comity.desk.forums.models import Seat
    from comity.forums import store
    from comity.forums.invented import invented_assembly

    store.save(invented_assembly(seed=18, sessions=8, states=14, items=18), None, home)
    mechanism = rows.mechanism()
    for party, code in (("arvena", "ARV"), ("kelmor", "KEL")):
        Seat.objects.create(forum="demo", mechanism=mechanism.id, party=party, code=code)
    return "demo"


@pytest.fixture
def passed_on(home: Path, tmp_path: Path) -> str:
    """Roll calls of 1970 to 1993, on which the seats of China and Russia pass from one state to another; CHN and RUS part in 1990."""
    from comity.forums import store
    from comity.forums.importers.generic import import_generic
    from comity.forums.model import Forum

    source = tmp_path / "votes.csv"
    rows = ["event,voter,option,date,title,session"]
    for year in (1970, 1971, 1972, 1990, 1991, 1992, 1993):
        votes = {"CHN": "no" if year == 1990 else "yes", "RUS": "yes", "USA": "abstain", "DDR": "yes" if year < 1990 else ""}
        rows += [f"{year},{code},{said},{year}-12-28,Law of the sea,{year - 1945}" for code, said in votes.items() if said]
    source.write_text("\n".join(rows) + "\n", encoding="utf-8")
    calls, report = import_generic(source, Forum("unga", {"en": "United Nations General Assembly"}))
    store.save(calls, report, home)
    return "unga"
