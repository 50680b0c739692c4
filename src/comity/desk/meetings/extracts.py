"""Extracts from the adopted minutes of a meeting: one per item and language, with its digest, and the check of a file against them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from comity.desk.meetings.models import MeetingRow
from comity.desk.record.visible import open_to
from comity.desk.show import languages_by_page
from comity.desk.texts import queries as texts
from comity.desk.texts.models import TextRow
from comity.errors import ComityError, Unsayable
from comity.meetings.minutes import Extract, extract, item_provision, verify, wording
from comity.texts.akn import AknDocument, from_akn
from comity.texts.model import last_segment


@dataclass(frozen=True, slots=True)
class AdoptedMinutes:
    """The minutes in force, with their versions that are here and readable, in the order of the pages."""

    row: TextRow
    documents: dict[str, AknDocument]

    def numbers(self) -> list[int]:
        """The items that the minutes have."""
        found = {number for d in self.documents.values() for p in d.version.provisions if (number := last_segment(p.eid)[1]).isdecimal()}
        return sorted(map(int, found))


def adopted_minutes(request: HttpRequest, meeting: MeetingRow) -> AdoptedMinutes | None:
    """None if there are none that this reader may see; one query."""
    rows = open_to(request, TextRow.objects.filter(meeting=meeting.id, kind="minutes", stage="adopted", in_force=True))
    row = rows.order_by("said", "id").first()
    if row is None:
        return None
    documents = texts.documents(row.versions)
    return AdoptedMinutes(row, {lang: d for lang in languages_by_page(documents) if (d := documents[lang]) is not None})


@dataclass(frozen=True, slots=True)
class ExtractShown:
    """The extract of one item in one language."""

    lang: str
    heading: str
    sha256: str
    url: str
    page: str
    word: str


def rows(meeting: MeetingRow, minutes: AdoptedMinutes) -> list[dict[str, Any]]:
    """Per item the extracts in every language."""
    return [{"number": n, "extracts": [_shown(meeting, n, d) for d in minutes.documents.values() if _has(d, n)]} for n in minutes.numbers()]


def _has(document: AknDocument, number: int) -> bool:
    return item_provision(document.version, number) is not None


def _shown(meeting: MeetingRow, number: int, document: AknDocument) -> ExtractShown:
    made = extract(document, number)
    provision = from_akn(made.data).provisions[0]
    where = [meeting.id, number, made.language]
    return ExtractShown(
        made.language,
        " ".join(x for x in (provision.num, provision.heading or provision.text[:80]) if x),
        made.sha256,
        reverse("meetings:extract-file", args=where),
        reverse("meetings:extract", args=where),
        reverse("meetings:extract-word", args=where),
    )


def made(minutes: AdoptedMinutes, number: int, lang: str) -> Extract:
    """One extract; raises :class:`Unsayable` if the minutes have no such language or item."""
    document = minutes.documents.get(lang)
    if document is None:
        raise Unsayable("The minutes have no version in {language}.", place="language", remedy="Choose another extract.", language=lang)
    return extract(document, number)


def shown(minutes: AdoptedMinutes, found: Extract) -> dict[str, Any]:
    """What the printable page of an extract shows, read from its very bytes."""
    version = from_akn(found.data)
    provision = version.provisions[0]
    return {
        "lang": found.language,
        "number": found.number,
        "title": version.title,
        "present": [p.text for p in version.preamble],
        "heading": " ".join(x for x in (provision.num, provision.heading) if x),
        "words": wording(provision),
        "sha256": found.sha256,
        "name": found.name,
        "minutes": minutes.row.id,
        "minutes_sha256": next(v["sha256"] for v in minutes.row.versions if v["lang"] == found.language),
    }


def check(minutes: AdoptedMinutes, data: bytes) -> tuple[Extract, bool]:
    """The extract that uploaded bytes are, and whether it is of the minutes as they stand; else of an earlier version, corrected since.

    Raises :class:`comity.errors.ComityError` saying in what it differs from the minutes as they stand.
    """
    try:
        return verify(data, minutes.documents), True
    except ComityError:
        for step in reversed(minutes.row.steps):
            earlier = {lang: d for lang, d in texts.documents(step["versions"]).items() if d is not None}
            with suppress(ComityError):
                return verify(data, earlier), False
        raise


def every(minutes: AdoptedMinutes | None) -> Sequence[Extract]:
    """All extracts, by item and language."""
    if minutes is None:
        return []
    return [extract(d, n) for n in minutes.numbers() for d in minutes.documents.values() if _has(d, n)]
