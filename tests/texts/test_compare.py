"""Laws side by side."""

from __future__ import annotations

import pytest

from comity.errors import Refused
from comity.texts.compare import compare_laws, compare_versions, units
from comity.texts.encoders import bundled_encoder
from comity.texts.structure import structure
from texts.support import sample, shared, version


def law(name: str) -> str:
    text = (shared("prc-laws-zh") / name).read_text(encoding="utf-8")
    head, _, body = text.partition("<!-- INFO END -->")
    return head.split("\n", 1)[0] + "\n" + body


def test_an_inserted_article_moves_the_others_without_losing_them() -> None:
    old = structure("Article 1\nThe first rule of the house.\nArticle 2\nThe second rule is on meetings.", "en").version
    new = structure(
        "Article 1\nThe first rule of the house.\nArticle 2\nSomething wholly new about fees and costs.\n"
        "Article 3\nThe second rule is on all meetings.",
        "en",
    ).version
    found = compare_versions(old, new)
    assert [(match.source, match.target, match.kind) for match in found] == [
        (("art_1",), ("art_1",), "same"),
        ((), ("art_2",), "added"),
        (("art_2",), ("art_3",), "changed"),
    ]
    assert [piece.text for piece in found[2].pieces if piece.op == "insert"] == ["all "]


def test_two_dated_versions_of_a_real_law_are_matched() -> None:
    old, new = structure(law("立法法(2015-03-15).md"), "zh-Hans").version, structure(law("立法法(2023-03-13).md"), "zh-Hans").version
    assert len(units(old)) == 105
    assert len(units(new)) == 120
    found = compare_versions(old, new)
    matched = {match.source[0]: match.target[0] for match in found if match.source and match.target}
    # Constitutional review grew in 2023; the article on local legislation of 2015 is now elsewhere.
    assert matched["art_1"] == "art_1"
    assert matched["art_105"] == "art_120"
    assert len(matched) >= 95
    assert sum(len(match.source) for match in found) == 105
    assert sum(len(match.target) for match in found) == 120


def test_laws_in_two_languages_are_matched_in_any_order() -> None:
    encoder = bundled_encoder()
    if encoder is None:
        pytest.skip("the optional encoder is not installed")
    found = compare_laws(version("agreement", "en"), version("agreement", "zh-Hans"), encoder)
    related = {match.source: match.target for match in found if match.kind == "related"}
    assert related[("art_6",)] == ("art_6",)
    assert related[("art_4",)] == ("art_4",)
    short = structure(sample("agreement", "zh-Hans").split("第六条")[0], "zh-Hans").version
    only = [match.source for match in compare_laws(version("agreement", "en"), short, encoder) if match.kind == "removed"]
    assert ("art_6",) in only


def test_without_an_encoder_laws_of_two_languages_are_not_compared() -> None:
    with pytest.raises(Refused) as refusal:
        compare_laws(version("agreement", "en"), version("agreement", "ru"), None)
    assert refusal.value.remedy


def test_texts_without_articles_are_compared_by_paragraphs() -> None:
    assert [eid for eid, _ in units(version("communique", "en"))][:2] == ["para_1", "para_2"]
