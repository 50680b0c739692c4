"""Files from outside: Word, HTML, Akoma Ntoso; read where they can be, refused where they must."""

from __future__ import annotations

import io
import zipfile

import pytest

from comity.errors import ComityError, Malformed, Unsafe
from comity.texts.akn import to_akn
from comity.texts.imports import structure_akn, structure_docx, structure_file, structure_html
from comity.texts.imports.package import W
from comity.texts.sound import unseen
from texts.support import LANGUAGES, META, NAMES, sample, version

HEAD = f'<w:document xmlns:w="{W}"><w:body>'


def docx(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", HEAD + body + "</w:body></w:document>")
        for name, text in parts.items():
            file.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="FORM"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_word_file_gives_the_same_provisions_as_the_plain_text(name: str, language: str) -> None:
    lines = [line for line in sample(name, language).split("\n") if line]
    assert structure_docx(docx("".join(paragraph(line) for line in lines)), language).version == version(name, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_the_same_provisions_as_the_plain_text(name: str, language: str) -> None:
    lines = [line for line in sample(name, language).split("\n") if line]
    page = "<html><head><title>x</title><script>var a = 1</script></head><body>" + "".join(f"<p>{line}</p>" for line in lines)
    assert structure_html(page.encode(), language).version == version(name, language)


@pytest.mark.parametrize("form", ["lowerLetter", "russianLower", "chineseCounting", "ideographTraditional", "lowerRoman", "decimal"])
def test_numbers_that_word_counts_itself_are_read(form: str) -> None:
    body = "".join(
        paragraph(text, numbered(level))
        for text, level in [("First.", 0), ("Second:", 0), ("one;", 1), ("two.", 1), ("Third:", 0), ("again.", 1)]
    )
    text = structure_docx(docx(body, numbering=NUMBERING.replace("FORM", form)), "en").version
    assert [item.eid for item in text.walk()] == ["para_1", "para_2", "para_2__point_a", "para_2__point_b", "para_3", "para_3__point_a"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>The Sides </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t> agree.</w:t></w:r></w:p>"
    )
    assert structure_docx(docx(body), "en").version.provisions[0].text == "The Sides shall agree."


def test_what_a_word_file_holds_beside_words_is_said() -> None:
    body = "<w:p><w:r><w:t>Text.</w:t><w:footnoteReference/></w:r></w:p>"
    assert [warning.code for warning in structure_docx(docx(body), "en").warnings] == ["UNREAD"]


def test_lists_of_a_page_are_counted() -> None:
    page = "<ol><li>One:<ol type='a'><li>first;</li><li>second.</li></ol></li><li>Two.</li></ol>"
    assert [item.eid for item in structure_html(page.encode(), "en").version.walk()] == [
        "para_1",
        "para_1__point_a",
        "para_1__point_b",
        "para_2",
    ]


def test_lists_of_a_page_may_nest_twenty_deep() -> None:
    page = "<ol><li>word" * 20 + "</li></ol>" * 20
    assert len(list(structure_html(page.encode(), "en").version.walk())) >= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_signed_file_is_read_back_whatever_its_layout(name: str, language: str) -> None:
    data = to_akn(version(name, language), META)
    loose = b'<?xml version="1.0"?>\n' + data.replace(b"\n<", b"\n   <")
    assert structure_akn(data, language).version == version(name, language)
    assert structure_akn(loose, language).version == version(name, language)


def test_foreign_akoma_ntoso_keeps_its_hierarchy_and_loses_its_markup() -> None:
    data = (
        b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta/><body><section eId="sec_4"><num>4</num>'
        b"<heading>Fees</heading><subsection><num>(1)</num><content><p>A <b>fee</b> of <ref href='#x'>ten</ref>.</p></content></subsection>"
        b"<subsection><num>(2)</num><content><blockList><listIntroduction>Not for:</listIntroduction>"
        b"<item><num>(i)</num><p>youth;</p></item>"
        b"<item><num>(ii)</num><p>others.</p></item></blockList></content></subsection></section></body></act></akomaNtoso>"
    )
    text = structure_akn(data, "en").version.by_eid()
    assert list(text)[:3] == ["sec_4", "subsec_1", "subsec_2"]
    assert text["sec_4"].heading == "Fees"
    assert "A fee of ten." in [item.text for item in text.values()]
    assert [eid.rsplit("__", 1)[-1] for eid in text if "point" in eid] == ["point_a", "point_b"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 61_000_000)
    return out.getvalue()


def cut() -> bytes:
    whole = docx(paragraph("A sentence that is long enough to be packed. " * 40))
    at = whole.index(b"word/document.xml") + 60
    return whole[:at] + b"\x00" * 30 + whole[at + 30 :]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04 nonsense"),
        ("a.docx", b""),
        ("a.docx", bomb()),
        ("a.docx", cut()),
        ("a.docx", docx("").replace(b"word/document.xml", b"word/documents.xm")),
        ("a.docx", docx('<w:p>&undefined;</w:p>')),
        ("a.html", b"\xff\xff\xff"),
        ("a.txt", b"\x80abc"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"),
        ("a.xml", b"<a/>"),
        ("a.xml", b"<a" * 10),
        ("a.pdf", b"%PDF"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_place_and_remedy(name: str, data: bytes) -> None:
    with pytest.raises((Malformed, Unsafe)) as refusal:
        structure_file(name, data, "en")
    assert refusal.value.place
    assert refusal.value.remedy


@pytest.mark.parametrize("text", ["\x00" * 100, "(" * 5000, "a) " * 3000, "1. " * 3000, "\u202e" * 50 + "abc", "第" * 5000, "- " * 3000])
def test_odd_text_is_read_or_refused_but_never_hangs(text: str) -> None:
    try:
        result = structure_file("a.txt", text.encode(), "en")
    except ComityError:
        return
    assert not unseen("".join(item.text for item in result.version.walk()))
