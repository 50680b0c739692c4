"""What observers' sources say, searched like agreed language: statements of this node's observed record, with who said them and when."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from comity.desk.observations import shown, state
from comity.observations.merge import Case, Thing
from comity.texts.precedents import Source
from comity.texts.search import Index


@dataclass(frozen=True, slots=True)
class Statement:
    """One observed statement: its words as printed or in gist, and where its page is."""

    source: Source
    words: str
    lang: str
    url: str


def _speaker(case: Case, value: dict[str, object]) -> tuple[str, str]:
    """Who said it: the side where it is known, and a name."""
    printed = str(value.get("speaker_as_printed") or "")
    known = str(value.get("speaker") or "")
    person = case.one("persons", known)
    claims = [versions[0].value for versions in person.claims.values() if versions] if person is not None else []
    side = next((str(claim["party"]) for claim in claims if isinstance(claim, dict) and claim.get("party")), "")
    return side, printed or (shown.person(case, known)["text"] if known else "")


def _statement(case: Case, thing: Thing) -> list[Statement]:
    value = thing.get("statement", {})
    if not isinstance(value, dict):
        return []
    side, name = _speaker(case, value)
    found = []
    for words in dict.fromkeys(str(value.get(key) or "") for key in ("quote", "gist")):
        if len(words) > 5:
            url = reverse("observations:thing", args=[case.id, "statements", thing.id])
            source = Source(f"{case.id}/{thing.id}", str(value.get("date") or ""), title=name, side=side, standing="observed")
            found.append(Statement(source, words, shown.language_of(words), url))
    return found


def statements(request: HttpRequest) -> list[Statement]:
    """All observed statements that this reader may see."""
    return [one for case in state.visible(request).values() for thing in case.all("statements") for one in _statement(case, thing)]


def holding(request: HttpRequest, phrase: str, language: str, *, limit: int = 50) -> list[Statement]:
    """Observed statements that hold a phrase, oldest first."""
    every = statements(request)
    if not every:
        return []
    index = Index(sqlite3.connect(":memory:"))
    index.put((str(place), one.lang, one.words) for place, one in enumerate(every))
    hits = {int(hit.ref) for hit in index.search(phrase, language, limit=limit)}
    return sorted((every[place] for place in hits), key=lambda one: one.source.date)
