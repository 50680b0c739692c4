"""A paper as plain data (JSON), for setting it elsewhere; and what makes words and drawings safe to set."""

from __future__ import annotations

from typing import Any, Final

from comity.errors import Unsafe
from comity.papers.model import (
    Block,
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
)
from comity.texts.imports.package import parse_xml

type Json = dict[str, Any]

_BIDI: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNS: Final = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0), *map(ord, _BIDI), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)}
_SIGNS.update({0x0A: "\n", 0x0D: "\n", 0x09: " ", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"})
_REGIONS: Final = {"zh-Hans": "CN", "zh": "CN", "zh-Hant": "TW", "ru": "RU", "en": "GB"}
_FORBIDDEN: Final = frozenset({"script", "foreignObject", "image", "iframe", "audio", "video", "animate", "set"})


def said(text: str) -> str:
    """Words as they can be printed: line ends as line feeds, control characters and marks that turn the direction of writing around
    visible as U+FFFD."""
    return text.replace("\r\n", "\n").translate(_SIGNS)


def fours(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be read aloud."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def safe_link(address: str) -> str:
    """The address if it is one of the web or of mail, else nothing."""
    return said(address) if address.startswith(("https://", "http://", "mailto:")) else ""


def safe_svg(svg: str) -> str:
    """The drawing, if it draws and does nothing else.

    Raises Malformed if it is no XML, Unsafe if it holds scripts, pictures or links out of itself.
    """
    root = parse_xml(svg.encode("utf-8", "replace"), "drawing")
    for node in root.iter():
        name = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else "entity"
        outside = [
            value
            for key, value in node.attrib.items()
            if (str(key).rsplit("}", 1)[-1].lower() == "href" and not str(value).startswith("#")) or str(key).lower().startswith("on")
        ]
        styled = name == "style" and ("@import" in (node.text or "") or "url(" in (node.text or ""))
        if name in _FORBIDDEN or outside or styled:
            raise Unsafe(
                "The drawing holds more than a drawing: {name}.",
                place="drawing",
                remedy="Leave scripts, pictures and links out.",
                name=name,
            )
    if "http://www.w3.org/2000/svg" not in (root.nsmap or {}).values():
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return svg


def tag(language: str, otherwise: Json | None = None) -> Json | None:
    """A BCP 47 tag as Typst wants it: language and region."""
    if not language:
        return otherwise
    parts = language.split("-")
    region = next(
        (part for part in parts[1:] if len(part) == 2 and part.isupper()), _REGIONS.get("-".join(parts[:2]), _REGIONS.get(parts[0]))
    )
    return {"lang": parts[0].lower()[:3], "region": region}


def _run(item: Run) -> Json:
    return {
        "text": said(item.text),
        "bold": item.bold,
        "italic": item.italic,
        "mark": item.mark,
        "href": safe_link(item.href),
        "tag": tag(item.lang),
    }


def _runs(items: tuple[Run, ...]) -> list[Json]:
    return [_run(item) for item in items]


def _block(block: Block) -> Json:  # one case per kind of block
    match block:
        case Heading():
            runs = _runs(block.runs)
            look = {"level": block.level, "number": said(block.number), "align": block.align, "tag": tag(block.lang)}
            return {"t": "heading", **look, "runs": runs}
        case Paragraph():
            return {"t": "paragraph", "align": block.align, "small": block.small, "tag": tag(block.lang), "runs": _runs(block.runs)}
        case Item():
            return {"t": "item", "number": said(block.number), "depth": block.depth, "tag": tag(block.lang), "runs": _runs(block.runs)}
        case Table():
            return {
                "t": "table",
                "head": [_runs(cell) for cell in block.head],
                "rows": [[_runs(cell) for cell in row] for row in block.rows] or [[[] for _ in block.head]],
                "caption": said(block.caption),
                "widths": list(block.widths),
                "numeric": list(block.numeric),
            }
        case SideBySide():
            rows = [[None if cell is None else [_block(inner) for inner in cell] for cell in row] for row in block.rows]
            return {"t": "beside", "tags": [tag(lang) for lang in block.langs], "heads": [said(head) for head in block.heads], "rows": rows}
        case Facts():
            return {"t": "facts", "facts": [{"label": said(label), "runs": _runs(value)} for label, value in block.facts]}
        case Signatures():
            return {"t": "signatures", "tag": tag(block.lang), "blocks": [[said(line) for line in lines] for lines in block.blocks]}
        case Chart():
            share = min(1.0, max(0.05, block.width))
            return {"t": "chart", "svg": safe_svg(block.svg), "alt": said(block.alt), "caption": said(block.caption), "width": share}
        case PageBreak() | Part():
            return {"t": "break"}
        case Rule():
            return {"t": "rule"}


def _stepwise(blocks: list[Json], first: int) -> list[Json]:
    """No heading skips a level, as readers for the blind and PDF/UA want it; the highest is `first`."""
    before = first - 1
    for block in blocks:
        if block["t"] == "heading":
            block["level"] = before = min(block["level"] + first - 1, before + 1)
    return blocks


def _foot(foot: Foot) -> Json:
    return {
        "words": said(foot.words),
        "digests": [f"{said(label)} {fours(said(digest))}".strip() for label, digest in foot.digests],
        "seal": safe_svg(foot.seal) if foot.seal else "",
        "seal-alt": said(foot.seal_alt),
    }


def _parts(paper: Paper) -> list[Json]:
    """The paper in parts, one after the other; a paper without parts is one itself."""
    whole = Part(paper.title, paper.language, paper.subtitle, paper.kind, paper.foot)
    found: list[tuple[Part, list[Block]]] = [(whole, [])]
    for block in paper.blocks:
        if isinstance(block, Part):
            found.append((block, []))
        else:
            found[-1][1].append(block)
    kept = [item for item in found if item[1] or item[0] is not whole] or found
    divided = len(kept) > 1 or kept[0][0] is not whole
    return [
        {
            "title": said(part.title) or "—",
            "subtitle": said(part.subtitle),
            "kind": said(part.kind),
            "language": part.language or "en",
            "tag": tag(part.language or "en"),
            "foot": _foot(part.foot),
            "divided": divided,
            "blocks": _stepwise([_block(block) for block in blocks], 2 if divided else 1),
        }
        for part, blocks in kept
    ]


def plain(paper: Paper) -> Json:
    """The paper as data: what concerns the file, and its parts. Raises Unsafe or Malformed for a drawing that is more than a drawing."""
    return {
        "title": said(paper.title) or "—",
        "author": said(paper.author),
        "date": [paper.date.year, paper.date.month, paper.date.day] if paper.date else [2000, 1, 1],  # PDF/A wants one
        "language": paper.language or "en",
        "tag": tag(paper.language or "en"),
        "register": paper.register,
        "landscape": paper.landscape,
        "parts": _parts(paper),
        "fonts": [],
    }
