"""From draft to act: every write of the desk that touches the record. The actor is always passed in; views call one of these and render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from comity.desk.accounts import factor
from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_draft, why_not_sign
from comity.desk.node import the_node
from comity.desk.record.models import ActRow, Draft
from comity.errors import Refused
from comity.mechanisms.acts import FOUND
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
    """Open a draft again that nobody has signed."""
    _allow(why_not_draft(actor, the_node().party, draft.mechanism))
    if draft.done:
        raise Refused("This draft has become an act.", place="draft", remedy="Withdraw the act, or supersede it.")
    draft.payload, draft.act = None, ""
    draft.save(update_fields=["payload", "act", "updated"])
    return draft


def discard(actor: Officer, draft: Draft) -> None:
    """Throw a draft away; only what nobody has signed."""
    _allow(why_not_draft(actor, the_node().party, draft.mechanism))
    if draft.done:
        raise Refused("This draft has become an act.", place="draft")
    draft.delete()


def sign_draft(actor: Officer, user: AbstractBaseUser, draft: Draft, code: str) -> str:
    """Sign the bytes of a closed draft: it becomes an act of this side. Returns the act's id."""
    if draft.payload is None:
        raise Refused("This draft is not closed for signature.", place="draft", remedy="Close it first; then its bytes stand.")
    payload = bytes(draft.payload)
    signature = _signature(actor, user, draft.type, payload, code, draft.mechanism)
    node = the_node()
    act_id = node.found(payload, [signature]) if draft.type == FOUND else node.sign(draft.mechanism, payload, [signature])
    Draft.objects.filter(pk=draft.pk).update(done=True)
    return act_id


def countersign(actor: Officer, user: AbstractBaseUser, act: ActRow, code: str) -> str:
    """Sign an act that another party has proposed."""
    node = the_node()
    payload = node.store.statement(act.id)
    if payload is None:
        raise Refused("The bytes of this act are not here yet.", place=act.id, remedy="They come with the next exchange.")
    signature = _signature(actor, user, act.type, payload, code, act.mechanism)
    return node.sign(act.mechanism, payload, [signature])


def withdraw(actor: Officer, user: AbstractBaseUser, act: ActRow, code: str) -> str:
    """Take back this side's signature from an act that is not in force."""
    node = the_node()
    payload = node.withdrawal(act.mechanism, act.id)
    return node.sign(act.mechanism, payload, [_signature(actor, user, WITHDRAW, payload, code, act.mechanism, act.id)])


def decline(actor: Officer, user: AbstractBaseUser, act: ActRow, code: str) -> str:
    """Decline what another party has proposed; final for that act."""
    node = the_node()
    payload = node.declining(act.mechanism, act.id)
    return node.sign(act.mechanism, payload, [_signature(actor, user, DECLINE, payload, code, act.mechanism, act.id)])


def put_file(actor: Officer, data: bytes) -> str:
    """Store an uploaded file under its SHA-256."""
    _allow(why_not_draft(actor, the_node().party))
    return the_node().files.put_bytes(data)


def act_of(draft: Draft) -> Act | None:
    """What a closed draft says, read from its very bytes."""
    if draft.payload is None:
        return None
    return Act.from_statement(draft.act, Statement.from_bytes(bytes(draft.payload)))


def _signature(actor: Officer, user: AbstractBaseUser, kind: str, payload: bytes, code: str, mechanism: str, about: str = "") -> Any:
    _allow(why_not_sign(actor, the_node().party, kind, mechanism))
    factor.demand(user, code, digest(payload), about)
    return the_node().custody.sign_act(actor.keyid, payload)


def _allow(refusal: Any) -> None:
    if refusal:
        raise Refused(str(refusal), place="role")
