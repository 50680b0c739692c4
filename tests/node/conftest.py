"""Nodes on both databases: SQLite always, PostgreSQL where its binaries are (a server of the tests' own, on a free port)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import postgres as own_server
from node.parliaments import Clock, Parliament, introduce, parliament

type MakeDatabase = Callable[[str], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[MakeDatabase]:
    """Makes databases on a PostgreSQL server that runs for these tests only; gives their URLs."""
    try:
        with own_server.server() as make:
            yield make
    except own_server.Absent as absent:
        pytest.skip(str(absent))


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> MakeDatabase:
    """Where a node keeps its store: each test runs once on each database."""
    if request.param == "postgres":
        make: MakeDatabase = request.getfixturevalue("postgres")
        return make
    return lambda _name: ""


@pytest.fixture
def two(tmp_path: Path, database: MakeDatabase) -> tuple[Parliament, Parliament]:
    """Two parliaments that have been introduced to each other."""
    clock = Clock()
    arvena, kelmor = (parliament(tmp_path, party, clock=clock, database=database(party)) for party in ("arvena", "kelmor"))
    introduce(arvena, kelmor)
    return arvena, kelmor
