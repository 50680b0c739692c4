"""The judge: entries in, verdicts out, by rules 1 to 8 of the record and nothing else. Knows no act types, no bytes and no keys.

1. An entry for an act counts once: a party's second valid signature under one act is void, and so is any after its own withdrawal or
   decline. Only a signatory signs, and signatories are parties by the act of membership that the act names.
2. ``seen`` covers all that the entry's own earlier entries and the entries it names had seen; else the entry is void. The exception is a
   log of which a fork lies in this past. Of a log that had forked in the past of the entry before, nothing further may be named.
3. An entry is judged once, against its own past, by position. Void entries have no effect, but stay in the chain and can be seen.
4. ``basis`` and ``relies`` name all heads of their cells in that past; ``refs``, the mechanism, the membership and the acts that created
   the objects are in force there. All owners of a written cell sign, and at least one owner of one that is relied on. Owners are the
   party behind ``@``, else the signatories of the act that created the object.
5. A signature is void if its party validly signed a clashing act before, unless that one is dead in this past, or only relied on what
   this one writes and is in force.
6. A withdrawal is void if the act is in force in its past; a signature is void if a valid withdrawal or decline lies in its past.
7. Both branches of a fork are judged, each entry by the branch it names. A party's own chain is the branch that the entry stands on; in a
   successor log it is all the heads that the opening act names.
8. A log counts from the act that opens it: entry 0 signs it, and every further signature needs it in force. A receipt is always in order.

Segments and pasts are explained in :mod:`comity.ledger.past`. Used like this (:class:`comity.ledger.replay.Ledger` does it from bytes):

>>> judge = Judge(founders=2)
>>> founding = judge.act("f0")
>>> founding.known = founding.founding = True
>>> founding.signers = (0, 1)
>>> judge.founding = founding.number
>>> a, b = judge.segments.add(0), judge.segments.add(1)
>>> judge.segments.open(a, 0, founding.number); judge.segments.open(b, 1, founding.number)
>>> judge.append(a, (), founding)                                    # the first party founds
>>> judge.append(b, ((a.number, 1),), founding)                      # the second, having seen that
>>> judge.append(b, ((a.number, 1),), founding).code.value           # and once more
'already-signed'
>>> founding.forced
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.ledger.facts import GENESIS, Facts, Mark
from comity.ledger.past import FORKED, Past, Position, Segment
from comity.ledger.reasons import Code, Reason
from comity.ledger.standing import Standing


class Judge(Standing):
    """Judges entries in any order in which pasts come before what has seen them."""

    def __init__(self, founders: int) -> None:
        """``founders``: how many logs the founding act names; they are numbered from 0 and are the seats of their parties."""
        super().__init__()
        self.founding = -1
        self.origins: list[str] = [""] * founders
        self.numbers: dict[str, int] = {}
        self.void: dict[tuple[int, int], Reason] = {}
        """The void entries by segment and index."""
        self.changed: list[int] = []
        """Acts whose standing has changed, in order, with repetition."""
        self._unseen: dict[int, dict[int, list[tuple[int, int]]]] = {}

    def act(self, act_id: str) -> Facts:
        """The act of that id, made up if it was never heard of."""
        number = self.numbers.get(act_id)
        if number is None:
            number = self.numbers[act_id] = len(self.acts)
            self.acts.append(Facts(number, act_id))
        return self.acts[number]

    # Judging ----------------------------------------------------------------

    def append(
        self,
        segment: Segment,
        seen: Sequence[Position],
        act: Facts | None,
        fault: Reason | None = None,
        stored: tuple[Reason | None] | None = None,
    ) -> Reason | None:
        """Judge the next entry of ``segment``: a receipt if ``act`` is None. Returns why it is void, None if it is valid.

        ``seen``: the entries it names. ``fault``: what was found wrong with its bytes or signatures. ``stored``: a verdict from before,
        not to be judged again.
        """
        at = segment.size
        before = self.before(segment, at)
        past = self.segments.join(before, seen)
        if stored is not None:
            reason = stored[0]
        else:
            reason = fault or self.check_seen(segment, before, past, seen)
            if reason is None and act is not None:
                reason = next(self.reasons(segment, at, past, act), None)
        self._commit(segment, at, past, act, reason)
        return reason

    def before(self, segment: Segment, at: int) -> Sequence[int]:
        """What the entry before index ``at`` of a segment covers."""
        if at > segment.start:
            return segment.cover(at)
        if segment.start:
            # A branch continues the one it leaves; its parent is the longest piece of its own log in its line.
            parent = max((n for n in segment.line if self.segments.all[n].log == segment.log), key=lambda n: segment.line[n])
            return self.segments.all[parent].cover(segment.start)
        return ()

    def check_seen(self, segment: Segment, before: Sequence[int], past: Past, seen: Sequence[Position]) -> Reason | None:
        """Rule 2, and the freezing of rule 7."""
        logs: dict[int, list[Position]] = {}
        for position in seen:
            logs.setdefault(self.segments.all[position[0]].log, []).append(position)
        for log, named in logs.items():
            for i, one in enumerate(named):
                if any(self.segments.within(one, two) or self.segments.within(two, one) for two in named[:i]):
                    return Reason.of(Code.SEEN_TWO_NOTES, origin=self.origins[log])
        return self.own_log_named(segment, logs) or self.frozen(segment, before, logs) or self.not_closed(segment, past, logs)

    def own_log_named(self, segment: Segment, logs: dict[int, list[Position]]) -> Reason | None:
        if segment.log in logs:
            return Reason.of(Code.SEEN_OWN_LOG)
        return None

    def frozen(self, segment: Segment, before: Sequence[int], logs: dict[int, list[Position]]) -> Reason | None:
        """Rule 7: of a log that had forked in the past of the entry before, nothing further is seen."""
        if len(self.segments.all) == len(self.segments.of_log):
            return None  # no log has a branch
        padded = (*before, *[0] * (len(self.segments.all) - len(before)))
        for log, named in logs.items():
            if self.segments.tip(log, padded) == FORKED and any(count > padded[number] for number, count in named):
                return Reason.of(Code.SEEN_FROZEN, origin=self.origins[log])
        return None

    def not_closed(self, segment: Segment, past: Past, logs: dict[int, list[Position]]) -> Reason | None:
        """Rule 2: what this past holds of another log is what the entry itself names of it."""
        own = {self.segments.all[number].log for number in segment.line} | {segment.log}
        short = []
        for log in self.segments.of_log:
            if log not in own:
                tip = self.segments.tip(log, past)
                if tip is not None and tip != FORKED and tip not in logs.get(log, ()):
                    short.append(self.origins[log])
        # Of several the first by name, so that the reason is the same on every node.
        return Reason.of(Code.SEEN_NOT_CLOSED, origin=min(short)) if short else None

    def reasons(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        """Everything that makes an entry for ``act`` at index ``at`` of ``segment`` void; the first one is its verdict."""
        yield from self.membership_reasons(segment, at, past, act)
        target = self.acts[act.about] if act.about >= 0 else act
        if act.about < 0:
            yield from self.signing(segment, at, past, act)
        elif act.kind.startswith("acts/withdraw/"):
            yield from self.withdrawing(segment, at, past, target)
        else:
            yield from self.declining(segment, at, past, target)

    def membership_reasons(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        """Rules 1 and 8: who may sign at all."""
        if segment.opened_by < 0:
            yield Reason.of(Code.LOG_NOT_OPEN)
        if not act.founding:
            if not self.in_force(self.founding, past):
                yield Reason.of(Code.FOUNDING_NOT_IN_FORCE)
            if act.membership < 0 or not self.in_force(act.membership, past):
                yield Reason.of(Code.MEMBERSHIP_NOT_IN_FORCE)
            if at > 0 and segment.opened_by >= 0 and not self.in_force(segment.opened_by, past):
                yield Reason.of(Code.LOG_NOT_OPEN)
        if not act.signers:
            yield Reason.of(Code.NOT_A_PARTY)
        if segment.seat not in (act.signers or ()):
            yield Reason.of(Code.NOT_A_SIGNATORY)

    def signing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        """Rules 1, 4, 5 and 6 for a signature."""
        seat = segment.seat
        if self.own(act.signed, seat, segment, at):
            yield Reason.of(Code.ALREADY_SIGNED)
        if self.own(act.withdrawn, seat, segment, at):
            yield Reason.of(Code.WITHDRAWN_BY_ITSELF)
        elif self.said(act.withdrawn, past):
            yield Reason.of(Code.WITHDRAWN)
        if self.own(act.declined, seat, segment, at):
            yield Reason.of(Code.DECLINED_BY_ITSELF)
        elif self.said(act.declined, past):
            yield Reason.of(Code.DECLINED)
        yield from self.standing_of_cells(past, act)
        for number in act.refs:
            if not self.in_force(number, past):
                yield Reason.of(Code.REF_NOT_IN_FORCE, act=self.acts[number].id)
        for other in sorted(self.acts[number].id for number in self.clashes(act, segment, at, past)):
            yield Reason.of(Code.CLASH, act=other)

    def clashes(self, act: Facts, segment: Segment, at: int, past: Past) -> list[int]:
        return self.live_clashes(act, segment.seat, segment, at, past)

    def standing_of_cells(self, past: Past, act: Facts) -> Iterator[Reason]:
        """Rule 4: owners and heads."""
        signatories = act.signers or ()
        for writing, named in ((True, act.writes), (False, act.relies)):
            for cell, versions in named:
                if cell.owner:
                    mine = cell.owner in act.signatories
                    theirs = mine
                else:
                    creator = self.acts[cell.creator]
                    if not self.in_force(cell.creator, past):
                        yield Reason.of(Code.OBJECT_NOT_IN_FORCE, cell=cell.name)
                    owners = creator.signers or ()
                    mine = all(owner in signatories for owner in owners)
                    theirs = any(owner in signatories for owner in owners)
                if not (mine if writing else theirs):
                    yield Reason.of(Code.OWNER_MISSING, cell=cell.name)
                if not self.current(cell, versions, past):
                    yield Reason.of(Code.BASIS_NOT_CURRENT if writing else Code.RELIED_NOT_CURRENT, cell=cell.name)
        if act.made and self.in_force(act.number, past):
            # Only another branch of the own log can have brought it into force already.
            yield Reason.of(Code.BASIS_NOT_CURRENT, cell=act.id + act.made[0])
        for suffix in act.made:
            owner = suffix.partition("@")[2]
            if owner and owner not in act.signatories:
                yield Reason.of(Code.OWNER_MISSING, cell=act.id + suffix)

    def withdrawing(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        """Rule 6."""
        if not self.own(act.signed, segment.seat, segment, at) or self.own(act.withdrawn, segment.seat, segment, at):
            yield Reason.of(Code.NOTHING_TO_WITHDRAW)
        if self.in_force(act.number, past):
            yield Reason.of(Code.ALREADY_IN_FORCE)

    def declining(self, segment: Segment, at: int, past: Past, act: Facts) -> Iterator[Reason]:
        # First of all, because who has to sign an act is only known once it is proposed.
        if not self.said(act.signed, past):
            yield Reason.of(Code.NO_PROPOSAL)
        seat = segment.seat
        if seat not in (act.signers or ()) or self.own(act.signed, seat, segment, at) or self.own(act.declined, seat, segment, at):
            yield Reason.of(Code.NOTHING_TO_DECLINE)

    # Effects ----------------------------------------------------------------------

    def _commit(self, segment: Segment, at: int, past: list[int], act: Facts | None, reason: Reason | None) -> None:
        past[segment.number] = at + 1
        segment.covers.append(tuple(past))
        self._acknowledge(segment.seat, past)
        if reason is not None:
            self.void[segment.number, at] = reason
        if act is None:
            return
        self.changed.append(act.number)
        if reason is not None:
            return
        mark = (segment.seat, segment.number, at)
        if act.about >= 0:
            self._about(self.acts[act.about], act.kind, mark)
        act.signed = (*act.signed, mark)
        self.index(act)
        if not act.forced and self.in_force(act.number, self.segments.now()):
            self._force(act)

    def _about(self, target: Facts, kind: str, mark: Mark) -> None:
        self.changed.append(target.number)
        if not kind.startswith("acts/withdraw/"):
            target.declined = (*target.declined, mark)
            return
        target.withdrawn = (*target.withdrawn, mark)
        seat, segment, index = mark
        for other in target.signers or ():
            if other != seat:
                self._unseen.setdefault(other, {}).setdefault(segment, []).append((index, target.number))

    def _acknowledge(self, seat: int, past: Sequence[int]) -> None:
        """Drop the withdrawals that the party has now seen; each may have died by that."""
        for segment, waiting in self._unseen.get(seat, {}).items():
            done = 0
            while done < len(waiting) and waiting[done][0] < past[segment]:
                self.changed.append(waiting[done][1])
                done += 1
            del waiting[:done]

    def _force(self, act: Facts) -> None:
        """An act has come into force: its cells move, others on the same versions are overtaken, what it was written on is superseded."""
        act.forced = True
        for cell, versions in act.writes:
            if any(other != act.number and self.acts[other].forced for v in versions for other in self.writers(cell, v)):
                cell.branched = True
            cell.states = (self.heads_now(cell) - frozenset(versions)) | {act.number}
            cell.written_by.append(act.number)
            self.changed += [v for v in versions if v != GENESIS]
            for version in versions:
                self.changed += [n for n in (*self.writers(cell, version), *self.relying(cell, version)) if n != act.number]
            if len(cell.states) > 1:
                self.changed += sorted(cell.states)

    def withdrawals_unseen(self, segment: Segment, past: Past) -> list[int]:
        """Acts whose withdrawal lies in ``past``, but that no entry of this chain has seen (rule 6)."""
        before = self.before(segment, segment.size)
        padded = (*before, *[0] * (len(past) - len(before)))
        waiting = self._unseen.get(segment.seat, {})
        return [number for where, items in waiting.items() for index, number in items if padded[where] <= index < past[where]]
