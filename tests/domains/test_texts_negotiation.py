"""What a side may say while a text is negotiated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Plan
from domains.known import COMMITMENT, FORWARD, TEXT, Acts, an_act, known, saying

NOTES = [{"lang": "en", "file": "comment.en.txt"}, {"lang": "ru", "file": "comment.ru.txt"}]
NOTE_FILES = {n["file"]: "5" * 64 for n in NOTES}
COMMENT = "9" * 64


def remark(**more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"text": FORWARD, "eid": "art_2__para_1", "lang": "ru", "notes": NOTES}
    return {key: value for key, value in (body | more).items() if value is not None}


def acts() -> Acts:
    found = known()
    found.acts[COMMENT] = an_act(COMMENT, "texts/comment/1", remark(), signatories=("kelmor",), files=NOTE_FILES)
    return found


def plan(kind: str, body: Mapping[str, Any], **how: Any) -> Plan:
    return TYPES[kind].plan(saying(kind, body, **how), acts())


def test_a_comment_is_one_sides_in_a_cell_of_its_own() -> None:
    said = plan("texts/comment/1", remark(), files=NOTE_FILES)
    assert (said.signatories, said.writes, said.refs) == (("arvena",), {"self/state"}, {FORWARD})


def test_a_comment_may_be_about_a_whole_text_and_about_an_adopted_one() -> None:
    assert plan("texts/comment/1", remark(eid=None, lang=None), files=NOTE_FILES).refs == {FORWARD}
    assert plan("texts/comment/1", remark(text=TEXT), files=NOTE_FILES).refs == {TEXT}


def test_an_answer_refers_to_the_comment_and_to_its_text() -> None:
    assert plan("texts/comment/1", remark(answers=COMMENT), files=NOTE_FILES).refs == {FORWARD, COMMENT}


@pytest.mark.parametrize(
    ("why", "body", "files", "place"),
    [
        ("a language the text does not have", remark(lang="fr"), NOTE_FILES, "body.lang"),
        ("a commitment for a text", remark(text=COMMITMENT), NOTE_FILES, "body.text"),
        ("an answer to a comment on another text", remark(text=TEXT, answers=COMMENT), NOTE_FILES, "body.answers"),
        ("a comment without words", remark(notes=[]), {}, "body.notes"),
        ("a language that stands twice", remark(notes=[NOTES[0], NOTES[0]]), {"comment.en.txt": "5" * 64}, "body.notes"),
        ("a file that is no note", remark(), NOTE_FILES | {"more.txt": "5" * 64}, "subject"),
        ("a place that is no provision", remark(eid="Article 2"), NOTE_FILES, "body.eid"),
    ],
)
def test_a_comment_that_makes_no_sense_is_refused_at_its_place(why: str, body: dict[str, Any], files: dict[str, str], place: str) -> None:
    with pytest.raises(Unsayable) as refused:
        plan("texts/comment/1", body, files=files)
    assert refused.value.place == place, why
