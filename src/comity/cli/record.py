"""The group ``comity record``: what leaves a node for people who have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from comity.cli import say
from comity.cli.lazy import LazyGroup
from comity.cli.opening import SHORTEST, open_node, the_mechanism, today
from comity.cli.proving import envelope, prove
from comity.errors import ComityError
from comity.node.carriers import open_carrier, without_bag, write_folder
from comity.record.layout import Reader

FROM = click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="An exported folder or pouch; this node's own record if none is given.",
)


@click.group(cls=LazyGroup)
def record() -> None:
    """Export a record; prove one act to anybody."""


@record.command()
@click.argument("mechanism")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--public", is_flag=True, help="Only what is public today, for readers who are not parties.")
def export(mechanism: str, folder: Path, public: bool) -> None:
    """Write the record of MECHANISM (the beginning of its id) into FOLDER, a BagIt bag that `comity verify` and BagIt tools check."""
    node = open_node()
    found = the_mechanism(node, mechanism)
    write_folder(node.record(found, public_on=node.clock().date() if public else None), folder, today(node))
    say.line(f"{folder} holds {'what is public of' if public else 'the whole record of'} {found}.")
    if not public:
        say.note("It holds also what is not public. For readers who are not parties: --public.")


@record.command()
@click.argument("act")
@click.option("--party", required=True, help="In whose log.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder for the two files.")
@FROM
@click.option("--json", "json_", is_flag=True, help="Print names and keys as JSON.")
def proof(act: str, party: str, out: Path, source: Path | None, json_: bool) -> None:
    """Write the entry by which a party signed ACT (the beginning of its id), and the proof that it stands in that party's log.

    The proof is a tlog-proof (c2sp.org/tlog-proof); the printed keys are what other people's verifiers need (docs/verify.md has one
    in Go).
    """
    found = _first(source, partial(prove, act=act, party=party))
    stem = f"{found.act[:16]}.{party}"
    files = {f"{stem}.entry.json": found.entry, f"{stem}.tlog-proof": found.proof.encode()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    except OSError as error:
        raise ComityError("It could not be written: {why}.", place=str(out), remedy="Choose another folder.", why=error.strerror) from error
    if json_:
        keys = {"log_vkey": found.log_vkey, "witness_vkeys": found.witness_vkeys}
        entry, tlog = (str(out / name) for name in files)
        say.as_json(
            {"act": found.act, "origin": found.origin, "index": found.index, "size": found.size, "entry": entry, "proof": tlog, **keys}
        )
        return
    say.line(f"Act {found.act} is entry {found.index} of {found.size} in {found.origin}.")
    for name in files:
        say.line(f"  wrote {out / name}")
    say.line(f"Log key of {party}:")
    say.line(f"  {found.log_vkey}")
    for witness, vkey in found.witness_vkeys.items():
        say.line(f"Witness key of {witness}:")
        say.line(f"  {vkey}")


@record.command()
@click.argument("act")
@FROM
def dsse(act: str, source: Path | None) -> None:
    """Print ACT (the beginning of its id) as a DSSE envelope with the signatures of all parties, for other DSSE tools."""
    _, data = _first(source, partial(envelope, act=act))
    click.echo(data.decode())


def _records(source: Path | None) -> Iterator[Reader]:
    if source is not None:
        yield without_bag(open_carrier(source))
        return
    node = open_node()
    for mechanism in node.mechanisms():
        yield node.record(mechanism)


def _first[T](source: Path | None, find: Callable[[Reader], T]) -> T:
    """What *find* gives for the first record in which it does; its last refusal if there is none."""
    refusal = ComityError(
        "There is no mechanism here yet.", place="record", remedy=f"Name an exported record (--from) and at least {SHORTEST} digits."
    )
    for one in _records(source):
        try:
            return find(one)
        except ComityError as error:
            refusal = error
    raise refusal
