"""Rows of positions from the record; words are read from the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.desk.forums.models import PositionRow
from comity.desk.record.models import ActRow
from comity.desk.rows import put, written
from comity.forums.acts import AGREE_POSITION, POSITION, read_agreed, read_position
from comity.forums.positions import Wording
from comity.terms.act import Act

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("forums/",)
MODELS = (PositionRow,)


def project(view: View, object_id: str) -> None:
    """All positions of a mechanism: they stand in cells of the mechanism itself, one for each item and side."""
    if object_id != view.mechanism:
        return
    written()
    acts = ActRow.objects.filter(mechanism=view.mechanism, type__in=(POSITION, AGREE_POSITION)).values_list("id", flat=True)
    for act_id in acts:
        act = view.act(act_id)
        if not view.misunderstanding(act_id):
            _row(view, act)


def _row(view: View, act: Act) -> None:
    status = view.standing(act.id).status
    alone = act.type == POSITION
    own = read_position(act.body) if alone else None
    joint = None if alone else read_agreed(act.body)
    said = own or joint
    assert said is not None
    cell = f"{view.mechanism}/{said.item.cell}" + (f"@{act.proposer}" if alone else "")
    put(
        PositionRow,
        id=act.id,
        defaults={
            "mechanism": view.mechanism,
            "forum": said.item.forum,
            "session": said.item.session,
            "key": said.item.key,
            "party": act.proposer if alone else "",
            "names": act.body["item"]["names"],
            "symbol": said.item.symbol or "",
            "line": own.line if own else "",
            "agreed": joint.agreed if joint else "",
            "vote": (joint.vote or "") if joint else "",
            "owner": (own.owner or "") if own else "",
            "wording": _words(view, act, said.wording),
            "serves": said.serves or "",
            "said": act.said,
            "status": status,
            "current": status == "in_force" and act.id in view.heads(cell),
        },
    )


def _words(view: View, act: Act, wording: tuple[Wording, ...]) -> list[dict[str, str]]:
    rows = []
    for w in wording:
        data = view.file(act.files[w.file])
        rows.append({"lang": w.lang, "text": data.decode("utf-8", "replace") if data is not None else "", "sha256": act.files[w.file]})
    return rows


def titles(view: View, act: Act) -> dict[str, str]:
    """What lists call a position: the title of its item."""
    item = (read_position(act.body) if act.type == POSITION else read_agreed(act.body)).item
    return {name.lang: name.text for name in item.names}
