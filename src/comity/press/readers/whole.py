"""From names and attributions to everything that a text says: the steps that all languages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from comity.press.anniversaries import find_anniversaries
from comity.press.attribution import Attribution, clean, moved
from comity.press.calibration import calibrated
from comity.press.datelines import Dateline, dateline
from comity.press.facts import find_facts
from comity.press.meetings import find_meetings
from comity.press.model import Body, Commitment, Meeting
from comity.press.nearby import Nearby
from comity.press.people import Roster
from comity.press.readers.base import Found, Speaker, is_said, sides_of, statement_of
from comity.press.segment import Layout

type Spoken = list[tuple[Attribution, Speaker]]
type FindCommitments = Callable[[Layout, Spoken, date | None, tuple[str, ...]], list[Commitment]]


def whole(
    layout: Layout,
    language: str,
    reference: date | None,
    bodies: Iterable[Body],
    roster: Roster,
    spoken: Spoken,
    find_commitments: FindCommitments,
    distanced: Callable[[Layout, Attribution], bool],
) -> Found:
    """Meetings, jubilees, persons, statements, commitments and facts. The day of the dateline, where there is one, goes
    before the ``reference`` day."""
    head = dateline(layout.text, layout.paragraphs, language, reference)
    filed = date.fromisoformat(head.date) if head and head.date else None
    day = filed if filed and (reference is None or 0 <= (reference - filed).days < 400) else reference
    spoken = [(_after_dateline(layout, a, head), s) for a, s in spoken]
    jubilees = find_anniversaries(layout, language, day)
    mentions = Nearby((b.span, b) for b in bodies)
    said = Nearby((a.content, a.content) for a, s in spoken if is_said(a, s) and not a.tail)
    meetings = find_meetings(layout, language, day, mentions, roster, head, jubilees, said)
    first = meetings[0] if meetings else None
    sides = sides_of(mentions, first.parties if first else ()) or _joint_body(layout, language) or _two_persons(roster, first)
    commitments = find_commitments(layout, spoken, day, sides)
    people = roster.finish()
    refs = {p.name: p.ref for p in people}
    statements = tuple(
        statement_of(layout, a, s, language, refs.get(s.name or ""), distanced=distanced(layout, a)) for a, s in spoken if is_said(a, s)
    )
    facts = find_facts(layout, statements, head, language)
    people = tuple(replace(p, confidence=calibrated("persons", language, p.confidence)) for p in people)
    commitments = [replace(c, confidence=calibrated("commitments", language, c.confidence)) for c in commitments]
    return Found(tuple(meetings), tuple(jubilees), people, statements, tuple(commitments), facts)


def _after_dateline(layout: Layout, a: Attribution, head: Dateline | None) -> Attribution:
    """A content that the dateline precedes begins behind it."""
    if head is None or not a.content[0] < head.end < a.content[1]:
        return a
    return moved(a, clean(layout.text, head.end, a.content[1]))


_PAIR = re.compile(
    r"(?:[Cc]ommi(?:ttee|ssion)|[Cc]ouncil|[Gg]roup|[Aa]ssembly|[Pp]arliaments|[Cc]hambers)\s(?:on\s(?:[A-Z][\w-]+\s){1,3}|for\s(?:[A-Z][\w-]+\s){1,3})?"
    r"(?:of|between)\s(?P<a>[A-Z]\w+)\sand\s(?P<b>[A-Z]\w+)(?![\w’'-]|\s[A-Z])"
    r"|\b(?P<c>[A-Z]\w+)[–-](?P<d>[A-Z]\w+)\s(?:[A-Z]\w+\s|[a-z]+\s){0,3}?(?:[Cc]ommi(?:ttee|ssion)|[Cc]ouncil|[Gg]roup|[Aa]ssembly)"
    r"|(?:[Cc]ommittee|[Cc]ommission|[Cc]ouncil)\s(?P<e>[A-Z]\w+)[–-](?P<f>[A-Z]\w+)"
)


def _joint_body(layout: Layout, language: str) -> tuple[str, ...]:
    """Whose joint body a text names first: "the Commission of A and B", "the A–B council"."""
    match = _PAIR.search(layout.text) if language == "en" else None
    return tuple(name for name in match.groups() if name) if match else ()


def _two_persons(roster: Roster, meeting: Meeting | None) -> tuple[str, ...]:
    """Whom "both sides" means where no bodies are named: the two who chaired, or the only two persons of the text."""
    if meeting is not None and len(meeting.chairs_or_hosts) == 2:
        return meeting.chairs_or_hosts
    return tuple(d.name for d in roster.drafts) if len(roster.drafts) == 2 else ()
