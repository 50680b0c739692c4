"""The row of one act from the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.commitments.acts import UNDERTAKE
from comity.desk.commitments.project import quotes
from comity.desk.mechanisms import projecting as work
from comity.desk.record.models import ActRow
from comity.desk.rows import put
from comity.desk.texts.project import titles
from comity.meetings.acts import CONVENE
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
    """What lists call the act, by language: its text's title, its meeting's number, its commitment's words, the names it gives."""
    if act.body.get("versions"):
        return titles(view, act)
    if act.type == CONVENE:
        number = act.body.get("ordinal")
        return {"en": f"Meeting {number}", "zh-Hans": f"第{number}次会议", "ru": f"Заседание № {number}"}
    commitment = act.id if act.type == UNDERTAKE else act.body.get("commitment")
    if isinstance(commitment, str) and not view.misunderstanding(commitment):
        return quotes(view, commitment)
    return work.titles(view, act) or {n["lang"]: n["text"] for n in act.body.get("names", ())}
