"""The desk's tables from the command line: Django is set up only when they are there."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from comity.cli.say import quietly

if TYPE_CHECKING:
    from comity.node.node import Node
    from comity.node.replica import Replica


def set_up() -> bool:
    """Set Django up for the node in ``COMITY_HOME``; False if Django is not installed."""
    if find_spec("django") is None:
        return False
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")
    import django

    django.setup()
    return True


def there() -> bool:
    """Whether this node has desk tables: it was served, or they were made. Sets Django up."""
    if not set_up():
        return False
    from django.db import connection

    from comity.desk.record.models import Cursor

    return Cursor._meta.db_table in connection.introspection.table_names()


def migrate() -> None:
    """Make the desk's tables, or bring them to this version's form."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def mirrored(node: Node) -> Node:
    """*node*, whose news also go into the desk's tables, if it has them."""
    if there():
        from comity.desk.node import mirror

        node.listeners.append(mirror)
    quietly()  # Django has set the log's levels anew
    return node


def rebuild(replica: Replica) -> None:
    """Drop the mirrored rows of one mechanism and make them again (rule 14)."""
    from django.db import connection

    from comity.desk.node import mirror
    from comity.desk.projection import clear

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # ids are hashes, so each index is written all over: in 2 MB its pages would come and go
            cursor.execute("PRAGMA cache_size = -32768")  # KiB
    clear(replica.mechanism)
    mirror(replica)
