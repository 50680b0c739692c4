"""Background work on one worker: what is asked for in turn, and what has to be done by the clock. Only one process of a node does it.

Each piece is a row that the operator's page shows, with how far it is. A process that ends in the middle leaves its row open; the next
start says so.
"""

from __future__ import annotations

import fcntl
import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from comity.desk.operate.models import Job
from comity.errors import ComityError

log = logging.getLogger("comity.background")

EVERY = 60.0  # seconds between looks at the clock
MAIL_FROM = 7  # o'clock in the node's zone
KEPT = 200  # finished pieces that are remembered

type Progress = Callable[[int, int], None]
"""Told how much is done, of how much (0: not known)."""
type Work = Callable[[Progress], dict[str, Any]]

_queue: queue.Queue[tuple[int, Work]] = queue.Queue()
_state: dict[str, Any] = {}


def ask(kind: str, work: Work) -> Job:
    """Have something done in the background; what it returns is shown as its outcome."""
    job = Job.objects.create(kind=kind, started=timezone.now())
    _queue.put((job.pk, work))
    return job


def do(job_id: int, work: Work) -> None:
    """Do one piece now, in this thread, and write down how it went."""
    rows = Job.objects.filter(pk=job_id)

    def progress(done: int, total: int) -> None:
        rows.update(done=done, total=total)

    try:
        rows.update(outcome=work(progress), ended=timezone.now())
    except ComityError as error:
        rows.update(trouble=error.to_json(), ended=timezone.now())
    except Exception:
        log.exception("a piece of background work failed")
        failed = ComityError("It failed for a reason that is written in the node's log.", remedy="Show the log to whoever looks after it.")
        rows.update(trouble=failed.to_json(), ended=timezone.now())


def start() -> bool:
    """Start the worker unless another process of this node has one."""
    lock = (settings.HOME.folder / "background.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return False
    _state["lock"] = lock
    cut = ComityError("The node was stopped while this was being done.", remedy="Ask for it again.")
    Job.objects.filter(ended=None).update(ended=timezone.now(), trouble=cut.to_json())
    threading.Thread(target=_run, name="comity-background", daemon=True).start()
    return True


def _run() -> None:
    clockwork(timezone.now())  # what fell due while the node was off
    close_old_connections()
    while True:
        try:
            job_id, work = _queue.get(timeout=EVERY)
        except queue.Empty:
            clockwork(timezone.now())
        else:
            do(job_id, work)
        close_old_connections()


def clockwork(now: datetime) -> None:
    """What is due by the clock: notifications are gathered, remarks that were taken out are deleted, and once a day mail is sent."""
    from comity.desk.work.mail import send_digests, server
    from comity.desk.work.remarking import purge
    from comity.desk.work.telling import gather

    try:
        gather(now)
        purge(now)
        local = timezone.localtime(now)
        today = local.replace(hour=0, minute=0, second=0, microsecond=0)
        sent = Job.objects.filter(kind="mail", started__gte=today, trouble="").exists()
        tried = Job.objects.filter(kind="mail", started__gte=now - timedelta(hours=1)).exists()
        if local.hour >= MAIL_FROM and not sent and not tried and server() is not None:
            job = Job.objects.create(kind="mail", started=now)
            do(job.pk, lambda progress: {"count": send_digests(now)})
    except Exception:
        log.exception("what is due by the clock could not be done; it is tried again in a minute")
    old = Job.objects.exclude(ended=None).values_list("pk", flat=True)[KEPT:]
    Job.objects.filter(pk__in=list(old)).delete()
