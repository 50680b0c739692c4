"""The version under which a reading is kept: it changes with what makes the reading, and with nothing else."""

from __future__ import annotations

import pytest

from comity.press import versions
from comity.press.readers import FACTORIES, reader_named
from comity.press.versions import reader_version


@pytest.fixture(autouse=True)
def _fresh() -> None:
    reader_version.cache_clear()


def test_a_package_that_changes_results_changes_the_version_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"pymorphy3": "2.0.6", "pymorphy3-dicts-ru": "2.4"}
    monkeypatch.setattr(versions, "_installed", there.get)
    with_it = reader_version("pymorphy3", also=("pymorphy3-dicts-ru",))
    assert "pymorphy3-2.0.6" in with_it
    reader_version.cache_clear()
    there["pymorphy3-dicts-ru"] = "2.5"
    other_words = reader_version("pymorphy3", also=("pymorphy3-dicts-ru",))
    reader_version.cache_clear()
    there.clear()
    without = reader_version("pymorphy3", also=("pymorphy3-dicts-ru",))
    assert "pymorphy3" not in without
    assert len({with_it, other_words, without}) == 3


def test_another_rule_or_word_of_a_lexicon_changes_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = reader_version("spacy")
    reader_version.cache_clear()
    assert reader_version("spacy") == before
    reader_version.cache_clear()
    monkeypatch.setattr(versions, "_rules", lambda: "other rules")
    assert reader_version("spacy") != before


def test_the_digest_of_the_rules_takes_in_lexicons_and_readers_but_not_what_only_scores() -> None:
    paths = {path for path, _ in versions._files(versions.files("comity.press"), "")}
    assert {"lexicon/en.toml", "lexicon/bodies.tsv", "readers/english/statements.py", "dates.py"} <= paths
    assert not {"scorer.py", "exports.py"} & paths


@pytest.mark.parametrize("name", list(FACTORIES))
def test_every_reader_has_a_version_that_fits_its_field(name: str) -> None:
    try:
        version = reader_named(name).version
    except ImportError:
        pytest.skip(f"{name} is not installed")
    assert version.startswith("1.0.0")
    assert len(version) <= 80
