"""``comity forums blocs``: groups that are named once and then asked for by their name, with the days of each membership."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from comity.cli.forums_import import home
from comity.cli.say import as_json, line, table
from comity.errors import Malformed
from comity.forums import store
from comity.forums.blocs import held, keep, merged, named, read, text_of, to_csv
from comity.forums.views import Unit, view


@click.command()
@click.option("--forum", required=True, help="The forum's short name, such as unga or demo.")
@click.option(
    "--take",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take in a CSV: bloc, member and, if you like, from, until, source. Blocs of the same name are replaced.",
)
@click.option("--remove", default="", metavar="NAME", help="Remove the bloc of this name.")
@click.option("--csv", "as_csv", is_flag=True, help="The blocs as CSV on standard output, as --take reads it.")
@click.option("--json", "json_", is_flag=True, help="The blocs as JSON on standard output.")
def blocs(forum: str, take: Path | None, remove: str, as_csv: bool, json_: bool) -> None:
    """The blocs that are named for a forum. They stay on this node; a name can stand for --group in the other commands."""
    kept = held(home(), forum)
    if take:
        seats = view(store.load(home(), forum), Unit.SEAT)
        text = text_of(take.read_bytes(), take.name)
        kept = merged(kept, read(text, take.name, lambda code: seats.keys[seats.find(code)]))
        keep(home(), forum, kept)
    if remove:
        gone = named(kept, remove)
        if gone is None:
            known = ", ".join(b.name for b in kept) or "none"
            raise Malformed("There is no bloc {name} here.", place="--remove", remedy="Use one of: {known}.", name=remove, known=known)
        kept = [b for b in kept if b is not gone]
        keep(home(), forum, kept)
    if as_csv:
        sys.stdout.write(to_csv(kept))
    elif json_:
        as_json([asdict(b) for b in kept])
    elif kept:
        table(["bloc", "members", "source"], [[b.name, ", ".join(b.members), b.source] for b in kept])
    else:
        line("No bloc is named for this forum. Take in a CSV: comity forums blocs --forum FORUM --take FILE.")
