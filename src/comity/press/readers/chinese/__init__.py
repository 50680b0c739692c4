"""Reading Chinese: names, statements and commitments by rules; a tagger may add persons and bodies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.press.anniversaries import find_anniversaries
from comity.press.dates import dateline
from comity.press.meeting_slots import BodyMention
from comity.press.meetings import find_meetings
from comity.press.model import Span
from comity.press.readers.base import Found, is_said, sides_of, statement_of
from comity.press.readers.chinese.commitments import find_commitments
from comity.press.readers.chinese.names import find_bodies, find_persons
from comity.press.readers.chinese.speakers import Speakers
from comity.press.readers.chinese.statements import Finder
from comity.press.registry import Registry
from comity.press.segment import Layout


def assemble(
    layout: Layout, registry: Registry, reference: date | None, persons: list[Span] | None = None, organisations: list[Span] | None = None
) -> Found:
    """Everything in a Chinese text; ``persons`` and ``organisations`` are a tagger's spans."""
    bodies = find_bodies(layout, registry, organisations)
    roster = find_persons(layout, registry, bodies, persons)
    spoken = Speakers(layout, roster, bodies).resolve_all(Finder(layout, roster, bodies).find())
    head = dateline(layout.text, layout.paragraphs, "zh", reference)
    day = reference or (date.fromisoformat(head.date) if head and head.date else None)
    jubilees = find_anniversaries(layout, "zh", day)
    mentions = [BodyMention(b.name, b.span, b.country) for b in bodies]
    meetings = find_meetings(layout, "zh", day, mentions, roster, head, jubilees)
    commitments = find_commitments(layout, spoken, day, sides_of(mentions, meetings[0].parties if meetings else ()))
    people = roster.finish()
    refs = {p.name: p.ref for p in people}
    statements = tuple(
        replace(
            statement_of(layout, a, s, distanced="所谓" in layout.text[max(0, a.cue[0] - 10) : a.content[0] + 12]),
            speaker_ref=refs.get(s.name or ""),
        )
        for a, s in spoken
        if is_said(a, s)
    )
    return Found(tuple(meetings), tuple(jubilees), people, statements, tuple(commitments))
