"""The room of words in a browser: a phrase is traced, a term is approved by both sides, copies are carried off, laws are compared."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes

PHRASE = "每年举行一次法律工作者联合研讨会"
TERM = {
    "preferred_zh": "跨境水文站",
    "preferred_ru": "трансграничный гидропост",
    "preferred_en": "cross-border gauging station",
    "forbidden_en": "frontier station; edge station",
}


def adopted(desk: Desk) -> str:
    """The path of the copies of the communiqué, by way of where a phrase of it stands."""
    desk.open("/language/")
    desk.page.locator('textarea[name="q"]').fill(PHRASE)
    desk.press(desk.page.locator('form.ask button[type="submit"]'))
    hrefs = desk.page.eval_on_selector_all(".precedent__place a[href^='/texts/']", "all => all.map(a => a.getAttribute('href'))")
    desk.open(str(hrefs[0]).partition("#")[0])
    return str(desk.page.locator('main a[href^="/language/paper/"]').first.get_attribute("href"))


def test_a_phrase_leads_to_where_it_stands_in_every_language_and_to_when_each_side_began(seeded: Nodes, sit: Sit) -> None:
    anybody = sit(seeded, "kelmor", "ru", "", script=False)
    anybody.open("/language/")
    anybody.page.locator('textarea[name="q"]').fill(PHRASE)
    anybody.press(anybody.page.locator('form.ask button[type="submit"]'))
    assert anybody.page.locator(".phrase circle").count() >= 2
    first = anybody.page.locator(".precedent").first
    assert first.locator('.beside [lang="ru"]').inner_text().count("семинар")
    assert first.locator('.beside [lang="zh-Hans"]').inner_text().count(PHRASE)


def test_a_term_is_approved_by_both_sides_and_then_stands_in_both_registers(seeded: Nodes, sit: Sit) -> None:
    ilena, tovan = sit(seeded, "arvena", "en", "ilena"), sit(seeded, "arvena", "ru", "tovan")
    aren = sit(seeded, "kelmor", "zh-hans", "aren")
    ilena.open("/language/terms/")
    form = str(ilena.page.locator('main a[href^="/texts/approve-term/"]').first.get_attribute("href"))
    act = tovan.sign(ilena.draft(form, {"key": "cross-border-gauging-station", **TERM}))
    aren.countersign(act)
    for desk in (ilena, aren):
        desk.wait_for(f"/language/terms/{act}/", 'main svg[class*="seal"] circle')  # the dot: in force
        assert "frontier station" in desk.page.locator("main").inner_text()


def test_each_side_carries_off_the_copy_in_which_it_stands_first(seeded: Nodes, sit: Sit, tmp_path: Path) -> None:
    aren = sit(seeded, "kelmor", "zh-hans", "aren")
    path = adopted(aren)
    for party, names in (("kelmor", ["凯尔莫议会", "阿尔维纳国民议会"]), ("arvena", ["阿尔维纳国民议会", "凯尔莫议会"])):
        aren.open(path)
        file = aren.download(f"{path}copy-{party}/pdf", tmp_path)
        reader = PdfReader(file)
        text = "".join(reader.pages[0].extract_text().split())
        assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
        assert re.search(r"SHA-256(?:[0-9a-f]{4}){16}", text)
        assert len(reader.pages) >= 3


def test_two_versions_of_a_law_are_laid_side_by_side(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "en", "sela")
    sela.open("/language/laws/")
    sela.page.locator('[name="name"]').fill("Two small laws")
    for side in ("left", "right"):
        words = "Law\n\nArticle 1. Water is free.\n\nArticle 2. Fish are counted every year.\n"
        sela.page.locator(f'[name="{side}"]').set_input_files({"name": f"{side}.txt", "mimeType": "text/plain", "buffer": words.encode()})
        sela.page.locator(f'[name="{side}_lang"]').select_option("en")
    sela.page.locator('[name="kind"][value="versions"]').check()
    sela.press(sela.page.locator('form[enctype] button[type="submit"]'))
    assert sela.page.locator("table.matches tbody tr").count() == 2
