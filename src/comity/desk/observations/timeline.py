"""The observed line: series with the lineage that their dates and bodies give, talks outside them, the mechanism's age.

A case says no lineage in so many words. What is drawn is derived: a series that is no longer seen runs into the earliest one that begins
at or after its last sign; a series that is itself a body below the committee leaves the series that runs when it begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.design.line import Age, Chart, Meeting, Moment, Series
from comity.desk.observations import shown, words
from comity.observations.merge import Case, Thing

# A name stands on the line as far as there is room for it; the table below and the lists have it whole.
_ROOM, _ROOM_OF_A_BRANCH = 56, 38

_YEARS = re.compile(r"(?:.*\s)?(\d{1,3}) years of (.+)")


@dataclass(slots=True)
class _Lane:
    id: str
    name: str
    first: str
    last_seen: str
    meetings: list[Thing] = field(default_factory=list)
    into: str = ""
    out_of: str = ""
    lane: int = 0


def chart(case: Case) -> Chart | None:
    """The chart of one case; None if it has no dated meeting."""
    dated = sorted(date for thing in case.all("meetings") if (date := _start(thing)))
    if not dated:
        return None
    lanes = _lanes(case)
    since = min((str(v.value.get("date") or "9999") for v in case.mechanism.versions("established")), default="9999")
    longer = [str(v.value.get("date")) for v in case.mechanism.versions("established") if str(v.value.get("date", "")).startswith(since)]
    since = min((date for date in longer if len(date) > 4), default=since)  # the year says less than the months in it
    talks = [thing for thing in case.all("meetings") if not thing.get("meeting", {}).get("series")]
    moments = _moments(case)
    return Chart(
        label=_("Meetings by series and date"),
        start=min(int(dated[0][:4]), int(since[:4])),
        end=int(dated[-1][:4]) + 2,  # room for what is planned, without a date
        series=tuple(_series(case, lane, lanes) for lane in lanes),
        talks_label=_("Talks, visits and signings outside the series"),
        talks=tuple(_meeting(case, thing) for thing in talks),
        age=_age(case, since, dated[-1], lanes),
        moments_label=_("Other anniversaries on its agendas"),
        moments=moments,
    )


def sides(case: Case) -> str:
    """What above and below the line mean."""
    parties = case.all("parties")
    if len(parties) != 2:
        return ""
    first, second = (shown.person(case, p.id)["text"] for p in parties)
    return _("Above the line: %(first)s is host. Below: %(second)s is host. On it: online, or not said.") % {
        "first": first,
        "second": second,
    }


def series_name(case: Case, id: str) -> dict[str, str]:
    """A series by the name of its body, of the mechanism if it is the only one, by what is said of it, or by the kind of its meetings."""
    body = case.one("bodies", id)
    if body is not None:
        return shown.named(body.get("body", {}).get("names", {}))
    thing = case.one("series", id)
    if thing is not None:
        said = str(thing.get("series", {}).get("name") or id)
        if said.startswith(str(case.mechanism.get("names", {}).get("en"))):
            return shown.named(case.mechanism.get("names", {}))
        return words.own_words(said)
    mine = [m for m in case.all("meetings") if m.get("meeting", {}).get("series") == id]
    kinds = {str(m.get("meeting", {}).get("kind")) for m in mine}
    if kinds == {"plenary meeting"}:
        return shown.named(case.mechanism.get("names", {}))
    return words.meeting_kind(kinds.pop()) if len(kinds) == 1 else words.own_words(id)


def _start(thing: Thing) -> str:
    return str((thing.get("meeting", {}).get("dates") or {}).get("start") or "")


def _lanes(case: Case) -> list[_Lane]:
    order: dict[str, _Lane] = {}
    for thing in case.all("series"):
        value = thing.get("series", {})
        name = series_name(case, thing.id)["text"]
        order[thing.id] = _Lane(thing.id, name, str(value.get("first", "")), str(value.get("last_seen", "")))
    for thing in case.all("meetings"):
        if id := thing.get("meeting", {}).get("series"):
            order.setdefault(str(id), _Lane(str(id), series_name(case, str(id))["text"], "", "")).meetings.append(thing)
    lanes = list(order.values())
    for lane in lanes:
        starts = sorted(date for thing in lane.meetings if (date := _start(thing)))
        lane.first = starts[0] if starts else lane.first
    _lineage(case, lanes)
    return lanes


def _lineage(case: Case, lanes: list[_Lane]) -> None:
    """Who runs into whom, who branches off, and on which lane each is drawn."""
    for lane in lanes:
        heirs = [o for o in lanes if lane.last_seen and o.first[:4] >= lane.last_seen[:4] and o is not lane and not o.last_seen]
        if heirs:
            lane.into = min(heirs, key=lambda o: o.first).id
        body = case.one("bodies", lane.id)
        running = [o for o in lanes if not o.last_seen and o.first < lane.first and o is not lane]
        if body is not None and body.get("body", {}).get("kind") == "joint working group" and running:
            lane.out_of = max(running, key=lambda o: o.first).id
    before = sorted((lane for lane in lanes if lane.into), key=lambda lane: lane.last_seen)
    others = [lane for lane in lanes if not lane.into and not lane.out_of]
    branches = [lane for lane in lanes if lane.out_of]
    for place, lane in enumerate([*before[:1], *others, *before[1:]]):
        lane.lane = place
    # A branch begins when the old series are over, so it may stand on their lane.
    below = 1 + len(before[:1]) if before else 0
    for place, lane in enumerate(branches):
        lane.lane = (below if before[1:] else below + len(others) - 1 if before else len(others)) + place


def _series(case: Case, lane: _Lane, lanes: list[_Lane]) -> Series:
    heir = next((other for other in lanes if other.id == lane.into), None)
    lost = heir is not None and int(heir.first[:4]) - int(lane.last_seen[:4]) > 1
    silent = _("not seen after %(year)s") % {"year": lane.last_seen[:4]} if lost else ""
    again = any(other.into == lane.id for other in lanes) and any(m.get("meeting", {}).get("ordinal") == 1 for m in lane.meetings)
    note = _("numbered from 1 again") if again else ""
    meetings = tuple(_meeting(case, thing) for thing in lane.meetings)
    name = _shortened(lane.name, _ROOM_OF_A_BRANCH if lane.out_of else _ROOM)
    return Series(lane.id, name, lane.first, meetings, note, lane.lane, lane.into, lane.out_of, silent)


def _shortened(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def _meeting(case: Case, thing: Thing) -> Meeting:
    value: Mapping[str, Any] = thing.get("meeting", {})
    return Meeting(
        id=f"m-{thing.id}",
        when=_start(thing),
        title=shown.meeting_title(case, thing),
        said_when=shown.span(value.get("dates") or {}),
        ordinal=str(value.get("ordinal", "")),
        kind=words.meeting_kind(str(value.get("kind", "")))["text"],
        place=words.place(dict(value)),
        side=_side(case, value),
        standing=shown.standing(len(case.all("parties"))),
        disputed=thing.disputed,
        url=shown.url(case, "meetings", thing.id),
        sources=tuple(shown.sources(case, thing.sources("meeting"))),
    )


def _side(case: Case, value: Mapping[str, Any]) -> Literal["above", "below", "on"]:
    """By the host that a source names; a place alone makes nobody host."""
    parties = [p.id for p in case.all("parties")]
    if len(parties) != 2 or value.get("mode") == "online":
        return "on"
    host = value.get("host_party")
    return "above" if host == parties[0] else "below" if host == parties[1] else "on"


def _age(case: Case, since: str, until: str, lanes: list[_Lane]) -> Age | None:
    if since == "9999" or since > until:
        return None
    years = int(until[:4]) - int(since[:4]) - (len(since) > 4 and until[5:7] < since[5:7])
    if years < 1:
        return None
    text = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    main = max(lanes, key=lambda lane: len(lane.meetings), default=None)
    held = [m.get("meeting", {}).get("ordinal") for m in main.meetings if _start(m)] if main else []
    ordinal = max((n for n in held if isinstance(n, int)), default=0)
    note = ""
    if ordinal and ordinal != years and any(lane.into for lane in lanes):
        note = _("meeting No. %(ordinal)d, and %(age)s: each right within its own line") % {"ordinal": ordinal, "age": text}
    return Age(_("Age, counted from %(date)s") % {"date": shown.when(since)}, since, until, text, note)


def _moments(case: Case) -> tuple[Moment, ...]:
    found = []
    for thing in case.all("meetings"):
        for topic in thing.get("meeting", {}).get("agenda") or ():
            match = _YEARS.fullmatch(str(topic))
            if match and _start(thing):
                years, what = int(match[1]), words.anniversary(match[2])
                text = ngettext("%(n)d year: %(what)s", "%(n)d years: %(what)s", years) % {"n": years, "what": what}
                found.append(Moment(_start(thing), text))
    return tuple(found)
