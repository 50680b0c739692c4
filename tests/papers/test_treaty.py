"""Texts as papers: the alternat in every language, the exact words, and where the copies are signed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx as word
import pytest
from pypdf import PdfReader

from comity.errors import Unsayable
from comity.papers import Foot, Item, Paragraph, Part, SideBySide, Signatures, docx, pdf
from comity.papers.model import Block, Heading
from comity.papers.treaty import beside_paper, signing_copy, text_paper
from comity.texts.alternat import PartyNames
from comity.texts.model import TextVersion
from comity.texts.structure import structure

SAMPLES = Path(__file__).parents[1] / "texts" / "samples"
LANGUAGES = ("zh-Hans", "ru", "en")
PARTIES = (
    PartyNames(
        "arvena", {"zh-Hans": ("阿尔维纳国民议会",), "ru": ("Национальное собрание Арвены",), "en": ("National Assembly of Arvena",)}
    ),
    PartyNames("kelmor", {"zh-Hans": ("凯尔莫议会",), "ru": ("Парламент Кельмора",), "en": ("Parliament of Kelmor",)}),
)


def texts(name: str = "communique") -> dict[str, TextVersion]:
    return {lang: structure((SAMPLES / f"{name}.{lang}.txt").read_text("utf-8"), lang).version for lang in LANGUAGES}


def words(block: Block) -> str:
    number = block.number if isinstance(block, Item | Heading) else ""
    return number + "".join(run.text for run in block.runs) if isinstance(block, Paragraph | Item | Heading) else ""


@pytest.mark.parametrize("name", ["communique", "agreement", "declaration"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_and_number_of_a_version_stands_on_its_paper(name: str, lang: str) -> None:
    version = texts(name)[lang]
    paper = text_paper(version)
    printed = "".join(map(words, paper.blocks)).replace("\u3000", "")
    signed = [line for block in paper.blocks if isinstance(block, Signatures) for lines in block.blocks for line in lines]
    wanted = "".join(p.num + p.heading + p.text for p in version.walk() if p.kind != "sig")
    assert printed == wanted
    assert signed == [p.text for p in version.conclusions if p.kind == "sig"]


@pytest.mark.parametrize("first", ["arvena", "kelmor"])
def test_each_sides_copy_names_itself_first_and_is_signed_by_it_on_the_left_in_every_language(first: str) -> None:
    copy = signing_copy(texts(), PARTIES, first, feet={})
    own, other = PARTIES if first == "arvena" else PARTIES[::-1]
    seen = []
    for block in copy.blocks:
        if isinstance(block, Part):
            seen.append(block.language)
        if isinstance(block, Signatures):
            left, right = (" ".join(lines) for lines in block.blocks)
            assert _names(own, left, block.lang)
            assert _names(other, right, block.lang)
    assert seen == list(LANGUAGES)
    assert sum(isinstance(block, Signatures) for block in copy.blocks) == 3


def _names(party: PartyNames, text: str, lang: str) -> bool:
    from comity.texts.tokens import find_phrase

    return bool(find_phrase(party.names[lang][0], text, lang))


def test_a_text_without_a_signature_block_gets_a_line_to_be_signed_for_each_party() -> None:
    version = structure("关于合作的声明\n\n第一条\n阿尔维纳国民议会和凯尔莫议会合作。\n", "zh-Hans").version
    copy = signing_copy({"zh-Hans": version}, PARTIES, "kelmor", feet={})
    assert [block.blocks for block in copy.blocks if isinstance(block, Signatures)] == [(("凯尔莫议会",), ("阿尔维纳国民议会",))]
    assert "凯尔莫议会和阿尔维纳国民议会合作。" in words(copy.blocks[1])


def test_a_copy_for_a_third_is_refused() -> None:
    with pytest.raises(Unsayable):
        signing_copy(texts(), PARTIES, "sorvell", feet={})


def test_the_digest_of_each_language_stands_at_the_foot_of_its_pages_and_no_other() -> None:
    feet = {lang: Foot("Copy", (("SHA-256", digit * 64),)) for lang, digit in zip(LANGUAGES, "abc", strict=True)}
    copy = signing_copy(texts(), PARTIES, "arvena", feet=feet, day=date(2025, 11, 20))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(copy))).pages]
    marks = [[digit for digit in "abc" if " ".join([digit * 4] * 16) in " ".join(text.split())] for text in pages]
    assert all(len(found) == 1 for found in marks)
    assert [found[0] for found in marks] == sorted(found[0] for found in marks)
    assert {found[0] for found in marks} == {"a", "b", "c"}
    assert len(word.Document(io.BytesIO(docx(copy))).sections) == 3


def test_versions_side_by_side_have_a_row_for_each_provision_and_leave_a_missing_one_empty() -> None:
    versions = texts()
    short = structure("一、仅一条。\n", "zh-Hans").version
    paper = beside_paper({**versions, "zh-Hans": short}, {"ru": "Русский"}, language="en", title="Side by side")
    (table,) = paper.blocks
    assert isinstance(table, SideBySide)
    assert table.heads == ("zh-Hans", "Русский", "en")
    assert any(row[0] is None and row[1] is not None for row in table.rows)
    assert pdf(paper).startswith(b"%PDF")
