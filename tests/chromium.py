"""Debian's Chromium, or Playwright's own: one browser for a folder of tests, or for a tool that takes pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

DEBIANS = Path("/usr/bin/chromium")
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


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A running browser, ended afterwards; None if there is none on this machine."""
    with sync_playwright() as playwright:
        if not DEBIANS.exists() and not Path(playwright.chromium.executable_path).exists():
            yield None
            return
        found = playwright.chromium.launch(executable_path=DEBIANS if DEBIANS.exists() else None, args=FLAGS)
        yield found
        found.close()
