"""The scorer, the marked-up gold texts, and the floor below which the reader must not fall."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.errors import Malformed
from comity.press.gold import load, parse
from comity.press.model import Reading
from comity.press.readers import read
from comity.press.scorer import calibration_error, interval, iou, match, report, same_name, score_text

GOLD = Path(__file__).parent / "gold"


def test_marks_become_spans_of_the_plain_text() -> None:
    gold = parse(
        "[[s Maria Holm|We will [[c pledge Maria Holm|meet [[d 2026-05|in May]]]]]], she said."
        "\n===\ndate: 2026-03-04\nP Maria Holm | speaker\nM talks | 3 | Ravik | 2026-05\n"
    )
    assert gold.text == "We will meet in May, she said."
    (statement,), (commitment,) = gold.reading.statements, gold.reading.commitments
    assert gold.text[slice(*statement.span)] == "We will meet in May"
    assert commitment.due is not None
    assert (commitment.nature, commitment.who, commitment.due.date) == ("pledge", ("Maria Holm",), "2026-05")
    assert (gold.reading.meetings[0].ordinal, gold.reading.persons[0].role) == (3, "speaker")


def test_an_open_mark_is_refused() -> None:
    with pytest.raises(Malformed):
        parse("[[s X|never closed")


def test_spans_are_matched_one_to_one_best_first() -> None:
    assert match([(0, 10), (0, 9)], [(0, 9)]) == [(1, 0)]
    assert iou((0, 10), (5, 15)) == pytest.approx(1 / 3)


def test_a_perfect_reading_scores_one_and_an_empty_one_zero() -> None:
    for gold in load(GOLD / "dev"):
        perfect = score_text(gold.reading, gold.reading).counts
        empty = score_text(Reading(gold.reading.language, gold.reading.sha256, "", ""), gold.reading).counts
        assert all(c.f1 == 1 for c in perfect.values() if c.gold)
        assert all(c.f1 == 0 for c in empty.values() if c.gold)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Zhao Leji", "Чжао Лэцзи", True),
        ("the State Duma", "State Duma", True),
        ("Volodin", "Vyacheslav Volodin", True),
        ("Holm", "Reed", False),
        (None, None, True),
        ("Holm", None, False),
    ],
)
def test_names_are_compared_beyond_spelling(a: str | None, b: str | None, same: bool) -> None:
    assert same_name(a, b) is same


def test_the_calibration_error_is_nought_when_confidence_is_right() -> None:
    assert calibration_error([(1.0, True)] * 3 + [(0.0, False)] * 3) == 0
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)


@pytest.mark.parametrize(("language", "content", "commitment"), [("en", 0.85, 0.75), ("ru", 0.85, 0.75), ("zh", 0.85, 0.75)])
def test_the_rules_do_not_fall_behind_on_the_development_half(language: str, content: float, commitment: float) -> None:
    scores = []
    for gold in load(GOLD / "dev" / language):
        reading = read(gold.text, language, None, date.fromisoformat(gold.date) if gold.date else None)
        scores.append(score_text(reading, gold.reading))
    result = report(scores)
    assert result["content_iou"]["f1"] >= content
    assert result["commitment_iou"]["f1"] >= commitment
    low, high = interval(scores, "content_iou", lambda c: c.f1)
    assert low <= result["content_iou"]["f1"] <= high


@pytest.mark.parametrize("half", ["dev", "heldout"])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_both_parts_have_their_texts_in_each_language(half: str, language: str) -> None:
    there = len([g for g in load(GOLD / half / language) if g.reading.language == language])
    assert there >= 20
