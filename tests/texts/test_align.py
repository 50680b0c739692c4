"""Which provisions of two versions belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.bench import texts_gold
from comity.errors import Untrusted
from comity.texts import encoders
from comity.texts.align import align, align_versions
from comity.texts.encoders import UniversalEncoder, Vectors, bundled_encoder
from comity.texts.structure import structure
from texts.support import sample, shared, version


def encoder() -> UniversalEncoder:
    found = bundled_encoder()
    if found is None:
        pytest.skip("the optional encoder is not installed")
    return found


class Letters:
    """An encoder for tests: a text's vector counts its letters."""

    digest = "0" * 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[text.lower().count(chr(97 + letter)) for letter in range(26)] for text in texts], dtype=np.float32)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abc 12", max_size=12), max_size=9), st.lists(st.text("абв 12", max_size=12), max_size=9), st.booleans())
def test_every_clause_is_in_exactly_one_bead(source: list[str], target: list[str], meaning: bool) -> None:
    beads = align(source, target, Letters() if meaning else None)
    assert [index for bead in beads for index in bead.source] == list(range(len(source)))
    assert [index for bead in beads for index in bead.target] == list(range(len(target)))
    assert all(0 <= bead.similarity <= 1 for bead in beads)


def test_the_same_text_is_aligned_to_itself() -> None:
    clauses = ["zebra crossing", "mountain hut", "quiet kitchen", "fjord of ice", "black pawn"]
    assert [(bead.source, bead.target) for bead in align(clauses, clauses, Letters())] == [((i,), (i,)) for i in range(5)]


def test_a_lost_clause_is_found_by_meaning() -> None:
    clauses = ["zebra crossing", "mountain hut", "quiet kitchen", "fjord of ice", "black pawn"]
    beads = align(clauses, clauses[:2] + clauses[3:], Letters())
    assert [bead.source for bead in beads if not bead.target] == [(2,)]


def test_nothing_is_aligned_to_nothing() -> None:
    assert [(bead.source, bead.target) for bead in align([], ["a"], None)] == [((), (0,))]


def test_without_an_encoder_figures_and_lengths_line_texts_up() -> None:
    source = ["In 2025 there were 14 meetings.", "The fund has 350 million.", "They thank the host."]
    target = ["В 2025 году состоялось 14 заседаний.", "Фонд составляет 350 млн.", "Они благодарят хозяев."]
    assert [(bead.source, bead.target) for bead in align(source, target)] == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_equal_numbers_are_joined_without_looking_at_the_words() -> None:
    beads = align_versions(version("agreement", "en"), version("agreement", "zh-Hans"))
    assert {bead.by for bead in beads} == {"number"}
    assert all(bead.source == bead.target for bead in beads)
    assert len(beads) == len(list(version("agreement", "en").walk()))


def test_a_lost_unnumbered_paragraph_is_found_and_the_others_keep_their_partners() -> None:
    full = version("communique", "en")
    short = version("communique", "ru")
    lines = sample("communique", "ru").split("\n\n")
    short = structure("\n\n".join(lines[:2] + lines[3:]), "ru").version
    beads = align_versions(full, short, encoder())
    assert [bead.source for bead in beads if not bead.target] == [("para_2",)]
    assert [bead.target for bead in beads if bead.source == ("para_4",)] == [("para_3",)]


def test_a_numbered_article_without_partner_is_alone() -> None:
    full, short = version("agreement", "en"), version("agreement", "ru")
    chapters = list(short.provisions)
    chapters[1] = replace(chapters[1], children=chapters[1].children[:-1])
    beads = align_versions(full, replace(short, provisions=tuple(chapters)), encoder())
    assert ("art_7",) in [bead.source for bead in beads if not bead.target]


def test_the_encoder_is_refused_if_its_files_are_others_than_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder()
    monkeypatch.setitem(encoders.PINNED, "sp.model", "0" * 64)
    bundled_encoder.cache_clear()
    with pytest.raises(Untrusted, match=r"sp\.model"):
        bundled_encoder()
    bundled_encoder.cache_clear()


def test_unseen_cases_are_aligned_as_well_as_promised() -> None:
    shared("udhr")
    cases = [case for case in texts_gold.alignment_cases() if case.split == "held-out" and "udhr" in case.name]
    clean, rough, missing = texts_gold.Score(), texts_gold.Score(), texts_gold.Score()
    for case in cases:
        for one, score in ((case, clean), (texts_gold.disturbed(case, 1), rough)):
            found = [(bead.source, bead.target) for bead in align(one.source, one.target, encoder())]
            score.add(texts_gold.split_beads(found)[0], texts_gold.split_beads(one.beads)[0])
            if score is rough:
                missing.add(texts_gold.split_beads(found)[1], texts_gold.split_beads(one.beads)[1])
    assert clean.f1 >= 0.98
    assert rough.f1 >= 0.95
    assert missing.recall >= 0.85
