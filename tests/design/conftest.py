"""A server of the gallery and a browser, once per session."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOOLS = Path(__file__).parents[2] / "tools" / "messages.py"


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the gallery, served by a process of its own."""
    subprocess.run([sys.executable, TOOLS, "compile"], check=True, capture_output=True)
    with subprocess.Popen([sys.executable, Path(__file__).with_name("serve.py")], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}/design/"
        server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, else Playwright's own."""
    with sync_playwright() as playwright:
        if not CHROMIUM.exists() and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("there is no Chromium on this machine")
        found = playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None, args=FLAGS)
        yield found
        found.close()
