"""The Latin words and numbers of a text with their places, found once: a pattern need only be tried where its first word stands.

>>> words_of("Talks on 5 May").at(frozenset({"talks", "may"}))
[0, 11]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

NUMBER = "0"  # under which all runs of digits stand
_WORD = re.compile(r"([A-Za-z]+|[0-9]+)")


@dataclass(frozen=True, slots=True)
class Words:
    """``starts`` and ``lower`` are parallel: where each word begins and how it reads in lower case (a number is :data:`NUMBER`)."""

    starts: list[int]
    lower: list[str]
    places: dict[str, list[int]]

    def at(self, wanted: Iterable[str]) -> list[int]:
        """Where one of ``wanted`` begins, in order."""
        places = self.places
        return sorted(start for word in places.keys() & wanted for start in places[word])

    def having(self, what: Callable[[str], bool]) -> list[int]:
        """Where a word begins of which ``what`` holds, in order; each word is asked for once."""
        return sorted(start for word, starts in self.places.items() if what(word) for start in starts)

    def within(self, start: int, end: int) -> list[str]:
        """The words that begin in ``start:end``."""
        return self.lower[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The index of ``text``."""
    small = text.lower()
    # between words and around them stand those parts that have an even number
    parts = _WORD.split(small if len(small) == len(text) else text)
    starts = list(accumulate(map(len, parts)))[:-1:2]
    lower = [word.lower() if word[0] > "9" else NUMBER for word in parts[1::2]]  # once more: a letter whose small form is two
    places: dict[str, list[int]] = {}
    for word, start in zip(lower, starts, strict=True):
        if word in places:
            places[word].append(start)
        else:
            places[word] = [start]
    return Words(starts, lower, places)


def last_word(text: str) -> str:
    """The word, in lower case, behind which nothing stands but one space; empty if the text ends otherwise.

    >>> last_word("the first meeting of The ")
    'the'
    """
    if not text[-1:].isspace():
        return ""
    end = start = len(text) - 1
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:end].lower()
