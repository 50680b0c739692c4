"""Writing mirrored rows: one by one as news comes, many at a time when a record is rebuilt. The rows are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db import models

BATCH = 2000


class _Batch:
    """Rows that wait to be written, the last of each key."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], dict[str, models.Model]] = {}
        self._count = 0

    def add(self, row: models.Model) -> None:
        self._rows.setdefault(type(row), {})[str(row.pk)] = row
        self._count += 1
        if self._count >= BATCH:
            self.flush()

    def flush(self) -> None:
        for model, rows in self._rows.items():
            fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
            model._default_manager.bulk_create(rows.values(), update_conflicts=True, unique_fields=["id"], update_fields=fields)
        self._rows, self._count = {}, 0


_caches: list[Any] = []


def once_per_run[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function of the view answers, for one run of projecting: then files may come or be redacted."""
    cached = lru_cache(maxsize=8192)(function)
    _caches.append(cached)
    return cached  # type: ignore[return-value]  # the wrapper takes the same arguments


_current: ContextVar[_Batch | None] = ContextVar("rows", default=None)


@contextmanager
def many_at_a_time() -> Iterator[None]:
    """Within this, :func:`put` gathers rows and writes them in batches; all are written at its end."""
    batch = _Batch()
    token = _current.set(batch)
    _forget()
    try:
        yield
        batch.flush()
    finally:
        _current.reset(token)
        _forget()


def _forget() -> None:
    for cached in _caches:
        cached.cache_clear()


def put(model: type[models.Model], *, id: str, defaults: Mapping[str, Any]) -> None:
    """Write one row by its key, replacing what stands there."""
    batch = _current.get()
    if batch is None:
        model._default_manager.update_or_create(id=id, defaults=defaults)
    else:
        batch.add(model(id=id, **defaults))


def written() -> None:
    """Have everything that was put so far in the tables, before they are read or changed otherwise."""
    batch = _current.get()
    if batch is not None:
        batch.flush()
