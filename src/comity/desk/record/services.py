"""From draft to act: every write of the desk that touches the record. The actor is always passed in; views call one of these and render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_draft, why_not_sign
from comity.desk.node import the_node
from comity.desk.record import gathering
from comity.desk.record.gathering import Wanted
from comity.desk.record.models import ActRow, Draft
from comity.errors import Refused
from comity.record.statement import Statement
from comity.terms.act import DECLINE, WITHDRAW, Act
from comity.terms.audience import PARTIES, Audience
from comity.terms.dates import PartialDate
from comity.terms.ids import digest


@dataclass(frozen=True, slots=True)
class DraftContent:
    """What a form hands over: the body of an act of ``type``, its files by name (SHA-256 of what is stored already), who may see it, what
    lists call it.
    """

    type: str
    mechanism: str
    body: Mapping[str, Any]
    files: Mapping[str, str]
    audience: str = PARTIES
    public_from: str = ""
    titles: Mapping[str, str] | None = None
    working: Mapping[str, Any] | None = None


def save_draft(actor: Officer, content: DraftContent, *, draft: Draft | None = None, revision: int | None = None, key: str = "") -> Draft:
    """Create a draft, or replace what one holds. ``revision`` is the one that was loaded: somebody else's change in between is refused,
    not overwritten.

    A new draft gets ``key`` if one is given. Raises IntegrityError if another request has made the draft of that key meanwhile.
    """
    _allow(why_not_draft(actor, the_node().party, content.mechanism))
    with transaction.atomic():
        new = draft is None
        if draft is None:
            draft = Draft(author=actor.user, **({"key": key} if key else {}))
        else:
            draft = Draft.objects.select_for_update().get(pk=draft.pk)
            if draft.payload is not None:
                raise Refused("This draft is closed for signature.", place="draft", remedy="Reopen it to change it.")
            if revision is not None and revision != draft.revision:
                raise Refused(
                    "A colleague has changed this draft since you loaded it.",
                    place="draft",
                    remedy="Copy what you typed, load the page again and put it in.",
                )
            draft.revision += 1
        draft.type, draft.mechanism = content.type, content.mechanism
        draft.body, draft.files = dict(content.body), dict(content.files)
        draft.audience = {"to": content.audience} | ({"from": content.public_from} if content.public_from else {})
        draft.titles, draft.working = dict(content.titles or {}), dict(content.working or {})
        draft.save(force_insert=new)
    return draft


def close_for_signature(actor: Officer, draft: Draft) -> Draft:
    """Bind the draft to the present record: from now on its bytes stand, and are what the signing page shows. Raises if it makes no
    sense.
    """
    _allow(why_not_draft(actor, the_node().party, draft.mechanism))
    if draft.payload is None:
        since = draft.audience.get("from")
        audience = Audience(draft.audience.get("to", PARTIES), PartialDate(since) if since else None)
        payload = the_node().compose(draft.type, draft.mechanism, draft.body, files=draft.files, audience=audience)
        draft.payload, draft.act = payload, digest(payload)
        draft.save(update_fields=["payload", "act", "updated"])
    return draft


def reopen(actor: Officer, draft: Draft) -> Draft:
    """Open a draft again that has not become an act. Signatures that were gathered for its bytes are let go."""
    _allow(why_not_draft(actor, the_node().party, draft.mechanism))
    if draft.done:
        raise Refused("This draft has become an act.", place="draft", remedy="Withdraw the act, or supersede it.")
    if draft.type in (WITHDRAW, DECLINE):
        raise Refused("There is nothing to edit in this.", place="draft", remedy="Discard it instead.")
    gathering.forget(draft.act)
    draft.payload, draft.act = None, ""
    draft.save(update_fields=["payload", "act", "updated"])
    return draft


def discard(actor: Officer, draft: Draft) -> None:
    """Throw a draft away that has not become an act, with what was gathered for it."""
    _allow(why_not_draft(actor, the_node().party, draft.mechanism))
    if draft.done:
        raise Refused("This draft has become an act.", place="draft")
    gathering.forget(draft.act)
    draft.delete()


def sign_draft(actor: Officer, user: AbstractBaseUser, draft: Draft, code: str) -> bool:
    """Sign the bytes of a closed draft; whether it became an act of this side by it, or waits for further signatures of this side."""
    signed = gathering.add(actor, user, wanted(draft), code)
    if signed:
        Draft.objects.filter(pk=draft.pk).update(done=True)
    return signed


def countersign(actor: Officer, user: AbstractBaseUser, act: ActRow, code: str) -> bool:
    """Sign an act that another party has proposed; whether this side has signed it by it, or waits for further signatures."""
    payload = the_node().store.statement(act.id)
    if payload is None:
        raise Refused("The bytes of this act are not here yet.", place=act.id, remedy="They come with the next exchange.")
    return gathering.add(actor, user, Wanted(act.type, act.mechanism, payload), code)


def step_back(actor: Officer, act: ActRow, kind: str) -> Draft:
    """Prepare to withdraw this side's signature from an act that is not in force, or to decline for good what another party has proposed;
    ``kind`` says which.

    It is an act of its own: its bytes are kept as a closed draft, which is read and signed like any other, by as many officers.
    """
    node = the_node()
    _allow(why_not_sign(actor, node.party, kind, act.mechanism))
    if (begun := stepping_back(act, kind)) is not None:
        return begun
    payload = node.withdrawal(act.mechanism, act.id) if kind == WITHDRAW else node.declining(act.mechanism, act.id)
    return Draft.objects.create(
        type=kind,
        mechanism=act.mechanism,
        body={"act": act.id},
        titles=act.titles,
        payload=payload,
        act=digest(payload),
        author=actor.user,
    )


def stepping_back(act: ActRow, kind: str) -> Draft | None:
    """The withdrawal or decline of an act that is prepared and not signed yet."""
    return Draft.objects.filter(type=kind, mechanism=act.mechanism, done=False, body__act=act.id).first()


def put_file(actor: Officer, data: bytes) -> str:
    """Store an uploaded file under its SHA-256."""
    _allow(why_not_draft(actor, the_node().party))
    return the_node().files.put_bytes(data)


def wanted(draft: Draft) -> Wanted:
    """What is to be signed of a closed draft."""
    if draft.payload is None:
        raise Refused("This draft is not closed for signature.", place="draft", remedy="Close it first; then its bytes stand.")
    return Wanted(draft.type, draft.mechanism, bytes(draft.payload))


def act_of(draft: Draft) -> Act | None:
    """What a closed draft says, read from its very bytes."""
    if draft.payload is None:
        return None
    return Act.from_statement(draft.act, Statement.from_bytes(bytes(draft.payload)))


def _allow(refusal: Any) -> None:
    if refusal:
        raise Refused(str(refusal), place="role")
