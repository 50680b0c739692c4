"""A meeting as iCalendar (RFC 5545): the days as one event, the opening as another, so that nobody has to invent an end.

Only what we write: UTC times and whole days, so no VTIMEZONE. Lines end in CRLF and are folded at 75 octets (section 3.1); text is escaped
(section 3.3.11).

>>> escape("Kelmor; Hall 2, left")
'Kelmor\\\\; Hall 2\\\\, left'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Comity//Joint record//EN"
FOLD = 75


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting for calendars: whole days from ``first`` to ``last``.

    ``sequence`` counts the convenings that changed it, ``stamp`` is when the last one was said.
    """

    uid: str
    summary: str
    first: date
    last: date
    stamp: datetime
    opens: datetime | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    lang: str = ""
    confirmed: bool = False
    sequence: int = 0


def calendar(event: Event, *, opening: str) -> bytes:
    """The file's bytes; ``opening`` is what the second event is called (*Opening of the third meeting*)."""
    common = [
        ("DTSTAMP", _utc(event.stamp)),
        ("SEQUENCE", str(event.sequence)),
        ("STATUS", "CONFIRMED" if event.confirmed else "TENTATIVE"),
        *((name, escape(text)) for name, text in _texts(event) if text),
        *([("URL", event.url)] if event.url else []),
    ]
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("METHOD", "PUBLISH"),
        ("BEGIN", "VEVENT"),
        ("UID", event.uid),
        (f"SUMMARY{_language(event)}", escape(event.summary)),
        ("DTSTART;VALUE=DATE", f"{event.first:%Y%m%d}"),
        # The end of an event of whole days is the day after its last one (3.6.1).
        ("DTEND;VALUE=DATE", f"{event.last + timedelta(days=1):%Y%m%d}"),
        ("TRANSP", "TRANSPARENT"),
        *common,
        ("END", "VEVENT"),
    ]
    if event.opens is not None:
        lines += [
            ("BEGIN", "VEVENT"),
            ("UID", f"opening-{event.uid}"),
            (f"SUMMARY{_language(event)}", escape(opening)),
            ("DTSTART", _utc(event.opens)),
            *common,
            ("END", "VEVENT"),
        ]
    lines.append(("END", "VCALENDAR"))
    return "".join(fold(f"{name}:{value}") for name, value in lines).encode()


def _texts(event: Event) -> Iterable[tuple[str, str]]:
    yield f"LOCATION{_language(event)}", event.location
    yield f"DESCRIPTION{_language(event)}", event.description


def _language(event: Event) -> str:
    return f";LANGUAGE={event.lang}" if event.lang else ""


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line breaks escaped."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line with its CRLF, broken so that no piece has more than 75 octets and no character is cut."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > FOLD:
            pieces.append(piece)
            piece, size = " ", 1  # the blank that marks a continuation counts
        piece += character
        size += width
    return "\r\n".join((*pieces, piece)) + "\r\n"
