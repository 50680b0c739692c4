"""What may be said about votes in multilateral forums.

1. A side says what it will do on an item of a coming session, alone, in its own column.
2. What all will do together is said by all, in a cell of its own per item; saying it again replaces it.
3. Both may name the commitment that they serve; agreeing needs no position of either side before it.
4. Nothing here says how anybody voted: roll calls are reference data of each node, and judge what was agreed.
"""

from __future__ import annotations

from comity.errors import Unsayable
from comity.forums.positions import AgreedPosition, Position, Wording
from comity.terms.act import ActType, Known, Plan, Saying, alone, bound, everyone, named
from comity.terms.fields import whole

POSITION, AGREE_POSITION = "forums/position/1", "forums/agree-position/1"


def read_position(body: object) -> Position:
    return whole(body, Position.read)


def read_agreed(body: object) -> AgreedPosition:
    return whole(body, AgreedPosition.read)


def _position(saying: Saying, known: Known) -> Plan:
    p = read_position(saying.body)
    refs = _refs(saying, known, p.wording, p.serves)
    return Plan(alone(saying, known), frozenset({f"{bound(saying)[0]}/{p.item.cell}@{saying.proposer}"}), refs=refs)


def _agree(saying: Saying, known: Known) -> Plan:
    a = read_agreed(saying.body)
    refs = _refs(saying, known, a.wording, a.serves)
    return Plan(everyone(saying, known), frozenset({f"{bound(saying)[0]}/{a.item.cell}"}), refs=refs)


def _refs(saying: Saying, known: Known, wording: tuple[Wording, ...], serves: str | None) -> frozenset[str]:
    if len({w.lang for w in wording}) != len(wording):
        raise Unsayable("There is one wording per language.", place="body.wording")
    wanted = {w.file for w in wording}
    if wanted != set(saying.files):
        odd = ", ".join(sorted(wanted ^ set(saying.files)))
        raise Unsayable("The files that are named and those that are signed differ: {odd}.", place="subject", odd=odd)
    if serves is None:
        return frozenset()
    named(known, serves, ("commitments/undertake",), place="body.serves")
    return frozenset({serves})


TYPES = (
    ActType(
        POSITION,
        _position,
        says="Say what one side will do on an item of a coming session: vote so, take no part, join a consensus, or not decided yet.",
        signers="the party whose position it is",
        writes="<mechanism>/position/<forum>/<session>/<item>@<party>",
        refers="the commitment that it serves, if any",
    ),
    ActType(
        AGREE_POSITION,
        _agree,
        says="Agree what all will do on an item: vote so, sponsor it, make a joint statement, join a consensus; or that nothing is agreed.",
        signers="all parties",
        writes="<mechanism>/position/<forum>/<session>/<item>",
        refers="the commitment that it serves, if any",
    ),
)
