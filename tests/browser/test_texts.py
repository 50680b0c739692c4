"""A negotiation in a browser: by keyboard, provision by provision, with Word files that go out and come back."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Route, expect

from browser.conftest import Sit
from browser.desk import HEX, Desk
from browser.nodes import Nodes
from comity.texts.imports.word import structure_docx
from comity.texts.model import TextVersion
from comity.texts.redline import redline
from comity.texts.word import redline_docx

DRAFT = re.compile(r"draft=([0-9a-f]{16})")


@pytest.fixture
def sela(seeded: Nodes, sit: Sit) -> Desk:
    return sit(seeded, "arvena", "en", "sela")


def with_words(version: TextVersion, eid: str, words: str) -> TextVersion:
    return replace(version, provisions=tuple(replace(p, text=words) if p.eid == eid else p for p in version.provisions))


def negotiated(desk: Desk) -> str:
    """The newest text with open brackets."""
    desk.open("/texts/")
    for text in dict.fromkeys(re.findall(rf"/texts/({HEX})/", desk.page.content())):
        desk.open(f"/texts/{text}/")
        if desk.page.locator(".alt").count():
            return text
    raise AssertionError("no text of the demonstration has an open bracket")


def begin(desk: Desk) -> str:
    """A new version of it; returns the draft's key."""
    negotiated(desk)
    desk.press(desk.page.locator('form[action^="/texts/work/"] button'))
    found = DRAFT.search(desk.page.url)
    assert found, desk.page.url
    return found[1]


def test_the_margin_tells_at_once_what_no_longer_agrees_and_the_row_is_saved_by_keyboard(sela: Desk) -> None:
    begin(sela)
    page = sela.page
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("#art_2")).to_be_focused()
    page.keyboard.press("e")
    field = page.locator("#art_2 textarea[name=words_en]")
    expect(page.locator("#art_2 textarea").first).to_be_focused()
    words = field.input_value()
    field.fill(words.replace("2027", "2028"))
    expect(page.locator("#m-art_2 .note--stop")).to_contain_text("The numbers differ")
    field.fill(words)
    expect(page.locator("#m-art_2 .note--stop")).to_have_count(0)
    field.fill(words.replace("every year", "each year"))
    field.press("Control+Enter")
    expect(page.locator("#art_2 .c3")).to_contain_text("each year")
    expect(page.locator("#art_2")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("#art_3")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keyhelp")).to_be_visible()


def test_a_bracket_is_settled_with_one_click_and_nothing_stands_in_the_way_of_adoption_at_last(sela: Desk) -> None:
    begin(sela)
    page = sela.page
    sela.press(page.locator('#art_3 button[name="sides"][value="kelmor"]'))
    expect(page.locator("#art_3 .c3")).to_contain_text("at least four times a year.")
    expect(page.locator("#art_3 .alt")).to_have_count(0)
    sela.press(page.locator('#art_5 button[name="sides"][value="arvena"]'))
    page.locator("#art_4 a.edit").click()
    field = page.locator("#art_4 textarea[name=words_ru]")
    field.fill(field.input_value().replace("тридцати", "шестидесяти"))
    page.locator("#art_4 form.editing button[type=submit]").click()
    expect(page.locator("#art_4 .note--stop")).to_have_count(0)
    page.reload()
    expect(page.locator("#hinder-title")).to_have_count(0)
    sela.press(page.locator('button[name="action"][value="continue"]'))
    assert sela.path().startswith("/desk/drafts/"), page.locator("main").inner_text()


def test_a_save_that_takes_long_is_not_given_up_for_a_check(sela: Desk) -> None:
    begin(sela)
    page = sela.page

    def late(route: Route) -> None:
        if "check=1" not in (route.request.post_data or ""):
            time.sleep(1)
        route.continue_()

    page.locator("#art_4 a.edit").click()
    field = page.locator("#art_4 textarea[name=words_ru]")
    page.route("**/texts/work/provision/", late)
    field.fill(field.input_value().replace("тридцати", "шестидесяти"))
    page.locator("#art_4 form.editing button[type=submit]").click()
    expect(page.locator("#art_4 .c2")).to_contain_text("шестидесяти")
    expect(page.locator("#art_4 .note--stop")).to_have_count(0)


def test_the_cursor_is_not_taken_from_a_person_who_is_in_a_field_already(sela: Desk) -> None:
    begin(sela)
    page = sela.page
    field = page.locator("#art_4 textarea[name=words_ru]")
    page.evaluate("""() => {
      document.addEventListener("htmx:afterSwap", () => document.querySelector("#art_4 textarea[name=words_ru]").focus(), {once: true});
      document.addEventListener("htmx:afterSettle", () => document.documentElement.dataset.settled = "", {once: true});
    }""")
    page.locator("#art_4 a.edit").click()
    page.locator("html[data-settled]").wait_for()
    expect(field).to_be_focused()


def test_what_could_not_be_sent_stays_on_the_page_and_is_said_until_it_goes(sela: Desk) -> None:
    begin(sela)
    page = sela.page
    page.locator("#art_4 a.edit").click()
    field = page.locator("#art_4 textarea[name=words_ru]")
    save = page.locator("#art_4 form.editing button[type=submit]")
    words = field.input_value().replace("тридцати", "шестидесяти")
    for stop in (lambda route: route.abort(), lambda route: route.fulfill(status=503, body="Busy")):
        page.route("**/texts/work/provision/", stop)
        field.fill(words)
        save.click()
        expect(page.locator("#unsent")).to_be_visible()
        assert field.input_value() == words
        page.unroute("**/texts/work/provision/")
    save.click()
    expect(page.locator("#art_4 .c2")).to_contain_text("шестидесяти")
    expect(page.locator("#unsent")).to_be_hidden()


def test_a_word_file_goes_out_with_tracked_changes_and_comes_back_as_proposals(sela: Desk, tmp_path: Path) -> None:
    draft = begin(sela)
    page = sela.page
    with page.expect_download() as coming:
        page.locator(f'a[href^="/texts/work/word/?draft={draft}&lang=ru"]').click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    sent = structure_docx(kept.read_bytes(), "ru").version
    changed = with_words(sent, "art_1", sent.by_eid()["art_1"].text.replace("утвердят", "примут"))
    back = io.BytesIO(redline_docx(redline(sent, changed), "ru", author="Dara Ostin", date="2026-11-23T09:00:00Z"))
    sela.open(f"/texts/work/returned/?draft={draft}")
    page.locator("#f-lang").select_option("ru")
    page.locator("#f-file").set_input_files(FilePayload(name="back.docx", mimeType="application/zip", buffer=back.getvalue()))
    sela.press(page.locator("form.filters button"))
    row = page.locator('section[aria-labelledby="h-list"] tbody tr')
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Dara Ostin")
    sela.press(row.locator('button[value="accept"]'))
    sela.open(f"/texts/work/?draft={draft}")
    expect(page.locator("#art_1 .c2")).to_contain_text("примут")
    sela.open(f"/texts/work/returned/?draft={draft}")
    sela.press(page.locator('button[value="undo"]'))
    sela.open(f"/texts/work/?draft={draft}")
    expect(page.locator("#art_1 .c2")).to_contain_text("утвердят")


def test_a_narrow_page_shows_one_language_and_switches(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "ru", "sela", width=360)
    negotiated(sela)
    page = sela.page
    expect(page.locator("#art_4 .c1")).to_be_visible()
    expect(page.locator("#art_4 .c2")).to_be_hidden()
    page.locator('label[for="text-pick-2"]').click()
    expect(page.locator("#art_4 .c2")).to_be_visible()
    expect(page.locator("#art_4 .c1")).to_be_hidden()


def test_everything_can_be_done_without_script(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "en", "sela", script=False)
    begin(sela)
    page = sela.page
    sela.press(page.locator("#art_2 a.edit"))
    field = page.locator("#art_2 textarea[name=words_en]")
    field.fill(field.input_value().replace("every year", "each year"))
    sela.press(page.locator("#art_2 form.editing button[type=submit]"))
    expect(page.locator("#art_2 .c3")).to_contain_text("each year")
    sela.press(page.locator('#art_3 button[name="sides"][value="arvena"]'))
    expect(page.locator("#art_3 .c3")).to_contain_text("twice a year.")
    sela.press(page.locator('button[name="action"][value="undo"]'))
    expect(page.locator("#art_3 .alt")).to_have_count(6)
