"""A node in one file, and back."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from comity.cli import say
from comity.cli.opening import home
from comity.errors import ComityError
from comity.node.home import Home

VARIABLE = "COMITY_PASSPHRASE"


def _passphrase(file: Path | None, *, twice: bool) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    if given := os.environ.get(VARIABLE):
        return given
    return str(click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=twice, err=True))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Read the passphrase from this file; else from {VARIABLE}, else it is asked for.",
)
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
def backup(file: Path, passphrase_file: Path | None, json_: bool) -> None:
    """Write this node into FILE, while it runs: database, keys, files, observations.

    The keys stay encrypted; what opens them lies in FILE under a passphrase. Keep the passphrase apart from the file, and do not lose it.
    """
    from comity.node.backup import make

    here = home()
    zone = ZoneInfo(here.settings().zone)
    phrase = _passphrase(passphrase_file, twice=True)
    with say.progress("Copying", None) as bar:
        made = make(
            here,
            file,
            phrase,
            clock=lambda: datetime.now(zone),
            entropy=os.urandom,
            database=os.environ.get("COMITY_DATABASE", ""),
            tick=lambda name: bar.tick(),
        )
    if json_:
        say.as_json({"file": str(file), "host": made.host, "made": made.made, "parts": len(made.parts), "digests": made.digests})
        return
    say.line(f"{made.host} as of {made.made}: {len(made.parts)} parts, {made.size / 1e6:.1f} MB, in {file}.")
    for mechanism, digest in made.digests.items():
        say.line(f"  {mechanism[:12]} state {digest}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Read the passphrase from this file; else from {VARIABLE}, else it is asked for.",
)
@click.option("--database", default="", help="An empty PostgreSQL database, postgresql://…, if the node kept its record in one.")
def restore(file: Path, folder: Path, passphrase_file: Path | None, database: str) -> None:
    """Make FOLDER the node that FILE holds. Every part is checked, every stored byte too, and the record has to give its old digests."""
    from comity.cli.fsck import Fsck
    from comity.node.backup import restore as put_back
    from comity.node.node import Node
    from comity.record.report import Severity

    def clock() -> datetime:
        return datetime.now().astimezone()

    phrase = _passphrase(passphrase_file, twice=False)
    with say.progress("Restoring", None) as bar:
        made = put_back(file, folder, phrase, clock=clock, entropy=os.urandom, database=database, tick=lambda name: bar.tick())
        check = Fsck(Node(Home(folder), clock=clock, entropy=os.urandom))
        bar.now("Checking")
        for _ in check.run():
            bar.tick()
    wrong = [one for one in check.findings if one.severity is Severity.ERROR]
    for finding in wrong:
        say.line(finding)
    if wrong:
        raise ComityError("Something in the restored node does not hold.", place=str(folder), remedy="It was so when the backup was made.")
    say.line(f"{made.host} as of {made.made} is in {folder}; every byte and every digest holds.")
    if made.party:
        say.note("Let the old node never run again: two nodes that sign in one log fork it.")
        say.note(f"Before anything is signed: COMITY_HOME={folder} comity node exchange --once, so that what was signed later comes back.")
