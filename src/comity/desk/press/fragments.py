"""What an accepted proposal says, as fragments of the observed record. Builds them; writes nothing.

Each fragment keeps its source, a W3C TextQuoteSelector for its words, and how it was read: reader, reviewer, instant, span, confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from comity.desk.commitments.models import CommitmentRow
from comity.desk.press.about import Subject
from comity.desk.press.conflicts import Met
from comity.desk.press.models import Proposal, Source
from comity.observations.merge import Case, Thing
from comity.observations.model import Fragment
from comity.record.canonical import canonical

AROUND = 32
MEETING_KINDS = {
    "committee_session": "committee meeting",
    "talks": "talks",
    "visit": "working visit",
    "assembly": "plenary meeting",
    "other": "meeting",
}


@dataclass(slots=True)
class Made:
    """What one proposal becomes: the thing that it is about, and the fragments that say so. ``before`` has to be said first."""

    about: str
    said: list[Fragment]
    before: list[Fragment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The surroundings of a decision: the source, its subject, how proposals meet what is known, who decides, when (RFC 3339)."""

    source: Source
    subject: Subject
    met: Sequence[Met]
    reviewer: str
    at: str

    @property
    def case(self) -> Case:
        return self.subject.case or Case(self.subject.id)


def source_id(key: str) -> str:
    """What the source of this key is called in its case."""
    return f"p-{key[:12]}"


def opening(subject: Subject) -> list[Fragment]:
    """The first fragments of a mechanism that was not observed before: what the record says of its names, parties and series."""
    record = subject.record
    if record is None:
        return []
    id = subject.id
    names = {n["lang"]: n["text"] for n in reversed(record.names) if not n.get("side")}
    found = [Fragment(f"{id}/mechanism/{id}", "names", names)]
    if record.founded:
        found.append(Fragment(f"{id}/mechanism/{id}", "established", {"event": "founding act", "date": record.founded}))
    for party in record.parties:
        value = {"names": {n["lang"]: n["text"] for n in reversed(party["names"])}}
        found.append(Fragment(f"{id}/parties/{party['id']}", "party", value))
    for series in record.series:
        said = {n["lang"]: n["text"] for n in series["names"]}
        told = {"name": said.get("en") or next(iter(said.values()), series["key"]), "first": record.founded[:4]}
        found.append(Fragment(f"{id}/series/{series['key']}", "series", told))
    return found


def source_fragment(reviewed: Reviewed) -> Fragment:
    """What source it is."""
    source = reviewed.source
    value = {
        "publisher": source.publisher or source.title[:80],
        "title": source.title,
        "language": source.language,
        "reliability": "press",
        "sha256": source.original,
        "text_sha256": source.digest,
    }
    value |= {"address": source.address} if source.address else {}
    value |= {"date": source.date} if source.date else {}
    return Fragment(
        f"{reviewed.subject.id}/sources/{source_id(source.key)}", "source", value, read={"reviewer": reviewed.reviewer, "at": reviewed.at}
    )


def made(reviewed: Reviewed, proposal: Proposal) -> Made:
    """The fragments of one proposal as it stands now."""
    makers: dict[str, Callable[[Reviewed, Proposal], Made]] = {
        "meeting": _meeting,
        "person": _person,
        "statement": _statement,
        "commitment": _commitment,
        "finding": _finding,
    }
    return makers[proposal.kind](reviewed, proposal)


def selector(source: Source, span: Sequence[int]) -> dict[str, str]:
    """The W3C TextQuoteSelector of a span (Web Annotation Data Model, 4.2.4)."""
    start, end = span
    return {
        "type": "TextQuoteSelector",
        "exact": source.text[start:end],
        "prefix": source.text[max(0, start - AROUND) : start],
        "suffix": source.text[end : end + AROUND],
    }


def _fragment(reviewed: Reviewed, proposal: Proposal, about: str, claim: str, value: Any) -> Fragment:
    source, span = reviewed.source, proposal.spans[0]
    read = {
        "reader": f"{source.reader} {source.reader_version}",
        "reviewer": reviewed.reviewer,
        "at": reviewed.at,
        "span": f"{span[0]}-{span[1]}",
        "confidence": f"{proposal.confidence:.2f}",
    }
    read |= {"edited": "yes"} if proposal.edited is not None else {}
    return Fragment(about, claim, value, source_id(source.key), selector(source, span), read=read)


def _short(*parts: object) -> str:
    return sha256(canonical([str(part) for part in parts])).hexdigest()[:10]


def _bare(value: dict[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in value.items() if inner not in (None, "", [], {})}


# Meetings --------------------------------------------------------------------------------


def series_of(subject: Subject, said: dict[str, Any]) -> str:
    """The series that a numbered meeting belongs to: the one that is named, else the one whose last meeting is the latest."""
    if said.get("series"):
        return str(said["series"])
    if said.get("ordinal") is None:
        return ""
    if subject.case is not None:
        held = [(str((m.get("meeting", {}).get("dates") or {}).get("start") or ""), m) for m in subject.case.all("meetings")]
        latest = [(date, str(m.get("meeting", {})["series"])) for date, m in held if m.get("meeting", {}).get("series")]
        if latest:
            return max(latest)[1]
        if series := subject.case.all("series"):
            return series[0].id
    return str(subject.record.series[0]["key"]) if subject.record is not None and subject.record.series else ""


def meeting_value(said: Mapping[str, Any], series: str) -> dict[str, Any]:
    """What a source itself says of a meeting."""
    return _bare(
        {
            "kind": MEETING_KINDS.get(str(said.get("kind")), str(said.get("kind") or "meeting")),
            "series": series,
            "ordinal": said.get("ordinal"),
            "dates": _bare({"start": said.get("date"), "end": said.get("end_date")}),
            "place": _bare({"city": said.get("place")}),
        }
    )


def _meeting(reviewed: Reviewed, proposal: Proposal) -> Made:
    said, subject = proposal.said, reviewed.subject
    series = series_of(subject, said)
    value = meeting_value(said, series)
    id = _meeting_id(reviewed, said, series)
    known = reviewed.case.one("meetings", id)
    about = f"{subject.id}/meetings/{id}"
    return Made(about, [_fragment(reviewed, proposal, about, "meeting", _agreeing(known, "meeting", value))])


def _meeting_id(reviewed: Reviewed, said: dict[str, Any], series: str) -> str:
    chosen = str(said.get("same") or "")
    if chosen == "new":
        return f"m-{_short(reviewed.source.key, said.get('name'), said.get('date'))}"
    if chosen and reviewed.case.one("meetings", chosen):
        return chosen
    for one in reviewed.met:
        if one.kind == "same_meeting" and one.known.observed:
            return one.ref.rpartition("/")[2]
    for one in reviewed.met:
        if one.kind == "same_meeting" and one.known.ordinal is not None and series:
            return f"{series}-{one.known.ordinal}"
    if series and said.get("ordinal") is not None:
        return f"{series}-{said['ordinal']}"
    return f"m-{_short(said.get('date'), said.get('place'), said.get('kind'))}"


def _agreeing(known: Thing | None, claim: str, value: dict[str, Any]) -> dict[str, Any]:
    """The version that is known already, if *value* says nothing else: a source that tells less does not disagree."""
    for version in known.versions(claim) if known else ():
        if isinstance(version.value, dict) and within(value, version.value):
            return dict(version.value)
    return value


def within(value: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether *other* says all that *value* does."""
    for key, inner in value.items():
        theirs = other.get(key)
        if isinstance(inner, dict) and isinstance(theirs, dict):
            if not within(inner, theirs):
                return False
        elif key == "seen":
            continue
        elif key == "kind" or theirs is None:  # words for the kind differ from source to source
            if theirs is None:
                return False
        elif str(inner).casefold() != str(theirs).casefold():
            return False
    return True


def at_meeting(reviewed: Reviewed) -> str:
    """The meeting at which it was said: the one that the source tells of, if it was held in the week before the source's day."""
    day = reviewed.source.date
    if not day:
        return ""
    week = (date.fromisoformat(day) - timedelta(days=7)).isoformat()
    accepted = [one for one in reviewed.source.proposals.filter(kind="meeting", state=Proposal.ACCEPTED)]
    lately = {one.about.rpartition("/")[2] for one in accepted if week <= str(one.said.get("date") or "") <= day}
    return lately.pop() if len(lately) == 1 else ""


# People ------------------------------------------------------------------------------------


def _person(reviewed: Reviewed, proposal: Proposal) -> Made:
    said, case, source = proposal.said, reviewed.subject.id, reviewed.source
    id = person_id(reviewed, str(said.get("name") or ""), str(said.get("ref") or ""))
    known = reviewed.case.one("persons", id)
    about = f"{case}/persons/{id}"
    name, lang = str(said.get("name") or ""), source.language
    found: list[Fragment] = []
    if known is None:
        found.append(_fragment(reviewed, proposal, about, "names", {lang: name}))
    elif name not in _forms(known):
        found.append(_fragment(reviewed, proposal, about, "name", {"lang": lang, "form": name}))
    office = office_value(said, source.date)
    if office.get("role"):
        found.append(_fragment(reviewed, proposal, about, "office", _agreeing(known, "office", office)))
    if not found:  # nothing new: the source still says that the person bears this name
        found.append(_fragment(reviewed, proposal, about, "name", {"lang": lang, "form": name}))
    return Made(about, found)


def office_value(said: Mapping[str, Any], date: str) -> dict[str, Any]:
    """The office in which a source of that day shows somebody."""
    seen = [date] if date else []
    return _bare({"role": said.get("role"), "body": said.get("organisation"), "country": said.get("country"), "seen": seen})


def _forms(known: Thing) -> set[str]:
    return {str(text) for text in known.get("names", {}).values()} | {str(v.value.get("form")) for v in known.versions("name")}


def person_id(reviewed: Reviewed, name: str, ref: str) -> str:
    """The person's id in the case: that of the registry if it is observed, else one that the name gives."""
    own = f"{reviewed.subject.id}/persons/"
    if ref.startswith(own):
        return ref.removeprefix(own)
    for thing in reviewed.case.all("persons"):
        if name in _forms(thing):
            return thing.id
    return f"person-{_short(name.casefold())}"


# What is said and promised -------------------------------------------------------------------


def _speaker(reviewed: Reviewed, name: str, ref: str) -> str:
    """The id of somebody who is observed, else the words that are printed."""
    id = person_id(reviewed, name, ref)
    return id if reviewed.case.one("persons", id) else name


def _statement(reviewed: Reviewed, proposal: Proposal) -> Made:
    said = proposal.said
    name = str(said.get("speaker") or "")
    who = _speaker(reviewed, name, str(said.get("ref") or ""))
    value = _bare(
        {
            "speaker": who if who != name else "",
            "speaker_as_printed": name,
            "gist": said.get("words"),
            "quote": said.get("words") if said.get("form") == "direct" else "",
            "kind": said.get("claim_kind"),
            "date": reviewed.source.date,
            "at": at_meeting(reviewed),
        }
    )
    about = f"{reviewed.subject.id}/statements/s-{_short(reviewed.source.key, proposal.label)}"
    return Made(about, [_fragment(reviewed, proposal, about, "statement", value)])


def _commitment(reviewed: Reviewed, proposal: Proposal) -> Made:
    said = proposal.said
    value = _bare(
        {
            "date": reviewed.source.date,
            "who": [_speaker(reviewed, str(name), "") for name in said.get("who") or ()],
            "nature": said.get("nature"),
            "what": said.get("words"),
            "due": said.get("due") or said.get("due_words"),
            "area": ", ".join(said.get("area") or ()),
            "made_at": at_meeting(reviewed),
        }
    )
    about = f"{reviewed.subject.id}/commitments/c-{_short(reviewed.source.key, proposal.label)}"
    return Made(about, [_fragment(reviewed, proposal, about, "commitment", value)])


def _finding(reviewed: Reviewed, proposal: Proposal) -> Made:
    said, case = proposal.said, reviewed.subject.id
    ref = str(said.get("commitment") or "")
    before: list[Fragment] = []
    id = ref.rpartition("/")[2]
    if ref.startswith("act:"):
        id = f"act-{ref[4:16]}"
        before = _from_record(case, id, ref.removeprefix("act:"))
    value = _bare(
        {
            "commitment": id,
            "finding": said.get("finding"),
            "what": said.get("words"),
            "date": said.get("date") or reviewed.source.date,
        }
    )
    about = f"{case}/follow_up/f-{_short(reviewed.source.key, proposal.label)}"
    return Made(about, [_fragment(reviewed, proposal, about, "finding", value)], before)


def _from_record(case: str, id: str, act: str) -> list[Fragment]:
    """A commitment of the record as an observer tells it, so that a finding has something to be about."""
    row = CommitmentRow.objects.filter(pk=act).first()
    if row is None:
        return []
    what = row.quotes.get("en") or next(iter(row.quotes.values()), row.eid)
    nature = "joint" if len(row.by) > 1 else "pledge"
    value = _bare({"date": row.said[:10], "who": list(row.by), "nature": nature, "what": what, "due": row.due_by})
    return [Fragment(f"{case}/commitments/{id}", "commitment", value)]
