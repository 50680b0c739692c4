"""Fragments: one thing that one source says, and the words that natures, findings and claims are named by.

A fragment says: about this thing, this claim has this value, by this source, at this place in it. It is never an act of a party. What
is signed is an in-toto Statement v1, as for acts, but of the predicate type ``urn:comity:observation/1``, under the observer's own key.

>>> f = Fragment("case/meetings/m-1", "meeting", {"ordinal": 1}, source="wire-1")
>>> Fragment.from_bytes(f.to_bytes(), place="fragment") == f
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from comity.errors import Malformed
from comity.record.statement import Statement

PREDICATE_TYPE = "urn:comity:observation/1"

NATURES = ("joint", "pledge", "plan", "agenda_topic", "proposal", "duty")
FINDINGS = ("kept", "kept_late", "changed", "partly", "repeated", "no_trace")
STATEMENT_KINDS = ("official_claim", "fact_reported", "analyst_claim", "media_claim")

# Claims of which a thing has several at once, so that two values are not yet a disagreement.
MANY = frozenset({"established", "legal_basis", "name", "rhythm", "right", "size"})

_ABOUT = re.compile(r"[a-z0-9][a-z0-9-]{0,63}/[a-z_]{1,32}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}", re.ASCII)
_CLAIM = re.compile(r"[a-z][a-z_]{0,31}", re.ASCII)
_FIELDS = {"about", "by", "claim", "said", "selector", "source", "value"}
_MAY = {"read"}

# The claim by which its observer takes fragments back: its value lists their ids. They stay in the log and count no longer.
RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One observation.

    *about* is ``<case>/<kind>/<id>``. *source* is the id of a source of the same case, empty for what the observer says himself.
    *selector* is a W3C Web Annotation selector into the source, or empty. *by* names the person whose correction it is, with *said*,
    the instant of it (RFC 3339); both are empty for what was read from a source. *read* says how it was read, if a reader proposed it and a
    person confirmed it: reader, reviewer, the instant, the span in the source's text; else it is empty and not written.
    """

    about: str
    claim: str
    value: Any
    source: str = ""
    selector: dict[str, str] = field(default_factory=dict)
    by: str = ""
    said: str = ""
    read: dict[str, str] = field(default_factory=dict)

    @property
    def case(self) -> str:
        return self.about.split("/")[0]

    @property
    def id(self) -> str:
        """The SHA-256 of the bytes, which the log's entry names."""
        return sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed. Raises Malformed for what ``from_bytes`` would refuse."""
        predicate: dict[str, Any] = {
            "about": self.about,
            "by": self.by,
            "claim": self.claim,
            "said": self.said,
            "selector": self.selector,
            "source": self.source,
            "value": self.value,
        }
        if self.read:
            predicate["read"] = self.read
        check(predicate, place=self.about)
        return Statement((), PREDICATE_TYPE, predicate).to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes, *, place: str) -> Fragment:
        """Reads one fragment. Raises Malformed, naming the field."""
        statement = Statement.from_bytes(data, place=place)
        if statement.predicate_type != PREDICATE_TYPE or statement.subject:
            raise Malformed("Not an observation of version 1.", place=place)
        found = dict(statement.predicate)
        check(found, place=place)
        return cls(**found)


def check(predicate: dict[str, Any], *, place: str) -> None:
    """Raises Malformed unless *predicate* has the fields of a fragment and nothing else."""
    if predicate.keys() - _MAY != _FIELDS:
        raise Malformed("A fragment has the fields {fields}.", place=place, fields=", ".join(sorted(_FIELDS)))
    for name, pattern in (("about", _ABOUT), ("claim", _CLAIM)):
        text = predicate[name]
        if not isinstance(text, str) or pattern.fullmatch(text) is None:
            raise Malformed("{text!r} does not have the form that is expected here.", place=f"{place}.{name}", text=text)
    if not all(isinstance(predicate[name], str) for name in ("source", "by", "said")):
        raise Malformed("A text is expected here.", place=place)
    if predicate["by"] and not predicate["said"]:
        raise Malformed("A person's correction says when it was made.", place=f"{place}.said")
    for name in ("selector", "read"):
        value = predicate.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
            raise Malformed("A {name} is an object of texts.", place=f"{place}.{name}", name=name)
    if predicate["claim"] == RETRACTED and not isinstance(predicate["value"], list):
        raise Malformed("A list of fragments is expected here.", place=f"{place}.value")
