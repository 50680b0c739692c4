"""How fast the desk and the node are: pages under ten readers, from countersigning to in force on both nodes, rebuilding a long record,
memory at rest.

Every figure stands beside its bound or its goal, measured in this run on this machine. Needs nothing but the demonstration's own code.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx2

from comity.bench.long_record import build_long_record

READERS, PER_READER = 10, 20
PAUSE = 1.0  # seconds that a reader looks at a page before the next one
ACTS = 100_000


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else ACTS
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as scratch:
        _demonstration(Path(scratch) / "demo")
        _rebuild(Path(scratch) / "long", acts)


def _row(what: str, measured: str, beside: str) -> None:
    print(f"{what:<58} {measured:>18}   {beside}", flush=True)


def _demonstration(folder: Path) -> None:
    from comity.cli.demo.run import Servers, free_ports, prepare

    ports = free_ports(8700)
    prepare(folder, ports)
    servers = Servers(folder, ports)
    servers.start()
    try:
        servers.wait_until_ready()
        time.sleep(3)
        base = {key: f"http://127.0.0.1:{port}" for key, port in ports.items()}
        cookies = _sign_in(base["harbour"])
        _pages(base["arvena"], cookies["arvena"])
        _memory(servers)
        _countersign(base, cookies)
    finally:
        servers.stop()


def _sign_in(start: str) -> dict[str, dict[str, httpx2.Cookies]]:
    """One-click links of the start page: cookies by house and persona."""
    page = httpx2.get(start + "/", timeout=20, trust_env=False).text
    found: dict[str, dict[str, httpx2.Cookies]] = {"arvena": {}, "kelmor": {}}
    for url in re.findall(r'href="(http://127[^"]+/node/enter/[^"]+)"', page):
        url = url.replace("&amp;", "&")
        client = httpx2.Client(follow_redirects=True, timeout=20, trust_env=False)
        client.get(url)
        persona = re.search(r"as=(\w+)", url)
        assert persona is not None
        for house, people in (("arvena", ("ilena", "sela", "tovan")), ("kelmor", ("dara", "juno", "aren"))):
            if persona[1] in people:
                found[house][persona[1]] = client.cookies
    return found


def _pages(base: str, cookies: dict[str, httpx2.Cookies]) -> None:
    client = httpx2.Client(cookies=cookies["tovan"], follow_redirects=True, timeout=20, trust_env=False)
    paths = ["/mechanisms/", "/meetings/", "/texts/", "/commitments/", "/desk/inbox/", "/desk/outbox/", "/desk/record/"]
    for path in list(paths):
        links = re.findall(
            r'href="(/(?:mechanisms|meetings|texts|commitments|desk/acts|desk/record)/[0-9a-f]{64}/)"', client.get(base + path).text
        )
        paths += [link for link in dict.fromkeys(links[:2]) if link not in paths]
    for path in paths:
        client.get(base + path)
    for pause, said in ((PAUSE, f"{READERS} readers, a page every {PAUSE:.0f} s each"), (0.0, f"{READERS} readers without pause")):
        begun = time.perf_counter()
        times = _read(base, cookies["tovan"], paths, pause)
        everything = sorted(t for path in paths for t in times[path])
        p95 = everything[int(len(everything) * 0.95)] * 1000
        goal = "goal < 100 ms" if pause else f"{len(everything) / (time.perf_counter() - begun):.0f} pages/s, readers on the same two cores"
        _row(f"{len(paths)} pages, {said}: median", f"{statistics.median(everything) * 1000:.0f} ms", "")
        _row(f"{len(paths)} pages, {said}: p95", f"{p95:.0f} ms", goal)


def _read(base: str, cookies: httpx2.Cookies, paths: list[str], pause: float) -> dict[str, list[float]]:
    """All readers at once, each going through the pages; seconds by path."""
    times: dict[str, list[float]] = {path: [] for path in paths}

    def read(number: int) -> None:
        own = httpx2.Client(cookies=cookies, timeout=30, trust_env=False)
        time.sleep(pause * number / READERS)
        for turn in range(PER_READER):
            path = paths[(number + turn) % len(paths)]
            begun = time.perf_counter()
            answer = own.get(base + path)
            assert answer.status_code == 200, (path, answer.status_code)
            times[path].append(time.perf_counter() - begun)
            time.sleep(pause)

    readers = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def _memory(servers: object) -> None:
    for house, process in servers._running.items():  # type: ignore[attr-defined]  # the bench looks inside
        total = 0
        pids = [
            process.pid,
            *map(int, subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()),
        ]
        for pid in pids:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        _row(f"node {house} at rest", f"{total / 1024:.0f} MB", "goal < 250 MB")


def _countersign(base: dict[str, str], cookies: dict[str, dict[str, httpx2.Cookies]]) -> None:
    """From the countersigner's click to "in force" on both nodes."""
    arvena = httpx2.Client(cookies=cookies["arvena"]["tovan"], follow_redirects=True, timeout=30, trust_env=False)
    kelmor = httpx2.Client(cookies=cookies["kelmor"]["aren"], follow_redirects=True, timeout=30, trust_env=False)
    inbox = arvena.get(base["arvena"] + "/desk/inbox/").text
    acts = re.findall(r'href="(/desk/acts/[0-9a-f]{64}/)"', inbox)
    page = arvena.get(base["arvena"] + acts[0]).text
    code = re.search(r'class="mono">(\d{6})<', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert code is not None
    assert token is not None
    begun = time.perf_counter()
    data = {"csrfmiddlewaretoken": token[1], "action": "sign", "code": code[1], "read": re.findall(r'name="read" value="([^"]+)"', page)}
    answer = arvena.post(base["arvena"] + acts[0], data=data, headers={"Referer": base["arvena"] + acts[0]})
    here = time.perf_counter() - begun
    assert "In force" in answer.text, answer.text[:2000]
    while "In force" not in kelmor.get(base["kelmor"] + acts[0]).text:
        assert time.perf_counter() - begun < 30
        time.sleep(0.02)
    there = time.perf_counter() - begun
    _row("countersigner's click to in force here", f"{here * 1000:.0f} ms", "")
    _row("countersigner's click to in force on both nodes", f"{there * 1000:.0f} ms", "goal < 2,000 ms")


def _rebuild(folder: Path, acts: int) -> None:
    begun = time.perf_counter()
    home = build_long_record(folder, acts)
    _row(f"(making {acts:,} acts)", f"{time.perf_counter() - begun:.0f} s", "")
    env = {**os.environ, "COMITY_HOME": str(home)}
    tables = "from comity.cli import desk_tables; desk_tables.set_up(); desk_tables.migrate()"
    subprocess.run([sys.executable, "-c", tables], env=env, check=True)
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run([sys.executable, "-m", "comity.cli", "node", "rebuild"], env=env, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    assert done.returncode == 0, done.stderr[-2000:]
    _row(f"comity node rebuild with the desk's tables, {acts:,} acts", f"{took:.1f} s", "goal < 60 s")
    _row("its memory, largest", f"{peak / 1024:.0f} MB", "goal < 500 MB")
    _row("bound: reading and hashing the same bytes", f"{_bound(home):.1f} s", "")


def _bound(home: Path) -> float:
    """Only read every stored byte and hash it."""
    from hashlib import sha256

    from comity.node.home import Home
    from comity.node.store import Store

    store = Store(Home(home).database_url())
    begun = time.perf_counter()
    for entry in store.entries_after(0):
        sha256(entry.data).digest()
    for mechanism in store.mechanism_ids():
        for payload in store.statements_of(mechanism):
            sha256(payload).digest()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
