"""Reading sources in the background: one worker per process, the best reader that is installed, nothing read twice the same way.

The worker has the reading itself done in a process apart (:mod:`apart`), whose memory holds the language model; whoever reads a source at
once, as a test or the making of a demonstration does, reads it where it is.

A source is claimed in the database before it is read, so that of several processes one reads it; a claim that is older than
:data:`PATIENCE` was left by a process that ended, and is taken over by whoever looks at the source next.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from datetime import date, timedelta
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from comity.desk.press import apart, known
from comity.desk.press.about import subjects
from comity.desk.press.models import CachedReading, Source
from comity.desk.press.proposals import propose
from comity.errors import ComityError
from comity.press.model import Reading
from comity.press.readers import choose, read
from comity.press.registry import Registry

log = logging.getLogger("comity.desk.press")

PATIENCE = timedelta(minutes=4)

_queue: queue.SimpleQueue[str] = queue.SimpleQueue()
_lock = threading.Lock()
_worker: list[threading.Thread] = []


def soon(source: Source) -> None:
    """Have *source* read in the background, after this request's transaction. Does nothing for one that is read or being read."""
    waiting = source.state == Source.NEW or (source.state == Source.READING and _given_up(source))
    if waiting and not getattr(settings, "PRESS_READS_AT_ONCE", False):
        transaction.on_commit(lambda: _enqueue(source.key))
    elif waiting:
        read_now(source.key)


def warm(language: str) -> None:
    """Have the reader of a language loaded while somebody still looks for the article; what is loaded already stays."""
    if not getattr(settings, "PRESS_READS_AT_ONCE", False):
        threading.Thread(target=_load, args=(language, getattr(settings, "PRESS_READER", None)), name="press-warm", daemon=True).start()


def _load(language: str, name: str | None) -> None:
    with contextlib.suppress(ComityError):  # whoever reads is told
        apart.THE.which(language, name)


def go_on() -> None:
    """Have everything read that waits, e.g. since a process ended that was to read it."""
    for source in Source.objects.filter(state__in=(Source.NEW, Source.READING), removed=None).defer("text", "reading")[:50]:
        soon(source)


def _given_up(source: Source) -> bool:
    return source.claimed is None or source.claimed < timezone.now() - PATIENCE


def _enqueue(key: str) -> None:
    with _lock:
        if not _worker or not _worker[0].is_alive():
            _worker[:] = [threading.Thread(target=_work, name="press", daemon=True)]
            _worker[0].start()
    _queue.put(key)


def _work() -> None:
    while True:
        key = _queue.get()
        close_old_connections()
        try:
            read_now(key, apart.THE)
        except Exception:
            log.exception("A source could not be read: %s", key)
            Source.objects.filter(pk=key).update(state=Source.FAILED, trouble="")
        finally:
            close_old_connections()


def read_now(key: str, by: Reads | None = None) -> None:
    """Read one source and keep its proposals; what a reader refuses is kept as the source's trouble."""
    free = Q(state=Source.NEW) | Q(state=Source.READING, claimed__lt=timezone.now() - PATIENCE)
    if not Source.objects.filter(free, pk=key, removed=None).update(state=Source.READING, claimed=timezone.now()):
        return
    source = Source.objects.get(pk=key)
    try:
        reading = reading_of(source, by or Here())
    except ComityError as error:
        Source.objects.filter(pk=key).update(state=Source.FAILED, trouble=error.to_json())
        return
    with transaction.atomic():
        source.reading, source.reader, source.reader_version = reading.to_json(), reading.reader, reading.reader_version
        propose(source, reading)


class Reads(Protocol):
    """Whoever does the reading: here, or in a process apart."""

    def which(self, language: str, name: str | None) -> apart.Which: ...
    def read(self, text: str, language: str, registry: Registry, day: date | None, reader: str) -> Reading: ...


class Here:
    """Reading in this process."""

    def which(self, language: str, name: str | None) -> apart.Which:
        """The reader of that name, or the best that is installed."""
        reader, notes = choose(language, name)
        return apart.Which(reader.name, reader.version, notes)

    def read(self, text: str, language: str, registry: Registry, day: date | None, reader: str) -> Reading:
        """What the reader of that name finds."""
        return read(text, language, registry, day, reader=reader)


def reading_of(source: Source, by: Reads) -> Reading:
    """The reading of a source by the best reader; from the cache if the same was read before. Raises ComityError."""
    subject = subjects().get(source.case)
    registry = known.registry(subject)
    reader = by.which(source.language, getattr(settings, "PRESS_READER", None))
    parts = (source.digest, source.language, source.date, reader.name, reader.version, known.digest(registry))
    key = sha256("\0".join(parts).encode()).hexdigest()
    cached = CachedReading.objects.filter(pk=key).first()
    if cached is not None:
        return Reading.from_json(cached.reading)
    day = date.fromisoformat(source.date) if source.date else None
    reading = by.read(source.text, source.language, registry, day, reader.name)
    kept = reading.to_json() | {"notes": [*reading.notes, *reader.notes]}
    CachedReading.objects.update_or_create(
        pk=key,
        defaults={"digest": source.digest, "reader": reading.reader, "reader_version": reading.reader_version, "reading": kept},
    )
    return Reading.from_json(kept)
