"""Who sees to a commitment on each side, as pages name them: bodies by their names, people by their offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.desk.commitments.models import AssignmentRow
from comity.desk.design.words import listed
from comity.desk.mechanisms.models import AppointmentRow, BodyRow
from comity.desk.record.visible import insider, open_to, visible_acts
from comity.desk.show import name_of

type Names = Sequence[Mapping[str, str]]


class Directory:
    """Bodies and people that rows name by id, as far as this reader may see them; two queries for any number of rows."""

    def __init__(self, request: HttpRequest, bodies: Iterable[str], appointments: Iterable[str]) -> None:
        self._bodies = open_to(request, BodyRow.objects.all()).in_bulk({b for b in bodies if b})
        self._people = open_to(request, AppointmentRow.objects.all()).in_bulk({a for a in appointments if a})

    def body(self, key: str) -> str:
        return name_of(self._bodies[key].names) if key in self._bodies else ""

    def person(self, key: str, *, side: str = "") -> str:
        return name_of(self._people[key].names, side=side) if key in self._people else ""


def assignments(request: HttpRequest, commitments: Iterable[str]) -> list[AssignmentRow]:
    """What every side says now about who sees to these commitments."""
    rows = AssignmentRow.objects.filter(commitment__in=list(commitments), current=True)
    return list(rows if insider(request) else rows.filter(pk__in=visible_acts(request).values("id")))


def named(request: HttpRequest, rows: Sequence[AssignmentRow]) -> dict[tuple[str, str], str]:
    """(commitment, party) → who sees to it there, in the page's language."""
    directory = Directory(request, [r.body for r in rows], [r.appointment for r in rows])
    return {(r.commitment, r.party): said for r in rows if (said := words_of(r, directory))}


def words_of(row: AssignmentRow, directory: Directory) -> str:
    parts = (
        name_of(row.names, side=row.party) if row.names else "",
        directory.body(row.body),
        directory.person(row.appointment, side=row.party),
    )
    return listed(part for part in parts if part)


def behalf_of(said: Mapping[str, Any], directory: Directory, *, side: str) -> str:
    """For whom something was entered, and by whom if that is known; empty if a side's officer spoke for the side itself."""
    if not said:
        return ""
    whom = listed(p for p in (name_of(said.get("names", []), side=side), directory.body(str(said.get("body", "")))) if p)
    by = directory.person(str(said.get("entered_by", "")), side=side)
    if by:
        return _("Entered by %(person)s on behalf of: %(body)s") % {"person": by, "body": whom}
    return _("Entered on behalf of: %(body)s") % {"body": whom}
