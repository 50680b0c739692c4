"""``python -m comity.bench.forums``: how fast and how right the forum engine is, on the roll calls beside the checkout or on an invented
assembly.

Every measurement runs in a process of its own, so that time and peak memory are its own; peers (DuckDB) run in the same session where
they are installed. ``--only pairs,pair,sweep,import`` chooses; ``--full`` adds the whole estimate and the backtest, compared with what
was published.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from comity.forums.agreement import Agreement
from comity.forums.forecast.forecast import Forecaster
from comity.forums.idealpoints.estimate import ANCHORS, SWEEPS, Estimate, estimate, preview, start
from comity.forums.idealpoints.kernels import streams
from comity.forums.idealpoints.prepare import PUBLISHED, WHOLE_TEXTS, Observations, prepare
from comity.forums.idealpoints.sampler import Chain, sweep, votes
from comity.forums.importers.longcsv import import_long
from comity.forums.importers.undl import import_undl
from comity.forums.invented import invented_assembly
from comity.forums.measures import Measure
from comity.forums.model import Forum, Option, RollCalls
from comity.forums.pairs import Packed, all_pairs, measure_all
from comity.forums.views import Unit, view

SHARED = Path(__file__).parents[4] / "shared" / "data" / "unga"
UNGA = Forum("unga", {"en": "United Nations General Assembly"})
R_SWEEP = 0.61
"""Seconds a sweep of the published R sampler took on sessions 1–74 (measured once on a like machine, 2 cores; R is not run here)."""

type Found = dict[str, Any]


def _calls() -> RollCalls:
    return import_long(SHARED, UNGA)[0] if SHARED.is_dir() else invented_assembly(seed=1, sessions=60, states=52, items=60)


def _prepared(calls: RollCalls) -> Observations:
    return prepare(calls, PUBLISHED if calls.forum.id == "unga" else WHOLE_TEXTS)


def _best(work: Callable[[], Any], times: int = 5) -> tuple[float, float]:
    """Least wall and CPU seconds of several runs, after one to warm up."""
    work()
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return min(walls), min(cpus)


def all_pairs_ours() -> Found:
    """Linear agreement of all pairs in every session, packing included."""
    calls = _calls()
    options = view(calls, Unit.CODE).options
    sessions = [np.flatnonzero((calls.sessions == s) & calls.contested) for s in np.unique(calls.sessions)]
    first, second = all_pairs(options.shape[1])
    wall, cpu = _best(lambda: measure_all(int(Measure.LINEAR), Packed(options, sessions).tables(first, second)))
    return {"wall": wall, "cpu": cpu}


def all_pairs_duckdb() -> Found:
    """The same by a self-join."""
    import duckdb
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

    calls = _calls()
    options = view(calls, Unit.CODE).options
    event, unit = np.nonzero((options >= 1) & (options <= 3) & calls.contested[:, None])
    votes = pa.table({"event": event, "unit": unit, "session": calls.sessions[event], "vote": options[event, unit].astype(np.int64)})
    connection = duckdb.connect()
    connection.register("arrow_votes", votes)
    connection.execute("CREATE TABLE votes AS SELECT * FROM arrow_votes")
    query = (
        "SELECT a.session, a.unit, b.unit, avg(1 - abs(a.vote - b.vote) / 2.0), count(*) FROM votes a JOIN votes b"
        " ON a.event = b.event AND a.unit < b.unit GROUP BY ALL"
    )
    wall, cpu = _best(lambda: connection.execute(query).to_arrow_table(), 2)
    return {"wall": wall, "cpu": cpu, "version": duckdb.__version__}


def one_pair() -> Found:
    """One pair by topic and year, linear and κ, with n and bootstrap intervals, from roll calls that are in memory."""
    calls = _calls()
    agreement = Agreement(calls)
    pair = ("CHN", "RUS") if calls.forum.id == "unga" else ("ARV", "KEL")
    wall, cpu = _best(lambda: agreement.pair(*pair, by="year", topics=["each", "all"], measures=[Measure.LINEAR, Measure.KAPPA]))
    return {"wall": wall, "cpu": cpu}


def gibbs_sweep() -> Found:
    """One sweep of one chain on one core; one variational preview."""
    o = _prepared(_calls())
    laid = votes(o)
    begun = start(o, *ANCHORS)
    theta = begun.theta[laid.place]
    chain = Chain(theta, theta.copy(), begun.beta, begun.low, begun.high, np.full(o.items, 0.2), streams(1, 0))

    def ten() -> None:
        for _ in range(10):
            sweep(laid, chain, 0.0)

    wall, cpu = _best(ten, 3)
    shown, _ = _best(lambda: preview(o), 1)
    return {"wall": wall / 10, "cpu": cpu / 10, "votes": len(o.y), "preview_wall": shown}


def write_official(path: Path, megabytes: float = 400) -> int:
    """A file in the official layout, made from the roll calls at hand (copies with new ids until it is large enough). Returns its rows."""
    calls = _calls()
    letters = {Option.YES: "Y", Option.NO: "N", Option.ABSTAIN: "A", Option.ABSENT: "X", Option.UNKNOWN: "X"}
    seen = view(calls, Unit.STATE)
    whole = np.flatnonzero(calls.whole_texts)
    names = [f"{key},{seen.name(u).upper().replace(',', '')}" for u, key in enumerate(seen.keys)]
    header = (
        "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,vote_note,"
        "total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n"
    )
    rows, copy = 0, 0
    with path.open("w", encoding="utf-8") as out:
        out.write(header)
        while out.tell() < megabytes * 1_000_000:
            for i in whole:
                e = calls.events[i]
                key = f"{copy}{i:07}"
                present = np.flatnonzero(seen.options[i] != Option.NOT_MEMBER)
                count = [int((seen.options[i] == o).sum()) for o in (Option.YES, Option.NO, Option.ABSTAIN)]
                totals = ",".join(f"{n}.0" for n in (*count, len(present) - sum(count), len(present)))
                plain = e.title[:110].replace('"', "'").replace("\n", " ")
                title = f'"{plain} : resolution / adopted by the General Assembly"'
                about = (
                    f",{e.date},{e.session},A/RES/{e.session}/{i},A/{e.session}/L.{i},A/{e.session}/{i % 600},A/PV.{i},{title},"
                    f'"{plain[:60]} -- {e.session}","SUBJECT {i % 40}|SUBJECT {i % 9}",,{totals},https://digitallibrary.example/record/{key}\n'
                )
                out.write("".join(f"{key},{names[u]},{letters[Option(seen.options[i, u])]}{about}" for u in present))
                rows += len(present)
                if out.tell() >= megabytes * 1_000_000:
                    break
            copy += 1
    return rows


def import_ours(path: str) -> Found:
    """Read, resolve, check and build."""
    wall, cpu = time.perf_counter(), time.process_time()
    _, report = import_undl(Path(path), UNGA)
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "rows": report.rows}


def import_duckdb(path: str) -> Found:
    """DuckDB's own reading of the same file into a table."""
    import duckdb

    wall, cpu = time.perf_counter(), time.process_time()
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE t AS SELECT * FROM read_csv('{path}', header = true, all_varchar = true)")  # noqa: S608  # our own path
    rows = connection.execute("SELECT count(*) FROM t").fetchall()[0][0]
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "rows": rows}


def full_estimate(sweeps: str = str(SWEEPS), threads: str = "2") -> Found:
    """Two chains over all sessions, compared with the published points of sessions 1–60."""
    calls = _calls()
    o = _prepared(calls)
    wall, cpu = time.perf_counter(), time.process_time()
    found = estimate(o, seed=1, sweeps=int(sweeps), high=ANCHORS[0], low=ANCHORS[1], threads=int(threads))
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "sweeps": int(sweeps), "rhat": found.rhat_summary()}
    return took | (against_published(found) if calls.forum.id == "unga" else {})


def against_published(found: Estimate) -> Found:
    """Pooled r, r within sessions, and the ratio of interval widths, against the estimates of April 2020."""
    with gzip.open(SHARED / "ideal_points_apr2020_s1_60.csv.gz", "rt") as file:
        table = {
            (r["ccode"], int(r["session"])): [float(r[c]) for c in ("n_votes", "ideal_point", "q5", "q95")] for r in csv.DictReader(file)
        }
    o = found.observations
    names = [(o.view.keys[u], int(s)) for u, s in zip(o.unit, o.session, strict=True)]
    cells = [c for c, n in enumerate(names) if n in table]
    theirs, session = np.array([table[names[c]] for c in cells]), o.session[cells]
    within = [np.corrcoef(found.mean[cells][session == s], theirs[session == s, 1])[0, 1] for s in np.unique(session)]
    return {
        "n_votes_equal": float((o.n_votes[cells] == theirs[:, 0]).sum() / len(table)),
        "pooled_r": float(np.corrcoef(found.mean[cells], theirs[:, 1])[0, 1]),
        "within_median": float(np.median(within)),
        "within_min": float(min(within)),
        "width_ratio": float(np.median((found.q95 - found.q5)[cells] / (theirs[:, 3] - theirs[:, 2]))),
    }


def backtest() -> Found:
    """Every session from the 60th, each from what came before it."""
    forecaster = Forecaster(_calls())
    sessions = [s for s in forecaster.numbers if s >= 60] or forecaster.numbers[-5:]
    rows = []
    for scores in forecaster.backtest(sessions):
        kept = ("accuracy", "brier", "non_yes_recall", "calibration")
        rows.append({"session": scores[0].session} | {f"{s.method} {k}": round(getattr(s, k), 4) for s in scores for k in kept})
    above = sum(r["forecast accuracy"] > r["last vote accuracy"] and r["forecast brier"] < r["last vote brier"] for r in rows)
    return {"sessions": len(rows), "above_baseline": above, "rows": rows}


WORK: dict[str, Callable[..., Found]] = {
    f.__name__: f for f in (all_pairs_ours, all_pairs_duckdb, one_pair, gibbs_sweep, import_ours, import_duckdb, full_estimate, backtest)
}


def apart(name: str, *words: str) -> Found:
    """Run one measurement in its own process; adds its peak memory in MB."""
    command = [sys.executable, "-m", "comity.bench.forums", "--work", name, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"NUMBA_NUM_THREADS": "2"})
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:] or ["no message"]}
    found: Found = json.loads(done.stdout)
    return found


def measure(only: set[str], full: bool, megabytes: int) -> Found:
    """The chosen measurements."""
    peer = find_spec("duckdb") is not None
    out: Found = {"data": "unga sessions 1-72" if SHARED.is_dir() else "invented", "load": os.getloadavg()[0]}
    if "pairs" in only:
        out["all pairs"] = apart("all_pairs_ours")
        if peer:
            out["all pairs, duckdb"] = apart("all_pairs_duckdb")
            out["all pairs ratio (cpu)"] = _ratio(out["all pairs, duckdb"], out["all pairs"], "cpu")
    if "pair" in only:
        out["one pair by topic and year"] = apart("one_pair")
    if "sweep" in only:
        out["gibbs sweep"] = apart("gibbs_sweep")
        out["gibbs sweep ratio to the R sampler"] = round(R_SWEEP / out["gibbs sweep"].get("wall", float("nan")), 1)
    if "import" in only:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "official.csv"
            out["import rows"] = write_official(path, megabytes)
            out["import"] = apart("import_ours", str(path))
            if peer:
                out["import, duckdb"] = apart("import_duckdb", str(path))
                out["import ratio (wall)"] = _ratio(out["import"], out["import, duckdb"], "wall")
                out["import ratio (cpu)"] = _ratio(out["import"], out["import, duckdb"], "cpu")
    if full:
        out["full estimate"] = apart("full_estimate")
        out["forecast"] = apart("backtest")
    return out


def _ratio(a: Found, b: Found, of: str) -> float:
    return round(float(a.get(of, "nan")) / float(b.get(of, "nan")), 2)


def main() -> None:
    """Print the measurements as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="pairs,pair,sweep,import")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        found = WORK[asked.work[0]](*asked.work[1:])
        print(json.dumps(found | {"peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}))
    else:
        print(json.dumps(measure(set(asked.only.split(",")), asked.full, asked.megabytes), indent=1))


if __name__ == "__main__":
    main()
