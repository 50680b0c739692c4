"""The pages of sign-in and accounts in a browser: accessible, within the screen, and untouched by the content security policy."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from comity.desk.accounts import factor, invitation
from comity.desk.accounts.models import Officer
from comity.node.node import Node

from .conftest import PASSWORD

LANGUAGES = ("zh-hans", "ru", "en")


@pytest.fixture
def addresses(operator: Officer, person: Callable[..., Officer], node: Node) -> list[str]:
    """Pages that an operator with a second factor and recovery codes sees, and one that anybody may."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    factor.enrol(operator.user, generate_totp_secret())
    RecoveryCodes.activate(operator.user)
    mira = person("mira", role="signatory", keyid=node.custody.create_officer(os.urandom))
    sana = person("sana")
    return [
        "/account/me/",
        "/account/people/",
        f"/account/people/{mira.pk}/",
        "/account/2fa/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/totp/deactivate/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/password/change/",
        "/account/logout/",
        f"/account/welcome/{invitation.make_token(sana.user)}/",
    ]


SEEN_BY_ANYONE = ["/account/login/", "/account/signup/", "/account/inactive/"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_are_accessible_in_every_language_and_fit_the_screen(
    browser: Browser, live_server: LiveServer, operator: Officer, addresses: list[str], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en")
    page = context.new_page()
    complaints: list[str] = []
    looked: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))

    def look(address: str) -> None:
        """Each page in one language per width, so that every language comes round; in all if ``COMITY_LOOK`` names a folder."""
        place = len(looked) + width // 1000
        looked.append(address)
        for language in LANGUAGES if os.environ.get("COMITY_LOOK") else [LANGUAGES[place % 3]]:
            look_in(f"{address}?lang={language}")

    def look_in(address: str) -> None:
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.url.split("?")[0] == live_server.url + address.split("?")[0]
        if folder := os.environ.get("COMITY_LOOK"):
            page.screenshot(path=f"{folder}/{re.sub('[^a-z0-9]+', '-', address)[-50:]}.{width}.png", full_page=True)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over == 0, f"{address} runs {over} px out of the screen"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"

    for address in SEEN_BY_ANYONE:
        look(address)

    page.goto(f"{live_server.url}/account/login/?lang=en")
    page.fill("[name=login]", "oren")
    page.fill("[name=password]", "wrong")
    with page.expect_navigation():  # to the same address: nothing else tells that the answer is there
        page.click("main button[type=submit]")
    assert Axe().run(page).violations_count == 0, "with an error"
    page.fill("[name=login]", "oren")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/2fa/authenticate/")
    look("/account/2fa/authenticate/")
    page.fill("[name=code]", factor.current_code(operator.user))
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url(lambda url: "/account/" not in url)
    look("/account/2fa/reauthenticate/")
    look("/account/reauthenticate/")
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action] button[type=submit] >> nth=0")
    page.wait_for_url(lambda url: "reauthenticate" not in url)
    for address in addresses:
        look(address)

    factor_gone(operator)
    look("/account/2fa/totp/activate/")
    drawn = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert all(drawn)
    assert len(drawn) == 1, "the QR code is drawn"
    assert complaints == [], "the content security policy blocks nothing and no file is missing"
    context.close()


def factor_gone(officer: Officer) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=officer.user).delete()
