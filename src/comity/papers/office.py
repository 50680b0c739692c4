"""The package around a Word document: parts, styles, foot. Source: ECMA-376 part 1 (WordprocessingML) and part 2 (OPC)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from comity.papers.plain import Json
from comity.texts.imports.package import W

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES: Final = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES: Final = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_LATIN: Final = {"en": "en-GB", "ru": "ru-RU", "fr": "fr-FR", "es": "es-ES", "kk": "kk-KZ", "de": "de-DE", "pt": "pt-PT"}


def east_font(language: str) -> str:
    """The font for Han characters: of traditional ones where the tag says so."""
    return "Noto Serif CJK TC" if language in {"zh-Hant", "zh-TW", "zh-HK"} else "Noto Serif CJK SC"


def word_language(language: str) -> str:
    """`w:lang` of a BCP 47 tag: Word tells Chinese by region and in an attribute of its own."""
    base = language.split("-")[0]
    if base in {"zh", "ja", "ko"}:
        east = {"ja": "ja-JP", "ko": "ko-KR"}.get(base, "zh-TW" if "Hant" in language or language.endswith(("TW", "HK")) else "zh-CN")
        return f'<w:lang w:val="en-GB" w:eastAsia="{east}"/>'
    return f'<w:lang w:val="{_LATIN.get(base, base)}" w:eastAsia="zh-CN"/>'


def styles(language: str, treaty: bool) -> str:
    """Styles: body, title, headings 1 to 4, foot, table."""
    fonts = f'<w:rFonts w:ascii="Noto Serif" w:hAnsi="Noto Serif" w:cs="Noto Serif" w:eastAsia="{east_font(language)}"/>'

    def style(key: str, name: str, paragraph: str, run: str, follow: str = "Normal") -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
            f'<w:next w:val="{follow}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )

    centre = '<w:jc w:val="center"/>' if treaty else ""
    body = '<w:jc w:val="both"/>' if treaty else ""
    heads = "".join(
        style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="280" w:after="120"/><w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
            f'{"<w:b/>" if level < 4 else "<w:i/>"}<w:sz w:val="{(25, 23, 22, 22)[level - 1]}"/>',
        )
        for level in range(1, 5)
    )
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="22"/>{word_language(language)}'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        f'</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>{body}</w:pPr>'
        "</w:style>"
        + style("Title", "Title", f'<w:keepNext/><w:spacing w:after="160"/>{centre}', '<w:b/><w:sz w:val="30"/>')
        + style("Subtitle", "Subtitle", f'<w:spacing w:after="320"/>{centre}', "")
        + style("Kind", "Kind", f"{centre}", '<w:color w:val="5A5A5A"/>')
        + style("Note", "Note", '<w:jc w:val="left"/>', '<w:color w:val="5A5A5A"/><w:sz w:val="19"/>')
        + style("Footer", "footer", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>', '<w:sz w:val="15"/>')
        + style("Cell", "Cell", '<w:spacing w:after="40" w:line="264" w:lineRule="auto"/><w:jc w:val="left"/>', '<w:sz w:val="20"/>')
        + heads
        + "</w:styles>"
    )


def _field(name: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def footer(foot: Json, right: int) -> str:
    """The foot of every page: words and fingerprint at the left, the page's number at a tab stop `right` twentieths of a point away."""
    top = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="AAAAAA"/></w:pBdr>'
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    words = f'<w:r><w:t xml:space="preserve">{escape(foot["words"])}</w:t></w:r>' if foot["words"] else ""
    page = f'<w:r><w:tab/></w:r>{_field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{_field("NUMPAGES")}'
    digests = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{escape(digest)}</w:t></w:r></w:p>'
        for digest in foot["digests"]
    )
    return f'{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>{top}{tab}</w:pPr>{words}{page}</w:p>{digests}</w:ftr>'


def _core(data: Json) -> str:
    year, month, day = data["date"]
    stamp = f'<dcterms:{{0}} xsi:type="dcterms:W3CDTF">{year:04d}-{month:02d}-{day:02d}T00:00:00Z</dcterms:{{0}}>'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(data['title'])}</dc:title><dc:creator>{escape(data['author'])}</dc:creator>"
        f"<dc:language>{escape(data['language'])}</dc:language>{stamp.format('created')}{stamp.format('modified')}</cp:coreProperties>"
    )


def _section(number: int, data: Json) -> str:
    wide, high = page(data)
    side = margin(data)
    turn = ' w:orient="landscape"' if data["landscape"] else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="foot{number}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{turn}/><w:pgMar w:top="1418" w:right="{side}" w:bottom="1418" w:left="{side}"'
        ' w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )


def page(data: Json) -> tuple[int, int]:
    """Width and height of the page (A4), in twentieths of a point."""
    return (16838, 11906) if data["landscape"] else (11906, 16838)


def margin(data: Json) -> int:
    """The margin at either side, in twentieths of a point."""
    return 1588 if data["register"] == "treaty" else 1247


def packed(sections: Sequence[tuple[str, Json]], data: Json, media: Mapping[str, bytes], links: Mapping[str, str]) -> bytes:
    """A Word file of sections (a body of `w:p` and `w:tbl`, and its foot), with its pictures and links by relation id; no clock, no
    chance."""
    ends = [_section(number, data) for number in range(1, len(sections) + 1)]
    bodies = [
        body + (f"<w:p><w:pPr>{end}</w:pPr></w:p>" if number < len(sections) else end)
        for number, ((body, _), end) in enumerate(zip(sections, ends, strict=True), 1)
    ]
    document = f"{HEAD}<w:document {SPACES}><w:body>{''.join(bodies)}</w:body></w:document>"
    relation = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target={{}}/>'
    inner = [relation.format("rId1", "styles", '"styles.xml"')]
    inner += [relation.format(f"foot{number}", "footer", f'"footer{number}.xml"') for number in range(1, len(sections) + 1)]
    inner += [relation.format(key, "image", f'"media/{key}.png"') for key in media]
    inner += [relation.format(key, "hyperlink", quoteattr(url)).replace("/>", ' TargetMode="External"/>') for key, url in links.items()]
    relations = f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{{}}</Relationships>'
    core = (
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/>'
    )
    feet = {f"word/footer{number}.xml": footer(foot, page(data)[0] - 2 * margin(data)) for number, (_, foot) in enumerate(sections, 1)}
    types = "".join(f'<Override PartName="/{name}" ContentType="{_MAIN}.footer+xml"/>' for name in feet)
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _TYPES.replace("</Types>", f"{types}</Types>").encode(),
        "_rels/.rels": relations.format(relation.format("rId1", "officeDocument", '"word/document.xml"') + core).encode(),
        "docProps/core.xml": _core(data).encode(),
        "word/_rels/document.xml.rels": relations.format("".join(inner)).encode(),
        "word/document.xml": document.encode(),
        "word/styles.xml": styles(data["language"], data["register"] == "treaty").encode(),
        **{name: text.encode() for name, text in feet.items()},
        **{f"word/media/{key}.png": picture for key, picture in media.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            # A fixed time, so that the same paper gives the same bytes.
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
