"""What is already known: persons, bodies, meetings and commitments, with their names in every language.

The reader gets a registry as an argument and only looks things up in it; how it is filled (from the record, from observations) is the
desk's
matter. As JSON (``comity-registry/1``):

    {"persons": [{"ref": "…", "names": [{"text": "习近平", "lang": "zh"}, …], "role": "…", "organisation": "…", "country": "CN"}],
     "bodies": [{"ref": "…", "names": [...], "country": "CN"}],
     "meetings": [{"ref": "…", "series": [{"text": "…", "lang": "en"}], "ordinal": 10, "date": "2025-08-25", "place": "Beijing"}],
     "commitments": [{"ref": "…", "text": "…", "texts": [{"text": "…", "lang": "ru"}, …], "who": ["…"], "date": "…", "open": true}]}

``texts`` of a commitment are its wordings in other languages; they may be missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from comity.errors import Malformed
from comity.press.translit import name_keys
from comity.terms.names import Name


@dataclass(frozen=True, slots=True)
class KnownPerson:
    ref: str
    names: tuple[Name, ...]
    role: str | None = None
    organisation: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class KnownBody:
    ref: str
    names: tuple[Name, ...]
    country: str | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    ref: str
    series: tuple[Name, ...]
    ordinal: int | None
    date: str | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class KnownCommitment:
    ref: str
    text: str
    who: tuple[str, ...]
    date: str | None = None
    open: bool = True
    texts: tuple[Name, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """The text and what it is in other languages."""
        return (self.text, *(name.text for name in self.texts if name.text != self.text))


@dataclass(frozen=True)
class Registry:
    """Lookups by name. Two names are one if they share a key of :func:`comity.press.translit.name_keys`."""

    persons: tuple[KnownPerson, ...] = ()
    bodies: tuple[KnownBody, ...] = ()
    meetings: tuple[KnownMeeting, ...] = ()
    commitments: tuple[KnownCommitment, ...] = ()
    _by_key: dict[str, KnownPerson] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for person in self.persons:
            for name in person.names:
                for key in name_keys(name.text):
                    self._by_key.setdefault(key, person)

    def person(self, name: str) -> KnownPerson | None:
        """The person who bears this full name in any language, order of names or transliteration."""
        return next((self._by_key[key] for key in name_keys(name) if key in self._by_key), None)

    def person_names(self, language: str) -> list[str]:
        """Every name in a language, longest first."""
        return sorted({n.text for p in self.persons for n in p.names if n.lang.split("-")[0] == language}, key=len, reverse=True)

    def body(self, name: str) -> KnownBody | None:
        folded = name.casefold()
        return next((b for b in self.bodies if any(n.text.casefold() == folded for n in b.names)), None)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Registry:
        """Read the form above; raises :class:`Malformed` naming the entry that is wrong."""
        try:
            return cls(
                tuple(
                    KnownPerson(p["ref"], _names(p["names"]), p.get("role"), p.get("organisation"), p.get("country"))
                    for p in value.get("persons", ())
                ),
                tuple(KnownBody(b["ref"], _names(b["names"]), b.get("country")) for b in value.get("bodies", ())),
                tuple(
                    KnownMeeting(m["ref"], _names(m.get("series", ())), m.get("ordinal"), m.get("date"), m.get("place"))
                    for m in value.get("meetings", ())
                ),
                tuple(
                    KnownCommitment(
                        c["ref"], c["text"], tuple(c.get("who", ())), c.get("date"), bool(c.get("open", True)), _names(c.get("texts", ()))
                    )
                    for c in value.get("commitments", ())
                ),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise Malformed(
                f"The registry has an entry without {error}.", place="registry", remedy="See the form in comity.press.registry."
            ) from None

    @classmethod
    def loads(cls, text: str, *, place: str = "registry") -> Registry:
        try:
            value = json.loads(text)
        except ValueError as error:
            raise Malformed(f"This is not JSON: {error}.", place=place) from None
        if not isinstance(value, Mapping):
            raise Malformed("An object is expected here.", place=place)
        return cls.from_json(value)


def _names(items: Any) -> tuple[Name, ...]:
    return tuple(Name(str(item["text"]), str(item["lang"])) for item in items)


@cache
def common_bodies() -> tuple[KnownBody, ...]:
    """Parliaments and unions that every reader knows without a registry; ``pattern`` covers the Russian cases."""
    raw = files("comity.press.lexicon").joinpath("bodies.tsv").read_text(encoding="utf-8")
    found = []
    for number, line in enumerate(row for row in raw.splitlines() if row and not row.startswith("#")):
        en, ru, zh, country = [*line.split("\t"), "", "", ""][:4]
        names = tuple(Name(n, "en") for n in en.split("|")) + tuple(Name(n, "zh") for n in zh.split("|"))
        found.append(KnownBody(f"common-{number}", names, country or None, ru))
    return tuple(found)
