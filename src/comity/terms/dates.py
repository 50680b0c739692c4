"""Partial dates, windows and due times; nothing here reads a clock.

A partial date is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (a subset of ISO 8601). It is compared through its first and last day.

>>> PartialDate("2026-02").last.isoformat()
'2026-02-28'
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import available_timezones

from comity.errors import Unsayable
from comity.terms.fields import Fields

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SAID = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})")
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


@cache
def known_zones() -> frozenset[str]:
    """The IANA time zones that this machine knows: looked up once, since that opens every file of them."""
    return frozenset(available_timezones())


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, as it was said."""

    text: str

    def __post_init__(self) -> None:
        match = _PARTIAL.fullmatch(self.text)
        try:
            if match is None:
                raise ValueError
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            raise Unsayable("{text!r} is not a date.", place="date", remedy="Write YYYY, YYYY-MM or YYYY-MM-DD.", text=self.text) from None

    @property
    def first(self) -> date:
        year, month, day = (*map(int, self.text.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def last(self) -> date:
        parts = [int(p) for p in self.text.split("-")]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else 12
        day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
        return date(year, month, day)


def read_date(fields: Fields, name: str) -> PartialDate:
    return PartialDate(fields.text(name, most=10))


@dataclass(frozen=True, slots=True)
class Due:
    """When something falls due: by a date, within a window, or expressly ``none stated``."""

    start: PartialDate | None
    end: PartialDate | None

    @classmethod
    def read(cls, fields: Fields) -> Due:
        """``{"by": d}``, ``{"from": d, "to": d}`` or ``{"none_stated": true}``."""
        if fields.has("none_stated"):
            if not fields.flag("none_stated"):
                raise Unsayable("Either it is true, or a date is stated.", place=fields.place("none_stated"))
            return cls(None, None)
        if fields.has("by"):
            return cls(None, read_date(fields, "by"))
        due = cls(read_date(fields, "from"), read_date(fields, "to"))
        if due.start and due.end and due.end.last < due.start.first:
            raise Unsayable("The window ends before it begins.", place=fields.place("to"))
        return due

    @property
    def stated(self) -> bool:
        return self.end is not None

    def overdue(self, today: date) -> bool:
        """Computed when read, never stored (rule 14)."""
        return self.end is not None and self.end.last < today


def check_said(text: str, *, place: str) -> str:
    """An instant with its offset (RFC 3339, seconds); kept as said, because the offset says whose clock it was."""
    try:
        if _SAID.fullmatch(text) is None:
            raise ValueError
        datetime.fromisoformat(text)
    except ValueError:
        raise Unsayable(
            "{text!r} is not an instant with its offset.", place=place, remedy="Write 2026-11-12T16:40:00+03:00.", text=text
        ) from None
    return text


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A wall-clock time in an IANA zone, e.g. ``2026-11-20T10:00`` in ``Europe/Kyiv``."""

    text: str
    zone: str

    @classmethod
    def read(cls, fields: Fields) -> LocalTime:
        text = fields.text("at", pattern=_LOCAL)
        zone = fields.text("zone")
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise Unsayable(
                "{text!r} is not a local time.", place=fields.place("at"), remedy="Write 2026-11-20T10:00.", text=text
            ) from None
        if zone not in known_zones():
            raise Unsayable("{zone!r} is not an IANA time zone.", place=fields.place("zone"), remedy="Write e.g. Asia/Shanghai.", zone=zone)
        return cls(text, zone)
