"""Clauses that may be commitments, as every language's reader finds them, and how they become commitments: no two over the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.press.areas import areas_of
from comity.press.attribution import Claimed
from comity.press.due import due_in
from comity.press.model import Commitment, Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its nature, who commits, and how sure its rule is (0 to 1)."""

    span: Span
    nature: str
    who: tuple[str, ...]
    sure: float


def settled(text: str, clauses: list[Clause], language: str, reference: date | None, *, least: int) -> list[Commitment]:
    """The clauses of at least ``least`` code points as commitments, earlier ones first served, in the order of the text."""
    out: list[Commitment] = []
    spans = Claimed()
    for c in clauses:
        if c.span[1] - c.span[0] >= least and not spans.holds(c.span):
            spans.add(c.span)
            out.append(
                Commitment(
                    c.span, c.who, c.nature, due_in(text, c.span, language, reference), areas_of(text[slice(*c.span)], language), c.sure
                )
            )
    return sorted(out, key=lambda c: c.span)
