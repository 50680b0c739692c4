"""What somebody hands in, as plain text: pasted words, a text file, a web page, a PDF, a Word file.

Nothing of it is executed or rendered; a page's scripts and forms are dropped with its frame. What cannot be read is refused with a sentence
that says what to do. The text that comes out is what spans count in; the bytes that came in are the caller's to keep.

>>> clean(b"The Speaker arrived on Monday.", "note.txt").kind
'txt'
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from comity.errors import ComityError, Malformed
from comity.press.intake import MOST

MOST_BYTES = 8 * 1024 * 1024  # of a file, or of a request that brings one
MOST_PAGES = 400  # of a PDF
KINDS = ("txt", "html", "pdf", "docx")
MEDIA_TYPES = {
    "txt": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENDS = re.compile(r"[.!?…:;。！？：；»”\"’」]\s*$")
_HAN_EDGE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]$")
_COMMON_HAN = frozenset("的一是在不了有和人这中大为上个国我以要他时来会们年员议合作表示说")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A source as text, and what its own markup says of it. ``kind`` is one of :data:`KINDS`; ``encoding`` is named if it was not UTF-8."""

    text: str
    kind: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    address: str = ""
    encoding: str = ""


def kind_of(data: bytes, name: str = "") -> str:
    """What *data* is, by its first bytes; the file's name decides only between text and a page without a head."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if _HTML.match(data[:4096]):
        return "html"
    return "html" if name.lower().endswith((".html", ".htm", ".xhtml")) else "txt"


def clean(data: bytes, name: str = "") -> Cleaned:
    """The text of a file. Raises Malformed for what is empty, too large, encrypted, binary or not text in any encoding that is read here;
    a :class:`~comity.errors.ComityError` if a page is handed in and the library that cleans it is not installed.
    """
    if not data.strip():
        raise Malformed("There is nothing to read.", place="source", remedy="Paste the text of an article, or choose a file.")
    if len(data) > MOST_BYTES:
        raise _too_large()
    readers: dict[str, Callable[[bytes], Cleaned]] = {"pdf": _pdf, "docx": _docx, "html": _html, "txt": _txt}
    found = readers[kind_of(data, name)](data)
    check_text(found.text)
    return found


def check_text(text: str) -> None:
    """Raises Malformed for what cannot be an article: nothing, too much, bytes of a binary file, half a surrogate pair."""
    if not text.strip():
        raise Malformed(
            "No text was found in it.", place="source", remedy="If it is a scan, copy its words by hand; else paste the article’s text."
        )
    if len(text) > MOST:
        raise _too_large()
    controls = len(_CONTROL.findall(text[:200_000]))
    if controls > max(2, min(len(text), 200_000) // 200):
        raise Malformed("This is not text: it looks like a binary file.", place="source", remedy="Give it as txt, html, pdf or docx.")
    if any("\ud800" <= one <= "\udfff" for one in text):
        raise Malformed("Half of a character stands in this text.", place="source", remedy="Save it again as UTF-8.")


def _too_large() -> Malformed:
    remedy = "Divide it: a file of at most {mebibytes} MiB, a text of at most {characters} characters."
    return Malformed("This is too large.", place="source", remedy=remedy, mebibytes=MOST_BYTES >> 20, characters=f"{MOST:,}")


# Text ------------------------------------------------------------------------------------


def _txt(data: bytes) -> Cleaned:
    text, encoding = decode(data)
    return Cleaned(text, "txt", encoding=encoding)


def decode(data: bytes) -> tuple[str, str]:
    """Bytes as text with the encoding's name, empty for UTF-8. An older encoding is taken only where the result is plainly Russian or
    Chinese; broken UTF-8 is refused with the place of its first bad byte.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), "UTF-16"
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        place = error.start
    if b"\x00" in data:
        raise Malformed("This is not text: it looks like a binary file.", place="source", remedy="Give it as txt, html, pdf or docx.")
    for encoding, name, plausible in (("cp1251", "Windows-1251", _russian), ("gb18030", "GB 18030", _chinese)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausible(text):
            return text, name
    raise Malformed("Byte {position} is not UTF-8.", place="source", remedy="Save the text again as UTF-8.", position=place)


def _russian(text: str) -> bool:
    """Small Cyrillic letters, as in a text; what is UTF-8 read as Windows-1251 alternates with capitals."""
    beyond = [one for one in text if ord(one) > 127]
    return bool(beyond) and sum("а" <= one <= "я" for one in beyond) > 0.75 * len(beyond)


def _chinese(text: str) -> bool:
    han = [one for one in text if "\u4e00" <= one <= "\u9fff"]
    return len(han) > 8 and sum(one in _COMMON_HAN for one in han) > 0.1 * len(han)


# Pages -----------------------------------------------------------------------------------


def _html(data: bytes) -> Cleaned:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise ComityError(
            "Web pages are read by a library that is not installed here.",
            place="source",
            remedy="Paste the article’s text, or let the operator install the extra “press”.",
        ) from None
    try:
        found: Any = bare_extraction(data, include_comments=False, include_tables=False, with_metadata=True, favor_precision=True)
    except Exception:  # the library's parsers fail in many ways on what is no page
        found = None
    if found is None or not (found.text or "").strip():
        raise Malformed("No article was found on this page.", place="source", remedy="Paste the article’s text instead.")
    title = " ".join((found.title or "").split())
    body = found.text.strip()
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    return Cleaned(
        text,
        "html",
        title[:300],
        " ".join((found.sitename or found.hostname or "").split())[:200],
        found.date if found.date and _DAY.fullmatch(found.date) else "",
        _address(found.url or ""),
    )


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url[:1000] if parts.scheme in ("http", "https") and parts.hostname else ""


# PDF -------------------------------------------------------------------------------------


def _pdf(data: bytes) -> Cleaned:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception:  # a broken file fails anywhere in the library; an encryption it does not know, too
        locked, reader = b"/Encrypt" in data, None
    if locked:
        raise Malformed("This PDF is locked with a password.", place="source", remedy="Save it without one, or paste its text.")
    if reader is None:
        raise Malformed("This PDF is broken.", place="source", remedy="Save it again, or paste its text.")
    try:
        if len(reader.pages) > MOST_PAGES:
            raise _too_large()
        pages, length = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > 2 * MOST:
                raise _too_large()
        title = " ".join(str(reader.metadata.get("/Title") or "") if reader.metadata else [])
    except Malformed:
        raise
    except Exception:
        raise Malformed("This PDF is broken.", place="source", remedy="Save it again, or paste its text.") from None
    whole = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", "\n".join(pages))
    return Cleaned("".join(one for one in unwrapped(whole) if not "\ud800" <= one <= "\udfff"), "pdf", title[:300])


def unwrapped(text: str) -> str:
    """Lines of a printed page joined to paragraphs: a line that ends no sentence goes on in the next, a hyphenated word is made whole.

    >>> unwrapped("The joint commit-\\ntee of both parliaments met on\\nMonday.\\nIt adjourned.")
    'The joint committee of both parliaments met on Monday.\\nIt adjourned.'
    """
    out: list[str] = []
    for raw in text.splitlines():
        line = raw.strip()
        before = out[-1] if out else ""
        if not line:
            if before:
                out.append("")
        elif (before and not _ENDS.search(before) and len(before) > 30) or before.endswith("-"):
            if before.endswith("-") and line[:1].islower():
                out[-1] = before[:-1] + line
            else:
                out[-1] = before + ("" if _HAN_EDGE.search(before) else " ") + line
        else:
            out.append(line)
    return "\n".join(out).strip()


# Word ------------------------------------------------------------------------------------


def _docx(data: bytes) -> Cleaned:
    from comity.errors import Unsafe
    from comity.texts.imports.package import Package
    from comity.texts.imports.word import docx_lines

    try:
        lines, _unread = docx_lines(Package(data))
    except Unsafe:
        raise _too_large() from None
    except ComityError:
        raise Malformed("This Word file cannot be read.", place="source", remedy="Save it again as docx, or paste its text.") from None
    return Cleaned("\n".join(lines).strip(), "docx")
