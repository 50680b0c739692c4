"""An officer's day in a browser: her home, search from the keyboard, a remark that speaks to a colleague, a passkey instead of a code."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes

MARK = "between-ourselves-4b7e"


@pytest.fixture(scope="module")
def spoken(seeded: Nodes, sit_long: Sit) -> str:
    """A remark of Arvena's drafter on the act that waits for its side, which speaks to the co-chair; the act's path."""
    ilena = sit_long(seeded, "arvena", "ru", "ilena")
    ilena.open("/desk/inbox/")
    path = re.findall(r"/desk/acts/[0-9a-f]{64}/", ilena.page.content())[0]
    ilena.open(path)
    field = ilena.page.locator("#remark-new")
    field.click()
    field.press_sequentially("@tov")
    option = ilena.page.get_by_role("option", name=re.compile("@tovan"))
    expect(option).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("@tovan ")
    field.press_sequentially(MARK)
    ilena.press(ilena.page.locator('form[action="/work/remarks/"] button[type="submit"]'))
    expect(ilena.page.locator(".remarks .said")).to_contain_text(MARK)
    return str(path)


def test_the_home_says_who_speaks_and_the_notification_leads_to_the_very_remark(seeded: Nodes, spoken: str, sit: Sit) -> None:
    tovan = sit(seeded, "arvena", "zh-hans", "tovan")
    assert tovan.path() == "/work/", "the home of an officer"
    row = tovan.page.locator("#me tr", has_text=MARK)
    expect(row).to_have_count(1)
    tovan.press(row.locator("a"))
    assert tovan.path() == spoken
    remark = tovan.page.locator(urlsplit(tovan.page.url).fragment.join(["#", ""]))
    expect(remark).to_contain_text(MARK)
    tovan.open("/work/")
    expect(tovan.page.locator("#me tr", has_text=MARK)).to_have_count(0)


def test_a_remark_is_changed_taken_out_and_put_back_without_a_script(seeded: Nodes, spoken: str, sit: Sit) -> None:
    ilena = sit(seeded, "arvena", "en", "ilena", script=False, width=360)
    ilena.open(spoken)
    ilena.page.locator("#remark-new").fill("First wording.")
    ilena.press(ilena.page.locator('form[action="/work/remarks/"] button[type="submit"]'))
    mine = ilena.page.locator(".said > li", has_text="First wording.")
    ilena.press(mine.locator('a[href*="edit="]'))
    ilena.page.locator('textarea[id^="remark-text-"]').fill("Second wording.")
    ilena.press(ilena.page.locator('button[name="action"][value="change"]'))
    mine = ilena.page.locator(".said > li", has_text="Second wording.")
    ilena.press(mine.locator('button[value="undo"]'))
    mine = ilena.page.locator(".said > li", has_text="First wording.")
    number = str(mine.get_attribute("id"))
    ilena.press(mine.locator('button[value="delete"]'))
    expect(ilena.page.locator(f"#{number}")).not_to_contain_text("First wording.")
    ilena.press(ilena.page.locator(f"#{number} button[value='undo']"))
    expect(ilena.page.locator(f"#{number}")).to_contain_text("First wording.")


def test_no_remark_is_seen_on_another_node_or_by_the_public(seeded: Nodes, spoken: str, sit: Sit) -> None:
    readers = (("arvena", ""), ("kelmor", "juno"), ("kelmor", ""), ("harbour", "mika"))
    for house, persona in readers:
        desk = sit(seeded, house, "en", persona)
        for path in ("/", "/work/", "/work/notifications/", f"/work/search/?q={MARK[:15]}", spoken, "/desk/export/"):
            page = desk.page.request.get(desk.address + path).text().replace(f'value="{MARK[:15]}"', "")
            assert MARK not in page, f"{house} {persona} finds it on {path}"
    for house in ("kelmor", "harbour"):
        held = [path for path in seeded.home(house).rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
        assert not held
    assert [path for path in seeded.home("arvena").rglob("*.db*") if MARK.encode() in path.read_bytes()], "it is there where it was typed"


@pytest.mark.parametrize(
    ("language", "typed", "marked"),
    [("ru", "совместные семинары", "совместн"), ("zh-hans", "边境水域", "边境水域"), ("en", "seminars", "seminar")],
)
def test_the_slash_key_leads_to_the_search_which_finds_every_form(seeded: Nodes, sit: Sit, language: str, typed: str, marked: str) -> None:
    anyone = sit(seeded, "arvena", language)
    anyone.open("/commitments/")
    anyone.page.keyboard.press("/")
    expect(anyone.page.locator("#q")).to_be_focused()
    anyone.page.keyboard.type(typed)
    with anyone.page.expect_navigation():
        anyone.page.keyboard.press("Enter")
    marks = "".join(anyone.page.locator("mark").all_inner_texts()).lower()
    assert marked in marks, anyone.page.locator("main").inner_text()


def test_the_seals_legend_opens_on_hover_and_on_focus_and_closes_again(seeded: Nodes, sit: Sit) -> None:
    anyone = sit(seeded, "arvena", "en")
    anyone.open("/mechanisms/")
    button, legend = anyone.page.locator("button.how"), anyone.page.locator("#legend")
    expect(legend).to_be_hidden()
    button.hover()
    expect(legend).to_be_visible()
    anyone.page.mouse.move(5, 700)
    expect(legend).to_be_hidden()
    anyone.page.locator("header .nav a").last.focus()
    anyone.page.keyboard.press("Tab")
    expect(legend).to_be_visible()
    anyone.page.keyboard.press("Escape")
    expect(legend).to_be_hidden()


@pytest.fixture
def by_name(seeded: Nodes, sit: Sit) -> Desk:
    """The co-chair at his node's name (browsers know passkeys for names only), with an authenticator plugged in."""
    tovan = sit(seeded, "arvena", "en")
    tovan.address = tovan.address.replace("127.0.0.1", "localhost")
    tovan.page.goto(seeded.enter("arvena", "tovan").replace("127.0.0.1", "localhost"))
    devtools = tovan.page.context.new_cdp_session(tovan.page)
    devtools.send("WebAuthn.enable")
    wanted = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**wanted, "automaticPresenceSimulation": True}})
    return tovan


def test_a_passkey_is_registered_and_releases_a_signature(seeded: Nodes, by_name: Desk) -> None:
    tovan = by_name
    tovan.open("/desk/inbox/")
    waiting = tovan.page.locator('section[aria-labelledby="h-wait"] a[href^="/desk/acts/"]')
    tovan.open(str(waiting.last.get_attribute("href")))
    code = tovan.page.locator("#code-hint b").first.inner_text()
    tovan.open("/account/2fa/webauthn/add/")
    if "reauthenticate" in tovan.page.url:
        tovan.page.locator('input[name="code"]').fill(code)
        tovan.press(tovan.page.locator('main form button[type="submit"]').first)
    tovan.press(tovan.page.locator("#mfa_webauthn_add"))

    tovan.open("/desk/inbox/")
    tovan.open(str(waiting.last.get_attribute("href")))
    for box in tovan.page.locator('input[name="read"]').all():
        box.check()
    expect(tovan.page.locator("#release-button")).to_be_visible()
    tovan.press(tovan.page.locator("#release-button"))
    assert not tovan.page.locator("#sign").count(), tovan.page.locator("main").inner_text()


PAGES = (
    "/work/",
    "/work/search/?q=seminar",
    "/work/notifications/",
    "/work/notifications/settings/",
    "/node/glossary/",
    "/account/sessions/",
)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["zh-hans", "ru", "en"])
def test_an_officers_pages_are_sound_in_three_languages_at_both_widths(
    seeded: Nodes, spoken: str, sit: Sit, language: str, width: int
) -> None:
    sela = sit(seeded, "arvena", language, "sela", width=width)
    for path in (*PAGES, spoken):
        assert sela.open(path).status == 200, path
        over = sela.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{path} is too wide"
        found = Axe().run(sela.page).response["violations"]
        assert not found, (path, [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found])
