"""Rows of joint texts from the record; titles are read from the files, so they go when a file is redacted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from comity.desk.rows import put
from comity.desk.texts.models import CommentRow, TextRow
from comity.desk.texts.read import version_of
from comity.terms.act import Act
from comity.terms.notes import Note
from comity.texts.acts import COMMENT, CORRECT, PUT_FORWARD, read_comment, read_text
from comity.texts.term_acts import APPROVE_TERM

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("texts/",)
MODELS = (TextRow, CommentRow)


def project(view: View, object_id: str) -> None:
    creating = view.act(object_id)
    if creating.type == APPROVE_TERM:
        return  # the room of language has its rows
    if creating.type == COMMENT:
        comment(view, creating)
        return
    heads = sorted(view.heads(f"{object_id}/state"))
    act = view.act(heads[0] if heads else object_id)
    if view.misunderstanding(act.id) or view.misunderstanding(object_id):
        return
    said = read_text(act.body, correction=act.type == CORRECT)
    first = read_text(creating.body)
    history = [w for w in view.writers(f"{object_id}/state") if view.standing(w).status == "in_force"]
    steps = [step(view.act(w)) for w in history if not view.misunderstanding(w)]
    put(
        TextRow,
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "meeting": first.meeting or "",
            "kind": said.kind or str(first.kind),
            "stage": "forward" if creating.type == PUT_FORWARD else "adopted",
            "versions": step(act)["versions"],
            "titles": titles(view, act),
            "answers": first.answers or "",
            "proposer": creating.proposer,
            "said": creating.said,
            "act": act.id,
            "history": history,
            "steps": steps or [step(act)],
            "in_force": bool(heads),
            "thread": thread(view, creating),
            "brackets": [{"eid": b.eid, "number": b.number, "sides": list(b.sides), "langs": list(b.langs)} for b in said.brackets],
            "waivers": [
                {"code": w.code, "eid": w.eid, "finding": w.finding, "by": w.by, "reasons": words(view, act, w.reasons)}
                for w in said.waivers
            ],
        },
    )


def thread(view: View, act: Act) -> str:
    """The first text of a negotiation: follow what each answers, or replaces, back to where it began."""
    while earlier := act.body.get("answers") or act.body.get("supersedes"):
        act = view.act(earlier)
    return act.id


def words(view: View, act: Act, notes: Iterable[Note]) -> list[dict[str, str]]:
    """The words of notes in files of their own; empty where a file is not here."""
    found = []
    for note in notes:
        data = view.file(act.files[note.file])
        said = data.decode("utf-8", "replace") if data is not None else ""
        found.append({"lang": note.lang, "text": said, "sha256": act.files[note.file]})
    return found


def comment(view: View, act: Act) -> None:
    """The row of a comment, once it is in force and makes sense."""
    if view.misunderstanding(act.id) or view.standing(act.id).status != "in_force":
        return
    said = read_comment(act.body)
    put(
        CommentRow,
        id=act.id,
        defaults={
            "mechanism": view.mechanism,
            "text": said.text,
            "eid": said.eid or "",
            "lang": said.lang or "",
            "party": act.proposer,
            "notes": words(view, act, said.notes),
            "answers": said.answers or "",
            "said": act.said,
            "act": act.id,
        },
    )


def step(act: Act) -> dict[str, Any]:
    """One act in a text's history, with its files."""
    said = read_text(act.body, correction=act.type == CORRECT)
    return {
        "act": act.id,
        "type": act.type,
        "said": act.said,
        "versions": [{"lang": v.lang, "status": v.status, "file": v.file, "sha256": act.files[v.file]} for v in said.versions],
        "corrections": [{"lang": c.lang, "eid": c.eid} for c in said.corrections],
    }


def titles(view: View, act: Act) -> dict[str, str]:
    """Language → title of each version whose file is here and readable; a comment is called by its text."""
    if act.type == COMMENT:
        act = view.act(read_comment(act.body).text)
    read = {v["lang"]: version_of(view, act.files[v["file"]]) for v in act.body.get("versions", ())}
    return {lang: version.title for lang, version in read.items() if version is not None}
