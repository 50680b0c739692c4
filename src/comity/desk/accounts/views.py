"""One's own account, the operator's page of accounts, and the one-time link. Signing in and the second factor are allauth's pages."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comity.desk.accounts import people as accounts
from comity.desk.accounts.forms import InviteForm, KeyForm, MechanismRolesForm, NamesForm, RoleForm
from comity.desk.accounts.invitation import HOURS, user_of
from comity.desk.accounts.keys import keys_of
from comity.desk.accounts.models import Officer
from comity.desk.accounts.pages import account_facts, officer_rows, person_facts
from comity.desk.accounts.policy import powers, why_not_change, why_not_operate
from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.node import the_node
from comity.desk.show import name_of, officer_of, trail
from comity.errors import ComityError


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """One's own account: names, role, what it may do, key, second factor, password."""
    officer = officer_of(request)
    if officer is None:
        raise PermissionDenied
    context = {
        "officer": officer,
        "facts": account_facts(officer, keys_of(the_node(), [officer])),
        "powers": powers(officer, settings.NODE.party),
        "trail": trail(_("Your account")),
    }
    return render(request, "accounts/index.html", context)


def _operator(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if officer is None or why_not_operate(officer):
        raise PermissionDenied
    return officer


@login_required
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """The officers of this node, their keys, and the form that invites another."""
    operator = _operator(request)
    form = InviteForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        about = {"role": said["role"], "operator": said["operator"], "everywhere": said["everywhere"]}
        officer, token = accounts.invite(operator, said["username"], names=form.names, title=form.title, **about)
        return _person_page(request, operator, officer, link=_link(request, token))
    officers = list(Officer.objects.select_related("user").order_by("user__username"))
    keys = keys_of(the_node(), officers)
    context = {
        "form": form,
        "officers": officer_rows(officers, keys),
        "keys": keys,
        "party": settings.NODE.party,
        "trail": trail((_("Node"), reverse("operate:index")), _("Accounts of this node")),
    }
    return render(request, "accounts/people.html", context, status=422 if form.errors else 200)


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:welcome", args=[token]))


@login_required
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One officer, as the operator sees her: names, role, key, link, access."""
    operator = _operator(request)
    officer = get_object_or_404(Officer.objects.select_related("user"), pk=pk)
    if request.method != "POST":
        return _person_page(request, operator, officer)
    try:
        done = _change(request, operator, officer)
    except ComityError as error:
        messages.error(request, sentence(error))
        return redirect("accounts:person", pk)
    return done if isinstance(done, HttpResponse) else redirect("accounts:person", pk)


def _change(request: HttpRequest, operator: Officer, officer: Officer) -> HttpResponse | None:
    """Do what the pressed button says; a page comes back if there is more to show than "done"."""
    action = request.POST.get("action", "")
    if action == "link":
        return _person_page(request, operator, officer, link=_link(request, accounts.relink(operator, officer)))
    if action in ("disable", "enable"):
        accounts.set_active(operator, officer, action == "enable")
    elif action in _forms(operator, officer):
        form = _forms(operator, officer, request.POST, action)[action]
        if not form.is_valid():
            return _person_page(request, operator, officer, forms={action: form}, status=422)
        if isinstance(form, NamesForm):
            accounts.rename(operator, officer, names=form.names, title=form.title)
        elif isinstance(form, RoleForm):
            said = form.cleaned_data
            accounts.change_role(operator, officer, said["role"], operator=said["operator"], everywhere=said["everywhere"])
        elif isinstance(form, MechanismRolesForm):
            accounts.change_roles(operator, officer, form.roles)
        else:
            accounts.give_key(operator, officer, the_node(), os.urandom, keyid=form.cleaned_data["keyid"])
    else:
        raise Http404
    messages.success(request, _("The account is changed."))
    return None


def _forms(operator: Officer, officer: Officer, data: Any = None, bound: str = "") -> dict[str, Any]:
    keys = keys_of(the_node(), Officer.objects.select_related("user"))
    own = [key for key in keys.shown if key.keyid == officer.keyid]
    starts: dict[str, tuple[Any, Any, dict[str, Any]]] = {
        "names": (NamesForm, NamesForm.initial_of(officer.names, officer.title), {}),
        "role": (RoleForm, {"role": officer.role, "operator": officer.operator, "everywhere": officer.everywhere}, {}),
        "roles": (MechanismRolesForm, {f"role-{one.mechanism}": one.role for one in officer.roles.all()}, {"mechanisms": _mechanisms()}),
        "key": (KeyForm, {"keyid": officer.keyid}, {"keys": [*own, *keys.free]}),
    }
    return {
        name: kind(data if name == bound else None, initial=initial, prefix="", label_suffix="", auto_id=f"{name}-%s", **more)
        for name, (kind, initial, more) in starts.items()
    }


def _mechanisms() -> list[tuple[str, str]]:
    return [(row.id, name_of(row.names)) for row in MechanismRow.objects.order_by("founded", "id")]


def _person_page(
    request: HttpRequest, operator: Officer, officer: Officer, *, link: str = "", forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    keys = keys_of(the_node(), Officer.objects.select_related("user"))
    context = {
        "officer": officer,
        "facts": person_facts(officer, keys),
        "key": keys.of(officer),
        "forms": _forms(operator, officer) | (forms or {}),
        "barred": why_not_change(operator, officer),
        "link": link,
        "hours": HOURS,
        "party": settings.NODE.party,
        "trail": trail((_("Node"), reverse("operate:index")), (_("Accounts of this node"), reverse("accounts:people")), officer.name),
    }
    return render(request, "accounts/person.html", context, status=status)


@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link: set a password, then sign in with it and set up the second factor."""
    user = user_of(token)
    form = SetPasswordForm(user, request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        form.save()
        logout(request)
        messages.success(request, _("The password is set. Sign in with it, and set up your second factor."))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('mfa_activate_totp')})}")
    # Never an error's status: its address would be logged, and with it a link that still works.
    return render(request, "accounts/welcome.html", {"form": form, "username": user.get_username()})


def by_mail(request: HttpRequest) -> HttpResponse:
    """What allauth does by mail. A node sends none: a lost password is replaced by a new link from the operator."""
    raise Http404
