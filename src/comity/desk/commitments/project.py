"""Rows of commitments, reports and assessments from the record; words are read from the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.commitments.acts import ASSESS, REPORT, UNDERTAKE, read_assessment, read_report, read_undertaking
from comity.commitments.model import Mark, Note
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.errors import ComityError
from comity.terms.act import Act
from comity.terms.ids import digest
from comity.texts.akn import from_akn
from comity.texts.model import quotation

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("commitments/",)
MODELS = (CommitmentRow, ReportRow, AssessmentRow)


def project(view: View, object_id: str) -> None:
    creating = view.act(object_id)
    if creating.type != UNDERTAKE or view.misunderstanding(object_id):
        return
    heads = sorted(view.heads(f"{object_id}/state"))
    act = view.act(heads[0] if heads else object_id)
    said = read_undertaking(act.body)
    CommitmentRow.objects.update_or_create(
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "text": said.text,
            "version": said.version,
            "marks": act.body["marks"],
            "quotes": {m.lang: words for m in said.marks if (words := quoted(view, said.version, m)) is not None},
            "eid": said.marks[0].eid,
            "nature": said.nature,
            "by": list(said.by),
            "due_from": said.due.start.text if said.due.start else "",
            "due_by": said.due.end.text if said.due.end else "",
            "areas": list(said.areas),
            "act": act.id,
            "in_force": bool(heads),
        },
    )
    parties = view.act(view.mechanism).body["parties"]
    for party in [p["id"] for p in parties]:
        _reports(view, object_id, party)
        _assessments(view, object_id, party)


def quoted(view: View, version: str, mark: Mark) -> str | None:
    """The marked words, if the file is here and they are the words that were marked."""
    act = view.act(version)
    file = next((v["file"] for v in act.body["versions"] if v["lang"] == mark.lang), None)
    data = view.file(act.files[file]) if file else None
    if data is None:
        return None
    try:
        words = quotation(from_akn(data), mark.eid, mark.start, mark.end)
    except ComityError:
        return None
    return words if digest(words.encode()) == mark.sha256 else None


def _notes(view: View, act: Act, notes: tuple[Note, ...]) -> list[dict[str, str]]:
    rows = []
    for note in notes:
        data = view.file(act.files[note.file])
        words = data.decode("utf-8", "replace") if data is not None else ""
        rows.append({"lang": note.lang, "text": words, "sha256": act.files[note.file]})
    return rows


def _reports(view: View, commitment: str, party: str) -> None:
    cell = f"{commitment}/report@{party}"
    heads = view.heads(cell)
    for writer in view.writers(cell):
        act = view.act(writer)
        if act.type != REPORT or view.standing(writer).status != "in_force" or view.misunderstanding(writer):
            continue
        said = read_report(act.body)
        evidence = [{"file": e.file, "sha256": act.files[e.file]} if e.file else {"address": e.address or ""} for e in said.evidence]
        ReportRow.objects.update_or_create(
            id=writer,
            defaults={
                "mechanism": view.mechanism,
                "commitment": commitment,
                "party": party,
                "progress": said.progress,
                "when": said.when.text,
                "evidence": evidence,
                "notes": _notes(view, act, said.notes),
                "current": writer in heads,
            },
        )


def _assessments(view: View, commitment: str, party: str) -> None:
    cell = f"{commitment}/assessment@{party}"
    heads = view.heads(cell)
    for writer in view.writers(cell):
        act = view.act(writer)
        if act.type != ASSESS or view.standing(writer).status != "in_force" or view.misunderstanding(writer):
            continue
        said = read_assessment(act.body)
        AssessmentRow.objects.update_or_create(
            id=writer,
            defaults={
                "mechanism": view.mechanism,
                "commitment": commitment,
                "party": party,
                "finding": said.finding,
                "notes": _notes(view, act, said.notes),
                "said": act.said,
                "current": writer in heads,
            },
        )
