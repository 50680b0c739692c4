"""Identifiers: digests, parties, objects and cells (ADR 0001).

>>> Cell.parse("self#main/slot/11").resolve("ab" * 32).object
'abababababababababababababababababababababababababababababababab#main'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from comity.errors import Malformed

DIGEST = re.compile(r"[0-9a-f]{64}")
PARTY = re.compile(r"[a-z][a-z0-9-]{1,31}")
FRAGMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
FACET = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
ORIGIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,200}/[0-9a-f]{8}")
SELF = "self"

_HANDLE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U


def digest(data: bytes) -> str:
    """SHA-256 of ``data`` in lower-case hex, 64 characters."""
    return sha256(data).hexdigest()


def is_digest(value: object) -> bool:
    return isinstance(value, str) and DIGEST.fullmatch(value) is not None


def handle(object_id: str) -> str:
    """A short name for people, e.g. ``K7Q2-9MZX``: the first 40 bits of the id in Crockford's base 32. For display only, never resolved
    alone.
    """
    number = int(object_id[:10], 16)
    letters = "".join(_HANDLE_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of an object's state: ``<object>/<facet>[@<party>]``.

    ``act`` is the id of the act that created the object, or ``self``; ``party`` is set if that party alone owns the cell.
    """

    act: str
    fragment: str
    facet: str
    party: str

    @classmethod
    def parse(cls, text: str, *, place: str = "cell") -> Cell:
        """Read a cell's name; raises :class:`Malformed` if it is not one."""
        rest, at, party = text.partition("@")
        if at and PARTY.fullmatch(party) is None:
            raise Malformed("{text!r} ends in something that is not a party.", place=place, text=text)
        obj, slash, facet = rest.partition("/")
        act, hash_, fragment = obj.partition("#")
        if not slash or FACET.fullmatch(facet) is None:
            raise Malformed("{text!r} has no facet after its object.", place=place, remedy="Write <object>/<facet>.", text=text)
        if act != SELF and DIGEST.fullmatch(act) is None:
            raise Malformed("{text!r} does not start with an act's id or 'self'.", place=place, text=text)
        if hash_ and FRAGMENT.fullmatch(fragment) is None:
            raise Malformed("{text!r} has an unreadable fragment.", place=place, text=text)
        return cls(act, fragment, facet, party)

    @property
    def object(self) -> str:
        return f"{self.act}#{self.fragment}" if self.fragment else self.act

    def resolve(self, act_id: str) -> Cell:
        """The same cell with ``self`` replaced by the id of the act that says it."""
        return Cell(act_id, self.fragment, self.facet, self.party) if self.act == SELF else self

    def __str__(self) -> str:
        return f"{self.object}/{self.facet}" + (f"@{self.party}" if self.party else "")


def resolve(cell: str, act_id: str) -> str:
    """The name of ``cell`` with ``self`` replaced by ``act_id``."""
    return act_id + cell[4:] if cell.startswith(SELF) and cell[4:5] in "/#" else cell


def creator(object_id: str) -> str:
    """The id of the act that created an object: what stands before ``#``."""
    return object_id.partition("#")[0]
