"""What an entry had seen, by position: logs as segments, pasts as vectors.

A log is usually one *segment*. A fork adds a segment that starts where its branch leaves another one; a successor log (rule 7) is a
segment that continues several. Indices of a segment are absolute: they count from the start of the log, so a branch that leaves after 5
entries starts at 5.

A *past* is a vector: per segment the index up to which its entries are covered, 0 for none of its own. It is closed under what those
entries saw. So the question "does entry (segment, index) lie in this past" is ``index < past[segment]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

type Position = tuple[int, int]
"""A segment and a count: everything of that log's chain up to there."""

type Past = Sequence[int]

FORKED: Position = (-1, -1)
"""In place of a last entry: there are several, because a fork lies in that past."""


class Segment:
    """A piece of a log without branches, as far as it has been judged."""

    __slots__ = ("covers", "line", "log", "number", "opened_by", "seat", "start")

    def __init__(self, number: int, log: int, start: int, line: dict[int, int]) -> None:
        self.number = number
        self.log = log
        self.start = start
        self.line = line
        """What its own chain holds of earlier segments: segment → count."""
        self.seat = -1
        """The party, as the number of its first log; -1 until an act has opened the log."""
        self.opened_by = -1
        self.covers: list[tuple[int, ...]] = []
        """Per entry its past with itself; pasts known earlier are shorter and count as 0 beyond their end."""

    @property
    def size(self) -> int:
        """The index after its last entry; ``start`` if it has none."""
        return self.start + len(self.covers)

    def cover(self, count: int) -> tuple[int, ...]:
        return self.covers[count - 1 - self.start]

    def holds(self, segment: int, index: int, at: int) -> bool:
        """Whether an entry lies in this segment's chain before its own index ``at``."""
        return index < at if segment == self.number else index < self.line.get(segment, 0)


class Segments:
    """All segments, by number and by log."""

    def __init__(self) -> None:
        self.all: list[Segment] = []
        self.of_log: dict[int, list[Segment]] = {}
        self.of_seat: dict[int, list[Segment]] = {}

    def add(self, log: int, parent: Position | None = None) -> Segment:
        """A new segment of ``log``: its beginning, or a branch that leaves ``parent``."""
        if parent is None:
            segment = Segment(len(self.all), log, 0, {})
        else:
            other = self.all[parent[0]]
            segment = Segment(len(self.all), log, parent[1], {**other.line, parent[0]: parent[1]})
            segment.opened_by = other.opened_by
            self._seat(segment, other.seat)
        self.all.append(segment)
        self.of_log.setdefault(log, []).append(segment)
        return segment

    def open(self, segment: Segment, seat: int, opened_by: int, continues: Iterable[Position] = ()) -> None:
        """Say whose log it is, by which act, and which heads of its former log it continues."""
        for number, count in continues:
            for other, upto in (*self.all[number].line.items(), (number, count)):
                segment.line[other] = max(segment.line.get(other, 0), upto)
        segment.opened_by = opened_by
        self._seat(segment, seat)

    def _seat(self, segment: Segment, seat: int) -> None:
        segment.seat = seat
        if seat >= 0:
            self.of_seat.setdefault(seat, []).append(segment)

    def now(self) -> list[int]:
        """The past that holds everything judged."""
        return [s.start + len(s.covers) if s.covers else 0 for s in self.all]

    def join(self, start: Sequence[int], positions: Iterable[Position]) -> list[int]:
        """The least past that covers ``start`` and all that the entries at ``positions`` cover."""
        past = list(start) + [0] * (len(self.all) - len(start))
        for number, count in positions:
            for other, upto in enumerate(self.all[number].cover(count)):
                if upto > past[other]:
                    past[other] = upto
        return past

    def tip(self, log: int, past: Past) -> Position | None:
        """The last entry of ``log`` in a past as (segment, count); None if there is none, ``FORKED`` if they do not lie on one chain."""
        segments = self.of_log[log]
        if len(segments) == 1:
            count = past[segments[0].number]
            return (segments[0].number, count) if count else None
        there = [s for s in segments if past[s.number]]
        if not there:
            return None
        for s in there:
            if all(o is s or past[o.number] <= s.line.get(o.number, 0) for o in there):
                return s.number, past[s.number]
        return FORKED

    def within(self, one: Position, other: Position) -> bool:
        """Whether ``one`` lies on the chain that leads to ``other``."""
        segment = self.all[other[0]]
        return one[1] <= (other[1] if one[0] == other[0] else segment.line.get(one[0], 0))
