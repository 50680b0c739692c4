"""Language versions laid side by side: one row per provision, one cell per language, a missing provision visibly empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from comity.texts.model import Provision, TextVersion

Part = Literal["preamble", "body", "conclusions"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A provision in one language. `num`, `heading` and `text` are as printed; offsets of quotations count in `text`."""

    num: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One provision in all languages. `cells` has every language as a key; None where that version lacks the provision.

    `depth` is 0 at the top, for indenting; `kind` is the eId's kind.
    """

    eid: str
    kind: str
    part: Part
    depth: int
    cells: Mapping[str, Cell | None]

    @property
    def num(self) -> dict[str, str]:
        """The printed number per language, empty where there is none."""
        return {language: cell.num if cell else "" for language, cell in self.cells.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which the provision does not stand."""
        return tuple(language for language, cell in self.cells.items() if cell is None)


def _flat(version: TextVersion) -> list[tuple[Provision, Part, int]]:
    out: list[tuple[Provision, Part, int]] = []

    def down(provision: Provision, part: Part, depth: int) -> None:
        out.append((provision, part, depth))
        for child in provision.children:
            down(child, part, depth + 1)

    parts: tuple[tuple[tuple[Provision, ...], Part], ...] = (
        (version.preamble, "preamble"),
        (version.provisions, "body"),
        (version.conclusions, "conclusions"),
    )
    for tops, part in parts:
        for top in tops:
            down(top, part, 0)
    return out


def _order(sequences: list[list[str]]) -> list[str]:
    """All ids of several sequences in one: the first leads, and what only others have is put after the id it follows there."""
    order = list(sequences[0]) if sequences else []
    for sequence in sequences[1:]:
        known = set(order)
        at = 0
        place = {eid: index for index, eid in enumerate(order)}
        merged: dict[int, list[str]] = {}
        for eid in sequence:
            if eid in known:
                at = place[eid] + 1
            else:
                merged.setdefault(at, []).append(eid)
        order = [eid for index in range(len(order) + 1) for eid in (*merged.get(index, ()), *order[index : index + 1])]
    return order


def rows(versions: Mapping[str, TextVersion]) -> list[Row]:
    """One row per provision of any version, in reading order, aligned by eId.

    The order is that of the first version; what it lacks stands where the other versions have it.
    """
    flats = {language: _flat(version) for language, version in versions.items()}
    cells = {language: {item[0].eid: Cell(item[0].num, item[0].heading, item[0].text) for item in flat} for language, flat in flats.items()}
    where: dict[str, tuple[str, Part, int]] = {}
    for flat in flats.values():
        for provision, part, depth in flat:
            where.setdefault(provision.eid, (provision.kind, part, depth))
    # The parts are ordered apart, so that a preamble that only one version has cannot end up among the articles.
    out = []
    for part in ("preamble", "body", "conclusions"):
        order = _order([[item[0].eid for item in flat if item[1] == part] for flat in flats.values()])
        for eid in order:
            kind, home, depth = where[eid]
            if home == part:
                out.append(Row(eid, kind, home, depth, {language: found.get(eid) for language, found in cells.items()}))
    return out
