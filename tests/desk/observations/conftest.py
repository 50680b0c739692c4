"""An observer's node with both real cases in its log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_django import Settings as Changed

from comity.cli.observe import take_in
from comity.node.home import Home, Settings
from comity.observations.case import read_case

CASES = Path(__file__).parents[3] / "src" / "comity" / "observations" / "cases"
NAMES = [{"text": "Harbour Institute", "lang": "en"}]


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("harbour") / "node")
    home.create(Settings(host="harbour.example", names=NAMES), os.urandom)
    for path in sorted(CASES.glob("*.yaml")):
        take_in(home, read_case(path.read_bytes(), place=path.name))
    return home


@pytest.fixture
def observer(settings: Changed, harbour: Home) -> Home:
    """The desk of the observer's node."""
    settings.HOME, settings.NODE = harbour, harbour.settings()
    return harbour


@pytest.fixture
def party(settings: Changed, harbour: Home) -> Home:
    """The desk of a party's node that keeps the same observations."""
    settings.HOME = harbour
    settings.NODE = Settings(host="arvena.example", party="arvena", names=NAMES)
    return harbour
