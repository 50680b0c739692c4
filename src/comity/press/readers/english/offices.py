"""Whether an office leads up to a name: read from right to left, so that a pattern is tried at one place instead of at every letter.

>>> office_before("talks with the deputy speaker ")
True
"""

from __future__ import annotations

import re
from functools import cache

from comity.press.readers.english.lexicon import roles

_BODY = r"(?:\s(?:[\w’'-]*[A-Z]|fo|eht|rof|dna|no)){1,9}"  # capitalised words and what joins them


@cache
def _backwards() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """An office; an office with "of the"; an office with "of" and capitalised words."""
    every = "|".join(map(_reversed, roles()))
    plain = "|".join(_reversed(role) for role in roles() if "'" not in role)
    return (
        re.compile(rf"\s(?:{plain})"),
        re.compile(rf"(?:\seht)?\s(?:fo|rof)\s(?:{every})"),
        re.compile(rf"\n?{_BODY}\s(?:fo|rof)\s(?:{every})"),
    )


def _reversed(role: str) -> str:
    """A role noun's letters in the opposite order, its words with either case."""
    words = (re.escape(w[:0:-1]) + f"[{w[0].upper()}{w[0].lower()}]" if w[1:] else re.escape(w) for w in re.split(r"[ -]", role))
    return r"[\s-]".join(reversed(list(words)))


def office_before(before: str) -> bool:
    """Whether ``before`` ends with an office and a space."""
    return _backwards()[0].match(before[::-1]) is not None


def office_of_the_before(before: str) -> bool:
    """Whether ``before`` ends with "President of the " or the like."""
    return _backwards()[1].match(before[::-1]) is not None


def office_of_body_before(before: str) -> bool:
    """Whether ``before`` ends with an office, "of" and what may be a body's name."""
    return _backwards()[2].match(before[::-1]) is not None
