"""Rows of meetings, their agendas and delegations from the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.meetings.ordinals import meeting_title
from comity.desk.record.models import ActRow
from comity.desk.rows import put, written
from comity.desk.texts.project import titles as titles_of_files
from comity.desk.texts.read import version_of
from comity.meetings.acts import AGENDA, CONVENE, agenda_cell, closed_cell, delegation_cell, read_agenda, read_convening, read_delegation
from comity.meetings.agenda import titles_in
from comity.meetings.delegation import people_in
from comity.terms.act import Act
from comity.terms.notes import Note
from comity.texts.model import TextVersion
from comity.texts.said import Version

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("meetings/",)
MODELS = (MeetingRow, AgendaRow, DelegationRow)


def project(view: View, object_id: str) -> None:
    heads = sorted(view.heads(f"{object_id}/state"))
    act = view.act(heads[0] if heads else object_id)
    if view.misunderstanding(act.id):
        return
    said = read_convening(act.body)
    closed = sorted(view.heads(closed_cell(object_id)))
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
            "notes": _notes(view, act, said.notes),
            "closed": closed[0] if closed else "",
        },
    )
    for agenda in _agendas(object_id):
        _agenda(view, object_id, view.act(agenda))
    for party in view.act(object_id).signatories:
        for writer in view.writers(delegation_cell(object_id, party)):
            _delegation(view, object_id, party, view.act(writer))


def _agendas(meeting: str) -> list[str]:
    """All that was proposed as the meeting's agenda, agreed or not: the rows of acts are written before those of their objects."""
    written()
    return list(ActRow.objects.filter(object=meeting, type=AGENDA).order_by("id").values_list("id", flat=True))


def _notes(view: View, act: Act, notes: Sequence[Note]) -> list[dict[str, str]]:
    rows = []
    for note in notes:
        data = view.file(act.files[note.file])
        rows.append({"lang": note.lang, "text": (data or b"").decode("utf-8", "replace"), "sha256": act.files[note.file]})
    return rows


def _versions(act: Act, versions: Sequence[Version]) -> list[dict[str, str]]:
    return [{"lang": v.lang, "status": v.status, "file": v.file, "sha256": act.files[v.file]} for v in versions]


def _read[T](view: View, act: Act, versions: Sequence[Version], read: Callable[[TextVersion], list[T]], count: int) -> dict[str, list[T]]:
    """Language → what its file says about each of ``count`` things; a language whose file is not here or says fewer is left out."""
    found = {v.lang: version_of(view, act.files[v.file]) for v in versions}
    said = {lang: read(version) for lang, version in found.items() if version is not None}
    return {lang: things for lang, things in said.items() if len(things) == count}


def _agenda(view: View, meeting: str, act: Act) -> None:
    if view.misunderstanding(act.id):
        return
    said, standing = read_agenda(act.body), view.standing(act.id)
    titles = _read(view, act, said.versions, titles_in, len(said.items))
    items: list[dict[str, Any]] = [
        {**raw, "titles": {lang: found[n] for lang, found in titles.items()}} for n, raw in enumerate(act.body["items"])
    ]
    current = act.id in view.heads(agenda_cell(meeting))
    put(
        AgendaRow,
        id=act.id,
        defaults={
            "mechanism": view.mechanism,
            "meeting": meeting,
            "items": items,
            "versions": _versions(act, said.versions),
            "proposer": act.proposer,
            "said": act.said,
            "act": act.id,
            "current": current,
            "alive": current or standing.status == "open",
        },
    )


def _delegation(view: View, meeting: str, party: str, act: Act) -> None:
    if view.misunderstanding(act.id):
        return
    said = read_delegation(act.body)
    people = _read(view, act, said.versions, people_in, len(said.members))
    members = [
        {
            **raw,
            "names": {lang: found[n][0] for lang, found in people.items()},
            "titles": {lang: found[n][1] for lang, found in people.items() if found[n][1]},
        }
        for n, raw in enumerate(act.body["members"])
    ]
    put(
        DelegationRow,
        id=act.id,
        defaults={
            "mechanism": view.mechanism,
            "meeting": meeting,
            "party": party,
            "members": members,
            "versions": _versions(act, said.versions),
            "said": act.said,
            "act": act.id,
            "current": act.id in view.heads(delegation_cell(meeting, party)),
        },
    )


def titles(view: View, act: Act) -> dict[str, str]:
    """What lists call an act about a meeting: the title of its files, if it has any that are here, else the meeting's number."""
    if act.body.get("versions") and (named := titles_of_files(view, act)):
        return named
    meeting = act if act.type == CONVENE else view.act(str(act.body["meeting"]))
    return {lang: meeting_title(meeting.body["ordinal"], lang) for lang in ("en", "zh-Hans", "ru")}
