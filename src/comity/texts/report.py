"""What the engines found as plain values for JSON: stable, documented in `schemas`. One function per command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from comity.texts.align import Bead
from comity.texts.checks.finding import Finding, blocking
from comity.texts.compare import Match
from comity.texts.diff import Piece
from comity.texts.model import Provision
from comity.texts.precedents import Occurrence
from comity.texts.redline import ChangedLine
from comity.texts.resolution import references_of
from comity.texts.structure import Structured

Value = dict[str, Any]
"""A JSON object."""


def _provision(provision: Provision) -> Value:
    return {
        "eid": provision.eid,
        "kind": provision.kind,
        "num": provision.num,
        "heading": provision.heading,
        "text": provision.text,
        "children": [_provision(child) for child in provision.children],
    }


def structure_report(found: Structured) -> Value:
    """A text as provisions, with its references and warnings."""
    version = found.version
    return {
        "language": version.language,
        "status": version.status,
        "title": version.title,
        "subtitle": version.subtitle,
        "preamble": [_provision(item) for item in version.preamble],
        "provisions": [_provision(item) for item in version.provisions],
        "conclusions": [_provision(item) for item in version.conclusions],
        "references": [
            {
                "eid": eid,
                "start": item.reference.start,
                "end": item.reference.end,
                "text": item.reference.text,
                "target": item.target,
                "exists": item.exists,
                "external": item.reference.external,
            }
            for eid, items in references_of(version).items()
            for item in items
        ],
        "warnings": [{"code": item.code, "place": item.place, "message": item.message} for item in found.warnings],
    }


def align_report(beads: Iterable[Bead], encoder: str) -> Value:
    """Beads as `[[source indexes], [target indexes]]`, their similarity in the same order, and the encoder's digest ("" for none)."""
    beads = list(beads)
    return {
        "beads": [[list(bead.source), list(bead.target)] for bead in beads],
        "similarity": [round(bead.similarity, 4) for bead in beads],
        "encoder": encoder,
    }


def check_report(findings: Sequence[Finding]) -> Value:
    """Findings in reading order, and how many of them stand against adoption."""
    return {
        "findings": [
            {
                "key": item.key,
                "code": item.code,
                "eid": item.eid,
                "languages": list(item.languages),
                "severity": item.severity,
                "message": item.message,
                "spans": {language: [list(span) for span in spans] for language, spans in item.spans.items()},
                "waiver": item.waiver,
            }
            for item in findings
        ],
        "blocking": len(blocking(findings)),
    }


def _pieces(pieces: Iterable[Piece]) -> list[Value]:
    return [{"op": piece.op, "text": piece.text} for piece in pieces]


def redline_report(changes: Iterable[ChangedLine]) -> Value:
    """Changed lines with their pieces; `old` and `new` are the eIds on both sides, null where the line is new or gone."""
    return {
        "changes": [
            {"old": line.old.eid if line.old else None, "new": line.new.eid if line.new else None, "pieces": _pieces(line.pieces)}
            for line in changes
            if line.is_changed
        ]
    }


def search_report(occurrences: Iterable[Occurrence]) -> Value:
    """Precedents, best first."""
    return {
        "precedents": [
            {
                "ref": item.source.ref,
                "date": item.source.date,
                "title": item.source.title,
                "meeting": item.source.meeting,
                "side": item.source.side,
                "standing": item.source.standing,
                "language": item.language,
                "passage": item.passage,
                "similarity": round(item.similarity, 4),
                "exact": bool(item.passage) and item.is_exact,
                "pieces": _pieces(item.pieces),
                "versions": dict(item.versions),
            }
            for item in occurrences
        ]
    }


def compare_report(matches: Iterable[Match]) -> Value:
    """Matches of provisions; an empty side is what only the other text has."""
    return {
        "matches": [
            {
                "source": list(match.source),
                "target": list(match.target),
                "similarity": round(match.similarity, 4),
                "kind": match.kind,
                "pieces": _pieces(match.pieces),
            }
            for match in matches
        ]
    }
