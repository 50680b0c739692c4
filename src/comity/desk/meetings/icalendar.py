"""Meetings as iCalendar (RFC 5545): the days as one event, the opening as another, so that nobody has to invent an end.

Times are in UTC, so that no file depends on another's table of zones. The same meetings give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//Comity//Joint record//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting for calendars: whole days from ``first`` to ``last``.

    ``sequence`` counts the convenings that changed it, ``stamp`` is when the last one was said; ``opening`` is what its opening is called.
    """

    uid: str
    summary: str
    first: date
    last: date
    stamp: datetime
    opens: datetime | None = None
    opening: str = ""
    location: str = ""
    description: str = ""
    url: str = ""
    lang: str = ""
    confirmed: bool = False
    sequence: int = 0


def calendar(events: Iterable[Event], *, name: str = "") -> bytes:
    """The file's bytes; ``name`` is what a calendar program calls a feed (RFC 7986)."""
    import icalendar  # 12 MB that most nodes need once a week: not before somebody asks for a calendar

    made = icalendar.Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
    for event in events:
        made.add_component(_days(event))
        if event.opens is not None:
            made.add_component(_opening(event, event.opens))
    return bytes(made.to_ical())


def _days(event: Event) -> icalendar.Event:
    made = _common(event, event.uid, event.summary)
    made.add("dtstart", event.first)
    # The end of an event of whole days is the day after its last one (3.6.1).
    made.add("dtend", event.last + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    return made


def _opening(event: Event, opens: datetime) -> icalendar.Event:
    made = _common(event, f"opening-{event.uid}", event.opening or event.summary)
    made.add("dtstart", opens.astimezone(UTC))
    return made


def _common(event: Event, uid: str, summary: str) -> icalendar.Event:
    import icalendar  # see above

    made = icalendar.Event()
    language = {"LANGUAGE": event.lang} if event.lang else {}
    made.add("uid", uid)
    made.add("summary", summary, parameters=language)
    made.add("dtstamp", event.stamp.astimezone(UTC))
    made.add("sequence", event.sequence)
    made.add("status", "CONFIRMED" if event.confirmed else "TENTATIVE")
    for kind, text in (("location", event.location), ("description", event.description)):
        if text:
            made.add(kind, text, parameters=language)
    if event.url:
        made.add("url", event.url)
    return made
