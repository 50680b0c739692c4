"""Gold cases for joint texts, built from public parallel texts that lie beside the checkout, with seeded errors.

Nothing here is tuned: a case belongs to `dev` or to `held-out` by its place alone, and every disturbance is drawn from a seed.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Split = Literal["dev", "held-out"]
Bead = tuple[tuple[int, ...], tuple[int, ...]]
SHARED = Path(__file__).parents[4] / "shared" / "data" / "texts"


@dataclass(frozen=True, slots=True)
class Case:
    """Two lists of clauses without numbers, and which belong together (an empty side is a clause that the other text lacks)."""

    name: str
    languages: tuple[str, str]
    split: Split
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[Bead, ...]


def _composed(text: str) -> str:
    """NFC, as every text that was read in; some of the sources are decomposed."""
    return unicodedata.normalize("NFC", text)


def udhr(language: str) -> dict[str, str]:
    """The Declaration of Human Rights by provision id."""
    lines = (SHARED / "udhr" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: _composed(row["text"]) for row in map(json.loads, lines)}


def targets() -> list[dict[str, str]]:
    """The 169 targets of A/RES/70/1, each with its text per language."""
    lines = _composed((SHARED / "sdg" / "targets.jsonl").read_text(encoding="utf-8")).splitlines()
    return [json.loads(line) for line in lines]


def treaty(name: str) -> list[tuple[str, str]]:
    """Articles of a treaty as (English, traditional Chinese)."""
    data = json.loads((SHARED / "treaties-en-zhHant" / f"{name}.json").read_text(encoding="utf-8"))
    pairs = [(" ".join(item["content_en"].split()), "".join(item["content_zh"].split())) for item in data["articles"]]
    return [(one, other) for one, other in pairs if one and other]


def _udhr_beads(pair: tuple[str, str]) -> tuple[list[str], list[str], list[Bead]]:
    one, other = udhr(pair[0]), udhr(pair[1])
    exceptions = json.loads((SHARED / "udhr" / "alignment.json").read_text(encoding="utf-8"))["exceptions"]["-".join(pair)]
    left, right = [key for key in one if not key.endswith(".h")], [key for key in other if not key.endswith(".h")]
    taken = {key for bead in exceptions for key in bead[0]}, {key for bead in exceptions for key in bead[1]}
    beads: list[Bead] = [(tuple(left.index(key) for key in a), tuple(right.index(key) for key in b)) for a, b in exceptions]
    beads += [((left.index(key),), (right.index(key),)) for key in left if key in other and key not in taken[0] and key not in taken[1]]
    beads += [((left.index(key),), ()) for key in left if key not in other and key not in taken[0]]
    beads += [((), (right.index(key),)) for key in right if key not in one and key not in taken[1]]
    return [one[key] for key in left], [other[key] for key in right], sorted(beads, key=lambda bead: (min(bead[0], default=10**6), bead[1]))


def _windows(name: str, pair: tuple[str, str], left: list[str], right: list[str], beads: list[Bead], size: int) -> Iterator[Case]:
    """Cut a long pair at bead borders into cases; every third belongs to dev."""
    paired = sorted((bead for bead in beads if bead[0] and bead[1]), key=lambda bead: bead[0][0])
    for number, start in enumerate(range(0, len(paired), size)):
        group = paired[start : start + size]
        if len(group) < 8:
            continue
        ones = list(range(group[0][0][0], group[-1][0][-1] + 1))
        others = list(range(min(bead[1][0] for bead in group), max(bead[1][-1] for bead in group) + 1))
        kept = [bead for bead in beads if set(bead[0]) <= set(ones) and set(bead[1]) <= set(others)]
        moved = tuple((tuple(ones.index(i) for i in a), tuple(others.index(j) for j in b)) for a, b in kept)
        split: Split = "dev" if number % 3 == 0 else "held-out"
        yield Case(f"{name}/{number}", pair, split, tuple(left[i] for i in ones), tuple(right[j] for j in others), moved)


def alignment_cases() -> list[Case]:
    """All undisturbed cases: Declaration and targets in three pairs of languages, four treaties in one."""
    cases: list[Case] = []
    rows = targets()
    for pair in (("en", "ru"), ("en", "zh-Hans"), ("ru", "zh-Hans")):
        cases += _windows(f"udhr-{'-'.join(pair)}", pair, *_udhr_beads(pair), size=28)
        left, right = [row[pair[0]] for row in rows], [row[pair[1]] for row in rows]
        cases += _windows(f"sdg-{'-'.join(pair)}", pair, left, right, [((i,), (i,)) for i in range(len(rows))], size=28)
    for name in ("un-charter", "vclt", "iccpr", "outer-space"):
        articles = treaty(name)
        cases += _windows(
            name,
            ("en", "zh-Hant"),
            [a for a, _ in articles],
            [b for _, b in articles],
            [((i,), (i,)) for i in range(len(articles))],
            size=28,
        )
    return cases


def disturbed(case: Case, seed: int) -> Case:
    """The case with 6 % of the clauses dropped on each side and 6 % of neighbours merged on one side."""
    draw = random.Random(f"{seed}/{case.name}")  # noqa: S311  # seeded, for a rerun that gives the same
    atoms: list[tuple[set[int], set[int]]] = [(set(a), set(b)) for a, b in case.beads]
    sides = []
    for texts, language in ((case.source, case.languages[0]), (case.target, case.languages[1])):
        kept = [[index] for index in range(len(texts)) if draw.random() >= 0.06]
        merged: list[list[int]] = []
        for group in kept:
            if merged and len(merged[-1]) == 1 and group[0] == merged[-1][0] + 1 and draw.random() < 0.03:
                merged[-1] = merged[-1] + group
            else:
                merged.append(list(group))
        joint = "" if language.startswith("zh") else " "
        sides.append((merged, tuple(joint.join(texts[index] for index in group) for group in merged)))
    (left, source), (right, target) = sides
    where = (
        {index: place for place, group in enumerate(left) for index in group},
        {index: place for place, group in enumerate(right) for index in group},
    )
    beads = [({where[0][i] for i in a if i in where[0]}, {where[1][j] for j in b if j in where[1]}) for a, b in atoms]
    return Case(case.name, case.languages, case.split, source, target, tuple(_components(beads)))


def _components(beads: list[tuple[set[int], set[int]]]) -> list[Bead]:
    """Join beads that share a clause, as merging makes them do."""
    out: list[tuple[set[int], set[int]]] = []
    for a, b in beads:
        if not a and not b:
            continue
        a, b = set(a), set(b)
        rest = []
        for other in out:
            if other[0] & a or other[1] & b:
                a, b = a | other[0], b | other[1]
            else:
                rest.append(other)
        out = [*rest, (a, b)]
    return sorted(((tuple(sorted(a)), tuple(sorted(b))) for a, b in out), key=lambda bead: (min(bead[0], default=10**6), bead[1]))


@dataclass(slots=True)
class Score:
    """Counts of hits, found and wanted things, with the measures made of them."""

    hit: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[Bead], wanted: set[Bead]) -> None:
        """Count one case."""
        self.hit += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found."""
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.hit / (self.found + self.wanted) if self.found + self.wanted else 1.0


def split_beads(beads: tuple[Bead, ...] | list[Bead]) -> tuple[set[Bead], set[Bead]]:
    """Beads with words on both sides, and clauses that one side lacks."""
    return {bead for bead in beads if bead[0] and bead[1]}, {bead for bead in beads if not bead[0] or not bead[1]}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured line: what, the value as printed, the bound, whether it holds (None where there is none), and peers."""

    name: str
    value: str
    bound: str = ""
    holds: bool | None = None
    peers: str = ""
