"""One English clause, several undertakings: where "strengthen …, deepen … and support …" is cut."""

from __future__ import annotations

import re

from comity.press.attribution import clean
from comity.press.model import Span
from comity.press.readers.english.lexicon import table

_VERBS = table()["commitments"]["verbs"].split()
# the verbs are looked up in a set: an alternation of some hundred words is slow at every comma
_COORDINATED = re.compile(
    r"(?:,\s(?:and\s)?|\sand\s)(?:(?:to|also|jointly|further|will|would|should|must|actively|firmly|fully)\s)*(?=(?P<verb>[a-z]+)\b)"
)
_GERUND = re.compile(r"(?:,\s(?:and\s)?|\sand\s)(?=(?P<verb>[a-z]+ing)\b)")
_BASES = frozenset(_VERBS)
_GERUNDS = frozenset(verb.rstrip("e") + doubled + "ing" for verb in _VERBS for doubled in ("", "n", "l", "p", "t", "g"))
_BINDS = re.compile(r"\b(?:will|would|shall|should|must|to|ought|need)\b")
_SECOND_TO = re.compile(r",?\sand\sto\s")
_LONG = 7  # words


def split_coordinated(text: str, span: Span) -> list[Span]:
    """A clause of several verb phrases, each of three words or more, is as many commitments: "strengthen …, deepen … and support …"."""
    piece = text[span[0] : span[1]]
    cuts = [m.span() for m in _COORDINATED.finditer(piece) if m["verb"] in _BASES] or [
        m.span() for m in _GERUND.finditer(piece) if m["verb"] in _GERUNDS
    ]
    if len(cuts) == 1 and "," not in piece[slice(*cuts[0])] and not re.search(r"will|would|should|must", piece[slice(*cuts[0])]):
        cuts = []  # "to share data and to hold a hearing" is one undertaking in two verbs
    second = _SECOND_TO.search(piece) if not cuts and piece.startswith("to ") else None
    if second is not None and min(len(piece[: second.start()].split()), len(piece[second.end() - 3 :].split())) >= _LONG:
        cuts = [(second.start(), second.end() - 3)]  # each long enough to stand by itself
    parts, at = [], 0
    for start, end in cuts:
        if len(piece[at:start].split()) >= 4 and len(piece[end:].split()) >= 3:
            parts.append((at, start))
            at = end
    parts.append((at, len(piece)))
    if len(parts) > 1 and not _BINDS.search(piece[slice(*parts[0])]):
        modal = _BINDS.search(piece, parts[0][1], parts[1][0])
        if modal is not None:  # "ministers had been timid and should publish …": only the second half asks for anything
            parts = [(modal.start(), parts[1][1]), *parts[2:]]
    return [clean(text, span[0] + a, span[0] + b) for a, b in parts]
