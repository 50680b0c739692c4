"""A Word file that came back: its tracked changes and comments as proposals, each at the provision it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from comity.texts.imports.package import Package, w
from comity.texts.imports.word import paragraph_text
from comity.texts.model import TextVersion
from comity.texts.redline import lines


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change or a comment of somebody on one paragraph.

    `eid` is the provision whose wording the paragraph had before the changes, "" if none had it. For a change, `old` and `new` are the
    paragraph before and after all its changes (empty if it came or went); for a comment, `old` is what it marks and `new` what it says.
    """

    kind: Literal["change", "comment"]
    eid: str
    author: str
    date: str
    old: str
    new: str


def proposals(data: bytes, sent: TextVersion | None = None) -> list[Proposal]:
    """Tracked changes and comments of a Word file, in order; `sent` is the version that was sent out.

    Raises Malformed or Unsafe as reading a Word file does.
    """
    package = Package(data)
    known = {" ".join(line.text.split()): line.eid for line in lines(sent)} if sent else {}
    body = package.part("word/document.xml")
    out: list[Proposal] = []
    for paragraph in body.iter(w("p")):
        old, new = (" ".join(paragraph_text(paragraph, original=flag).split()) for flag in (True, False))
        signs = [node for node in paragraph.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo"))]
        if signs and old != new:
            authors = list(dict.fromkeys(str(node.get(w("author"), "")) for node in signs))
            dates = sorted(str(node.get(w("date"), "")) for node in signs)
            out.append(Proposal("change", known.get(old, ""), ", ".join(authors), dates[-1], old, new))
    return out + _comments(package, body, known)


def _comments(package: Package, body: etree._Element, known: dict[str, str]) -> list[Proposal]:
    if "word/comments.xml" not in package:
        return []
    out = []
    comments = {str(node.get(w("id"), "")): node for node in package.part("word/comments.xml").iter(w("comment"))}
    for paragraph in body.iter(w("p")):
        whole = " ".join(paragraph_text(paragraph, original=True).split())
        for start in paragraph.iter(w("commentRangeStart")):
            identity = str(start.get(w("id"), ""))
            if (comment := comments.pop(identity, None)) is not None:
                said = " ".join(paragraph_text(part) for part in comment.iter(w("p"))).strip()
                marked = _marked(paragraph, identity) or whole
                out.append(
                    Proposal(
                        "comment", known.get(whole, ""), str(comment.get(w("author"), "")), str(comment.get(w("date"), "")), marked, said
                    )
                )
    return out


def _marked(paragraph: etree._Element, identity: str) -> str:
    out = []
    inside = False
    for node in paragraph.iter():
        if node.tag == w("commentRangeStart") and node.get(w("id")) == identity:
            inside = True
        elif node.tag == w("commentRangeEnd") and node.get(w("id")) == identity:
            break
        elif inside and node.tag == w("t"):
            out.append(node.text or "")
    return "".join(out).strip()
