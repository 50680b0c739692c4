"""Plain text as people paste it, made fit to be read: line ends, invisible characters, hard-wrapped lines; and what was done, said
aloud."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from comity.errors import Malformed, Unsafe
from comity.texts.labels import read_label
from comity.texts.sound import MAX_BYTES, unseen

_SPACES: Final = re.compile(r"[ \t\u00a0\u2000-\u200a\u205f]+")
_ENDS: Final = tuple(".;:!?…。；：！？,，、»”’）)》」』")
_SCRIPTS: Final = {
    **dict.fromkeys(("zh",), "CJK"),
    **dict.fromkeys(("ru", "be", "kk", "mn"), "CYRILLIC"),
    **dict.fromkeys(("en", "fr", "es", "pt", "de"), "LATIN"),
    **dict.fromkeys(("ar", "fa"), "ARABIC"),
    "hi": "DEVANAGARI",
}


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should look at, though the text could be read."""

    code: str
    place: str
    message: str


def decode(data: bytes, place: str) -> str:
    """Bytes of a text file as text: UTF-8 with or without mark, or UTF-16 with its mark.

    Raises Malformed for anything else and Unsafe for more than 8 MB.
    """
    if len(data) > MAX_BYTES:
        raise Unsafe(
            "The file has {size} bytes; at most {most} are read.", place=place, remedy="Divide the text.", size=len(data), most=MAX_BYTES
        )
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Malformed(
            "Byte {number} is not {encoding}.",
            place=place,
            remedy="Save the file as UTF-8 and try again.",
            number=error.start + 1,
            encoding=encoding.upper(),
        ) from error


def tidy(text: str) -> str:
    """One paragraph without invisible characters, with single spaces and in Unicode form NFC. Non-breaking spaces become plain ones."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if char in "\t\n\r\x0b\x0c\u2028\u2029" else char for char in text)
    bad = {offset for offset, _ in unseen(text)}
    return _SPACES.sub(" ", "".join(char for offset, char in enumerate(text) if offset not in bad)).strip()


def script_share(text: str, language: str) -> float:
    """Share of the letters that belong to the script of the language, from 0 to 1; 1 where the language's script is not known or there
    are no letters."""
    script = _SCRIPTS.get(language.split("-")[0])
    letters = [char for char in text[:20_000] if char.isalpha()]
    if not script or not letters:
        return 1.0
    return sum(unicodedata.name(char, "").startswith(script) for char in letters) / len(letters)


def paragraphs(text: str, language: str) -> tuple[list[str], list[Warned]]:
    """The paragraphs of a plain text, cleaned, and what had to be cleaned.

    A line that goes on in the next (long, no stop at its end, the next begins in lower case) is joined to it.
    """
    if len(text) > MAX_BYTES:
        raise Unsafe(
            "The text has {size} characters; at most {most} are read.",
            place="text",
            remedy="Divide the text.",
            size=len(text),
            most=MAX_BYTES,
        )
    warnings = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    lines: list[str] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        if bad := [name for _, name in unseen(raw) if not name.startswith("U+0009")]:
            warnings.append(Warned("UNSEEN", f"line {number}", f"{len(bad)} invisible characters were removed, the first is {bad[0]}."))
        columns = [tidy(column) for column in re.split(r"\t+| {4,}|\u3000{3,}", raw.strip())]
        kept = [column for column in columns if column and not re.fullmatch(r"[_.…\-—=*\s]{3,}|<!--.*-->", column)]
        if not kept:
            blank = blank or not raw.strip()
            continue
        is_table = len(kept) > 1 and all(len(column) < 80 for column in kept) and not _is_bare_label(kept[0])
        if is_table:
            lines += kept
        elif not blank and lines and _goes_on(lines[-1], " ".join(kept)):
            lines[-1] = f"{lines[-1]} {' '.join(kept)}"
        else:
            lines.append(" ".join(kept))
        blank = False
    share = script_share("".join(lines), language)
    if share < 0.5:
        warnings.append(
            Warned(
                "LANGUAGE", "text", f"Only {share:.0%} of the letters are of the script of {language}; is the language declared rightly?"
            )
        )
    return lines, warnings


def _is_bare_label(column: str) -> bool:
    label = read_label(column + " ")
    return label is not None and not label.rest.strip()


def _goes_on(line: str, following: str) -> bool:
    return len(line) >= 50 and not line.endswith(_ENDS[:11]) and following[:1].islower()
