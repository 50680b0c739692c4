"""The two acts about acts: withdrawing an own signature, declining another's proposal. The ledger itself knows what they do (rules 5 and 6)."""

from __future__ import annotations

from comity.terms.act import DECLINE, WITHDRAW, ActType, Known, Plan, Saying
from comity.terms.fields import Fields


def _about_an_act(saying: Saying, known: Known) -> Plan:
    fields = Fields(saying.body, "body")
    known.act(fields.digest("act"))
    fields.done()
    return Plan((saying.proposer,), frozenset())


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
)
