"""What the command line says: plain sentences on standard output, what is wrong on standard error, JSON for programs."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from comity.errors import ComityError

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: object) -> str:
    """*text* without what could steer a terminal or turn its line around: names of files and texts of peers are not ours."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", str(text)).replace("\n", "\\u000a")


def line(text: object = "") -> None:
    click.echo(safe(text))


def note(text: object) -> None:
    """Something for the person, beside what a program reads."""
    click.echo(safe(text), err=True)


def complain(error: ComityError) -> None:
    """``place: message remedy`` on standard error."""
    click.echo(safe(error), err=True)


def as_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def quietly() -> None:
    """What a command refuses it says itself, once; the rooms' log lines about the same are left out."""
    logging.getLogger("comity").setLevel(logging.ERROR)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns that line up on a terminal; tabs between them where a program reads."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            click.echo("\t".join(safe(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(safe(cell)) for cell in row))
    Console().print(shown)


class Progress:
    """Counts steps towards a total on a bar that vanishes when the work is done."""

    def __init__(self, bar: Any = None, task: Any = None) -> None:
        self._bar, self._task = bar, task

    def tick(self, steps: int = 1) -> None:
        if self._bar is not None:
            self._bar.advance(self._task, steps)

    def now(self, doing: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, description=doing)


@contextmanager
def progress(doing: str, total: int | None, *, least: int = 300) -> Iterator[Progress]:
    """A bar on standard error if that is a terminal and there are at least *least* steps to do."""
    if not sys.stderr.isatty() or (total is not None and total < least):
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Progress(bar, bar.add_task(doing, total=total))
