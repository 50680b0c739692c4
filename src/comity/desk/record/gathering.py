"""Signatures of several officers of one side under one act, gathered on this node until its key root's threshold is met.

Each officer signs the same bytes, with her own key and second factor. Nothing leaves the node before there are enough: then one entry with
all of them is appended. Withdrawing and declining are acts too, and need as many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts import factor
from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import Why, why_not_sign
from comity.desk.mechanisms.models import GatheredSignature
from comity.desk.node import the_node
from comity.desk.show import instant
from comity.errors import Refused
from comity.mechanisms.acts import ACCEDE, FOUND
from comity.node.governing import published_root
from comity.record.envelope import Signature
from comity.record.root import KeyRoot
from comity.record.statement import Statement
from comity.terms.act import Act
from comity.terms.ids import digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """The bytes that an officer is to sign."""

    type: str
    mechanism: str
    payload: bytes

    @property
    def act(self) -> str:
        return digest(self.payload)


@dataclass(frozen=True, slots=True)
class Gathered:
    """How far the signatures of this side under an act have come. ``lines`` are the keys that count, each with its holder."""

    need: int
    have: int
    lines: tuple[Mapping[str, str], ...]

    @property
    def several(self) -> bool:
        return self.need > 1

    @property
    def said(self) -> str:
        told = ngettext("%(have)d of %(n)d signature of this side is here", "%(have)d of %(n)d signatures of this side are here", self.need)
        return told % {"have": self.have, "n": self.need}


def root_for(what: Wanted) -> KeyRoot | None:
    """The key root by which this side's signature under an act is judged: the one in force, or before its log begins the one that the
    opening act carries. None if this side has none here.
    """
    node = the_node()
    if what.type != FOUND:
        try:
            return published_root(node, what.mechanism)
        except Refused:
            if what.type != ACCEDE:
                return None
    body = Act.from_statement(what.act, Statement.from_bytes(what.payload)).body
    parties = [body["party"]] if what.type == ACCEDE else body.get("parties", ())
    named = {str(party.get("root")) for party in parties if party.get("id") == node.party}
    return next((KeyRoot.from_bytes(data) for data in node.home.own_roots() if digest(data) in named), None)


def add(actor: Officer, user: AbstractBaseUser, what: Wanted, code: str) -> bool:
    """Add the actor's signature; whether there were enough then and the act was appended. Raises :class:`Refused`."""
    node = the_node()
    if refusal := why_not_sign(actor, node.party, what.type, what.mechanism) or why_not_key(actor, what):
        raise Refused(str(refusal), place="role")
    factor.demand(user, code, what.act)
    signature, root = node.custody.sign_act(actor.keyid, what.payload), root_for(what)
    signatures = [signature]
    if root is not None and root.threshold("targets") > 1:
        kept = {"signature": signature.to_json(), "officer": actor}
        GatheredSignature.objects.update_or_create(act=what.act, keyid=actor.keyid, defaults=kept)
        rows = GatheredSignature.objects.filter(act=what.act, keyid__in=list(root.officers)).order_by("keyid")
        signatures = [Signature.from_json(row.signature, place=row.keyid) for row in rows]
        if len(signatures) < root.threshold("targets"):
            return False
    if what.type == FOUND:
        node.found(what.payload, signatures)
    else:
        node.sign(what.mechanism, what.payload, signatures)
    forget(what.act)
    return True


def why_not_key(actor: Officer, what: Wanted) -> Why:
    """Why this officer's key adds nothing under an act: it is not in the root that judges it, or has signed already."""

    root = root_for(what)
    if root is None:
        return ""
    if actor.keyid not in root.officers:
        return _("Your key is not in the key root that is in force here.")
    given = set(GatheredSignature.objects.filter(act=what.act, keyid__in=list(root.officers)).values_list("keyid", flat=True))
    # Whoever finds all signatures here and the act still not appended may try again.
    if actor.keyid in given and len(given) < root.threshold("targets"):
        return _("You have signed; the others still have to.")
    return ""


def gathered(what: Wanted) -> Gathered:
    """Whose signatures of this side are here, and how many there have to be."""
    root = root_for(what)
    if root is None:
        return Gathered(1, 0, ())
    given = {row.keyid: row for row in GatheredSignature.objects.filter(act=what.act, keyid__in=list(root.officers))}
    holders = {o.keyid: o for o in Officer.objects.select_related("user").filter(keyid__in=list(root.officers))}
    lines = tuple(
        {
            "name": holders[key].name if key in holders else _("a key that nobody here holds"),
            "keyid": key,
            "signed": instant(given[key].at) if key in given else "",
        }
        for key in root.officers
    )
    return Gathered(root.threshold("targets"), len(given), lines)


def several(mechanism: str) -> bool:
    """Whether one signature of this side is not enough in a mechanism, whatever is signed."""
    try:
        return bool(the_node().party) and published_root(the_node(), mechanism).threshold("targets") > 1
    except Refused:
        return False


def forget(act: str) -> None:
    """Let the signatures under bytes go that nobody signs any more."""
    GatheredSignature.objects.filter(act=act).delete()


def signed_by(officer: Officer) -> frozenset[str]:
    """The acts under which this officer's signature lies here and waits for others'."""
    return frozenset(GatheredSignature.objects.filter(keyid=officer.keyid).values_list("act", flat=True)) if officer.keyid else frozenset()
