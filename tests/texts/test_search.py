"""Words found again: lexically in any inflection, as substrings in Chinese, and with what drifted since."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from comity.texts.precedents import Source, nearest_passage, precedents, said_by_side
from comity.texts.search import Index, VectorIndex, fuse, query_string, token_string, traditional_to_simplified

ENTRIES = [
    ("c2024/para_3", "ru", "Стороны поддерживают сбалансированный и справедливый порядок на море."),
    ("c2024/para_3", "zh-Hans", "双方支持平衡和公正的海上秩序。"),
    ("c2024/para_3", "en", "The Sides support a balanced and just order at sea."),
    ("c2025/para_7", "ru", "Стороны выступают за сбалансированный и устойчивый порядок на море."),
    ("c2025/para_7", "zh-Hans", "双方支持平衡和可持续的海上秩序。"),
    ("c2025/para_7", "en", "The Sides support a balanced and lasting order at sea."),
    ("s2019", "en", "Arvena stands for a balanced and just order at sea, said the Speaker."),
    ("x", "ru", "Учёные обсудили защиту лесов и озёр."),
    ("x", "zh-Hans", "会议讨论了森林保护。"),
]
SOURCES = {
    "c2024/para_3": Source("c2024/para_3", "2024-06-03", "Communiqué", "2nd meeting"),
    "c2025/para_7": Source("c2025/para_7", "2025-10-20", "Declaration", "3rd meeting"),
    "s2019": Source("s2019", "2019-05", "Speech", side="arvena", standing="observed"),
}


@pytest.fixture
def index() -> Index:
    found = Index(sqlite3.connect(":memory:"))
    assert found.put(ENTRIES) == len(ENTRIES)
    return found


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("海上秩序", "zh-Hans", "海上 上秩 秩序 序"),
        ("Учёные лесов", "ru", "учн лес"),
        ("Ｇ20 ﬁsheries", "en", "g20 fisheri"),
        ("2025年10月", "zh-Hans", "2025 年 10 月"),
        ("", "en", ""),
    ],
)
def test_the_token_string_is_what_both_engines_index(text: str, language: str, expected: str) -> None:
    assert token_string(text, language) == expected


@pytest.mark.parametrize(
    ("query", "language", "refs"),
    [
        ("海上秩序", "zh-Hans", {"c2024/para_3", "c2025/para_7"}),
        ("公正", "zh-Hans", {"c2024/para_3"}),
        ("林", "zh-Hans", {"x"}),
        ("会", "zh-Hans", {"x"}),
        ("上公", "zh-Hans", set()),
        ("справедливого порядка", "ru", {"c2024/para_3"}),
        ("озера", "ru", {"x"}),
        ("ученым", "ru", {"x"}),
        ("just order", "en", {"c2024/para_3", "s2019"}),
        ("order just", "en", set()),
        ('a" OR "b', "en", set()),
        ("", "en", set()),
        ("***", "en", set()),
    ],
)
def test_a_phrase_is_found_in_any_inflection_and_as_substring(index: Index, query: str, language: str, refs: set[str]) -> None:
    assert {hit.ref for hit in index.search(query, language)} == refs


def test_words_anywhere_and_any_of_them(index: Index) -> None:
    assert {hit.ref for hit in index.search("order just", "en", mode="all")} == {"c2024/para_3", "s2019"}
    assert {hit.ref for hit in index.search("lasting speaker", "en", mode="any")} == {"c2025/para_7", "s2019"}
    assert index.search("order", "en", only="ru") == []


def test_an_entry_put_again_replaces_the_old_one(index: Index) -> None:
    index.put([("x", "ru", "Стороны говорили о рыболовстве.")])
    assert index.search("озёр", "ru") == []
    assert [hit.ref for hit in index.search("рыболовство", "ru")] == ["x"]


def test_a_removed_reference_leaves_no_words_behind(index: Index) -> None:
    assert index.remove("c2024/para_3") == 3
    assert index.search("公正", "zh-Hans") == []
    assert index.versions("c2024/para_3") == {}


def test_traditional_characters_find_simplified_ones() -> None:
    fold = traditional_to_simplified()
    if fold is None:
        pytest.skip("opencc is not installed")
    found = Index(sqlite3.connect(":memory:"), fold)
    found.put([("vclt", "zh-Hant", "條約必須遵守"), ("law", "zh-Hans", "条约的缔结")])
    assert {hit.ref for hit in found.search("条约", "zh-Hans")} == {"vclt", "law"}
    assert {hit.ref for hit in found.search("條約", "zh-Hant")} == {"vclt", "law"}


def test_queries_are_quoted_for_the_engine() -> None:
    assert query_string("海上秩序", "zh") == '"海上 上秩 秩序"'
    assert query_string("海", "zh") == '"海"*'
    assert query_string("order sea", "en", "any") == '"order" OR "sea"'


def test_vectors_are_searched_by_nearness() -> None:
    rows = np.eye(4, dtype=np.float16)
    found = VectorIndex("0" * 64, [("a", "en"), ("b", "en"), ("c", "ru"), ("d", "ru")], rows)
    assert [key for key, _ in found.search(np.array([0.1, 0.9, 0.3, 0], dtype=np.float32), 2)] == [("b", "en"), ("c", "ru")]


def test_rankings_are_fused_by_reciprocal_rank() -> None:
    assert fuse([["a", "b", "c"], ["b", "d"]])[0] == "b"
    assert fuse([]) == []


def test_the_nearest_passage_is_cut_at_words() -> None:
    text = "In Port Sarn the Sides support a balanced and just order at sea, and more."
    assert nearest_passage("balanced and fair order", text).startswith("balanced and just order")


def test_precedents_come_with_their_date_their_languages_and_the_drift(index: Index) -> None:
    found = precedents("a balanced and just order at sea", "en", index, SOURCES)
    assert [item.source.ref for item in found] == ["s2019", "c2024/para_3", "c2025/para_7"]
    assert found[0].is_exact
    assert found[1].versions["zh-Hans"] == "双方支持平衡和公正的海上秩序。"
    assert [(piece.op, piece.text) for piece in found[2].pieces if piece.op != "keep"] == [("delete", "lasting"), ("insert", "just")]


def test_a_precedent_in_other_languages_only_is_shown_without_a_diff(index: Index) -> None:
    found = precedents("protection of forests", "en", index, SOURCES | {"x": Source("x", "2023")}, near=["x"])
    assert [(item.source.ref, item.pieces) for item in found if item.source.ref == "x"] == [("x", ())]


def test_the_line_tells_when_each_side_began_to_say_it(index: Index) -> None:
    line = said_by_side(precedents("a balanced and just order at sea", "en", index, SOURCES))
    assert [(said.date, said.is_exact) for said in line["arvena"]] == [("2019-05", True)]
    assert [(said.date, said.is_exact) for said in line[""]] == [("2024-06-03", True), ("2025-10-20", False)]
