"""Keeping the index of words: after each projection the passages of the changed objects are written anew; drafts and remarks as they are
saved; the observed record when its log has grown, or what is released of it has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from comity.desk.record.models import Draft
from comity.desk.rows import insert
from comity.desk.work.models import IndexedUpTo, Remark, SearchRow
from comity.desk.work.passages import Passage, passages
from comity.desk.work.words import tokens

AT_A_TIME = 500
OBSERVED = "observed"
LONGEST = 20_000  # characters of one passage that are indexed


def index_objects(ids: Collection[str]) -> None:
    """Write the passages of these objects of the record anew. The rows of the tables have to be written before."""
    for some in batched(ids, AT_A_TIME):
        SearchRow.objects.filter(about__in=some, own=False).delete()
        _write(passages(some))


def forget_mechanism(mechanism: str | None) -> None:
    """Drop what mirrors the record, of one mechanism or of all; this side's own stays."""
    rows = SearchRow.objects.filter(own=False).exclude(kind=OBSERVED)
    (rows if mechanism is None else rows.filter(mechanism=mechanism)).delete()


def _write(found: Iterable[Passage]) -> None:
    for some in batched(found, 2000):
        insert(SearchRow, [_row(one) for one in some])


def _row(one: Passage) -> dict[str, Any]:
    text = one.text[:LONGEST]
    act, also, besides = (*one.acts, "", "", "")[:3]
    return {
        "ref": one.ref[:200],
        "kind": one.kind,
        "lang": one.lang,
        "title": one.title,
        "text": text,
        "words": tokens(text, one.lang),
        "path": one.path[:300],
        "mechanism": one.mechanism,
        "about": one.about,
        "act": act,
        "also": also,
        "besides": besides,
        "own": one.own,
        "said": one.said,
    }


# This side's own -------------------------------------------------------------------------


def index_draft(instance: Draft, raw: bool = False, **_: Any) -> None:
    """A draft's title and what was typed into it; nothing once it has become an act."""
    SearchRow.objects.filter(about=instance.key, own=True).delete()
    if instance.done or raw:
        return
    path = reverse("record:draft", args=[instance.key])
    typed = _grouped([*instance.titles.values(), *_strings(instance.working)])
    _write(Passage(instance.key, "draft", lang, text, path, instance.key, own=True) for lang, text in typed.items())


def index_remark(instance: Remark, raw: bool = False, **_: Any) -> None:
    about = f"remark-{instance.pk}"
    SearchRow.objects.filter(about=about, own=True).delete()
    if instance.deleted or raw:
        return
    path = f"{instance.path}#{about}"
    _write([Passage(about, "remark", language_of(instance.text), instance.text, path, about, own=True, title=instance.title)])


def forget_own(instance: Draft | Remark, **_: Any) -> None:
    about = instance.key if isinstance(instance, Draft) else f"remark-{instance.pk}"
    SearchRow.objects.filter(about=about, own=True).delete()


def _strings(value: Any) -> Iterator[str]:
    """The texts that people typed: not ids, dates or the names of choices."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("page", "draft", "revision", "mechanism", "meeting", "text", "audience"):
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str) and (len(value) > 3 or not value.isascii()) and not _is_id(value):
        yield value


def _is_id(value: str) -> bool:
    return len(value) in (16, 64) and all(c in "0123456789abcdef" for c in value)


def language_of(text: str) -> str:
    """The language that a text's letters point to: Chinese, Russian or English."""
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in text)
    return "zh-Hans" if han and 4 * han >= cyrillic else "ru" if 2 * cyrillic > sum(c.isascii() and c.isalpha() for c in text) else "en"


def _grouped(texts: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        found.setdefault(language_of(text), []).append(text)
    return {lang: "\n".join(said) for lang, said in found.items()}


# The observed record ----------------------------------------------------------------------


def index_observed() -> None:
    """Bring the index up to the log of observations and to what is released of it today, if either has changed since."""
    from comity.desk.observations import releasing
    from comity.desk.observations.released import released
    from comity.desk.observations.state import observed
    from comity.observations.log import ObservationLog

    party = bool(settings.NODE.party)  # what a party observes is for its own officers until it is released
    stamp = ObservationLog(settings.HOME.folder / "observations").stamp()
    covered = sorted(releasing.covered().items()) if party and stamp else []
    mark = sha256(stamp + repr(covered).encode()).hexdigest() if stamp else ""
    known = IndexedUpTo.objects.filter(name=OBSERVED).first()
    if (known.stamp if known else "") == mark:
        return
    found = [passage for case in observed().values() for passage in _case(case, own=party)]
    found += [passage for case in released().values() for passage in _case(case, own=False)] if covered else []
    with transaction.atomic():
        SearchRow.objects.filter(kind=OBSERVED).delete()
        _write(found)
        IndexedUpTo.objects.update_or_create(name=OBSERVED, defaults={"stamp": mark})


def _case(case: Any, *, own: bool) -> Iterator[Passage]:
    for kind, things in case.things.items():
        for thing in things.values():
            at = reverse("observations:detail", args=[case.id])
            path = at if kind == "mechanism" else reverse("observations:thing", args=[case.id, kind, thing.id])
            said = [text for versions in thing.claims.values() for v in versions for text in _words_of(v.value)]
            for lang, text in _grouped(said).items():
                ref = f"{case.id}/{kind}/{thing.id}"
                yield Passage(ref, OBSERVED, lang, text, path, f"{case.id}/{kind}"[:64], own=own)


_CODES = frozenset(
    {"address", "country", "date", "finding", "kind", "lang", "language", "nature", "reliability", "sha256", "status", "zone"}
)


def _words_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _CODES:
                yield from _words_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words_of(inner)
    elif isinstance(value, str) and (" " in value or not value.isascii()):
        yield value
