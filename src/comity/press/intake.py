"""Taking a text in: bytes to code points, refusals that name the place, and the language by its script.

The text is never changed: a byte order mark, right-to-left marks and odd spaces stay where they are, because offsets count them.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from comity.errors import Malformed

LANGUAGES = ("en", "ru", "zh")
MOST = 1_000_000  # code points; the longest verbatim record of a sitting stays below this

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, *, place: str = "text") -> str:
    """UTF-8 bytes as text. Raises :class:`Malformed` with the byte's position if they are not UTF-8, or look like a binary file."""
    if len(data) > 4 * MOST:
        raise Malformed(f"The file has {len(data):,} bytes.", place=place, remedy=f"Cut it into texts of at most {MOST:,} characters.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        remedy = "Save the text as UTF-8; if it is a PDF or Word file, hand in its text."
        raise Malformed("These bytes are not UTF-8.", place=f"{place}, byte {error.start}", remedy=remedy) from None
    check(text, place=place)
    return text


def check(text: str, *, place: str = "text") -> None:
    """Refuse what cannot be an article: nothing but space, too long, a binary file, or code points that no file can hold."""
    if not text.strip():
        raise Malformed("There is nothing to read.", place=place, remedy="Paste the article's text.")
    if len(text) > MOST:
        raise Malformed(f"The text has {len(text):,} characters.", place=place, remedy=f"Cut it into texts of at most {MOST:,} characters.")
    controls = _CONTROL.search(text)
    if controls is not None and len(_CONTROL.findall(text)) > max(2, len(text) // 200):
        raise Malformed("This looks like a binary file.", place=f"{place}, character {controls.start()}", remedy="Hand in plain text.")
    if not text.isascii() and (half := _HALF.search(text)) is not None:
        raise Malformed("Half a surrogate pair stands here.", place=f"{place}, character {half.start()}", remedy="Save the text as UTF-8.")


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in lower-case hex."""
    return sha256(text.encode("utf-8")).hexdigest()


def guess_language(text: str) -> str | None:
    """``en``, ``ru`` or ``zh`` by the script that most of the text is in; ``None`` if it is in none of the three.

    One Han character weighs as much as three letters, since it is about a word. Ukrainian and other Cyrillic languages are taken for
    Russian.
    """
    sample = text[:20_000]
    weights = {"zh": 3 * len(_HAN.findall(sample)), "ru": len(_CYRILLIC.findall(sample)), "en": len(_LATIN.findall(sample))}
    best = max(weights, key=lambda language: weights[language])
    return best if weights[best] else None


def is_word_inside(text: str, start: int, end: int) -> bool:
    """Whether ``start:end`` cuts a word of letters in two (used for alphabetic scripts only)."""
    before = start > 0 and text[start - 1].isalpha() and text[start].isalpha()
    after = 0 < end < len(text) and text[end - 1].isalpha() and text[end].isalpha()
    return before or after


def script_of(char: str) -> str:
    """The first word of a character's Unicode name: ``LATIN``, ``CYRILLIC``, ``CJK``, or empty."""
    return unicodedata.name(char, "").partition(" ")[0]
