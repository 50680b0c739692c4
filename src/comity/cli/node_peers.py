"""Other nodes: introductions, and the exchange over the network."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from comity.cli import say
from comity.cli.desk_tables import mirrored
from comity.cli.opening import open_node
from comity.errors import ComityError
from comity.node.cards import read_card

MAX_CARD = 262_144


@click.command()
@click.argument("card", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def introduce(card: Path) -> None:
    """Remember the node whose introduction CARD was received in person.

    Compare the printed SHA-256 aloud with the other side: whoever's card you take is whom you will believe.
    """
    with card.open("rb") as source:
        data = source.read(MAX_CARD + 1)
    read = read_card(data)
    open_node().introduce(read)
    say.line(f"{read.party} at {read.host} is introduced{' (demonstration)' if read.demonstration else ''}.")
    say.line(f"Compare aloud: SHA-256 of its first key root {read.fingerprint}")


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
def peers(json_: bool) -> None:
    """Who was introduced, where each is reached, when last, and what is wrong."""
    node = open_node()
    rows = [_peer(one) for one in node.store.peers()]
    if json_:
        say.as_json(rows)
    elif not rows:
        say.line("Nobody was introduced yet: comity node introduce CARD.")
    else:
        columns = ("party", "host", "address", "last reached", "trouble", "SHA-256 of its first key root")
        say.table(
            columns,
            [[r["party"], r["host"], r["address"] or "by pouch", r["reached"] or "never", r["trouble"] or "", r["root"]] for r in rows],
        )


def _peer(row: Mapping[str, Any]) -> dict[str, Any]:
    reached = row["last_reached"]
    return {
        "party": read_card(str(row["card"]).encode()).party,
        "host": row["host"],
        "address": row["address"],
        "root": row["root"],
        "paused": bool(row["paused"]),
        "reached": datetime.fromtimestamp(reached, UTC).isoformat() if reached else None,
        "trouble": str(ComityError.from_json(row["trouble"])) if row["trouble"] else None,
    }


@click.command()
@click.option("--once", is_flag=True, help="One round with every peer, then stop; exit code 1 if one of them could not be reached.")
def exchange(once: bool) -> None:
    """Exchange with all peers over the network, until Ctrl-C. `comity node serve` does this by itself."""
    from comity.node.exchange import Exchange, Worker

    node = mirrored(open_node())
    if once:
        arrived = Exchange(node).round(at_once=True, tell=True)
        say.line(f"{arrived} new entries.")
        troubled = [one for one in node.store.peers() if one["trouble"]]
        for one in troubled:
            say.note(f"{one['host']}: {ComityError.from_json(one['trouble'])}")
        raise click.exceptions.Exit(1 if troubled else 0)
    worker = Worker(node)
    if not worker.start():
        raise ComityError("Another process of this node exchanges already.", place=str(node.home.folder), remedy="Leave it to that one.")
    say.note("Exchanging; Ctrl-C stops it.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        worker.stop()
