"""Reading Russian: names, statements and commitments by rules; a tagger may add persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.press.anniversaries import find_anniversaries
from comity.press.dates import dateline
from comity.press.meeting_slots import BodyMention
from comity.press.meetings import find_meetings
from comity.press.model import Span
from comity.press.readers.base import Found, is_said, sides_of, statement_of
from comity.press.readers.russian.bodies import find_bodies
from comity.press.readers.russian.commitments import find_commitments
from comity.press.readers.russian.names import find_persons
from comity.press.readers.russian.speakers import Speakers
from comity.press.readers.russian.statements import find_statements
from comity.press.registry import Registry
from comity.press.segment import Layout


def assemble(layout: Layout, registry: Registry, reference: date | None, persons: list[tuple[Span, str]] | None = None) -> Found:
    """Everything in a Russian text; ``persons`` are a tagger's spans with their nominatives."""
    bodies = find_bodies(layout, registry)
    roster = find_persons(layout, registry, bodies, persons)
    spoken = Speakers(layout, roster, bodies).resolve_all(find_statements(layout))
    head = dateline(layout.text, layout.paragraphs, "ru", reference)
    jubilees = find_anniversaries(layout, "ru", reference)
    mentions = [BodyMention(b.name, b.span, b.country) for b in bodies]
    day = reference or (date.fromisoformat(head.date) if head and head.date else None)
    meetings = find_meetings(layout, "ru", day, mentions, roster, head, jubilees)
    commitments = find_commitments(layout, spoken, day, sides_of(mentions, meetings[0].parties if meetings else ()))
    people = roster.finish()
    refs = {p.name: p.ref for p in people}
    statements = tuple(
        replace(
            statement_of(
                layout, a, s, distanced=a.lemma.startswith("утвержд") or "так называем" in layout.text[max(0, a.cue[0] - 40) : a.cue[0]]
            ),
            speaker_ref=refs.get(s.name or ""),
        )
        for a, s in spoken
        if is_said(a, s)
    )
    return Found(tuple(meetings), tuple(jubilees), people, statements, tuple(commitments))
