"""Each side's clock: the zone in which it works, so that a time is told to both as their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats

from comity.desk.meetings import words
from comity.desk.meetings.models import MeetingRow
from comity.desk.show import PartyShown, name_of
from comity.terms.dates import known_zones


@dataclass(frozen=True, slots=True)
class Clock:
    """A zone and whose it is: names of sides and of places, for the reader."""

    zone: str
    of: tuple[str, ...]


def zones_of_sides(mechanism: str, parties: Sequence[PartyShown]) -> dict[str, str]:
    """Party → zone: this node's own from its settings, another's from the last meeting that it hosted; those not known are left out."""
    found: dict[str, str] = {}
    hosted = MeetingRow.objects.filter(mechanism=mechanism, in_force=True).exclude(mode="online").order_by("-first_day", "-ordinal")[:40]
    for row in hosted:
        zone = words.zone_of(row)
        if row.host and zone in known_zones():
            found.setdefault(row.host, zone)
    if settings.NODE.party:
        found[settings.NODE.party] = settings.NODE.zone
    return {p.id: found[p.id] for p in parties if p.id in found}


def clocks(row: MeetingRow, parties: Sequence[PartyShown], sides: dict[str, str]) -> list[Clock]:
    """The clocks that matter for a meeting: the one it opens by, those of its places, those of the sides; each zone once."""
    whose: dict[str, list[str]] = {}
    if row.opens:
        whose.setdefault(row.opens["zone"], [])
    for place in row.places:
        if place.get("zone"):
            whose.setdefault(place["zone"], []).append(name_of(place["names"]))
    for party in parties:
        if party.id in sides:
            whose.setdefault(sides[party.id], []).append(party.name)
    whose.setdefault(settings.NODE.zone, [])
    return [Clock(zone, tuple(dict.fromkeys(of))) for zone, of in whose.items() if zone in known_zones()]


def times(row: MeetingRow, found: Sequence[Clock]) -> list[dict[str, str]]:
    """The opening by every clock, for the page: clocks that show the same are told once."""
    moment = words.opening(row)
    if moment is None:
        return []
    shown: dict[str, list[str]] = {}
    for clock in found:
        said = formats.date_format(moment.astimezone(ZoneInfo(clock.zone)), "DATETIME_FORMAT")
        shown.setdefault(said, []).append(_whose(clock))
    return [{"text": text, "note": "; ".join(whose)} for text, whose in shown.items()]


def _whose(clock: Clock) -> str:
    return f"{clock.zone} ({', '.join(clock.of)})" if clock.of else clock.zone


def item_times(starts: dict[str, str], found: Sequence[Clock]) -> list[dict[str, str]]:
    """When an item begins, by every clock, as hours and minutes: the clock that it was said by comes first."""
    if starts.get("zone") not in known_zones():
        return []
    moment = datetime.fromisoformat(starts["at"]).replace(tzinfo=ZoneInfo(starts["zone"]))
    zones = dict.fromkeys([starts["zone"], *(clock.zone for clock in found)])
    shown: dict[str, list[str]] = {}
    for zone in zones:
        local = moment.astimezone(ZoneInfo(zone))
        other_day = "" if local.date() == moment.date() else f" ({formats.date_format(local, 'MONTH_DAY_FORMAT')})"
        shown.setdefault(formats.time_format(local, "H:i") + other_day, []).append(zone)
    return [{"text": text, "zones": ", ".join(names)} for text, names in shown.items()]
