"""One paper in three forms: the same words, the same bytes again, and nothing of the words is ever run."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx as word
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from comity.errors import Malformed, Unsafe
from comity.papers import (
    CannotPrint,
    Chart,
    Facts,
    Foot,
    Heading,
    Item,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Rule,
    Run,
    SideBySide,
    Signatures,
    Table,
    docx,
    html,
    pdf,
    typeset,
    unprintable,
)
from comity.papers.glyphs import FOLDER, characters, vendored
from comity.papers.plain import plain, safe_svg

RING = '<svg viewBox="0 0 20 20"><circle cx="10" cy="10" r="8" fill="none" stroke="currentColor"/></svg>'
HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "$ x $ @ref <label> *b* _i_ `code` \\n \\u{41}",
    '"]) #eval("1+1") #([',
    "<script>alert(1)</script> & </w:t></w:r>",
    "]]> <!-- --> <?xml?>",
    "= Title\n- item\n+ item\n/ term: x",
    '{"t":"break"}',
    '// comment /* */ #import "@preview/x:1"',
)


def sample(language: str = "zh-Hans") -> Paper:
    return Paper(
        "关于第三次会议的联合公报",
        language,
        (
            Heading("总则", number="第一章"),
            Paragraph(["双方一致认为：", Run("《条约》", bold=True), "运行良好。"]),
            Item("双方同意设立小组。", "一、"),
            Item("每年开会一次。", "（一）", depth=1),
            Table(["项目", "数量"], [["文本", "12"], ["承诺"]], caption="统计", numeric=[1]),
            SideBySide(
                ("zh-Hans", "ru", "en"),
                ("中文", "Русский", "English"),
                (
                    ((Paragraph("合作。"),), (Paragraph("Сотрудничество."),), (Paragraph("Cooperation."),)),
                    ((Paragraph("仅此。"),), None, None),
                ),
            ),
            Facts([("地点", "奥斯特雷尔")]),
            Rule(),
            Chart(RING, "一个圆环", "图一", 0.2),
            PageBreak(),
            Paragraph("注。", small=True),
            Signatures((("阿尔维纳国民议会代表",), ("凯尔莫议会代表",))),
        ),
        subtitle="2025年11月20日",
        kind="联合公报",
        date=date(2025, 11, 20),
        foot=Foot("阿尔维纳文本", (("SHA-256", "ab" * 32), ("行为", "cd" * 32)), RING, "生效"),
        register="treaty",
    )


def read(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize("make", [pdf, docx, lambda paper: html(paper).encode()])
def test_the_same_paper_gives_the_same_bytes(make) -> None:
    assert make(sample()) == make(sample())


def test_a_pdf_is_tagged_has_its_language_title_and_date_and_holds_the_words_in_their_scripts() -> None:
    reader = PdfReader(io.BytesIO(pdf(sample())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata.title == "关于第三次会议的联合公报"
    assert reader.metadata.creation_date.date() == date(2025, 11, 20)
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    text = read(pdf(sample())).replace("\n", "").replace(" ", "")
    for words in ("双方同意设立小组", "Сотрудничество", "Cooperation", "仅此", "abab", "凯尔莫议会代表", "1/2"):
        assert words in text


def test_a_word_file_opens_with_its_headings_tables_and_foot() -> None:
    found = word.Document(io.BytesIO(docx(sample())))
    assert [p.text for p in found.paragraphs if p.style.name == "heading 1" or p.style.name == "Heading 1"] == ["第一章 总则"]
    assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == [["项目", "数量"], ["文本", "12"], ["承诺", ""]]
    assert [cell.text for cell in found.tables[1].rows[1].cells] == ["合作。", "Сотрудничество.", "Cooperation."]
    assert "abab abab" in "\n".join(p.text for p in found.sections[0].footer.paragraphs)
    assert found.core_properties.title == "关于第三次会议的联合公报"


def test_html_marks_the_language_of_every_foreign_passage_and_has_no_style_or_script() -> None:
    found = lxml_html.fromstring(html(sample()))
    assert found.get("lang") == "zh-Hans"
    assert [cell.get("lang") for cell in found.xpath('//table[@class="paper-beside"]/tbody/tr[1]/td')] == ["zh-Hans", "ru", "en"]
    assert not found.xpath("//script | //style | //@style | //@onclick")


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_printed_as_they_stand_and_never_run(text: str) -> None:
    paper = Paper(
        text,
        "en",
        (
            Paragraph(text),
            Heading(text, number=text),
            Item(text, text),
            Table([text], [[text]]),
            Facts([(text, text)]),
            Signatures(((text,),)),
        ),
        subtitle=text,
        kind=text,
        foot=Foot(text),
    )
    inside = [t for page in PdfReader(io.BytesIO(pdf(paper))).pages for t in [page.extract_text()]]
    squeezed = "".join("".join(inside).split())
    assert "".join(text.split()) in squeezed
    wanted = " ".join(text.split())
    assert any(" ".join(p.text.split()) == wanted for p in word.Document(io.BytesIO(docx(paper))).paragraphs)
    assert " ".join(lxml_html.fromstring(html(paper)).xpath("string(//h2)").split()).replace(" ", "") == wanted.replace(" ", "")
    assert "<script" not in html(paper)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
@example("\uef00")  # of private use
@example("\u1b6b")  # a mark that no font has
@example("\uf91a")  # a compatibility ideograph: fonts are asked for another one
def test_no_words_whatever_break_a_paper(text: str) -> None:
    paper = Paper(
        text, "ru", (Paragraph(text), Item(text, text[:3]), Table([text], [[text]], caption=text)), foot=Foot(text, ((text, text),))
    )
    assert pdf(paper, show_missing=True).startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(docx(paper))) as file:
        for name in file.namelist():
            etree.fromstring(file.read(name))
    assert lxml_html.fromstring(html(paper)).tag == "article"


def test_a_character_that_no_font_has_is_named_and_printed_as_its_code_point_only_if_asked() -> None:
    paper = Paper("\U0002ffef 姓", "zh-Hans")
    assert unprintable(paper) == ["\U0002ffef"]
    with pytest.raises(Malformed, match=r"U\+2FFEF"):
        pdf(paper)
    assert "[U+2FFEF]" in read(pdf(paper, show_missing=True))


def test_marks_that_turn_the_direction_of_writing_around_are_shown_and_not_obeyed() -> None:
    assert plain(Paper("a\u202eb\x00c", "en"))["title"] == "a\ufffdb\ufffdc"


def test_the_fonts_that_come_along_have_all_of_gb_2312_and_cyrillic_and_their_licence() -> None:
    every = [bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 88) for cell in range(1, 95)]
    wanted = {ord(pair.decode("gb2312", "ignore") or "一") for pair in every} | set(range(0x410, 0x450)) | {0x401, 0x451, 0xAB, 0xBB}
    assert wanted <= vendored()
    assert len(list(FOLDER.glob("OFL-*.txt"))) == 2
    assert sum(path.stat().st_size for path in FOLDER.glob("*.ttf")) < 6_000_000


def test_a_broken_font_file_has_no_characters(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(b"ttcf\x00")
    assert characters(tmp_path / "x.ttf") == frozenset()
    assert characters(tmp_path / "none.ttf") == frozenset()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        '<image href="https://x.example/a.png"/>',
        '<use href="http://x.example#a"/>',
        '<g onclick="x"/>',
        "<foreignObject/>",
        "<style>@import url(x)</style>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside: str) -> None:
    with pytest.raises(Unsafe):
        safe_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')


def test_a_drawing_that_is_no_xml_is_refused() -> None:
    with pytest.raises(Malformed):
        html(Paper("x", "en", (Chart("<svg", "x"),)))


def test_headings_skip_no_level() -> None:
    (part,) = plain(Paper("x", "en", (Heading("a", 3), Heading("b", 4), Heading("c", 1), Heading("d", 3))))["parts"]
    assert [block["level"] for block in part["blocks"]] == [1, 2, 1, 2]


def test_parts_have_their_own_language_title_foot_and_page() -> None:
    paper = Paper(
        "Two", "zh-Hans", (Part("一", "zh-Hans", foot=Foot("甲")), Heading("条", 2), Part("Два", "ru", foot=Foot("Б")), Paragraph("да"))
    )
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(paper))).pages]
    assert ["甲" in pages[0], "Б" in pages[0], "甲" in pages[1], "Б" in pages[1]] == [True, False, False, True]
    assert "1 / 2" in pages[0]
    found = word.Document(io.BytesIO(docx(paper)))
    assert [section.footer.paragraphs[0].text.split("\t")[0] for section in found.sections] == ["甲", "Б"]
    assert lxml_html.fromstring(f"<div>{html(paper)}</div>").xpath("//article/@lang") == ["zh-Hans", "ru"]


def test_only_addresses_of_the_web_and_of_mail_are_linked() -> None:
    made = html(Paper("x", "en", (Paragraph([Run("a", href="javascript:alert(1)"), Run("b", href="https://x.example/")]),)))
    assert lxml_html.fromstring(made).xpath("//a/@href") == ["https://x.example/"]


def test_without_typst_the_error_says_what_to_install_and_the_word_file_still_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(CannotPrint, match="comity\\[print\\]"):
        pdf(sample())
    assert not typeset.can_print()
    found = word.Document(io.BytesIO(docx(sample())))
    assert "[一个圆环]" in [p.text for p in found.paragraphs]
