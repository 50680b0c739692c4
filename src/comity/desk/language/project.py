"""Clauses and terms from the record. Every version of a text is kept, since what was said once has been said; when a file is redacted, its
clauses go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.desk.language.models import ClauseRow, TermRow
from comity.desk.rows import put
from comity.desk.texts.read import version_of
from comity.terms.act import Act
from comity.terms.ids import digest
from comity.texts.acts import COMMENT, CORRECT, PUT_FORWARD, read_text
from comity.texts.brackets import masked_version
from comity.texts.search import token_string
from comity.texts.term_acts import APPROVE_TERM, read_approval

if TYPE_CHECKING:
    from comity.desk.projection import View

TYPES = ("texts/",)
MODELS = (ClauseRow, TermRow)
LEAST = 6  # characters that a clause has at least


def project(view: View, object_id: str) -> None:
    creating = view.act(object_id)
    if creating.type == APPROVE_TERM:
        _term(view, creating)
    elif creating.type != COMMENT and not view.misunderstanding(object_id):
        _clauses(view, creating)


def number(act: str, eid: str, lang: str) -> int:
    """The id of a clause's row: 60 bits of the hash of what it is, so that it is the same at every rebuild."""
    return int(digest(f"{act}#{eid}@{lang}".encode())[:15], 16)


def _clauses(view: View, creating: Act) -> None:
    said = read_text(creating.body)
    kept: list[int] = []
    for act_id in view.writers(f"{creating.id}/state"):
        act = view.act(act_id)
        if view.misunderstanding(act_id) or view.standing(act_id).status != "in_force":
            continue
        side = act.proposer if creating.type == PUT_FORWARD else ""
        for version in read_text(act.body, correction=act.type == CORRECT).versions:
            read = version_of(view, act.files[version.file])
            if read is None:
                continue
            for place, provision in enumerate(masked_version(read).walk()):
                if len(provision.text) < LEAST or provision.kind == "sig":
                    continue
                key = number(act_id, provision.eid, version.lang)
                kept.append(key)
                put(
                    ClauseRow,
                    id=str(key),
                    defaults={
                        "ref": f"{act_id}#{provision.eid}",
                        "mechanism": view.mechanism,
                        "text": creating.id,
                        "act": act_id,
                        "eid": provision.eid,
                        "lang": version.lang,
                        "words": provision.text,
                        "tokens": token_string(provision.text, version.lang),
                        "hash": digest(provision.text.encode()),
                        "date": act.said[:10],
                        "meeting": said.meeting or "",
                        "side": side,
                        "place": place,
                    },
                )
    ClauseRow.objects.filter(text=creating.id).exclude(id__in=kept).delete()


def _term(view: View, creating: Act) -> None:
    heads = sorted(view.heads(f"{creating.id}/state"))
    act = view.act(heads[0] if heads else creating.id)
    if view.misunderstanding(act.id) or view.misunderstanding(creating.id):
        return
    said = read_approval(act.body)
    definitions = []
    for item in said.definitions:
        data = view.file(act.files[item.file])
        words = data.decode("utf-8", "replace") if data is not None else ""
        definitions.append({"lang": item.lang, "text": words, "sha256": act.files[item.file]})
    put(
        TermRow,
        id=creating.id,
        defaults={
            "mechanism": view.mechanism,
            "key": said.key,
            "terms": [{"lang": term.lang, "text": term.text, "use": term.use} for term in said.terms],
            "definitions": definitions,
            "source": {"text": said.source.text, "eid": said.source.eid} if said.source else None,
            "valid_from": said.valid_from.text if said.valid_from else "",
            "valid_to": said.valid_to.text if said.valid_to else "",
            "proposer": creating.proposer,
            "said": act.said,
            "act": act.id,
            "in_force": bool(heads),
            "find": " ".join([said.key, *(term.text for term in said.terms)]).lower(),
        },
    )


def titles(view: View, act: Act) -> dict[str, str]:
    """What lists call an approval: the preferred word of each language."""
    return {term.lang: term.text for term in read_approval(act.body).terms if term.use == "preferred"}
