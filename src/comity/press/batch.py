"""Many texts: what goes in, one reading per text out, and what is already there.

The key of a reading is (SHA-256 of the text, reader version): a run that was stopped is taken up again by skipping what its output
already holds.
Files are read and written by the caller (``comity.cli.press``); here are only the forms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from comity.errors import ComityError, Malformed
from comity.press.intake import decode, guess_language
from comity.press.model import Reading
from comity.press.readers import choose, read
from comity.press.registry import Registry

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d-\d\d-\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Item:
    """A text to read: ``id`` is what its output line is known by."""

    id: str
    text: str
    language: str | None = None
    date: str | None = None


def from_file(name: str, data: bytes) -> Item:
    """A text file; a day in its name (``2025-08-26-talks.txt``) is its date."""
    day = _DAY.search(PurePath(name).name)
    return Item(name, decode(data, place=name), None, day[1] if day else None)


def from_record(value: Any, *, place: str) -> Item:
    """A JSON Lines or Parquet row: ``text``, and if there are any ``id``, ``language`` and ``date``."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise Malformed("A row without a text.", place=place, remedy='Write {"text": "…"} with id, language and date if known.')
    return Item(
        str(value.get("id") or place),
        value["text"],
        value.get("language") or value.get("lang"),
        str(value["date"])[:10] if value.get("date") else None,
    )


def from_lines(lines: Iterable[str], *, place: str) -> Iterator[Item | dict[str, Any]]:
    """JSON Lines; a line that is none gives an error row and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield from_record(json.loads(line), place=f"{place}:{number}")
            except (ValueError, ComityError) as error:
                yield {"id": f"{place}:{number}", "error": str(error)}


def read_item(item: Item, reader: str | None, registry: Registry, day: date | None = None) -> dict[str, Any]:
    """One output row: the reading's JSON with the item's ``id``, or ``{"id", "error"}``."""
    try:
        reference = date.fromisoformat(item.date) if item.date else day
        return {"id": item.id, **read(item.text, item.language, registry, reference, reader=reader).to_json()}
    except (ComityError, ValueError) as error:
        return {"id": item.id, "error": str(error)}


def key_of(row: dict[str, Any]) -> tuple[str, str] | None:
    """(sha256, reader version) of an output row; ``None`` for an error row, which is tried again."""
    return (row["sha256"], row["reader_version"]) if "sha256" in row and "error" not in row else None


def done_keys(lines: Iterable[str]) -> set[tuple[str, str]]:
    """The keys that an earlier output holds. A last line that was cut short is left out."""
    keys = set()
    for line in lines:
        try:
            key = key_of(json.loads(line))
        except ValueError:
            continue
        if key:
            keys.add(key)
    return keys


def key_of_item(item: Item, reader: str | None, digest: str) -> tuple[str, str] | None:
    """The key that reading this item would give; ``None`` if its language is not known."""
    language = item.language or guess_language(item.text)
    if language is None:
        return None
    try:
        return digest, choose(language, reader)[0].version
    except ComityError:
        return None


def flat(row: dict[str, Any]) -> dict[str, str | None]:
    """A row for Parquet: lists as JSON text, so that the columns never change."""
    names = ("id", "error", "schema", "language", "sha256", "reader", "reader_version")
    lists = ("meetings", "anniversaries", "persons", "statements", "commitments", "reported_facts", "relations", "notes")
    return {n: row.get(n) for n in names} | {n: json.dumps(row[n], ensure_ascii=False) if n in row else None for n in lists}


def unflat(row: dict[str, Any]) -> dict[str, Any]:
    """The inverse of :func:`flat`."""
    lists = {"meetings", "anniversaries", "persons", "statements", "commitments", "reported_facts", "relations", "notes"}
    return {k: json.loads(v) if k in lists else v for k, v in row.items() if v is not None}


def as_readings(rows: Iterable[dict[str, Any]]) -> dict[str, Reading]:
    """Readings by the SHA-256 of their text."""
    return {row["sha256"]: Reading.from_json(row) for row in rows if "sha256" in row}
