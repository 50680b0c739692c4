"""What changed between two wordings, token by token, as HTML that says it by form and not by colour."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comity.texts.diff import Piece, token_diff

MOST = 20_000  # characters; longer passages are shown as replaced whole


def redlined(before: str, after: str) -> SafeString:
    """The two wordings in one line: what went struck out, what came underlined; escaped."""
    if len(before) + len(after) > MOST:
        return marked([Piece("delete", before), Piece("insert", after)] if before != after else [Piece("keep", after)])
    return marked(token_diff(before, after))


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of a diff as one line."""
    forms = {"keep": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}
    return format_html_join("", "{}", ((format_html(forms[piece.op], piece.text),) for piece in pieces if piece.text))
