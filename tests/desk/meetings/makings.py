"""Meetings as rows, in the mechanism of ``desk.rows``."""

from __future__ import annotations

from typing import Any

from comity.desk.meetings.models import MeetingRow
from desk import rows

MECHANISM = rows.an_id("mechanism")
TOWN = rows.names({"zh-Hans": "凯尔托", "ru": "Кельто", "en": "Kelto"})


def meeting(ordinal: int, *, series: str = "main", signed: tuple[str, ...] = ("arvena", "kelmor"), **more: Any) -> MeetingRow:
    """Meeting ``ordinal``, each in November of a year of its own; in force if both have signed."""
    name = f"{series} {ordinal}"
    force = len(signed) == 2
    missing = [p for p in ("arvena", "kelmor") if p not in signed]
    about = {"signed": list(signed), "missing": missing, "status": "in_force" if force else "open"}
    act = rows.act(name, "meetings/convene/1", by=signed[0], **(about | more.pop("act", {})))
    row: dict[str, Any] = {
        "mechanism": MECHANISM,
        "series": f"{MECHANISM}#{series}",
        "ordinal": ordinal,
        "previous": rows.an_id(f"{series} {ordinal - 1}") if ordinal > 1 else "",
        "mode": "in_person",
        "first_day": f"{2019 + ordinal}-11-20",
        "last_day": f"{2019 + ordinal}-11-22",
        "opens": {"at": f"{2019 + ordinal}-11-20T10:00", "zone": "Asia/Shanghai"},
        "places": [{"names": TOWN, "zone": "Asia/Shanghai"}],
        "host": "kelmor",
        "act": act.id,
        "in_force": force,
    }
    return MeetingRow.objects.create(id=act.id, **row | more)
