"""Streaming CSV: blocks of dictionary-encoded columns, with progress and a running SHA-256, whatever the size of the file.

Encodings: UTF-8 (with or without a byte order mark); if a file is not UTF-8 it is read again as Latin-1 and the report says so. ``NA``
and the like are text here, never null (Namibia).
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray
from pyarrow import csv

from comity.errors import Malformed

type Progress = Callable[[int, int], None]
"""Called with (bytes read, bytes in all)."""

_BLOCK = 4 << 20


def no_progress(done: int, total: int) -> None:
    """The default: nobody watches."""


class _Counted(io.RawIOBase):
    """A file that counts and digests what is read from it."""

    def __init__(self, raw: BinaryIO, total: int, progress: Progress) -> None:
        super().__init__()
        self._raw, self._total, self._progress = raw, total, progress
        self._done = 0
        self.sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self._done += len(data)
        self.sha256.update(data)
        self._progress(self._done, self._total)
        return data

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


@dataclass(frozen=True)
class Column:
    """One column of a block: ``codes`` int32 (rows,) into ``values``."""

    codes: NDArray[np.int32]
    values: list[str]

    def at(self, row: int) -> str:
        value: str = self.values[self.codes[row]]
        return value

    def texts(self) -> list[str]:
        return [self.values[c] for c in self.codes]


@dataclass(frozen=True)
class Block:
    """``first``: number of its first record in the file (the header is 1)."""

    first: int
    columns: dict[str, Column]

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values())).codes)


class CsvFile:
    """One CSV file, plain or ``.gz``, read in blocks. After :meth:`blocks` is exhausted, ``sha256`` is the digest of the stored bytes."""

    def __init__(self, path: Path, *, encoding: str = "utf8") -> None:
        self.path, self.encoding, self.sha256 = path, encoding, ""

    def header(self) -> list[str]:
        """The column names. :raises Malformed: if there is no such file or no header in it."""
        try:
            with self._open() as stream:
                line = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace").readline()
        except OSError as error:
            raise Malformed("This file cannot be read: {error}.", place=str(self.path), remedy="Check its name.", error=error) from None
        if not line.strip():
            raise Malformed("This file is empty.", place=str(self.path), remedy="Download it again.")
        return [name.strip().strip('"') for name in line.rstrip("\r\n").split(",")]

    def _open(self) -> BinaryIO:
        return gzip.open(self.path) if self.path.suffix == ".gz" else self.path.open("rb")  # type: ignore[return-value]  # both read bytes

    def blocks(self, names: Sequence[str], progress: Progress = no_progress) -> Iterator[Block]:
        """Blocks with the columns ``names``. :raises Malformed: on broken CSV, :class:`UnicodeError`: if the encoding is wrong."""
        counted = _Counted(self.path.open("rb"), self.path.stat().st_size, progress)
        stream = gzip.GzipFile(fileobj=counted) if self.path.suffix == ".gz" else counted
        text = pa.dictionary(pa.int32(), pa.string())
        convert = csv.ConvertOptions(
            include_columns=list(names), column_types=dict.fromkeys(names, text), strings_can_be_null=False, check_utf8=True
        )
        parse = csv.ParseOptions(newlines_in_values=True)
        row = 2
        try:
            with csv.open_csv(
                pa.PythonFile(stream, mode="r"),
                read_options=csv.ReadOptions(block_size=_BLOCK, encoding=self.encoding),
                parse_options=parse,
                convert_options=convert,
            ) as reader:
                for batch in reader:
                    columns = {
                        name: Column(array.indices.to_numpy(zero_copy_only=False), array.dictionary.to_pylist())
                        for name, array in zip(batch.schema.names, batch.columns, strict=True)
                    }
                    yield Block(row, columns)
                    row += batch.num_rows
        except pa.ArrowInvalid as error:
            if "UTF8" in str(error) or "UTF-8" in str(error):
                raise UnicodeError(str(error)) from None
            raise Malformed(
                "Not readable as CSV: {error}.", place=f"{self.path.name} after row {row}", remedy="Save it as CSV again.", error=error
            ) from None
        finally:
            while counted.readable() and not counted.closed and counted.read(_BLOCK):
                pass
            self.sha256 = counted.sha256.hexdigest()
            if not counted.closed:
                counted.close()
