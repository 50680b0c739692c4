"""Acts about acts: withdrawing an own signature, declining another's proposal (rules 5 and 6), redacting files (rule 12)."""

from __future__ import annotations

from comity.errors import Unsayable
from comity.terms.act import DECLINE, WITHDRAW, ActType, Known, Plan, Saying, everyone
from comity.terms.fields import Fields
from comity.terms.ids import DIGEST


def _about_an_act(saying: Saying, known: Known) -> Plan:
    fields = Fields(saying.body, "body")
    known.act(fields.digest("act"))
    fields.done()
    return Plan((saying.proposer,), frozenset())


REDACT = "acts/redact/1"


def _redact(saying: Saying, known: Known) -> Plan:
    fields = Fields(saying.body, "body")
    act = known.act(fields.digest("act"))
    files = set(fields.texts("files", least=1, pattern=DIGEST))
    fields.done()
    if not files <= set(act.files.values()):
        raise Unsayable("The act names no such file.", place="body.files", remedy="Name files of that act by their SHA-256.")
    return Plan(everyone(saying, known), frozenset(), refs=frozenset({act.id}))


TYPES = (
    ActType(
        WITHDRAW,
        _about_an_act,
        says="Take back this side's signature from an act that is not yet in force.",
        signers="the party that signed the act",
        writes="nothing",
        refers="the act, in its body",
    ),
    ActType(
        DECLINE,
        _about_an_act,
        says="Refuse an act that another party has proposed; final for that act.",
        signers="a signatory that has not signed the act",
        writes="nothing",
        refers="the act, in its body",
    ),
    ActType(
        REDACT,
        _redact,
        says="Destroy the content of files that an act names, on every node. Their digests and the act stay.",
        signers="all parties",
        writes="nothing",
        refers="the act whose files they are",
    ),
)
