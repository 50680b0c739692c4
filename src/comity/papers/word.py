"""A paper as a Word file, the same bytes for the same paper, written without any library for it.

Numbers are printed as text, as they stand in the signed form. Charts are pictures if Typst is here to draw them; else their words stand in
their place.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from comity.papers.model import Paper
from comity.papers.office import margin, packed, page, word_language
from comity.papers.plain import Json, plain
from comity.papers.typeset import can_print, svg_png

_SIDES: Final = {"start": "", "center": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}
_EMU: Final = 12700 * 20  # of a twentieth of a point
_BCP: Final = {("zh", "CN"): "zh-Hans", ("zh", "TW"): "zh-Hant"}


def _bcp(tag: Json) -> str:
    return _BCP.get((tag["lang"], tag["region"]), str(tag["lang"]))


class _Writer:
    """Blocks as WordprocessingML; gathers the pictures and links that they name."""

    def __init__(self, data: Json) -> None:
        self.treaty = data["register"] == "treaty"
        self.language = str(data["language"])
        self.wide = page(data)[0] - 2 * margin(data)
        self.media: dict[str, bytes] = {}
        self.links: dict[str, str] = {}

    def run(self, item: Json, extra: str = "") -> str:
        properties = extra
        properties += "<w:b/>" if item["bold"] else ""
        properties += "<w:i/>" if item["italic"] else ""
        properties += "<w:strike/>" if item["mark"] == "delete" else ""
        properties += '<w:color w:val="5A5A5A"/>' if item["mark"] in {"quiet", "delete"} else ""
        properties += '<w:sz w:val="19"/>' if item["mark"] in {"quiet", "code"} else ""
        properties += '<w:u w:val="single"/>' if item["mark"] == "insert" or item["href"] else ""
        properties += word_language(_bcp(item["tag"])) if item["tag"] else ""
        pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in item["text"].split("\n"))
        made = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{pieces}</w:r>"
        if not item["href"]:
            return made
        key = f"link{len(self.links) + 1}"
        self.links[key] = item["href"]
        return f'<w:hyperlink r:id="{key}">{made}</w:hyperlink>'

    def runs(self, items: Iterable[Json], tag: Json | None = None, *, bold: bool = False) -> str:
        return "".join(self.run({**item, "tag": item["tag"] or tag, "bold": item["bold"] or bold}) for item in items)

    def words(self, text: str, tag: Json | None = None, *, bold: bool = False) -> str:
        return self.run({"text": text, "bold": bold, "italic": False, "mark": "", "href": "", "tag": tag}) if text else ""

    @staticmethod
    def paragraph(content: str, style: str = "", properties: str = "") -> str:
        inside = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
        return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{content}</w:p>"

    def indent(self, block: Json, *, beside: bool) -> str:
        """Of a Chinese treaty text the first line stands two characters in; items of other texts hang."""
        language = _bcp(block["tag"]) if block["tag"] else self.language
        if self.treaty and not beside and language.startswith("zh"):
            return '<w:ind w:firstLineChars="200" w:firstLine="440"/>'
        if block["t"] == "item":
            hang = 420 if len(block["number"]) <= 4 else 0
            return f'<w:ind w:left="{360 * block["depth"] + hang}" w:hanging="{hang}"/>'
        return ""

    def block(self, block: Json, *, beside: bool = False) -> str:  # one case per kind of block
        cell = "Cell" if beside else ""
        match block["t"]:
            case "heading":
                number = self.words(f"{block['number']} ", block["tag"]) if block["number"] else ""
                content = number + self.runs(block["runs"], block["tag"])
                return self.paragraph(content, f"Heading{block['level']}", _SIDES[block["align"]])
            case "paragraph":
                start = block["align"] == "start" and not block["small"]
                properties = (self.indent(block, beside=beside) if start else "") + _SIDES[block["align"]]
                return self.paragraph(self.runs(block["runs"], block["tag"]), "Note" if block["small"] else cell, properties)
            case "item":
                number = block["number"] or "•"
                gap = "" if number.endswith(("、", "）", "．")) and self.treaty else "<w:r><w:tab/></w:r>" if len(number) <= 4 else ""
                space = self.words(number if gap or not number[-1:].isalnum() else f"{number} ", block["tag"])
                content = space + gap + self.runs(block["runs"], block["tag"])
                return self.paragraph(content, cell, self.indent(block, beside=beside))
            case "table":
                return self.table(block)
            case "beside":
                heads = [self.words(head, tag, bold=True) for head, tag in zip(block["heads"], block["tags"], strict=True)]
                rows = [[self.cell(cell, tag) for cell, tag in zip(row, block["tags"], strict=True)] for row in block["rows"]]
                return self.grid([1] * len(heads), [[self.paragraph(head, "Cell") for head in heads], *rows], lines="insideV")
            case "facts":
                rows = [
                    [self.paragraph(self.words(fact["label"]), "Cell"), self.paragraph(self.runs(fact["runs"]), "Cell")]
                    for fact in block["facts"]
                ]
                return self.grid([1, 3], rows, lines="")
            case "signatures":
                return self.signatures(block)
            case "chart":
                return self.chart(block)
            case "break":
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case _:
                return self.paragraph("", "", '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="808080"/></w:pBdr>')

    def cell(self, blocks: list[Json] | None, tag: Json) -> str:
        if blocks is None:
            return self.paragraph(self.words("—"), "Cell")
        return "".join(self.block({**block, "tag": block.get("tag") or tag}, beside=True) for block in blocks) or self.paragraph("", "Cell")

    def grid(self, shares: list[float], rows: list[list[str]], *, lines: str, head: bool = True) -> str:
        """A table over the whole line. `lines`: "rows", "insideV" or none; with lines the first row is repeated on every page."""
        widths = [round(self.wide * share / sum(shares)) for share in shares]
        line = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="AAAAAA"/>'
        names = {"rows": ("bottom", "insideH"), "insideV": ("insideV",), "": ()}[lines]
        borders = f"<w:tblBorders>{''.join(line.format(name) for name in names)}</w:tblBorders>" if names else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        out = []
        for index, row in enumerate(rows):
            repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if lines and head and not index else ""
            under = "<w:tcBorders>" + line.format("bottom").replace("AAAAAA", "000000") + "</w:tcBorders>" if repeated else ""
            cells = (
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{under}</w:tcPr>{cell}</w:tc>'
                for cell, width in zip(row, widths, strict=True)
            )
            out.append(f"<w:tr>{repeated}{''.join(cells)}</w:tr>")
        properties = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/></w:tblPr>'
        # Word wants a paragraph between tables and at the end.
        after = self.paragraph("", "", '<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>')
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(out)}</w:tbl>{after}"

    def table(self, block: Json) -> str:
        def paragraph(index: int, runs: list[Json], *, bold: bool = False) -> str:
            return self.paragraph(self.runs(runs, bold=bold), "Cell", _SIDES["end"] if index in block["numeric"] else "")

        head = [paragraph(index, runs, bold=True) for index, runs in enumerate(block["head"])]
        rows = [[paragraph(index, runs) for index, runs in enumerate(row)] for row in block["rows"]]
        caption = self.paragraph(self.words(block["caption"], bold=True), "Cell", "<w:keepNext/>") if block["caption"] else ""
        return caption + self.grid(block["widths"] or [1] * len(head), [head, *rows], lines="rows")

    def signatures(self, block: Json) -> str:
        line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="900" w:after="80"/>'
        cells = []
        for lines in block["blocks"]:
            first, *rest = [self.paragraph(self.words(text, block["tag"]), "Cell", "<w:keepNext/>") for text in lines or ("",)]
            cells.append(first + self.paragraph("", "Cell", f'<w:keepNext/>{line}<w:ind w:right="300"/>') + "".join(rest))
        return self.grid([1] * len(cells), [cells], lines="")

    def chart(self, block: Json) -> str:
        if not can_print():
            return self.paragraph(self.words(f"[{block['alt']}]"), "Note")
        picture = svg_png(block["svg"])
        key = f"image{len(self.media) + 1}"
        self.media[key] = picture
        across, down = struct.unpack(">II", picture[16:24])
        wide = round(self.wide * block["width"] * _EMU / 20)
        size = f'cx="{wide}" cy="{round(wide * down / across)}"'
        number, words = len(self.media), quoteattr(block["alt"])
        drawing = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="{key}" descr={words}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="{key}" descr={words}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )
        caption = self.paragraph(self.words(block["caption"]), "Note", _SIDES["center"]) if block["caption"] else ""
        return self.paragraph(drawing, "", _SIDES["center"]) + caption


def docx(paper: Paper) -> bytes:
    """The paper as a Word file, one section per part. Raises Unsafe or Malformed for a drawing that is more than a drawing."""
    data = plain(paper)
    writer = _Writer(data)
    sections = []
    for part in data["parts"]:
        writer.language = part["language"]
        tag = part["tag"] if part["language"] != data["language"] else None
        heads = (("Kind", part["kind"]), ("Title", part["title"]), ("Subtitle", part["subtitle"]))
        body = "".join(writer.paragraph(writer.words(text, tag), style) for style, text in heads if text)
        blocks = ({**block, "tag": block.get("tag") or tag} for block in part["blocks"])
        sections.append((body + "".join(writer.block(block) for block in blocks), part["foot"]))
    return packed(sections, data, writer.media, writer.links)
