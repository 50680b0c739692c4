"""The full-text table over the clauses' token strings: FTS5 on SQLite, an index over the array of tokens on PostgreSQL.

The same token string is searched on both (`texts.search`), so the same query finds the same clauses.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connection, connections

from comity.texts.search import Mode, QueryPart, query_parts

_TABLE: Final = "language_clauserow"
AHEAD: Final = 8  # times what is asked for: so many of the best are looked at first
# ruff: noqa: S608  # the table's name is ours; every value is a parameter
_SQLITE: Final = (
    f"CREATE TRIGGER IF NOT EXISTS language_words_in AFTER INSERT ON {_TABLE} BEGIN"
    " INSERT INTO language_words (rowid, tokens) VALUES (new.id, new.tokens); END",
    f"CREATE TRIGGER IF NOT EXISTS language_words_out AFTER DELETE ON {_TABLE} BEGIN"
    " INSERT INTO language_words (language_words, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    f"CREATE TRIGGER IF NOT EXISTS language_words_change AFTER UPDATE ON {_TABLE} BEGIN"
    " INSERT INTO language_words (language_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
    " INSERT INTO language_words (rowid, tokens) VALUES (new.id, new.tokens); END",
)


def prepare(using: str = "default") -> None:
    """Make the full-text table or index where it is missing; fill it from the rows that are there."""
    database = connections[using]
    if _TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(f"CREATE INDEX IF NOT EXISTS language_words ON {_TABLE} USING gin (string_to_array(tokens, ' '))")
            return
        known = cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'language_words'").fetchone()
        if not known:
            cursor.execute(
                f"CREATE VIRTUAL TABLE language_words USING fts5 (tokens, content='{_TABLE}', content_rowid='id', tokenize='ascii')"
            )
            cursor.execute("INSERT INTO language_words (language_words) VALUES ('rebuild')")
        for statement in _SQLITE:
            cursor.execute(statement)


def found(query: str, language: str, mode: Mode, among: str, among_values: tuple[Any, ...], limit: int) -> list[int]:
    """Ids of clauses that hold the query, best first. `among` is SQL that gives the ids which the reader may see, with its values."""
    parts = query_parts(query, language, mode)
    if not parts:
        return []
    if connection.vendor == "postgresql":
        where, values = _postgres(parts, mode)
        words = [token for part in parts for token in part.tokens]
        sql = (
            f"SELECT c.id FROM {_TABLE} c WHERE {where} AND EXISTS (SELECT 1 FROM ({among}) v WHERE v.id = c.id)"
            " ORDER BY (SELECT count(DISTINCT t) FROM unnest(string_to_array(c.tokens, ' ')) t WHERE t = ANY(%s))::float"
            " / (8 + cardinality(string_to_array(c.tokens, ' '))) DESC, c.id LIMIT %s"
        )
        parameters = (*values, *among_values, words, limit)
        return _ids(sql, parameters)
    match = (" OR " if mode == "any" else " AND ").join(part.fts5 for part in parts)
    # Most of what is best may mostly be seen, so that only the best are looked up; all are where that was too few.
    best = _ids("SELECT rowid FROM language_words WHERE language_words MATCH %s ORDER BY rank LIMIT %s", (match, AHEAD * limit))
    marks = ",".join(["%s"] * len(best))
    seen = set(_ids(f"SELECT v.id FROM ({among}) v WHERE v.id IN ({marks})", (*among_values, *best))) if best else set()
    kept = [one for one in best if one in seen][:limit]
    if len(kept) == limit or len(best) < AHEAD * limit:
        return kept
    sql = (
        "SELECT w.rowid FROM language_words w WHERE w.language_words MATCH %s"
        f" AND EXISTS (SELECT 1 FROM ({among}) v WHERE v.id = w.rowid) ORDER BY w.rank LIMIT %s"
    )
    return _ids(sql, (match, *among_values, limit))


def _ids(sql: str, parameters: tuple[Any, ...]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [int(row[0]) for row in cursor.fetchall()]


def _postgres(parts: list[QueryPart], mode: Mode) -> tuple[str, list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for part in parts:
        if part.prefix:
            clauses.append("(' ' || c.tokens) LIKE %s")
            values.append(f"% {_like(part.tokens[0])}%")
        else:
            clauses.append("(string_to_array(c.tokens, ' ') @> %s AND (' ' || c.tokens || ' ') LIKE %s)")
            values += [list(part.tokens), f"% {_like(' '.join(part.tokens))} %"]
    return "(" + (" OR " if mode == "any" else " AND ").join(clauses) + ")", values


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
