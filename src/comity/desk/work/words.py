"""The index of words: our own token string under SQLite's FTS5, or under PostgreSQL's ``tsvector('simple')``. One behaviour on both.

A query's words must all occur; a run of Han characters is looked for as a phrase; what stands in quotation marks too. The last word may
be the beginning of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

from comity.texts.search import token_string, traditional_to_simplified

TABLE = "work_searchrow"
INDEX = "work_search_words"
MAX_QUERY = 200  # characters
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf'"([^"]+)"|«([^»]+)»|“([^”]+)”|([{_HAN}]+)|([^\s"«»“”{_HAN}]+)')
_SAFE = re.compile(r"[^\w.,]+")

_SQLITE = """
CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5 (words, content='{table}', content_rowid='id', tokenize='ascii');

CREATE TRIGGER IF NOT EXISTS {index}_added AFTER INSERT ON {table} BEGIN
 INSERT INTO {index} (rowid, words) VALUES (new.id, new.words); END;

CREATE TRIGGER IF NOT EXISTS {index}_gone AFTER DELETE ON {table} BEGIN
 INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', old.id, old.words); END;

CREATE TRIGGER IF NOT EXISTS {index}_changed AFTER UPDATE ON {table} BEGIN
 INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', old.id, old.words);
 INSERT INTO {index} (rowid, words) VALUES (new.id, new.words); END;
"""
_POSTGRES = """
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED;

CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (vector);
"""


def prepare(using: str = "default", **_: Any) -> None:
    """Make the index beside the table; called after every migration."""
    connection = connections[using]
    with connection.cursor() as cursor:
        wanted = _SQLITE if connection.vendor == "sqlite" else _POSTGRES
        for statement in wanted.format(index=INDEX, table=TABLE).split("\n\n"):
            cursor.execute(statement)


def tokens(text: str, language: str) -> str:
    """The words of a text as the index holds them."""
    return token_string(text, language, traditional_to_simplified())


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a passage must hold: tokens that follow each other; ``begins``: the last one may be the beginning of a word."""

    tokens: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader typed, as pieces that must all occur."""

    typed: str
    pieces: tuple[Piece, ...]

    @classmethod
    def parse(cls, typed: str, language: str) -> Query:
        typed = " ".join(typed[:MAX_QUERY].split())
        found = []
        for match in _PIECE.finditer(typed):
            quoted = match[1] or match[2] or match[3]
            words = tokens(quoted or match[0], language).split()
            han = bool(match[4])
            if han and len(words) > 1:
                words = words[:-1]  # the last character of a run stands alone only where the passage's run ends too
            if words:
                last = match.end() == len(typed) and not quoted
                found.append(Piece(tuple(words), begins=(han and len(match[4]) == 1) or (last and not han and len(words[-1]) > 2)))
        return cls(typed, tuple(found))

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def for_sqlite(self) -> str:
        return " AND ".join(f'"{" ".join(_clean(p.tokens))}"{"*" if p.begins else ""}' for p in self.pieces)

    def for_postgres(self) -> str:
        return " & ".join("(" + " <-> ".join(_quoted(p)) + ")" for p in self.pieces)


def _clean(words: Sequence[str]) -> list[str]:
    return [_SAFE.sub(" ", word) for word in words]


def _quoted(piece: Piece) -> list[str]:
    quoted = ["'" + _SAFE.sub(" ", word) + "'" for word in piece.tokens]
    return [*quoted[:-1], quoted[-1] + ":*"] if piece.begins else quoted


def matching(query: Query, where: str, parameters: Sequence[Any], *, limit: int, using: str = "default") -> list[tuple[int, float]]:
    """(row, score) of the rows that hold the query and fulfil ``where`` (SQL over the alias ``r``), best first."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        sql = (
            f"SELECT r.id, -x.rank FROM {INDEX} x JOIN {TABLE} r ON r.id = x.rowid"  # noqa: S608  # table and column names are constants
            f" WHERE {INDEX} MATCH %s AND {where} ORDER BY x.rank LIMIT %s"
        )
        given: list[Any] = [query.for_sqlite(), *parameters, limit]
    else:
        sql = (
            f"SELECT r.id, ts_rank(r.vector, q) AS score FROM {TABLE} r, to_tsquery('simple', %s) q"  # noqa: S608 - the table is our own
            f" WHERE r.vector @@ q AND {where} ORDER BY score DESC, r.id LIMIT %s"
        )
        given = [query.for_postgres(), *parameters, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [(int(row), float(score)) for row, score in cursor.fetchall()]
