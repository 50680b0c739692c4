"""A server of the gallery and a browser, once per session."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chromium import chromium

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
    with chromium() as found:
        if found is None:
            pytest.skip("there is no Chromium on this machine")
        yield found
