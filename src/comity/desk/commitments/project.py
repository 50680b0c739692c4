"""Rows of commitments, reports and assessments from the record; words are read from the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.commitments.acts import (
    ASSESS,
    ASSIGN,
    REPORT,
    UNDERTAKE,
    read_assessment,
    read_assignment,
    read_report,
    read_undertaking,
)
from comity.commitments.model import Mark, Undertaking
from comity.desk.commitments.models import AssessmentRow, AssignmentRow, CommitmentRow, ReportRow
from comity.desk.mechanisms.projecting import point_of
from comity.desk.rows import once_per_run, put
from comity.desk.texts.read import version_of
from comity.errors import ComityError
from comity.terms.act import Act
from comity.terms.ids import digest
from comity.terms.notes import Note
from comity.texts.model import quotation

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("commitments/",)
MODELS = (CommitmentRow, ReportRow, AssessmentRow, AssignmentRow)
TOGETHER: Final = frozenset({"joint", "agenda_topic"})
SETTLED: Final = frozenset({"kept", "kept_late", "changed"})


def project(view: View, object_id: str) -> None:
    creating = view.act(object_id)
    if creating.type != UNDERTAKE or view.misunderstanding(object_id):
        return
    heads = sorted(view.heads(f"{object_id}/state"))
    act = view.act(heads[0] if heads else object_id)
    said = _undertaking(view, act.id)
    parties = [p["id"] for p in view.act(view.mechanism).body["parties"]]
    progress = {party: _reports(view, object_id, party) for party in parties}
    findings = {party: _assessments(view, object_id, party) for party in parties}
    assigned = {party for party in parties if _assignments(view, object_id, party)}
    points = [point_of(view, point) for point in said.mandates]
    lacking = [party for party in said.by if party not in assigned]
    put(
        CommitmentRow,
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "text": said.text,
            "version": said.version,
            "marks": act.body["marks"],
            "quotes": quotes(view, act.id),
            "eid": said.marks[0].eid,
            "nature": said.nature,
            "by": list(said.by),
            "bound": f"|{'|'.join(said.by)}|",
            "due_from": said.due.start.text if said.due.start else "",
            "due_by": said.due.end.text if said.due.end else "",
            "due_last": said.due.end.last if said.due.end else None,
            "areas": list(said.areas),
            "said": creating.said,
            "act": act.id,
            "in_force": bool(heads),
            "mandates": points,
            "pointed": f"|{'|'.join(points)}|" if points else "",
            "attributes": list(said.attributes),
            "unassigned": f"|{'|'.join(lacking)}|" if lacking else "",
        }
        | outcome(said.nature, said.by, progress, findings),
    )


def outcome(nature: str, by: Sequence[str], progress: Mapping[str, str], findings: Mapping[str, str]) -> dict[str, Any]:
    """What the sides' last words add up to. ``progress`` and ``findings`` are by party, empty where it has said nothing.

    A commitment is closed when it is reported done or dropped (what is done together by one side, everything else by everyone who is
    bound), or when all sides assess that it was kept (in time or late) or changed.
    """
    given = [finding for finding in findings.values() if finding]
    everyone = bool(given) and len(given) == len(findings)
    ended = [progress.get(party) in ("done", "dropped") for party in by]
    return {
        "reported": any(progress.values()),
        "closed": (any(ended) if nature in TOGETHER else all(ended)) or (everyone and set(given) <= SETTLED),
        "agreed": given[0] if everyone and len(set(given)) == 1 else "",
        "differs": len(set(given)) > 1,
    }


@once_per_run
def _undertaking(view: View, act_id: str) -> Undertaking:
    return read_undertaking(view.act(act_id).body)


@once_per_run
def quotes(view: View, undertaking: str) -> dict[str, str]:
    """Language → the exact words of a commitment, as an act undertook it."""
    said = _undertaking(view, undertaking)
    return {m.lang: words for m in said.marks if (words := quoted(view, said.version, m)) is not None}


def quoted(view: View, version: str, mark: Mark) -> str | None:
    """The marked words, if the file is here and they are the words that were marked."""
    act = view.act(version)
    file = next((v["file"] for v in act.body["versions"] if v["lang"] == mark.lang), None)
    read = version_of(view, act.files[file]) if file else None
    if read is None:
        return None
    try:
        words = quotation(read, mark.eid, mark.start, mark.end)
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


def _said(view: View, cell: str, kind: str) -> Iterator[tuple[Act, bool]]:
    """What a side has said in a cell of its own, by acts of this type, in order; with whether it still stands as the last."""
    heads = view.heads(cell)
    for writer in view.writers(cell):
        act = view.act(writer)
        if act.type == kind and view.standing(writer).status == "in_force" and not view.misunderstanding(writer):
            yield act, writer in heads


def _reports(view: View, commitment: str, party: str) -> str:
    """Write the rows of a side's reports; gives the progress that the last one says."""
    last = ""
    for act, current in _said(view, f"{commitment}/report@{party}", REPORT):
        said = read_report(act.body)
        evidence = [{"file": e.file, "sha256": act.files[e.file]} if e.file else {"address": e.address or ""} for e in said.evidence]
        put(
            ReportRow,
            id=act.id,
            defaults={
                "mechanism": view.mechanism,
                "commitment": commitment,
                "party": party,
                "progress": said.progress,
                "when": said.when.text,
                "evidence": evidence,
                "notes": _notes(view, act, said.notes),
                "said": act.said,
                "current": current,
                "on_behalf": act.body.get("on_behalf", {}),
            },
        )
        last = said.progress if current else last
    return last


def _assessments(view: View, commitment: str, party: str) -> str:
    """Write the rows of a side's assessments; gives the finding of the last one."""
    last = ""
    for act, current in _said(view, f"{commitment}/assessment@{party}", ASSESS):
        said = read_assessment(act.body)
        put(
            AssessmentRow,
            id=act.id,
            defaults={
                "mechanism": view.mechanism,
                "commitment": commitment,
                "party": party,
                "finding": said.finding,
                "reports": list(said.reports),
                "notes": _notes(view, act, said.notes),
                "said": act.said,
                "current": current,
                "on_behalf": act.body.get("on_behalf", {}),
            },
        )
        last = said.finding if current else last
    return last


def _assignments(view: View, commitment: str, party: str) -> bool:
    """Write the rows of what a side said about who sees to it; whether somebody is named now."""
    named = False
    for act, current in _said(view, f"{commitment}/responsible@{party}", ASSIGN):
        said = read_assignment(act.body)
        put(
            AssignmentRow,
            id=act.id,
            defaults={
                "mechanism": view.mechanism,
                "commitment": commitment,
                "party": party,
                "names": act.body.get("names", []),
                "body": said.body or "",
                "appointment": said.appointment or "",
                "said": act.said,
                "current": current,
            },
        )
        named = named or current
    return named


def titles(view: View, act: Act) -> dict[str, str]:
    """What lists call an act about a commitment: the commitment's words, as it was undertaken."""
    commitment = act.id if act.type == UNDERTAKE else str(act.body["commitment"])
    return {} if view.misunderstanding(commitment) else quotes(view, commitment)
