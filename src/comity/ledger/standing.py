"""Questions about acts and cells, asked of a past: in force, dead, heads, clashes.

Each looks only at acts that name the same version of the same cell, so that its cost does not grow with the record. Numbers as in
:mod:`comity.ledger.facts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.ledger.facts import GENESIS, Cell, Facts, Mark
from comity.ledger.past import Past, Segment, Segments


class Standing:
    """The acts and cells of one record, with the indexes by (cell, version)."""

    def __init__(self) -> None:
        self.segments = Segments()
        self.acts: list[Facts] = [Facts(GENESIS, "")]
        self.acts[GENESIS].forced = True
        self._writers: dict[tuple[int, int], list[int]] = {}
        self._relying: dict[tuple[int, int], list[int]] = {}
        self._indexed: set[int] = set()

    # Indexes ----------------------------------------------------------------

    def index(self, act: Facts) -> None:
        """Take an act that bears a valid signature into the indexes."""
        if act.number in self._indexed:
            return
        self._indexed.add(act.number)
        for where, named in ((self._writers, act.writes), (self._relying, act.relies)):
            for cell, versions in named:
                for version in versions:
                    where.setdefault((cell.key, version), []).append(act.number)

    def writers(self, cell: Cell, version: int) -> list[int]:
        """Signed acts that write ``cell`` on ``version``."""
        return self._writers.get((cell.key, version), [])

    def relying(self, cell: Cell, version: int) -> list[int]:
        return self._relying.get((cell.key, version), [])

    # In force, dead -----------------------------------------------------------

    @staticmethod
    def said(marks: tuple[Mark, ...], past: Past) -> set[int]:
        """The seats that said it in a past."""
        return {seat for seat, segment, index in marks if index < past[segment]}

    @staticmethod
    def own(marks: tuple[Mark, ...], seat: int, segment: Segment, at: int) -> bool:
        """Whether the party said it in its own chain before index ``at`` of ``segment``."""
        return any(who == seat and segment.holds(where, index, at) for who, where, index in marks)

    def in_force(self, number: int, past: Past) -> bool:
        """Rule 1: every signatory's log holds a valid entry for it."""
        act = self.acts[number]
        if number == GENESIS:
            return True
        signers = act.signers
        if not signers or len(act.signed) < len(signers):
            return False
        for signer in signers:
            for seat, segment, index in act.signed:
                if seat == signer and index < past[segment]:
                    break
            else:
                return False
        return True

    def dead(self, act: Facts, past: Past) -> str:
        """Rule 5: why it can no longer come into force, whatever follows (forks apart): declined, withdrawn or overtaken; empty if it
        can."""
        have = self.said(act.signed, past)
        declined = self.said(act.declined, past)
        for signer in act.signers or ():
            if signer in have:
                continue
            if signer in declined:
                return "declined"
            if any(
                seat != signer and index < past[where] and self.has_seen(signer, where, index, past) for seat, where, index in act.withdrawn
            ):
                return "withdrawn"
            if self.overtaken(act, signer, past):
                return "overtaken"
        return ""

    def has_seen(self, seat: int, where: int, index: int, past: Past) -> bool:
        """Whether some entry of the party, within ``past``, has (``where``, ``index``) in its own past."""
        for segment in self.segments.of_seat.get(seat, ()):
            count = past[segment.number]
            if count:
                cover = segment.cover(count)
                if where < len(cover) and index < cover[where]:
                    return True
        return False

    def overtaken(self, act: Facts, signer: int, past: Past) -> bool:
        """Whether ``signer`` has signed an act in force that writes a version of a cell that ``act`` names."""
        return any(
            other != act.number and signer in (self.acts[other].signers or ()) and self.in_force(other, past)
            for cell, versions in (*act.writes, *act.relies)
            for version in versions
            for other in self.writers(cell, version)
        )

    # Cells ----------------------------------------------------------------------

    def made(self, cell: Cell) -> bool:
        """Whether the object's creating act wrote the cell."""
        return cell.made in self.acts[cell.creator].made

    def heads_now(self, cell: Cell) -> frozenset[int]:
        """The heads as of everything judged."""
        if cell.states:
            return cell.states
        born = self.acts[cell.creator].forced and self.made(cell)
        return frozenset((cell.creator if born else GENESIS,))

    def heads(self, cell: Cell, past: Past) -> frozenset[int]:
        """The heads in a past: acts in force there that wrote the cell and that no other such act was written on.

        Walks back from the present heads, so it costs what lies between that past and now. In-force acts are closed downwards: the
        versions an act was written on are in force wherever it is.
        """
        found: set[int] = set()
        todo, met = list(self.heads_now(cell)), set()
        while todo:
            number = todo.pop()
            if number in met or number == GENESIS:
                continue
            met.add(number)
            if self.in_force(number, past):
                found.add(number)
            else:
                todo += self.versions(number, cell)
        heads = frozenset(n for n in found if not any(self.in_force(w, past) for w in self.writers(cell, n)))
        return heads or frozenset((GENESIS,))

    def versions(self, number: int, cell: Cell) -> tuple[int, ...]:
        """The versions of ``cell`` that an act was written on."""
        for other, versions in self.acts[number].writes:
            if other is cell:
                return versions
        return (GENESIS,)

    def current(self, cell: Cell, versions: tuple[int, ...], past: Past) -> bool:
        """Rule 4: whether ``versions`` are all heads of ``cell`` in a past. Walks only if a fork has branched the cell."""
        if cell.branched:
            return self.heads(cell, past) == frozenset(versions)
        if len(versions) != 1:
            return False
        version = versions[0]
        if version == GENESIS:
            if self.made(cell) and self.in_force(cell.creator, past):
                return False
        elif not self.wrote(version, cell) or not self.in_force(version, past):
            return False
        return not any(self.in_force(other, past) for other in self.writers(cell, version))

    def wrote(self, number: int, cell: Cell) -> bool:
        if number == cell.creator and self.made(cell):
            return True
        return any(other is cell for other, _ in self.acts[number].writes)

    # Clashes -----------------------------------------------------------------------

    def clashing(self, act: Facts) -> Iterator[tuple[int, bool]]:
        """Rule 5: signed acts that clash with ``act``, with whether they write a version that it names (else they only rely on what it
        writes)."""
        writing: dict[int, None] = {}
        for cell, versions in (*act.writes, *act.relies):
            for version in versions:
                writing.update(dict.fromkeys(self.writers(cell, version)))
        writing.pop(act.number, None)
        for number in writing:
            yield number, True
        for cell, versions in act.writes:
            for version in versions:
                for number in self.relying(cell, version):
                    if number not in writing and number != act.number:
                        yield number, False

    def live_clashes(self, act: Facts, seat: int, segment: Segment, at: int, past: Past) -> list[int]:
        """Acts that the party validly signed before, that clash with ``act``, and that are neither dead nor merely relied and in
        force."""
        found = []
        for number, writes in self.clashing(act):
            other = self.acts[number]
            if not self.own(other.signed, seat, segment, at):
                continue
            if self.in_force(number, past):
                if writes:
                    found.append(number)
            elif not self.dead(other, past):
                found.append(number)
        return found
