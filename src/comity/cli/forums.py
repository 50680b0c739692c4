"""The group ``comity forums``: import roll calls, measure agreement and cohesion, list divergences, estimate ideal points, forecast.

Imported forums lie in ``$COMITY_HOME/forums``. Results go to standard output as a table, or with ``--json`` or ``--csv``; ``--parquet
FILE`` writes a file.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from comity.cli.say import as_json, complain, line, note, progress, table
from comity.errors import ComityError, Malformed
from comity.forums import store, tables
from comity.forums.agreement import SHOWN, Agreement, kinds
from comity.forums.cohesion import cohesion as cohesion_of
from comity.forums.divergences import Split
from comity.forums.divergences import divergences as divergences_of
from comity.forums.forecast.forecast import Forecaster
from comity.forums.forecast.similarity import Item
from comity.forums.idealpoints import snapshot
from comity.forums.idealpoints.estimate import ANCHORS, estimate, preview
from comity.forums.idealpoints.prepare import PUBLISHED, RULES, WHOLE_TEXTS, prepare
from comity.forums.importers.generic import import_generic
from comity.forums.importers.longcsv import import_long, is_long_folder
from comity.forums.importers.mapping import Reading, read_mapping
from comity.forums.importers.report import Finding, ImportRefused, ImportReport
from comity.forums.importers.undl import import_undl, is_undl
from comity.forums.invented import invented_assembly
from comity.forums.model import Forum, RollCalls
from comity.forums.views import Unit

UNGA = Forum(
    "unga",
    {"en": "United Nations General Assembly", "ru": "Генеральная Ассамблея Организации Объединённых Наций", "zh": "联合国大会"},
    attribution="Imported by this node's user from the file named in the report; not an official record.",
)


class _Group(click.Group):
    """Says a refusal as one line also where this group is run by itself."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ComityError as error:
            if isinstance(error, ImportRefused):
                _findings("problem", error.report.problems)
            complain(error)
            ctx.exit(1)


@click.group(cls=_Group)
def forums() -> None:
    """Roll calls of multilateral forums: who votes with whom, where they split, what comes next."""


def _home() -> Path:
    return Path(os.environ.get("COMITY_HOME", ".comity")) / "forums"


def _load(forum: str) -> RollCalls:
    return store.load(_home(), forum)


def _outputs[**P](command: Callable[P, None]) -> Callable[P, None]:
    for option in (
        click.option("--parquet", type=click.Path(dir_okay=False, path_type=Path), help="Write a Parquet file."),
        click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output."),
        click.option("--json", "json_", is_flag=True, help="JSON on standard output."),
        click.option("--forum", required=True, help="The forum's short name, such as unga or demo."),
    ):
        command = option(command)
    return command


def _give(rows: tables.Rows, about: dict[str, Any], json_: bool, as_csv: bool, parquet: Path | None) -> None:
    if parquet:
        tables.write_parquet(rows, about, parquet)
        note(f"{len(rows)} rows in {parquet}")
    if json_:
        as_json(about | {"rows": rows})
    elif as_csv:
        tables.write_csv(rows, about, sys.stdout)
    elif not parquet:
        if about["invented"]:
            line(f"INVENTED: {about['name']['en']}. {about['attribution']}")
        shown = tables.columns(rows)
        table(shown, [[_short(r[c]) for c in shown] for r in rows])


def _ticking[T](tick: Callable[[], None], steps: Iterable[T]) -> Iterator[T]:
    for step in steps:
        yield step
        tick()


def _short(value: Any) -> Any:
    return f"{value:.3f}" if isinstance(value, float) else "" if value is None else value


@forums.command("import")
@click.argument("source", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--forum", default="unga", show_default=True, help="The forum's short name.")
@click.option("--name", default="", help="Its name, if it is not the General Assembly.")
@click.option("--layout", type=click.Choice(["auto", "undl", "long", "generic"]), default="auto", show_default=True)
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON file: columns, codes, options, registry."
)
@click.option("--invented", type=int, metavar="SEED", help="Instead of a file: an invented assembly, stored as the forum 'demo'.")
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
def import_(source: Path | None, forum: str, name: str, layout: str, mapping: Path | None, invented: int | None, json_: bool) -> None:
    """Import roll calls from SOURCE: the UN Digital Library's voting file, a folder in the long format, or any CSV by a mapping.

    The file replaces what was imported before, as a whole; if anything is wrong in it nothing changes, and the report names the rows.
    """
    if invented is not None:
        calls = invented_assembly(seed=invented)
        store.save(calls, None, _home())
        line(f"Invented: {len(calls.events)} roll calls of {len(calls.voters)} states, stored as the forum 'demo'.")
        return
    if source is None:
        raise click.UsageError("Name a file or folder, or use --invented SEED.")
    described = UNGA if forum == "unga" else Forum(forum, {"en": name or forum})
    reading = read_mapping(mapping.read_text(encoding="utf-8"), place=mapping.name) if mapping else None
    calls, report = _read(source, described, layout, reading)
    store.save(calls, report, _home())
    if json_:
        as_json(report.to_json() | {"digest": calls.digest})
        return
    span = f"sessions {calls.sessions.min()} to {calls.sessions.max()}"
    line(f"{report.events} roll calls, {report.rows} votes, {report.voters} voters, {span}.")
    _findings("note", report.notes)
    line(f"Official totals that differ from the votes: {len(report.mismatches)} roll calls (kept as they are).")
    for m in report.mismatches[:10]:
        line(f"  {m.event} {m.symbol} (session {m.session}): official {_totals(asdict(m.official))}, votes {_totals(asdict(m.counted))}")


def _totals(totals: dict[str, int | None]) -> str:
    return "/".join("–" if totals[k] is None else str(totals[k]) for k in ("yes", "no", "abstain"))


def _findings(kind: str, found: Sequence[Finding]) -> None:
    for f in found:
        note(f"{kind}: {f.said} {f.what_to_do}".rstrip())
        note("  " + "; ".join(f.places[:6]) + (f"; {f.count} in all" if f.count > 6 else ""))
        for theirs, ours in f.offer.items():
            note(f"  mapping: {theirs} → {ours}")


def _read(source: Path, forum: Forum, layout: str, reading: Reading | None) -> tuple[RollCalls, ImportReport]:
    if layout == "auto":
        if source.is_dir():
            inside = sorted(source.glob("*.csv"))
            layout = "long" if is_long_folder(source) else "undl"
            source = source if layout == "long" or len(inside) != 1 else inside[0]
        else:
            layout = "undl" if is_undl(source) else "generic"
    if layout != "long" and source.is_dir():
        raise Malformed("There is no layout that is known in this folder.", place=str(source), remedy="Name one CSV file.")
    size = source if source.is_file() else source / "votes.csv.gz"
    with progress(f"Reading {source.name}", size.stat().st_size if size.is_file() else None, least=1 << 20) as bar:
        seen = 0

        def watch(done: int, _: int) -> None:
            nonlocal seen
            bar.tick(done - seen)
            seen = done

        if layout == "long":
            return import_long(source, forum, reading, watch)
        return (import_undl if layout == "undl" else import_generic)(source, forum, reading, watch)


@forums.command()
@_outputs
@click.option("--pair", nargs=2, help="Two states, by ISO code, such as CHN RUS.")
@click.option("--all-pairs", is_flag=True, help="Every pair; CSV, unless --json or --parquet is given.")
@click.option("--by", type=click.Choice(["session", "year", "all"]), default="session", show_default=True)
@click.option("--topic", "topics", multiple=True, help="A topic's code; several times for several; 'each' for all.")
@click.option("--measure", default="", help="identical, linear, s, pi, kappa, coincidence, sharp; separated by | or commas.")
@click.option("--unit", type=click.Choice([u.value for u in Unit]), default=Unit.STATE.value, show_default=True)
@click.option("--whole-texts", is_flag=True, help="Leave out votes on paragraphs and amendments.")
@click.option("--seed", default=1, show_default=True, help="Of the bootstrap.")
def agreement(
    forum: str,
    json_: bool,
    as_csv: bool,
    parquet: Path | None,
    pair: tuple[str, str] | None,
    all_pairs: bool,
    by: str,
    topics: tuple[str, ...],
    measure: str,
    unit: str,
    whole_texts: bool,
    seed: int,
) -> None:
    """How often two states vote alike, with n and a 90 % interval; raw and corrected for chance."""
    chosen = kinds([w for w in measure.replace("|", ",").split(",") if w]) or SHOWN
    asked = Agreement(_load(forum), Unit(unit))
    about = tables.heading(asked.calls.forum, input=asked.calls.digest, unit=unit, interval="90 %, over agenda items", seed=seed)
    if all_pairs:
        with progress("All pairs", len(asked.periods(by)), least=5) as bar:
            blocks = _ticking(bar.tick, asked.all_pairs(by=by, measures=chosen, whole_texts=whole_texts or None))
            if parquet:
                note(f"{tables.write_pairs(asked, blocks, about, parquet)} rows in {parquet}")
            elif json_:
                as_json(about | {"rows": list(tables.pair_rows(asked, blocks))})
            else:
                tables.write_csv(tables.pair_rows(asked, blocks), about, sys.stdout)
        return
    if not pair:
        raise click.UsageError("Give --pair A B, or --all-pairs.")
    rows = asked.pair(*pair, by=by, topics=topics, measures=chosen, whole_texts=whole_texts or None, seed=seed, events=json_)
    _give([tables.plain(r) for r in rows], about, json_, as_csv, parquet)


@forums.command()
@_outputs
@click.option("--group", required=True, help="Members, separated by commas.")
@click.option("--by", type=click.Choice(["session", "year", "all"]), default="session", show_default=True)
@click.option("--topic", "topics", multiple=True)
@click.option("--weighted", is_flag=True, help="Count the delegations' weights, if the forum has any.")
@click.option("--whole-texts", is_flag=True)
@click.option("--seed", default=1, show_default=True)
def cohesion(
    forum: str,
    json_: bool,
    as_csv: bool,
    parquet: Path | None,
    group: str,
    by: str,
    topics: tuple[str, ...],
    weighted: bool,
    whole_texts: bool,
    seed: int,
) -> None:
    """How closely a group votes together: Rice and the agreement index of Hix, Noury and Roland."""
    asked = Agreement(_load(forum))
    rows = cohesion_of(asked, group.split(","), by=by, topics=topics, weighted=weighted, whole_texts=whole_texts, seed=seed, events=json_)
    about = tables.heading(asked.calls.forum, input=asked.calls.digest, group=group, interval="90 %, over agenda items", seed=seed)
    _give([tables.plain(r) for r in rows], about, json_, as_csv, parquet)


@forums.command()
@_outputs
@click.option("--group", required=True, help="Two or more states, separated by commas.")
@click.option("--session", "sessions", type=int, multiple=True)
@click.option("--topic", "topics", multiple=True)
@click.option("--absences", is_flag=True, help="List roll calls on which one voted and another did not, too.")
@click.option("--parts", is_flag=True, help="Votes on paragraphs and amendments, too.")
def divergences(
    forum: str,
    json_: bool,
    as_csv: bool,
    parquet: Path | None,
    group: str,
    sessions: tuple[int, ...],
    topics: tuple[str, ...],
    absences: bool,
    parts: bool,
) -> None:
    """Resolutions on which a pair or a group split, with earlier votes on the same item: first, new, recurring or healed."""
    asked = Agreement(_load(forum))
    splits = (Split.OPPOSITE, Split.PARTIAL, *([Split.ABSENT] if absences else []))
    found = divergences_of(asked, group.split(","), sessions=sessions, topics=topics, whole_texts=not parts, kinds=splits)
    rows = [tables.plain(d) for d in found]
    if not json_:
        for row in rows:
            row["vote"], row["before"] = (
                ", ".join(row["votes"]),
                "; ".join(f"{e['session']}: {', '.join(e['votes'])}" for e in row["earlier"][:3]),
            )
            del row["earlier"]
    _give(rows, tables.heading(asked.calls.forum, input=asked.calls.digest, group=group), json_, as_csv, parquet)


@forums.command()
@_outputs
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The same as --parquet.")
@click.option("--rules", type=click.Choice(list(RULES)), help="Which votes count; for unga by default those of the published estimates.")
@click.option("--preview", "quick", is_flag=True, help="The variational approximation, in seconds; marked as such.")
@click.option("--seed", default=1, show_default=True)
@click.option("--chains", default=2, show_default=True, type=click.IntRange(2))
@click.option("--sweeps", default=4000, show_default=True, type=click.IntRange(20))
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1))
@click.option("--high", default="", help="Anchors at the upper end, separated by commas (they set the sign only).")
@click.option("--low", default="", help="Anchors at the lower end.")
def idealpoints(
    forum: str,
    json_: bool,
    as_csv: bool,
    parquet: Path | None,
    out: Path | None,
    rules: str | None,
    quick: bool,
    seed: int,
    chains: int,
    sweeps: int,
    threads: int,
    high: str,
    low: str,
) -> None:
    """Where each member stands, session by session, with 90 % intervals and R-hat. The estimate is kept for the desk."""
    calls = _load(forum)
    anchors = (tuple(high.split(",")), tuple(low.split(","))) if high or low else ANCHORS if forum == "unga" else ((), ())
    o = prepare(calls, RULES[rules] if rules else PUBLISHED if forum == "unga" else WHOLE_TEXTS)
    if quick:
        found = preview(o, high=anchors[0], low=anchors[1])
    else:
        with progress("Sweeps", sweeps) as bar:
            found = estimate(
                o,
                seed=seed,
                chains=chains,
                sweeps=sweeps,
                burn=sweeps // 5,
                high=anchors[0],
                low=anchors[1],
                threads=threads,
                watch=lambda done, _: bar.tick(),
            )
        quality = found.rhat_summary()
        note(f"R-hat: median {quality['median']:.3f}, largest {quality['max']:.3f}, ≤ 1.05 in {quality['share_below_1.05']:.1%} of cells.")
    snapshot.keep(found, _home(), forum)
    _give(found.rows(), tables.heading(calls.forum, **found.about()), json_, as_csv, parquet or out)


@forums.command()
@_outputs
@click.option(
    "--agenda",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV: title, agenda, topics (separated by |).",
)
@click.option("--title", "titles", multiple=True, help="The title of one coming item.")
@click.option("--seat", "seats", multiple=True, help="Whose votes; all members of the last session if none is named.")
@click.option("--session", type=int, help="The coming session; by default the one after the last imported.")
@click.option("--backtest", default="", metavar="FROM-TO", help="Instead: how good forecasts of these sessions would have been.")
def forecast(
    forum: str,
    json_: bool,
    as_csv: bool,
    parquet: Path | None,
    agenda: Path | None,
    titles: tuple[str, ...],
    seats: tuple[str, ...],
    session: int | None,
    backtest: str,
) -> None:
    """Chances of yes, abstain and no for items of a coming agenda, learnt from earlier votes alone."""
    forecaster = Forecaster(_load(forum))
    about = tables.heading(forecaster.calls.forum, input=forecaster.calls.digest)
    if backtest:
        first, _, last = backtest.partition("-")
        sessions = [s for s in forecaster.numbers if int(first) <= s <= int(last or first)]
        with progress("Sessions", len(sessions), least=2) as bar:
            scores = [s for by_method in _ticking(bar.tick, forecaster.backtest(sessions)) for s in by_method]
        _give([tables.plain(s) for s in scores], about, json_, as_csv, parquet)
        return
    items = [Item(t) for t in titles] + (_agenda(agenda) if agenda else [])
    if not items:
        raise click.UsageError("Give --agenda FILE or --title TITLE, or --backtest FROM-TO.")
    wanted = seats or tuple(k for k, there in zip(forecaster.view.keys, forecaster.view.options[-1] != 6, strict=True) if there)
    found = forecaster.predict(items, wanted, session)
    _give([tables.plain(p) | {"likeliest": p.likeliest} for p in found], about, json_, as_csv, parquet)


def _agenda(path: Path) -> list[Item]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or "title" not in rows[0]:
        raise Malformed("An agenda has a column title.", place=f"{path.name} row 1", remedy="Name it so; agenda and topics are optional.")
    return [Item(r["title"], r.get("agenda") or "", tuple(t for t in (r.get("topics") or "").split("|") if t)) for r in rows]
