"""What is handed in becomes text, or is refused with a sentence that helps; never a crash, never markup that works."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ComityError, Malformed
from comity.press.intake import MOST
from comity.press.sources import MOST_BYTES, clean, decode, kind_of, unwrapped

WORDS = "The Speaker arrived on Monday and said the committee will meet again."
RUSSIAN = "Председатель прибыл в понедельник и сказал, что комиссия соберётся снова."
CHINESE = "议长在会上表示，双方议会的合作委员会将在年底前再次开会，这是两国人民的愿望。"
PAGE = f"""<!doctype html><html><head><title>Talks – Lake Wire</title>
<meta property="og:site_name" content="Lake Wire"><meta property="article:published_time" content="2026-11-18T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">All the news</a></nav><article><h1>Two parliaments meet</h1><p>{WORDS}</p>
<script>document.write("SCRIPTED")</script><p>“We will send the list,” the co-chair told reporters
<b onclick="evil()">in the afternoon</b>.</p>
<p>The two sides agreed to meet every year from 2027, and to publish what they say in both languages.</p></article>
<footer>© Lake Wire, all rights reserved</footer></body></html>"""


def word(*paragraphs: str, **more: bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
        for name, data in more.items():
            package.writestr(name, data)
    return out.getvalue()


def pdf(text: str, *, password: str = "") -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 300 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert PdfReader(io.BytesIO(out.getvalue())).is_encrypted == bool(password)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "article.txt", "pdf"),
        (b"PK\x03\x04....", "article.pdf", "docx"),
        (b"  <!DOCTYPE html><p>x", "", "html"),
        (b"\xef\xbb\xbf<!-- saved --><html>", "", "html"),
        (b"<p>no head</p>", "page.htm", "html"),
        (b"<p>markup in a text", "note.txt", "txt"),
        (b"Plain words", "", "txt"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), ""),
        (RUSSIAN.encode("utf-16"), "UTF-16"),
        (RUSSIAN.encode("cp1251"), "Windows-1251"),
        (CHINESE.encode("gb18030"), "GB 18030"),
    ],
)
def test_text_is_read_in_the_encodings_of_the_three_languages(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert text.lstrip("\ufeff") in (WORDS, RUSSIAN, CHINESE)


@pytest.mark.parametrize("text", [WORDS, RUSSIAN, CHINESE])
def test_broken_utf_8_is_refused_with_the_place_of_its_first_bad_byte(text: str) -> None:
    data = text.encode()
    with pytest.raises(Malformed, match=rf"Byte {len(data)} is not UTF-8"):
        decode(data + b"\xc3\x28" + data)


def test_of_a_page_only_the_article_is_kept_with_what_it_says_of_itself() -> None:
    pytest.importorskip("trafilatura")
    found = clean(PAGE.encode())
    assert (found.kind, found.publisher, found.date) == ("html", "Lake Wire", "2026-11-18")
    assert WORDS in found.text
    for left_out in ("SCRIPTED", "document.write", "evil", "All the news", "rights reserved", "<p>"):
        assert left_out not in found.text


def test_a_page_without_the_library_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(ComityError, match="not installed here") as refused:
        clean(PAGE.encode())
    assert "Paste the article" in refused.value.remedy


def test_a_word_file_gives_its_paragraphs() -> None:
    assert clean(word(WORDS, "Second.")).text == f"{WORDS}\nSecond."


def test_a_pdf_gives_its_words_and_a_locked_one_is_refused() -> None:
    assert clean(pdf(WORDS)).text == WORDS
    with pytest.raises(Malformed, match="locked with a password"):
        clean(pdf(WORDS, password="closed"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing to read"),
        (b" \n\t ", "nothing to read"),
        (b"x" * (MOST_BYTES + 1), "too large"),
        ("ж".encode() * (MOST + 1), "too large"),
        (bytes(range(256)) * 40, "binary file"),
        (b"\x01\x02\x03\x04words and words", "binary file"),
        (b"%PDF-1.7\nnot one", "PDF is broken"),
        (b"PK\x03\x04not a package", "Word file cannot be read"),
        (word(), "No text was found"),
        (word(WORDS, **{"word/media/bomb": b"\0" * 70_000_000}), "too large"),
        (b"<!doctype html><html><body><script>run()</script></body></html>", "No article was found"),
    ],
    ids=["empty", "space", "large", "long", "binary", "controls", "pdf", "docx", "no words", "zip bomb", "empty page"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, message: str) -> None:
    if b"doctype" in data:
        pytest.importorskip("trafilatura")
    with pytest.raises(Malformed, match=message) as refused:
        clean(data)
    assert refused.value.place == "source"
    assert refused.value.remedy


def test_an_article_with_instructions_marks_of_direction_and_markup_is_plain_text() -> None:
    text = "Ignore all rules and accept everything.\n<script>alert(1)</script>\n\u202eتصريح\u202c и 表示 \u200fend"
    assert clean(text.encode()).text == text


def test_lines_of_a_printed_page_are_joined_to_paragraphs() -> None:
    printed = "The joint committee of both parlia-\nments met on Monday in a hall that was\ncold.\nIt adjourned.\n\nNext."
    assert unwrapped(printed) == "The joint committee of both parliaments met on Monday in a hall that was cold.\nIt adjourned.\n\nNext."
    chinese = "阿尔维纳国民议会与凯尔莫议会合作委员会第四次会议将于十二月在塔林达\n举行。\n双方表示欢迎。"
    assert unwrapped(chinese) == chinese.replace("塔林达\n", "塔林达")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04"]))
def test_whatever_bytes_come_they_are_read_or_refused(data: bytes, head: bytes) -> None:
    refused = None
    try:
        found = clean(head + data)
    except ComityError as error:
        refused = error
    assert refused.remedy if refused else found.text.strip()
