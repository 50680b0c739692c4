"""References found in the words and resolved to provisions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from comity.texts.references import find_references
from comity.texts.resolution import references_of, resolve
from comity.texts.structure import structure
from texts.support import LANGUAGES, NAMES, version

GOLD = [json.loads(line) for line in (Path(__file__).parent / "gold" / "references.jsonl").read_text(encoding="utf-8").splitlines()]


def compact(text: str, language: str) -> list[str]:
    return [
        ("ext:" if found.external else "") + "/".join(f"{kind}_{number.split('|')[0]}" for kind, number in found.path)
        for found in find_references(text, language)
    ]


@pytest.mark.parametrize("case", [case for case in GOLD if case["split"] == "dev"], ids=lambda case: case["text"][:30])
def test_references_of_the_developers_cases_are_found_exactly(case: dict[str, str]) -> None:
    assert Counter(compact(case["text"], case["lang"])) == Counter(case["refs"])


@pytest.mark.parametrize(("language", "floor"), [("zh-Hans", 0.95), ("ru", 0.95), ("en", 0.90), ("fr", 0.90), ("es", 0.90)])
def test_references_of_unseen_cases_are_mostly_found(language: str, floor: float) -> None:
    hit = found = wanted = 0
    for case in GOLD:
        if case["split"] == "held-out" and case["lang"] == language:
            got, gold = Counter(compact(case["text"], language)), Counter(case["refs"])
            hit, found, wanted = hit + (got & gold).total(), found + got.total(), wanted + gold.total()
    assert hit / found >= floor
    assert hit / wanted >= floor


@pytest.mark.parametrize("name", NAMES)
def test_the_same_provisions_are_meant_in_every_language(name: str) -> None:
    targets = [
        {eid: [item.target for item in found] for eid, found in references_of(version(name, language)).items()} for language in LANGUAGES
    ]
    assert targets[0] == targets[1] == targets[2]
    assert targets[0]


@pytest.mark.parametrize(
    ("at", "text", "target", "exists"),
    [
        ("art_4__para_3", "paragraph 2 of Article 3", "art_3__para_2", True),
        ("art_4__para_3", "paragraph 2 of Article 9", "art_9__para_2", False),
        ("art_4__para_3", "paragraph 1", "art_4__para_1", True),
        ("art_4__para_3", "the preceding paragraph", "art_4__para_2", True),
        ("art_4__para_1", "the preceding paragraph", "", False),
        ("art_7__para_1", "the preceding article", "art_6", True),
        ("art_2__para_2", "subparagraph (b) of paragraph 1", "art_2__para_1__point_b", True),
        ("art_2__para_1__point_c", "subparagraph (a)", "art_2__para_1__point_a", True),
        ("art_1", "Article 5 (c) (ii)", "art_5__point_c__point_ii", True),
        ("art_1", "Article 6, paragraph 1", "art_6", True),
        ("art_1", "Article 6, paragraph 2", "art_6__para_2", False),
        ("art_1", "Chapter II", "chp_2", True),
        ("art_1", "Article 2 of the Charter", "", True),
    ],
)
def test_a_reference_is_resolved_from_where_it_stands(at: str, text: str, target: str, exists: bool) -> None:
    (found,) = find_references(f"As said in {text}.", "en")
    result = resolve(found, at, version("agreement", "en"))
    assert (result.target, result.exists) == (target, exists)


def test_only_one_paragraph_with_items_is_its_article() -> None:
    text = structure("第一条 有下列情形之一的：\n（一）甲；\n（二）乙。\n第二条 依照第一条第一款第（二）项办理。", "zh-Hans").version
    assert [item.target for item in references_of(text)["art_2"]] == ["art_1__point_b"]


def test_in_a_text_without_articles_an_article_is_a_numbered_paragraph() -> None:
    text = structure("一、各方应：\n（一）指定联络人；\n（二）自行承担费用。\n\n二、费用依照第一条第二项承担。", "zh-Hans").version
    assert [(item.target, item.exists) for item in references_of(text)["para_2"]] == [("para_1__point_b", True)]


def test_other_languages_have_no_references_rather_than_wrong_ones() -> None:
    assert find_references("Artikel 5 Absatz 2", "de") == []
