"""A meeting as one sentence names it, and how mentions of one meeting become one."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.press.dates import When
from comity.press.model import Span
from comity.press.segment import Sentence


@dataclass(slots=True)
class Mention:
    """What one sentence says of a meeting."""

    kind: str
    ordinal: int | None
    name: str
    span: Span
    sentence: Sentence
    place: str | None = None
    when: When | None = None
    bodies: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    chairs: list[str] = field(default_factory=list)
    future: bool = False
    online: bool = False
    anniversary: int | None = None
    sure: float = 0.8
    said: bool = False
    planned: bool = False
    firm: bool = False  # said, but told as held or announced with its day and place
    apart: bool = False  # told as another one: "later that day", "on the margins of the session"
    paragraphs: set[int] = field(default_factory=set)  # in which it is named
    event: bool = False  # told as something done ("met with", "held talks"), not referred to ("during the talks")
    people: frozenset[str] = frozenset()


def merge(mentions: list[Mention]) -> list[Mention]:
    """One entry per meeting. Numbered ones merge by kind and number; unnumbered ones fill the gaps of the same kind, or of the one
    session nearby."""
    merged: list[Mention] = []
    for m in mentions:
        m.paragraphs.add(m.sentence.paragraph)
        if m.ordinal is not None:
            same = next(
                (
                    o
                    for o in merged
                    if o.ordinal == m.ordinal and o.kind == m.kind and not (o.place and m.place and o.place != m.place) and _same_day(o, m)
                ),
                None,
            )
        else:
            same = next((o for o in merged if o.kind == m.kind and _agree(o, m) and (not m.future or o.future)), None)
        if same is None:
            merged.append(m)
            continue
        same.paragraphs |= m.paragraphs
        same.place = same.place or m.place
        same.when = same.when or m.when
        same.future = same.future and m.future
        same.bodies = same.bodies or m.bodies
        same.parties = list(dict.fromkeys([*same.parties, *m.parties])) if len(same.parties) < 2 else same.parties
        same.chairs = list(dict.fromkeys([*same.chairs, *m.chairs]))
    return merged


def _agree(a: Mention, b: Mention) -> bool:
    same_people = len(b.people) > 1 and a.people and (a.people <= b.people or b.people <= a.people)
    if b.apart and b.event and b.sentence != a.sentence and not same_people:
        return False
    if a.event and b.event and len(a.people) > 1 and len(b.people) > 1 and a.people - b.people and b.people - a.people:
        return False  # "met with X. Earlier he held talks with Y": two meetings
    return _same_day(a, b) and not (a.place and b.place and a.place != b.place)


def _same_day(a: Mention, b: Mention) -> bool:
    """Whether the days of two mentions may be of one meeting: as far as both are told, or one within the other."""
    if not (a.when and b.when and a.when.date and b.when.date):
        return True
    if a.ordinal is not None and (a.when.date[:4] == b.when.date[:4] or min(len(a.when.date), len(b.when.date)) == 4):
        return True  # one number, told with the day of its opening and of its end, or beside a year that it deals with
    shorter = min(len(a.when.date), len(b.when.date))
    return a.when.date[:shorter] == b.when.date[:shorter] or bool(a.when.end and a.when.date <= b.when.date <= a.when.end)
