"""What checks of a draft may know from this room: the approved terms of a mechanism, and what was agreed in it before."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils import timezone

from comity.desk.language.models import ClauseRow, TermRow
from comity.terms.ids import handle
from comity.texts.checks import Precedent
from comity.texts.terms import Concept, Register, Term

MOST: Final = 1500  # provisions that a draft is held against, the latest first


def concept(row: TermRow) -> Concept:
    """A row as `texts.terms` knows concepts."""
    return Concept(
        row.key,
        tuple(Term(t["lang"], t["text"], t["use"]) for t in row.terms),
        definition=next((d["text"] for d in row.definitions if d["text"]), ""),
        source=f"{handle(row.source['text'])} {row.source['eid']}" if row.source else "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def register_of(mechanism: str) -> Register:
    """The terms that all parties of a mechanism have approved and that hold today: for ``checks.Context.register``."""
    rows = TermRow.objects.filter(mechanism=mechanism, in_force=True)
    return Register(tuple(concept(row) for row in rows)).valid(timezone.localdate().isoformat())


def agreed_in(mechanism: str, languages: Collection[str], *, without: Collection[str] = ()) -> dict[str, list[Precedent]]:
    """What all sides have agreed in a mechanism, by language: for ``checks.Context.precedents`` (PREC).

    `without` names texts (objects) that do not count: the draft itself, and the text that it answers or replaces.
    """
    found: dict[str, list[Precedent]] = {lang: [] for lang in languages}
    rows = ClauseRow.objects.filter(mechanism=mechanism, side="", lang__in=list(languages)).exclude(text__in=list(without))
    for lang, words, text, eid, date in rows.order_by("-date", "place").values_list("lang", "words", "text", "eid", "date")[:MOST]:
        found[lang].append(Precedent(lang, words, f"{handle(text)} {eid}, {date}"))
    return found
