"""``comity demo``: three nodes with an invented committee, to open in a browser."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".comity/demo"),
    show_default=True,
    help="Where the nodes are kept.",
)
@click.option("--port", type=click.IntRange(1024, 65000), default=8400, show_default=True, help="The first of three ports.")
@click.option("--only-make", is_flag=True, help="Make the nodes and their record, start nothing.")
def demo(folder: Path, port: int, only_make: bool) -> None:
    """Make and start the demonstration: two parliaments and an observer, all invented, on this machine."""
    from comity.cli.demo.run import free_ports, prepare, run

    if only_make:
        prepare(folder.resolve(), free_ports(port))
    else:
        run(folder.resolve(), port)
