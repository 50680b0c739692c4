"""Word files into provisions: paragraphs, cells, and the numbers that Word counts itself.

Tracked changes are read as if accepted; `texts.returned` reads them as proposals. Sources: ECMA-376 part 1, 17.9 (numbering) and 17.13
(revisions).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from comity.texts.clean import Warned
from comity.texts.imports.package import Package, w
from comity.texts.model import Status
from comity.texts.numerals import STEMS, to_letters, to_roman
from comity.texts.structure import Structured, structure

_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_HAN: Final = "〇一二三四五六七八九"
_UNREAD: Final = {
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "drawing": "a picture",
    "object": "an embedded object",
}


def _han(number: int) -> str:
    if number < 10:
        return _HAN[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _HAN[tens % 10]) + "十" + (_HAN[ones] if ones else "")


def _formatted(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            text = to_letters(number)
            return text.upper() if form == "upperLetter" else text
        case "lowerRoman" | "upperRoman":
            text = to_roman(min(number, 399))
            return text.upper() if form == "upperRoman" else text
        case "russianLower" | "russianUpper":
            text = _RUSSIAN[(number - 1) % len(_RUSSIAN)]
            return text.upper() if form == "russianUpper" else text
        case "chineseCounting" | "chineseCountingThousand" | "ideographDigital" | "japaneseCounting" | "taiwaneseCounting":
            return _han(number)
        case "ideographTraditional":
            return STEMS[(number - 1) % 10]
        case "none":
            return ""
    return str(number)


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _Numbering:
    """Word's lists: the levels of each, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def printed(self, number_id: str, depth: int) -> str:
        abstract = self.lists.get(number_id, "")
        levels = self.levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or number_id == "0":
            return ""
        if level.form == "bullet":
            return "- "
        counts = self.counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        text = level.text
        for place in range(depth + 1):
            above = levels.get(place, _Level())
            text = text.replace(f"%{place + 1}", _formatted(counts.get(place, above.start), above.form))
        return text.strip() + " " if text.strip() else ""


def _value(element: etree._Element | None, default: str = "") -> str:
    return str(element.get(w("val"), default)) if element is not None else default


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _numbering(package: Package) -> _Numbering:
    found = _Numbering()
    if "word/numbering.xml" not in package:
        return found
    root = package.part("word/numbering.xml")
    for abstract in root.iterfind(w("abstractNum")):
        levels = found.levels.setdefault(str(abstract.get(w("abstractNumId"), "")), {})
        for level in abstract.iterfind(w("lvl")):
            depth = _whole(str(level.get(w("ilvl"), "0")), 0)
            start = _whole(_value(level.find(w("start")), "1"), 1)
            levels[depth] = _Level(_value(level.find(w("numFmt")), "decimal"), _value(level.find(w("lvlText"))), start)
    for number in root.iterfind(w("num")):
        found.lists[str(number.get(w("numId"), ""))] = _value(number.find(w("abstractNumId")))
    return found


def _style_numbers(package: Package) -> dict[str, tuple[str, int]]:
    if "word/styles.xml" not in package:
        return {}
    found = {}
    for style in package.part("word/styles.xml").iterfind(w("style")):
        number = style.find(f"{w('pPr')}/{w('numPr')}")
        if number is not None and number.find(w("numId")) is not None:
            found[str(style.get(w("styleId"), ""))] = (_value(number.find(w("numId"))), _whole(_value(number.find(w("ilvl")), "0"), 0))
    return found


def paragraph_text(paragraph: etree._Element, *, original: bool = False) -> str:
    """The words of a Word paragraph, tracked changes accepted, or rejected if `original`. Tabs and line breaks stay."""
    out = []
    skipped = w("ins") if original else w("del")
    moved = w("moveTo") if original else w("moveFrom")
    words = {w("t"), w("delText")} if original else {w("t")}
    events = etree.iterwalk(paragraph, events=("start",))
    for _, node in events:
        tag = node.tag
        if tag in {skipped, moved, w("pPr"), w("rPr"), w("txbxContent")}:
            events.skip_subtree()
        elif tag in words:
            out.append(node.text or "")
        elif tag == w("tab"):
            out.append("\t")
        elif tag in {w("br"), w("cr")}:
            out.append("\n")
        elif tag == w("noBreakHyphen"):
            out.append("-")
    return "".join(out)


def docx_lines(package: Package) -> tuple[list[str], list[Warned]]:
    """Every paragraph of the document with its printed number, and what was left unread."""
    numbering = _numbering(package)
    styles = _style_numbers(package)
    body = package.part("word/document.xml")
    lines = []
    warnings = []
    unread: dict[str, int] = {}
    for node in body.iter(*(w(name) for name in _UNREAD)):
        name = etree.QName(node).localname
        unread[name] = unread.get(name, 0) + 1
    for name, count in unread.items():
        warnings.append(Warned("UNREAD", "Word file", f"{count} × {_UNREAD[name]} was not read."))
    for paragraph in body.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        number = ""
        text = paragraph_text(paragraph)
        if properties is not None and text.strip():
            own = properties.find(w("numPr"))
            if own is not None:
                number = numbering.printed(_value(own.find(w("numId"))), _whole(_value(own.find(w("ilvl")), "0"), 0))
            elif style := styles.get(_value(properties.find(w("pStyle")))):
                number = numbering.printed(*style)
        lines.append(number + text.strip())
    return lines, warnings


def structure_docx(data: bytes, language: str, *, status: Status = "authentic") -> Structured:
    """Read a Word file into provisions.

    Raises Malformed (not a Word file, broken parts) or Unsafe (too large, a zip bomb).
    """
    lines, warnings = docx_lines(Package(data))
    result = structure("\n\n".join(lines), language, status=status)
    return Structured(result.version, (*warnings, *result.warnings))
