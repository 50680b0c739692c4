"""A meeting as its secretariats work on it: agenda, delegations, minutes, closing, and the meeting after it; on two real nodes."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from browser import story
from browser.conftest import TIMEOUT, Sit
from browser.desk import Desk
from browser.nodes import Nodes

TITLES = {"zh": "友好条约实施情况", "ru": "Выполнение договора о дружбе", "en": "Implementation of the treaty"}


def closed_draft(desk: Desk) -> str:
    """Go on from a filled-in form to a draft that is closed for signature."""
    desk.press(desk.page.locator('#act button[name="continue"]'))
    assert desk.path().startswith("/desk/drafts/"), desk.page.locator("main").inner_text()
    desk.press(desk.page.locator('button[name="action"][value="close"]'))
    return desk.path()


def agenda(drafter: Desk, signatory: Desk, meeting: str) -> str:
    """The usual items, with one more that is moved to the first place; without leaving the page where there is a script."""
    drafter.open(f"/meetings/agenda/?meeting={meeting}")
    rows = drafter.page.locator("#rows fieldset.rowed")
    before = rows.count()
    drafter.page.locator('button[name="show"][value="add"]').click()
    drafter.page.locator(f'#act [name="row{before}_words_en"]').wait_for()
    drafter.fill(
        {f"row{before}_words_{key}": title for key, title in TITLES.items()}
        | {f"row{before}_kind": "report", f"row{before}_starts": "10:30"}
    )
    drafter.page.locator(f'button[name="show"][value="up-{before}"]').click()
    expect(drafter.page.locator(f'#act [name="row{before - 1}_words_en"]')).to_have_value(TITLES["en"], timeout=TIMEOUT)
    return signatory.sign(closed_draft(drafter))


def delegation(drafter: Desk, signatory: Desk, meeting: str) -> str:
    """One head, who is there already."""
    drafter.open(f"/meetings/delegation/?meeting={meeting}")
    drafter.fill({"row0_name_zh": "托万", "row0_name_ru": "Тован", "row0_name_en": "Tovan", "row0_role": "head"})
    drafter.page.locator('button[name="show"][value="all-present"]').click()
    expect(drafter.page.locator('#act [name="row0_present"]')).to_be_checked(timeout=TIMEOUT)
    return signatory.sign(closed_draft(drafter))


def minutes(drafter: Desk, signatory: Desk, meeting: str) -> str:
    """The prefilled draft, its gaps filled in, put forward."""
    drafter.open(f"/meetings/{meeting}/")
    drafter.press(drafter.page.locator(f'form[action="/meetings/{meeting}/minutes/"] button'))
    for tag in story.TAGS:
        field = drafter.page.locator(f'#act [name="text_{tag}"]')
        words = {"zh-Hans": "双方同意。", "ru": "Стороны согласились.", "en": "The sides agreed."}[tag]
        field.fill(re.sub(r"\[[^\]]+\]", words, field.input_value()))
    return signatory.sign(closed_draft(drafter))


def test_a_meeting_goes_from_its_agenda_to_its_closing_and_the_next_one_knows_it(fresh: Nodes, sit: Sit, tmp_path: Path) -> None:
    ilena, tovan = sit(fresh, "arvena", "ru", "ilena"), sit(fresh, "arvena", "en", "tovan")
    dara, aren = sit(fresh, "kelmor", "en", "dara"), sit(fresh, "kelmor", "zh-hans", "aren")
    mechanism = story.found(ilena, tovan)
    aren.countersign(mechanism)
    meeting = story.convene(dara, aren, mechanism)
    tovan.countersign(meeting)
    ilena.wait_for(f"/meetings/?mechanism={mechanism}", f'main a[href^="/meetings/{meeting}"]')

    aren.countersign(agenda(ilena, tovan, meeting))
    delegation(ilena, tovan, meeting)
    forward = minutes(ilena, tovan, meeting)
    dara.wait_for(f"/meetings/{meeting}/", f'#minutes, section a[href="/texts/{forward}/"]')
    dara.wait_for("/texts/", f'main a[href^="/texts/{forward}"]')
    adoption = story.adopt(dara, aren, forward)
    ilena.wait_for(f"/meetings/{meeting}/", f'section[aria-labelledby="h-minutes"] a[href="/desk/acts/{adoption}/"]')
    tovan.countersign(adoption)

    ilena.open(f"/meetings/{meeting}/extracts/")
    kept = ilena.download(f"/meetings/{meeting}/extracts/1/ru.akn.xml", tmp_path)
    ilena.page.locator('input[name="file"]').set_input_files(kept)
    ilena.press(ilena.page.locator('form[action$="extracts/#check"] button'))
    assert ilena.page.locator(".banner--success").count(), ilena.page.locator("main").inner_text()

    dara.wait_for(f"/meetings/{meeting}/", f'a[href="/meetings/close/?meeting={meeting}"]')
    dara.press(dara.page.locator(f'a[href="/meetings/close/?meeting={meeting}"]'))
    closing = aren.sign(closed_draft(dara))
    tovan.countersign(closing)
    tovan.open(f"/meetings/{meeting}/")
    assert not tovan.page.locator('main a[href^="/meetings/agenda/"]').count()
    assert tovan.open(f"/meetings/agenda/?meeting={meeting}").status == 409

    ilena.open(f"/meetings/convene/?after={meeting}")
    ilena.fill({"first_day": "2027-09-14", "place0_ru": "Острел", "place0_en": "Ostrel", "place0_zh": "奥斯特雷尔"})
    second = tovan.sign(closed_draft(ilena))
    aren.countersign(second)
    ilena.wait_for(f"/meetings/{second}/last-time/", ".then .said")
    assert "Стороны согласились." in ilena.page.locator("main").inner_text()
    archive = ilena.page.request.get(f"{ilena.address}/meetings/{meeting}/papers/all.zip").body()
    assert archive == ilena.page.request.get(f"{ilena.address}/meetings/{meeting}/papers/all.zip").body()


def test_items_are_added_and_moved_without_a_script(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "en", "sela", script=False, width=360)
    sela.open("/meetings/")
    meeting = next(m[1] for m in re.finditer(r"/meetings/([0-9a-f]{64})/", sela.page.content()) if _open(sela, m[1]))
    sela.open(f"/meetings/agenda/?meeting={meeting}")
    first = sela.page.locator('#act [name="row0_words_en"]').input_value()
    sela.press(sela.page.locator('button[name="show"][value="down-0"]'))
    assert sela.page.locator('#act [name="row1_words_en"]').input_value() == first
    sela.press(sela.page.locator('#act button[name="keep"]:not([tabindex])'))
    assert sela.page.locator('#act [name="row1_words_en"]').input_value() == first


def _open(desk: Desk, meeting: str) -> bool:
    """Whether an agenda can be proposed for a meeting."""
    return desk.page.request.get(f"{desk.address}/meetings/agenda/?meeting={meeting}").status == 200
