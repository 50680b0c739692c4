"""Language versions laid side by side: one row per provision, one cell per language, a missing provision visibly empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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

    `depth` is 0 at the top, for indenting; `kind` is the eId's kind. `together` has, for a language that says it together with another
    provision, the row where its words stand.
    """

    eid: str
    kind: str
    part: Part
    depth: int
    cells: Mapping[str, Cell | None]
    together: Mapping[str, str] = field(default_factory=dict)

    @property
    def num(self) -> dict[str, str]:
        """The printed number per language, empty where there is none."""
        return {language: cell.num if cell else "" for language, cell in self.cells.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which the provision does not stand."""
        return tuple(language for language, cell in self.cells.items() if cell is None)


type Beads = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
"""Provisions of a first and of another version that say the same under different ids, one or several on either side."""


def _flat(version: TextVersion, beads: Beads) -> list[tuple[str, Provision, Part, int]]:
    """Every provision with the row it stands in, its part and its depth. The first of a bead stands in the row of the first version's
    first; a further one, and one whose row another takes by meaning, in a row of its own.
    """
    out: list[tuple[str, Provision, Part, int]] = []
    pairs = {own[0]: lead[0] for lead, own in beads}
    apart = {*pairs.values(), *(eid for _lead, own in beads for eid in own[1:])}

    def down(provision: Provision, part: Part, depth: int) -> None:
        own = provision.eid if provision.eid not in apart else _apart(provision.eid, version.language)
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


def _apart(eid: str, language: str) -> str:
    """The row of a provision that one language has for itself under an id that means something else in others."""
    return f"{eid}-{language.lower()}"


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


def paired(versions: Mapping[str, TextVersion], encoder: Encoder | None = None) -> dict[str, Beads]:
    """Per language after the first, what stands under other ids there but says the same, in the order of the first: n provisions of it
    and m of the language. Only asked of versions whose ids differ.
    """
    out: dict[str, Beads] = {}
    in_order = list(versions.values())
    for lead, other in ((in_order[0], other) for other in in_order[1:]):
        if lead.by_eid().keys() == other.by_eid().keys():
            continue
        found = [
            (bead.source, bead.target)
            for bead in align_versions(lead, other, encoder)
            if bead.source and bead.target and bead.source != bead.target
        ]
        if found:
            out[other.language] = found
    return out


def rows(versions: Mapping[str, TextVersion], beads: Mapping[str, Beads] | None = None) -> list[Row]:
    """One row per provision of any version, in reading order, aligned by eId, or as `beads` (see :func:`paired`) has it.

    The order is that of the first version; what it lacks stands where the other versions have it.
    """
    beads = beads or {}
    flats = {language: _flat(version, beads.get(language, ())) for language, version in versions.items()}
    together = _together(next(iter(versions), ""), beads)
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
                held = {language: found.get(eid) for language, found in cells.items()}
                out.append(Row(eid, kind, home, depth, held, {k: v for k, v in together.get(eid, {}).items() if held[k] is None}))
    return out


def _together(lead: str, beads: Mapping[str, Beads]) -> dict[str, dict[str, str]]:
    """Per row of a bead but its first, the languages whose words stand in that first row."""
    found: dict[str, dict[str, str]] = {}
    for language, held in beads.items():
        for first, other in held:
            for eid in first[1:]:
                found.setdefault(eid, {})[language] = first[0]
            for eid in other[1:]:
                found.setdefault(_apart(eid, language), {})[lead] = first[0]
    return found
