"""Which roll calls are about the same thing: titles made comparable, agenda items within a session, and one text through the sessions.

Three relations, from narrow to wide: *bridge* (the source says it is the same text voted again), *same title* (after normalising), *same
agenda item*.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from comity.forums.model import Int, RollCalls

_AGENDA = re.compile(r"^A/\d+/251")
_TAIL = re.compile(r"\s*:\s*(draft )?(resolution|decision)\b.*$")
_YEARS = re.compile(r"\b(1[89]|20)\d\d\b|\b\d{1,2}(st|nd|rd|th)\b")
_WORD = re.compile(r"[^\W_]+")
_BASE = re.compile(r"^(.*?\d)\s*[A-Z]{1,2}$")
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "its", "it", "of", "on", "or", "the", "to", "with"])


def plain_title(text: str) -> str:
    """A title without the cataloguer's tail (``: resolution / adopted by the General Assembly``)."""
    return _TAIL.sub("", text).strip()


def is_agenda(text: str) -> bool:
    """Whether a description is an agenda reference of the Digital Library (``A/72/251 37 - The situation in the Middle East. - …``)."""
    return _AGENDA.match(text) is not None


def key_of(title: str) -> str:
    """A title made comparable over the years: no case, accents, years, ordinals, small words or tails. Empty if nothing is left."""
    folded = unicodedata.normalize("NFKD", plain_title(title)).casefold()
    words = [w for w in _WORD.findall(_YEARS.sub(" ", folded)) if w not in _SMALL and not w.isdigit()]
    return " ".join(words)


def base_symbol(symbol: str) -> str:
    """``R/45/73F`` → ``R/45/73``: the lettered parts of a resolution belong to one agenda item."""
    match = _BASE.match(symbol)
    return match[1] if match else symbol


def lineages(calls: RollCalls) -> Int:
    """A number for each roll call, equal for those on the same text through the sessions: linked by bridges or by equal titles, at the
    same kind of stage.

    Votes on paragraphs and amendments never join the lineage of a whole text. Shape (events,).
    """
    parent = list(range(len(calls.events)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[str, int] = {}
    for i, e in enumerate(calls.events):
        for earlier in e.same_item_as:
            if earlier in calls.index:
                parent[root(i)] = root(calls.index[earlier])
        key = key_of(e.title)
        if e.whole_text and len(key.split()) > 1:
            parent[root(i)] = root(first.setdefault(key, i))
    return np.array([root(i) for i in range(len(parent))], dtype=np.int64)
