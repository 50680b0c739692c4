"""A browser for the whole folder, real nodes, and people who sit at them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, Response, expect

from browser.desk import Desk
from browser.nodes import Nodes, environment
from chromium import chromium

LOCALES = {"zh-hans": "zh-CN", "ru": "ru-RU", "en": "en-GB"}
TIMEOUT = 30_000  # milliseconds for anything that a browser waits for
expect.set_options(timeout=TIMEOUT)

type Sit = Callable[..., Desk]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, else Playwright's own; ended with this folder, because Playwright's loop must not be there when Django runs."""
    with chromium() as found:
        if found is None:
            pytest.skip("there is no Chromium on this machine")
        yield found


@contextmanager
def seats(browser: Browser) -> Iterator[Sit]:
    """Browsers of people, all closed at the end."""
    contexts: list[BrowserContext] = []
    asked: set[Nodes] = set()

    def begin(nodes: Nodes, house: str, language: str, persona: str = "", *, script: bool = True, width: int = 1280) -> Desk:
        context = browser.new_context(
            locale=LOCALES[language], viewport={"width": width, "height": 900}, java_script_enabled=script, accept_downloads=True
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        overhear(context)
        asked.add(nodes)
        return Desk(context.new_page(), nodes.address(house), language, nodes.enter(house, persona) if persona else "")

    try:
        yield begin
    finally:
        for context in contexts:
            context.close()
        for nodes in asked:
            nodes.tell()


def overhear(context: BrowserContext) -> None:
    """Print what a page sends and what goes wrong with it: pytest shows it for a test that fails."""
    begun = time.monotonic()

    def say(*words: object) -> None:
        print(f"{time.monotonic() - begun:6.2f} s", *words)

    def answered(answer: Response) -> None:
        if answer.status >= 400 or answer.request.method != "GET" or "hx-request" in answer.request.headers:
            say(answer.status, answer.request.method, answer.url)

    def failed(request: Request) -> None:
        say(request.failure, request.method, request.url)

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            say("console:", message.text)

    context.on("response", answered)
    context.on("requestfailed", failed)
    context.on("console", heard)


@pytest.fixture
def sit(browser: Browser) -> Iterator[Sit]:
    """``sit(nodes, house, language, persona)``: a browser of that person's own, signed in; without a persona, anybody's."""
    with seats(browser) as found:
        yield found


@pytest.fixture(scope="module")
def sit_long(browser: Browser) -> Iterator[Sit]:
    """The same, for fixtures of a whole module."""
    with seats(browser) as found:
        yield found


@pytest.fixture(scope="package")
def messages() -> None:
    """The catalogs, compiled, as ``./run check`` does before anything else."""
    tool = Path(__file__).parents[2] / "tools" / "messages.py"
    subprocess.run([sys.executable, tool, "compile"], check=True, capture_output=True, env=environment())


@pytest.fixture(scope="package")
def seeded(tmp_path_factory: pytest.TempPathFactory, messages: None) -> Iterator[Nodes]:
    """The demonstration with all its record: three nodes. Whoever stops one starts it again."""
    with Nodes.make(tmp_path_factory.mktemp("seeded") / "nodes", seeded=True) as nodes:
        yield nodes.start("arvena", "kelmor", "harbour")


@pytest.fixture(scope="package")
def fresh(tmp_path_factory: pytest.TempPathFactory, messages: None) -> Iterator[Nodes]:
    """Two nodes without a record of their own, introduced to each other; each test founds its own mechanism."""
    with Nodes.make(tmp_path_factory.mktemp("fresh") / "nodes") as nodes:
        yield nodes.start("arvena", "kelmor")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory, messages: None) -> Iterator[Nodes]:
    """Two such nodes that know no address of each other: nothing passes between them but what a person carries."""
    with Nodes.make(tmp_path_factory.mktemp("apart") / "nodes", reachable=False) as nodes:
        yield nodes.start("arvena", "kelmor")
