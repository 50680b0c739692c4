"""The words that stand beside a seal, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.utils.translation import gettext, ngettext, pgettext

from comity.desk.design.seal import State


class Sealed(Protocol):
    """Anything a seal can be drawn from. ``names``, ``by`` and ``after`` may be absent."""

    @property
    def parties(self) -> int: ...
    @property
    def signed(self) -> Iterable[int]: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """The usual carrier of a seal.

    *names* of the parties in their order, *by* whom it was withdrawn or declined, *after* which act it no longer stands: in the reader's
    language, all three may be absent.
    """

    parties: int
    signed: frozenset[int] = frozenset()
    state: State = State.OPEN
    names: tuple[str, ...] = ()
    by: str = ""
    after: str = ""
    asked: frozenset[int] | None = None
    """Whose signatures are asked for; None: everybody's. What one side says alone awaits nobody."""


class Words(NamedTuple):
    """The standing in one word or phrase, and the sentence that follows it."""

    head: str
    rest: str

    @property
    def gap(self) -> str:
        """What the language sets between the two."""
        return between_sentences()

    def __str__(self) -> str:
        return between_sentences().join(part for part in self if part)


def words(standing: Sealed) -> Words:
    """What the seal of *standing* says, as a head (set bold) and a sentence.

    Needs an active language; raises ValueError for an unknown state.
    """
    by: str = getattr(standing, "by", "")
    match State(standing.state):
        case State.OBSERVED:
            return Words(gettext("Observed."), gettext("Nobody has signed."))
        case State.IN_FORCE:
            return Words(gettext("In force."), _all_have_signed(standing.parties))
        case State.DISPUTED:
            return Words(gettext("Disputed."), gettext("Two acts are in force on one basis."))
        case State.WITHDRAWN:
            rest = gettext("By %(party)s, before all had signed.") % {"party": by} if by else gettext("Before all had signed.")
            return Words(gettext("Withdrawn."), rest)
        case State.SUPERSEDED:
            after: str = getattr(standing, "after", "")
            return Words(gettext("Superseded."), gettext("By %(act)s.") % {"act": after} if after else gettext("By a later act."))
        case State.DECLINED:
            return Words(gettext("Declined."), gettext("By %(party)s.") % {"party": by} if by else gettext("It can no longer be signed."))
        case State.OPEN:
            return _who_has_signed(standing)


def guide() -> list[tuple[Standing, Words]]:
    """How to read the seal: one standing per state, with what it means in general."""
    return [
        (Standing(2, state=State.OBSERVED), Words(gettext("Observed."), gettext("A source says so; nobody signed."))),
        (Standing(2), Words(gettext("Open."), gettext("Put forward; nobody has signed yet."))),
        (Standing(2, frozenset({0})), Words(gettext("One side"), gettext("has signed, here the first party."))),
        (Standing(2, state=State.IN_FORCE), Words(gettext("In force."), gettext("All parties have signed."))),
        (Standing(2, state=State.DISPUTED), Words(gettext("Disputed."), gettext("Two acts are in force on one basis."))),
        (Standing(2, state=State.WITHDRAWN), Words(gettext("Withdrawn."), gettext("Before all had signed."))),
        (Standing(2, state=State.SUPERSEDED), Words(gettext("Superseded."), gettext("By a later act."))),
        (Standing(2, frozenset({0}), State.DECLINED), Words(gettext("Declined."), gettext("It can no longer be signed."))),
    ]


def _all_have_signed(parties: int) -> str:
    if parties == 1:
        return gettext("Its one signatory has signed.")
    if parties == 2:
        return gettext("Both parties have signed.")
    return ngettext("All %(count)d party has signed.", "All %(count)d parties have signed.", parties) % {"count": parties}


def _who_has_signed(standing: Sealed) -> Words:
    signed = frozenset(standing.signed)
    asked: frozenset[int] | None = getattr(standing, "asked", None)
    said: tuple[str, ...] = tuple(getattr(standing, "names", ()))
    if asked is not None and asked and asked <= signed and said:
        return Words(gettext("One side says so."), gettext("Signed: %(parties)s.") % {"parties": listed(said[n] for n in sorted(asked))})
    if not signed:
        return Words(gettext("Open."), gettext("Nobody has signed yet."))
    count = ngettext("%(signed)d of %(parties)d has signed.", "%(signed)d of %(parties)d have signed.", len(signed))
    head = count % {"signed": len(signed), "parties": standing.parties}
    names: tuple[str, ...] = tuple(getattr(standing, "names", ()))
    if not names:
        return Words(head, "")
    sentences = [gettext("Signed: %(parties)s.") % {"parties": listed(name for party, name in enumerate(names) if party in signed)}]
    awaited = [name for party, name in enumerate(names) if party not in signed and (asked is None or party in asked)]
    if awaited:
        sentences.append(gettext("Awaited: %(parties)s.") % {"parties": listed(awaited)})
    return Words(head, between_sentences().join(sentences))


def listed(names: Iterable[str]) -> str:
    """Names one after the other, with the mark that the language sets between them."""
    return pgettext("between the names of a list", ", ").join(names)


def between_sentences() -> str:
    """A space, except in languages that set none."""
    return {"space": " "}.get(pgettext("between two sentences: space or none", "space"), "")
