"""What an import found: problems that stop it, mismatches that are kept and shown, notes. Every finding names rows or roll calls, and a
remedy.

A mismatch between official totals and counted votes is never repaired: both stay, and the roll call is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from comity.errors import Malformed
from comity.forums.model import Totals

EXAMPLES = 12
"""So many places are named in one finding; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``places``: up to :data:`EXAMPLES` of ``count`` (rows count from 1, the header being row 1).

    ``message`` and ``remedy`` are English sentences with ``{named}`` gaps that ``details`` fill, as those of errors are.
    """

    kind: str
    message: str
    remedy: str
    places: tuple[str, ...] = ()
    count: int = 1
    offer: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return self.message.format(**self.details) if self.details else self.message

    @property
    def what_to_do(self) -> str:
        return self.remedy.format(**self.details) if self.details else self.remedy


@dataclass(frozen=True, slots=True)
class TotalsMismatch:
    """Official totals of one roll call beside the votes counted in the same file."""

    event: str
    session: int
    symbol: str
    official: Totals
    counted: Totals


@dataclass
class ImportReport:
    """Filled while reading; ``problems`` not empty means that nothing was imported."""

    forum: str
    source: str
    rows: int = 0
    events: int = 0
    voters: int = 0
    problems: list[Finding] = field(default_factory=list)
    mismatches: list[TotalsMismatch] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def problem(
        self, kind: str, message: str, remedy: str, places: list[str], offer: Mapping[str, str] | None = None, **details: object
    ) -> None:
        said = {name: str(value) for name, value in details.items()}
        self.problems.append(Finding(kind, message, remedy, tuple(places[:EXAMPLES]), len(places), offer or {}, said))

    def note(self, kind: str, message: str, places: list[str], remedy: str = "") -> None:
        self.notes.append(Finding(kind, message, remedy, tuple(places[:EXAMPLES]), len(places)))

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise ImportRefused(self)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class ImportRefused(Malformed):
    """The file cannot be imported as it is; ``report`` says why, row by row. Nothing was changed."""

    def __init__(self, report: ImportReport) -> None:
        first = report.problems[0]
        super().__init__(
            "{first} Nothing was imported; problems in all: {count}.",
            place=f"{report.source}: {', '.join(first.places[:3])}".rstrip(": "),
            remedy=first.what_to_do.replace("{", "{{").replace("}", "}}"),
            first=first.said,
            count=len(report.problems),
        )
        self.report = report
