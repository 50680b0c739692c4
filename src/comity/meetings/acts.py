"""What may be said about meetings.

1. Convening is an act of all parties. Meeting *n* of a series is a cell of its own, so two meetings cannot get one number, and unrelated
   meetings do not wait for each other.
2. Numbers have no gaps: meeting *n* names meeting *n* − 1 of its series, unless it is the first.
3. A convened meeting is changed (another day, another town) by a convening that supersedes it and keeps its series and number.
"""

from __future__ import annotations

from comity.errors import Unsayable
from comity.meetings.model import Convening
from comity.terms.act import Act, ActType, Known, Plan, Saying, everyone, named
from comity.terms.fields import whole
from comity.terms.ids import creator

CONVENE = "meetings/convene/1"


def read_convening(body: object) -> Convening:
    return whole(body, Convening.read)


def slot(series: str, ordinal: int) -> str:
    """The cell of meeting ``ordinal`` of ``series``."""
    return f"{series}/slot/{ordinal}"


def _first_ordinal(founding: Act, series: str) -> int:
    for item in founding.body.get("series", ()):
        if f"{founding.id}#{item['key']}" == series:
            return int(item["first"])
    raise Unsayable("The founding act has no such series.", place="body.series")


def _convene(saying: Saying, known: Known) -> Plan:
    c = read_convening(saying.body)
    parties = everyone(saying, known)
    first = _first_ordinal(known.act(creator(c.series)), c.series)
    if c.last_day.last < c.first_day.first:
        raise Unsayable("The meeting ends before it begins.", place="body.last_day")
    if c.host is not None and c.host not in parties:
        raise Unsayable("The host {host} is not a party.", place="body.host", host=c.host)
    if not c.places and c.mode != "online":
        raise Unsayable("A meeting in person needs a place.", place="body.places", remedy="Name the town, or say that it is online.")
    if c.supersedes is not None:
        return _reconvene(c, parties, known)
    if (c.previous is None) != (c.ordinal == first):
        raise Unsayable(
            "Meeting {ordinal} has to name meeting {before}, and only meeting {first} names none.",
            place="body.previous",
            ordinal=c.ordinal,
            before=c.ordinal - 1,
            first=first,
        )
    if c.previous is not None:
        before = read_convening(named(known, c.previous, ("meetings/convene",), place="body.previous").body)
        if (before.series, before.ordinal) != (c.series, c.ordinal - 1):
            raise Unsayable("What it names is not meeting {ordinal} of this series.", place="body.previous", ordinal=c.ordinal - 1)
    return Plan(parties, frozenset({"self/state", slot(c.series, c.ordinal)}), refs=frozenset({c.previous} if c.previous else ()))


def _reconvene(c: Convening, parties: tuple[str, ...], known: Known) -> Plan:
    meeting = str(c.supersedes)
    before = read_convening(named(known, meeting, ("meetings/convene",), place="body.supersedes").body)
    if before.supersedes is not None:
        raise Unsayable("Name the act that first convened the meeting.", place="body.supersedes")
    if (before.series, before.ordinal, before.previous) != (c.series, c.ordinal, c.previous):
        raise Unsayable("A changed meeting keeps its series and number.", place="body.ordinal")
    return Plan(parties, frozenset({f"{meeting}/state"}))


TYPES = (
    ActType(
        CONVENE,
        _convene,
        says="Convene a meeting with its number in its series, days, places and host; or change a convened one.",
        signers="all parties",
        writes="self/state and <series>/slot/<ordinal>; or, if it supersedes, <meeting>/state",
        refers="the meeting before it in its series",
    ),
)
