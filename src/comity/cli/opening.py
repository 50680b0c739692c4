"""Which node a command works on (``COMITY_HOME``), and how acts, mechanisms and files are named on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comity.cli.say import quietly
from comity.errors import ComityError
from comity.node.home import Home

if TYPE_CHECKING:
    from comity.node.node import Node

SHORTEST = 6


def home() -> Home:
    """The folder that ``COMITY_HOME`` names, ``.comity`` by default."""
    return Home(Path(os.environ.get("COMITY_HOME") or ".comity"))


def open_node() -> Node:
    """This node. Raises ComityError if there is none in the folder, or its store cannot be opened."""
    from sqlalchemy.exc import SQLAlchemyError

    from comity.node.node import Node

    quietly()
    here = home()
    zone = ZoneInfo(here.settings().zone)
    try:
        return Node(here, clock=lambda: datetime.now(zone), entropy=os.urandom, database=os.environ.get("COMITY_DATABASE", ""))
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise ComityError(
            "The store cannot be opened: {why}.", place=str(here.folder), remedy="Is the database running?", why=why
        ) from error


def one_of(given: str, ids: Iterable[str], what: str) -> str:
    """The only id that begins with *given* (at least six digits). Raises ComityError if there is none, or more than one."""
    found = [one for one in ids if one.startswith(given.lower())] if len(given) >= SHORTEST else []
    if len(found) == 1:
        return found[0]
    if found:
        raise ComityError("Several {what} begin so.", place=given, remedy="Give more digits.", what=what)
    raise ComityError(
        "No {what} here begins so.", place=given, remedy="Give the first {least} or more digits of its id.", what=what, least=SHORTEST
    )


def the_mechanism(node: Node, given: str | None) -> str:
    """The mechanism that *given* begins, or the only one here."""
    here = node.mechanisms()
    if given is not None:
        return one_of(given, here, "mechanism")
    if len(here) == 1:
        return here[0]
    if not here:
        raise ComityError("There is no mechanism here yet.", place="mechanism", remedy="Found one at the desk, or take a pouch.")
    raise ComityError("There are several mechanisms here.", place="mechanism", remedy="Name one: " + ", ".join(one[:12] for one in here))


def today(node: Node) -> str:
    """The date in the node's zone, YYYY-MM-DD."""
    return node.clock().date().isoformat()
