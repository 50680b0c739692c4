"""Reading English: names, statements and commitments by rules, with or without a parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.press.anniversaries import find_anniversaries
from comity.press.attribution import Attribution
from comity.press.dates import dateline
from comity.press.meeting_slots import BodyMention
from comity.press.meetings import find_meetings
from comity.press.model import Span
from comity.press.readers.base import Found, is_said, sides_of, statement_of
from comity.press.readers.english.commitments import find_commitments
from comity.press.readers.english.names import find_bodies, find_persons
from comity.press.readers.english.speakers import Speakers
from comity.press.readers.english.statements import find_statements
from comity.press.registry import Registry
from comity.press.segment import Layout


def assemble(
    layout: Layout,
    registry: Registry,
    reference: date | None,
    attributions: list[Attribution] | None = None,
    persons: list[Span] | None = None,
) -> Found:
    """Everything in an English text; ``attributions`` and ``persons`` may come from a parser and a tagger instead of the surface rules."""
    bodies = find_bodies(layout, registry)
    roster = find_persons(layout, registry, bodies, persons)
    found = find_statements(layout) if attributions is None else attributions
    spoken = Speakers(layout, roster, bodies).resolve_all(found)
    head = dateline(layout.text, layout.paragraphs, "en", reference)
    jubilees = find_anniversaries(layout, "en", reference)
    mentions = [BodyMention(b.name, b.span, b.country) for b in bodies]
    day = reference or (date.fromisoformat(head.date) if head and head.date else None)
    meetings = find_meetings(layout, "en", day, mentions, roster, head, jubilees)
    commitments = find_commitments(layout, spoken, day, sides_of(mentions, meetings[0].parties if meetings else ()))
    people = roster.finish()
    refs = {p.name: p.ref for p in people}
    statements = tuple(
        replace(statement_of(layout, a, s, distanced=_distanced(layout, a)), speaker_ref=refs.get(s.name or ""))
        for a, s in spoken
        if is_said(a, s)
    )
    return Found(tuple(meetings), tuple(jubilees), people, statements, tuple(commitments))


def _distanced(layout: Layout, a: Attribution) -> bool:
    """The reporter keeps off: "so-called", "what X calls", "claims", "alleges"."""
    if a.lemma in {"claim", "allege"}:
        return True
    before = layout.text[max(0, a.cue[0] - 60) : a.cue[1]]
    return "so-called" in before or ("what " in before.lower() and a.lemma in {"call", "describe"})
