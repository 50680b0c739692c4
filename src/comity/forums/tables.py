"""Results as tables: rows of plain values to CSV, JSON and Parquet, each with what must stand beside the numbers (forum, invented or
not, method).
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from pyarrow import parquet

from comity.forums.agreement import Agreement, Block
from comity.forums.model import Forum
from comity.forums.pairs import all_pairs

type Rows = list[dict[str, Any]]


def plain(row: object) -> dict[str, Any]:
    """A dataclass as plain values: enums as their words, tuples as lists, NaN as nothing."""
    value: dict[str, Any] = _plain(asdict(row))  # type: ignore[call-overload]  # always a dataclass
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, float) and math.isnan(value):
        return None
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def heading(forum: Forum, **about: Any) -> dict[str, Any]:
    """What stands beside the numbers in every file."""
    return {"forum": forum.id, "name": dict(forum.names), "invented": forum.invented, "attribution": forum.attribution} | about


def write_csv(rows: Iterable[Mapping[str, Any]], about: Mapping[str, Any], out: TextIO) -> None:
    """One line a row; lists joined by ``|`` or as JSON; the columns ``forum`` and ``invented`` come last in every line."""
    writer = csv.writer(out, lineterminator="\n")
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow([*row, "forum", "invented"])
        writer.writerow([*(_cell(v) for v in row.values()), about["forum"], "yes" if about["invented"] else "no"])


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "|".join(map(str, value)) if all(isinstance(v, str) for v in value) else json.dumps(value, ensure_ascii=False)
    return "" if value is None else value


def write_parquet(rows: Rows, about: Mapping[str, Any], path: Path) -> None:
    """The rows with ``about`` as metadata (key ``comity``); nested lists stay lists."""
    table = pa.Table.from_pylist(rows)
    # A column in which no row says anything still has a type: a number for values, a text otherwise.
    typed = [pa.field(f.name, _untold(f.name)) if pa.types.is_null(f.type) else f for f in table.schema]
    table = table.cast(pa.schema(typed))
    _write([table], table.schema, about, path)


def _untold(column: str) -> Any:
    return pa.float64() if column in ("value", "rhat", "non_yes_recall") else pa.bool_() if column == "important" else pa.string()


def pair_rows(agreement: Agreement, blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """All pairs as rows, one after the other; pairs without a common vote are left out."""
    keys = agreement.view.keys
    first, second = all_pairs(len(keys))
    for block in blocks:
        for m, kind in enumerate(block.measures):
            for p in (block.n[m] > 0).nonzero()[0].tolist():
                numbers = {c: _plain(float(getattr(block, w)[m, p])) for c, w in (("value", "values"), ("low", "low"), ("high", "high"))}
                sizes = {"n": int(block.n[m, p]), "items": int(block.items[m, p])}
                yield {"a": keys[first[p]], "b": keys[second[p]], "period": block.period, "measure": kind.word} | numbers | sizes


def write_pairs(agreement: Agreement, blocks: Iterable[Block], about: Mapping[str, Any], path: Path) -> int:
    """All pairs, period by period, as Parquet; pairs without a common vote are left out. Returns the number of rows."""
    keys = pa.array(agreement.view.keys)
    first, second = all_pairs(len(agreement.view.keys))
    schema = pa.schema(
        [("a", pa.string()), ("b", pa.string()), ("period", pa.string()), ("measure", pa.string())]
        + [(c, pa.float64()) for c in ("value", "low", "high")]
        + [("n", pa.int32()), ("items", pa.int32())]
    )
    written = 0

    def tables() -> Iterable[Any]:
        nonlocal written
        for block in blocks:
            for m, kind in enumerate(block.measures):
                there = block.n[m] > 0
                count = int(there.sum())
                written += count
                fixed = [pa.array([v] * count) for v in (block.period, kind.word)]
                numbers = [pa.array(c[m][there], from_pandas=True) for c in (block.values, block.low, block.high)]
                sizes = [pa.array(c[m][there].astype("int32")) for c in (block.n, block.items)]
                yield pa.table(
                    [keys.take(pa.array(first[there])), keys.take(pa.array(second[there])), *fixed, *numbers, *sizes], schema=schema
                )

    _write(tables(), schema, about, path)
    return written


def _write(tables: Iterable[Any], schema: Any, about: Mapping[str, Any], path: Path) -> None:
    kept = schema.with_metadata({"comity": json.dumps(about, ensure_ascii=False)})
    draft = path.with_name(f".{path.name}.part")
    with parquet.ParquetWriter(draft, kept, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table.replace_schema_metadata(kept.metadata))
    draft.replace(path)


def columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns of rows that a terminal can show: no lists."""
    return [k for k, v in rows[0].items() if not isinstance(v, list)] if rows else []
