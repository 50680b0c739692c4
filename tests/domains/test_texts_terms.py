"""Approving terms: what may be said, and what is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Plan
from comity.texts.term_acts import APPROVE_TERM, read_approval
from domains.known import FORWARD, FOUNDING, TEXT, an_act, known, saying

FIRST = "9" * 64


def term(lang: str, text: str, use: str = "preferred") -> dict[str, str]:
    return {"lang": lang, "text": text, "use": use}


def body(**more: Any) -> dict[str, Any]:
    return {
        "key": "border-waters",
        "terms": [term("zh-Hans", "边境水域"), term("ru", "пограничные воды"), term("en", "border waters")],
        **more,
    }


def plan(said: Mapping[str, Any], *others: Any, **how: Any) -> Plan:
    acts = known()
    acts.acts.update({act.id: act for act in others})
    return TYPES[APPROVE_TERM].plan(saying(APPROVE_TERM, said, **how), acts)


def test_a_term_is_approved_by_all_and_takes_its_key_in_the_mechanism() -> None:
    found = plan(body())
    assert found.signatories == ("arvena", "kelmor")
    assert found.writes == {"self/state", f"{FOUNDING}/term/border-waters"}


def test_a_term_names_the_adopted_text_that_defines_it() -> None:
    assert plan(body(source={"text": TEXT, "eid": "art_1"})).refs == {TEXT}
    with pytest.raises(Unsayable) as refusal:
        plan(body(source={"text": FORWARD, "eid": "art_1"}))
    assert refusal.value.place == "body.source.text"


def test_a_later_approval_writes_the_state_of_the_first_one_and_keeps_its_key() -> None:
    first = an_act(FIRST, APPROVE_TERM, body())
    assert plan(body(supersedes=FIRST), first).writes == {f"{FIRST}/state"}
    with pytest.raises(Unsayable) as refusal:
        plan(body(supersedes=FIRST, key="frontier-waters"), first)
    assert refusal.value.place == "body.key"


def test_a_later_approval_names_the_first_one_and_not_one_in_between() -> None:
    between = an_act(FIRST, APPROVE_TERM, body(supersedes="8" * 64))
    with pytest.raises(Unsayable) as refusal:
        plan(body(supersedes=FIRST), between)
    assert refusal.value.place == "body.supersedes"


def test_definitions_are_the_files_of_the_act_and_no_others() -> None:
    said = body(definitions=[{"lang": "en", "file": "definition.en.txt"}])
    assert plan(said, files={"definition.en.txt": "4" * 64}).writes
    for files in ({}, {"definition.en.txt": "4" * 64, "more.txt": "5" * 64}):
        with pytest.raises(Unsayable) as refusal:
            plan(said, files=files)
        assert refusal.value.place == "subject"


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"key": "Border waters"}, "body.key"),
        ({"terms": [term("en", "border waters"), term("en", "frontier waters", "admitted")]}, "body.terms"),
        ({"terms": [term("en", "a"), term("en", "b"), term("ru", "в")]}, "body.terms"),
        ({"terms": [term("en", "a"), term("en", "a", "admitted"), term("ru", "в")]}, "body.terms"),
        ({"terms": [term("en", "a", "usual"), term("ru", "в")]}, "body.terms[0].use"),
        ({"terms": [term("english", "a"), term("ru", "в")]}, "body.terms[0].lang"),
        ({"from": "2026-12-01", "until": "2026-11"}, "body.until"),
        ({"definitions": [{"lang": "en", "file": "a"}, {"lang": "en", "file": "b"}]}, "body.definitions"),
        ({"note": "x"}, "body"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(more: Mapping[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refusal:
        read_approval(body(**more))
    assert refusal.value.place == place
