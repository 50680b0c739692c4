"""Starting the demonstration: three servers on this machine, watched until Ctrl-C; made afresh when somebody asks for it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from comity.cli.demo.extras import install_in_background
from comity.cli.demo.people import HOUSES
from comity.cli.demo.seed import Seeding
from comity.errors import ComityError

READY_WITHIN = 60  # seconds
SPAN = 3


def free_ports(first: int) -> dict[str, int]:
    """Three ports from ``first`` on; if one is busy, the next three, and says so."""
    for base in range(first, first + 50 * SPAN, 10):
        busy = [base + n for n in range(SPAN) if not _free(base + n)]
        if not busy:
            return {h.key: base + (h.port - 8400) for h in HOUSES}
        click.echo(f"Port {busy[0]} is busy; trying {base + 10} and on.")
    raise ComityError(
        "No three free ports were found.", place=f"ports {first} and on", remedy="Name a free one: ./run comity demo --port 9400"
    )


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare(folder: Path, ports: Mapping[str, int]) -> None:
    """Make the nodes if they are not there, or give those that are there today's ports and this version's tables."""
    stamp = folder / "seeded.json"
    if not stamp.exists():
        if folder.exists():
            shutil.rmtree(folder)  # a seeding that was interrupted: nothing of it was shown yet
        click.echo("Making three nodes and ten years of an invented committee …")
        made: dict[str, Any] = {"keys": Seeding(folder, ports).run(), "ports": dict(ports), "tables": ""}
    else:
        made = json.loads(stamp.read_text())
    if made["ports"] != dict(ports):
        _readdress(folder, ports)
        made["ports"] = dict(ports)
    if made["tables"] != _tables():
        _make_tables(folder, made["keys"])
        made["tables"] = _tables()
    stamp.write_text(json.dumps(made))


def _tables() -> str:
    """Which form of the tables this version wants: a digest of the names of all migrations."""
    from hashlib import sha256

    desk = Path(__file__).parents[2] / "desk"
    return sha256(" ".join(sorted(str(p.relative_to(desk)) for p in desk.glob("*/migrations/0*.py"))).encode()).hexdigest()


def _make_tables(folder: Path, keys: Mapping[str, Mapping[str, str]]) -> None:
    jobs = []
    for house in HOUSES:
        command = [sys.executable, "-m", "comity.cli.demo.accounts", house.key, json.dumps(keys[house.key])]
        jobs.append(subprocess.Popen(command, env={**os.environ, "COMITY_HOME": str(folder / house.key)}))
    if any([job.wait() for job in jobs]):
        remedy = "Read the lines above; then remove the folder and start again."
        raise ComityError("The tables of a node could not be made.", place=str(folder), remedy=remedy)


def _readdress(folder: Path, ports: Mapping[str, int]) -> None:
    """Write the ports of this start into settings and introductions."""
    from datetime import UTC, datetime

    from comity.node.home import Home
    from comity.node.node import Node
    from comity.node.setup import own_card

    nodes = {}
    for house in HOUSES:
        home = Home(folder / house.key)
        settings = home.settings()
        settings.address = f"http://127.0.0.1:{ports[house.key]}"
        home.save(settings)
        nodes[house.key] = Node(home, clock=lambda: datetime.now(UTC), entropy=os.urandom)
    for key, node in nodes.items():
        for other_key, other in nodes.items():
            if other_key != key and other.party:
                node.introduce(own_card(other))


class Servers:
    """The three server processes."""

    def __init__(self, folder: Path, ports: Mapping[str, int]) -> None:
        self._folder, self._ports = folder, ports
        self._secret = secrets.token_hex(32)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        listed = [{"host": h.host, "address": f"http://127.0.0.1:{self._ports[h.key]}"} for h in HOUSES]
        for house in HOUSES:
            env = {
                **os.environ,
                "COMITY_HOME": str(self._folder / house.key),
                "COMITY_DEMO_SECRET": self._secret,
                "COMITY_DEMO_NODES": json.dumps(listed),
                "COMITY_DEMO_FOLDER": str(self._folder),
            }
            log = (self._folder / f"{house.key}.log").open("ab")
            port = str(self._ports[house.key])
            command = [
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                port,
                "--workers",
                "1",
                "--blocking-threads",
                "4",
                "--no-access-log",
                "comity.api.wsgi:application",
            ]
            self._running[house.key] = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)

    def wait_until_ready(self) -> None:
        limit = time.monotonic() + READY_WITHIN
        for key, port in self._ports.items():
            while True:
                if self._running[key].poll() is not None:
                    raise ComityError("A server has stopped.", place=str(self._folder / f"{key}.log"), remedy="Its last lines say why.")
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if time.monotonic() > limit:
                        raise ComityError(
                            "A server does not answer.", place=f"port {port}", remedy=f"See {key}.log in {self._folder}."
                        ) from None
                    time.sleep(0.1)

    def watch(self) -> bool:
        """Until Ctrl-C or a server's end; true if somebody asked for a fresh demonstration."""
        reset = self._folder / "reset"
        while True:
            if reset.exists():
                return True
            for key, process in self._running.items():
                if process.poll() is not None:
                    raise ComityError("A server has stopped.", place=str(self._folder / f"{key}.log"), remedy="Its last lines say why.")
            time.sleep(0.5)

    def stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._running.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self._running.clear()


def run(folder: Path, port: int) -> None:
    """Prepare, start, print the address, watch."""
    ports = free_ports(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    servers = Servers(folder, ports)
    try:
        while True:
            prepare(folder, ports)
            servers.start()
            servers.wait_until_ready()
            click.echo(f"\n  Open http://127.0.0.1:{ports['harbour']}/\n")
            click.echo(f"  Everything is kept in {folder}. Ctrl-C stops it; the next start goes on from here.")
            install_in_background()
            if not servers.watch():
                return
            click.echo("Starting the demonstration afresh …")
            servers.stop()
            shutil.rmtree(folder)
    except KeyboardInterrupt:
        click.echo("\nStopping. Everything said so far is kept.")
    finally:
        servers.stop()
