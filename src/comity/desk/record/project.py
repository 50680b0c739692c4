"""The row of one act from the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.desk.commitments import project as commitments
from comity.desk.forums import project as forums
from comity.desk.language import project as language
from comity.desk.mechanisms import project as mechanisms
from comity.desk.meetings import project as meetings
from comity.desk.record.models import ActRow
from comity.desk.rows import put
from comity.desk.texts import project as texts
from comity.terms.act import Act

if TYPE_CHECKING:
    from comity.desk.projection import View

MODELS = (ActRow,)


def project(view: View, act: Act, object_id: str) -> None:
    standing = view.standing(act.id)
    put(
        ActRow,
        id=act.id,
        defaults={
            "mechanism": view.mechanism,
            "type": act.type,
            "object": object_id,
            "proposer": act.proposer,
            "signatories": list(act.signatories),
            "signed": list(standing.signed_by),
            "missing": list(standing.missing),
            "status": standing.status,
            "disputed": standing.disputed,
            "pending_withdrawal": bool(standing.pending_withdrawals),
            "superseded_by": standing.superseded_by or "",
            "not_understood": error.to_json() if (error := view.misunderstanding(act.id)) else "",
            "audience": act.audience.to,
            "public_from": act.audience.since.text if act.audience.since else "",
            "said": act.said,
            "titles": _titles(view, act),
            "arrived": datetime.fromtimestamp(view.arrived(act.id), UTC),
        },
    )


def _titles(view: View, act: Act) -> dict[str, str]:
    """What lists call the act, by language, as the app of its type says it; nothing for an act about acts, which is called by its type."""
    name = act.type.rpartition("/")[0]
    if view.misunderstanding(act.id):
        return {}
    titles = TITLES.get(name) or TITLES.get(act.type.partition("/")[0])
    return titles(view, act) if titles else {}


TITLES: Mapping[str, Callable[[View, Act], dict[str, str]]] = {
    "mechanisms": mechanisms.titles,
    "meetings": meetings.titles,
    "texts": texts.titles,
    "texts/approve-term": language.titles,
    "commitments": commitments.titles,
    "forums": forums.titles,
}
"""Which app says what an act is called: that of its very type, else that of its domain."""
