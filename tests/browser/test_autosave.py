"""Saving by itself: it never takes back what was sent by hand, and never makes a second draft of one page."""

from __future__ import annotations

import re

from browser import story
from browser.conftest import Sit
from browser.nodes import Nodes

DRAFTS = 'section[aria-labelledby="h-drafts"] tbody tr'
# Types everything at once, then presses the button just when the save of that typing (500 ms after it) is on its way.
TYPE_AND_PRESS = """([fields, after]) => {
  const form = document.querySelector('#act');
  for (const [name, value] of Object.entries(fields)) form.querySelector(`[name="${name}"]`).value = value;
  form.querySelector('[name="founded"]').dispatchEvent(new Event('change', {bubbles: true}));
  setTimeout(() => form.querySelector('button[name="continue"]').click(), after);
}"""


def test_an_autosave_that_comes_after_the_form_was_sent_on_leaves_the_draft_as_it_is(fresh: Nodes, sit: Sit) -> None:
    ilena = sit(fresh, "arvena", "en", "ilena")
    ilena.open("/mechanisms/found/")
    ilena.fill(story.founding() | {"audience": "public"})
    sent: dict[str, str] = ilena.page.evaluate("Object.fromEntries(new FormData(document.querySelector('#act')))")
    ilena.press(ilena.page.locator('#act button[name="continue"]'))
    draft = ilena.page.url
    token = {"X-CSRFToken": sent["csrfmiddlewaretoken"], "HX-Request": "true", "Referer": draft}
    late = ilena.page.request.post(f"{ilena.address}/mechanisms/found/", form={**sent, "autosave": "1"}, headers=token)
    assert late.ok
    assert re.search(r'name="draft"[^>]*value="[^"]+"', late.text())
    ilena.page.goto(draft)
    ilena.press(ilena.page.locator('button[name="action"][value="close"]'))
    assert ilena.page.locator("#sign").count(), "it can still be closed for signature"


def test_the_button_pressed_while_the_page_saves_itself_makes_one_draft(fresh: Nodes, sit: Sit) -> None:
    ilena = sit(fresh, "arvena", "en", "ilena")
    ilena.open("/desk/outbox/")
    before = ilena.page.locator(DRAFTS).count()
    for after in range(490, 520, 5):
        ilena.open("/mechanisms/found/")
        with ilena.page.expect_navigation():
            ilena.page.evaluate(TYPE_AND_PRESS, [story.founding(), after])
        assert ilena.page.locator('button[name="action"][value="close"]').count(), "it can be closed for signature"
    ilena.open("/desk/outbox/")
    assert ilena.page.locator(DRAFTS).count() == before + len(range(490, 520, 5))
