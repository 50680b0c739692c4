"""A node's folder for the desk's tests, made before Django reads its settings; a database in memory, without migrations."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from playwright.sync_api import Browser

from chromium import chromium
from comity.node.home import Home, Settings

if "comity.desk.settings" not in os.environ.get("DJANGO_SETTINGS_MODULE", ""):
    _folder = tempfile.mkdtemp(prefix="comity-desk-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    _names = [
        {"text": "阿尔维纳国民议会", "lang": "zh-Hans"},
        {"text": "Национальное собрание Арвены", "lang": "ru"},
        {"text": "National Assembly of Arvena", "lang": "en"},
    ]
    _home = Path(_folder) / "node"
    (Path(_folder) / "static").mkdir()
    Home(_home).create(Settings(host="arvena.example", party="arvena", names=_names, demonstration=True), os.urandom)
    os.environ["COMITY_HOME"] = str(_home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "comity.desk.settings"
    os.environ.pop("COMITY_DATABASE", None)
    if "COMITY_TEST_DATABASE" in os.environ:
        os.environ["COMITY_DATABASE"] = os.environ["COMITY_TEST_DATABASE"]
    django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Processes that test side by side begin with this one's environment: each has to make a folder of its own."""
    for name in ("COMITY_HOME", "DJANGO_SETTINGS_MODULE", "COMITY_DATABASE"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables straight from the models: what is tested here is the pages, not how the tables came to be."""
    return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for a module. Playwright runs a loop in this thread, so Django has to be told that waiting is meant."""
    with pytest.MonkeyPatch.context() as patch, chromium() as found:
        if found is None:
            pytest.skip("there is no Chromium on this machine")
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield found
