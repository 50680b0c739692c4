"""The group ``comity``: which commands there are and where they live."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import click

from comity.cli.lazy import LazyGroup, Where

COMMANDS = {
    "verify": Where(
        "comity.cli.verify:verify", "Check an exported record or pouch: bytes, signatures, logs, rules. Needs no node and no network."
    ),
    "record": Where("comity.cli.record:record", "Export a record; prove one act to anybody."),
    "node": Where("comity.cli.node:node", "Make a node and run it: peers, pouches, checks, the server."),
    "demo": Where("comity.cli.demo:demo", "Run the demonstration: invented parliaments on this machine."),
    "texts": Where("comity.cli.texts:texts", "Align and check joint texts in several languages.", "texts"),
    "forums": Where("comity.cli.forums:forums", "Roll calls of forums: agreement, ideal points, positions.", "forums"),
    "press": Where("comity.cli.press:press", "Read press articles into proposals.", "press"),
    "observe": Where("comity.cli.observe:observe", "Keep an observed record from public sources; nobody signs any of it."),
}


def _version() -> str:
    try:
        return version("comity")
    except PackageNotFoundError:
        return "(run from a checkout)"


@click.group(cls=LazyGroup, commands_at=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version=_version(), prog_name="comity")
def main() -> None:
    """Comity keeps one joint record that no side owns.

    COMITY_HOME says in which folder a node keeps its data (default: .comity). Commands that a program would read take --json. Exit
    codes: 0 all is well,
    1 something does not hold or was refused (its place and remedy are on standard error), 2 the command was not understood.
    """
