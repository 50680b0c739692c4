"""Who may do what on this node, in one place. Pure: it looks at an officer's role, never at a request.

A role holds in every mechanism, or only in those for which one is given: in all others such a person reads. Without a mechanism the
question is whether there is any in which she may.

A reader reads. A drafter drafts. A secretary also puts forward, reports and sends for signature. A signatory also signs what binds. The
operator minds peers and the node, and gains no right to sign by it. Each answer is empty, or the reason that stands beside the disabled
button.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a secretary may sign alone: acts of one party that bind nobody.
CLERKLY = (
    "texts/put-forward/1",
    "texts/comment/1",
    "commitments/report/1",
    "commitments/assign/1",
    "forums/position/1",
    "mechanisms/appoint/1",
    "acts/withdraw/1",
)


class Person(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def keyid(self) -> str: ...
    @property
    def operator(self) -> bool: ...
    def role_in(self, mechanism: str | None) -> str: ...


type Why = str | Promise


def why_not_draft(person: Person | None, party: str, mechanism: str | None = None) -> Why:
    """Why this person may not prepare anything; ``mechanism`` is empty for what founds one, None for "anywhere"."""
    if not party:
        return _("This node belongs to an observer, who is no party to anything.")
    if person is None:
        return _("Sign in to draft.")
    if person.role_in(mechanism) == "reader":
        if mechanism is not None and person.role_in(None) != "reader":
            return _("Your role does not reach to this mechanism. Ask the operator of this node to give you one here.")
        return _("A reader cannot draft. Ask the secretary of your delegation for another role.")
    return ""


def why_not_sign(person: Person | None, party: str, act_type: str, mechanism: str | None = None) -> Why:
    """Why this person may not sign an act of ``act_type`` for ``party``; what the record's rules say comes on top."""
    if refusal := why_not_draft(person, party, mechanism):
        return refusal
    assert person is not None
    if not person.keyid:
        return _("No key in custody signs for you.")
    role = person.role_in(mechanism)
    if role == "signatory" or (role == "secretary" and act_type in CLERKLY):
        return ""
    if role == "secretary":
        return _("A secretary signs what binds nobody. This act needs a signatory.")
    return _("Only a signatory can sign this.")


def why_not_operate(person: Person | None) -> Why:
    if person is None:
        return _("Sign in as the operator.")
    return "" if person.operator else _("Only the operator of this node can do this.")


def why_not_change(person: Person | None, other: Person) -> Why:
    """Why this person may not change another's role, key or account; empty for an operator, who may change anyone's but her own."""
    if refusal := why_not_operate(person):
        return refusal
    return _("Another operator has to change your own role, key or account.") if person == other else ""


def powers(person: Person, party: str) -> list[tuple[Why, Why]]:
    """What a person may do here, as sentences, each with the reason against it or an empty one."""
    return [
        (_("Read everything on this node, drafts included"), ""),
        (_("Prepare drafts"), why_not_draft(person, party)),
        (_("Put texts forward, report, appoint and withdraw for your side"), why_not_sign(person, party, CLERKLY[0])),
        (_("Sign what binds your side"), why_not_sign(person, party, "commitments/undertake/1")),
        (_("Run this node: other nodes, accounts and keys"), why_not_operate(person)),
    ]
