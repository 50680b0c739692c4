"""A party's press desk and an observer's, each with a log of its own; sources are read at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings as Changed

from comity.desk.accounts.models import Officer
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.press.intake import Handed, take_in
from comity.desk.press.models import Source
from comity.desk.press.reading import read_now
from comity.node.home import Home, Settings
from desk.rows import mechanism, officer

CASE = "arvena-kelmor"
ARTICLE = """Two parliaments look again at their rivers

OSTREL, 18 Nov. (Lake Wire) – The Arvena–Kelmor Committee held its fourth meeting in Ostrel on 12 November 2026.

Orla Venn, speaker of the Parliament of Kelmor, said the two houses “have learned to read each other’s laws”.
The National Assembly of Arvena agreed.

“We will send the first list of our water laws before the end of March,” co-chair Tovan Brel told reporters.

Observers in Lindhaven say the committee’s pace has slowed since 2024.
"""

type HandIn = Callable[..., Source]


@pytest.fixture(autouse=True)
def at_once(settings: Changed, tmp_path: Path) -> None:
    """Sources are read in the test's own thread, by rules, which are always there; the log of observations is a fresh one."""
    settings.PRESS_READS_AT_ONCE, settings.PRESS_READER = True, "rules"
    home = Home(tmp_path / "node")
    home.create(settings.NODE, os.urandom)
    settings.HOME = home


@pytest.fixture
def observer(settings: Changed) -> None:
    """This node is an observer's."""
    settings.NODE = Settings(host="harbour.example", names=[{"lang": "en", "text": "Harbour Institute"}], demonstration=True)


@pytest.fixture
def committee(db: None) -> MechanismRow:
    return mechanism()


@pytest.fixture
def ilena(committee: MechanismRow) -> Officer:
    return officer("drafter")


@pytest.fixture
def hand_in(ilena: Officer) -> HandIn:
    """Hand in an article and have it read."""

    def handed(text: str = ARTICLE, **more: str) -> Source:
        known = {"publisher": "Lake Wire", "date": "2026-11-18", "address": "https://lakewire.example/rivers", "language": "en"}
        source = take_in(ilena, Handed(text, **(known | more)))
        read_now(source.key)
        return Source.objects.get(pk=source.key)

    return handed


@pytest.fixture
def desk(client: Client, ilena: Officer) -> Client:
    client.force_login(ilena.user)
    return client
