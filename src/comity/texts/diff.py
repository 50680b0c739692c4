"""What changed between two wordings, token by token: a Han character, a word or a number is kept, deleted or inserted as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from comity.texts.tokens import tokenise

Op = Literal["keep", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both texts have (`keep`), or only the old (`delete`) or the new one (`insert`)."""

    op: Op
    text: str


def token_diff(old: str, new: str) -> list[Piece]:
    """The shortest way from old to new in tokens. Kept and deleted pieces give the old text, kept and inserted ones the new text.

    A lone space between two changes is changed with them, so that a replaced phrase reads as one; deletions stand before insertions.
    """
    left, right = [token.text for token in tokenise(old)], [token.text for token in tokenise(new)]
    pieces: list[Piece] = []
    for code in Indel.opcodes(left, right):
        before, after = "".join(left[code.src_start : code.src_end]), "".join(right[code.dest_start : code.dest_end])
        if code.tag == "equal":
            pieces.append(Piece("keep", before))
        else:
            pieces += [Piece("delete", before)] if before else []
            pieces += [Piece("insert", after)] if after else []
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Changes in a row as one deletion and one insertion."""
    out: list[Piece] = []
    deleted = inserted = ""
    for index, piece in enumerate(pieces):
        bridges = (
            piece.op == "keep"
            and piece.text.isspace()
            and deleted
            and inserted
            and index + 1 < len(pieces)
            and _replaced(pieces, index + 1)
        )
        if piece.op == "delete" or bridges:
            deleted += piece.text
        if piece.op == "insert" or bridges:
            inserted += piece.text
        if piece.op == "keep" and not bridges:
            out += [Piece("delete", deleted)] if deleted else []
            out += [Piece("insert", inserted)] if inserted else []
            deleted = inserted = ""
            out.append(piece)
    out += [Piece("delete", deleted)] if deleted else []
    out += [Piece("insert", inserted)] if inserted else []
    return out


def _replaced(pieces: list[Piece], index: int) -> bool:
    """Whether both a deletion and an insertion follow."""
    return {piece.op for piece in pieces[index : index + 2]} == {"delete", "insert"}


def similarity(old: str, new: str) -> float:
    """Likeness of two wordings by tokens, from 0 to 1."""
    left, right = [t.text for t in tokenise(old) if not t.is_space], [t.text for t in tokenise(new) if not t.is_space]
    return float(Indel.normalized_similarity(left, right))
