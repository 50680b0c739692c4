"""What may be said about meetings.

1. Convening is an act of all parties. Meeting *n* of a series is a cell of its own, so two meetings cannot get one number, and unrelated
   meetings do not wait for each other.
2. Numbers have no gaps: meeting *n* names meeting *n* − 1 of its series, unless it is the first.
3. A convened meeting is changed (another day, another town) by a convening that supersedes it and keeps its series and number.
4. The agenda is an act of all parties, in a cell of the meeting; a later one replaces it. Each side says its own delegation, in a cell of
   its own. Titles, names and reasons are prose and stand in files.
5. A meeting is closed by all parties, on its minutes as they stand. Whoever says something about a meeting relies on its not being closed;
   once it is, no convening, agenda or delegation makes sense any more. There is no reopening: texts are corrected, meetings are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.errors import Unsayable
from comity.meetings.agenda import Agenda
from comity.meetings.delegation import Delegation
from comity.meetings.model import Convening
from comity.terms.act import Act, ActType, Known, Plan, Saying, alone, everyone, named
from comity.terms.fields import Fields, whole
from comity.terms.ids import creator

CONVENE, AGENDA, DELEGATION, CLOSE = "meetings/convene/1", "meetings/agenda/1", "meetings/delegation/1", "meetings/close/1"


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes a meeting: its minutes, and the texts that it adopted."""

    meeting: str
    minutes: str
    texts: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields) -> Closing:
        return cls(fields.digest("meeting"), fields.digest("minutes"), fields.texts("texts", most=500))


def read_convening(body: object) -> Convening:
    return whole(body, Convening.read)


def read_agenda(body: object) -> Agenda:
    return whole(body, Agenda.read)


def read_delegation(body: object) -> Delegation:
    return whole(body, Delegation.read)


def read_closing(body: object) -> Closing:
    return whole(body, Closing.read)


def slot(series: str, ordinal: int) -> str:
    """The cell of meeting ``ordinal`` of ``series``."""
    return f"{series}/slot/{ordinal}"


def agenda_cell(meeting: str) -> str:
    return f"{meeting}/agenda"


def delegation_cell(meeting: str, party: str) -> str:
    return f"{meeting}/delegation@{party}"


def closed_cell(meeting: str) -> str:
    """Written by the act that closes a meeting, and by no other."""
    return f"{meeting}/closed"


def still_open(act: Act) -> None:
    """Refuse an act about a meeting that is closed: what it names as head of the meeting's ``closed`` cell is then that closing.

    A pure function of the act's bytes, because nothing but a closing writes such a cell. Raises :class:`Unsayable`.
    """
    named_heads = {**act.basis, **act.relies}
    if act.type.startswith("meetings/") and any(heads for cell, heads in named_heads.items() if cell.endswith("/closed")):
        raise Unsayable("The meeting is closed.", place="body.meeting", remedy="Correct its texts, or take it up at the next meeting.")


def _meeting(known: Known, meeting: str, *, place: str = "body.meeting") -> Convening:
    """The meeting of that id, as it was first convened."""
    found = read_convening(named(known, meeting, ("meetings/convene",), place=place).body)
    if found.supersedes is not None:
        raise Unsayable("Name the act that first convened the meeting.", place=place)
    return found


def _same_files(saying: Saying, wanted: list[str]) -> None:
    if sorted(wanted) != sorted(saying.files):
        raise Unsayable("The files that are named and those that are signed differ.", place="subject", remedy="Write the act again.")


def _first_ordinal(opening: Act, series: str) -> int:
    """Where the numbers of ``series`` begin, as the act says that opened it: the founding act, or one that opened a further series."""
    for item in opening.body.get("series", ()) if opening.type.startswith("mechanisms/") else ():
        if f"{opening.id}#{item['key']}" == series:
            return int(item["first"])
    raise Unsayable("There is no such series.", place="body.series")


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
    if c.notes:
        _same_files(saying, [note.file for note in c.notes])
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
    before = _meeting(known, meeting, place="body.supersedes")
    if (before.series, before.ordinal, before.previous) != (c.series, c.ordinal, c.previous):
        raise Unsayable("A changed meeting keeps its series and number.", place="body.ordinal")
    return Plan(parties, frozenset({f"{meeting}/state"}), frozenset({closed_cell(meeting)}))


def _agenda(saying: Saying, known: Known) -> Plan:
    said = read_agenda(saying.body)
    parties = everyone(saying, known)
    _meeting(known, said.meeting)
    _same_files(saying, [version.file for version in said.versions])
    for place, item in enumerate(said.items):
        if item.party is not None and item.party not in parties:
            raise Unsayable("{party} is not a party.", place=f"body.items[{place}].party", party=item.party)
    return Plan(parties, frozenset({agenda_cell(said.meeting)}), frozenset({closed_cell(said.meeting)}))


def _delegation(saying: Saying, known: Known) -> Plan:
    said = read_delegation(saying.body)
    _meeting(known, said.meeting)
    _same_files(saying, [version.file for version in said.versions])
    own = delegation_cell(said.meeting, saying.proposer)
    return Plan(alone(saying, known), frozenset({own}), frozenset({closed_cell(said.meeting)}))


def _close(saying: Saying, known: Known) -> Plan:
    said = read_closing(saying.body)
    parties = everyone(saying, known)
    _meeting(known, said.meeting)
    for text in (said.minutes, *said.texts):
        place = "body.minutes" if text == said.minutes else "body.texts"
        if named(known, text, ("texts/adopt",), place=place).body.get("meeting") != said.meeting:
            raise Unsayable("This text was adopted at another meeting.", place=place)
    if known.act(said.minutes).body.get("kind") != "minutes":
        raise Unsayable("What it names as minutes is another text.", place="body.minutes", remedy="Adopt the minutes first.")
    if known.act(said.minutes).body.get("supersedes"):
        raise Unsayable("Name the act that first adopted the minutes.", place="body.minutes")
    lists = {delegation_cell(said.meeting, party) for party in parties}
    relies = {f"{said.meeting}/state", agenda_cell(said.meeting), f"{said.minutes}/state", *lists}
    refs = frozenset({said.minutes, *said.texts})
    return Plan(parties, frozenset({closed_cell(said.meeting)}), frozenset(relies), refs)


TYPES = (
    ActType(
        CONVENE,
        _convene,
        says="Convene a meeting with its number in its series, days, places and host; or change a convened one.",
        signers="all parties",
        writes="self/state and <series>/slot/<ordinal>; or, if it supersedes, <meeting>/state",
        relies="nothing; or, if it supersedes, <meeting>/closed",
        refers="the meeting before it in its series",
    ),
    ActType(
        AGENDA,
        _agenda,
        says="Agree on the agenda of a meeting: its items by key, with titles in every language; or replace it.",
        signers="all parties",
        writes="<meeting>/agenda",
        relies="<meeting>/closed",
    ),
    ActType(
        DELEGATION,
        _delegation,
        says="Say who one's delegation to a meeting is, in rank order, and who of it has come.",
        signers="the party whose delegation it is",
        writes="<meeting>/delegation@<party>",
        relies="<meeting>/closed",
    ),
    ActType(
        CLOSE,
        _close,
        says="Close a meeting on its minutes: nothing about it changes any more.",
        signers="all parties",
        writes="<meeting>/closed",
        relies="<meeting>/state, <meeting>/agenda, <meeting>/delegation@<party> of every party, <minutes>/state",
        refers="the minutes, and the texts that were adopted at the meeting",
    ),
)
