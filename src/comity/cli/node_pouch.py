"""Pouches: the record by hand, and what was refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli import say
from comity.cli.desk_tables import mirrored
from comity.cli.opening import open_node, the_mechanism, today
from comity.node.carriers import receive_pouch, write_pouch
from comity.node.told import told


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("mechanism", required=False)
def pouch(out: Path, mechanism: str | None) -> None:
    """Write a mechanism's whole record into OUT, a zip file, for another party of it.

    MECHANISM is the beginning of its id; it may be left out if there is only one. The pouch holds everything, also what is not
    public: for anybody who is
    not a party, use `comity record export --public`.
    """
    node = open_node()
    found = the_mechanism(node, mechanism)
    write_pouch(node.record(found), out, today(node))
    say.line(f"{out} holds the whole record of {found}. Hand it to a party of the mechanism only.")


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
def take(path: Path, json_: bool) -> None:
    """Take in the pouch (.zip) or folder at PATH: in any order, any number of times.

    Its manifests are checked before anything is taken in; what does not hold is refused, listed (`comity node refused`) and changes
    nothing.
    """
    node = mirrored(open_node())
    got = receive_pouch(node, path)
    digest = node.replica(got.mechanism).ledger.digest()
    if json_:
        say.as_json(
            {
                "mechanism": got.mechanism,
                "entries": got.entries,
                "acts": got.statements,
                "files": len(got.files),
                "missing_files": got.missing_files,
                "forks": got.forks,
                "digest": digest,
            }
        )
        return
    say.line(f"Mechanism {got.mechanism}: {got.entries} new entries, {got.statements} new acts, {len(got.files)} new files.")
    for fork in got.forks:
        say.line(f"The log {fork} has forked: its party signed two histories. Both are kept; all parties open its successor.")
    if got.missing_files:
        say.line(f"{len(got.missing_files)} files that acts name were not in it.")
    say.line(f"State {digest}")


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
def refused(json_: bool) -> None:
    """What was refused here, latest first, with its place and remedy."""
    rows = [
        {
            **{key: row[key] for key in ("source", "kind", "place")},
            **{"message": error.message, "remedy": error.remedy},
            "at": datetime.fromtimestamp(row["at"], UTC).isoformat(),
        }
        for row in open_node().store.refusals()
        for error in [told(row)]
    ]
    if json_:
        say.as_json(rows)
    elif not rows:
        say.line("Nothing was refused.")
    else:
        say.table(
            ("when", "from", "place", "what", "remedy"), [[r["at"], r["source"], r["place"], r["message"], r["remedy"]] for r in rows]
        )
