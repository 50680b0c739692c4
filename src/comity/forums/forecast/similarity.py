"""How alike two agenda items are by their words: cosine of TF-IDF vectors of normalised titles, agenda titles and topics (Salton and
Buckley 1988).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.forums.model import Float, VoteEvent
from comity.forums.titles import key_of


@dataclass(frozen=True)
class Item:
    """An item of an agenda, past or coming: what is known before the vote."""

    title: str
    agenda: str = ""
    topics: tuple[str, ...] = ()

    @classmethod
    def of(cls, event: VoteEvent) -> Item:
        return cls(event.title, event.agenda, tuple(dict.fromkeys(t.code for t in event.topics)))

    def words(self) -> Counter[str]:
        """The words of the title, and topics as words of their own."""
        return Counter(key_of(self.title).split()) + Counter(f"topic:{t}" for t in self.topics)


def similarity(coming: Sequence[Item], past: Sequence[Item]) -> Float:
    """Cosines, float64 (coming, past); rarity of words is counted in ``past`` alone."""
    bags = [i.words() for i in past]
    frequency = Counter(w for b in bags for w in b)
    number = {w: n for n, w in enumerate(frequency)}
    weight = np.array([math.log((1 + len(past)) / (1 + frequency[w])) + 0.1 for w in number])

    def vectors(items: Sequence[Counter[str]]) -> Float:
        out = np.zeros((len(items), len(number) + 1))
        for row, bag in enumerate(items):
            for w, times in bag.items():
                if w in number:
                    out[row, number[w]] = (1 + math.log(times)) * weight[number[w]]
                else:
                    # A word never seen before makes an item less like any other.
                    out[row, -1] = math.hypot(out[row, -1], math.log(1 + len(past)) * 0.7)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)

    a, b = vectors([i.words() for i in coming]), vectors(bags)
    a[:, -1] = 0.0
    return np.asarray(a @ b.T)
