"""What the operator's page shows of this node: what it waits for, its background work, its backups, its versions."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.node import the_node
from comity.desk.operate.background import Progress, ask
from comity.desk.operate.models import Job
from comity.desk.record.logs import logs_of
from comity.desk.show import instant, name_of, parties_of
from comity.errors import ComityError
from comity.node import backup

ENDING = ".comity-backup"
JOBS = 20


# The queue -------------------------------------------------------------------------------


def queue() -> list[dict[str, Any]]:
    """Per mechanism, what this node still waits for; nothing for one that is complete and confirmed."""
    node, shown = the_node(), []
    for row in MechanismRow.objects.order_by("founded", "id"):
        if row.id not in node.mechanisms():
            continue
        replica = node.replica(row.id)
        names = {p.id: p.name for p in parties_of(row)}
        lines = []
        with replica.lock:
            unjudged = len(list(replica.ledger.waiting()))
        if unjudged:
            lines.append(ngettext("%(n)d entry is not judged yet", "%(n)d entries are not judged yet", unjudged) % {"n": unjudged})
        if files := len(node.wanted_files(row.id)):
            lines.append(ngettext("%(n)d file has not arrived", "%(n)d files have not arrived", files) % {"n": files})
        if acts := len(node.store.missing_statements(row.id)):
            lines.append(ngettext("%(n)d act has not arrived", "%(n)d acts have not arrived", acts) % {"n": acts})
        for log in logs_of(replica):
            missing = [names[party] for party in names if party not in log.cosigned]
            if log.party == node.party and missing:
                said = _("the last entry of the own log is not confirmed yet by: %(who)s") % {"who": ", ".join(missing)}
                lines.append(said)
        if lines:
            shown.append({"name": name_of(row.names), "url": reverse("record:detail", args=[row.id]), "lines": lines})
    return shown


# Background work --------------------------------------------------------------------------


def jobs() -> list[dict[str, Any]]:
    kinds = {"backup": _("Backup"), "mail": _("Digest by mail"), "press": _("Reading of articles"), "import": _("Import")}
    return [
        {
            "kind": kinds.get(row.kind, row.kind),
            "started": instant(row.started),
            "state": _job_state(row),
            "done": row.done,
            "total": row.total,
            "running": row.ended is None,
        }
        for row in Job.objects.all()[:JOBS]
    ]


def _job_state(row: Job) -> str:
    if row.trouble:
        return sentence(ComityError.from_json(row.trouble))
    if row.ended is None:
        return _("%(done)d of %(total)d") % {"done": row.done, "total": row.total} if row.total else _("%(done)d done") % {"done": row.done}
    if "count" in row.outcome:
        return ngettext("done: %(n)d", "done: %(n)d", int(row.outcome["count"])) % {"n": int(row.outcome["count"])}
    return _("done: %(file)s") % {"file": row.outcome["file"]} if "file" in row.outcome else _("done")


# Backups -----------------------------------------------------------------------------------


def folder() -> Path:
    return Path(settings.HOME.folder) / "backups"


def backups() -> list[dict[str, Any]]:
    """The files that were made from this page, newest first."""
    found = sorted(folder().glob(f"*{ENDING}"), reverse=True)
    return [
        {
            "name": path.name,
            "url": reverse("operate:backup", args=[path.name]),
            "size": f"{path.stat().st_size / 1e6:.1f} MB",
            "at": instant(datetime.fromtimestamp(path.stat().st_mtime, UTC)),
        }
        for path in found
    ]


def back_up(passphrase: str) -> Job:
    """Have a backup made in the background. Raises :class:`ComityError` at once if the passphrase is too short."""
    if len(passphrase) < backup.SHORTEST:
        raise ComityError(
            "The passphrase is too short.", place="passphrase", remedy="Take at least {least} characters.", least=backup.SHORTEST
        )
    node = the_node()
    target = folder() / f"{node.host}-{node.clock():%Y%m%d-%H%M%S}{ENDING}"

    def work(progress: Progress) -> dict[str, Any]:
        folder().mkdir(mode=0o700, exist_ok=True)
        made = backup.make(
            settings.HOME,
            target,
            passphrase,
            clock=node.clock,
            entropy=os.urandom,
            database=settings.DATABASE_URL,
            tick=_counting(progress),
        )
        return {"file": target.name, "parts": len(made.parts)}

    return ask("backup", work)


def _counting(progress: Progress) -> Callable[[str], None]:
    count = 0

    def tick(_name: str) -> None:
        nonlocal count
        count += 1
        if count % 20 == 1:
            progress(count, 0)

    return tick


# Facts -----------------------------------------------------------------------------------------


def disk() -> dict[str, Any]:
    usage = shutil.disk_usage(settings.HOME.folder)
    free = f"{usage.free / 1e9:.1f} GB / {usage.total / 1e9:.1f} GB"
    if usage.free < usage.total / 10:
        return {"text": free, "note": _("Less than a tenth is free: make room before the node cannot write.")}
    return {"text": free}


def versions() -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0]}"
    else:
        database = f"SQLite {sqlite3.sqlite_version}"
    return f"Comity {_own()} · Python {platform.python_version()} · Django {django.get_version()} · {database}"


def _own() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("comity")
    except PackageNotFoundError:
        return "0.1.0"
