"""Language versions laid side by side: one row per provision, one cell per language, a missing provision visibly empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from comity.texts.align import align_versions
from comity.texts.encoders import Encoder
from comity.texts.model import Provision, TextVersion

Part = Literal["preamble", "body", "conclusions"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A provision in one language. `num`, `heading` and `text` are as printed; offsets of quotations count in `text`.

    `eid` is its id in that language's version: another than the row's only where meaning, not number, joined the two.
    """

    num: str
    heading: str
    text: str
    eid: str = ""


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


def _flat(version: TextVersion, pairs: Mapping[str, str]) -> list[tuple[str, Provision, Part, int]]:
    """Every provision with the row it stands in, its part and its depth. One whose row another takes by meaning gets a row of its own."""
    out: list[tuple[str, Provision, Part, int]] = []
    taken = set(pairs.values())

    def down(provision: Provision, part: Part, depth: int) -> None:
        own = provision.eid if provision.eid not in taken else f"{provision.eid}-{version.language.lower()}"
        out.append((pairs.get(provision.eid, own), provision, part, depth))
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


def paired(versions: Mapping[str, TextVersion], encoder: Encoder | None = None) -> dict[str, dict[str, str]]:
    """Per language after the first, provisions that stand under another eId there but say the same: its eId → that of the first language.

    Only asked of versions whose ids differ; one to one (what is split or merged stays in rows of its own, as the checks say).
    """
    out: dict[str, dict[str, str]] = {}
    in_order = list(versions.values())
    for lead, other in ((in_order[0], other) for other in in_order[1:]):
        if lead.by_eid().keys() == other.by_eid().keys():
            continue
        for bead in align_versions(lead, other, encoder):
            if len(bead.source) == len(bead.target) == 1 and bead.source != bead.target:
                out.setdefault(other.language, {})[bead.target[0]] = bead.source[0]
    return out


def rows(versions: Mapping[str, TextVersion], pairs: Mapping[str, Mapping[str, str]] | None = None) -> list[Row]:
    """One row per provision of any version, in reading order, aligned by eId, or as `pairs` (see :func:`paired`) has it.

    The order is that of the first version; what it lacks stands where the other versions have it.
    """
    pairs = pairs or {}
    flats = {language: _flat(version, pairs.get(language, {})) for language, version in versions.items()}
    cells = {
        language: {key: Cell(item.num, item.heading, item.text, item.eid) for key, item, *_ in flat} for language, flat in flats.items()
    }
    where: dict[str, tuple[str, Part, int]] = {}
    for flat in flats.values():
        for key, provision, part, depth in flat:
            where.setdefault(key, (provision.kind, part, depth))
    # The parts are ordered apart, so that a preamble that only one version has cannot end up among the articles.
    out = []
    for part in ("preamble", "body", "conclusions"):
        order = _order([[item[0] for item in flat if item[2] == part] for flat in flats.values()])
        for eid in order:
            kind, home, depth = where[eid]
            if home == part:
                out.append(Row(eid, kind, home, depth, {language: found.get(eid) for language, found in cells.items()}))
    return out
