"""HTML pages into provisions: blocks become paragraphs, counted lists get their printed numbers. Nothing is run, styled or fetched."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from comity.errors import Malformed
from comity.texts.clean import decode
from comity.texts.model import Status
from comity.texts.numerals import to_letters, to_roman
from comity.texts.structure import Structured, structure

_BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "table", "ul", "ol", "dl", "dt", "dd", "section", "article"}
    | {"blockquote", "pre", "hr", "header", "footer", "main", "body", "center", "address", "figure"}
)
_DROPPED: Final = frozenset(
    ("script", "style", "template", "noscript", "head", "nav", "iframe", "object", "svg", "button", "form", "select")
)


def _list_number(item: etree._Element) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    place = sum(1 for _ in item.itersiblings("li", preceding=True)) + 1
    start = str(parent.get("start", "1"))
    number = place + (int(start) - 1 if start.isascii() and start.isdigit() and len(start) < 6 else 0)
    match parent.get("type", "1"):
        case "a":
            return f"({to_letters(number)}) "
        case "i":
            return f"({to_roman(min(number, 399))}) "
        case "A":
            return f"({to_letters(number).upper()}) "
        case "I":
            return f"{to_roman(min(number, 399)).upper()}. "
    return f"{number}. "


def html_lines(text: str) -> list[str]:
    """The blocks of a page as lines of text, in reading order. Raises Malformed if there is nothing to read."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Malformed("This page cannot be read: {why}.", place="HTML file", remedy="Save the page again.", why=error) from error
    if root is None:
        raise Malformed("There is nothing on this page.", place="HTML file", remedy="Check that it is the right file.")
    lines = [""]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _DROPPED:
                walk.skip_subtree()
            elif tag in _BLOCKS:
                lines.append(_list_number(node) if tag == "li" else "")
            elif tag == "br":
                lines.append("")
            if tag not in _DROPPED and node.text:
                lines[-1] += re.sub(r"\s+", " ", node.text)
        else:
            if tag in _BLOCKS:
                lines.append("")
            if node.tail:
                lines[-1] += re.sub(r"\s+", " ", node.tail)
    return [line.strip() for line in lines if line.strip() not in {"", "-"}]


def structure_html(data: bytes, language: str, *, status: Status = "authentic") -> Structured:
    """Read an HTML page into provisions. Raises Malformed or Unsafe."""
    return structure("\n\n".join(html_lines(decode(data, "HTML file"))), language, status=status)
