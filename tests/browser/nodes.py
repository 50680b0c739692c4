"""Real nodes for the browser tests: made in a folder, served by granian on free ports, asked by their command line, ended for sure."""

from __future__ import annotations

import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from comity.cli.demo.people import HOUSES
from comity.cli.demo.seed import Seeding

SOURCE = Path(__file__).parents[2] / "src"
SECRET = "the browser tests' own"
READY_WITHIN = 90  # seconds; the machine may be busy


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def environment(**more: str) -> dict[str, str]:
    """A process's surroundings: ours, without what another test may have set for its own Django."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COMITY_", "DJANGO_"))}
    return ours | {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"} | more


@dataclass(eq=False)
class Nodes:
    """The demonstration's houses in one folder. Use as a context: at its end no server runs any more."""

    folder: Path
    ports: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)  # house → bytes of its log that were printed

    @classmethod
    def make(cls, folder: Path, *, seeded: bool = False, reachable: bool = True) -> Nodes:
        """Fresh nodes, or those with ten years of an invented record. Not ``reachable``: introduced by cards without an address."""
        ports = dict(zip((h.key for h in HOUSES), free_ports(len(HOUSES)), strict=True))
        seeding = Seeding(folder, ports if reachable else {})
        keys = seeding.run() if seeded else seeding.bare()
        for side in seeding.sides.values():
            side.node.store.engine.dispose()
        accounts = [
            subprocess.Popen(
                [sys.executable, "-m", "comity.cli.demo.accounts", house, json.dumps(of_house)],
                env=environment(COMITY_HOME=str(folder / house)),
            )
            for house, of_house in keys.items()
        ]
        assert [job.wait(READY_WITHIN) for job in accounts] == [0] * len(accounts)
        return cls(folder, ports)

    def __enter__(self) -> Nodes:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop(*list(self.running))

    def address(self, house: str) -> str:
        return f"http://127.0.0.1:{self.ports[house]}"

    def home(self, house: str) -> Path:
        return self.folder / house

    def start(self, *houses: str) -> Nodes:
        """Start the servers of these houses and wait until they listen."""
        listed = [{"host": h.host, "address": self.address(h.key)} for h in HOUSES]
        for house in houses:
            serve = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.ports[house]), "--workers", "1", "--no-access-log"]
            with (self.folder / f"{house}.log").open("ab") as log:
                self.running[house] = subprocess.Popen(
                    [sys.executable, "-m", "granian", *serve, "--blocking-threads", "4", "comity.api.wsgi:application"],
                    env=environment(COMITY_HOME=str(self.home(house)), COMITY_DEMO_SECRET=SECRET, COMITY_DEMO_NODES=json.dumps(listed)),
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        for house in houses:
            self._wait(house)
        return self

    def _wait(self, house: str) -> None:
        limit = time.monotonic() + READY_WITHIN
        while time.monotonic() < limit and self.running[house].poll() is None:
            if self._listens(house):
                return
            pause()
        raise AssertionError(f"{house} does not listen:\n{self.log(house)}")

    def _listens(self, house: str) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.ports[house]), timeout=1).close()
        except OSError:
            return False
        return True

    def log(self, house: str) -> str:
        return (self.folder / f"{house}.log").read_text(errors="replace")[-4000:]

    def tell(self) -> None:
        """Print what the servers have complained of since they were last asked: pytest shows it for a test that fails."""
        for house in self.ports:
            path = self.folder / f"{house}.log"
            said = path.read_bytes() if path.exists() else b""
            lines = said[self.told.get(house, 0) :].decode(errors="replace").splitlines()
            print(f"── {house}", *[line for line in lines if "[INFO]" not in line and "Not Found" not in line][-60:], sep="\n")
            self.told[house] = len(said)

    def stop(self, *houses: str, how: signal.Signals = signal.SIGTERM) -> None:
        """End the servers of these houses with their workers: asked first, then made to."""
        for house in houses:
            self._signal(house, how)
        for house in houses:
            process = self.running.pop(house)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
            while self._listens(house):  # a worker that was killed lets go of its port a moment after its parent
                pause()

    def kill(self, house: str) -> None:
        """As a power cut would: at once, and nobody is asked."""
        self.stop(house, how=signal.SIGKILL)

    def _signal(self, house: str, how: signal.Signals) -> None:
        if self.running[house].poll() is None:
            os.killpg(self.running[house].pid, how)

    def enter(self, house: str, persona: str) -> str:
        """The address that signs a persona in, as the start page would link it."""
        host = next(h.host for h in HOUSES if h.key == house)
        now = int(time.time())
        seal = hmac.new(SECRET.encode(), f"enter {host} {persona} {now}".encode(), sha256).hexdigest()
        return f"{self.address(house)}/node/enter/?as={persona}&token={now}.{seal}"

    def comity(self, house: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of a node's operator."""
        return comity(*arguments, more={"COMITY_HOME": str(self.home(house))})

    def digests(self, house: str) -> dict[str, str]:
        """Mechanism → the hash of the state that this node has of it."""
        found: dict[str, str] = json.loads(self.comity(house, "node", "digest", "--json").stdout)
        return found

    def verify(self, pouch: Path, trust: Iterable[str] = ("arvena", "kelmor")) -> subprocess.CompletedProcess[str]:
        """What ``comity verify`` says to somebody who trusts the key roots of these houses and has no node."""
        trusted = [argument for house in trust for argument in ("--trust", str(self.first_root(house)))]
        return comity("verify", str(pouch), *trusted)

    def first_root(self, house: str) -> Path:
        return next((self.home(house) / "roots").glob("**/*1.json"))


def comity(*arguments: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own."""
    command: Sequence[str] = [sys.executable, "-m", "comity.cli", *arguments]
    return subprocess.run(command, env=environment(**(more or {})), capture_output=True, text=True, timeout=120, check=False)


def pause() -> None:
    """Between two looks at something that another process is about to do."""
    time.sleep(0.1)
