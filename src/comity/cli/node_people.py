"""The first account of a node; every further one is made on the operator's page."""

from __future__ import annotations

import click

from comity.cli import desk_tables, say
from comity.cli.node_make import read_name
from comity.cli.opening import home, open_node
from comity.errors import ComityError

ROLES = ("reader", "drafter", "secretary", "signatory")


@click.command()
@click.argument("username")
@click.option(
    "--name", "names", multiple=True, required=True, metavar="LANG=TEXT", help="The person's name in a language; repeat for each."
)
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What the person may do with acts.")
@click.option("--operator", is_flag=True, help="The person may also mind this node: peers, accounts, keys.")
@click.option("--key", default="", help="The id of an officer's key that `node init` made: signatures of this person are made with it.")
def invite(username: str, names: tuple[str, ...], role: str, operator: bool, key: str) -> None:
    """Make an account for USERNAME and print its one-time link (72 hours), with which the person sets a password and a second factor."""
    settings = home().settings()
    if key and not open_node().custody.has(f"officer-{key}"):
        raise ComityError("This node holds no officer's key of that id.", place="--key", remedy="Take one that `comity node init` printed.")
    if not desk_tables.set_up():
        raise ComityError("Django is not installed.", place="invite", remedy="Install Comity's requirements.lock again.")
    desk_tables.migrate()
    from comity.desk.accounts.people import invite as make_account

    officer, token = make_account(None, username, names=[read_name(one) for one in names], title=[], role=role, operator=operator)
    if key:
        officer.keyid = key
        officer.save(update_fields=["keyid"])
    say.line(f"{settings.address or 'http://127.0.0.1:8000'}/account/welcome/{token}/")
