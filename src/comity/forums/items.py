"""Which roll calls are about the same thing: titles made comparable, agenda items within a session, and one text through the sessions.

Three relations, from narrow to wide: *bridge* (the source says it is the same text voted again), *same title* (after normalising), *same
agenda item*.
"""

from __future__ import annotations

import numpy as np

from comity.forums.model import Int, RollCalls
from comity.forums.titles import key_of


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
