"""Making a node and introducing it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from comity.cli import say
from comity.cli.opening import home, open_node
from comity.errors import ComityError
from comity.node.cards import Card, read_card
from comity.node.home import Settings
from comity.record.keys import SigningKey
from comity.record.root import make_root
from comity.terms.names import Name


@click.command()
@click.option("--party", default="", help="The party's short id, e.g. arvena; leave it out for an observer, who signs nothing.")
@click.option("--host", required=True, help="The node's host-like name, e.g. arvena.example; part of its logs' names for ever.")
@click.option(
    "--name", "names", multiple=True, required=True, metavar="LANG=TEXT", help="The parliament's name in a language; repeat for each."
)
@click.option("--officers", type=click.IntRange(1, 50), default=1, show_default=True, help="How many officers' keys to make.")
@click.option("--threshold", type=click.IntRange(1, 50), default=1, show_default=True, help="How many officers have to sign an act.")
@click.option("--address", default="", help="Where peers reach it, e.g. https://record.arvena.example; none if by pouch only.")
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The TLS certificate (PEM) of that address; peers accept no other.",
)
@click.option("--zone", default="UTC", show_default=True, help="IANA time zone, e.g. Europe/Berlin.")
@click.option("--database", default="", help="postgresql://… instead of SQLite in the node's folder.")
@click.option("--demonstration", is_flag=True, help="Mark its keys as demonstration everywhere.")
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
def init(
    party: str,
    host: str,
    names: tuple[str, ...],
    officers: int,
    threshold: int,
    address: str,
    certificate: Path | None,
    zone: str,
    database: str,
    demonstration: bool,
    json_: bool,
) -> None:
    """Make a node in COMITY_HOME: its folder, its keys, its first key root.

    Example: comity node init --party arvena --host arvena.example --name 'en=National Assembly of Arvena' --name zh-Hans=阿尔维纳国民议会
    """
    from comity.node.setup import make_node

    settings = Settings(
        host,
        party,
        [read_name(one) for one in names],
        database=database,
        address=address,
        certificate=certificate.read_text(encoding="ascii") if certificate else "",
        zone=zone,
        demonstration=demonstration,
    )
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ComityError("No time zone of that name.", place="--zone", remedy="Write e.g. Europe/Berlin.") from None
    _check(settings)
    here = home()
    keyids = make_node(here.folder, settings, officers=officers, threshold=threshold, clock=lambda: datetime.now(UTC), entropy=os.urandom)
    from comity.node.setup import own_card

    fingerprint = own_card(open_node()).fingerprint if party else ""
    if json_:
        say.as_json({"home": str(here.folder), "party": party, "officers": keyids, "root": fingerprint})
        return
    say.line(f"A node of {party or 'an observer'} is in {here.folder}.")
    for keyid in keyids:
        say.line(f"  officer's key {keyid}")
    if fingerprint:
        say.line(f"  first key root, SHA-256 {fingerprint}")
        say.line("Next: `comity node card --out CARD` and hand the card over in person; the founding minutes print its SHA-256.")


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file; nothing is overwritten.")
def card(out: Path | None) -> None:
    """Print this node's introduction card, and its fingerprint on standard error.

    The card holds no secret. It is handed over in person; both sides compare the fingerprint aloud.
    """
    from comity.node.setup import own_card

    own = own_card(open_node())
    if out is None:
        click.echo(own.to_json(), nl=False)
    else:
        try:
            with out.open("x", encoding="utf-8") as target:
                target.write(own.to_json())
        except FileExistsError:
            raise ComityError("There is a file of that name already.", place=str(out), remedy="Choose another name.") from None
        except OSError as error:
            raise ComityError("It could not be written: {why}.", place=str(out), why=error.strerror) from error
    say.note(f"{own.party}, SHA-256 of the first key root: {own.fingerprint}")


def read_name(text: str) -> dict[str, str]:
    """A name as an option gives it, ``LANG=TEXT``."""
    lang, equals, name = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{say.safe(text)} is not LANG=TEXT, e.g. en='National Assembly of Arvena'.", param_hint="--name")
    return {"lang": lang, "text": name}


def _check(settings: Settings) -> None:
    """Whether the others could read the card of such a node; raises ComityError before anything is made."""
    root, *others = (SigningKey.from_seed(bytes([number]) * 32) for number in range(1, 5))
    officer, log, witness = (key.public for key in others)
    stand_in = make_root(
        version=1,
        expires=datetime.now(UTC) + timedelta(days=1),
        root=[root.public],
        targets=[officer],
        snapshot=[log],
        timestamp=[witness],
        signers=[root],
    )
    names = tuple(Name(one["text"], one["lang"]) for one in settings.names)
    shown = Card(settings.host, settings.party or "observer", names, [], stand_in, witness, settings.address, "", settings.demonstration)
    read_card(shown.to_json().encode())
