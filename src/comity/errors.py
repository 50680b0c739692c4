"""What can go wrong, told to the person who can mend it.

Every error names the *place* (which file, entry, field) and the *remedy* (what to do next). Nothing is changed when one is raised.
"""

from __future__ import annotations

import json
from typing import Any, Self

MAX_DETAIL = 500


class ComityError(Exception):
    """A refusal with its place and remedy; never raised half-way through a change.

    ``message`` and ``remedy`` are English sentences with ``{named}`` gaps that ``details`` fill, so that the desk can say them in other
    languages.

    >>> str(ComityError("{party} is not a party.", place="body.by", party="kelmor"))
    'body.by: kelmor is not a party.'
    """

    def __init__(self, message: str, *, place: str = "", remedy: str = "", **details: object) -> None:
        super().__init__(message)
        self.template = message
        self.remedy_template = remedy
        self.place = place
        self.details = details

    @property
    def message(self) -> str:
        return self.template.format(**self.details) if self.details else self.template

    @property
    def remedy(self) -> str:
        return self.remedy_template.format(**self.details) if self.details else self.remedy_template

    def to_json(self) -> str:
        """The error as a table keeps it, so that it can be said later in the reader's language. Details become texts of at most
        ``MAX_DETAIL`` characters: what a stranger sent is quoted, not stored."""
        details = {name: str(value)[:MAX_DETAIL] for name, value in self.details.items()}
        return json.dumps([self.template, self.place[:MAX_DETAIL], self.remedy_template, details], ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What :meth:`to_json` kept."""
        raw: list[Any] = json.loads(text)
        return cls(raw[0], place=raw[1], remedy=raw[2], **raw[3])

    def __str__(self) -> str:
        said = f"{self.place}: {self.message}" if self.place else self.message
        return f"{said} {self.remedy}" if self.remedy else said


class Malformed(ComityError):
    """Bytes that are not what they claim to be: not canonical, not UTF-8, a missing or unknown field."""


class BadSignature(ComityError):
    """A signature that does not verify, or too few distinct keys for the threshold."""


class BadProof(ComityError):
    """An inclusion or consistency proof that does not hold, or a root that differs from its leaves."""


class Untrusted(ComityError):
    """A key or root that is not the one that was agreed on."""


class Unsafe(ComityError):
    """A path that climbs out of its folder, a file that is too large, a bag with missing or extra files."""


class Refused(ComityError):
    """An act that the rules of the record do not allow now; the reason is what a person reads beside the disabled button."""


class Unsayable(ComityError):
    """An act that makes no sense for its type: a field is missing, an ordinal does not follow, a quotation is not in its text."""


class PeerTrouble(ComityError):
    """A peer that is down, slow or sends rubbish. Never blocks the desk; shown with its age."""
