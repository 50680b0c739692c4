"""Without JavaScript: a form is filled in, an act is signed and countersigned, and the pages look and work as they should."""

from __future__ import annotations

from browser import story
from browser.conftest import Sit
from browser.nodes import Nodes


def test_a_form_is_filled_in_and_an_act_signed_by_both_sides_without_a_script(fresh: Nodes, sit: Sit) -> None:
    ilena, tovan = sit(fresh, "arvena", "ru", "ilena", script=False), sit(fresh, "arvena", "en", "tovan", script=False)
    aren = sit(fresh, "kelmor", "zh-hans", "aren", script=False)
    mechanism = story.found(ilena, tovan)
    aren.countersign(mechanism)
    meeting = story.convene(aren, aren, mechanism)
    tovan.countersign(meeting)


def test_a_draft_is_kept_and_gone_on_with_without_a_script(fresh: Nodes, sit: Sit) -> None:
    ilena = sit(fresh, "arvena", "en", "ilena", script=False, width=360)
    path = story.sketch(ilena, name_en="A committee that is still being thought of")
    ilena.open(path)
    assert not ilena.page.locator('button[name="action"][value="sign"]').count()
    ilena.press(ilena.page.locator('main a[href^="/mechanisms/found/"]'))
    assert ilena.page.locator('#act [name="name_en"]').input_value() == "A committee that is still being thought of"


def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed_and_the_reason_at_its_field(fresh: Nodes, sit: Sit) -> None:
    ilena = sit(fresh, "arvena", "ru", "ilena", script=False)
    ilena.open("/mechanisms/found/")
    ilena.fill(story.founding() | {"founded": "2026-13-45"})
    ilena.press(ilena.page.locator('#act button[name="continue"]'))
    assert ilena.path() == "/mechanisms/found/"
    assert ilena.page.locator('#act [name="founded"]').input_value() == "2026-13-45"
    assert ilena.page.locator(".govuk-error-summary a[href='#id_founded']").count()
