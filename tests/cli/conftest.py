"""A record with a meeting and an adopted text, made once, and the command line in this process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import desk_tables
from comity.cli.main import main
from comity.node.carriers import write_folder, write_pouch
from comity.node.setup import own_card
from node.parliaments import Parliament
from node.travelling import DATE, pair, worked

type Comity = Callable[..., Result]


@dataclass(frozen=True)
class Made:
    """Two nodes and their record, exported. Tests copy what they change."""

    root: Path
    arvena: Parliament
    kelmor: Parliament
    mechanism: str

    @property
    def folder(self) -> Path:
        return self.root / "out"

    @property
    def pouch(self) -> Path:
        return self.root / "out.zip"

    @property
    def trust(self) -> list[str]:
        """The options that trust both."""
        return [part for one in (self.arvena, self.kelmor) for part in ("--trust", own_card(one.node).fingerprint)]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("made")
    arvena, kelmor = pair(root)
    one = Made(root, arvena, kelmor, worked(arvena, kelmor))
    write_folder(arvena.record(one.mechanism), one.folder, DATE)
    write_pouch(arvena.record(one.mechanism), one.pouch, DATE)
    return one


@pytest.fixture
def comity(monkeypatch: pytest.MonkeyPatch) -> Iterator[Comity]:
    """Runs a command: ``comity("node", "digest", home=folder)``. Django belongs to one node per process, so these nodes have no desk."""
    monkeypatch.setattr(desk_tables, "there", lambda: False)

    def run(*args: object, home: Path | None = None) -> Result:
        return CliRunner().invoke(main, [str(one) for one in args], env={"COMITY_HOME": str(home) if home else "nowhere"})

    yield run
    logging.getLogger("comity").setLevel(logging.NOTSET)
