"""Durable storage of what arrived: SQLite by default, PostgreSQL by URL.

A write is one transaction under the node's write lock; when :meth:`Store.writing` returns, it is on disk (SQLite: WAL with
``synchronous=FULL``).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from comity.errors import ComityError
from comity.node import tables as t
from comity.node.told import kept

_ENTRY = [
    t.entries.c[name] for name in ("seq", "mechanism", "origin", "position", "before", "root", "statement", "data", "arrived", "verdict")
]
_LOCK_KEY = 0x636F6D69  # PostgreSQL advisory lock: one writer per node


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One entry as it arrived. ``before`` and ``root`` are Merkle roots (hex) before and after it."""

    seq: int
    mechanism: str
    origin: str
    position: int
    before: str
    root: str
    statement: str | None
    data: bytes
    arrived: int
    verdict: str | None


class Store:
    """Bytes in, bytes out; knows nothing of what they mean."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._lock = threading.RLock()
        self._touched: set[str] = set()  # mechanisms of which the transaction under way changes something
        t.metadata.create_all(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that excludes every other writer of this node, in this process or another."""
        with self._lock, self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
            self._touched.clear()
            try:
                yield connection
                self._renew(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def add(self, connection: Connection, table: Any, **row: Any) -> bool:
        """Insert a row unless it is there already; tells whether it was new."""
        result = connection.execute(self._insert(table).values(**row).on_conflict_do_nothing())
        if result.rowcount and "mechanism" in row:
            self._touched.add(row["mechanism"])
        return bool(result.rowcount)

    def _insert(self, table: Any) -> Any:
        return sqlite.insert(table) if self.engine.dialect.name == "sqlite" else postgresql.insert(table)

    # What changed --------------------------------------------------------------

    def touch(self, mechanism: str) -> None:
        """Mark that there is news of a mechanism outside these tables: a file that came late."""
        with self.writing():
            self._touched.add(mechanism)

    def _renew(self, connection: Connection) -> None:
        """Give the mechanisms of which something changed another mark, in the same transaction."""
        for mechanism in self._touched:
            state = secrets.token_hex(16)
            insert = self._insert(t.states).values(mechanism=mechanism, state=state)
            connection.execute(insert.on_conflict_do_update(index_elements=["mechanism"], set_={"state": state}))

    def states(self) -> dict[str, str]:
        """The marks of all mechanisms; one of which nothing was stored since there are marks has none."""
        with self.reading() as connection:
            return {row.mechanism: row.state for row in connection.execute(select(t.states))}

    def state(self, mechanism: str) -> str:
        """The mark of one mechanism; empty if it has none."""
        with self.reading() as connection:
            return connection.execute(select(t.states.c.state).where(t.states.c.mechanism == mechanism)).scalar() or ""

    def state_of(self, mechanisms: Collection[str], day: str = "") -> str:
        """One mark, in hexadecimal, for what is stored of some mechanisms, and for the day if that too decides what is shown."""
        marks = self.states()
        return sha256("\n".join([day, *(f"{m} {marks.get(m, '')}" for m in sorted(mechanisms))]).encode()).hexdigest()

    # Entries and statements --------------------------------------------------

    def entries_after(self, seq: int, *, batch: int = 2000) -> Iterator[StoredEntry]:
        """Entries in order of arrival, after ``seq``."""
        while True:
            with self.reading() as connection:
                query = select(*_ENTRY).where(t.entries.c.seq > seq).order_by(t.entries.c.seq).limit(batch)
                rows = connection.execute(query).all()
            for row in rows:
                yield StoredEntry(*row)
            if len(rows) < batch:
                return
            seq = rows[-1].seq

    def log_entries(self, origin: str, start: int, end: int) -> list[StoredEntry]:
        """Entries of a log from position ``start`` up to ``end``, of all its branches."""
        c = t.entries.c
        with self.reading() as connection:
            query = select(*_ENTRY).where(c.origin == origin, c.position >= start, c.position < end).order_by(c.position, c.seq)
            return [StoredEntry(*row) for row in connection.execute(query)]

    def entries_about(self, act_id: str) -> list[StoredEntry]:
        """All entries that sign an act, in order of arrival."""
        with self.reading() as connection:
            query = select(*_ENTRY).where(t.entries.c.statement == act_id).order_by(t.entries.c.seq)
            return [StoredEntry(*row) for row in connection.execute(query)]

    def uses_of(self, file: str) -> list[str]:
        """Ids of the statements that name a file."""
        with self.reading() as connection:
            return list(connection.execute(select(t.file_uses.c.statement).where(t.file_uses.c.file == file)).scalars())

    def keep_verdicts(self, verdicts: Mapping[int, str]) -> None:
        """Remember verdicts by the entries' places in the store."""
        if verdicts:
            with self.writing() as connection:
                statement = update(t.entries).where(t.entries.c.seq == bindparam("at")).values(verdict=bindparam("said"))
                connection.execute(statement, [{"at": seq, "said": said} for seq, said in verdicts.items()])

    def last_seq(self) -> int:
        with self.reading() as connection:
            return connection.execute(select(func.max(t.entries.c.seq))).scalar() or 0

    def statement(self, act_id: str) -> bytes | None:
        with self.reading() as connection:
            return connection.execute(select(t.statements.c.payload).where(t.statements.c.id == act_id)).scalar()

    def some_statements(self, act_ids: Collection[str]) -> dict[str, bytes]:
        """Those of some statements that are here, by id."""
        found: dict[str, bytes] = {}
        with self.reading() as connection:
            for few in batched(act_ids, 500):
                query = select(t.statements.c.id, t.statements.c.payload).where(t.statements.c.id.in_(few))
                found |= {row.id: row.payload for row in connection.execute(query)}
        return found

    def statements_of(self, mechanism: str, *, batch: int = 2000) -> Iterator[bytes]:
        """All statements of a mechanism; the order says nothing."""
        last = ""
        while True:
            query = select(t.statements.c.id, t.statements.c.payload).where(t.statements.c.mechanism == mechanism, t.statements.c.id > last)
            with self.reading() as connection:
                rows = connection.execute(query.order_by(t.statements.c.id).limit(batch)).all()
            yield from (row.payload for row in rows)
            if len(rows) < batch:
                return
            last = rows[-1].id

    def missing_statements(self, mechanism: str) -> list[str]:
        """Acts that entries of a mechanism sign and whose bytes are not here."""
        e, known = t.entries.c, select(t.statements.c.id)
        query = select(e.statement).where(e.mechanism == mechanism, e.statement.is_not(None), e.statement.not_in(known)).distinct()
        with self.reading() as connection:
            return [row for row in connection.execute(query).scalars() if row is not None]

    def roots_of(self, mechanism: str, *, without: Collection[str] = ()) -> dict[str, bytes]:
        """Key roots by fingerprint, save those that the caller has already."""
        with self.reading() as connection:
            query = select(t.roots.c.id, t.roots.c.data).where(t.roots.c.mechanism == mechanism, t.roots.c.id.not_in(without))
            return {row.id: row.data for row in connection.execute(query)}

    def mechanism_ids(self) -> list[str]:
        with self.reading() as connection:
            return list(connection.execute(select(t.mechanisms.c.id).order_by(t.mechanisms.c.arrived, t.mechanisms.c.id)).scalars())

    # Checkpoints -------------------------------------------------------------

    def notes(self, origin: str) -> dict[tuple[int, str], str]:
        """Signed notes of a log by (size, root in hex)."""
        c = t.checkpoints.c
        with self.reading() as connection:
            return {(r.size, r.root): r.note for r in connection.execute(select(c.size, c.root, c.note).where(c.origin == origin))}

    def note(self, origin: str, size: int, root: str) -> str | None:
        c = t.checkpoints.c
        with self.reading() as connection:
            return connection.execute(select(c.note).where(c.origin == origin, c.size == size, c.root == root)).scalar()

    def put_note(self, connection: Connection, mechanism: str, origin: str, size: int, root: str, note: str) -> None:
        """Keep a note, replacing an earlier one of the same size and root (the caller has merged the signatures)."""
        row = {"origin": origin, "size": size, "root": root}
        self._touched.add(mechanism)
        if not self.add(connection, t.checkpoints, mechanism=mechanism, note=note, **row):
            c = t.checkpoints.c
            connection.execute(update(t.checkpoints).where(c.origin == origin, c.size == size, c.root == root).values(note=note))

    # Peers and refusals ------------------------------------------------------

    def peers(self) -> list[Mapping[str, Any]]:
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(select(t.peers).order_by(t.peers.c.host)).mappings()]

    def note_peer(self, root: str, **values: Any) -> None:
        with self.writing() as connection:
            connection.execute(update(t.peers).where(t.peers.c.root == root).values(**values))

    def refuse(self, error: ComityError, *, at: int, source: str, sha256: str = "") -> None:
        """List a refusal for the operator, once per source, place, message and details."""
        c = t.refused.c
        source, row = source[:500], kept(error)
        same = [c.source == source, *(c[name] == row[name] for name in ("place", "message", "details"))]
        with self.writing() as connection:
            if connection.execute(select(c.id).where(*same)).first() is None:
                self.add(connection, t.refused, at=at, source=source, kind=type(error).__name__, sha256=sha256, **row)

    def refusals(self, limit: int = 200) -> list[Mapping[str, Any]]:
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(select(t.refused).order_by(t.refused.c.id.desc()).limit(limit)).mappings()]


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by hand, so that a writer locks at once
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
