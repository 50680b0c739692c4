"""A case as fragments: each thing that each cited source says, one by one.

A case cites sources for an item as a whole, so a fragment's value is the item without its sources; where a part has sources of its own
(a person's variants of a name, versions that disagree) it becomes a claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from comity.observations.model import Fragment

_KINDS = {
    "bodies": "body",
    "meetings": "meeting",
    "texts": "text",
    "commitments": "commitment",
    "follow_up": "finding",
    "statements": "statement",
}
_OF_MECHANISM = {"established": "established", "legal_basis": "legal_basis", "rhythm": "rhythm", "rights": "right", "size": "size"}


def fragments_of(case: Mapping[str, Any]) -> list[Fragment]:
    """The fragments of a checked case, in its own order; the same case gives the same fragments."""
    name = str(case["case"])
    found = list(_mechanism(name, case["mechanism"], str(case.get("record_note", ""))))
    for source in case.get("sources") or ():
        found.append(Fragment(f"{name}/sources/{source['id']}", "source", _without(source), source["id"]))
    for kind, claim in _KINDS.items():
        for item in case.get(kind) or ():
            found += _item(f"{name}/{kind}/{item['id']}", claim, item)
    for person in case.get("persons") or ():
        found += _person(f"{name}/persons/{person['id']}", person)
    for conflict in case.get("conflicts") or ():
        about = f"{name}/conflicts/{conflict['id']}"
        found.append(Fragment(about, "question", {key: conflict[key] for key in ("about", "note") if key in conflict}))
        for version in conflict.get("claims") or ():
            found += _by_source(about, "version", _without(version), version)
    return list({one.id: one for one in found}.values())


def _mechanism(case: str, mechanism: Mapping[str, Any], note: str) -> Iterator[Fragment]:
    about = f"{case}/mechanism/{case}"
    yield Fragment(about, "names", dict(mechanism["names"]))
    if note:
        yield Fragment(about, "note", note)
    for variant in mechanism.get("name_variants") or ():
        yield from _by_source(about, "name", _without(variant), variant)
    for party in mechanism.get("parties") or ():
        yield from _item(f"{case}/parties/{party['id']}", "party", party)
    for series in mechanism.get("series") or ():
        yield from _item(f"{case}/series/{series['id']}", "series", series)
    for field, claim in _OF_MECHANISM.items():
        for item in mechanism.get(field) or ():
            yield from _by_source(about, claim, _without(item), item)


def _item(about: str, claim: str, item: Mapping[str, Any]) -> Iterator[Fragment]:
    value = _without(item)
    yield from _by_source(about, claim, value, item, quote=str(item.get("quote", "")))
    if working := item.get("working_chairs"):
        for source in item.get("working_chairs_sources") or item.get("sources") or ("",):
            yield Fragment(about, "working_chairs", list(working), source)


def _person(about: str, person: Mapping[str, Any]) -> Iterator[Fragment]:
    yield from _by_source(about, "names", dict(person["names"]), person)
    for variant in person.get("name_variants") or ():
        yield from _by_source(about, "name", _without(variant), variant)
    office = {key: person[key] for key in ("role", "body", "country", "seen") if key in person}
    yield from _by_source(about, "office", office, person)
    if "from" in person:
        for source in person.get("from_sources") or person.get("sources") or ("",):
            yield Fragment(about, "since", person["from"], source)
    for other in person.get("role_conflicts") or ():
        yield from _by_source(about, "office", {"role": other["role"]}, other)


def _by_source(about: str, claim: str, value: Any, item: Mapping[str, Any], *, quote: str = "") -> Iterator[Fragment]:
    selector = {"type": "TextQuoteSelector", "exact": quote} if quote else {}
    sources = item.get("sources") or ([item["source"]] if "source" in item else [""])
    for source in sources:
        yield Fragment(about, claim, value, source, dict(selector))


def _without(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item's own fields: without its id and without the sources, which stand in the fragment."""
    dropped = {"id", "sources", "source", "working_chairs", "working_chairs_sources"}
    return {key: value for key, value in item.items() if key not in dropped}
