"""The terminology register: in and out, and candidates from the texts."""

from __future__ import annotations

import pytest

from comity.errors import Malformed
from comity.texts.terms import Concept, Register, Term, candidates, frequent, from_csv, from_tbx, to_csv, to_tbx
from texts.support import LANGUAGES, version

REGISTER = Register(
    (
        Concept(
            "committee",
            (Term("en", "Committee"), Term("ru", "Комиссия"), Term("ru", "Комитет", "forbidden"), Term("zh-Hans", "委员会")),
            "The body founded by the agreement.",
            "agreement, art_1",
            ("arvena", "kelmor"),
            "2024-06-03",
        ),
        Concept("formula", (Term("en", "=1+1"), Term("ru", "@сумма"))),
    )
)


def test_a_register_survives_csv() -> None:
    assert from_csv(to_csv(REGISTER)) == REGISTER


def test_a_cell_that_looks_like_a_formula_is_not_run_by_a_spreadsheet() -> None:
    assert ",=1+1," not in to_csv(REGISTER)


def test_a_register_survives_tbx() -> None:
    assert from_tbx(to_tbx(REGISTER)) == REGISTER


def test_the_old_martif_form_is_read() -> None:
    data = (
        b'<martif type="TBX"><text><body><termEntry id="c9"><langSet xml:lang="en">'
        b"<tig><term>ferry</term></tig></langSet>"
        b'<langSet xml:lang="ru"><tig><term>\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbc'
        b"</term></tig></langSet></termEntry></body></text></martif>"
    )
    assert from_tbx(data).concepts[0].of("ru") == ["паром"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "concept,language,term,use\nc,en,word,loved\n", "concept,language,term\n,en,word\n"])
def test_a_table_that_is_no_register_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as refusal:
        from_csv(text)
    assert refusal.value.remedy


@pytest.mark.parametrize("data", [b"", b"<tbx/>", b"<!DOCTYPE tbx><tbx/>"])
def test_a_file_without_terms_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        from_tbx(data)


def test_a_concept_holds_between_its_dates() -> None:
    assert [concept.id for concept in REGISTER.valid("2020-01-01").concepts] == ["formula"]
    assert [concept.id for concept in REGISTER.valid("2025-01-01").concepts] == ["committee", "formula"]


def test_terms_that_the_texts_define_are_proposed_in_all_languages() -> None:
    found = {item.eid: item.terms for item in candidates({language: version("agreement", language) for language in LANGUAGES})}
    assert found["art_1"] == {"en": "Committee", "ru": "Комиссия", "zh-Hans": "委员会"}


def test_recurring_sequences_of_characters_are_proposed() -> None:
    assert frequent(["合作委员会举行会议", "合作委员会设立", "合作委员会的成员"])[0] == ("合作委员会", 3)
