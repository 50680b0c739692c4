"""What a check says, and how a person sets it aside with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]
Span = tuple[int, int]

SEVERITIES: Final[Mapping[str, Severity]] = {
    **dict.fromkeys(("STRUCT", "MISSING", "EXTRA", "NUM", "DATE", "MONEY", "UNIT", "REF", "MODAL", "BRACKET", "CLOSING"), "error"),
    **dict.fromkeys(("SPLIT", "NAME", "TERM", "SEM", "LABEL", "STRAY"), "warning"),
    **dict.fromkeys(("NEG", "PREC"), "info"),
}  # type: ignore[dict-item, unused-ignore]  # narrower than the stubs say
"""Every code with its usual severity. The reference's MONEY/UNIT is two codes here, since they are mended by different people."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something two language versions do not agree on.

    `spans` gives, per language, code points in the provision's own text; a language without spans has nothing to point to (the provision
    or the words are missing there). `template` is an English sentence whose named gaps `details` fill, so that the desk can say it in other
    languages. `waiver` is the reason for which a person set it aside; it stays visible.
    """

    code: str
    eid: str
    languages: tuple[str, ...]
    template: str
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    severity: Severity = "warning"
    waiver: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The finding as an English sentence."""
        return self.template.format(**self.details) if self.details else self.template

    @property
    def key(self) -> str:
        """Stable id for waivers: changes if what is said changes, not if the words around it do."""
        said = "\x1f".join((self.code, self.eid, *sorted(self.languages), self.message))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def finding(
    code: str, eid: str, template: str, spans: Mapping[str, Iterable[Span]], *, severity: Severity | None = None, **details: object
) -> Finding:
    """A finding with its code's usual severity; the languages are those of `spans`, in order; `details` fill the template's gaps."""
    kept = {language: tuple(sorted(set(found))) for language, found in spans.items()}
    said = {name: str(value) for name, value in details.items()}
    return Finding(code, eid, tuple(spans), template, kept, severity or SEVERITIES[code], details=said)


def waive(findings: Iterable[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    """The same findings, with the reasons (by key) for which people set some aside."""
    return [replace(item, waiver=reasons.get(item.key, "")) for item in findings]


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that stand against adoption: errors that nobody has waived."""
    return [item for item in findings if item.severity == "error" and not item.waiver]
