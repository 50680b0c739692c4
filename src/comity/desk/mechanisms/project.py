"""Rows of mechanisms and of the people in their offices from the record; what they work with stands in ``projecting.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.desk.mechanisms import projecting
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.rows import put, written
from comity.mechanisms.acts import ACCEDE, APPOINT, office_cell, read_appointment
from comity.mechanisms.model import SINGLE_OFFICES, Appointment
from comity.terms.act import Act
from comity.terms.ids import Cell

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("mechanisms/",)
MODELS = (MechanismRow, AppointmentRow, *projecting.MODELS)


def project(view: View, object_id: str) -> None:
    if object_id == view.mechanism:
        _mechanism(view)
        projecting.founding_series(view)
        return
    kind = view.act(object_id).type
    if kind == APPOINT:
        _appointment(view, object_id)
    elif kind in projecting.BY_TYPE:
        projecting.BY_TYPE[kind](view, object_id)


def _mechanism(view: View) -> None:
    act = view.act(view.mechanism)
    parties = list(act.body["parties"])
    for writer in view.writers(f"{view.mechanism}/parties"):
        if writer != view.mechanism and view.standing(writer).status == "in_force" and view.act(writer).type == ACCEDE:
            parties.append(view.act(writer).body["party"] | {"joined": writer})
    left = {}
    for party in parties:
        for head in sorted(view.heads(f"{view.mechanism}/left@{party['id']}")):
            left[party["id"]] = head
    put(
        MechanismRow,
        id=act.id,
        defaults={
            "names": act.body["names"],
            "founded": act.body["founded"],
            "parties": parties,
            "series": act.body["series"],
            "in_force": view.standing(act.id).status == "in_force",
            "audience": act.audience.to,
            "left": left,
        },
    )


def _appointment(view: View, object_id: str) -> None:
    creating = view.act(object_id)
    heads = sorted(view.heads(str(Cell(object_id, "", "state", creating.proposer))))
    if not heads:
        AppointmentRow.objects.filter(id=object_id).delete()
        return
    act = view.act(heads[0])
    said = read_appointment(act.body)
    put(
        AppointmentRow,
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "party": act.proposer,
            "person": said.person,
            "names": act.body["names"],
            "titles": act.body["titles"],
            "office": said.office,
            "since": said.since.text,
            "until": said.until.text if said.until else "",
            "keyid": said.keyid or "",
            "act": act.id,
            "body": said.body or "",
        },
    )
    if said.office in SINGLE_OFFICES:
        _holders(view, act.proposer, said)


def _holders(view: View, party: str, said: Appointment) -> None:
    """An office that one person holds is held by whoever was put into it last: earlier rows of it change with a later act."""
    key = str(view.act(said.body).body["key"]) if said.body else ""
    heads = view.heads(office_cell(view.mechanism, key, said.office, party))
    written()
    rows = AppointmentRow.objects.filter(mechanism=view.mechanism, party=party, office=said.office, body=said.body or "")
    rows.filter(act__in=heads).update(holds=True)
    rows.exclude(act__in=heads).update(holds=False)


def titles(view: View, act: Act) -> dict[str, str]:
    """What lists call an act of a mechanism: what it works with in its own words, else the names that it gives."""
    return projecting.titles(view, act) or {n["lang"]: n["text"] for n in act.body.get("names", ())}
