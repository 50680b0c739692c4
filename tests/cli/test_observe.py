"""``comity observe``: a case is taken into the node's own log."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import Comity

CASE = Path(__file__).parents[2] / "src" / "comity" / "observations" / "cases" / "china-russia.yaml"
COUNTS = {"meetings": 32, "commitments": 81, "statements": 82, "sources": 101, "conflicts": 14, "follow_up": 25}


def test_import_answers_with_its_counts_and_adds_nothing_twice(comity: Comity, tmp_path: Path) -> None:
    first = json.loads(comity("observe", "import", str(CASE), "--json", home=tmp_path / "n").stdout)
    again = json.loads(comity("observe", "import", str(CASE), "--json", home=tmp_path / "n").stdout)
    assert first == COUNTS | {"case": "china-russia", "added": first["added"]}
    assert first["added"] > 700
    assert again == first | {"added": 0}


def test_a_bad_case_changes_nothing(comity: Comity, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(CASE.read_text(encoding="utf-8").replace("nature: joint", "nature: sure", 1), encoding="utf-8")
    done = comity("observe", "import", str(bad), home=tmp_path / "n")
    assert done.exit_code == 1
    assert "commitments[" in done.stderr
    assert not (tmp_path / "n" / "observations").exists()


def test_a_correction_is_one_more_fragment(comity: Comity, tmp_path: Path) -> None:
    home, about = tmp_path / "n", "china-russia/meetings/joint-10"
    comity("observe", "import", str(CASE), home=home)
    said = ["observe", "correct", about, "working_chairs", "--by", "Mika"]
    assert comity(*said, "--value", '["melnikov"]', home=home).exit_code == 0
    found = json.loads(comity("observe", "show", about, home=home).stdout)["working_chairs"]
    assert [one["value"] for one in found] == [["melnikov"], ["melnikov", "lou-qinjian"]]
    assert found[0]["by"] == "Mika"
    assert comity(*said, "--value", '{"other": "form"}', home=home).exit_code == 1
    assert comity("observe", "check", home=home).exit_code == 0
