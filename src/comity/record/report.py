"""What a verification found, and what it decoded on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from comity.errors import ComityError
from comity.record.checkpoint import Checkpoint
from comity.record.entry import Entry
from comity.record.root import KeyRoot
from comity.record.statement import Statement


class Severity(StrEnum):
    """How bad: ``error`` = not what was signed; ``warning`` = something is missing or does not belong; ``notice`` = worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with its place and remedy. ``template`` and ``remedy_template`` have gaps that ``details`` fill, as in errors."""

    place: str
    severity: Severity
    template: str
    remedy_template: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return self.template.format(**self.details) if self.details else self.template

    @property
    def remedy(self) -> str:
        return self.remedy_template.format(**self.details) if self.details else self.remedy_template

    @property
    def error(self) -> ComityError:
        """The finding as an error, for whoever says it in another language."""
        return ComityError(self.template, place=self.place, remedy=self.remedy_template, **self.details)

    @classmethod
    def of(cls, error: ComityError, severity: Severity = Severity.ERROR, *, place: str = "") -> Finding:
        """The finding that an error describes; *place* is put before the error's own."""
        where = " ".join(part for part in (f"{place}:" if place and error.place else place, error.place) if part)
        return cls(where, severity, error.template, error.remedy_template, error.details)

    def __str__(self) -> str:
        said = f"{self.severity}: {self.place}: {self.message}"
        return f"{said} {self.remedy}" if self.remedy else said


@dataclass(frozen=True, slots=True)
class DecodedEntry:
    """An entry of a log with its statement, if that is here, and the officers' key ids whose signatures verified under *root*."""

    index: int
    entry: Entry
    leaf: bytes
    root: KeyRoot
    statement: Statement | None = None
    signed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DecodedLog:
    """A log, or the branch of a forked one whose root begins with *fork*. *entries* stop before the first that cannot be read.

    *sound*: the checkpoint is signed, the entries are all here and lead to its root, and every tile is as it must be.
    """

    party: str
    origin: str
    checkpoint: Checkpoint
    note: str
    entries: tuple[DecodedEntry, ...]
    roots: tuple[KeyRoot, ...]
    cosigned_by: tuple[str, ...] = ()
    fork: str = ""
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the record introduces it: by the founding act, by its accession, or again by a successor log."""

    id: str
    origin: str
    first_root: str
    act: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome. ``ok`` says that no byte here differs from what was signed; what is missing is in *counts* and among the warnings."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    mechanism: str = ""
    parties: tuple[Party, ...] = ()
    logs: tuple[DecodedLog, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)
