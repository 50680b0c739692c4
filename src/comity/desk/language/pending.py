"""Changes of approved terms that are proposed and not signed by all yet: whose, since when, with which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.desk.language.models import TermRow
from comity.desk.node import the_node
from comity.desk.record.models import ActRow
from comity.desk.record.visible import visible_acts
from comity.desk.show import PartyShown, act_url, day, standing_of
from comity.errors import ComityError
from comity.texts.term_acts import APPROVE_TERM, Approval, read_approval


def changes(request: HttpRequest, terms: Iterable[TermRow], parties: Mapping[str, list[PartyShown]]) -> dict[str, list[dict[str, Any]]]:
    """Per approved term, the changes of it that wait for a signature, the oldest first, as far as this reader may see them."""
    approved = {row.id: row for row in terms if row.in_force}
    acts = visible_acts(request).filter(type=APPROVE_TERM, object__in=list(approved), status="open").order_by("said", "id")
    found: dict[str, list[dict[str, Any]]] = {}
    for act in acts:
        row, said = approved[act.object], _said(act)
        if act.id == row.act or said is None:
            continue
        sides = parties.get(act.mechanism, [])
        names = {p.id: p.name for p in sides}
        waits = ", ".join(names.get(p, p) for p in act.missing)
        told = _("%(party)s proposes a change since %(day)s; it waits for %(sides)s")
        found.setdefault(row.id, []).append(
            {
                "said": told % {"party": names.get(act.proposer, act.proposer), "day": day(act.said[:10]), "sides": waits},
                "url": act_url(act.id),
                "standing": standing_of(act, sides),
                "terms": [{"lang": t.lang, "text": t.text, "use": t.use} for t in said.terms],
                "until": day(said.valid_to.text, bound=True) if said.valid_to else "",
            }
        )
    return found


def _said(act: ActRow) -> Approval | None:
    """What the act says; None while its bytes are not here, or if they are not understood."""
    try:
        return read_approval(the_node().replica(act.mechanism).act(act.id).body)
    except ComityError:
        return None
