"""Texts as Word files: clean copies, and redlines with real tracked changes.

Accepting all changes gives the new text, rejecting all the old one. The file is the same for the same input: no clock, no random ids.
Source: ECMA-376 part 1, 17.13.5 (revisions).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from comity.texts.imports.package import W
from comity.texts.model import TextVersion
from comity.texts.redline import ChangedLine, lines

_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
)
_FONTS: Final = (
    '<w:rFonts w:ascii="Noto Serif" w:hAnsi="Noto Serif" w:cs="Noto Serif" w:eastAsia="{east}"/>'
    '<w:lang w:val="{latin}" w:eastAsia="{lang}"/>'
)


def _styles(language: str) -> str:
    east = "Noto Serif CJK TC" if language in {"zh-Hant", "zh-TW", "zh-HK"} else "Noto Serif CJK SC"
    chinese = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
    latin = {"en": "en-GB", "ru": "ru-RU", "fr": "fr-FR", "es": "es-ES"}.get(language.split("-")[0], "en-GB")
    fonts = _FONTS.format(east=east, latin=latin, lang=chinese.get(language, "zh-CN"))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W}">'
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="22"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>'
    )


def _packed(body: str, language: str) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"'
        ' w:header="709" w:footer="709"'
        ' w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(f"{_OFFICE}/officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _RELS.format(f"{_OFFICE}/styles", "styles.xml"),
        "word/document.xml": document,
        "word/styles.xml": _styles(language),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            # A fixed time, so that the same text gives the same bytes.
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>' if text else ""


def _paragraph(content: str, *, title: bool = False, mark: str = "") -> str:
    style = '<w:pStyle w:val="Title"/>' if title else ""
    properties = style + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def docx(version: TextVersion) -> bytes:
    """A clean copy of one language version. Numbers are printed as text, as they stand in the signed form."""
    body = "".join(_paragraph(_run(line.text), title=not line.eid) for line in lines(version))
    return _packed(body, version.language)


def redline_docx(changes: Iterable[ChangedLine], language: str, *, author: str, date: str) -> bytes:
    """A redline as tracked changes of `author` at `date` (ISO 8601 with time, e.g. `2026-11-12T10:00:00Z`)."""
    body = []
    number = 0

    def tracked(tag: str, content: str) -> str:
        nonlocal number
        number += 1
        return (
            f'<w:{tag} w:id="{number}" w:author={quoteattr(author)} w:date={quoteattr(date)}{f">{content}</w:{tag}>" if content else "/>"}'
        )

    for change in changes:
        content = []
        for piece in change.pieces:
            match piece.op:
                case "keep":
                    content.append(_run(piece.text))
                case "delete":
                    content.append(tracked("del", _run(piece.text, "delText")))
                case "insert":
                    content.append(tracked("ins", _run(piece.text)))
        # A whole line that came or went takes its paragraph mark along.
        mark = tracked("ins", "") if change.old is None else tracked("del", "") if change.new is None else ""
        line = change.new or change.old
        body.append(_paragraph("".join(content), title=bool(line and not line.eid), mark=mark))
    return _packed("".join(body), language)
