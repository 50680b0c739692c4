"""Redlines by token, as Word tracked changes, and the file that comes back."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.texts.adoption import hindrances
from comity.texts.checks import check, waive
from comity.texts.diff import Piece, token_diff
from comity.texts.imports import structure_docx
from comity.texts.imports.package import Package, w
from comity.texts.imports.word import paragraph_text
from comity.texts.model import TextVersion
from comity.texts.redline import lines, redline
from comity.texts.returned import proposals
from comity.texts.structure import structure
from comity.texts.word import docx, redline_docx
from texts.support import LANGUAGES, NAMES, sample, version

WHEN = "2026-11-12T10:00:00Z"
TEXT = st.text(alphabet="议会应可 abя,1.", max_size=30)


def shown(old: str, new: str) -> str:
    signs = {"keep": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(signs[piece.op].format(piece.text) for piece in token_diff(old, new))


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = token_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "insert") == old
    assert "".join(piece.text for piece in pieces if piece.op != "delete") == new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("双方应进行磋商。", "双方可进行磋商。", "双方[-应-]{+可+}进行磋商。"),
        ("Стороны должны", "Стороны могут", "Стороны [-должны-]{+могут+}"),
        ("up to 3.5 million", "up to 4.5 million", "up to [-3.5-]{+4.5+} million"),
        ("the first half", "the second part", "the [-first half-]{+second part+}"),
        ("委员会每年举行会议", "委员会每年至少举行会议", "委员会每年{+至少+}举行会议"),
        ("same", "same", "same"),
    ],
)
def test_a_change_is_a_word_a_number_or_a_han_character(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="议会应可进行磋商双方每年", min_size=4, max_size=40), st.integers(0, 39), st.sampled_from("甲乙丙"))
def test_one_changed_han_character_is_marked_and_nothing_else(text: str, at: int, new: str) -> None:
    at %= len(text)
    pieces = token_diff(text, text[:at] + new + text[at + 1 :])
    assert [piece for piece in pieces if piece.op != "keep"] == [Piece("delete", text[at]), Piece("insert", new)]


def edited(language: str) -> tuple[TextVersion, TextVersion]:
    old = version("agreement", language)
    text = sample("agreement", language)
    swaps = {
        "en": [
            ("monitor", "follow"),
            ("up to 3.5 million", "up to 4.5 million"),
            ("Article 6\nExpenses\n\n", "Article 6\nCosts\n\nA new paragraph.\n\n"),
        ],
        "ru": [("следить за выполнением", "наблюдать за выполнением"), ("до 3,5 млн", "до 4,5 млн"), ("б) образование и молодёжь;\n", "")],
        "zh-Hans": [("监督两国间协定", "监察两国间协定"), ("350万美元", "450万美元"), ("（三）环境，特别是：", "（三）自然环境，特别是：")],
    }
    for before, after in swaps[language]:
        assert before in text
        text = text.replace(before, after, 1)
    return old, structure(text, language).version


def paragraphs(data: bytes, *, original: bool) -> list[str]:
    body = Package(data).part("word/document.xml")
    return [text for node in body.iter(w("p")) if (text := paragraph_text(node, original=original))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(language: str) -> None:
    old, new = edited(language)
    data = redline_docx(redline(old, new), language, author="Arvena", date=WHEN)
    assert paragraphs(data, original=False) == [line.text for line in lines(new)]
    assert paragraphs(data, original=True) == [line.text for line in lines(old)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_unchanged_lines_carry_no_changes(language: str) -> None:
    old, new = edited(language)
    changed = [line for line in redline(old, new) if line.is_changed]
    assert 3 <= len(changed) <= 8
    assert not any(line.is_changed for line in redline(old, old))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_word_copy_is_read_back_as_the_same_text(name: str, language: str) -> None:
    text = version(name, language)
    again = structure_docx(docx(text), language).version
    assert [(item.eid, item.text) for item in again.walk()] == [(item.eid, item.text) for item in text.walk()]


def test_the_same_text_gives_the_same_word_file() -> None:
    assert docx(version("agreement", "ru")) == docx(version("agreement", "ru"))


def test_the_word_file_opens_in_another_library() -> None:
    library = pytest.importorskip("docx", reason="python-docx is not installed")
    old, new = edited("zh-Hans")
    document = library.Document(io.BytesIO(redline_docx(redline(old, new), "zh-Hans", author="Kelmor & Co", date=WHEN)))
    assert document.paragraphs[0].text == new.title


def test_a_returned_file_gives_its_changes_as_proposals() -> None:
    old, new = edited("ru")
    found = proposals(redline_docx(redline(old, new), "ru", author="Kelmor", date=WHEN), old)
    assert {item.author for item in found} == {"Kelmor"}
    assert "art_2__para_1__point_b" in [item.eid for item in found]
    gone = next(item for item in found if item.eid == "art_5__point_b")
    assert gone.old.endswith("молодёжь;")
    assert gone.new == ""


def test_a_returned_file_gives_its_comments_with_the_words_they_mark() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        ns = w("p")[1:].split("}")[0]
        file.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{ns}"><w:body><w:p><w:r><w:t xml:space="preserve">The Sides </w:t></w:r>'
            '<w:commentRangeStart w:id="4"/>'
            ""
            '<w:r><w:t>shall</w:t></w:r><w:commentRangeEnd w:id="4"/><w:r><w:t xml:space="preserve"> agree.</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
        file.writestr(
            "word/comments.xml",
            f'<w:comments xmlns:w="{ns}"><w:comment w:id="4" w:author="Kelmor" w:date="{WHEN}">'
            "<w:p><w:r><w:t>May?</w:t></w:r></w:p></w:comment></w:comments>",
        )
    (found,) = proposals(data.getvalue(), structure("The Sides shall agree.", "en").version)
    assert (found.kind, found.eid, found.author, found.old, found.new) == ("comment", "para_1", "Kelmor", "shall", "May?")


def test_adoption_waits_for_languages_brackets_and_errors() -> None:
    versions = {language: version("communique", language) for language in LANGUAGES}
    assert hindrances(versions, LANGUAGES, check(versions)) == []
    assert any("no version in fr" in str(reason) for reason in hindrances(versions, (*LANGUAGES, "fr"), check(versions)))
    open_text = structure(sample("communique", "ru").replace("обязуются", "[обязуются]"), "ru").version
    bracketed = versions | {"ru": open_text}
    waived = waive(check(bracketed), {item.key: "agreed by phone" for item in check(bracketed)})
    assert [(reason.eid, str(reason)) for reason in hindrances(bracketed, LANGUAGES, waived)] == [("para_3", "Brackets are open in ru.")]
    wrong = versions | {"ru": structure(sample("communique", "ru").replace("14 из 18", "15 из 18"), "ru").version}
    assert any(str(reason).startswith("NUM at para_2") for reason in hindrances(wrong, LANGUAGES, check(wrong)))
