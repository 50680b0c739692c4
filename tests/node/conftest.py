"""Nodes on both databases: SQLite always, PostgreSQL where its binaries are (a server of the tests' own, on a free port)."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from node.parliaments import Clock, Parliament, introduce, parliament

type MakeDatabase = Callable[[str], str]


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[MakeDatabase]:
    """Makes databases on a PostgreSQL server that runs for these tests only; gives their URLs."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server on this machine")
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-"))
    become: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("running as root, and there is no user postgres to run the server")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    port = _free_port()
    data = folder / "data"
    subprocess.run(
        [*become, binaries / "initdb", "-D", data, "-U", "comity", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*become, binaries / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], check=True, capture_output=True)
    made: list[str] = []

    def make(name: str) -> str:
        database = f"{name}_{len(made)}"
        made.append(database)
        subprocess.run([binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "comity", database], check=True)
        return f"postgresql://comity@127.0.0.1:{port}/{database}"

    yield make
    subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


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
