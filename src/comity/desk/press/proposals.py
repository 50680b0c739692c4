"""From a reading to proposals, one by one: what each says, and where its words stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from comity.desk.press.models import Proposal, Source
from comity.press.model import Commitment, Meeting, Person, Reading, Relation, Statement

LETTERS = {"meeting": "M", "person": "P", "statement": "S", "commitment": "C", "finding": "F"}
MOST = 400  # proposals of one source; a longer text is divided


def propose(source: Source, reading: Reading) -> None:
    """Put the proposals of *reading* in place of those that the source had, and its state to what is to be done."""
    source.proposals.all().delete()
    rows = []
    numbers = dict.fromkeys(LETTERS, 0)
    for row in sorted(_proposals(reading, source.text), key=lambda p: (p.start, p.place)):
        numbers[row.kind] += 1
        row.source, row.label = source, f"{LETTERS[row.kind]}{numbers[row.kind]}"
        rows.append(row)
    Proposal.objects.bulk_create(rows[:MOST])
    source.state, source.trouble = (Source.REVIEW if rows else Source.DONE), ""
    source.save()


def narrated(source: Source) -> int:
    """How many facts the source tells in its own voice, which are not among its proposals yet."""
    facts = (source.reading or {}).get("reported_facts", ())
    return 0 if source.proposals.filter(place__startswith="reported_facts/").exists() else len(facts)


def propose_narration(source: Source) -> int:
    """Add what the source tells in its own voice, sentence by sentence; returns how many. Left out at first: it is most of an article."""
    if not narrated(source) or source.reading is None:
        return 0
    facts = Reading.from_json(source.reading).reported_facts
    first = 1 + source.proposals.filter(kind="statement").count()
    rows = []
    for number, fact in enumerate(facts[:MOST]):
        value = {
            "words": source.text[fact.span[0] : fact.span[1]],
            "speaker": "",
            "ref": "",
            "claim_kind": "fact_reported",
            "form": "indirect",
        }
        row = _one("statement", f"reported_facts/{number}", [fact.span], fact.confidence, value | {"distanced": False})
        row.source, row.label = source, f"S{first + number}"
        rows.append(row)
    Proposal.objects.bulk_create(rows)
    source.state = Source.REVIEW
    source.save(update_fields=["state"])
    return len(rows)


def _proposals(reading: Reading, text: str) -> Iterator[Proposal]:
    for number, meeting in enumerate(reading.meetings):
        yield _one("meeting", f"meetings/{number}", [meeting.span], meeting.confidence, _meeting(meeting))
    for number, person in enumerate(reading.persons):
        if person.mentions:
            yield _one("person", f"persons/{number}", [*person.mentions], person.confidence, _person(person))
    for number, statement in enumerate(reading.statements):
        yield _one("statement", f"statements/{number}", [statement.span], statement.confidence, _statement(statement, text))
    for number, commitment in enumerate(reading.commitments):
        yield _one("commitment", f"commitments/{number}", [commitment.span], commitment.confidence, _commitment(commitment, text))
    kept: set[tuple[str, tuple[int, int]]] = set()
    for number, relation in enumerate(reading.relations):
        if relation.kind == "reported_kept" and relation.span is not None and (relation.ref, relation.span) not in kept:
            kept.add((relation.ref, relation.span))
            yield _one("finding", f"relations/{number}", [_trimmed(relation.span, text)], 0.7, _finding(relation, text))


def _one(kind: str, place: str, spans: list[tuple[int, int]], confidence: float, value: dict[str, Any]) -> Proposal:
    return Proposal(kind=kind, place=place, spans=[list(s) for s in spans], start=spans[0][0], confidence=round(confidence, 3), value=value)


def _trimmed(span: tuple[int, int], text: str) -> tuple[int, int]:
    """Without the space that stands before a sentence."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _meeting(one: Meeting) -> dict[str, Any]:
    kept = ("name", "kind", "ordinal", "place", "date", "end_date", "bodies", "chairs_or_hosts")
    return {name: value for name, value in asdict(one).items() if name in kept}


def _person(one: Person) -> dict[str, Any]:
    return {"name": one.name, "role": one.role, "organisation": one.organisation, "country": one.country, "ref": one.ref or ""}


def _statement(one: Statement, text: str) -> dict[str, Any]:
    return {
        "words": text[one.span[0] : one.span[1]],
        "speaker": one.speaker or "",
        "ref": one.speaker_ref or "",
        "claim_kind": one.claim_kind,
        "form": one.form,
        "distanced": one.distanced,
    }


def _commitment(one: Commitment, text: str) -> dict[str, Any]:
    return {
        "words": text[one.span[0] : one.span[1]],
        "who": list(one.who),
        "nature": one.nature,
        "due": (one.due.date or "") if one.due else "",
        "due_words": text[one.due.text[0] : one.due.text[1]] if one.due else "",
        "area": list(one.area),
    }


def _finding(one: Relation, text: str) -> dict[str, Any]:
    start, end = _trimmed(one.span or (0, 0), text)
    return {"commitment": one.ref, "finding": "kept", "words": text[start:end], "date": ""}
