"""Bytes, logs and rules of a record in one verdict that a person can read (rule 13). Pure: needs neither Django nor a network.

The record room says whether every byte is what was signed; here the same entries are replayed through the rules. An outsider may hold
less than the parties: then the rules are checked for as many acts as are here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from comity.errors import ComityError
from comity.ledger.questions import IN_FORCE
from comity.ledger.replay import Ledger
from comity.record.layout import Reader
from comity.record.merkle import EMPTY_ROOT, CompactRange
from comity.record.report import Finding, Report, Severity
from comity.record.verify import verify_record


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one record.

    ``acts`` counts acts by status; ``judged`` of ``entries`` entries could be judged by the rules; ``proven`` acts in force have every
    covering checkpoint cosigned.
    """

    report: Report
    ledger: Ledger | None
    findings: tuple[Finding, ...]
    acts: Mapping[str, int]
    entries: int
    judged: int
    proven: int

    @property
    def ok(self) -> bool:
        return not any(f.severity is Severity.ERROR for f in self.findings)


def verify(reader: Reader, trusted: frozenset[str]) -> Verdict:
    """Verify a record's folder or bag. ``trusted`` are SHA-256 of the parties' first key roots. Never raises a :class:`ComityError`."""
    report = verify_record(reader, trusted)
    findings = list(report.findings)
    total = sum(len(log.entries) for log in report.logs)
    founding = report.statements.get(report.mechanism)
    if founding is None:
        return Verdict(report, None, tuple(findings), {}, total, 0, 0)
    try:
        ledger = _replay(report)
    except ComityError as error:
        return Verdict(report, None, (*findings, Finding.of(error)), {}, total, 0, 0)
    for breach in ledger.breaches():
        findings.append(
            Finding(
                f"{breach.origin}, entry {breach.size - 1}",
                Severity.WARNING,
                "A breach by {party}: {why} The entry has no effect.",
                "",
                {"party": breach.party, "why": breach.reason},
            )
        )
    waiting = ledger.waiting()
    for one in waiting:
        findings.append(Finding(f"{one.origin}, entry {one.index}", Severity.WARNING, one.template, "", one.details))
    for origin in ledger.forks():
        findings.append(
            Finding(
                origin,
                Severity.ERROR,
                "This log has forked: its party signed two histories.",
                "Ask for the act that opens its successor.",
                {},
            )
        )
    for cell in ledger.disputed_cells():
        findings.append(Finding(cell, Severity.WARNING, "Disputed: two acts are in force on one basis.", "", {}))
    status = Counter(ledger.standing(a).status for a in ledger.acts())
    judged = sum(size for tips in ledger.sizes().values() for size, _ in tips[:1])
    return Verdict(report, ledger, tuple(findings), dict(status), total, min(judged, total), _proven(report, ledger))


def _replay(report: Report) -> Ledger:
    statements = {act: statement.to_bytes() for act, statement in report.statements.items()}
    ledger = Ledger(statements[report.mechanism])
    for log in report.logs:
        for root in log.roots:
            ledger.offer_root(root.data)
    for payload in statements.values():
        ledger.offer_payload(payload)
    for log in report.logs:
        grown = CompactRange()
        for decoded in log.entries:
            before = grown.root() if decoded.index else EMPTY_ROOT
            ledger.offer_entry(log.origin, decoded.index, decoded.entry.to_bytes(), before)
            grown.append(decoded.leaf)
    return ledger


def _proven(report: Report, ledger: Ledger) -> int:
    """Acts in force of which every party's signature lies under a checkpoint that all parties have cosigned."""
    everyone = {party.id for party in report.parties}
    covered: dict[str, set[str]] = {}
    for log in report.logs:
        if everyone <= set(log.cosigned_by) and log.sound:
            for decoded in log.entries:
                if decoded.entry.payload_sha256:
                    covered.setdefault(decoded.entry.payload_sha256, set()).add(log.party)
    return sum(
        1
        for act_id in ledger.acts()
        if ledger.standing(act_id).status == IN_FORCE and set(ledger.act(act_id).signatories) <= covered.get(act_id, set())
    )
