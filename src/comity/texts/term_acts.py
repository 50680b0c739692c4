"""What may be said about terms: one concept, its words in each language, approved by all.

1. To approve a term is an act of all parties: a concept under a key that is unique in its mechanism, with a preferred word in each of two
   languages or more, a use for every word (preferred, admitted, forbidden), and where it is defined.
2. A later approval replaces an earlier one of the same key; it names the act that first approved it. What is no longer to be used gets a
   last day of validity.
3. Definitions stand in files, one per language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.errors import Unsayable
from comity.terms.act import ActType, Known, Plan, Saying, bound, everyone, named
from comity.terms.dates import PartialDate, read_date
from comity.terms.fields import Fields, whole
from comity.terms.names import check_language
from comity.texts.terms import USES

APPROVE_TERM = "texts/approve-term/1"
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EID = re.compile(r"[a-z]+_[0-9a-z-]+(?:__[a-z]+_[0-9a-z-]+)*")


@dataclass(frozen=True, slots=True)
class ApprovedTerm:
    """A word of one language and how it is to be used."""

    lang: str
    text: str
    use: str

    @classmethod
    def read(cls, fields: Fields) -> ApprovedTerm:
        lang = check_language(fields.text("lang"), place=fields.place("lang"))
        return cls(lang, fields.text("text", most=200), fields.choice("use", USES))


@dataclass(frozen=True, slots=True)
class Definition:
    """What the concept means, in a file of one language."""

    lang: str
    file: str

    @classmethod
    def read(cls, fields: Fields) -> Definition:
        return cls(check_language(fields.text("lang"), place=fields.place("lang")), fields.text("file", most=200))


@dataclass(frozen=True, slots=True)
class DefinedAt:
    """The provision of an adopted text that defines the concept."""

    text: str
    eid: str

    @classmethod
    def read(cls, fields: Fields) -> DefinedAt:
        return cls(fields.digest("text"), fields.text("eid", pattern=_EID))


@dataclass(frozen=True, slots=True)
class Approval:
    """A concept as it is approved."""

    key: str
    terms: tuple[ApprovedTerm, ...]
    definitions: tuple[Definition, ...]
    source: DefinedAt | None
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    supersedes: str | None

    @classmethod
    def read(cls, fields: Fields) -> Approval:
        found = cls(
            key=fields.text("key", pattern=KEY, most=60),
            terms=fields.list("terms", ApprovedTerm.read, least=2, most=60),
            definitions=fields.list("definitions", Definition.read, most=20) if fields.has("definitions") else (),
            source=fields.optional("source", lambda name: fields.object(name, DefinedAt.read)),
            valid_from=fields.optional("from", lambda name: read_date(fields, name)),
            valid_to=fields.optional("until", lambda name: read_date(fields, name)),
            supersedes=fields.optional("supersedes", fields.digest),
        )
        if len({(term.lang, term.text) for term in found.terms}) != len(found.terms):
            raise Unsayable("The same word stands here twice in one language.", place=fields.place("terms"), remedy="Remove one of them.")
        preferred = [term.lang for term in found.terms if term.use == "preferred"]
        if len(set(preferred)) < 2 or len(set(preferred)) != len(preferred):
            raise Unsayable(
                "Each language has one preferred term, and at least two languages have one.",
                place=fields.place("terms"),
                remedy="Mark other words as admitted.",
            )
        if len({item.lang for item in found.definitions}) != len(found.definitions):
            raise Unsayable("Two definitions are in the same language.", place=fields.place("definitions"))
        if found.valid_from and found.valid_to and found.valid_to.last < found.valid_from.first:
            raise Unsayable("The term ends before it begins.", place=fields.place("until"))
        return found


def read_approval(body: Mapping[str, Any] | object) -> Approval:
    return whole(body, Approval.read)


def slot(mechanism: str, key: str) -> str:
    """The cell by which a key is unique in its mechanism."""
    return f"{mechanism}/term/{key}"


def _approve(saying: Saying, known: Known) -> Plan:
    said = read_approval(saying.body)
    if sorted(item.file for item in said.definitions) != sorted(saying.files):
        raise Unsayable("The files that are named and those that are signed differ.", place="subject", remedy="Write the act again.")
    refs = set()
    if said.source:
        refs.add(named(known, said.source.text, ("texts/adopt",), place="body.source.text").id)
    if said.supersedes is None:
        return Plan(everyone(saying, known), frozenset({"self/state", slot(bound(saying)[0], said.key)}), refs=frozenset(refs))
    before = read_approval(named(known, said.supersedes, ("texts/approve-term",), place="body.supersedes").body)
    if before.supersedes:
        raise Unsayable("Name the act that first approved the term.", place="body.supersedes")
    if before.key != said.key:
        raise Unsayable("A term keeps its key.", place="body.key", remedy="Approve another term under the new key.")
    return Plan(everyone(saying, known), frozenset({f"{said.supersedes}/state"}), refs=frozenset(refs))


TYPES = (
    ActType(
        APPROVE_TERM,
        _approve,
        says="Approve the terms of a concept in each language; or replace an earlier approval.",
        signers="all parties",
        writes="self/state and <mechanism>/term/<key>; or, if it supersedes, <first approval>/state",
        refers="the adopted text that defines it",
    ),
)
