"""Every page of the demonstration, in three languages, on a desk and in a hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import ConsoleMessage, Page

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes
from browser.sites import Seen, Stop, every_page, look_around

LANGUAGES = ("zh-hans", "ru", "en")
WIDTHS = (1280, 360)
CATALOGS = Path(__file__).parents[2] / "src" / "comity" / "desk"
WORDS = 4  # an English sentence of so many words on a Chinese or Russian page is one that was not translated
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a reader is told in the page's own language: all words, and the names of controls, outside passages that are marked as English.
SAID = """() => {
  const said = [], page = document.documentElement,
    ours = e => { const at = e.closest('[lang]'); return at === page || !/^en/i.test(at?.lang ?? ''); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    if (ours(at) && !at.closest('script, style, pre, code, textarea, option')) said.push(walker.currentNode.data);
  }
  for (const e of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    if (ours(e)) for (const name of ['aria-label', 'placeholder', 'title', 'alt']) said.push(e.getAttribute(name) ?? '');
  return said.map(words => words.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""


@pytest.fixture(scope="module")
def english() -> list[str]:
    """The English sentences of all catalogs, cut at their gaps, as far as they are long enough to be known again."""
    found: set[str] = set()
    for catalog in CATALOGS.rglob("ru/**/django.po"):
        for message in read_po(catalog.open("rb")):
            for one in message.id if isinstance(message.id, tuple | list) else [message.id]:
                pieces = re.split(r"%\(\w+\)[sd]|\{\w*\}", one)
                found |= {" ".join(piece.split()) for piece in pieces if len(re.findall(r"[A-Za-z’']+", piece)) >= WORDS}
    assert len(found) > 200
    return sorted(found, key=len, reverse=True)


@pytest.fixture(scope="module")
def seen(seeded: Nodes, sit_long: Sit) -> Seen:
    return look_around(seeded, sit_long)


class Walker:
    """One person's page, and what it complained about."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.heard, self.english = desk, list[str](), 0
        desk.page.on("console", self._hear)
        desk.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(message.text)

    def look(self, stop: Stop, language: str, wide: bool, english: list[str]) -> Iterator[str]:
        """What is wrong with one page."""
        page = self.desk.page
        first, second = WIDTHS if wide else reversed(WIDTHS)
        self.heard.clear()
        page.set_viewport_size({"width": first, "height": 900})
        answer = self.desk.open(stop.path)
        if answer.status != stop.status:
            yield f"answers {answer.status}"
            return
        yield from self._inspect(page, language, english)
        yield from (f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])}) at {first}" for v in _axe(page))
        yield from _overflow(page, first)
        page.set_viewport_size({"width": second, "height": 900})
        yield from _overflow(page, second)
        yield from (f"console: {text}" for text in self.heard if stop.status == 200 or "status of" not in text)

    def _inspect(self, page: Page, language: str, english: list[str]) -> Iterator[str]:
        lang = page.evaluate("document.documentElement.lang")
        if lang.lower() != language:
            yield f"html lang={lang}"
        if page.locator("main h1").count() != 1 and not page.locator("main h1[lang]").count():
            yield f"{page.locator('main h1').count()} headings of the first rank"
        said = page.evaluate(SAID)
        found = [sentence for sentence in english if any(sentence in words for words in said)]
        self.english += len(found)
        if language != "en":
            yield from (f"not translated: {sentence}" for sentence in found)


def _axe(page: Page) -> list[dict[str, list[dict[str, str]]]]:
    violations: list[dict[str, list[dict[str, str]]]] = Axe().run(page).response["violations"]
    return violations


def _overflow(page: Page, width: int) -> Iterator[str]:
    if over := page.evaluate(OVERFLOW):
        yield f"runs {over} px out of the screen at {width}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_translated_and_fits_the_screen(
    seeded: Nodes, sit: Sit, seen: Seen, english: list[str], language: str
) -> None:
    walkers: dict[tuple[str, str], Walker] = {}
    wrong: list[str] = []
    for number, stop in enumerate(every_page(seen)):
        who = (stop.house, stop.persona)
        if who not in walkers:
            walkers[who] = Walker(sit(seeded, stop.house, language, stop.persona))
        wide = (number + LANGUAGES.index(language)) % 2 == 0
        found = dict.fromkeys(walkers[who].look(stop, language, wide, english))
        wrong += [f"{stop.house} {stop.persona or 'anyone'} {stop.path}: {what}" for what in found]
    assert not wrong, "\n" + "\n".join(wrong)
    if language == "en":
        assert walkers["arvena", "sela"].english > 100, "the sentences are looked for where they stand"


def test_a_node_verifies_its_own_record_when_it_is_asked(seeded: Nodes, sit: Sit, seen: Seen) -> None:
    walker = Walker(sit(seeded, "arvena", "zh-hans", "sela"))
    page = walker.desk.page
    walker.desk.open(f"/desk/record/{seen.mechanism}/")
    walker.desk.press(page.locator(f'form[action="/desk/record/{seen.mechanism}/verify/"] button'))
    assert page.locator(".tag").count() == 0, page.locator("main").inner_text()
    assert not [v["id"] for v in _axe(page)]
    assert walker.heard == []


def test_no_link_leads_nowhere(seeded: Nodes, sit: Sit, seen: Seen) -> None:
    sela = sit(seeded, "arvena", "en", "sela")
    kinds: dict[str, str] = {}
    for stop in every_page(seen):
        if (stop.house, stop.persona, stop.status) == ("arvena", "sela", 200):
            sela.open(stop.path)
            for href in sela.page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
                kinds.setdefault(re.sub(r"[0-9a-f]{64}|\d+", "*", href.partition("#")[0]), href)
    assert len(kinds) > 40
    broken = [href for href in kinds.values() if sela.page.request.get(seeded.address("arvena") + href).status >= 400]
    assert not broken
