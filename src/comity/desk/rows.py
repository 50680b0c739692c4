"""Writing mirrored rows: one by one as news comes, many at a time when a record is rebuilt. The rows are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db import connection, models

BATCH = 2000

type Values = Mapping[str, Any]
"""What a row holds, by the names of its fields; those left out get their default."""


class _Batch:
    """Rows that wait to be written, the last of each key."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], dict[str, Values]] = {}
        self._tables: dict[type[models.Model], _Table] = {}
        self._count = 0

    def add(self, model: type[models.Model], key: str, values: Values) -> None:
        self._rows.setdefault(model, {})[key] = values
        self._count += 1
        if self._count >= BATCH:
            self.flush()

    def flush(self) -> None:
        for model, rows in self._rows.items():
            if model not in self._tables:
                self._tables[model] = _Table(model, model._meta.concrete_fields, replace=True)
            self._tables[model].write({"id": key, **values} for key, values in rows.items())
        self._rows, self._count = {}, 0


class _Table:
    """One statement that writes rows of one model, and what each column does to a value: made once for thousands of rows."""

    def __init__(self, model: type[models.Model], fields: Iterable[Any], *, replace: bool) -> None:
        self._columns = [(field.attname, field, _adapter(field)) for field in fields]
        names = {field.column: connection.ops.quote_name(field.column) for _, field, _ in self._columns}
        table, marks = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(names))
        self._sql = f"INSERT INTO {table} ({', '.join(names.values())}) VALUES ({marks})"  # noqa: S608  # the names are the model's own
        if replace:
            key = names.pop("id")
            self._sql += f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in names.values())}"

    def write(self, rows: Iterable[Values]) -> None:
        columns = self._columns
        adapted = [tuple([adapt(row[name] if name in row else field.get_default()) for name, field, adapt in columns]) for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(self._sql, adapted)


_AS_IT_IS = {models.CharField: str, models.TextField: str, models.BooleanField: bool, models.IntegerField: int, models.BigIntegerField: int}


def _adapter(field: Any) -> Callable[[Any], Any]:
    """What makes a value one that the database takes: Django's own way, with a short cut for what needs none."""

    def by_django(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    plain = _AS_IT_IS.get(type(field))
    if plain is not None:
        return lambda value: value if type(value) is plain else by_django(value)
    if type(field) is models.JSONField:
        empty: dict[type, Any] = {list: by_django([]), dict: by_django({})}
        return lambda value: by_django(value) if value or type(value) not in empty else empty[type(value)]
    return by_django


def insert(model: type[models.Model], rows: Iterable[Values]) -> None:
    """Write new rows, whose keys the database gives."""
    _Table(model, [field for field in model._meta.concrete_fields if not field.primary_key], replace=False).write(rows)


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
        batch.add(model, id, defaults)


def written() -> None:
    """Have everything that was put so far in the tables, before they are read or changed otherwise."""
    batch = _current.get()
    if batch is not None:
        batch.flush()
