"""Finding words again: lexical search over our own token string, vectors across languages, and both fused.

The token string makes one behaviour on every engine (SQLite FTS5 here, `tsvector('simple')` on PostgreSQL): compatibility forms folded, ё
as е, Han characters as overlapping pairs with the last one of a run alone, other words as Snowball stems. So a Chinese phrase is found as
a substring and a Russian one in any inflection.

The index lives in a connection that the caller opens. Its full-text table holds no text (contentless); the token string is kept beside
it, because SQLite needs it to delete an entry.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module, util
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from comity.texts.tokens import stem

_HAN_RUN: Final = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
_PART: Final = re.compile(rf"({_HAN_RUN})|([^\W_\u3400-\u9fff\uf900-\ufaff]+(?:[.,]\d+)*)")
Fold = Callable[[str], str]
Mode = Literal["phrase", "all", "any"]
_MOST_PAIRS: Final = 12
"""Of a long Chinese run, so many pairs are looked for where any of them counts."""

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS agreed_entry (
    rowid INTEGER PRIMARY KEY, ref TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, tokens TEXT NOT NULL, UNIQUE (ref, language));
CREATE VIRTUAL TABLE IF NOT EXISTS agreed_words USING fts5 (tokens, content='', tokenize='ascii');
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found: its reference, language and text; a higher score is a better match."""

    ref: str
    language: str
    text: str
    score: float


@cache
def traditional_to_simplified() -> Fold | None:
    """A folding of traditional Chinese characters onto simplified ones, or None where the extra `opencc` is not installed."""
    if util.find_spec("opencc") is None:
        return None
    converter = import_module("opencc").OpenCC("t2s")
    return lambda text: str(converter.convert(text))


def _language_of(word: str, language: str) -> str:
    """The language whose stemmer a word gets: that of the text, if the script is its own; else Russian for Cyrillic and English for
    Latin."""
    base = language.split("-")[0]
    if "\u0400" <= word[0] <= "\u04ff":
        return base if base in {"be", "kk", "mn"} else "ru"
    return base if base in {"fr", "es", "pt", "de"} else "en"


_FLEETING: Final = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=[кцн]$)")
_SUPPLETIVE: Final = {
    **dict.fromkeys(("люд", "людьм"), "человк"),
    **dict.fromkeys(("дет", "детьм"), "ребенк"),
    **dict.fromkeys(("могут", "могл", "можт", "можем"), "мог"),
    **dict.fromkeys(("имеет", "имеют", "имел", "име", "имеющ"), "имет"),
    "лет": "год",
}
"""Russian words whose forms have different stems, as "люди" and "человек"."""


def _stemmed(word: str, language: str) -> str:
    """The stem, for Russian without the vowel that comes and goes ("порядок", "порядка")."""
    found = stem(word, language)
    if language != "ru":
        return found
    found = _FLEETING.sub("", found) if len(found) > 3 else found
    return _SUPPLETIVE.get(found, found)


def token_string(text: str, language: str, fold: Fold | None = None) -> str:
    """The words of a text as the index knows them, separated by spaces."""
    text = unicodedata.normalize("NFKC", text).replace("ё", "е").replace("Ё", "Е")
    text = fold(text) if fold else text
    out: list[str] = []
    for match in _PART.finditer(text):
        if run := match[1]:
            out += [run[at : at + 2] for at in range(len(run))]
        else:
            word = match[2].lower()
            out.append(_stemmed(word, _language_of(word, language)))
    return " ".join(out)


@dataclass(frozen=True, slots=True)
class QueryPart:
    """Tokens that have to follow each other; with `prefix`, one token that a token has to begin with."""

    tokens: tuple[str, ...]
    prefix: bool = False

    @property
    def fts5(self) -> str:
        """The part in the language of FTS5."""
        return f'"{" ".join(self.tokens)}"{"*" if self.prefix else ""}'


def query_parts(query: str, language: str, mode: Mode = "phrase", fold: Fold | None = None) -> list[QueryPart]:
    """What a query looks for, whatever the engine; empty if it has no words. In mode `any` one part has to be there, else all."""
    parts = []
    for match in _PART.finditer(unicodedata.normalize("NFKC", query)):
        tokens = token_string(match[0], language, fold).split()
        if match[1]:
            tokens = tokens[:-1] or tokens
            # A long Chinese run is looked for pair by pair where any of it counts.
            step = 1 + len(tokens) // _MOST_PAIRS
            pairs = [QueryPart((token,)) for token in tokens[::step]] if mode == "any" and len(tokens) > 1 else [QueryPart(tuple(tokens))]
            parts += [QueryPart((tokens[0],), prefix=True)] if len(match[1]) == 1 else pairs
        else:
            parts.append(QueryPart((tokens[0],)))
    if mode == "phrase" and len(parts) > 1 and not re.search(_HAN_RUN, query):
        return [QueryPart(tuple(token for part in parts for token in part.tokens))]
    return parts


def query_string(query: str, language: str, mode: Mode = "phrase", fold: Fold | None = None) -> str:
    """A query in the language of FTS5; empty if the query has no words."""
    return (" OR " if mode == "any" else " AND ").join(part.fts5 for part in query_parts(query, language, mode, fold))


class Index:
    """Agreed language in a SQLite connection. Not safe for several writers at once."""

    def __init__(self, connection: sqlite3.Connection, fold: Fold | None = None) -> None:
        self._db = connection
        self._fold = fold
        self._db.executescript(SCHEMA)

    def put(self, entries: Iterable[tuple[str, str, str]]) -> int:
        """Add or replace entries (reference, language, text); gives how many. Commits once."""
        count = 0
        with self._db:
            for ref, language, text in entries:
                self._drop(ref, language)
                tokens = token_string(text, language, self._fold)
                row = self._db.execute(
                    "INSERT INTO agreed_entry (ref, language, text, tokens) VALUES (?, ?, ?, ?)", (ref, language, text, tokens)
                )
                self._db.execute("INSERT INTO agreed_words (rowid, tokens) VALUES (?, ?)", (row.lastrowid, tokens))
                count += 1
        return count

    def remove(self, ref: str) -> int:
        """Take out all languages of a reference (redaction); gives how many entries went."""
        with self._db:
            languages = [row[0] for row in self._db.execute("SELECT language FROM agreed_entry WHERE ref = ?", (ref,))]
            for language in languages:
                self._drop(ref, language)
        return len(languages)

    def _drop(self, ref: str, language: str) -> None:
        row = self._db.execute("SELECT rowid, tokens FROM agreed_entry WHERE ref = ? AND language = ?", (ref, language)).fetchone()
        if row:
            self._db.execute("INSERT INTO agreed_words (agreed_words, rowid, tokens) VALUES ('delete', ?, ?)", row)
            self._db.execute("DELETE FROM agreed_entry WHERE rowid = ?", (row[0],))

    def versions(self, ref: str) -> dict[str, str]:
        """The text of one reference in all its languages."""
        return dict(self._db.execute("SELECT language, text FROM agreed_entry WHERE ref = ? ORDER BY rowid", (ref,)).fetchall())

    def several(self, refs: Sequence[str]) -> dict[str, dict[str, str]]:
        """The texts of several references in all their languages."""
        return {ref: self.versions(ref) for ref in refs}

    def search(self, query: str, language: str, *, limit: int = 20, mode: Mode = "phrase", only: str = "") -> list[Hit]:
        """Entries that hold the query, best first; `only` restricts them to one language.

        `phrase` wants the words in sequence (a Chinese query as a substring), `all` all of them anywhere, `any` at least one.
        """
        words = query_string(query, language, mode, self._fold)
        if not words:
            return []
        rows = self._db.execute(
            "SELECT e.ref, e.language, e.text, -rank FROM agreed_words JOIN agreed_entry e ON e.rowid = agreed_words.rowid"
            " WHERE agreed_words MATCH ? AND (? = '' OR e.language = ?) ORDER BY rank LIMIT ?",
            (words, only, only, limit),
        )
        return [Hit(*row) for row in rows]


class VectorIndex:
    """Vectors of entries as half-precision rows, searched by brute force: 100,000 of them in some 30 milliseconds."""

    def __init__(self, digest: str, keys: Sequence[tuple[str, str]], rows: npt.NDArray[np.float16]) -> None:
        self.digest = digest
        self._keys = list(keys)
        self._rows = rows

    def search(self, vector: npt.NDArray[np.float32], limit: int = 20) -> list[tuple[tuple[str, str], float]]:
        """The nearest entries (reference, language) with their similarity."""
        if not self._keys:
            return []
        scores = np.concatenate([self._rows[at : at + 8192].astype(np.float32) @ vector for at in range(0, len(self._keys), 8192)])
        count = min(limit, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        return [(self._keys[int(at)], float(scores[at])) for at in sorted(best, key=lambda at: -scores[at])]


def fuse(lists: Iterable[Sequence[str]], *, constant: int = 60) -> list[str]:
    """Several rankings as one, by reciprocal rank (Cormack, Clarke and Büttcher, SIGIR 2009)."""
    scores: dict[str, float] = {}
    for ranking in lists:
        for place, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (constant + place)
    return sorted(scores, key=lambda item: (-scores[item], item))
