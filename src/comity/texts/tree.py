"""From numbers as read to eIds: the last step of reading a text, whatever it was read from.

Articles, sections and numbered paragraphs that count on through the text carry no parent in their eId; those that begin anew do.
Unnumbered provisions get the place they have among their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from comity.texts.clean import Warned
from comity.texts.model import Provision
from comity.texts.numerals import numbered, to_letters, to_roman

RANKS: Final = {"": 0, "annex": 1, "book": 2, "part": 3, "title": 4, "chp": 5, "sec": 6, "subsec": 7, "art": 8}


@dataclass(slots=True)
class Node:
    """A provision while it is being read: `number` is its place, `inserted` that of a bis or ter, `style` how its list is numbered."""

    kind: str
    number: int = 0
    num: str = ""
    heading: str = ""
    text: str = ""
    style: str = ""
    inserted: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        return bool(self.num)


def with_eids(root: Node, warnings: list[Warned]) -> tuple[Provision, ...]:
    """The provisions below `root` with their eIds; numbers that stand twice are kept apart and said in `warnings`."""
    _settle(root)
    counted: dict[str, list[str]] = {}
    _count(root, counted)
    continuous = {kind for kind, numbers in counted.items() if len(set(numbers)) == len(numbers)}
    used: set[str] = set()
    return tuple(_provision(child, "", 0, continuous, used, warnings) for child in root.children)


def _settle(node: Node) -> None:
    """Give unnumbered provisions their places, and a single unnumbered paragraph's words to its article."""
    if node.kind == "art" and node.children and node.children[0].kind == "para" and not node.children[0].is_numbered:
        alone = not any(child.kind == "para" and not child.is_numbered for child in node.children[1:])
        first = node.children[0]
        if alone and (len(node.children) == 1 or not first.children):
            node.text = first.text
            node.children = [*first.children, *node.children[1:]]
    elif node.kind in {"sec", "", "chp", "part", "annex"}:
        mixed = any(child.kind == "para" and child.is_numbered for child in node.children)
        for child in node.children:
            if mixed and child.kind == "para" and not child.is_numbered:
                child.kind = "al"
    places: dict[str, int] = {}
    for child in node.children:
        if not child.is_numbered or child.style == "dash":
            places[child.kind] = child.number = places.get(child.kind, 0) + 1
        _settle(child)


def _count(node: Node, counted: dict[str, list[str]]) -> None:
    for child in node.children:
        is_free = child.kind in RANKS or (child.kind == "para" and child.is_numbered and node.kind != "art" and node.kind in RANKS)
        if is_free:
            counted.setdefault(child.kind, []).append(numbered(child.number, child.inserted))
        if child.kind in {"para", "art"} and not child.is_numbered and node.kind == "":
            counted.setdefault("para", []).append(str(child.number))
        _count(child, counted)


def _provision(node: Node, parent: str, points: int, continuous: set[str], used: set[str], warnings: list[Warned]) -> Provision:
    points += node.kind == "point"
    number = numbered(node.number, node.inserted)
    if node.kind == "point":
        number = (to_letters, to_roman, str)[(points - 1) % 3](max(node.number, 1))
    is_free = node.kind in continuous and (
        node.kind in RANKS or (node.is_numbered and parent.rsplit("__", 1)[-1].split("_")[0] in {*RANKS} - {"art"})
    )
    own = f"{node.kind}_{number}"
    eid = own if is_free or not parent else f"{parent}__{own}"
    if eid in used:
        again = 2
        while f"{eid}-{again}" in used:
            again += 1
        warnings.append(Warned("NUMBERING", eid, f"The number {node.num or number} stands twice here."))
        eid = f"{eid}-{again}"
    used.add(eid)
    children = tuple(_provision(child, eid, points, continuous, used, warnings) for child in node.children)
    return Provision(eid, node.num, node.heading, node.text, children)
