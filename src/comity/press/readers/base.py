"""The interface behind which readers plug in, and what they share once attributions are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from comity.press.attribution import RULES, Attribution, form_of
from comity.press.calibration import calibrated
from comity.press.model import Anniversary, Body, Commitment, Meeting, Person, ReportedFact, Span, Statement
from comity.press.people import Draft, Roster
from comity.press.registry import Registry
from comity.press.segment import Layout


@dataclass(frozen=True, slots=True)
class Found:
    """What one reader found in one text, before relations to the registry are drawn."""

    meetings: tuple[Meeting, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    persons: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    reported_facts: tuple[ReportedFact, ...] = ()


class Reader(Protocol):
    """A reader of one or more languages. ``version`` changes whenever its output may."""

    name: str
    version: str
    languages: frozenset[str]

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found: ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the name to show, the registry's id, where it is named, what kind of claim follows, and the country he speaks for."""

    name: str | None
    claim: str = "official_claim"
    ref: str | None = None
    span: Span | None = None
    country: str | None = None
    sides: bool = False
    sure: float = 1.0


def statement_of(layout: Layout, a: Attribution, speaker: Speaker, language: str, ref: str | None, *, distanced: bool = False) -> Statement:
    """The statement of an attribution; confidence is the rule's, less if the speaker was not resolved or is a guess, then calibrated.

    ``ref`` is the registry's id of the speaker.
    """
    base = RULES.get(a.rule, 0.6) * (0.97 if a.continued else 1.0)
    confidence = max(0.05, min(0.98, base * (speaker.sure if speaker.name else 0.75)))
    return Statement(
        a.content,
        a.cue,
        speaker.name,
        speaker.span,
        form_of(a.content, layout.quotations_in(*a.content), layout.text),
        speaker.claim,
        calibrated("statements", language, confidence),
        ref,
        a.continued,
        distanced,
    )


def interviewee(roster: Roster) -> Draft | None:
    """Who answers in questions and answers without names: the person named first."""
    named = [d for d in roster.drafts if d.mentions]
    return min(named, key=lambda d: min(d.mentions), default=None)


def sides_of(bodies: Iterable[Body], parties: Sequence[str]) -> tuple[str, ...]:
    """The bodies that "both sides" stands for: the first one named of each party's country; nothing if fewer than two are named."""
    first = [next((b.name for b in bodies if b.country == code), None) for code in parties]
    names = tuple(name for name in first if name)
    return names if len(names) >= 2 else ()


def is_said(a: Attribution, speaker: Speaker) -> bool:
    """Whether an attribution is a statement: "the sides agreed to …" reports an undertaking, not words."""
    if speaker.sides and a.lemma in {"agree", "decide", "resolve"} and a.rule in {"that", "parse-clause", "clause"}:
        return False
    return not (a.rule in {"infinitive", "nominal"} and speaker.sides) and not (a.kind == "agree" and a.rule in {"infinitive", "clause"})
