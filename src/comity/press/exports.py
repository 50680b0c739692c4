"""Readings in other people's formats: W3C Web Annotation (JSON-LD) and PLOVER events.

Web Annotation leaves the unit of a TextPositionSelector vague; ours are Unicode code points of the text as given, and every target also
carries a
TextQuoteSelector with 32 characters around, so that a tool that counts otherwise can find the place (W3C Web Annotation Data Model,
section 4.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.press.model import Reading, Span

_AROUND = 32


def web_annotations(reading: Reading, text: str, *, source: str) -> dict[str, Any]:
    """An AnnotationPage of all proposals; ``source`` is the text's address (or ``urn:sha256:…``)."""
    items = [
        {
            "id": f"urn:comity:reading:{reading.sha256}:{reading.reader}:{kind}:{number}",
            "type": "Annotation",
            "motivation": "identifying" if kind == "persons" else "classifying",
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": label},
                {"type": "Dataset", "format": "application/json", "value": body},
            ],
            "target": [_target(text, span, source, reading.language) for span in spans],
        }
        for kind, number, label, body, spans in _proposals(reading)
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:comity:reading:{reading.sha256}:{reading.reader}",
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": f"comity press {reading.reader}", "schema:softwareVersion": reading.reader_version},
        "items": items,
    }


def _proposals(reading: Reading) -> Iterator[tuple[str, int, str, dict[str, Any], list[Span]]]:
    whole = reading.to_json()
    for number, meeting in enumerate(reading.meetings):
        yield "meetings", number, f"meeting:{meeting.kind}", whole["meetings"][number], [meeting.span]
    for number, person in enumerate(reading.persons):
        yield "persons", number, "person", whole["persons"][number], list(person.mentions)
    for number, statement in enumerate(reading.statements):
        yield "statements", number, f"statement:{statement.claim_kind}", whole["statements"][number], [statement.span]
    for number, commitment in enumerate(reading.commitments):
        yield "commitments", number, f"commitment:{commitment.nature}", whole["commitments"][number], [commitment.span]


def _target(text: str, span: Span, source: str, language: str) -> dict[str, Any]:
    start, end = span
    return {
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
        "language": language,
    }


_MODE = {"visit": "visit", "talks": "meeting", "committee_session": "multilateral", "assembly": "multilateral", "other": "meeting"}
_CONTEXT = {
    "lawmaking": "legislative",
    "governance": "legislative",
    "institutional": "legislative",
    "economy": "economic",
    "business": "economic",
    "energy": "resource",
    "culture": "cultural",
    "education": "academic",
    "science": "technology",
    "digital": "technology",
    "forums": "intergovernmental",
    "security": "security",
    "sovereignty": "diplomatic",
    "political": "diplomatic",
    "visits": "diplomatic",
    "history": "historical",
    "environment": "environment",
    "health": "health",
    "agriculture": "food",
    "transport": "economic",
    "youth": "social",
    "women": "social",
    "regions": "territory",
}


def plover(reading: Reading, text: str, *, source: str, date: str | None = None) -> list[dict[str, Any]]:
    """PLOVER events: a meeting is CONSULT with its mode, a pledge or joint undertaking AGREE, a proposal REQUEST; plans are left out.

    ``date`` is the day of publication (ISO), used where the text gives none. Vocabulary: Open Event Data Alliance, PLOVER manual.
    """
    events: list[dict[str, Any]] = []

    def event(kind: str, number: int, day: str | None, span: Span, actors: list[str], targets: list[str], **more: Any) -> None:
        events.append(
            {
                "id": f"COMITY-{reading.sha256[:12]}-{kind}-{number:04}",
                "date": day or date,
                "source": [{"actorText": a} for a in actors],
                "target": [{"actorText": a} for a in targets],
                "event": kind,
                "eventText": text[span[0] : span[1]],
                "text": _around(text, span),
                "language": reading.language,
                "publication": source,
                "coder": f"comity press {reading.reader} {reading.reader_version}",
                **more,
            }
        )

    for number, m in enumerate(reading.meetings):
        actors = list(m.bodies if len(m.bodies) > 1 else m.parties or m.bodies)
        event("CONSULT", number, m.date, m.span, actors[:1], actors[1:], mode=_MODE[m.kind], context=["legislative"])
    for number, c in enumerate(reading.commitments):
        if c.nature != "plan":
            who = list(c.who)
            context = list(dict.fromkeys(_CONTEXT[a] for a in c.area)) or ["legislative"]
            event("REQUEST" if c.nature == "proposal" else "AGREE", number, None, c.span, who[:1], who[1:], context=context)
    return events


def _around(text: str, span: Span) -> str:
    start = max(text.rfind(mark, 0, span[0]) for mark in ".。!?！？\n") + 1
    ends = [at for at in (text.find(mark, span[1]) for mark in ".。!?！？\n") if at >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
