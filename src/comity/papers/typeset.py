"""A paper as PDF, set by Typst: tagged (PDF/UA-1) and made to be kept (PDF/A-2a), the same bytes for the same paper.

Typst is optional (extra `print`). It gets the paper as data, never as source. The fonts come with Comity; a character that they lack is
taken from the fonts of this machine, and if nothing has it, printing is refused (or, if asked, its code point is printed in its place).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.errors import ComityError, Malformed
from comity.papers.glyphs import FOLDER, characters, lacking, vendored
from comity.papers.model import Paper
from comity.papers.plain import plain

if TYPE_CHECKING:
    import typst

_TEMPLATE: Final = Path(__file__).parent / "paper.typ"
STANDARDS: Final = ("a-2a", "ua-1")
SENTENCES: Final = {
    "absent": "PDFs are set by Typst, which is not installed here.",
    "absent remedy": "Install it with pip install 'comity[print]', or take the Word file, which needs nothing more.",
    "glyphs": "No font here has these characters: {signs}.",
    "glyphs remedy": "Install a font that has them on this machine, or take the Word file.",
    "failed": "Typst could not set this paper: {why}.",
    "failed remedy": "Take the Word file, and report this.",
}


class CannotPrint(ComityError):
    """Typst is not installed here."""


def can_print() -> bool:
    """Whether PDFs can be made here."""
    try:
        import typst  # noqa: F401  # whether it is there
    except ImportError:
        return False
    return True


def _typst() -> Any:
    try:
        import typst
    except ImportError as error:
        raise CannotPrint(SENTENCES["absent"], place="print", remedy=SENTENCES["absent remedy"]) from error
    return typst


@cache
def _own() -> typst.Fonts:
    return _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])  # type: ignore[no-any-return]  # no stubs


@cache
def _with_system() -> tuple[typst.Fonts, tuple[tuple[str, frozenset[int]], ...]]:
    """All fonts of this machine, and what characters each family has, by name."""
    fonts = _typst().Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    has: dict[str, frozenset[int]] = {}
    for info in fonts.fonts():
        if info.path and info.style == "normal" and info.weight == 400:
            has.setdefault(info.family, characters(Path(info.path), info.index))
    return fonts, tuple(sorted(has.items()))


def unprintable(paper: Paper) -> list[str]:
    """The characters of a paper that neither the fonts that come with Comity nor those of this machine have."""
    return _families(lacking(_strings(plain(paper)), vendored()))[1]


def _families(rare: Sequence[str]) -> tuple[list[str], list[str]]:
    """The families of this machine that have some rare characters, and the characters that none has."""
    if not rare:
        return [], []
    families: list[str] = []
    left = list(rare)
    for family, has in _with_system()[1]:
        if any(ord(sign) in has for sign in left):
            families.append(family)
            left = [sign for sign in left if ord(sign) not in has]
    return families, left


def _named(signs: Sequence[str]) -> str:
    return ", ".join(f"{sign} (U+{ord(sign):04X} {unicodedata.name(sign, '')})".replace(" )", ")") for sign in signs[:12])


def _shown(data: Any, signs: frozenset[str]) -> Any:
    """The same data with these characters as [U+XXXX]. Composed first, as they are set: a compatibility ideograph is set as another one."""
    if isinstance(data, str):
        return "".join(f"[U+{ord(sign):04X}]" if sign in signs else sign for sign in unicodedata.normalize("NFC", data))
    if isinstance(data, list):
        return [_shown(item, signs) for item in data]
    if isinstance(data, dict):
        return {key: value if key in {"svg", "seal"} else _shown(value, signs) for key, value in data.items()}
    return data


def pdf(paper: Paper, *, show_missing: bool = False) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1.

    Raises CannotPrint without Typst; Malformed naming the characters that no font here has, unless `show_missing`, which prints their code
    points instead; Malformed or Unsafe for a drawing that is more than a drawing.
    """
    typst = _typst()
    data = plain(paper)
    rare = lacking(_strings(data), vendored())
    families, missing = _families(rare)
    if missing and not show_missing:
        raise Malformed(
            SENTENCES["glyphs"],
            place="print",
            remedy=SENTENCES["glyphs remedy"],
            signs=_named(missing),
        )
    if missing:
        data = _shown(data, frozenset(missing))
    data["fonts"] = families
    fonts = _with_system()[0] if families else _own()
    # The file's own date, never the clock's, so that the same paper gives the same bytes.
    stamp = datetime(paper.date.year, paper.date.month, paper.date.day, tzinfo=UTC) if paper.date else datetime(2000, 1, 1, tzinfo=UTC)
    compiler = typst.Compiler(input=str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts)
    try:
        made: bytes = compiler.compile(
            format="pdf", sys_inputs={"paper": json.dumps(data, ensure_ascii=False)}, pdf_standards=list(STANDARDS), timestamp=stamp
        )
    except typst.TypstError as error:
        raise Malformed(SENTENCES["failed"], place="print", remedy=SENTENCES["failed remedy"], why=error.message) from error
    return made


def _strings(data: Any) -> list[str]:
    """Every string of the data that is printed."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, list):
        return [text for item in data for text in _strings(item)]
    if isinstance(data, dict):
        return [
            text for key, item in data.items() if key not in {"svg", "seal", "tag", "tags", "t", "align", "mark"} for text in _strings(item)
        ]
    return []


def svg_png(svg: str, *, ppi: float = 192) -> bytes:
    """A drawing as PNG, for readers that know no SVG. Raises CannotPrint without Typst, Malformed or Unsafe for a bad drawing."""
    from comity.papers.plain import safe_svg

    typst = _typst()
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    try:
        made = typst.compile(source, format="png", ppi=ppi, sys_inputs={"svg": safe_svg(svg)}, font_paths=_own())
    except typst.TypstError as error:
        raise Malformed("This drawing cannot be set: {why}.", place="drawing", remedy="Draw it anew.", why=error.message) from error
    return made if isinstance(made, bytes) else made[0]
