"""Signatures of several officers of one side under one act, gathered on this node until its key root's threshold is met.

Each officer signs the same bytes, with her own key and second factor. Nothing leaves the node before there are enough: then one entry with
all of them is appended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts import factor
from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_sign
from comity.desk.mechanisms.models import GatheredSignature
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.node import the_node
from comity.desk.record.models import ActRow, Draft
from comity.desk.show import act_url, demonstration, instant, officer_of, title_for, type_label
from comity.errors import Refused
from comity.node.governing import published_root
from comity.record.envelope import Signature


@dataclass(frozen=True, slots=True)
class Wanted:
    """An act that this side is to sign: a closed draft, or what another party has proposed."""

    act: str
    type: str
    mechanism: str
    payload: bytes
    title: str
    draft: Draft | None
    back: str


def wanted(act: str) -> Wanted:
    """What is to be signed under the id ``act``; raises Http404."""
    draft = Draft.objects.filter(act=act, done=False).exclude(payload=None).first()
    if draft is not None:
        back = reverse("record:draft", args=[draft.key])
        title = title_for(draft.titles) or type_label(draft.type)
        return Wanted(act, draft.type, draft.mechanism, bytes(draft.payload or b""), title, draft, back)
    row = ActRow.objects.filter(pk=act, status="open").first()
    payload = the_node().store.statement(act) if row else None
    if row is None or payload is None:
        raise Http404(act)
    return Wanted(act, row.type, row.mechanism, payload, title_for(row.titles) or type_label(row.type), None, act_url(act))


def sign(actor: Officer, user: AbstractBaseUser, what: Wanted, code: str) -> bool:
    """Add the actor's signature; whether there were enough then and the act was appended. Raises :class:`Refused`."""
    if refusal := why_not_sign(actor, the_node().party, what.type, what.mechanism):
        raise Refused(str(refusal), place="role")
    node = the_node()
    root = published_root(node, what.mechanism)
    if actor.keyid not in root.officers:
        raise Refused("Your key is not in the key root that is in force here.", place="keys", remedy="Publish the next key root first.")
    factor.demand(user, code, what.act)
    signature = node.custody.sign_act(actor.keyid, what.payload)
    GatheredSignature.objects.update_or_create(
        act=what.act, keyid=actor.keyid, defaults={"signature": signature.to_json(), "officer": actor}
    )
    found = _valid(what, root.officers)
    if len(found) < root.threshold("targets"):
        return False
    node.sign(what.mechanism, what.payload, sorted(found.values(), key=lambda s: s.keyid))
    if what.draft is not None:
        Draft.objects.filter(pk=what.draft.pk).update(done=True)
    GatheredSignature.objects.filter(act=what.act).delete()
    return True


def _valid(what: Wanted, officers: Mapping[str, Any]) -> dict[str, Signature]:
    """The gathered signatures by keys that count now; one of a key that has left since counts no more."""
    rows = GatheredSignature.objects.filter(act=what.act, keyid__in=list(officers))
    return {row.keyid: Signature.from_json(row.signature, place=row.keyid) for row in rows}


def several(act: str, mechanism: str) -> dict[str, str] | None:
    """Where this side's signatures under an act are gathered, and how many there are of how many; None where one signature is enough.

    A founding act is judged by the roots that it brings itself, each with one signature.
    """
    if not act or not mechanism or not settings.NODE.party:
        return None
    try:
        root = published_root(the_node(), mechanism)
    except Refused:
        return None
    need = root.threshold("targets")
    if need < 2:
        return None
    have = GatheredSignature.objects.filter(act=act, keyid__in=list(root.officers)).count()
    return {"url": reverse("mechanisms:gather", args=[act]), "said": _said(have, need)}


def _said(have: int, need: int) -> str:
    told = ngettext("%(have)d of %(n)d signature of this side is here", "%(have)d of %(n)d signatures of this side are here", need)
    return told % {"have": have, "n": need}


def page(request: HttpRequest, act: str) -> dict[str, Any]:
    """The context of ``mechanisms/gather.html``."""
    what = wanted(act)
    mechanism = mechanism_or_404(request, what.mechanism)
    root = published_root(the_node(), mechanism.id)
    given = {row.keyid: row for row in GatheredSignature.objects.filter(act=act).select_related("officer__user")}
    holders = {o.keyid: o for o in Officer.objects.select_related("user").filter(keyid__in=list(root.officers))}
    officer, need = officer_of(request), root.threshold("targets")
    have = sum(key in given for key in root.officers)
    why = str(why_not_sign(officer, settings.NODE.party, what.type, what.mechanism))
    if officer and not why and officer.keyid not in root.officers:
        why = _("Your key is not in the key root that is in force here.")
    if officer and not why and officer.keyid in given:
        why = _("You have signed; the others still have to.")
    return {
        "what": what,
        "mechanism": mechanism,
        "kind": type_label(what.type),
        "said": _said(have, need),
        "lines": [
            {
                "name": holders[key].name if key in holders else _("a key that nobody here holds"),
                "keyid": key,
                "signed": instant(given[key].at) if key in given else "",
            }
            for key in root.officers
        ],
        "why": why,
        "code": factor.current_code(officer.user) if demonstration() and officer else "",
    }
