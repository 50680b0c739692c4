"""Which item of an earlier agenda one of today's goes on with: by its key, else by titles that are nearly the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

LIKELY = 72.0  # of 100: titles of that likeness are shown as likely the same; a person is never asked to confirm

SAME_KEY, LIKELY_SAME = "key", "likely"


@dataclass(frozen=True, slots=True)
class Titled:
    """An item as it is compared: its key and its titles by language."""

    key: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """``old`` is the place of the earlier item; ``how`` is :data:`SAME_KEY` or :data:`LIKELY_SAME`; ``score`` 0…100."""

    old: int
    how: str
    score: float


def likeness(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """The mean likeness of two titles over the languages that both have, 0…100: the ratio of their words' sorted letters (rapidfuzz), so
    that another order of words counts little.
    """
    shared = one.keys() & other.keys()
    if not shared:
        return 0.0
    scores = (fuzz.token_sort_ratio(one[lang], other[lang], processor=utils.default_process) for lang in sorted(shared))
    return sum(scores) / len(shared)


def matches(new: Sequence[Titled], old: Sequence[Titled]) -> list[Match | None]:
    """For each of ``new`` the item of ``old`` that it goes on with; no earlier item is given twice.

    Keys first; then the likeliest pairs, the earlier place first where two are equally likely.
    """
    found: list[Match | None] = [None] * len(new)
    places = {item.key: place for place, item in enumerate(old)}
    free = set(range(len(old)))
    for place, item in enumerate(new):
        if item.key in places:
            found[place] = Match(places[item.key], SAME_KEY, 100.0)
            free.discard(places[item.key])
    pairs = [
        (-score, n, o)
        for n, item in enumerate(new)
        if found[n] is None
        for o in sorted(free)
        if (score := likeness(item.titles, old[o].titles)) >= LIKELY
    ]
    for negative, n, o in sorted(pairs):
        if found[n] is None and o in free:
            found[n] = Match(o, LIKELY_SAME, -negative)
            free.discard(o)
    return found
