"""``comity forums import``: roll calls from a file or a folder, its report, its mapping; and where imported forums lie."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from comity.cli.say import as_json, line, note, progress
from comity.errors import Malformed
from comity.forums import store
from comity.forums.importers.generic import import_generic
from comity.forums.importers.longcsv import import_long, is_long_folder
from comity.forums.importers.mapping import Reading, read_mapping
from comity.forums.importers.report import Finding, ImportReport
from comity.forums.importers.undl import import_undl, is_undl
from comity.forums.invented import invented_assembly
from comity.forums.model import Forum, RollCalls

UNGA = Forum(
    "unga",
    {"en": "United Nations General Assembly", "ru": "Генеральная Ассамблея Организации Объединённых Наций", "zh": "联合国大会"},
    attribution="Imported by this node's user from the file named in the report; not an official record.",
)


def home() -> Path:
    """The folder of imported forums: ``$COMITY_HOME/forums``."""
    return Path(os.environ.get("COMITY_HOME", ".comity")) / "forums"


@click.command("import")
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
        store.save(calls, None, home())
        line(f"Invented: {len(calls.events)} roll calls of {len(calls.voters)} states, stored as the forum 'demo'.")
        return
    if source is None:
        raise click.UsageError("Name a file or folder, or use --invented SEED.")
    described = UNGA if forum == "unga" else Forum(forum, {"en": name or forum})
    reading = read_mapping(mapping.read_text(encoding="utf-8"), place=mapping.name) if mapping else None
    calls, report = _read(source, described, layout, reading)
    store.save(calls, report, home())
    if json_:
        as_json(report.to_json() | {"digest": calls.digest})
        return
    span = f"sessions {calls.sessions.min()} to {calls.sessions.max()}"
    line(f"{report.events} roll calls, {report.rows} votes, {report.voters} voters, {span}.")
    say_findings("note", report.notes)
    line(f"Official totals that differ from the votes: {len(report.mismatches)} roll calls (kept as they are).")
    for m in report.mismatches[:10]:
        line(f"  {m.event} {m.symbol} (session {m.session}): official {_totals(asdict(m.official))}, votes {_totals(asdict(m.counted))}")


def _totals(totals: dict[str, int | None]) -> str:
    return "/".join("–" if totals[k] is None else str(totals[k]) for k in ("yes", "no", "abstain"))


def say_findings(kind: str, found: Sequence[Finding]) -> None:
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
