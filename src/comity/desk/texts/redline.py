"""What changed between two wordings, word by word (by sign in Han), as HTML that says it by form and not by colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# A Han sign is a word of its own; elsewhere a run of letters and digits, or one mark, or a run of spaces.
_TOKEN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+|\s+|[^\w\s]")
MOST: Final = 20_000  # characters; longer passages are shown as replaced whole


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pairs of what went and what came; both the same where nothing changed."""
    if len(before) + len(after) > MOST:
        yield before, after
        return
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        went, came = "".join(old[a:b]), "".join(new[c:d])
        yield (went, went) if kind == "equal" else (went, came)


def redline(before: str, after: str) -> SafeString:
    """The two wordings in one line: what went struck out, what came underlined; escaped."""
    pieces = []
    for went, came in changes(before, after):
        if went == came:
            pieces.append(format_html("{}", went))
        else:
            pieces += [format_html("<del>{}</del>", went)] * bool(went) + [format_html("<ins>{}</ins>", came)] * bool(came)
    return format_html_join("", "{}", ((piece,) for piece in pieces))
