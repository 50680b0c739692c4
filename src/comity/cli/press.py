"""``comity press``: read articles into proposals, one or a million; score readings; print the schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from itertools import batched
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from comity.errors import Malformed, Refused
from comity.press import batch
from comity.press.exports import plover, web_annotations
from comity.press.gold import load
from comity.press.intake import MOST, decode, digest
from comity.press.model import Reading
from comity.press.readers import FACTORIES, read
from comity.press.registry import Registry
from comity.press.schema import READING

_MOST_BYTES = 4 * MOST
_TEXTS = frozenset({".txt", ".text", ".md"})
_BLOCK = 1_000  # texts in memory at once

type _Run = Callable[[list[batch.Item], str | None, Registry, date | None], Iterator[dict[str, Any]]]


@click.group()
def press() -> None:
    """Read press articles, communiqués and pages (English, Russian, Chinese) into proposals with their evidence."""


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write YYYY-MM-DD.") from None


@press.command("read")
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--lang", type=click.Choice(["en", "ru", "zh"]), help="The text's language; guessed from its script if not given.")
@click.option("--date", "day", callback=_day, metavar="YYYY-MM-DD", help='The day of publication, against which "on Monday" is resolved.')
@click.option("--reader", type=click.Choice(list(FACTORIES)), help="By default the best that is installed for the language.")
@click.option("--registry", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What is known already (comity-registry/1).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object (comity press schema describes it).")
@click.option("--export", type=click.Choice(["webannotation", "plover"]), help="Print another format instead.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="For many texts: the JSON Lines or Parquet file to write; taken up again if it is there."
)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes for many texts.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where workers run; ray is an extra."
)
def read_command(
    source: Path,
    lang: str | None,
    day: date | None,
    reader: str | None,
    registry: Path | None,
    as_json: bool,
    export: str | None,
    out: Path | None,
    workers: int,
    engine: str,
) -> None:
    """Read SOURCE: a text file (- is standard input), a directory of .txt files, a .jsonl or a .parquet with a column "text"."""
    known = Registry.loads(registry.read_text(encoding="utf-8"), place=str(registry)) if registry else Registry()
    if source.is_dir() or source.suffix in {".jsonl", ".ndjson", ".parquet"}:
        if out is None:
            raise click.UsageError("Many texts need --out FILE.jsonl or --out FILE.parquet.")
        _read_many(source, out, lang, day, reader, known, workers, engine)
        return
    text = decode(_bytes(source), place=str(source))
    reading = read(text, lang, known, day, reader=reader)
    if export == "webannotation":
        click.echo(json.dumps(web_annotations(reading, text, source=f"urn:sha256:{reading.sha256}"), ensure_ascii=False, indent=1))
    elif export == "plover":
        click.echo(
            json.dumps(plover(reading, text, source=str(source), date=day.isoformat() if day else None), ensure_ascii=False, indent=1)
        )
    elif as_json:
        click.echo(json.dumps(reading.to_json(), ensure_ascii=False))
    else:
        _show(reading, text)


def _bytes(source: Path) -> bytes:
    if str(source) == "-":
        return sys.stdin.buffer.read(_MOST_BYTES + 1)
    if not source.is_file():
        raise Malformed("There is no such file.", place=str(source), remedy="Name a text file, a directory, a .jsonl or a .parquet.")
    with source.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _show(reading: Reading, text: str) -> None:
    console = Console()
    for note in reading.notes:
        console.print(note, style="yellow", markup=False)
    table = Table(title=f"{reading.reader}, {reading.language}")
    for column in ("What", "Who", "Words", "Sure"):
        table.add_column(column)
    rows: list[tuple[str, str, str, float]] = []
    for m in reading.meetings:
        number = f" no. {m.ordinal}" if m.ordinal else ""
        rows.append(
            (f"meeting: {m.kind}{number}", ", ".join(m.chairs_or_hosts), f"{m.name} · {m.place or '?'} · {m.date or '?'}", m.confidence)
        )
    for p in reading.persons:
        rows.append(("person", p.name, " · ".join(v for v in (p.role, p.organisation, p.country) if v), p.confidence))
    for s in reading.statements:
        rows.append((f"{s.claim_kind}, {s.form}", s.speaker or "?", text[slice(*s.span)], s.confidence))
    for c in reading.commitments:
        due = f" (due {c.due.date or text[slice(*c.due.text)]})" if c.due else ""
        rows.append((f"commitment: {c.nature}{due}", ", ".join(c.who), text[slice(*c.span)], c.confidence))
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row[:3]), f"{row[3]:.2f}")
    console.print(table)


def _plain(cell: str) -> str:
    """No markup and no control characters of an article reaches the terminal."""
    return "".join(c if c.isprintable() else " " for c in cell).replace("[", "\\[")


def _read_many(
    source: Path, out: Path, lang: str | None, day: date | None, reader: str | None, known: Registry, workers: int, engine: str
) -> None:
    parquet = out.suffix == ".parquet"
    work = out.with_suffix(".partial.jsonl") if parquet else out
    done = set()
    if work.exists():
        with work.open(encoding="utf-8", errors="replace") as lines:
            done = batch.done_keys(lines)
        _end_line(work)
    seen = kept = failed = 0
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with (
        work.open("a", encoding="utf-8") as file,
        Progress(*columns, console=Console(stderr=True)) as progress,
        _engine(engine, workers) as run,
    ):
        task = progress.add_task("Reading", total=_count(source))
        for block in batched(_items(source), _BLOCK):
            fresh = []
            for item in block:
                if isinstance(item, batch.Item) and (key := batch.key_of_item(item, reader, digest(item.text))) is not None and key in done:
                    kept += 1
                    progress.advance(task)
                else:
                    fresh.append(batch.Item(item.id, item.text, lang or item.language, item.date) if isinstance(item, batch.Item) else item)
            for row in _results(fresh, reader, known, day, run):
                seen, failed = seen + 1, failed + ("error" in row)
                file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
                file.flush()
                progress.advance(task)
    if parquet:
        _to_parquet(work, out)
    click.echo(f"{seen - failed} read, {kept} already there, {failed} not readable (see their rows): {out}")


def _count(source: Path) -> int | None:
    """How many texts there are, for the progress bar; ``None`` for JSON Lines, which would have to be read twice."""
    if source.is_dir():
        return sum(1 for p in source.rglob("*") if p.suffix in _TEXTS and p.is_file())
    return int(_pyarrow().parquet.ParquetFile(source).metadata.num_rows) if source.suffix == ".parquet" else None


def _end_line(path: Path) -> None:
    """A run that was cut off in the middle of a line must not glue the next one to it."""
    with path.open("rb+") as file:
        if file.seek(0, 2) and file.seek(-1, 2) is not None and file.read(1) != b"\n":
            file.write(b"\n")


def _items(source: Path) -> Iterator[batch.Item | dict[str, Any]]:
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.suffix in _TEXTS and p.is_file()):
            try:
                yield batch.from_file(str(path.relative_to(source)), _bytes(path))
            except Malformed as error:
                yield {"id": str(path.relative_to(source)), "error": str(error)}
    elif source.suffix == ".parquet":
        for number, row in enumerate(_parquet_rows(source)):
            try:
                yield batch.from_record(row, place=f"{source.name}:{number}")
            except Malformed as error:
                yield {"id": f"{source.name}:{number}", "error": str(error)}
    else:
        with source.open(encoding="utf-8", errors="replace") as lines:
            yield from batch.from_lines(lines, place=source.name)


def _results(
    fresh: list[batch.Item | dict[str, Any]], reader: str | None, known: Registry, day: date | None, run: _Run
) -> Iterator[dict[str, Any]]:
    yield from (item for item in fresh if isinstance(item, dict))
    yield from run([item for item in fresh if isinstance(item, batch.Item)], reader, known, day)


@contextmanager
def _engine(name: str, workers: int) -> Iterator[_Run]:
    """What reads a block of texts: this process, a pool of processes, or Ray."""
    if name == "ray":
        with _ray(workers) as run:
            yield run
    elif workers == 1:
        yield lambda items, reader, known, day: (batch.read_item(item, reader, known, day) for item in items)
    else:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield lambda items, reader, known, day: pool.map(
                batch.read_item, items, *([v] * len(items) for v in (reader, known, day)), chunksize=8
            )


@contextmanager
def _ray(workers: int) -> Iterator[_Run]:
    """One task per handful of texts, at most two handfuls per worker under way; results in the order in which they come."""
    try:
        ray: Any = import_module("ray")
    except ImportError:
        raise Refused(
            "Ray is not installed.", place="--engine", remedy="Install it: pip install 'comity[ray]'; or use --workers."
        ) from None
    ours = not ray.is_initialized()
    if ours:
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    task = ray.remote(num_cpus=1)(_read_some)

    def run(items: list[batch.Item], reader: str | None, known: Registry, day: date | None) -> Iterator[dict[str, Any]]:
        pieces = [list(piece) for piece in batched(items, 16)]
        pending: list[Any] = []
        while pieces or pending:
            while pieces and len(pending) < 2 * workers:
                pending.append(task.remote(pieces.pop(0), reader, known, day))
            ready, pending = ray.wait(pending)
            for one in ready:
                yield from ray.get(one)

    try:
        yield run
    finally:
        if ours:
            ray.shutdown()


def _read_some(items: list[batch.Item], reader: str | None, known: Registry, day: date | None) -> list[dict[str, Any]]:
    return [batch.read_item(item, reader, known, day) for item in items]


def _pyarrow() -> Any:
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise Refused(
            "Parquet needs pyarrow.", place="press read", remedy="Install it: pip install 'comity[press]'; or use JSON Lines."
        ) from None


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    for part in _pyarrow().parquet.ParquetFile(path).iter_batches(batch_size=256):
        yield from part.to_pylist()


def _to_parquet(lines: Path, out: Path) -> None:
    pyarrow = _pyarrow()
    with lines.open(encoding="utf-8") as file:
        rows = [batch.flat(json.loads(line)) for line in file if line.strip()]
    columns = (
        "id",
        "error",
        "schema",
        "language",
        "sha256",
        "reader",
        "reader_version",
        "meetings",
        "anniversaries",
        "persons",
        "statements",
        "commitments",
        "reported_facts",
        "relations",
        "notes",
    )
    schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), out)


@press.command("score")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("readings", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--reader", type=click.Choice(list(FACTORIES)), help="Read the gold texts now with this reader, instead of giving READINGS.")
@click.option("--json", "as_json", is_flag=True)
def score_command(gold_dir: Path, readings: Path | None, reader: str | None, as_json: bool) -> None:
    """Score READINGS (JSON Lines, Parquet, or a directory of JSON files) against the annotated texts in GOLD_DIR."""
    from comity.press.scorer import report, score_text

    gold = list(load(gold_dir))
    if not gold:
        raise Malformed("There are no annotated texts.", place=str(gold_dir), remedy="Put *.gold.txt or readings with their text there.")
    if readings is None:
        found = {}
        for g in gold:
            fits = reader if reader is None or reader == "rules" or g.reading.language in _languages(reader) else "rules"
            found[g.reading.sha256] = read(g.text, g.reading.language, None, date.fromisoformat(g.date) if g.date else None, reader=fits)
    else:
        found = batch.as_readings(_rows(readings))
    missing = [g.name for g in gold if g.reading.sha256 not in found]
    scores = [score_text(found.get(g.reading.sha256) or Reading(g.reading.language, g.reading.sha256, "", ""), g.reading) for g in gold]
    result = report(scores) | {"without_reading": missing}
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        return
    table = Table(title=f"{len(gold)} texts, {len(missing)} without a reading, calibration error {result['calibration_error']:.3f}")
    for column in ("measure", "P", "R", "F1", "95 %", "gold"):
        table.add_column(column)
    for name, value in result.items():
        if isinstance(value, dict):
            low, high = value["f1_95"]
            table.add_row(
                name, *(f"{value[k]:.3f}" for k in ("precision", "recall", "f1")), f"{low:.2f}–{high:.2f}", f"{value['gold']:.0f}"
            )
    Console().print(table)


def _languages(reader: str) -> frozenset[str]:
    from comity.press.readers import reader_named

    return reader_named(reader).languages


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))
    elif path.suffix == ".parquet":
        yield from (batch.unflat(row) for row in _parquet_rows(path))
    else:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


@press.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of what ``read --json`` gives."""
    click.echo(json.dumps(READING, ensure_ascii=False, indent=1))
