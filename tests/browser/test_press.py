"""The press desk in a browser: from a pasted article to a changed timeline, counted in keys; by mouse and without a script too."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes

ARTICLE = """Drafters meet in Lindhaven

LINDHAVEN, 2 Nov. (Lake Wire) – The Committee for Cooperation of the National Assembly of Arvena and the Parliament of Kelmor held \
its seventh meeting in Lindhaven on 2 November 2029.

Orla Venn, speaker of the Parliament of Kelmor, said the two houses “have learned to read each other’s laws”.

“We will send the second list of our water laws before the end of March,” co-chair Tovan Brel told reporters.
"""
MARK = "second list of our water laws"


class Keys:
    """A keyboard that counts: what is pasted counts as one key with its modifier, like any other."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def paste(self, words: str) -> None:
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("words => navigator.clipboard.writeText(words)", words)
        self.press("Control+v")


def waits_for_review(desk: Desk) -> None:
    desk.page.locator(".prop.is-on").wait_for()


def selected(desk: Desk) -> str:
    return str(desk.page.locator(".prop.is-on").get_attribute("data-label"))


def decided(desk: Desk) -> Locator:
    return desk.page.locator(".prop.is-done .tag")


def paste(desk: Desk, article: str = ARTICLE) -> Keys:
    """With the cursor in the box: paste, send."""
    desk.open("/press/paste/")
    keys = Keys(desk.page)
    keys.paste(article)
    keys.press("Control+Enter")
    waits_for_review(desk)
    return keys


@pytest.fixture(scope="module")
def mika(seeded: Nodes, sit_long: Sit) -> Desk:
    return sit_long(seeded, "harbour", "en", "mika")


def test_from_a_pasted_article_to_a_changed_timeline_in_under_five_keys_for_each_accepted_proposal(mika: Desk) -> None:
    mika.open("/observed/arvena-kelmor/")
    assert "2 November 2029" not in mika.page.content()
    keys = paste(mika)
    while selected(mika) != "M1":
        keys.press("n")
    keys.press("a")
    mika.page.locator("#p-M1.is-done").wait_for()
    assert keys.pressed < 5
    mika.open("/observed/arvena-kelmor/")
    assert "2 November 2029" in mika.page.content(), "one accepted proposal has changed the line"
    mika.page.go_back()
    waits_for_review(mika)
    open_ones = mika.page.locator('.prop[data-open="yes"]').count()
    for number in range(open_ones):
        keys.press("a")
        decided(mika).nth(number + 1).wait_for()
    accepted = decided(mika).count()
    assert accepted == open_ones + 1 >= 5
    assert keys.pressed / accepted < 5
    shown = mika.page.locator(".titles .aside").inner_text()
    assert f"{accepted} accepted" in shown
    assert int(re.findall(r"(\d+) keystroke", shown)[0]) == keys.pressed - 2, "what was pressed on the page of the review is counted"
    said = mika.page.request.get(f"{mika.address}/observed/arvena-kelmor/commitments/").text()
    assert MARK in said


def test_the_words_that_stand_out_are_those_of_the_selected_proposal_after_every_decision(mika: Desk) -> None:
    keys = paste(mika, ARTICLE.replace("second list", "fourth list"))
    for key in ("n", "a", "r", "u", "p"):
        keys.press(key)
        mika.page.wait_for_load_state("networkidle")
        label = selected(mika)
        out = mika.page.locator(f'.hl.is-on[data-p~="{label}"]')
        out.first.wait_for()
        assert mika.page.locator(".article .hl.is-on").count() == out.count(), key
        assert mika.page.evaluate("document.activeElement.dataset.label") == label, key


def test_keys_go_to_the_next_edit_reject_undo_and_help(mika: Desk) -> None:
    keys = paste(mika, ARTICLE + "\nA second printing.\n")
    first = selected(mika)
    keys.press("j")
    second = selected(mika)
    assert second != first
    assert mika.page.locator(f".hl.is-on[data-p~='{second}']").count()
    keys.press("k")
    assert selected(mika) == first
    keys.press("r")
    mika.page.locator(f"#p-{first}.is-done").wait_for()
    keys.press("u")
    mika.page.locator(f'#p-{first}.is-on[data-open="yes"]').wait_for()
    assert selected(mika) == first
    keys.press("?")
    assert mika.page.locator("#keys-help").is_visible()
    keys.press("Escape")
    assert not mika.page.locator("#keys-help").is_visible()
    while not selected(mika).startswith("C"):
        keys.press("n")
    label = selected(mika)
    keys.press("e")
    due = mika.page.locator(f"#{label}_due")
    due.wait_for()
    expect(mika.page.locator(".editing :focus")).to_have_count(1)
    due.fill("2030-04")
    due.press("Enter")
    mika.page.locator(f"#p-{label}.is-done").wait_for()
    assert "April 2030" in mika.page.locator(f"#p-{label}").inner_text()


def test_accepting_all_asks_once_and_stops_at_the_line(mika: Desk) -> None:
    keys = paste(mika, ARTICLE + "\nA third printing.\n")
    sure = {mika.page.locator(".prop .conf").nth(n).inner_text().split()[-1] for n in range(mika.page.locator(".prop .conf").count())}
    mika.page.locator("#line").fill(sorted(sure)[1])  # whatever the calibration makes of them, the least sure alone are below
    mika.press(mika.page.locator(".line-set button"))
    keys.press("Shift+A")
    assert decided(mika).count() == 0, "it asks"
    keys.press("Enter")
    decided(mika).first.wait_for()
    below = mika.page.locator(".confline ~ .prop")
    assert below.count()
    assert below.locator(".tag").count() == 0
    assert decided(mika).count() == mika.page.locator(".prop.is-done").count() >= 2


def test_the_article_of_the_demonstration_shows_its_conflict_before_accepting(seeded: Nodes, sit: Sit) -> None:
    mika = sit(seeded, "harbour", "ru", "mika")
    mika.open("/press/")
    mika.press(mika.page.locator("a", has_text="Two parliaments look again at their rivers").first)
    conflict = mika.page.locator(".prop:has(.pair)")
    assert conflict.count() == 1
    assert "№ 3" in conflict.inner_text()
    assert "№ 4" in conflict.inner_text()
    assert conflict.get_attribute("data-open") == "yes"


def test_without_a_script_an_article_is_read_edited_accepted_and_undone(seeded: Nodes, sit: Sit) -> None:
    ilena = sit(seeded, "arvena", "zh-hans", "ilena", script=False, width=360)
    ilena.open("/press/paste/?sample=zh")
    ilena.press(ilena.page.locator('form.paste button[type="submit"]'))
    for _try in range(40):
        if ilena.page.locator(".prop").count():
            break
        ilena.page.wait_for_timeout(500)
        ilena.page.reload()
    ilena.press(ilena.page.locator('#p-P1 button[value="accept"]'))
    assert ilena.page.locator("#p-P1.is-done").count()
    ilena.press(ilena.page.locator('#p-S1 a[data-act="edit"]'))
    ilena.page.locator('[name="speaker"]').fill("阿伦·韦尔秘书长")
    ilena.press(ilena.page.locator('.editing button[type="submit"]'))
    assert "阿伦·韦尔秘书长" in ilena.page.locator("#p-S1.is-done").inner_text()
    ilena.press(ilena.page.locator('#p-S1 button[value="undo"]'))
    assert ilena.page.locator('#p-S1[data-open="yes"]').count()
    ilena.page.locator("#bulk summary").click()
    ilena.press(ilena.page.locator('#bulk button[value="bulk"]'))
    assert ilena.page.locator(".prop.is-done").count() > 1
    assert ilena.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_one_side_reads_is_nowhere_else(seeded: Nodes, sit: Sit) -> None:
    ilena = sit(seeded, "arvena", "en", "ilena")
    ilena.open("/press/")
    path = str(ilena.page.locator("a", has_text="Talinda prepares to receive the committee").first.get_attribute("href"))
    assert ilena.open(path).status == 200
    for desk in (sit(seeded, "arvena", "en"), sit(seeded, "kelmor", "en", "juno"), sit(seeded, "harbour", "en", "mika")):
        for place in (path, f"{path}original/", f"{path}export/reading/", "/press/", "/observed/", "/work/", "/desk/export/"):
            answer = desk.page.request.get(desk.address + place)
            assert "prepares to receive" not in answer.text(), place
            assert answer.status != 200 or place != path or "/account/login/" in answer.url


def test_what_one_side_has_accepted_is_released_for_a_day_then_at_once_and_taken_back(seeded: Nodes, sit: Sit) -> None:
    sela, anybody = sit(seeded, "arvena", "en", "sela"), sit(seeded, "arvena", "ru")
    keys = paste(sela, ARTICLE.replace("second list", "ninth list"))
    while selected(sela)[0] != "C":
        keys.press("n")
    label = selected(sela)
    keys.press("a")
    sela.page.locator(f"#p-{label}.is-done").wait_for()
    sela.page.reload()
    here = sela.path()
    section = sela.page.locator('section[aria-labelledby="h-sees"]')

    def found() -> int:
        anybody.open("/work/search/?q=ninth+list")
        return anybody.page.locator('main a[href^="/observed/"]').count()

    assert not found()
    section.locator("summary").click()
    section.locator('[name="public_from"]').fill("2040-02")
    sela.press(section.locator('form[action*="/release/"] button'))
    assert sela.path() == here
    assert "February 2040" in section.inner_text()
    assert not found()
    section.locator("details:has(form[action*='/move/']) summary").click()
    day = section.locator('form[action*="/move/"] [name="public_from"]')
    assert day.input_value() == "2040-02"
    day.fill("")
    sela.press(section.locator('form[action*="/move/"] button'))
    assert found() == 1
    anybody.press(anybody.page.locator('main a[href^="/observed/"]'))
    assert "ninth list" in anybody.page.locator("main").inner_text()
    assert "Drafters meet in Lindhaven" in anybody.page.locator("main").inner_text()
    sela.press(section.locator('form[action*="/retract/"] button'))
    assert anybody.page.reload().status == 404
    assert not found()


def test_a_program_sends_an_article_with_a_token(mika: Desk) -> None:
    mika.open("/press/tokens/")
    mika.press(mika.page.locator("main form button").first)
    token = mika.page.locator(".inset code").inner_text()
    body = json.dumps({"text": ARTICLE, "publisher": "Lake Wire", "date": "2029-11-02"})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = mika.page.context.request.post(f"{mika.address}/api/press/sources", data=body, headers=headers)
    assert answer.status == 201
    mika.open(answer.json()["page"])
    waits_for_review(mika)
