"""Signing in, the second factor, the one-time link."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import Client

from comity.desk.accounts import factor, invitation
from comity.desk.accounts.models import Officer

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
Make = Callable[..., Officer]


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (answer.status_code, answer.get("Location"), answer.content.decode()[:2000])
    return answer.content.decode()


def sign_in(client: Client, username: str, password: str = PASSWORD) -> str:
    """The address to which signing in leads, or the page it stays on."""
    answer = client.post("/account/login/", {"login": username, "password": password})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_an_officer_signs_in_by_password(person: Make) -> None:
    person("mira")
    client = Client()
    assert sign_in(client, "mira") == "/"
    assert client.session["_auth_user_id"]


def test_a_wrong_password_is_refused_with_its_reason_at_the_head_of_the_form(person: Make) -> None:
    person("mira")
    client = Client(HTTP_ACCEPT_LANGUAGE="ru")
    said = sign_in(client, "mira", "wrong")
    assert 'class="govuk-error-summary' in said
    assert "парол" in said.lower()
    assert "_auth_user_id" not in client.session


def test_sign_in_stops_after_too_many_wrong_passwords_even_for_the_right_one(person: Make) -> None:
    person("mira")
    client = Client()
    for _ in range(10):
        sign_in(client, "mira", "wrong")
    sign_in(client, "mira")
    assert "_auth_user_id" not in client.session


def test_who_has_a_second_factor_is_asked_for_it_before_anything_opens(person: Make) -> None:
    mira = person("mira")
    factor.enrol(mira.user, totp.generate_totp_secret())
    client = Client()
    assert sign_in(client, "mira") == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert "Type the six digits" in page(client, "/account/2fa/authenticate/")
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post("/account/2fa/authenticate/", {"code": factor.current_code(mira.user)}).status_code == 302
    assert client.session["_auth_user_id"]


def test_nobody_signs_up(person: Make) -> None:
    client = Client()
    assert "<form" not in page(client, "/account/signup/").partition("<main")[2]
    assert client.post("/account/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}).status_code == 200
    assert not Officer.objects.exists()


@pytest.mark.parametrize("address", ["email/", "password/reset/", "password/set/", "confirm-email/", "login/code/confirm/"])
def test_what_would_need_mail_is_no_page(address: str) -> None:
    page(Client(), f"/account/{address}", 404)


def test_in_a_demonstration_the_login_page_leads_to_the_start_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_DEMO_NODES", '[{"host": "harbour.example", "address": "http://127.0.0.1:8700"}]')
    said = page(Client(HTTP_ACCEPT_LANGUAGE="en"), "/account/login/")
    assert 'href="http://127.0.0.1:8700/"' in said
    assert "one click" in said


def test_without_a_demonstration_the_login_page_says_who_makes_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.NODE, "demonstration", False)
    said = page(Client(HTTP_ACCEPT_LANGUAGE="en"), "/account/login/")
    assert "one click" not in said
    assert "The operator of this node makes accounts" in said


def test_a_one_time_link_sets_a_password_once_and_leads_on_to_the_second_factor(person: Make) -> None:
    mira = person("mira")
    token = invitation.make_token(mira.user)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    address = f"/account/welcome/{token}/"
    assert "mira" in page(client, address)
    assert client.post(address, {"new_password1": "short", "new_password2": "short"}).status_code == 200, "an error would log the link"
    answer = client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert answer["Location"] == "/account/login/?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
    assert sign_in(client, "mira") == "/"
    assert "used already" in page(client, address, 409)


def test_a_newer_link_kills_the_older_one(person: Make) -> None:
    mira = person("mira")
    old = invitation.make_token(mira.user)
    invitation.make_token(mira.user)
    page(Client(), f"/account/welcome/{old}/", 409)


def test_a_link_dies_after_72_hours(person: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = person("mira")
    token = invitation.make_token(mira.user)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 72 * 3600 - 5)
    page(Client(), f"/account/welcome/{token}/")
    monkeypatch.setattr(time, "time", lambda: now + 72 * 3600 + 5)
    page(Client(), f"/account/welcome/{token}/", 409)


@pytest.mark.parametrize("change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t.replace(":", "", 1), lambda t: "x"])
def test_a_changed_link_opens_nothing(person: Make, change: Callable[[str], str]) -> None:
    mira = person("mira")
    page(Client(), f"/account/welcome/{change(invitation.make_token(mira.user))}/", 409)


def test_the_link_of_a_disabled_account_opens_nothing(person: Make) -> None:
    mira = person("mira")
    token = invitation.make_token(mira.user)
    mira.user.is_active = False
    mira.user.save()
    page(Client(), f"/account/welcome/{token}/", 409)


def test_no_page_offers_what_would_need_mail() -> None:
    said = page(Client(HTTP_ACCEPT_LANGUAGE="en"), "/account/login/")
    assert "/password/reset/" not in said
    assert "Forgot" not in said


def test_the_authenticator_is_set_up_by_scanning_and_one_code(person: Make) -> None:
    mira = person("mira")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    sign_in(client, "mira")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    said = page(client, "/account/2fa/totp/activate/")
    assert 'src="data:image/svg+xml;base64,' in said
    secret = client.session["mfa.totp.secret"]
    assert f'value="{secret}"' in said
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert 'class="govuk-error-summary' in wrong.content.decode()
    counter = list(totp.yield_hotp_counters_from_time())[1]
    client.post("/account/2fa/totp/activate/", {"code": totp.format_hotp_value(totp.hotp_value(secret, counter))})
    assert factor.has_factor(mira.user)
    assert len(client.get("/account/2fa/recovery-codes/").context["unused_codes"]) == 10
