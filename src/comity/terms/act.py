"""The common part of every act (ADR 0001), and what a domain says about its types.

An :class:`Act` is read from a statement; its rules 1–8 need nothing more. What the act *means* is its domain's affair: an :class:`ActType`
turns what is said into a :class:`Plan` (who must sign, which cells are written and relied on, which acts it names), and that one plan
serves both for drafting an act and for checking the sense of one that has arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from comity.errors import Malformed, Unsayable
from comity.terms.audience import Audience
from comity.terms.dates import check_said
from comity.terms.fields import Fields
from comity.terms.ids import DIGEST, PARTY, Cell, is_digest, resolve

URN = "urn:comity:act:"
WITHDRAW, DECLINE = "acts/withdraw/1", "acts/decline/1"

_COMMON = frozenset({"audience", "basis", "body", "mechanism", "membership", "proposer", "refs", "relies", "said", "salt", "signatories"})
_FOUNDING = _COMMON - {"mechanism", "membership"}


class File(Protocol):
    """A subject of a statement: a file by name and digest."""

    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class StatementLike(Protocol):
    """What is needed of an in-toto statement."""

    @property
    def subject(self) -> Sequence[File]: ...
    @property
    def predicate_type(self) -> str: ...
    @property
    def predicate(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody wants to say, before it is bound to a place in the record."""

    type: str
    proposer: str
    signatories: tuple[str, ...]
    body: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)  # name → SHA-256
    mechanism: str | None = None
    membership: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """The parsed common part of a statement. Cells are resolved: ``self`` has become the act's own id."""

    id: str
    type: str
    mechanism: str
    membership: str | None
    proposer: str
    signatories: tuple[str, ...]
    basis: Mapping[str, frozenset[str]]
    relies: Mapping[str, frozenset[str]]
    refs: frozenset[str]
    body: Mapping[str, Any]
    audience: Audience
    said: str
    files: Mapping[str, str]

    @property
    def founding(self) -> bool:
        return self.mechanism == self.id

    @property
    def about(self) -> str | None:
        """The act that a withdrawal or decline is about."""
        return str(self.body["act"]) if self.type in (WITHDRAW, DECLINE) else None

    @property
    def saying(self) -> Saying:
        mechanism = None if self.founding else self.mechanism
        return Saying(self.type, self.proposer, self.signatories, self.body, self.files, mechanism, self.membership)

    @classmethod
    def from_statement(cls, act_id: str, statement: StatementLike) -> Act:
        """Read the common part; raises :class:`Malformed` with the place of what is wrong."""
        p = statement.predicate
        founding = "mechanism" not in p
        _same_keys(p, _FOUNDING if founding else _COMMON)
        if not statement.predicate_type.startswith(URN):
            raise Malformed("The predicate type is not an act of Comity.", place="predicateType")
        signatories = _parties(p["signatories"])
        if p["proposer"] not in signatories:
            raise Malformed("The proposer is not among the signatories.", place="predicate.proposer")
        if not isinstance(p["body"], Mapping):
            raise Malformed("The body is not an object.", place="predicate.body")
        if not is_digest(p["salt"]):
            raise Malformed("The salt is not 32 bytes in hex.", place="predicate.salt")
        try:
            said = check_said(str(p["said"]), place="predicate.said")
            cursor = Fields(p["audience"], "predicate.audience")
            audience = Audience.read(cursor)
            cursor.done()
        except Unsayable as error:
            raise Malformed(error.template, place=error.place, remedy=error.remedy_template, **error.details) from None
        act = cls(
            id=act_id,
            type=statement.predicate_type.removeprefix(URN),
            mechanism=act_id if founding else _digest(p["mechanism"], "predicate.mechanism"),
            membership=None if founding else _digest(p["membership"], "predicate.membership"),
            proposer=p["proposer"],
            signatories=signatories,
            basis=_cells(p["basis"], act_id, "predicate.basis"),
            relies=_cells(p["relies"], act_id, "predicate.relies"),
            refs=frozenset(_sorted_digests(p["refs"], "predicate.refs")),
            body=p["body"],
            audience=audience,
            said=said,
            files={f.name: f.sha256 for f in statement.subject},
        )
        if act.basis.keys() & act.relies.keys():
            raise Malformed("A cell is both written and relied on.", place="predicate.relies")
        if act.type in (WITHDRAW, DECLINE) and (
            act.basis or act.relies or act.refs or len(signatories) != 1 or set(act.body) != {"act"} or not is_digest(act.body["act"])
        ):
            raise Malformed("A withdrawal or decline names one act, is signed by one party and touches no cell.", place="predicate")
        return act


def _same_keys(p: Mapping[str, Any], wanted: frozenset[str]) -> None:
    if p.keys() != wanted:
        odd = sorted(p.keys() ^ wanted)
        raise Malformed("Fields are missing or not known: {odd}.", place="predicate", odd=", ".join(odd))


def _digest(value: object, place: str) -> str:
    if not is_digest(value):
        raise Malformed("An act's id is expected here: 64 hexadecimal digits.", place=place)
    return str(value)


def _parties(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        raise Malformed("A list of distinct parties is expected here.", place="predicate.signatories")
    for party in value:
        if not isinstance(party, str) or PARTY.fullmatch(party) is None:
            raise Malformed("{party!r} is not a party.", place="predicate.signatories", party=party)
    return tuple(value)


def _sorted_digests(value: object, place: str) -> list[str]:
    if (
        not isinstance(value, list)
        or any(not isinstance(v, str) or DIGEST.fullmatch(v) is None for v in value)
        or sorted(set(value)) != value
    ):
        raise Malformed("A sorted list of distinct act ids is expected here.", place=place)
    return value


def _cells(value: object, act_id: str, place: str) -> dict[str, frozenset[str]]:
    if not isinstance(value, Mapping):
        raise Malformed("An object from cells to act ids is expected here.", place=place)
    cells = {}
    for name, heads in value.items():
        Cell.parse(name, place=place)
        if resolve(name, act_id) != name and heads != []:
            raise Malformed("{name!r} is new, so nothing can stand in it yet.", place=place, name=name)
        cells[resolve(name, act_id)] = frozenset(_sorted_digests(heads, f"{place}[{name}]"))
    return cells


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act of some type has to be, given what it says. Cells may start with ``self``."""

    signatories: tuple[str, ...]
    writes: frozenset[str]
    relies: frozenset[str] = frozenset()
    refs: frozenset[str] = frozenset()


class Known(Protocol):
    """The acts that a saying may name, read-only. The same answer wherever the act stands, so that its sense never depends on its place."""

    def act(self, act_id: str) -> Act:
        """The act of that id; raises :class:`Unsayable` if there is none."""
        ...

    def parties(self, membership: str) -> tuple[str, ...]:
        """Who the parties were by the founding act, accession or leaving of that id, in order."""
        ...


@dataclass(frozen=True, slots=True)
class ActType:
    """One thing that may be said. The texts say in words what ``plan`` does, for ``docs/acts.md``."""

    name: str
    plan: Callable[[Saying, Known], Plan]
    says: str
    signers: str
    writes: str
    relies: str = "nothing"
    refers: str = "nothing"


def check_sense(act: Act, kind: ActType, known: Known) -> None:
    """Raise :class:`Unsayable` unless the act is what its type's plan says. A pure function of the act and of the acts it names."""
    plan = kind.plan(act.saying, known)
    if act.signatories != plan.signatories:
        raise Unsayable("It has to be signed by {signatories}.", place="signatories", signatories=", ".join(plan.signatories))
    for place, have, want in (("basis", act.basis, plan.writes), ("relies", act.relies, plan.relies)):
        wanted = {resolve(cell, act.id) for cell in want}
        if have.keys() != wanted:
            raise Unsayable(
                "These cells differ from what the type says: {cells}.", place=place, cells=", ".join(sorted(have.keys() ^ wanted))
            )
    if act.refs != plan.refs:
        raise Unsayable("It refers to other acts than its type says.", place="refs")


def bound(saying: Saying) -> tuple[str, str]:
    """The mechanism and membership that every act but the founding one has to name."""
    if saying.mechanism is None or saying.membership is None:
        raise Unsayable("This act has to name its mechanism.", place="mechanism")
    return saying.mechanism, saying.membership


def everyone(saying: Saying, known: Known) -> tuple[str, ...]:
    """All parties by the membership that the act names, in order."""
    return known.parties(bound(saying)[1])


def alone(saying: Saying, known: Known) -> tuple[str, ...]:
    """The proposer as only signatory; it has to be a party."""
    if saying.proposer not in everyone(saying, known):
        raise Unsayable("{proposer} is not a party.", place="proposer", proposer=saying.proposer)
    return (saying.proposer,)


def named(known: Known, act_id: str, types: tuple[str, ...], *, place: str) -> Act:
    """The act of that id, which has to be of one of ``types`` (without version)."""
    act = known.act(act_id)
    if act.type.rpartition("/")[0] not in types:
        raise Unsayable("What it names is {type}, not {types}.", place=place, type=act.type, types=" or ".join(types))
    return act
