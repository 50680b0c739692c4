"""What the next entry of a party has to name (rule 2): one signed checkpoint per other log, the latest ones that fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from comity.ledger.held import Branch, Held
from comity.ledger.judge import Judge
from comity.ledger.past import FORKED, Position, Segment
from comity.record.checkpoint import Checkpoint

_LATEST = 64
_PER_SIZE = 8

type Signed = tuple[Position, str]
"""A judged entry and the signed checkpoint over it."""


class Notes[T]:
    """The latest signed checkpoints of every branch. One that its log has not signed is not handed out, and pushes no other out."""

    def __init__(self, held: Held[T], proven: Callable[[Branch[T], int, str], bool]) -> None:
        """``proven(branch, size, note)``: whether the log of a branch has signed a note over its first ``size`` entries, all judged."""
        self._held, self._proven = held, proven
        self._early: dict[tuple[str, int, bytes], dict[str, None]] = {}
        self._own: dict[int, tuple[tuple[Checkpoint, str], ...]] = {}

    def offer(self, cp: Checkpoint, note: str) -> None:
        """Remember a checkpoint, even before its entries are here."""
        branch = self._held.find(cp.origin, cp.size, cp.root)
        if branch is not None:
            self._keep(branch, cp.size, note)
            return
        early = self._early.setdefault((cp.origin, cp.size, cp.root), {})
        if len(early) < _PER_SIZE:
            early[note] = None

    def placed(self, branch: Branch[T], size: int, root: bytes) -> None:
        """The last of the first ``size`` entries of a branch has arrived."""
        for note in self._early.pop((branch.origin, size, root), ()):
            self._keep(branch, size, note)

    def named(self, branch: Branch[T], seen: Iterable[tuple[Checkpoint, str]]) -> None:
        """What the last judged entry of a branch named: its log's next entry can always fall back on it."""
        self._own[branch.number] = tuple(seen)
        for cp, note in self._own[branch.number]:
            self.offer(cp, note)

    def _keep(self, branch: Branch[T], size: int, note: str) -> None:
        held = branch.notes.setdefault(size, {})
        if note in held:
            return
        if len(held) >= _PER_SIZE and size <= branch.judged:
            for one in [one for one in held if not self._proven(branch, size, one)]:
                del held[one]
        if len(held) < _PER_SIZE:
            held[note] = None
        if len(branch.notes) > _LATEST:
            for old in sorted(branch.notes)[: -_LATEST // 2]:
                # What is not judged yet has to stay, and so has the latest that is.
                if any(old < other <= branch.judged for other in branch.notes):
                    del branch.notes[old]

    def candidates(self, branch: Branch[T], own: Branch[T] | None) -> Iterator[tuple[int, str]]:
        """The signed checkpoints over judged entries of ``branch``, latest first; with what ``own``'s last entry named of it."""
        named: dict[int, dict[str, None]] = {}
        for cp, note in self._own.get(own.number, ()) if own else ():
            if self._held.find(cp.origin, cp.size, cp.root) is branch:
                named.setdefault(cp.size, {})[note] = None
        for size in sorted({*branch.notes, *named}, reverse=True):
            if size <= branch.judged:
                good = (n for n in (*branch.notes.get(size, ()), *named.get(size, ())) if self._proven(branch, size, n))
                for note in good:
                    yield size, note
                    break


def choose(judge: Judge, chain: Segment | None, candidates: Callable[[Segment], Iterator[tuple[int, str]]]) -> list[Signed]:
    """The latest checkpoints that the entry after ``chain`` can name: what they saw of each other's logs is covered by what is named of
    those.

    Starts from the latest of each branch, and steps back in those that saw more of a log than there is a checkpoint for. Of a log whose
    fork lies in the chain's past nothing is named; of one that is known to have forked since, all heads, as proof.
    """
    segments = judge.segments
    before = list(judge.before(chain, chain.size)) if chain else []
    before += [0] * (len(segments.all) - len(before))
    own = {segments.all[n].log for n in chain.line} | {chain.log} if chain else set[int]()
    logs = [log for log in segments.of_log if log not in own and segments.tip(log, before) != FORKED]
    left = {s.number: candidates(s) for log in logs for s in segments.of_log[log]}
    latest = {number: next(items, None) for number, items in left.items()}
    while True:
        chosen = _maximal(judge, latest)
        past = segments.join(before, [place for place, _ in chosen])
        offenders = next((found for log in logs if (found := _offenders(judge, log, past, chosen, before))), None)
        if offenders is None:
            return chosen
        for number in offenders:
            latest[number] = next(left[number], None)


def _maximal(judge: Judge, latest: dict[int, tuple[int, str] | None]) -> list[Signed]:
    """Of checkpoints on one chain only the last."""
    found = [((number, item[0]), item[1]) for number, item in latest.items() if item]
    return [(place, note) for place, note in found if not any(o != place and judge.segments.within(place, o) for o, _ in found)]


def _offenders(judge: Judge, log: int, past: Sequence[int], chosen: list[Signed], before: Sequence[int]) -> list[int]:
    """The segments of other logs whose chosen checkpoint saw more of ``log`` than is named of it; none if that is in order."""
    segments = judge.segments
    tip = segments.tip(log, past)
    if tip is None or tip == FORKED or any(place == tip for place, _ in chosen):
        return []
    pieces = [s.number for s in segments.of_log[log]]
    named = segments.join(before, [place for place, _ in chosen if place[0] in pieces])
    found = []
    for (number, count), _ in chosen:
        cover = segments.all[number].cover(count)
        if number not in pieces and any(p < len(cover) and cover[p] > named[p] for p in pieces):
            found.append(number)
    return found
