"""The observed state: fragments merged, thing by thing and claim by claim. Nothing is chosen where sources disagree.

1. Fragments with the same thing, claim and value are one *version*, with all their sources.
2. Versions stand in the order in which they were first read. Several versions of one claim disagree, except of claims that a thing has
   several of (``model.MANY``).
3. A person's correction is one more fragment. The latest one goes first and is marked; what the sources said stays beside it.
4. What its observer has taken back (``model.RETRACTED``) counts no longer, and a thing of which nothing else is said is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from comity.observations.model import MANY, RETRACTED, Fragment
from comity.record.canonical import canonical


@dataclass(slots=True)
class Version:
    """One value of a claim with who says so. *by* is the person whose correction it is, else empty."""

    value: Any
    sources: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    by: str = ""
    said: str = ""


@dataclass(slots=True)
class Thing:
    """What is observed of one thing: its claims, each with its versions."""

    case: str
    kind: str
    id: str
    claims: dict[str, list[Version]] = field(default_factory=dict)

    def get(self, claim: str, default: Any = None) -> Any:
        """The value that goes first; *default* if nothing is said."""
        versions = self.claims.get(claim)
        return versions[0].value if versions else default

    def versions(self, claim: str) -> list[Version]:
        return self.claims.get(claim, [])

    def sources(self, claim: str = "") -> list[str]:
        """The sources of the version that goes first, or of everything that is said of this thing."""
        found = self.claims.get(claim, [])[:1] if claim else [v for versions in self.claims.values() for v in versions]
        return list(dict.fromkeys(source for version in found for source in version.sources if source))

    def corrected(self, claim: str) -> bool:
        versions = self.claims.get(claim)
        return bool(versions and versions[0].by)

    @property
    def disputed(self) -> bool:
        """Whether sources disagree: several versions of one claim, or a report of it."""
        for claim, versions in self.claims.items():
            if claim not in MANY and len([v for v in versions if not v.by]) > 1:
                return True
            if any(isinstance(v.value, dict) and v.value.get("conflict") is True for v in versions):
                return True
        return False


@dataclass(slots=True)
class Case:
    """All that is observed of one mechanism."""

    id: str
    things: dict[str, dict[str, Thing]] = field(default_factory=dict)

    def all(self, kind: str) -> list[Thing]:
        return list(self.things.get(kind, {}).values())

    def one(self, kind: str, id: str) -> Thing | None:
        return self.things.get(kind, {}).get(id)

    @property
    def mechanism(self) -> Thing:
        return self.things.get("mechanism", {}).get(self.id) or Thing(self.id, "mechanism", self.id)

    def findings(self) -> dict[str, list[Thing]]:
        """What became of commitments, by commitment, earliest first."""
        found: dict[str, list[Thing]] = {}
        for thing in self.all("follow_up"):
            found.setdefault(str(thing.get("finding", {}).get("commitment")), []).append(thing)
        for things in found.values():
            things.sort(key=lambda t: str(t.get("finding", {}).get("date", "9999")))
        return found

    def citing(self, source: str) -> Iterator[Thing]:
        """The things of which something is said by *source*, the source itself left out."""
        for kind, things in self.things.items():
            if kind != "sources":
                yield from (thing for thing in things.values() if source in thing.sources())


def standing(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """The fragments that count: none that was taken back, and no taking back."""
    every = list(fragments)
    retracted = {id for one in every if one.claim == RETRACTED for id in one.value}
    for one in every:
        if one.claim != RETRACTED and not (retracted and one.id in retracted):
            yield one


def merge(fragments: Iterable[Fragment], instead: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Case]:
    """The cases that *fragments*, in the order of the log, add up to. *instead*, by a fragment's id, stands in place of its value."""
    cases: dict[str, Case] = {}
    versions: dict[tuple[str, str, bytes], Version] = {}
    corrections: dict[tuple[str, str], list[Version]] = {}
    for one in standing(fragments):
        name, kind, id = one.about.split("/")
        case = cases.setdefault(name, Case(name))
        thing = case.things.setdefault(kind, {}).setdefault(id, Thing(name, kind, id))
        if one.by:
            corrected = Version(one.value, [one.source] if one.source else [], [one.id], one.by, one.said)
            corrections.setdefault((one.about, one.claim), []).append(corrected)
            thing.claims.setdefault(one.claim, [])
            continue
        value = instead.get(one.id, one.value) if instead else one.value
        key = (one.about, one.claim, canonical(value))
        version = versions.get(key)
        if version is None:
            version = versions[key] = Version(value)
            thing.claims.setdefault(one.claim, []).append(version)
        version.sources += [one.source] if one.source and one.source not in version.sources else []
        version.fragments.append(one.id)
    for (about, claim), said in corrections.items():
        name, kind, id = about.split("/")
        cases[name].things[kind][id].claims[claim][:0] = said[::-1]
    return cases


def tally(case: Case) -> dict[str, Mapping[str, int]]:
    """Commitments by nature and by what became of them last (empty: not followed up)."""
    findings = case.findings()
    table: dict[str, dict[str, int]] = {}
    for thing in case.all("commitments"):
        nature = str(thing.get("commitment", {}).get("nature"))
        last = findings.get(thing.id, [])[-1:]
        outcome = str(last[0].get("finding", {}).get("finding")) if last else ""
        row = table.setdefault(nature, {})
        row[outcome] = row.get(outcome, 0) + 1
    return dict(table)
