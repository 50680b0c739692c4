"""What search finds: passages of the desk's tables, each with who may see it.

An app may have a ``searchable.py`` with ``searchable(ids)``, which yields the :class:`Passage` of those of its objects that are among
*ids*; it is found by itself. What stands here is said for the rooms that have none of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import reverse

from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.languages import USUAL
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.words import title
from comity.desk.texts.models import TextRow
from comity.desk.texts.queries import document


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage in one language. The public sees it if all of ``acts`` and the mechanism are public today, and it is not ``own``."""

    ref: str
    kind: str  # of words.KINDS
    lang: str
    text: str
    path: str
    about: str  # the object whose passages are written together
    acts: tuple[str, ...] = ()  # at most three
    mechanism: str = ""
    title: str = ""
    own: bool = False
    said: str = ""


type Source = Callable[[Collection[str]], Iterator[Passage]]


def passages(ids: Collection[str]) -> Iterator[Passage]:
    """The passages of these objects of the record."""
    for source in _sources():
        yield from source(ids)


@cache
def _sources() -> tuple[Source, ...]:
    elsewhere = []
    for config in apps.get_app_configs():
        if config.name.startswith("comity.desk.") and find_spec(f"{config.name}.searchable"):
            elsewhere.append(import_module(f"{config.name}.searchable").searchable)
    return (_mechanisms, _people, _meetings, _texts, _commitments, *elsewhere)


def _path(page: str, object_id: str) -> str:
    """The address of an object's page."""
    return _pattern(page).replace(_ANY, object_id)


_ANY = "0" * 64


@cache
def _pattern(page: str) -> str:
    """An address with an id that is to be replaced: Django makes one address at a time, and slowly."""
    return reverse(page, args=[_ANY])


def _by_language(names: Collection[dict[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name in names:
        if name["text"] not in found.setdefault(name["lang"], []):
            found[name["lang"]].append(name["text"])
    return {lang: " · ".join(said) for lang, said in found.items()}


def _mechanisms(ids: Collection[str]) -> Iterator[Passage]:
    for row in MechanismRow.objects.filter(id__in=ids):
        path = _path("mechanisms:detail", row.id)
        inside = [name for party in row.parties for name in party["names"]] + [name for s in row.series for name in s["names"]]
        more = _by_language(inside)
        for lang, text in _by_language(row.names).items():
            said = " · ".join(filter(None, (text, more.get(lang))))
            yield Passage(row.id, "mechanism", lang, said, path, row.id, (row.id,), row.id)


def _people(ids: Collection[str]) -> Iterator[Passage]:
    for row in AppointmentRow.objects.filter(id__in=ids):
        titles = _by_language(row.titles)
        path = _path("mechanisms:people", row.mechanism)
        for lang, text in _by_language(row.names).items():
            said = " · ".join(filter(None, (text, titles.get(lang))))
            yield Passage(row.id, "person", lang, said, path, row.id, (row.act,), row.mechanism)


def _meetings(ids: Collection[str]) -> Iterator[Passage]:
    for row in MeetingRow.objects.filter(id__in=ids):
        path = _path("meetings:detail", row.id)
        for lang in USUAL:
            places = [_by_language(place.get("names") or ()).get(lang, "") for place in row.places]
            said = " · ".join(filter(None, (title(row, lang), *places, row.first_day)))
            yield Passage(row.id, "meeting", lang, said, path, row.id, (row.act,), row.mechanism)


def _texts(ids: Collection[str]) -> Iterator[Passage]:
    for row in TextRow.objects.filter(id__in=ids):
        path = _path("texts:detail", row.id)
        more: dict[str, Any] = {"about": row.id, "acts": (row.act,), "mechanism": row.mechanism, "said": row.said}
        for version in row.versions:
            lang, found = version["lang"], document(version["sha256"])
            if found is None:
                continue
            heading = found.version.title
            yield Passage(row.id, "text", lang, heading, path, **more)
            for provision in found.version.walk():
                said = " ".join(filter(None, (provision.num, provision.heading, provision.text)))
                if provision.text or provision.heading:
                    ref = f"{row.id}#{provision.eid}"
                    yield Passage(ref, "text", lang, said, f"{path}#{provision.eid}", title=heading, **more)


def _commitments(ids: Collection[str]) -> Iterator[Passage]:
    """A record says more about commitments than about all else: of their rows only what is asked for is read."""
    columns = ("id", "act", "version", "mechanism", "said", "quotes")
    known = {row[0]: row for row in CommitmentRow.objects.filter(id__in=ids).values_list(*columns)}
    for key, act, version, mechanism, when, quotes in known.values():
        path = _path("commitments:detail", key)
        for lang, text in quotes.items():
            yield Passage(key, "commitment", lang, text, path, key, (act, version), mechanism, said=when)
    for model in (ReportRow, AssessmentRow):
        for said, commitment, notes in model._default_manager.filter(commitment__in=known).values_list("id", "commitment", "notes"):
            for note in notes:
                if note.get("text"):
                    key, act, version, mechanism, _, quotes = known[commitment]
                    path, title = _path("commitments:detail", key), _any(quotes, note["lang"])
                    yield Passage(said, "commitment", note["lang"], note["text"], path, key, (said, act, version), mechanism, title)


def _any(said: dict[str, str], lang: str) -> str:
    return said.get(lang) or next(iter(said.values()), "")
