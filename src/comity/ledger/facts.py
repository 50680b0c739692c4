"""What the rules need of an act, in numbers: small enough that a hundred thousand acts fit into memory.

Acts, cells and parties are numbered as they come. Numbers are local to one replay and never leave the ledger. Act 0 stands for "never
written" (``[]`` in a statement), which is the head of a cell until an act that writes it is in force.
"""

from __future__ import annotations

GENESIS = 0

type Named = tuple[tuple[Cell, tuple[int, ...]], ...]
"""Cells with the versions of them that an act names, by act number."""

type Mark = tuple[int, int, int]
"""Who said it and where: seat, segment, index."""


class Cell:
    """A cell that some act other than its object's creator names."""

    __slots__ = ("branched", "creator", "key", "made", "name", "owner", "states", "written_by")

    def __init__(self, key: int, name: str, creator: int, owner: str, made: str) -> None:
        self.key = key
        self.name = name
        self.creator = creator
        """The act that created its object."""
        self.owner = owner
        """The party that alone owns it; empty if the object's signatories do."""
        self.made = made
        """How its creator spelled it, after its own id."""
        self.states: frozenset[int] = frozenset()
        """Its heads as of everything judged, once an act other than the creator has written it."""
        self.branched = False
        """Whether two acts in force were written on one version of it (only a fork does that)."""
        self.written_by: list[int] = []
        """Acts in force that wrote it, in the order in which they came into force here; for display."""


class Facts:
    """An act as the rules see it, and what the parties have validly said about it."""

    __slots__ = (
        "about", "declined", "forced", "founding", "id", "kind", "known", "made", "membership", "number", "proposer", "refs", "relies",
        "signatories", "signed", "signers", "withdrawn", "writes",
    )  # fmt: skip

    def __init__(self, number: int, act_id: str) -> None:
        self.number = number
        self.id = act_id
        self.known = False
        """Whether its statement is here; until then nothing else is filled in."""
        self.founding = False
        self.kind = ""
        self.membership = -1
        self.proposer = ""
        self.signatories: tuple[str, ...] = ()
        self.signers: tuple[int, ...] | None = None
        """The signatories' seats; None until the act of membership that it names is here, empty if a signatory is no party by it."""
        self.made: tuple[str, ...] = ()
        """Cells of its own objects that it writes, after its own id."""
        self.writes: Named = ()
        self.relies: Named = ()
        self.refs: tuple[int, ...] = ()
        self.about = -1
        """The act that a withdrawal or decline is about."""
        self.signed: tuple[Mark, ...] = ()
        self.withdrawn: tuple[Mark, ...] = ()
        self.declined: tuple[Mark, ...] = ()
        self.forced = False
        """Whether it is in force as of everything judged. Never becomes false again."""
