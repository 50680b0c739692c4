"""Has this been said before? Where, when, by whom, and how far the words have drifted since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from rapidfuzz import fuzz

from comity.texts.diff import Piece, similarity, token_diff
from comity.texts.search import Hit, Mode, fuse
from comity.texts.tokens import tokenise

_SLACK: Final = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Where a wording stands: the text and its provision, the ISO date (may be partial), the meeting, who said it, and in what standing.

    `side` is a party, or "" for what both said together; `standing` is `joint`, `unilateral` or `observed`.
    """

    ref: str
    date: str
    title: str = ""
    meeting: str = ""
    side: str = ""
    standing: str = "joint"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A precedent: its source, the passage that is nearest to the phrase, how alike they are (0 to 1), and what differs.

    `versions` has the whole provision in every language.
    """

    source: Source
    language: str
    passage: str
    similarity: float
    pieces: tuple[Piece, ...]
    versions: Mapping[str, str]

    @property
    def is_exact(self) -> bool:
        """Whether the phrase stands there word for word."""
        return all(piece.op == "keep" for piece in self.pieces)


def nearest_passage(phrase: str, text: str) -> str:
    """The part of a text that is likest to a phrase, cut at words."""
    if not phrase or not text or len(text) <= len(phrase):
        return text
    found = fuzz.partial_ratio_alignment(phrase, text)
    if found is None:
        return text
    tokens = [token for token in tokenise(text) if not token.is_space]
    inside = [place for place, token in enumerate(tokens) if token.end > found.dest_start and token.start < found.dest_end]
    if not inside:
        return text
    # The window has the phrase's length; where words were put in or left out, its ends are some words off.
    wide = max(_SLACK, len(inside) // 2)
    starts = range(max(0, inside[0] - _SLACK), min(inside[0] + _SLACK, len(tokens) - 1) + 1)
    ends = range(max(0, inside[-1] - _SLACK), min(inside[-1] + wide, len(tokens) - 1) + 1)
    before = range(max(0, inside[0] - wide), max(0, inside[0] - _SLACK))
    spans = [(tokens[a].start, tokens[b].end) for a in (*before, *starts) for b in ends if a <= b]
    start, end = max(spans, key=lambda span: (fuzz.ratio(phrase, text[span[0] : span[1]]), span[0] - span[1]))
    return text[start:end]


class Searchable(Protocol):
    """Where wordings are looked for: `texts.search.Index`, or tables of a desk."""

    def search(self, query: str, language: str, *, limit: int = 20, mode: Mode = "phrase") -> Sequence[Hit]: ...
    def several(self, refs: Sequence[str]) -> Mapping[str, Mapping[str, str]]: ...


def precedents(
    phrase: str, language: str, index: Searchable, sources: Mapping[str, Source], *, near: Sequence[str] = (), limit: int = 20
) -> list[Occurrence]:
    """Precedents of a phrase, exact ones first, then by likeness and date.

    `near` are references that a search by meaning found (in any language), best first; they are fused with the lexical ones.
    """
    exact = [hit.ref for hit in index.search(phrase, language, limit=limit)]
    loose = [hit.ref for hit in index.search(phrase, language, limit=limit, mode="any")]
    out = []
    # The loose search finds every clause that shares a common word, so what matches word for word or by meaning goes first.
    ranked = list(dict.fromkeys([*exact, *fuse([loose, near])]))[: 3 * limit]
    known = index.several(ranked)
    for ref in ranked:
        if ref not in sources:
            continue
        versions = known[ref]
        own = next(
            (tag for tag in versions if tag == language), next((tag for tag in versions if tag.split("-")[0] == language.split("-")[0]), "")
        )
        if not own:
            if ref in near:
                out.append(Occurrence(sources[ref], next(iter(versions)), "", 0.0, (), versions))
            continue
        passage = nearest_passage(phrase, versions[own])
        alike = similarity(phrase, passage)
        if alike >= 0.5 or ref in exact or ref in near:
            out.append(Occurrence(sources[ref], own, passage, alike, tuple(token_diff(passage, phrase)), versions))
    return sorted(out, key=lambda item: (-round(item.similarity, 2), item.source.date, item.source.ref))[:limit]


@dataclass(frozen=True, slots=True)
class Said:
    """One point on the line: when a side said a phrase, where, and whether in these words."""

    side: str
    date: str
    ref: str
    standing: str
    is_exact: bool


def said_by_side(occurrences: Iterable[Occurrence], *, least: float = 0.8) -> dict[str, list[Said]]:
    """When each side said it (words at least `least` alike), oldest first; joint texts stand under "" and count for every side."""
    out: dict[str, list[Said]] = {}
    for item in sorted(occurrences, key=lambda item: (item.source.date, item.source.ref)):
        if item.similarity >= least:
            source = item.source
            out.setdefault(source.side, []).append(Said(source.side, source.date, source.ref, source.standing, item.is_exact))
    return out
