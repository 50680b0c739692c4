"""Long work on roll calls, each in a process of its own: importing a file, estimating ideal points, forecasting.

A job is a folder ``<home>/forums/.jobs/<key>/``: ``job.json`` says what is wanted, ``state.json`` how far it is, ``in/`` holds what was
dropped. The process writes the state, the desk reads it. Nothing of Django is needed here, so that the process starts fast, and its memory
is given back at its end.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WAITING, RUNNING, DONE, REFUSED, FAILED = "waiting", "running", "done", "refused", "failed"
SILENT = 60.0  # seconds after which a job that says nothing has ended without a word
_KEY = re.compile(r"[0-9a-f]{16}")
_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Job:
    """``wanted``: what ``job.json`` says; ``state``: what ``state.json`` says."""

    key: str
    folder: Path
    wanted: Mapping[str, Any]
    state: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.wanted["kind"])

    @property
    def forum(self) -> str:
        return str(self.wanted["forum"])

    @property
    def status(self) -> str:
        """Its state; a job that has fallen silent has failed."""
        said = str(self.state.get("status", WAITING))
        silent = time.time() - float(self.state.get("beat", 0)) > SILENT
        return FAILED if said == RUNNING and silent else said

    @property
    def under_way(self) -> bool:
        return self.status in (WAITING, RUNNING)

    @property
    def percent(self) -> int:
        total = int(self.state.get("total") or 0)
        return min(100, int(100 * int(self.state.get("done") or 0) / total)) if total else 0


def _root(home: Path) -> Path:
    return home / ".jobs"


def ask(home: Path, wanted: Mapping[str, Any]) -> Job:
    """Write down a job; it does not begin by itself. ``home``: the forums' folder of the node."""
    key = secrets.token_hex(8)
    folder = _root(home) / key
    (folder / "in").mkdir(parents=True)
    _write(folder / "job.json", wanted)
    _write(folder / "state.json", {"status": WAITING})
    return Job(key, folder, dict(wanted), {"status": WAITING})


def ask_again(job: Job, **changes: Any) -> Job:
    """The same job, with another mapping."""
    wanted = dict(job.wanted) | changes
    _write(job.folder / "job.json", wanted)
    _write(job.folder / "state.json", {"status": WAITING})
    return Job(job.key, job.folder, wanted, {"status": WAITING})


def read(home: Path, key: str) -> Job | None:
    """The job of that key, as it stands."""
    folder = _root(home) / key
    if _KEY.fullmatch(key) is None or not (folder / "job.json").is_file():
        return None
    return Job(key, folder, _read(folder / "job.json"), _read(folder / "state.json"))


def listed(home: Path) -> list[Job]:
    """All jobs, the latest first."""
    root = _root(home)
    folders = sorted((p for p in root.iterdir() if (p / "job.json").is_file()), key=lambda p: -p.stat().st_mtime) if root.is_dir() else []
    return [job for p in folders if (job := read(home, p.name)) is not None]


def of(home: Path, kind: str, forum: str) -> Job | None:
    """The job of that kind for a forum that is waiting or running."""
    return next((j for j in listed(home) if j.kind == kind and j.forum == forum and j.under_way), None)


def begin(job: Job, home: Path) -> None:
    """Start its process, with a low priority, and let it go."""
    _children[:] = [child for child in _children if child.poll() is None]
    say(job.folder, status=RUNNING, done=0, total=0)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (job.folder / "log").open("ab") as log:
        command = [sys.executable, "-m", "comity.desk.forums.work", str(home), job.key]
        _children.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))


def say(folder: Path, **state: Any) -> None:
    """Write how far it is."""
    _write(folder / "state.json", state | {"beat": time.time()})


def discard(job: Job) -> None:
    """Throw the job away with what was dropped for it."""
    shutil.rmtree(job.folder, ignore_errors=True)


def tidy(home: Path, keep: int = 20) -> None:
    """Throw away what is done, but for the last few."""
    for job in [j for j in listed(home) if j.status == DONE][keep:]:
        discard(job)


def _write(path: Path, value: Mapping[str, Any]) -> None:
    draft = path.with_suffix(f".{secrets.token_hex(4)}.part")
    draft.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    os.replace(draft, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value
