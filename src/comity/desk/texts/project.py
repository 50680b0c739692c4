"""Rows of joint texts from the record; titles are read from the files, so they go when a file is redacted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.desk.rows import put
from comity.desk.texts.models import TextRow
from comity.desk.texts.read import version_of
from comity.terms.act import Act
from comity.texts.acts import CORRECT, PUT_FORWARD, read_text

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("texts/",)
MODELS = (TextRow,)


def project(view: View, object_id: str) -> None:
    creating = view.act(object_id)
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
    """Language → title of each version whose file is here and readable."""
    read = {v["lang"]: version_of(view, act.files[v["file"]]) for v in act.body.get("versions", ())}
    return {lang: version.title for lang, version in read.items() if version is not None}
