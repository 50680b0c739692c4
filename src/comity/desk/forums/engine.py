"""The engine behind the pages: a forum's roll calls, loaded once per import and kept for this process: the only door to numpy."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from comity.desk.forums import library
from comity.desk.forums.library import Held
from comity.errors import Refused

if TYPE_CHECKING:
    from comity.forums.agreement import Agreement, Row
    from comity.forums.clusters import Matrix
    from comity.forums.divergences import Divergence
    from comity.forums.idealpoints.snapshot import Snapshot
    from comity.forums.model import Int, RollCalls

KEPT = 3  # forums in memory at once
_lock = threading.Lock()
_kept: OrderedDict[str, Engine] = OrderedDict()


class Engine:
    """Questions about one forum. ``seats`` are what users call states: ISO codes, or the forum's own."""

    def __init__(self, forum: Held) -> None:
        from comity.forums import store

        self.forum = forum
        self.calls: RollCalls = store.load(library.home(), forum.id)
        self._splits: OrderedDict[tuple[str, ...], list[Divergence]] = OrderedDict()

    @cached_property
    def agreement(self) -> Agreement:
        from comity.forums.agreement import Agreement

        return Agreement(self.calls)

    @cached_property
    def lineages(self) -> Int:
        from comity.forums.items import lineages

        return lineages(self.calls)

    @cached_property
    def sessions(self) -> list[int]:
        return sorted({e.session for e in self.calls.events})

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics that are worth a line: coded or derived ones, else all if they are few."""
        from comity.forums.model import Origin

        codes = dict.fromkeys(t.code for e in self.calls.events for t in e.topics if t.origin is not Origin.OFFICIAL)
        every = self.calls.topic_codes
        return tuple(sorted(codes)) or (every if len(every) <= 20 else ())

    def find(self, wanted: str) -> str:
        """The state that a user means. :raises Malformed: if there is none, or more than one."""
        return self.agreement.view.keys[self.agreement.view.find(wanted)]

    @cached_property
    def states(self) -> list[str]:
        return list(self.agreement.view.keys)

    @cached_property
    def present(self) -> list[str]:
        """States that were members in the last session, for lists to choose from."""
        import numpy as np

        from comity.forums.model import Option

        last = self.calls.sessions == self.sessions[-1]
        there = (self.agreement.view.options[np.asarray(last)] != Option.NOT_MEMBER).any(axis=0)
        return [key for key, is_there in zip(self.states, there, strict=True) if is_there]

    def pair(self, a: str, b: str, by: str, topics: Sequence[str] = ()) -> list[Row]:
        """Raw and corrected agreement of one pair, by period and topic, with 90 % intervals."""
        from comity.forums.measures import Measure

        return self.agreement.pair(a, b, by=by, topics=topics, measures=(Measure.LINEAR, Measure.KAPPA))

    def splits(self, group: Sequence[str]) -> list[Divergence]:
        """All divergences of a group, absences too, the latest first."""
        from comity.forums.divergences import Split, divergences

        key = tuple(group)
        with _lock:
            known = self._splits.get(key)
        if known is None:
            kinds = (Split.OPPOSITE, Split.PARTIAL, Split.ABSENT)
            known = divergences(self.agreement, group, kinds=kinds, lineage=self.lineages)
            with _lock:
                self._splits[key] = known
                while len(self._splits) > 8:
                    self._splits.popitem(last=False)
        return known

    def bloc(self, members: Sequence[str], session: int | None, topic: str) -> Matrix:
        """The clustered matrix of linear agreement."""
        from comity.forums.clusters import matrix
        from comity.forums.measures import Measure

        within: Any = None
        if session is not None:
            within = self.calls.sessions == session
        if topic:
            mask = self.calls.topic_masks[topic]
            within = mask if within is None else within & mask
        return matrix(self.agreement, members, Measure.LINEAR, within)

    @cached_property
    def by_item(self) -> dict[str, list[int]]:
        """Roll calls on whole texts by the key of their item, in order of time."""
        from comity.forums.titles import item_key

        found: dict[str, list[int]] = {}
        for i, e in enumerate(self.calls.events):
            if e.whole_text:
                found.setdefault(item_key(e.title), []).append(i)
        return found

    def cast(self, event: int, state: str) -> str:
        """What a state did at a roll call, as the option's word."""
        from comity.forums.model import Option

        view = self.agreement.view
        return Option(int(view.options[event, view.keys.index(state)])).word

    def points(self) -> Snapshot | None:
        """The estimate of ideal points that is kept for these roll calls."""
        from comity.forums.idealpoints import snapshot
        from comity.forums.idealpoints.prepare import PUBLISHED, WHOLE_TEXTS

        return snapshot.kept(library.home(), self.forum.id, (PUBLISHED if self.forum.official else WHOLE_TEXTS).name)


def of(forum: Held) -> Engine:
    """The engine of a forum. :raises Refused: if the libraries that count votes are not installed."""
    if why := library.why_no_engine():
        raise Refused(str(why), place="engine")
    with _lock:
        found = _kept.get(forum.id)
        if found is None or found.forum.folder != forum.folder:
            found = _kept[forum.id] = Engine(forum)
        _kept.move_to_end(forum.id)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return found
