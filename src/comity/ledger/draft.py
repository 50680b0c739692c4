"""From what somebody wants to say to the bytes that are signed: the plan of its type, bound to the heads of its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES
from comity.record.statement import Statement, Subject
from comity.terms.act import URN, Known, Saying
from comity.terms.audience import Audience


class Heads(Known, Protocol):
    """What drafting has to know of the present state."""

    def heads(self, cell: str) -> frozenset[str]:
        """The acts that last wrote a cell; empty if it was never written."""
        ...


def compose(saying: Saying, state: Heads | None, *, audience: Audience, said: str, salt: bytes) -> bytes:
    """The canonical statement of ``saying``, bound to the present heads of the cells it writes and relies on.

    ``state`` is None only for a founding act. ``salt`` is 32 random bytes. Raises :class:`Unsayable` if it makes no sense.
    The signatories of ``saying`` are ignored: its type's plan says who they are.
    """
    kind = TYPES.get(saying.type)
    if kind is None:
        raise Unsayable("{type} is not known to this version.", place="type", type=saying.type)
    plan = kind.plan(saying, state or _Nothing())
    bound = replace(saying, signatories=plan.signatories)
    predicate: dict[str, Any] = {
        "audience": audience.to_json(),
        "basis": {cell: _heads(cell, state) for cell in sorted(plan.writes)},
        "body": dict(bound.body),
        "proposer": bound.proposer,
        "refs": sorted(plan.refs),
        "relies": {cell: _heads(cell, state) for cell in sorted(plan.relies)},
        "said": said,
        "salt": salt.hex(),
        "signatories": list(bound.signatories),
    }
    if bound.mechanism is not None:
        predicate |= {"mechanism": bound.mechanism, "membership": bound.membership}
    subject = tuple(Subject(name, sha256) for name, sha256 in sorted(bound.files.items()))
    return Statement(subject, URN + bound.type, predicate).to_bytes()


def _heads(cell: str, state: Heads | None) -> list[str]:
    return [] if state is None or cell.startswith("self") else sorted(state.heads(cell))


class _Nothing:
    """There is no act before a founding one."""

    def act(self, act_id: str) -> Any:
        raise Unsayable("There is no act of that id here.", place=act_id)

    def parties(self, membership: str) -> tuple[str, ...]:
        raise Unsayable("There is no mechanism yet.", place="membership")
