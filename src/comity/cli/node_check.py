"""Whether a node holds what it should: digest, rebuild, fsck."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from comity.cli import desk_tables, say
from comity.cli.fsck import Fsck
from comity.cli.opening import open_node, the_mechanism
from comity.errors import ComityError
from comity.node.node import Node
from comity.node.replica import Replica
from comity.node.store import Store, StoredEntry
from comity.record.report import Severity


@click.command()
@click.argument("mechanism", required=False)
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
def digest(mechanism: str | None, json_: bool) -> None:
    """The hash of the state: equal on all nodes that hold the same log sizes, in whatever order things came.

    Of one MECHANISM (the beginning of its id), or of all.
    """
    node = open_node()
    chosen = node.mechanisms() if mechanism is None else [the_mechanism(node, mechanism)]
    digests = {one: node.replica(one).ledger.digest() for one in chosen}
    if json_:
        say.as_json(digests)
        return
    for one, value in digests.items():
        say.line(f"{one} {value}")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """What a rebuild makes stays until its end: to pass over it again and again takes an eighth of the time and finds nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@click.command()
@click.option(
    "--recheck", is_flag=True, help="Judge every entry anew, signatures included, instead of trusting the verdicts that were kept."
)
@_without_collecting()
def rebuild(recheck: bool) -> None:
    """Replay everything from the stored bytes, and make the desk's tables again from it.

    The state comes out the same; if it does not, that is said, and the exit code is 1.
    """
    node = open_node()
    with_desk = desk_tables.there()
    changed = False
    for mechanism in node.mechanisms():
        before = _digest(node, mechanism) if recheck else ""
        node.forget()
        begun = time.monotonic()
        with say.progress("Replaying", node.store.last_seq()) as bar:
            replica = Replica(mechanism, _Ticking(node.store, bar.tick), node.files, recheck=recheck)
            bar.now("Writing the desk's tables")
            if with_desk:
                desk_tables.rebuild(replica)
        after = replica.ledger.digest()
        node.store.keep_verdicts(replica.new_verdicts())
        say.line(f"{mechanism}: {len(replica.ledger.acts())} acts, state {after}, {time.monotonic() - begun:.1f} s")
        if before and before != after:
            changed = True
            say.note(f"{mechanism}: the verdicts that were kept gave the state {before}; judged anew it is as above. They are replaced.")
    say.line("The desk's tables were made again." if with_desk else "There are no desk tables here yet.")
    raise click.exceptions.Exit(1 if changed else 0)


def _digest(node: Node, mechanism: str) -> str:
    try:
        return node.replica(mechanism).ledger.digest()
    except (ComityError, ValueError) as error:  # a verdict that was kept may itself be damaged
        say.note(error)
        return "unreadable"


class _Ticking(Store):
    """The same store, which moves the bar."""

    def __init__(self, store: Store, tick: Callable[[], None]) -> None:
        self.engine, self._lock, self._tick = store.engine, store._lock, tick

    def entries_after(self, seq: int, *, batch: int = 2000) -> Iterator[StoredEntry]:
        for entry in super().entries_after(seq, batch=batch):
            self._tick()
            yield entry


@click.command()
@click.option("--json", "json_", is_flag=True, help="Print the findings as JSON.")
def fsck(json_: bool) -> None:
    """Check every stored byte: acts, key roots and files against their hashes, entries against roots, checkpoints against signatures.

    Changes nothing. Exit code 1 if something does not hold.
    """
    check = Fsck(open_node())
    with say.progress("Checking", None) as bar:
        for _ in check.run():
            bar.tick()
    errors = [one for one in check.findings if one.severity is Severity.ERROR]
    if json_:
        found = [{"severity": str(f.severity), "place": f.place, "message": f.message, "remedy": f.remedy} for f in check.findings]
        say.as_json({"ok": not errors, "checked": check.counts, "findings": found})
    else:
        for finding in check.findings:
            say.line(finding)
        say.line("Checked: " + ", ".join(f"{count} {what}" for what, count in check.counts.items()) + ".")
        say.line(f"{len(errors)} things do not hold." if errors else "Everything holds.")
    raise click.exceptions.Exit(1 if errors else 0)
