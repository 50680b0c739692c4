"""The registry that a reader is given, filled from the record and from what is observed of one mechanism; and what its references lead to.

A reference is ``act:<id>`` for what the record holds, ``<case>/<kind>/<id>`` for what is observed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.models import page_language
from comity.desk.commitments.models import CommitmentRow
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.mechanisms.models import AppointmentRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.words import title as meeting_title
from comity.desk.observations import shown
from comity.desk.press.about import Subject, tagged
from comity.observations.merge import Case, Thing
from comity.press.registry import KnownBody, KnownCommitment, KnownMeeting, KnownPerson, Registry
from comity.terms.names import Name


def registry(subject: Subject | None) -> Registry:
    """What is known of *subject*; empty without one."""
    if subject is None:
        return Registry()
    persons, bodies = [*_record_persons(subject), *_case_persons(subject.case)], _bodies(subject)
    return Registry(
        tuple(persons),
        tuple(bodies),
        tuple([*_record_meetings(subject), *_case_meetings(subject)]),
        tuple([*_record_commitments(subject), *_case_commitments(subject.case)]),
    )


def digest(known: Registry) -> str:
    """Changes whenever what is known does."""
    return sha256(repr((known.persons, known.bodies, known.meetings, known.commitments)).encode()).hexdigest()


def _names(raw: list[dict[str, str]]) -> tuple[Name, ...]:
    return tuple(Name(n["text"], n["lang"].split("-")[0]) for n in raw if n.get("text"))


def _record_persons(subject: Subject) -> list[KnownPerson]:
    if subject.record is None:
        return []
    party = {p["id"]: p["names"][0]["text"] for p in subject.record.parties}
    rows = AppointmentRow.objects.filter(mechanism=subject.record.id, holds=True).order_by("-since", "id")[:500]
    return [
        KnownPerson(f"act:{row.act}", _names(row.names), row.titles[0]["text"] if row.titles else row.office, party.get(row.party))
        for row in rows
    ]


def _case_persons(case: Case | None) -> list[KnownPerson]:
    found = []
    for thing in case.all("persons") if case else ():
        names = [
            *tagged(thing.get("names", {})),
            *({"lang": str(v.value.get("lang", "")), "text": str(v.value.get("form", ""))} for v in thing.versions("name")),
        ]
        office = thing.get("office", {})
        found.append(KnownPerson(ref(thing), _names(names), office.get("role"), office.get("body"), office.get("country")))
    return found


def _bodies(subject: Subject) -> list[KnownBody]:
    found = []
    if subject.record is not None:
        for party in subject.record.parties:
            found.append(KnownBody(f"party:{party['id']}", _names(party["names"])))
            found += [KnownBody(f"party:{party['id']}", _names(chamber["names"])) for chamber in party.get("chambers") or ()]
    for kind, claim in (("parties", "party"), ("bodies", "body")):
        for thing in subject.case.all(kind) if subject.case else ():
            value = thing.get(claim, {})
            names = _names(tagged(value.get("names", {})))
            if names:
                found.append(KnownBody(ref(thing), names, value.get("country")))
    return found


def _record_meetings(subject: Subject) -> list[KnownMeeting]:
    if subject.record is None:
        return []
    series = _names(subject.record.names)
    rows = MeetingRow.objects.filter(mechanism=subject.record.id, in_force=True).order_by("-first_day")[:300]
    return [KnownMeeting(f"act:{row.id}", series, row.ordinal, row.first_day, _place(row)) for row in rows]


def _place(row: MeetingRow) -> str | None:
    return str(row.places[0]["names"][0]["text"]) if row.places else None


def _case_meetings(subject: Subject) -> list[KnownMeeting]:
    case, found = subject.case, []
    names = _names(tagged(case.mechanism.get("names", {}))) if case else ()
    for thing in case.all("meetings") if case else ():
        value = thing.get("meeting", {})
        series = value.get("series")
        body = case.one("bodies", str(series)).get("body", {}) if case and series and case.one("bodies", str(series)) else {}  # type: ignore[union-attr]  # tried in the condition
        if series or value.get("ordinal"):
            own = _names(tagged(body.get("names", {}))) or names
            start = (value.get("dates") or {}).get("start")
            found.append(KnownMeeting(ref(thing), own, value.get("ordinal"), start, (value.get("place") or {}).get("city")))
    return found


def _record_commitments(subject: Subject) -> list[KnownCommitment]:
    if subject.record is None:
        return []
    rows = CommitmentRow.objects.filter(mechanism=subject.record.id, in_force=True)[:300]
    return [
        KnownCommitment(
            f"act:{row.id}",
            next(iter(row.quotes.values())),
            tuple(row.by),
            row.said[:10],
            not row.closed,
            tuple(Name(text, lang.split("-")[0]) for lang, text in row.quotes.items()),
        )
        for row in rows
        if row.quotes
    ]


def _case_commitments(case: Case | None) -> list[KnownCommitment]:
    results = case.findings() if case else {}
    found = []
    for thing in case.all("commitments") if case else ():
        value = thing.get("commitment", {})
        last = results.get(thing.id, [])[-1:]
        kept = bool(last) and last[0].get("finding", {}).get("finding") in ("kept", "kept_late")
        found.append(
            KnownCommitment(ref(thing), str(value.get("what", "")), tuple(map(str, value.get("who") or ())), value.get("date"), not kept)
        )
    return found


def ref(thing: Thing) -> str:
    """How a registry refers to an observed thing: as fragments do."""
    return f"{thing.case}/{thing.kind}/{thing.id}"


# What a reference leads to -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """Something known, as a page names it."""

    text: str
    url: str
    standing: Standing
    date: str = ""
    ordinal: int | None = None
    lang: str = ""
    observed: bool = False


def resolve(subject: Subject, refs: list[str]) -> dict[str, Known]:
    """What references lead to, in a fixed number of queries; one that leads nowhere is left out."""
    acts = [one.removeprefix("act:") for one in refs if one.startswith("act:")]
    found = {f"act:{row.id}": _meeting(row, subject) for row in MeetingRow.objects.filter(id__in=acts)}
    found |= {f"act:{row.id}": _commitment(row, subject) for row in CommitmentRow.objects.filter(id__in=acts)}
    for one in refs:
        _case, _slash, rest = one.partition("/")
        kind, _slash, id = rest.partition("/")
        thing = subject.case.one(kind, id) if subject.case and not one.startswith("act:") else None
        if thing is not None and subject.case is not None:
            found[one] = _thing(subject.case, thing)
    return found


def _in_force(subject: Subject, in_force: bool) -> Standing:
    number = len(subject.record.parties) if subject.record else 2
    return Standing(number, frozenset(range(number)) if in_force else frozenset(), State.IN_FORCE if in_force else State.OPEN)


def _meeting(row: MeetingRow, subject: Subject) -> Known:
    url = reverse("meetings:detail", args=[row.id])
    return Known(meeting_title(row), url, _in_force(subject, row.in_force), row.first_day, row.ordinal)


def _commitment(row: CommitmentRow, subject: Subject) -> Known:
    here = page_language()
    lang = here if here in row.quotes else next(iter(row.quotes), "")
    url = reverse("commitments:detail", args=[row.id])
    return Known(row.quotes.get(lang, ""), url, _in_force(subject, row.in_force), row.said[:10], lang="" if lang == here else lang)


def _thing(case: Case, thing: Thing) -> Known:
    url = shown.url(case, thing.kind, thing.id)
    standing = shown.standing(len(case.all("parties")))
    if thing.kind == "meetings":
        value = thing.get("meeting", {})
        date = str((value.get("dates") or {}).get("start") or "")
        return Known(shown.meeting_title(case, thing), url, standing, date, value.get("ordinal"), observed=True)
    said = str(thing.get("commitment", {}).get("what") or _("what is observed"))
    return Known(said, url, standing, str(thing.get("commitment", {}).get("date") or ""), lang=shown.language_of(said), observed=True)
