"""What a parser says of one piece of a text, read out of its document once: words by their numbers, without an object for each.

Places are those of the whole text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COLUMNS: list[int | str] = ["IDX", "LENGTH", "HEAD", "DEP", "TAG", "IS_SPACE", "IS_PUNCT"]


class Tree:
    """The words of a document by number: ``at`` and ``end`` are their places, ``dep`` says what each is to its head, ``tag`` what sort of
    word it is."""

    __slots__ = ("_children", "_head", "_text", "at", "dep", "end", "punct", "space", "tag")

    def __init__(self, doc: Doc, text: str, start: int, names: Mapping[int, str]) -> None:
        """``doc`` is of the piece of ``text`` that begins at ``start``; ``names`` name the numbers of the parser."""
        columns = doc.to_array(_COLUMNS)
        columns[:, 0] += start
        columns[:, 1] += columns[:, 0]
        self.at, self.end, head, dep, tag, self.space, self.punct = columns.view("int64").T.tolist()
        self.dep = list(map(names.__getitem__, dep))
        self.tag = list(map(names.__getitem__, tag))
        self._text = text
        self._head: list[int] = head  # how far away
        self._children: dict[int, list[int]] = {}
        children = self._children
        for number, away in enumerate(head):
            if away:
                above = number + away
                if above in children:
                    children[above].append(number)
                else:
                    children[above] = [number]

    def __len__(self) -> int:
        return len(self.at)

    def word(self, number: int) -> str:
        """A word as the text has it."""
        return self._text[self.at[number] : self.end[number]]

    def lower(self, number: int) -> str:
        """A word in small letters."""
        return self._text[self.at[number] : self.end[number]].lower()

    def head(self, number: int) -> int:
        """The word on which a word depends; itself, if it is the root of its sentence."""
        return number + self._head[number]

    def children(self, number: int) -> list[int]:
        """The words that depend on a word, in order."""
        return self._children.get(number, [])

    def subtree(self, number: int) -> list[int]:
        """A word with all that depends on it, directly or not: what hangs left of each word before it, what hangs right behind it."""
        children, found = self._children, list[int]()
        one, below, at, named = number, children.get(number, []), 0, False
        above: list[tuple[int, list[int], int, bool]] = []  # words of which only a part has been told
        while True:
            while at < len(below):
                child = below[at]
                if child > one and not named:
                    found.append(one)
                    named = True
                at += 1
                if child in children:
                    above.append((one, below, at, named))
                    one, below, at, named = child, children[child], 0, False
                else:
                    found.append(child)
            if not named:
                found.append(one)
            if not above:
                return found
            one, below, at, named = above.pop()

    def under(self, number: int, other: int) -> bool:
        """Whether a word depends on another, directly or not."""
        while away := self._head[number]:
            number += away
            if number == other:
                return True
        return False
