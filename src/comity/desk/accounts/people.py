"""What the operator does about accounts: invite, rename, give a role or a key, disable. None of it touches the record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from comity.desk.accounts.invitation import make_token
from comity.desk.accounts.models import MechanismRole, Officer
from comity.desk.accounts.policy import why_not_change, why_not_operate
from comity.errors import Refused
from comity.node.node import Node

log = logging.getLogger("comity.desk.accounts")

Names = Sequence[Mapping[str, str]]


def _demand(refusal: object) -> None:
    if refusal:
        raise Refused(str(refusal), place="role")


def invite(
    actor: Officer | None, username: str, *, names: Names, title: Names, role: str, operator: bool = False, everywhere: bool = True
) -> tuple[Officer, str]:
    """A new account without a password; returns it with the token of its one-time link. ``actor`` is None only on the command line.

    Raises :class:`Refused` if the actor is no operator or the name for signing in is taken.
    """
    if actor is not None:
        _demand(why_not_operate(actor))
    with transaction.atomic():
        user, new = User.objects.get_or_create(username=username)
        if not new:
            raise Refused("There is an account {username} already.", place="username", remedy="Choose another name.", username=username)
        about = {"names": list(names), "title": list(title), "role": role, "operator": operator, "everywhere": everywhere}
        officer = Officer.objects.create(user=user, **about)
        token = make_token(user)
    log.info("%s invited %s as %s", actor and actor.user, username, role)
    return officer, token


def rename(actor: Officer, officer: Officer, *, names: Names, title: Names) -> None:
    """Change how a person is called."""
    _demand(why_not_operate(actor))
    officer.names, officer.title = list(names), list(title)
    officer.save(update_fields=["names", "title"])
    log.info("%s renamed %s", actor.user, officer.user)


def change_role(actor: Officer, officer: Officer, role: str, *, operator: bool, everywhere: bool = True) -> None:
    """Give a role, in every mechanism or only where one is given, and the operator's rights or not."""
    _demand(why_not_change(actor, officer))
    officer.role, officer.operator, officer.everywhere = role, operator, everywhere
    officer.save(update_fields=["role", "operator", "everywhere"])
    log.info("%s made %s %s%s", actor.user, officer.user, role, ", operator" if operator else "")


def change_roles(actor: Officer, officer: Officer, roles: Mapping[str, str]) -> None:
    """Give roles in single mechanisms (mechanism → role), in place of those that were given before."""
    _demand(why_not_change(actor, officer))
    with transaction.atomic():
        officer.roles.all().delete()
        MechanismRole.objects.bulk_create(MechanismRole(officer=officer, mechanism=key, role=role) for key, role in roles.items())
    log.info("%s gave %s the roles %s", actor.user, officer.user, dict(roles))


def give_key(actor: Officer, officer: Officer, node: Node, entropy: Callable[[int], bytes], *, keyid: str) -> str:
    """Give a person a key in custody, ``"new"`` one, or none; returns its key id.

    A new key signs nothing before a new key root of the party names it. Raises :class:`Refused` for a key that is not here or is another's.
    """
    _demand(why_not_change(actor, officer))
    if not node.party:
        raise Refused("This node belongs to an observer, who is no party to anything.", place="key")
    if keyid == "new":
        keyid = node.custody.create_officer(entropy)
    elif keyid and not node.custody.has(f"officer-{keyid}"):
        raise Refused("This node holds no such key.", place="key", remedy="Choose one from the list.")
    elif keyid and Officer.objects.filter(keyid=keyid).exclude(pk=officer.pk).exists():
        raise Refused("Someone else has this key.", place="key", remedy="One key is one person’s. Choose another.")
    officer.keyid = keyid
    officer.save(update_fields=["keyid"])
    log.info("%s gave %s the key %s", actor.user, officer.user, keyid or "none")
    return keyid


def set_active(actor: Officer, officer: Officer, active: bool) -> None:
    """Disable an account, which ends its sessions at once, or let it in again."""
    _demand(why_not_change(actor, officer))
    officer.user.is_active = active
    officer.user.save(update_fields=["is_active"])
    log.info("%s %s %s", actor.user, "enabled" if active else "disabled", officer.user)


def relink(actor: Officer, officer: Officer) -> str:
    """The token of a new one-time link; the password and the second factor that stand now are forgotten."""
    _demand(why_not_operate(actor))
    token = make_token(officer.user)
    log.info("%s made a new link for %s", actor.user, officer.user)
    return token
