"""The engine behind the pages: a forum's roll calls, loaded once per import and kept for this process: the only door to numpy."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from comity.desk.forums import library
from comity.desk.forums.library import Held
from comity.errors import Refused

if TYPE_CHECKING:
    from comity.forums.agreement import Agreement, Row
    from comity.forums.blocs import Group
    from comity.forums.clusters import Matrix
    from comity.forums.cohesion import Cohesion, GroupVote
    from comity.forums.divergences import Divergence
    from comity.forums.idealpoints.snapshot import Snapshot
    from comity.forums.model import Int, RollCalls, Voter
    from comity.forums.views import Change

SEAT, STATE, CODE = "seat", "state", "code"
UNITS = (SEAT, STATE, CODE)
KEPT = 3  # forums in memory at once
REMEMBERED = 24  # answers of each
_lock = threading.Lock()
_kept: OrderedDict[str, Engine] = OrderedDict()


class Engine:
    """Questions about one forum. Its lines and rows stand for seats (continuous) unless a state (dated) or a code of the source is asked
    for: ``unit`` is a value of :class:`comity.forums.views.Unit`.
    """

    def __init__(self, forum: Held) -> None:
        from comity.forums import store

        self.forum = forum
        self.calls: RollCalls = store.load(library.home(), forum.id)
        self._by: dict[str, Agreement] = {}
        self._known: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()

    def by(self, unit: str) -> Agreement:
        """Agreement by seat, state or code."""
        from comity.forums.agreement import Agreement
        from comity.forums.views import Unit

        if unit not in self._by:
            self._by[unit] = Agreement(self.calls, Unit(unit))
        return self._by[unit]

    @property
    def agreement(self) -> Agreement:
        return self.by(SEAT)

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

    def find(self, wanted: str, unit: str = SEAT) -> str:
        """The seat (state, code) that a user means. :raises Malformed: if there is none, or more than one."""
        view = self.by(unit).view
        return view.keys[view.find(wanted)]

    @cached_property
    def seats(self) -> list[str]:
        return list(self.agreement.view.keys)

    def members(self, session: int) -> list[str]:
        """Seats that were held in a session."""
        import numpy as np

        from comity.forums.model import Option

        then = np.asarray(self.calls.sessions == session)
        there = (self.agreement.view.options[then] != Option.NOT_MEMBER).any(axis=0)
        return [key for key, is_there in zip(self.seats, there, strict=True) if is_there]

    @cached_property
    def present(self) -> list[str]:
        """Seats that were held in the last session, for lists to choose from."""
        return self.members(self.sessions[-1])

    def columns(self, key: str, unit: str) -> tuple[Voter, ...]:
        """The columns that a seat, state or code is made of, the latest last."""
        view = self.by(unit).view
        return view.members[view.keys.index(key)]

    def changes(self, key: str, unit: str) -> tuple[Change, ...]:
        """Where one state followed another in a seat or under a code."""
        from comity.forums.views import changes

        view = self.by(unit).view
        return changes(self.calls, view, view.keys.index(key))

    def last_vote(self, key: str, unit: str) -> int:
        """The number of the last roll call at which a seat, state or code voted, or -1."""
        import numpy as np

        view = self.by(unit).view
        options = view.options[:, view.keys.index(key)]
        voted = np.flatnonzero((options >= 1) & (options <= 3))
        return int(voted[-1]) if len(voted) else -1

    def pair(self, a: str, b: str, by: str, topics: Sequence[str] = (), unit: str = SEAT) -> list[Row]:
        """Raw and corrected agreement of one pair, by period and topic, with 90 % intervals."""
        from comity.forums.measures import Measure

        def count() -> list[Row]:
            return self.by(unit).pair(a, b, by=by, topics=topics, measures=(Measure.LINEAR, Measure.KAPPA))

        return self._remembered(("pair", unit, a, b, by, *topics), count)

    def splits(self, group: Sequence[str], unit: str = SEAT) -> list[Divergence]:
        """All divergences of a group, absences too, the latest first."""
        from comity.forums.divergences import Split, divergences

        def find() -> list[Divergence]:
            kinds = (Split.OPPOSITE, Split.PARTIAL, Split.ABSENT)
            return divergences(self.by(unit), group, kinds=kinds, lineage=self.lineages)

        return self._remembered(("splits", unit, *group), find)

    def _remembered[T](self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """What was reckoned for ``key``, kept until newer answers need its place: a page, its files and its brief ask the same."""
        with _lock:
            known = self._known.get(key)
        if known is None:
            known = make()
            with _lock:
                self._known[key] = known
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        found: T = known
        return found

    def bloc(self, members: Group, session: int | None, topic: str) -> Matrix:
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

    def cohesion(self, group: Group, topic: str) -> list[Cohesion]:
        """Both indices of a group by session, with the roll calls that were counted."""
        from comity.forums.cohesion import cohesion

        def measure() -> list[Cohesion]:
            return cohesion(self.agreement, group, topics=(topic,) if topic else (), events=True)

        return self._remembered(("cohesion", topic, tuple(group) if isinstance(group, list) else group), measure)

    def group_votes(self, group: Group, events: Sequence[str]) -> list[GroupVote]:
        """How a group voted at each of some roll calls."""
        from comity.forums.cohesion import votes_of

        return votes_of(self.agreement, group, [self.calls.index[e] for e in events])

    @cached_property
    def by_item(self) -> dict[str, list[int]]:
        """Roll calls on whole texts by the key of their item, in order of time."""
        from comity.forums.titles import item_key

        found: dict[str, list[int]] = {}
        for i, e in enumerate(self.calls.events):
            if e.whole_text:
                found.setdefault(item_key(e.title), []).append(i)
        return found

    def cast(self, event: int, key: str, unit: str = SEAT) -> str:
        """What a seat (state, code) did at a roll call, as the option's word."""
        from comity.forums.model import Option

        view = self.by(unit).view
        return Option(int(view.options[event, view.keys.index(key)])).word

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
