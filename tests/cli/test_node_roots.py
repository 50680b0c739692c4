"""``comity node sign-root``: the next key root goes to the machine with the root key, and comes back signed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.conftest import Comity
from comity.node import governing
from comity.node.home import Home
from comity.node.node import Node
from comity.record.root import KeyRoot

INIT = ("node", "init", "--party", "arvena", "--host", "arvena.example", "--name", "en=National Assembly of Arvena")


def test_a_root_that_was_signed_elsewhere_is_kept_and_nothing_is_overwritten(
    comity: Comity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comity(*INIT, home=tmp_path / "arvena")
    node = Node(Home(tmp_path / "arvena"), clock=lambda: datetime.now(UTC), entropy=os.urandom)
    officer = node.custody.create_officer(os.urandom)
    monkeypatch.setattr(governing, "root_keys_here", lambda node, root: ())
    data = governing.next_root(node, [officer], 1, expires=datetime.now(UTC) + timedelta(days=30))
    (tmp_path / "root.2.json").write_bytes(data)
    said = comity("node", "sign-root", tmp_path / "root.2.json", "--out", tmp_path / "signed.json", home=tmp_path / "arvena")
    assert officer in said.stdout
    assert governing.keep_root(node, (tmp_path / "signed.json").read_bytes()).version == 2
    again = comity("node", "sign-root", tmp_path / "root.2.json", "--out", tmp_path / "signed.json", home=tmp_path / "arvena")
    assert again.exit_code == 1
    assert KeyRoot.from_bytes((tmp_path / "signed.json").read_bytes()).version == 2


def test_a_file_that_is_no_root_is_refused(comity: Comity, tmp_path: Path) -> None:
    comity(*INIT, home=tmp_path / "arvena")
    (tmp_path / "odd.json").write_text("{}")
    said = comity("node", "sign-root", tmp_path / "odd.json", "--out", tmp_path / "signed.json", home=tmp_path / "arvena")
    assert said.exit_code == 1
    assert not (tmp_path / "signed.json").exists()
