"""The parser's sentences as numbers: what they say is what the parser's own words say."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.press.gold import load
from comity.press.readers.english.tree import Tree
from comity.press.segment import lay_out

pytest.importorskip("spacy")
from comity.press.readers.with_spacy import SpacyReader

GOLD = Path(__file__).parent / "gold" / "dev" / "en"


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    return SpacyReader()


def test_a_tree_says_of_every_word_what_the_parser_says(reader: SpacyReader) -> None:
    crossed = 0
    for gold in load(GOLD):
        for start, doc in reader.docs(lay_out(gold.text, "en")):
            tree = reader.tree(start, doc, gold.text)
            for token in doc:
                number = token.i
                assert (tree.word(number), tree.lower(number)) == (token.text, token.lower_)
                assert (tree.at[number], tree.dep[number], tree.tag[number]) == (start + token.idx, token.dep_, token.tag_)
                assert (bool(tree.space[number]), bool(tree.punct[number])) == (token.is_space, token.is_punct)
                assert tree.head(number) == token.head.i
                assert tree.children(number) == [child.i for child in token.children]
                assert tree.subtree(number) == [other.i for other in token.subtree]
                assert [other for other in range(len(doc)) if tree.under(number, other)] == sorted(a.i for a in token.ancestors)
                crossed += token.right_edge.i - token.left_edge.i + 1 != len(tree.subtree(number))
    assert crossed  # branches that cross are among them


def test_a_piece_that_begins_further_on_has_the_places_of_the_whole_text(reader: SpacyReader) -> None:
    text = "Nothing here.\n\nThe Speaker said that the talks were useful."
    [(start, doc)] = reader.docs(lay_out(text, "en"))
    tree = Tree(doc, f"## {text}", start + 3, reader.names)
    assert [tree.word(number) for number in range(len(tree))] == [token.text for token in doc]
