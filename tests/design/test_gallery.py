"""Every component, in three languages, on a desk and in a hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from lxml import etree
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

LANGUAGES = ("zh", "ru", "en")
PAGES = ("", "work/", "text/")
WIDTHS = (1280, 360)
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[dict[int, Page]]:
    contexts = {width: browser.new_context(viewport={"width": width, "height": 900}) for width in WIDTHS}
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_is_accessible_and_nothing_runs_out_of_the_screen(
    gallery: str, pages: dict[int, Page], width: int, page: str, language: str
) -> None:
    complaints: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    def count(request: Request) -> None:
        asked.append(request.url)

    opened = pages[width]
    opened.on("console", hear)
    opened.on("request", count)
    opened.goto(f"{gallery}{page}?lang={language}")
    opened.evaluate("document.fonts.ready.then(() => true)")
    assert opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
    assert complaints == [], "the content security policy blocks nothing and no file is missing"
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(gallery).netloc}
    opened.remove_listener("console", hear)
    opened.remove_listener("request", count)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_set_in_its_own_fonts(gallery: str, pages: dict[int, Page], language: str) -> None:
    opened = pages[1280]
    opened.goto(f"{gallery}text/?lang={language}")
    opened.evaluate("document.fonts.ready.then(() => true)")
    loaded = opened.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert {"Noto Sans", "Noto Serif", "Noto Sans SC", "Noto Serif SC"} <= {family.strip('"') for family in loaded}


def test_the_columns_of_all_languages_have_one_width_and_one_line(gallery: str, pages: dict[int, Page]) -> None:
    opened = pages[1280]
    opened.goto(f"{gallery}text/?lang=en")
    opened.evaluate("document.fonts.ready.then(() => true)")
    boxes = opened.evaluate(
        "[...document.querySelectorAll('#art_1 .cell')].map(c => "
        "[Math.round(c.getBoundingClientRect().width), getComputedStyle(c).lineHeight, c.getBoundingClientRect().top])"
    )
    assert len(boxes) == 3
    assert len({tuple(box) for box in boxes}) == 1


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-Hans"), ("ru", "ru"), ("en", "en")])
def test_a_phone_shows_one_language_and_switches_without_a_script(browser: Browser, gallery: str, language: str, code: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{gallery}text/?lang={language}")
    cells = opened.locator("#art_2 .cell")
    assert [cells.nth(place).is_visible() for place in range(3)] == [place == ["zh-Hans", "ru", "en"].index(code) for place in range(3)]
    opened.locator("label[for=e1-pick-2]").click()
    assert [cells.nth(place).is_visible() for place in range(3)] == [False, True, False]
    context.close()


def test_the_menu_of_a_phone_works_without_a_script(browser: Browser, gallery: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{gallery}?lang=en")
    opened.get_by_role("link", name="Menu").click()
    assert opened.url.endswith("#menu")
    assert opened.locator("#menu a").first.is_visible()
    context.close()


def test_the_skip_link_is_first_and_leads_to_the_content(gallery: str, pages: dict[int, Page]) -> None:
    opened = pages[1280]
    opened.goto(f"{gallery}?lang=en")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"


SAID = {
    "zh": [
        "据报。无人签署。",
        "待签。尚无一方签署。",
        "2方中已有1方签署。已签：阿尔维纳。待签：凯尔莫。",
        "已生效。双方均已签署。",
        "有争议。同一依据上有两项生效文书。",
        "已撤回。阿尔维纳在各方签齐之前撤回。",
    ],
    "ru": [
        "По сообщению источника. Никто не подписывал.",
        "Открыто. Пока никто не подписал.",
        "Подписала 1 сторона из 2. Подписали: Арвена. Ожидается подпись: Кельмор.",
    ],
    "en": [
        "Observed. Nobody has signed.",
        "Open. Nobody has signed yet.",
        "1 of 2 has signed. Signed: Arvena. Awaited: Kelmor.",
        "In force. Both parties have signed.",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_beside_every_seal_and_name_every_seal_that_stands_alone(gallery: str, language: str) -> None:
    with urlopen(f"{gallery}?lang={language}") as answer:
        page = etree.fromstring(answer.read(), etree.HTMLParser(encoding="utf-8"))
    beside = ["".join(map(str, said.itertext())) for said in page.iterfind(".//table//p[@class='standing']")]
    alone = [drawing.get("aria-label") for drawing in page.iterfind(".//table//svg[@role='img'][@viewbox='0 0 120 120']")]
    assert beside[: len(SAID[language])] == SAID[language]
    assert alone == beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_room_is_left_in_english_on_other_pages(gallery: str, language: str) -> None:
    with urlopen(f"{gallery}work/?lang={language}") as answer:
        text = answer.read().decode()
    for sentence in ("Shown from the very bytes", "sources disagree", "Skip to the content", "Assessed differently"):
        assert (sentence in text) == (language == "en")


def test_outside_demonstration_and_development_there_is_no_gallery() -> None:
    script = (
        "import os, sys; sys.path[:0] = sys.argv[1:]; os.environ['DJANGO_SETTINGS_MODULE'] = 'design.settings'\n"
        "import django; from django.conf import settings; django.setup(); settings.DEBUG = False\n"
        "from django.test import Client; print(Client().get('/design/').status_code)"
    )
    here = str(Path(__file__).parents[1])
    ran = subprocess.run([sys.executable, "-c", script, here, str(SOURCE)], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "404"
