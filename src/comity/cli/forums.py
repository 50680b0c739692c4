"""The group ``comity forums``: import roll calls, measure agreement and cohesion, list divergences, estimate ideal points, forecast.

Imported forums lie in ``$COMITY_HOME/forums``. Results go to standard output as a table, or with ``--json`` or ``--csv``; ``--parquet
FILE`` writes a file.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from comity.cli.forums_blocs import blocs
from comity.cli.forums_import import home, import_, say_findings
from comity.cli.say import as_json, complain, line, note, progress, table
from comity.errors import ComityError, Malformed
from comity.forums import store, tables
from comity.forums.agreement import SHOWN, Agreement, kinds
from comity.forums.blocs import Group, held, named
from comity.forums.cohesion import cohesion as cohesion_of
from comity.forums.divergences import Split
from comity.forums.divergences import divergences as divergences_of
from comity.forums.forecast.forecast import Forecaster
from comity.forums.forecast.similarity import Item
from comity.forums.idealpoints import snapshot
from comity.forums.idealpoints.estimate import ANCHORS, SWEEPS, estimate, preview
from comity.forums.idealpoints.prepare import PUBLISHED, RULES, WHOLE_TEXTS, prepare
from comity.forums.importers.report import ImportRefused
from comity.forums.model import RollCalls
from comity.forums.views import Unit, changes


class _Group(click.Group):
    """Says a refusal as one line also where this group is run by itself."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ComityError as error:
            if isinstance(error, ImportRefused):
                say_findings("problem", error.report.problems)
            complain(error)
            ctx.exit(1)


@click.group(cls=_Group)
def forums() -> None:
    """Roll calls of multilateral forums: who votes with whom, where they split, what comes next."""


forums.add_command(import_)
forums.add_command(blocs)


def _load(forum: str) -> RollCalls:
    return store.load(home(), forum)


def _outputs[**P](command: Callable[P, None]) -> Callable[P, None]:
    for option in (
        click.option("--parquet", type=click.Path(dir_okay=False, path_type=Path), help="Write a Parquet file."),
        click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output."),
        click.option("--json", "json_", is_flag=True, help="JSON on standard output."),
        click.option("--forum", required=True, help="The forum's short name, such as unga or demo."),
    ):
        command = option(command)
    return command


_unit = click.option(
    "--unit",
    type=click.Choice([u.value for u in Unit]),
    default=Unit.SEAT.value,
    show_default=True,
    help="What a name stands for: a seat (continuous), a state (dated) or a code of the source.",
)


def _changes(asked: Agreement, names: Sequence[str]) -> list[dict[str, str]]:
    """Where one state followed another in what was asked for; said on standard error, and kept beside the numbers."""
    found = []
    for unit in dict.fromkeys(asked.view.find(name) for name in names):
        for c in changes(asked.calls, asked.view, unit):
            found.append({asked.unit.value: asked.view.keys[unit], "before": c.before.state, "after": c.after.state, "day": c.day})
            note(f"The {asked.unit.value} {asked.view.keys[unit]} passed from {c.before.state} to {c.after.state} on {c.day}.")
    return found


def _group(forum: str, asked: str) -> Group:
    """The bloc of this name, with the days of its memberships; else the members named one by one."""
    return named(held(home(), forum), asked) or [w for w in asked.split(",") if w.strip()]


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


@forums.command()
@_outputs
@click.option("--pair", nargs=2, help="Two states, by ISO code, such as CHN RUS.")
@click.option("--all-pairs", is_flag=True, help="Every pair; CSV, unless --json or --parquet is given.")
@click.option("--by", type=click.Choice(["session", "year", "all"]), default="session", show_default=True)
@click.option("--topic", "topics", multiple=True, help="A topic's code; several times for several; 'each' for all.")
@click.option("--measure", default="", help="identical, linear, s, pi, kappa, coincidence, sharp; separated by | or commas.")
@_unit
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
    about |= {"changes": _changes(asked, pair)}
    rows = asked.pair(*pair, by=by, topics=topics, measures=chosen, whole_texts=whole_texts or None, seed=seed, events=json_)
    _give([tables.plain(r) for r in rows], about, json_, as_csv, parquet)


@forums.command()
@_outputs
@click.option("--group", required=True, help="Members, separated by commas; or the name of a bloc (see comity forums blocs).")
@_unit
@click.option("--by", type=click.Choice(["session", "year", "all"]), default="session", show_default=True)
@click.option("--topic", "topics", multiple=True)
@click.option("--weighted", is_flag=True, help="Count the delegations' weights, if the forum has any.")
@click.option("--whole-texts", is_flag=True)
@click.option("--seed", default=1, show_default=True)
def cohesion(
    forum: str,
    unit: str,
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
    asked = Agreement(_load(forum), Unit(unit))
    rows = cohesion_of(
        asked, _group(forum, group), by=by, topics=topics, weighted=weighted, whole_texts=whole_texts, seed=seed, events=json_
    )
    about = tables.heading(
        asked.calls.forum, input=asked.calls.digest, unit=unit, group=group, interval="90 %, over agenda items", seed=seed
    )
    _give([tables.plain(r) for r in rows], about, json_, as_csv, parquet)


@forums.command()
@_outputs
@click.option("--group", required=True, help="Two or more members, separated by commas; or the name of a bloc.")
@_unit
@click.option("--session", "sessions", type=int, multiple=True)
@click.option("--topic", "topics", multiple=True)
@click.option("--absences", is_flag=True, help="List roll calls on which one voted and another did not, too.")
@click.option("--parts", is_flag=True, help="Votes on paragraphs and amendments, too.")
def divergences(
    forum: str,
    unit: str,
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
    asked = Agreement(_load(forum), Unit(unit))
    splits = (Split.OPPOSITE, Split.PARTIAL, *([Split.ABSENT] if absences else []))
    found = divergences_of(asked, _group(forum, group), sessions=sessions, topics=topics, whole_texts=not parts, kinds=splits)
    rows = [tables.plain(d) for d in found]
    if not json_:
        for row in rows:
            row["vote"], row["before"] = (
                ", ".join(row["votes"]),
                "; ".join(f"{e['session']}: {', '.join(e['votes'])}" for e in row["earlier"][:3]),
            )
            del row["earlier"]
    _give(rows, tables.heading(asked.calls.forum, input=asked.calls.digest, unit=unit, group=group), json_, as_csv, parquet)


@forums.command()
@_outputs
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The same as --parquet.")
@click.option("--rules", type=click.Choice(list(RULES)), help="Which votes count; for unga by default those of the published estimates.")
@click.option("--preview", "quick", is_flag=True, help="The variational approximation, in seconds; marked as such.")
@click.option("--seed", default=1, show_default=True)
@click.option("--chains", default=2, show_default=True, type=click.IntRange(2))
@click.option("--sweeps", default=SWEEPS, show_default=True, type=click.IntRange(20))
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
                high=anchors[0],
                low=anchors[1],
                threads=threads,
                watch=lambda done, _: bar.tick(),
            )
        quality = found.rhat_summary()
        note(f"R-hat: median {quality['median']:.3f}, largest {quality['max']:.3f}, ≤ 1.05 in {quality['share_below_1.05']:.1%} of cells.")
    snapshot.keep(found, home(), forum)
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
