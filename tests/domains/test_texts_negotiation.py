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


VERSIONS = [{"lang": lang, "status": "authentic", "file": f"text.{lang}.xml"} for lang in ("en", "ru", "zh-Hans")]
OPEN = [{"eid": "art_2", "number": 1, "sides": ["arvena", "kelmor"], "langs": ["en", "zh-Hans"]}]
WAIVER = {"code": "NUM", "eid": "art_2", "finding": "0123456789abcdef", "by": "kelmor", "reasons": [{"lang": "en", "file": "why.en.txt"}]}
NEW = {v["file"]: "6" * 64 for v in VERSIONS}
FORWARDED = {v["file"]: digit * 64 for v, digit in zip(VERSIONS, "234", strict=True)}


def a_text(**more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"kind": "communique", "versions": VERSIONS}
    return body | more


def with_open_brackets() -> Acts:
    found = known()
    found.acts[FORWARD] = an_act(FORWARD, "texts/put-forward/1", a_text(brackets=OPEN), signatories=("kelmor",), files=FORWARDED)
    return found


def test_a_text_with_open_brackets_may_be_put_forward_and_answered() -> None:
    kind = TYPES["texts/put-forward/1"]
    assert kind.plan(saying(kind.name, a_text(brackets=OPEN), files=NEW), known()).signatories == ("arvena",)
    answer = saying(kind.name, a_text(brackets=OPEN, answers=FORWARD), files=NEW)
    assert kind.plan(answer, with_open_brackets()).refs == {FORWARD}


def test_a_text_that_was_put_forward_with_open_brackets_is_not_adopted_as_it_is() -> None:
    kind = TYPES["texts/adopt/1"]
    with pytest.raises(Unsayable, match="art_2") as refused:
        kind.plan(saying(kind.name, a_text(answers=FORWARD), files=FORWARDED), with_open_brackets())
    assert refused.value.place == "body.answers"
    half = NEW | {"text.zh-Hans.xml": "4" * 64}
    with pytest.raises(Unsayable):
        kind.plan(saying(kind.name, a_text(answers=FORWARD), files=half), with_open_brackets())


def test_it_is_adopted_in_words_that_settle_the_brackets() -> None:
    kind = TYPES["texts/adopt/1"]
    for files in (NEW, NEW | {"text.ru.xml": "3" * 64}):  # no bracket stood in the Russian version
        assert kind.plan(saying(kind.name, a_text(answers=FORWARD), files=files), with_open_brackets()).signatories == ("arvena", "kelmor")


def test_nothing_is_adopted_that_calls_itself_open() -> None:
    with pytest.raises(Unsayable) as refused:
        plan("texts/adopt/1", a_text(brackets=OPEN), files=NEW)
    assert refused.value.place == "body.brackets"


def test_no_authentic_language_gets_lost_on_the_way_to_adoption() -> None:
    two = [v for v in VERSIONS if v["lang"] != "ru"]
    with pytest.raises(Unsayable, match="ru") as refused:
        plan("texts/adopt/1", a_text(versions=two, answers=FORWARD), files={v["file"]: "6" * 64 for v in two})
    assert refused.value.place == "body.versions"
    demoted = [v | {"status": "official_translation"} if v["lang"] == "ru" else v for v in VERSIONS]
    with pytest.raises(Unsayable, match="ru"):
        plan("texts/adopt/1", a_text(versions=demoted, answers=FORWARD), files=NEW)


def test_a_finding_that_was_set_aside_is_named_with_the_file_of_its_reason() -> None:
    files = NEW | {"why.en.txt": "7" * 64}
    assert plan("texts/adopt/1", a_text(waivers=[WAIVER]), files=files).signatories == ("arvena", "kelmor")
    for wrong, place in (
        ({"waivers": [WAIVER | {"by": "sorvell"}]}, "body.brackets"),
        ({"waivers": [WAIVER | {"reasons": []}]}, "body.waivers[0].reasons"),
        ({"waivers": [WAIVER | {"finding": "x"}]}, "body.waivers[0].finding"),
        ({}, "subject"),
    ):
        with pytest.raises(Unsayable) as refused:
            plan("texts/adopt/1", a_text(**wrong), files=files)
        assert refused.value.place == place


def test_brackets_name_only_parties() -> None:
    with pytest.raises(Unsayable) as refused:
        plan("texts/put-forward/1", a_text(brackets=[OPEN[0] | {"sides": ["sorvell"]}]), files=NEW)
    assert refused.value.place == "body.brackets"
