"""An act's bytes as an in-toto Statement v1 in canonical form (in-toto attestation framework, ``spec/v1/statement.md``).

Only the shape is known here: which subject files it binds, of which type it is, and a predicate that other rooms read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.errors import Malformed, Unsafe
from comity.record.canonical import canonical, parse_canonical
from comity.record.encoding import check_sha256

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
MAX_SUBJECTS = 4096
MAX_NAME_BYTES = 255
# A list of characters, not a Unicode category: categories change between Unicode versions, a verdict must not. Controls, bidirectional
# marks and overrides, line and paragraph separators, byte order mark, and what no file system takes in a name.
_FORBIDDEN = re.compile('[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\\:*?"<>|]')
_FIELDS = {"_type", "predicate", "predicateType", "subject"}


def check_name(name: object, *, place: str) -> str:
    """*name* if it is a relative path with ``/`` that no system reads in another way; raises Unsafe or Malformed otherwise."""
    if not isinstance(name, str) or not name:
        raise Malformed("A subject needs a name.", place=place)
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        raise Malformed("A lone surrogate is not a character.", place=place) from None
    if size > MAX_NAME_BYTES or _FORBIDDEN.search(name):
        raise Unsafe("A name that is too long or holds a character that file names must not.", place=place, remedy="Rename the file.")
    for part in name.split("/"):
        if part in ("", ".", "..") or part != part.strip(" ") or part.endswith("."):
            raise Unsafe("A name that climbs out of its folder or that some systems cut short.", place=place, remedy="Rename the file.")
    return name


@dataclass(frozen=True, slots=True)
class Subject:
    """A file that an act binds: its name, and the SHA-256 of its bytes in lower-case hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An in-toto Statement v1. The predicate is not to be changed once it is here."""

    subject: tuple[Subject, ...]
    predicate_type: str
    predicate: Mapping[str, Any]

    def to_bytes(self) -> bytes:
        """The canonical bytes, whose SHA-256 is the act's id. Raises Malformed or Unsafe for what ``from_bytes`` would refuse."""
        _check_subjects(self.subject, "")
        _check_type(self.predicate_type, "")
        return canonical(
            {
                "_type": STATEMENT_TYPE,
                "predicate": dict(self.predicate),
                "predicateType": self.predicate_type,
                "subject": [{"digest": {"sha256": one.sha256}, "name": one.name} for one in self.subject],
            }
        )

    @property
    def id(self) -> str:
        """The act's id: SHA-256 of its bytes, lower-case hexadecimal."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @classmethod
    def from_bytes(cls, data: bytes, *, place: str = "statement") -> Statement:
        """Reads canonical bytes. Raises Malformed or Unsafe, naming the field."""
        value = parse_canonical(data, place=place)
        if not isinstance(value, dict) or value.keys() != _FIELDS or value["_type"] != STATEMENT_TYPE:
            raise Malformed("Not an in-toto Statement v1 with exactly _type, predicate, predicateType and subject.", place=place)
        if not isinstance(value["predicate"], dict):
            raise Malformed("A predicate is an object.", place=f"{place}.predicate")
        _check_type(value["predicateType"], place)
        if not isinstance(value["subject"], list):
            raise Malformed("Subjects are a list.", place=f"{place}.subject")
        subjects = tuple(_subject(one, f"{place}.subject[{number}]") for number, one in enumerate(value["subject"]))
        _check_subjects(subjects, place)
        return cls(subjects, value["predicateType"], value["predicate"])


def _subject(value: object, place: str) -> Subject:
    if not isinstance(value, dict) or value.keys() != {"digest", "name"}:
        raise Malformed("A subject has a digest and a name, and nothing else.", place=place)
    digest = value["digest"]
    if not isinstance(digest, dict) or digest.keys() != {"sha256"}:
        raise Malformed("A digest is one sha256.", place=f"{place}.digest")
    return Subject(value["name"], digest["sha256"])


def _check_subjects(subjects: tuple[Subject, ...], place: str) -> None:
    if len(subjects) > MAX_SUBJECTS:
        raise Malformed("More than {limit} subjects.", place=place, limit=MAX_SUBJECTS)
    names: set[str] = set()
    for number, one in enumerate(subjects):
        here = f"{place}.subject[{number}]" if place else f"subject[{number}]"
        check_name(one.name, place=f"{here}.name")
        check_sha256(one.sha256, place=f"{here}.digest.sha256")
        if one.name in names:
            raise Malformed("Two subjects are named {name}.", place=here, remedy="Name each file once.", name=one.name)
        names.add(one.name)


def _check_type(predicate_type: object, place: str) -> None:
    if not isinstance(predicate_type, str) or not predicate_type or len(predicate_type) > MAX_NAME_BYTES:
        raise Malformed("A predicate type is a short URI.", place=f"{place}.predicateType" if place else "predicateType")
