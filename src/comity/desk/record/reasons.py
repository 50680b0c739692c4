"""Why a person cannot sign an act now: her role, her key, what she has signed already, and the record's rules, in this order."""

from __future__ import annotations

from django.conf import settings

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_sign
from comity.desk.errors import sentence
from comity.desk.node import the_node
from comity.desk.record import gathering
from comity.desk.record.gathering import Wanted
from comity.mechanisms.acts import FOUND


def why_not_now(officer: Officer | None, what: Wanted) -> list[str]:
    """The reasons that stand beside the button that signs; empty if nothing stands in the way."""
    why = [str(w) for w in [why_not_sign(officer, settings.NODE.party, what.type, what.mechanism)] if w]
    if officer is not None and not why:
        why = [str(w) for w in [gathering.why_not_key(officer, what)] if w]
    return why + rules_against(what)


def rules_against(what: Wanted) -> list[str]:
    """What the record's rules say against this side's signature; a founding act is judged when it is appended."""
    if what.type == FOUND or not settings.NODE.party:
        return []
    replica = the_node().replica(what.mechanism)
    with replica.lock, replica.considering(what.act, what.payload):
        return [sentence(r.refused()) for r in replica.ledger.may_sign(settings.NODE.party, what.act)]
