"""Akoma Ntoso from elsewhere into our provisions: hierarchy kept, markup inside the words dropped, eIds made anew from the printed
numbers."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from comity.errors import Malformed, Unsafe
from comity.texts.akn import from_akn
from comity.texts.clean import Warned, tidy
from comity.texts.imports.package import parse_xml
from comity.texts.labels import read_label
from comity.texts.model import KINDS, Provision, Status, TextVersion
from comity.texts.numerals import letter_ordinals, suffix_number, whole_number
from comity.texts.sound import MAX_BYTES, MAX_DEPTH
from comity.texts.structure import Structured
from comity.texts.tree import Node, with_eids

_KIND_OF: Final = {
    **{element: kind for kind, element in KINDS.items() if element != "hcontainer"},
    **{"subchapter": "sec", "division": "sec", "subdivision": "subsec", "clause": "para", "subclause": "subpara"},
    **{"level": "para", "item": "point", "hcontainer": "annex", "list": "al"},
}
_TEXT_BLOCKS: Final = frozenset({"p", "listIntroduction", "listWrapUp", "block", "mod"})
_THROUGH: Final = frozenset(
    {"intro", "content", "wrapUp", "blockList", "blockContainer", "paragraph", "container", "doc", "attachments", "attachment", "mainBody"}
)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: etree._Element) -> str:
    return tidy("".join(str(part) for part in element.itertext()))


def structure_akn(data: bytes, language: str, *, status: Status = "authentic") -> Structured:
    """Read any Akoma Ntoso document with a body.

    A file in the signed form keeps its eIds and its status. Raises Malformed (not XML, no Akoma Ntoso body) or Unsafe (too large or deep).
    """
    try:
        return Structured(from_akn(data), ())
    except Malformed:
        pass
    if len(data) > MAX_BYTES:
        raise Unsafe(
            "The file has {size} bytes; at most {most} are read.",
            place="Akoma Ntoso file",
            remedy="Divide the text.",
            size=len(data),
            most=MAX_BYTES,
        )
    root = parse_xml(data, "Akoma Ntoso file")
    body = next((node for node in root.iter() if _name(node) in {"body", "mainBody"}), None)
    if body is None:
        raise Malformed("It has no body.", place="Akoma Ntoso file", remedy="Give an Akoma Ntoso document with a body or mainBody.")
    warnings: list[Warned] = []
    top = Node("")
    _read(body, top, 1)
    titles = [_words(node) for node in root.iter() if _name(node) == "docTitle"]
    preface = next((node for node in root.iter() if _name(node) == "preface"), None)
    subtitle = ""
    if preface is not None:
        plain = [_words(node) for node in preface.iter() if _name(node) == "p" and not any(_name(child) == "docTitle" for child in node)]
        titles = titles or plain[:1]
        subtitle = " ".join(text for text in plain if text not in titles)
    recitals = _lines(root, "preamble")
    version = TextVersion(
        language=language,
        title=" ".join(titles),
        subtitle=subtitle,
        status=status,
        preamble=tuple(Provision(f"rec_{number}", text=text) for number, (text, _) in enumerate(recitals, 1)),
        provisions=with_eids(top, warnings),
        conclusions=_conclusions(_lines(root, "conclusions")),
    )
    return Structured(version, tuple(warnings))


def _lines(root: etree._Element, part: str) -> list[tuple[str, str]]:
    """The paragraphs of preamble or conclusions with the block's name, if it has one."""
    found = next((node for node in root.iter() if _name(node) == part), None)
    if found is None:
        return []
    blocks = [node for node in found.iter() if _name(node) in {"p", "block"}]
    return [(text, str(node.get("name", ""))) for node in blocks if (text := _words(node))]


def _conclusions(lines: list[tuple[str, str]]) -> tuple[Provision, ...]:
    counts = {"formula": 0, "sig": 0}
    out = []
    for index, (text, name) in enumerate(lines):
        kind = name if name in counts else ("formula" if index == 0 else "sig")
        counts[kind] += 1
        out.append(Provision(f"{kind}_{counts[kind]}", text=text))
    return tuple(out)


def _read(element: etree._Element, parent: Node, depth: int, before: int = 0) -> None:
    """Hang what is in `element` on `parent`, whose elder sibling has the number `before`."""
    if depth > 4 * MAX_DEPTH:
        raise Unsafe("It is nested too deep.", place=f"line {element.sourceline}", remedy="Divide the text.")
    for child in element:
        name = _name(child)
        if name == "num":
            _number(parent, _words(child), before)
        elif name in {"heading", "crossHeading"}:
            parent.heading = parent.heading or _words(child)
        elif name in _TEXT_BLOCKS and (text := _words(child)):
            if parent.text or parent.children or not parent.kind:
                parent.children.append(Node("para" if parent.kind in {"", "art", "sec", "chp", "part"} else "al", text=text))
            else:
                parent.text = text
        elif name in _KIND_OF and not (name == "list" and parent.kind):
            node = Node(_KIND_OF[name])
            elder = next((sibling.number for sibling in reversed(parent.children) if sibling.kind == node.kind), 0)
            parent.children.append(node)
            _read(child, node, depth + 1, elder)
        elif name in _THROUGH or name == "list":
            _read(child, parent, depth + 1)


def _number(node: Node, printed: str, before: int) -> None:
    node.num = printed
    label = read_label(printed + " ") or read_label(printed)
    if label and label.kind:
        node.number, node.inserted = label.readings[0][1], label.inserted
        return
    sign = re.sub(r"^\W+|\W+$", "", printed)
    bare = re.fullmatch(r"(\d+)\s?([a-z]+)", sign)
    if bare and suffix_number(bare[2]):
        node.number, node.inserted = int(bare[1]), suffix_number(bare[2])
        return
    places = [
        *(letter_ordinals(sign) if node.kind == "point" else ()),
        whole_number(sign) or 0,
        *(place for _, place in (label.readings if label else ())),
    ]
    places = [place for place in places if place]
    node.number = before + 1 if before + 1 in places else next(iter(places), before + 1)
