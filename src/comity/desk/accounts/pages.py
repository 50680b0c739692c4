"""What the pages of accounts show: facts and table rows, in the reader's language. Holds no rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts import factor
from comity.desk.accounts.keys import Keys, KeyShown
from comity.desk.accounts.models import Officer
from comity.desk.design.templatetags.design import fours
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.show import name_of


def _names(raw: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [{"text": n["text"], "lang": n["lang"]} for n in raw]


def key_state(key: KeyShown | None, officer: Officer) -> str:
    """One phrase on a person's key, in honest words."""
    if not officer.keyid:
        return _("no key")
    if key is None or not key.in_custody:
        return _("not in custody here")
    if not key.in_root:
        return _("signs nothing yet: not in the key root")
    return _("not yet known in every mechanism") if key.lacking else _("may sign")


def account_facts(officer: Officer, keys: Keys) -> list[dict[str, Any]]:
    """The facts of one's own account."""
    has = factor.has_factor(officer.user)
    second = [
        {"text": factors(officer) if has else _("not set up: nothing can be signed without it")},
        {"text": _("Manage the second factor") if has else _("Set it up"), "url": reverse("mfa_index")},
    ]
    return [
        {"label": _("Full name"), "lines": _names(officer.names) or [officer.name]},
        {"label": _("Office"), "lines": _names(officer.title) or ["–"]},
        {"label": _("Name for signing in"), "value": officer.user.get_username()},
        *_work(officer, keys),
        {"label": _("Second factor"), "lines": second},
        {"label": _("Password"), "value": _password(officer)},
        {"label": _("Signed in"), "value": {"text": _("Where you are signed in"), "url": reverse("usersessions_list")}},
    ]


def factors(officer: Officer) -> str:
    """Which second factors are set up, as a phrase."""
    kinds = set(Authenticator.objects.filter(user=officer.user).values_list("type", flat=True))
    said = {Authenticator.Type.TOTP: _("authenticator app"), Authenticator.Type.WEBAUTHN: _("security key or passkey")}
    return ", ".join(text for kind, text in said.items() if kind in kinds)


def _password(officer: Officer) -> dict[str, str] | str:
    """Personas of a demonstration sign in from its start page: they have no password that could be changed."""
    if not officer.user.has_usable_password():
        return _("no password yet")
    return {"text": _("Change the password"), "url": reverse("account_change_password")}


def _work(officer: Officer, keys: Keys) -> list[dict[str, Any]]:
    role = str(officer.get_role_display())
    state = key_state(keys.of(officer), officer)
    if not officer.everywhere:
        role = str(_("only where a role is given"))
    return [
        {"label": _("Role"), "value": _("%(role)s, and operator of this node") % {"role": role} if officer.operator else role},
        *_roles(officer),
        {"label": _("Key"), "value": {"text": state, "code": " ".join(fours(officer.keyid))} if officer.keyid else state},
    ]


def _roles(officer: Officer) -> list[dict[str, Any]]:
    """The roles in single mechanisms, if there are any."""
    given = list(officer.roles.all())
    names = {row.id: name_of(row.names) for row in MechanismRow.objects.filter(id__in=[one.mechanism for one in given])}
    lines = [{"text": f"{names.get(one.mechanism, one.mechanism[:8])}: {one.get_role_display()}"} for one in given]
    return [{"label": _("In single mechanisms"), "lines": lines}] if lines else []


def _role(officer: Officer) -> str:
    role = str(officer.get_role_display())
    return _("%(role)s, operator") % {"role": role} if officer.operator else role


def person_facts(officer: Officer, keys: Keys) -> list[dict[str, Any]]:
    """The facts of an account for the operator."""
    return [
        {"label": _("Name for signing in"), "value": officer.user.get_username()},
        *_work(officer, keys),
        {"label": _("Second factor"), "value": factors(officer) or _("not set up")},
        {"label": _("Access"), "value": access(officer)},
    ]


def access(officer: Officer) -> str:
    if not officer.user.is_active:
        return _("disabled")
    return _("may sign in") if officer.user.has_usable_password() else _("no password yet")


def officer_rows(officers: Sequence[Officer], keys: Keys) -> list[dict[str, Any]]:
    """The table of officers."""
    with_factor = set(
        Authenticator.objects.filter(
            type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN], user__in=[o.user_id for o in officers]
        ).values_list("user_id", flat=True)
    )
    return [
        {
            "cells": [
                {"text": o.name, "url": reverse("accounts:person", args=[o.pk]), "note": o.user.get_username()},
                {
                    "text": _("%(role)s, operator") % {"role": o.get_role_display()} if o.operator else str(o.get_role_display()),
                    "label": _("Role"),
                },
                {"text": key_state(keys.of(o), o), "label": _("Key")},
                {"text": _("set up") if o.user_id in with_factor else _("not set up"), "label": _("Second factor")},
                {"text": access(o), "label": _("Access")},
            ]
        }
        for o in officers
    ]
