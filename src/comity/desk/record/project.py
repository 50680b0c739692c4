"""The row of one act from the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.desk.record.models import ActRow
from comity.desk.texts.project import titles
from comity.terms.act import Act

if TYPE_CHECKING:
    from comity.desk.projection import View

MODELS = (ActRow,)


def project(view: View, act: Act, object_id: str) -> None:
    standing = view.standing(act.id)
    ActRow.objects.update_or_create(
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
            "superseded_by": standing.superseded_by or "",
            "not_understood": view.misunderstanding(act.id),
            "audience": act.audience.to,
            "public_from": act.audience.since.text if act.audience.since else "",
            "said": act.said,
            "titles": _titles(view, act),
            "arrived": datetime.fromtimestamp(view.arrived(act.id), UTC),
        },
    )


def _titles(view: View, act: Act) -> dict[str, str]:
    """What lists call the act: the titles of its text, the names of its mechanism or person."""
    if act.body.get("versions"):
        return titles(view, act)
    return {n["lang"]: n["text"] for n in act.body.get("names", ())}
