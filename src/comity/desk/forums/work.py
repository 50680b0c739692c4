"""``python -m comity.desk.forums.work FOLDER KEY``: do one job of :mod:`comity.desk.forums.jobs`, and write what came of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comity.desk.forums import jobs
from comity.desk.forums.jobs import DONE, FAILED, REFUSED, RUNNING, Job
from comity.errors import ComityError, Malformed

type Progress = Callable[[int, int], None]
PAUSE = 0.3  # seconds between two words on how far it is


def main() -> int:
    home, key = Path(sys.argv[1]), sys.argv[2]
    job = jobs.read(home, key)
    if job is None:
        return 1
    if hasattr(os, "nice"):
        os.nice(5)
    work = {"import": _import, "points": _points, "forecast": _forecast}[job.kind]
    try:
        jobs.say(job.folder, status=DONE, **work(home, job, _watch(job)))
    except ComityError as error:
        report = getattr(error, "report", None)
        told = {"template": error.template, "remedy": error.remedy_template, "place": error.place}
        details = {name: str(value) for name, value in error.details.items()}
        jobs.say(job.folder, status=REFUSED, error=told | {"details": details}, report=report.to_json() if report else None)
    except Exception as error:
        traceback.print_exc()
        jobs.say(job.folder, status=FAILED, why=f"{type(error).__name__}: {error}")
    return 0


def _watch(job: Job) -> Progress:
    last = 0.0

    def watch(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > PAUSE:
            last = time.monotonic()
            jobs.say(job.folder, status=RUNNING, done=done, total=total)

    return watch


def _import(home: Path, job: Job, watch: Progress) -> dict[str, Any]:
    from comity.forums import store
    from comity.forums.importers.dropped import read_dropped
    from comity.forums.importers.mapping import read_mapping
    from comity.forums.model import Forum

    wanted = job.wanted
    source = Path(wanted["source"]) if wanted.get("source") else job.folder / "in"
    reading = read_mapping(json.dumps(wanted["mapping"]), place="mapping") if wanted.get("mapping") else None
    forum = Forum(wanted["forum"], wanted["names"], attribution=wanted.get("attribution", ""))
    calls, report = read_dropped(source, forum, reading, watch)
    store.save(calls, report, home)
    shutil.rmtree(job.folder / "in", ignore_errors=True)
    return {"events": report.events, "rows": report.rows, "mismatches": len(report.mismatches)}


def _points(home: Path, job: Job, watch: Progress) -> dict[str, Any]:
    from comity.forums import store
    from comity.forums.idealpoints import snapshot
    from comity.forums.idealpoints.estimate import ANCHORS, estimate, preview
    from comity.forums.idealpoints.prepare import PUBLISHED, WHOLE_TEXTS, prepare

    calls = store.load(home, job.forum)
    official = job.forum == "unga"
    high, low = ANCHORS if official else ((), ())
    seen = prepare(calls, PUBLISHED if official else WHOLE_TEXTS)
    sweeps = int(job.wanted["sweeps"])
    jobs.say(job.folder, status=RUNNING, done=0, total=sweeps)
    snapshot.keep(preview(seen, high=high, low=low), home, job.forum)  # something to look at meanwhile, marked as such
    found = estimate(seen, seed=int(job.wanted["seed"]), sweeps=sweeps, high=high, low=low, watch=watch)
    snapshot.keep(found, home, job.forum)
    return {"rhat": found.rhat_summary()}


def _forecast(home: Path, job: Job, watch: Progress) -> dict[str, Any]:
    from comity.forums import store
    from comity.forums.forecast.forecast import Forecaster
    from comity.forums.forecast.similarity import Item

    calls = store.load(home, job.forum)
    watch(1, 3)
    items = [Item(i["title"], i.get("agenda", ""), tuple(i.get("topics", ()))) for i in job.wanted["items"]]
    found = Forecaster(calls).predict(items, job.wanted["seats"], int(job.wanted["session"]))
    watch(2, 3)
    rows = [{"title": p.title, "seat": p.seat, "yes": p.yes, "abstain": p.abstain, "no": p.no, "last": p.last} for p in found]
    keep = forecasts(home, job.forum)
    keep.mkdir(exist_ok=True)
    name = forecast_name(calls.digest, job.wanted["items"], job.wanted["seats"], int(job.wanted["session"]))
    (keep / name).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return {"rows": len(rows)}


def forecasts(home: Path, forum: str) -> Path:
    """Where forecasts from the roll calls in use are kept; they go with them."""
    from comity.forums import store

    return store.in_use(home, forum) / "forecasts"


def forecast_name(digest: str, items: list[dict[str, Any]], seats: list[str], session: int) -> str:
    """The file of a forecast: by everything that it was made from."""
    made_from = json.dumps([digest, items, seats, session], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(made_from.encode()).hexdigest()[:24] + ".json"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Malformed as error:
        sys.exit(str(error))
