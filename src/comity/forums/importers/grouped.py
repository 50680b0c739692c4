"""One file in which every row is one vote and repeats what it says of its roll call: read in a stream, event columns taken once and
compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from comity.forums.importers.building import Name, Rows
from comity.forums.importers.mapping import Reading
from comity.forums.importers.reading import Block, Column, CsvFile, Progress
from comity.forums.importers.report import ImportReport
from comity.forums.model import Option


@dataclass
class Grouped:
    """What was read: ``events`` maps an id to its columns (and ``row``), in order of appearance."""

    events: dict[str, dict[str, str]] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    rows: Rows | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Layout:
    """``event``, ``code``, ``vote`` and optional ``label``, ``weight``: names of a vote's columns; ``about``: those of the roll call."""

    event: str
    code: str
    vote: str
    about: tuple[str, ...]
    needed: tuple[str, ...]
    label: str = ""
    weight: str = ""


def missing_columns(header: Sequence[str], layout: Layout, reading: Reading, path: Path, report: ImportReport) -> None:
    """Report needed columns that the header lacks, with what stands there instead. :raises ImportRefused: if any is missing."""
    absent = [c for c in layout.needed if reading.column(c) not in header]
    if absent:
        report.problem(
            "missing columns",
            "{file} has no column {columns}.",
            "Say in the mapping what it is called here.",
            [f"row 1: {', '.join(header)}"],
            dict.fromkeys(absent, "?"),
            file=path.name,
            columns=", ".join(reading.column(c) for c in absent),
        )
    report.stop_if_wrong()


def read_grouped(
    path: Path, layout: Layout, options: dict[str, Option], reading: Reading, report: ImportReport, progress: Progress
) -> Grouped:
    """Read the whole file. Unknown options (−1 in the rows) and contradictions within a roll call are reported, and the caller goes on to
    find what else is wrong. :raises ImportRefused: see :func:`missing_columns`; and if there is no row.
    """
    header = CsvFile(path).header()
    missing_columns(header, layout, reading, path, report)
    for encoding in ("utf8", "latin1"):
        file = CsvFile(path, encoding=encoding)
        try:
            found = _Reader(layout, options, reading, report, set(header)).read(file, progress)
        except UnicodeError:
            report.problems.clear()
            report.note("encoding", "Not UTF-8; read as Latin-1.", [path.name])
            continue
        return found
    raise AssertionError("Latin-1 decodes anything")


class _Reader:
    def __init__(self, layout: Layout, options: dict[str, Option], reading: Reading, report: ImportReport, header: set[str]) -> None:
        self._layout, self._reading, self._report = layout, reading, report
        self._options = {k: int(v) for k, v in options.items()} | {k: int(v) for k, v in reading.options.items()}
        self._about = [c for c in layout.about if reading.column(c) in header]
        votes = [layout.event, layout.code, layout.vote, layout.label, layout.weight]
        self._wanted = list(dict.fromkeys(c for c in [*votes, *self._about] if c and reading.column(c) in header))
        self._numbers: dict[str, int] = {}
        self._names: dict[tuple[str, str], int] = {}
        self._found = Grouped()
        self._bad: list[str] = []
        self._bad_words: dict[str, str] = {}
        self._clashes: list[str] = []

    def read(self, file: CsvFile, progress: Progress) -> Grouped:
        parts: list[tuple[np.ndarray, ...]] = [
            self._block(b) for b in file.blocks([self._reading.column(c) for c in self._wanted], progress)
        ]
        name = file.path.name
        if self._bad:
            self._report.problem(
                "unknown option", "These votes are none that is known.", "Say in the mapping what they mean.", self._bad, self._bad_words
            )
        if self._clashes:
            self._report.problem(
                "contradiction",
                "Rows of one roll call contradict each other about it.",
                "Check whether two roll calls share an id.",
                self._clashes,
            )
        if not parts:
            self._report.problem("no rows", "There is a header but no vote.", "Download the file again.", [name])
            self._report.stop_if_wrong()
        event, code, option, row, weight = (np.concatenate(p) for p in zip(*parts, strict=True))
        weights = weight.astype(np.float32) if self._layout.weight in self._wanted else None
        self._found.rows = Rows(event.astype(np.int32), code.astype(np.int32), option.astype(np.int8), row, name, weights)
        self._found.names = [Name(c, label) for c, label in self._names]
        self._found.sha256 = file.sha256
        return self._found

    def _block(self, block: Block) -> tuple[np.ndarray, ...]:
        column = {c: block.columns[self._reading.column(c)] for c in self._wanted}
        ids = column[self._layout.event]
        numbers = np.array([self._numbers.setdefault(v.strip(), len(self._numbers)) for v in ids.values], dtype=np.int32)
        first_here = np.full(len(ids.values), -1, dtype=np.int64)
        seen, at = np.unique(ids.codes, return_index=True)
        first_here[seen] = at
        for value, start in zip(ids.values, first_here, strict=True):
            key = value.strip()
            about = {c: column[c].at(int(start)).strip() for c in self._about}
            known = self._found.events.get(key)
            if known is None:
                self._found.events[key] = about | {"row": str(block.first + int(start))}
            elif any(known[c] != about[c] for c in self._about):
                self._clash(key, known, about, block.first + int(start))
        for c in self._about:
            codes = column[c].codes
            differs = codes != codes[first_here[ids.codes]]
            for r in np.flatnonzero(differs)[:100]:
                key = ids.at(int(r)).strip()
                self._clash(key, self._found.events[key], {c: column[c].at(int(r)).strip()}, block.first + int(r))
        votes = column[self._layout.vote]
        lookup = np.array([self._options.get(v.strip().lower(), -1) for v in votes.values], dtype=np.int8)
        option = lookup[votes.codes]
        for r in np.flatnonzero(option < 0):
            self._bad.append(f"row {block.first + int(r)} ({votes.at(int(r))!r})")
            self._bad_words[votes.at(int(r))] = "yes, no, abstain, absent, not participating, not member or unknown"
        return (
            numbers[ids.codes],
            self._name_numbers(column),
            option,
            np.arange(block.first, block.first + block.rows),
            self._weights(column, block),
        )

    def _clash(self, key: str, known: dict[str, str], about: dict[str, str], row: int) -> None:
        for c, said in about.items():
            if said != known[c]:
                self._clashes.append(f"row {row} ({key}): {c} = {said!r}; row {known['row']}: {known[c]!r}")

    def _name_numbers(self, column: dict[str, Column]) -> np.ndarray:
        code = column[self._layout.code]
        label = column.get(self._layout.label)
        if label is None:
            table = [self._names.setdefault((v.strip(), ""), len(self._names)) for v in code.values]
            return np.asarray(np.array(table, dtype=np.int32)[code.codes])
        both = code.codes.astype(np.int64) * len(label.values) + label.codes
        pairs, inverse = np.unique(both, return_inverse=True)
        table = [
            self._names.setdefault(
                (code.values[p // len(label.values)].strip(), label.values[p % len(label.values)].strip()), len(self._names)
            )
            for p in pairs
        ]
        return np.asarray(np.array(table, dtype=np.int32)[inverse])

    def _weights(self, column: dict[str, Column], block: Block) -> np.ndarray:
        weight = column.get(self._layout.weight)
        if weight is None:
            return np.zeros(block.rows, dtype=np.float32)
        values = []
        for v in weight.values:
            try:
                values.append(float(v.strip() or 1))
            except ValueError:
                values.append(float("nan"))
        out = np.array(values, dtype=np.float32)[weight.codes]
        for r in np.flatnonzero(~(out >= 0)):
            self._bad.append(f"row {block.first + int(r)} (weight {weight.at(int(r))!r})")
        return out
