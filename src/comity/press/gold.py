"""Annotated texts for scoring: a marked-up text in, text and annotations out.

The marks stand in the text itself, so that nobody counts characters:

    [[s Zhao Leji|the two sides should meet]]           a statement and its speaker; ``s!a`` analyst, ``s!m`` media; an empty speaker is
    unresolved
    [[c proposal Zhao Leji|the two sides should meet]]  a commitment: nature, then who, several set apart by ``;``
    [[d 2026-03-31|before the end of March]]            the due words of the commitment around them; the date may be missing

Marks nest. A line ``===`` ends the text; below it stand ``date:``, and one line per person and meeting, fields set apart by ``|``:

    P name | role | organisation | country
    M kind | ordinal | place | date | bodies; … | parties; … | chairs; … | anniversary
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import Malformed
from comity.press.intake import digest, guess_language
from comity.press.model import Commitment, DueWords, Meeting, Person, Reading, Span, Statement

_TAG = re.compile(r"\[\[(?P<kind>s(?:![am])?|c|d)(?:\s(?P<args>[^\[\]|]*))?\|")
_KINDS = {"s": "official_claim", "s!a": "analyst_claim", "s!m": "media_claim"}


@dataclass(frozen=True, slots=True)
class Gold:
    """A text with what a careful reader finds in it."""

    name: str
    text: str
    date: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    args: str
    span: Span


def parse(marked: str, *, name: str = "gold") -> Gold:
    """Read a marked-up text; raises :class:`Malformed` with the place of a mark that is not closed."""
    body, _, foot = marked.partition("\n===\n")
    text, marks = _strip(body, name)
    lines = [line.strip() for line in foot.splitlines() if line.strip()]
    dates = [line.removeprefix("date:").strip() for line in lines if line.startswith("date:")]
    language = guess_language(text) or "en"
    statements = tuple(
        Statement(m.span, m.span, m.args or None, None, _form(text, m.span), _KINDS[m.kind], 1.0) for m in marks if m.kind in _KINDS
    )
    commitments = tuple(_commitment(m, marks) for m in marks if m.kind == "c")
    persons = tuple(_person(line[2:], text) for line in lines if line.startswith("P "))
    meetings = tuple(_meeting(line[2:]) for line in lines if line.startswith("M "))
    reading = Reading(language, digest(text), "gold", "1", meetings, (), persons, statements, commitments)
    return Gold(name, text, dates[0] if dates else None, reading)


def _strip(body: str, name: str) -> tuple[str, list[_Mark]]:
    out: list[str] = []
    length = 0
    open_marks: list[tuple[str, str, int]] = []
    marks: list[_Mark] = []
    at = 0
    while at < len(body):
        if match := _TAG.match(body, at):
            open_marks.append((match["kind"], (match["args"] or "").strip(), length))
            at = match.end()
        elif body.startswith("]]", at) and open_marks:
            kind, args, start = open_marks.pop()
            marks.append(_Mark(kind, args, (start, length)))
            at += 2
        else:
            out.append(body[at])
            length += 1
            at += 1
    if open_marks or "[[" in "".join(out):
        raise Malformed(
            "A mark is not closed or not known.", place=name, remedy="Write [[s speaker|…]], [[c nature who|…]] or [[d date|…]]."
        )
    return "".join(out), sorted(marks, key=lambda m: m.span)


def _form(text: str, span: Span) -> str:
    before, after = text[span[0] - 1 : span[0]], text[span[1] : span[1] + 2]
    words = text[slice(*span)]
    opened = sum(text.count(c, 0, span[0]) for c in "“«「") > sum(text.count(c, 0, span[0]) for c in "”»」")
    straight = text.count('"', text.rfind("\n", 0, span[0]) + 1, span[0]) % 2 == 1
    if (before in '“«「"' and before) or opened or straight or (after and after[0] in '”»」"' and not re.search('[“«「"]', words)):
        return "direct"
    return "mixed" if re.search('[“«「"]', words) else "indirect"


def _commitment(mark: _Mark, marks: list[_Mark]) -> Commitment:
    nature, _, who = mark.args.partition(" ")
    due = next((m for m in marks if m.kind == "d" and mark.span[0] <= m.span[0] and m.span[1] <= mark.span[1]), None)
    names = tuple(w.strip() for w in who.split(";") if w.strip())
    return Commitment(mark.span, names, nature, DueWords(due.span, due.args or None) if due else None, (), 1.0)


def _cells(line: str, count: int) -> list[str | None]:
    cells = [cell.strip() or None for cell in line.split("|")]
    return (cells + [None] * count)[:count]


def _person(line: str, text: str) -> Person:
    name, role, organisation, country = _cells(line, 4)
    return Person(str(name), role, organisation, country, tuple(m.span() for m in re.finditer(re.escape(str(name)), text)), 1.0)


def _meeting(line: str) -> Meeting:
    kind, ordinal, place, day, bodies, parties, chairs, jubilee = _cells(line, 8)
    many = [tuple(v.strip() for v in (cell or "").split(";") if v.strip()) for cell in (bodies, parties, chairs)]
    number = int(ordinal) if ordinal else None
    return Meeting("", str(kind), number, place, day, None, many[0], many[1], many[2], (0, 0), 1.0, int(jubilee) if jubilee else None)


def load(folder: Path) -> Iterator[Gold]:
    """Every ``*.gold.txt`` below a folder, and every ``*.json`` that is a reading with its ``text``; in the order of their names."""
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(".gold.txt"):
            yield parse(path.read_text(encoding="utf-8"), name=path.name.removesuffix(".gold.txt"))
        elif path.suffix == ".json":
            value: Any = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(value, dict) and isinstance(value.get("text"), str):
                yield Gold(path.stem, value["text"], value.get("date"), Reading.from_json(value))
