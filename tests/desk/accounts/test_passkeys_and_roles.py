"""Passkeys that release signatures, roles in single mechanisms, sessions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from allauth.core import context
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings

from comity.desk.accounts import factor, passkey
from comity.desk.accounts.models import MechanismRole, Officer
from comity.desk.accounts.policy import why_not_draft, why_not_sign
from comity.desk.record.services import DraftContent, save_draft
from comity.errors import Refused

from .authenticator import Passkey

pytestmark = pytest.mark.django_db
Make = Callable[..., Officer]
Enter = Callable[..., Client]
ACT, OTHER = "ab" * 32, "cd" * 32
HERE, THERE = "11" * 32, "22" * 32


@contextmanager
def page(host: str = "testserver") -> Iterator[HttpRequest]:
    """A request with a session, as allauth's middleware would have it."""
    request = RequestFactory().get("/", HTTP_HOST=host)
    request.session = SessionStore()
    with override_settings(ALLOWED_HOSTS=["*"], MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN=True), context.request_context(request):
        yield request


def asked(request: HttpRequest, officer: Officer, purpose: str) -> dict[str, object]:
    found = passkey.options(request, officer.user, purpose)
    assert found is not None
    return json.loads(json.dumps(dict(found), default=dict))  # type: ignore[no-any-return]  # JSON is untyped


def test_a_passkey_releases_the_act_that_it_was_asked_for_once(person: Make) -> None:
    tovan, key = person("tovan", role="signatory"), Passkey()
    assert not factor.has_factor(tovan.user)
    key.register(tovan.user)
    assert factor.has_factor(tovan.user)
    with page() as request:
        answer = key.answer(asked(request, tovan, ACT))
        factor.demand(tovan.user, answer, ACT)
        with pytest.raises(Refused, match="another act, or was used already"):
            factor.demand(tovan.user, answer, ACT)


def test_what_was_answered_for_one_act_does_not_release_another(person: Make) -> None:
    tovan, key = person("tovan", role="signatory"), Passkey()
    key.register(tovan.user)
    with page() as request:
        answer = key.answer(asked(request, tovan, ACT))
        asked(request, tovan, OTHER)
        with pytest.raises(Refused, match="not accepted"):
            factor.demand(tovan.user, answer, OTHER)


def test_a_strangers_passkey_is_not_accepted_and_is_counted(person: Make) -> None:
    tovan, own, stranger = person("tovan", role="signatory"), Passkey(), Passkey()
    own.register(tovan.user)
    with page() as request:
        for _ in range(factor.ATTEMPTS):
            with pytest.raises(Refused, match="not accepted"):
                factor.demand(tovan.user, stranger.answer(asked(request, tovan, ACT)), ACT)
        with pytest.raises(Refused, match="Too many"):
            factor.demand(tovan.user, own.answer(asked(request, tovan, ACT)), ACT)


@pytest.mark.parametrize("answer", ["{", "{}", '{"id": 5}', '{"id": "x", "response": {}}'])
def test_rubbish_in_place_of_an_answer_is_refused(person: Make, answer: str) -> None:
    tovan, key = person("tovan", role="signatory"), Passkey()
    key.register(tovan.user)
    with page() as request:
        asked(request, tovan, ACT)
        with pytest.raises(Refused):
            factor.demand(tovan.user, answer, ACT)


def test_the_code_of_an_app_serves_beside_a_passkey(person: Make) -> None:
    tovan = person("tovan", role="signatory")
    Passkey().register(tovan.user)
    factor.enrol(tovan.user, generate_totp_secret())
    factor.demand(tovan.user, factor.current_code(tovan.user), ACT)


def test_where_the_node_is_reached_by_a_number_no_passkey_is_offered(person: Make) -> None:
    tovan = person("tovan", role="signatory")
    Passkey().register(tovan.user)
    with page("127.0.0.1:8401") as request:
        assert passkey.options(request, tovan.user, ACT) is None
    with page("arvena.example") as request:
        assert passkey.options(request, tovan.user, ACT) is not None


# Roles ------------------------------------------------------------------------------------------


def test_a_role_in_one_mechanism_stands_in_place_of_the_general_one(person: Make) -> None:
    mira = person("mira", role="drafter", keyid="k")
    MechanismRole.objects.create(officer=mira, mechanism=HERE, role="signatory")
    assert not why_not_sign(mira, "arvena", "texts/adopt/1", HERE)
    assert why_not_sign(mira, "arvena", "texts/adopt/1", THERE)
    assert not why_not_draft(mira, "arvena", THERE)


def test_who_has_no_role_everywhere_may_do_nothing_where_none_is_given(person: Make) -> None:
    mira = person("mira", role="signatory", keyid="k", everywhere=False)
    assert why_not_draft(mira, "arvena", HERE)
    assert why_not_draft(mira, "arvena", "")
    assert why_not_draft(mira, "arvena")
    MechanismRole.objects.create(officer=mira, mechanism=HERE, role="drafter")
    mira = Officer.objects.get(pk=mira.pk)
    assert not why_not_draft(mira, "arvena", HERE)
    assert not why_not_draft(mira, "arvena"), "there is a mechanism in which she may"
    assert "does not reach to this mechanism" in str(why_not_draft(mira, "arvena", THERE))
    assert why_not_sign(mira, "arvena", "texts/adopt/1", HERE)


def test_a_draft_in_a_mechanism_without_a_role_is_refused_by_the_service_itself(person: Make) -> None:
    mira = person("mira", role="signatory", everywhere=False)
    MechanismRole.objects.create(officer=mira, mechanism=HERE, role="drafter")
    content = DraftContent(type="meetings/convene/1", mechanism=THERE, body={}, files={})
    with pytest.raises(Refused, match="does not reach"):
        save_draft(mira, content)


def test_the_operator_gives_roles_on_a_persons_page(person: Make, enter: Enter, operator: Officer, node: object) -> None:
    from comity.desk.mechanisms.models import MechanismRow

    names = [{"lang": "en", "text": "A committee"}]
    MechanismRow.objects.create(id=HERE, names=names, founded="2020", parties=[], series=[], audience="public")
    mira, client = person("mira", role="drafter"), enter(operator)
    address = f"/account/people/{mira.pk}/"
    assert "A committee" in client.get(address).content.decode()
    client.post(address, {"action": "roles", f"role-{HERE}": "signatory"})
    client.post(address, {"action": "role", "role": "secretary"})
    mira = Officer.objects.get(pk=mira.pk)
    assert (mira.role, mira.everywhere, mira.role_in(HERE), mira.role_in(THERE)) == ("secretary", False, "signatory", "reader")
    assert "A committee: signatory" in client.get(address).content.decode()


# Sessions -----------------------------------------------------------------------------------------


def test_one_sees_where_one_is_signed_in_and_signs_the_others_out(person: Make) -> None:
    mira = person("mira")
    here, there = Client(HTTP_USER_AGENT="This one"), Client(HTTP_USER_AGENT="The other one")
    for client in (there, here):
        client.post("/account/login/", {"login": "mira", "password": "a long enough sentence"})
    said = here.get("/account/sessions/").content.decode()
    assert "This one" in said
    assert "The other one" in said
    assert len(re.findall(r"this one</span>", said)) == 1
    here.post("/account/sessions/")
    assert there.get("/account/me/").status_code == 302
    assert here.get("/account/me/").status_code == 200
    assert mira.user.is_active
