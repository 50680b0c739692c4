"""``comity verify``: everything that can be checked about a record, in words that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli import say
from comity.cli.trust import Trust
from comity.ledger import verification
from comity.node.carriers import open_carrier
from comity.record.bag import BAGIT
from comity.record.cosignature import cosigned_at, witness_verifier
from comity.record.layout import Reader, chunks
from comity.record.note import Note
from comity.record.report import DecodedLog, Finding, Severity

STATUS = {
    "in_force": "in force",
    "open": "open (not signed by all yet)",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "overtaken": "overtaken by another act",
}
ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
HEADINGS = {Severity.ERROR: "What does not hold:", Severity.WARNING: "Missing, or does not belong:", Severity.NOTICE: "Worth knowing:"}


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    type=Trust(),
    help="Whom you trust, once per party: the path of its root.1.json or introduction card, or the SHA-256 of its first key root.",
)
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
@click.option("--all", "all_", is_flag=True, help="List every finding, not only the first hundred.")
def verify(path: Path, trusted: tuple[str, ...], json_: bool, all_: bool) -> None:
    """Check an exported record: a folder or a pouch (.zip) at PATH.

    Every byte is compared with what was signed: the bag's manifests, the acts and files under their SHA-256, the officers'
    signatures, the logs and their
    checkpoints, the cosignatures of all parties, and the rules of the record. Needs no node, no database and no network.

    Exit code 0 if everything holds, 1 if something does not, 2 if the command was not understood. Without --trust nothing vouches
    for the keys, so the
    answer is never 0.
    """
    carrier = open_carrier(path)
    paths = list(carrier.paths())
    passes = 2 if BAGIT in paths else 1
    with say.progress("Reading every byte", passes * len(paths)) as bar:
        verdict = verification.verify(_Counted(carrier, bar, passes * len(paths)), frozenset(trusted))
    strangers = sorted(set(trusted) - {party.first_root for party in verdict.report.parties})
    if json_:
        say.as_json(_as_data(verdict, trusted, strangers))
    else:
        _print(verdict, trusted, strangers, None if all_ else 100)
    if not verdict.ok or not trusted:
        raise click.exceptions.Exit(1)


class _Counted:
    """A reader that moves the bar."""

    def __init__(self, reader: Reader, bar: say.Progress, total: int) -> None:
        self._reader, self._bar, self._left = reader, bar, total

    def _count(self) -> None:
        self._left -= 1
        self._bar.tick()
        if self._left == 0:
            self._bar.now("Checking signatures and rules")

    def read(self, path: str) -> bytes:
        self._count()
        return self._reader.read(path)

    def stream(self, path: str) -> Iterator[bytes]:
        self._count()
        return chunks(self._reader, path)

    def paths(self) -> Iterable[str]:
        return self._reader.paths()


def _cosigned(verdict: verification.Verdict, log: DecodedLog) -> dict[str, int]:
    """By party: when its witness cosigned the log's checkpoint, in POSIX seconds."""
    note = Note.parse(log.note)
    times: dict[str, int] = {}
    roots = {one.party: one.roots for one in verdict.report.logs}
    for party in verdict.report.parties:
        if party.id in log.cosigned_by:
            keys = {key for root in roots.get(party.id, ()) for key in root.keys_for("timestamp").values()}
            found = [cosigned_at(note, witness_verifier(party.origin, key)) for key in keys]
            times[party.id] = max([time for time in found if time is not None], default=0) or times.get(party.id, 0)
    return times


def _date(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return f"{seconds} s after 1970"


def _print(verdict: verification.Verdict, trusted: tuple[str, ...], strangers: list[str], most: int | None) -> None:
    _print_findings(verdict.findings, most)
    for one in strangers:
        say.line(f"You trust {one}, but the record names no party with this key root.")
    report = verdict.report
    if report.parties:
        say.line(f"Mechanism {report.mechanism}")
        for party in report.parties:
            vouched = "trusted" if party.first_root in trusted else "introduced by the record" if trusted else "NOT VOUCHED FOR"
            practice = ", demonstration keys" if any(log.roots[0].demonstration for log in report.logs if log.party == party.id) else ""
            say.line(f"  party {party.id}: first key root {party.first_root or 'as before'} ({vouched}{practice})")
    for log in report.logs:
        say.line(
            f"  log {log.origin} of {log.party}{' (second branch)' if log.fork else ''}: {log.checkpoint.size} entries, {_by(verdict, log)}"
        )
    if verdict.ledger is not None:
        counted = ", ".join(f"{count} {STATUS.get(status, status)}" for status, count in sorted(verdict.acts.items()))
        say.line(f"  acts: {counted or 'none'}; {verdict.proven} proven (every signature under a checkpoint that all parties cosigned)")
        rest = verdict.entries - verdict.judged
        say.line(f"  rules checked for {verdict.judged} of {verdict.entries} entries" + (f", {rest} withheld or waiting" if rest else ""))
    counts = report.counts
    say.line(
        f"  read: {counts.get('files', 0)} files, {counts.get('acts', 0)} acts, {counts.get('signatures', 0)} officers' signatures, "
        f"{counts.get('subject files', 0)} subject files ({counts.get('subject files absent', 0)} not here)"
    )
    if not trusted:
        say.line(
            "Nothing vouches for these key roots. Compare their SHA-256 with the founding minutes, "
            "then say whom you trust: --trust SHA256, once per party."
        )
    elif verdict.ok:
        say.line("Everything holds.")
    else:
        say.line(f"{sum(f.severity is Severity.ERROR for f in verdict.findings)} things do not hold.")


def _by(verdict: verification.Verdict, log: DecodedLog) -> str:
    times = _cosigned(verdict, log)
    return "cosigned by " + ", ".join(f"{party} ({_date(time)})" for party, time in times.items()) if times else "cosigned by nobody"


def _print_findings(findings: tuple[Finding, ...], most: int | None) -> None:
    for severity in ORDER:
        of_this = [f for f in findings if f.severity is severity]
        if of_this:
            say.line(HEADINGS[severity])
        for finding in of_this[:most]:
            say.line(f"  {finding.place}: {finding.message} {finding.remedy}".rstrip())
        if most is not None and len(of_this) > most:
            say.line(f"  and {len(of_this) - most} more (--all lists them)")


def _as_data(verdict: verification.Verdict, trusted: tuple[str, ...], strangers: list[str]) -> dict[str, object]:
    report = verdict.report
    return {
        "ok": verdict.ok and bool(trusted),
        "mechanism": report.mechanism,
        "parties": [{"id": p.id, "origin": p.origin, "root": p.first_root, "trusted": p.first_root in trusted} for p in report.parties],
        "trusted_but_absent": strangers,
        "logs": [
            {
                "origin": log.origin,
                "party": log.party,
                "size": log.checkpoint.size,
                "root": log.checkpoint.root.hex(),
                "fork": log.fork,
                "sound": log.sound,
                "cosigned": _cosigned(verdict, log),
            }
            for log in report.logs
        ],
        "acts": dict(verdict.acts),
        "proven": verdict.proven,
        "entries": verdict.entries,
        "judged": verdict.judged,
        "counts": dict(report.counts),
        "findings": [{"severity": str(f.severity), "place": f.place, "message": f.message, "remedy": f.remedy} for f in verdict.findings],
    }
