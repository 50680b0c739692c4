"""Texts and commitments through a browser: nothing that axe objects to, nothing that overflows, words marked by selecting them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from comity.desk.record.models import Draft
from desk import rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record() -> dict[str, str]:
    """A mechanism with an adopted text, one put forward, a commitment reported on and assessed differently; the addresses of its pages."""
    rows.mechanism()
    text = rows.text()
    forward = rows.text("forward", stage="forward", by="kelmor")
    commitment = rows.commitment(differs=True, reported=True)
    rows.report("report", evidence=[{"file": "list.pdf", "sha256": "ab" * 32}, {"address": "https://arvena.example/list"}])
    rows.assessment("a", finding="kept", notes=[{"lang": "ru", "text": "Выполнено.", "sha256": "0" * 64}])
    rows.assessment("k", by="kelmor", finding="not_kept")
    return {
        "texts": "/texts/",
        "text": f"/texts/{text.id}/",
        "write": f"/texts/put-forward/?answers={forward.id}",
        "adopt": f"/texts/adopt/?text={forward.id}",
        "correct": f"/texts/correct/?text={text.id}&place=en:art_1",
        "board": "/commitments/",
        "commitment": f"/commitments/{commitment.id}/",
        "undertake": f"/commitments/undertake/?text={text.id}&eid=art_1",
        "report": f"/commitments/report/?commitment={commitment.id}",
        "assess": f"/commitments/assess/?commitment={commitment.id}",
    }


def signed_in(browser: Browser, server: LiveServer, width: int) -> BrowserContext:
    client = Client()
    client.force_login(rows.officer().user)
    context = browser.new_context(viewport={"width": width, "height": 900})
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
    return context


def opened(page: Page, server: LiveServer, address: str, lang: str) -> None:
    page.goto(f"{server.url}{address}{'&' if '?' in address else '?'}lang={lang}")


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh-hans"), (360, "ru")])
def test_no_page_breaks_a_rule_of_access_or_overflows(
    browser: Browser, live_server: LiveServer, record: dict[str, str], width: int, lang: str
) -> None:
    page = signed_in(browser, live_server, width).new_page()
    wrong = []
    for name, address in record.items():
        opened(page, live_server, address, lang)
        wrong += [(name, v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append((name, "overflows", ""))
    assert wrong == []


def test_words_are_marked_by_selecting_them_and_kept_while_typing(
    browser: Browser, live_server: LiveServer, record: dict[str, str]
) -> None:
    page = signed_in(browser, live_server, 1280).new_page()
    opened(page, live_server, record["undertake"], "en")
    page.locator("[data-provision=en]").evaluate(
        """(provision) => {
          const range = document.createRange();
          range.setStart(provision.firstChild, 10);
          range.setEnd(provision.firstChild, 15);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          provision.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        }"""
    )
    words = rows.version("en").by_eid()["art_1"].text[10:15].strip()
    assert page.input_value("textarea[data-words=en]") == words
    page.wait_for_selector("#saved:has-text('Saved')")
    draft = Draft.objects.get()
    assert draft.working["words_en"] == words
    assert page.input_value("#id_draft") == draft.key
    assert page.input_value("#id_revision") == "1"


def test_without_a_script_the_form_works_as_it_is(browser: Browser, live_server: LiveServer, record: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    with_cookies = signed_in(browser, live_server, 1280)
    context.add_cookies(with_cookies.cookies())
    page = context.new_page()
    opened(page, live_server, record["undertake"], "en")
    for lang, words in rows.QUOTES.items():
        page.fill(f"textarea[data-words={lang}]", words)
    page.fill("#id_due_by", "2027-03")
    page.click("button[name=continue]")
    page.wait_for_url("**/desk/drafts/**")
    assert Draft.objects.get().body["due"] == {"by": "2027-03"}
