"""Why an entry is void, or why an act may not be signed now: stable codes with data, and the English sentence of each.

The codes are written down for ever (stores and exports hold them); the sentences may be translated and improved.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from comity.errors import Refused, Unsayable


class Code(StrEnum):
    """What is wrong."""

    UNREADABLE_ENTRY = "unreadable-entry"
    UNREADABLE_STATEMENT = "unreadable-statement"
    ANOTHER_MECHANISM = "another-mechanism"
    BAD_SIGNATURE = "bad-signature"
    BAD_NOTE = "bad-note"
    ROOT_NOT_NEXT = "root-not-next"
    NOT_AN_OPENING = "not-an-opening"
    SEEN_OWN_LOG = "seen-own-log"
    SEEN_TWO_NOTES = "seen-two-notes"
    SEEN_NOT_CLOSED = "seen-not-closed"
    SEEN_FROZEN = "seen-frozen"
    FOUNDING_NOT_IN_FORCE = "founding-not-in-force"
    MEMBERSHIP_NOT_IN_FORCE = "membership-not-in-force"
    NOT_A_PARTY = "not-a-party"
    LOG_NOT_OPEN = "log-not-open"
    NOT_A_SIGNATORY = "not-a-signatory"
    ALREADY_SIGNED = "already-signed"
    WITHDRAWN_BY_ITSELF = "withdrawn-by-itself"
    DECLINED_BY_ITSELF = "declined-by-itself"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    OBJECT_NOT_IN_FORCE = "object-not-in-force"
    OWNER_MISSING = "owner-missing"
    BASIS_NOT_CURRENT = "basis-not-current"
    RELIED_NOT_CURRENT = "relied-not-current"
    REF_NOT_IN_FORCE = "ref-not-in-force"
    CLASH = "clash"
    NOTHING_TO_WITHDRAW = "nothing-to-withdraw"
    ALREADY_IN_FORCE = "already-in-force"
    NOTHING_TO_DECLINE = "nothing-to-decline"
    NO_PROPOSAL = "no-proposal"
    # Never a verdict: only reasons of an honest node not to sign.
    UNKNOWN_ACT = "unknown-act"
    LOG_FORKED = "log-forked"
    NOT_UNDERSTOOD = "not-understood"
    OBJECT_FROZEN = "object-frozen"


SENTENCES: dict[Code, str] = {
    Code.UNREADABLE_ENTRY: "The entry is not in the form of an entry.",
    Code.UNREADABLE_STATEMENT: "The act it signs is not in the form of an act.",
    Code.ANOTHER_MECHANISM: "The act belongs to another mechanism.",
    Code.BAD_SIGNATURE: "The signatures are not those that the party's keys require at this place.",
    Code.BAD_NOTE: "A checkpoint that it has seen is not signed by its log.",
    Code.ROOT_NOT_NEXT: "The new key root does not follow the present one.",
    Code.NOT_AN_OPENING: "A log begins with the act that opens it.",
    Code.SEEN_OWN_LOG: "It names a checkpoint of its own log.",
    Code.SEEN_TWO_NOTES: "It names two checkpoints of {origin} that do not contradict each other.",
    Code.SEEN_NOT_CLOSED: "What it has seen of {origin} is less than what its own past has seen.",
    Code.SEEN_FROZEN: "{origin} has forked; nothing further of it is seen until a successor log opens.",
    Code.FOUNDING_NOT_IN_FORCE: "The mechanism is not founded yet.",
    Code.MEMBERSHIP_NOT_IN_FORCE: "The act of membership that it names is not in force.",
    Code.NOT_A_PARTY: "A signatory is not a party by the membership that the act names.",
    Code.LOG_NOT_OPEN: "The act that opens this log is not in force yet.",
    Code.NOT_A_SIGNATORY: "This party is not a signatory of the act.",
    Code.ALREADY_SIGNED: "This party has signed the act already.",
    Code.WITHDRAWN_BY_ITSELF: "This party has withdrawn its signature from the act.",
    Code.DECLINED_BY_ITSELF: "This party has declined the act.",
    Code.WITHDRAWN: "The act was withdrawn.",
    Code.DECLINED: "The act was declined.",
    Code.OBJECT_NOT_IN_FORCE: "The act that created {cell} is not in force.",
    Code.OWNER_MISSING: "An owner of {cell} is not among the signatories.",
    Code.BASIS_NOT_CURRENT: "{cell} has changed since, or stands otherwise.",
    Code.RELIED_NOT_CURRENT: "{cell}, on which the act relies, has changed since, or stands otherwise.",
    Code.REF_NOT_IN_FORCE: "An act that it refers to is not in force: {act}.",
    Code.CLASH: "This party has a live signature under {act}, which clashes.",
    Code.NOTHING_TO_WITHDRAW: "There is no signature of this party to withdraw.",
    Code.ALREADY_IN_FORCE: "The act is in force already.",
    Code.NOTHING_TO_DECLINE: "There is nothing for this party to decline.",
    Code.NO_PROPOSAL: "Nobody has proposed this act.",
    Code.UNKNOWN_ACT: "The act is not here.",
    Code.LOG_FORKED: "This party's log has forked; a successor log has to be opened by an act of all parties.",
    Code.NOT_UNDERSTOOD: "This version does not understand the act: {why}",
    Code.OBJECT_FROZEN: "{cell} was changed by an act that this version does not understand.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the names it is about (ids of acts, cells, origins)."""

    code: Code
    about: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: Code, **about: str) -> Reason:
        return cls(code, tuple(sorted(about.items())))

    @property
    def data(self) -> dict[str, str]:
        return dict(self.about)

    def refused(self, *, place: str = "") -> Refused:
        """The error that a node raises instead of appending a void entry (rule 1)."""
        return Refused(SENTENCES[self.code], place=place, **self._gaps())

    def _gaps(self) -> dict[str, Any]:
        """What fills the sentence: names, and for what is not understood the error itself."""
        understood = self.code is not Code.NOT_UNDERSTOOD
        return {name: text if understood else Unsayable.from_json(text) for name, text in self.about}

    def __str__(self) -> str:
        return SENTENCES[self.code].format(**self._gaps())
