"""A PostgreSQL server of the tests' own, on a free port, gone afterwards. ``python tests/postgres.py COMMAND …`` runs a command with
COMITY_TEST_DATABASE.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Absent(Exception):
    """There is no PostgreSQL here that could be started; says why."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise Absent("no PostgreSQL server on this machine")
    return found[-1].parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _become(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: what to put before its commands."""
    if os.getuid():
        return []
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        raise Absent("running as root, and there is no user postgres to run the server") from None
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def server() -> Iterator[Callable[[str], str]]:
    """A running server; what it gives makes a new database and returns its URL. Raises :class:`Absent`."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-"))
    try:
        become, port, data = _become(folder), _free_port(), folder / "data"
        initdb = [binaries / "initdb", "-D", data, "-U", "comity", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*become, *initdb], check=True, capture_output=True)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [*become, binaries / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], check=True, capture_output=True)
        made: list[str] = []

        def make(name: str) -> str:
            made.append(f"{name}_{len(made)}")
            subprocess.run([binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "comity", made[-1]], check=True)
            return f"postgresql://comity@127.0.0.1:{port}/{made[-1]}"

        try:
            yield make
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    try:
        with server() as make:
            env = {**os.environ, "COMITY_TEST_DATABASE": make("desk")}
            return subprocess.run(sys.argv[1:], env=env, check=False).returncode
    except Absent as absent:
        print(f"Left out: {absent}.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
