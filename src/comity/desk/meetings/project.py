"""Rows of meetings from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.desk.meetings.models import MeetingRow
from comity.desk.rows import put
from comity.meetings.acts import read_convening

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("meetings/",)
MODELS = (MeetingRow,)


def project(view: View, object_id: str) -> None:
    heads = sorted(view.heads(f"{object_id}/state"))
    act = view.act(heads[0] if heads else object_id)
    if view.misunderstanding(act.id):
        return
    said = read_convening(act.body)
    put(
        MeetingRow,
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "series": said.series,
            "ordinal": said.ordinal,
            "previous": said.previous or "",
            "mode": said.mode,
            "first_day": said.first_day.text,
            "last_day": said.last_day.text,
            "opens": act.body.get("opens"),
            "places": act.body["places"],
            "host": said.host or "",
            "act": act.id,
            "in_force": bool(heads),
        },
    )
