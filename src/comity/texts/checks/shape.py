"""STRUCT, MISSING, EXTRA, SPLIT, LABEL: whether the versions have the same provisions, in the same order, under labels of one script."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

from comity.texts.align import ProvisionBead
from comity.texts.checks.finding import Finding, Span, finding
from comity.texts.model import TextVersion
from comity.texts.numerals import LOOKALIKE

_SCRIPTS: Final = ("LATIN", "CYRILLIC", "CJK")


def check_shape(left: TextVersion, right: TextVersion, beads: list[ProvisionBead], absences: Collection[tuple[str, str]]) -> list[Finding]:
    """Findings of STRUCT, MISSING, EXTRA and SPLIT between two versions.

    `absences` holds (eId, language) pairs that people declared absent on purpose. MISSING is what the second version lacks, EXTRA what
    only it has.
    """
    out: list[Finding] = []
    ours, theirs = left.by_eid(), right.by_eid()
    for bead in beads:
        if bead.source and bead.target:
            if len(bead.source) != 1 or len(bead.target) != 1:
                out.append(
                    finding(
                        "SPLIT",
                        bead.source[0],
                        "{eids} stand as {other_eids}.",
                        {left.language: [], right.language: []},
                        eids=", ".join(bead.source),
                        other_eids=", ".join(bead.target),
                    )
                )
            continue
        code, version, eids = ("MISSING", right, bead.source) if bead.source else ("EXTRA", left, bead.target)
        for eid in eids:
            inside = [item.eid for item in (ours if bead.source else theirs)[eid].walk()]
            if not any((one, version.language) in absences for one in inside):
                nothing: dict[str, list[Span]] = {left.language: [], right.language: []}
                out.append(finding(code, eid, "{language} has no such provision.", nothing, language=version.language))
    for eid in ours:
        if eid in theirs and bool(ours[eid].text) != bool(theirs[eid].text):
            empty = right if ours[eid].text else left
            if (eid, empty.language) not in absences:
                code = "MISSING" if empty is right else "EXTRA"
                nothing = {left.language: [], right.language: []}
                out.append(finding(code, eid, "{language} has no words here.", nothing, language=empty.language))
    out += _moved(left, right)
    if not any(item.code in {"MISSING", "EXTRA", "SPLIT"} for item in out):
        out += _numbered_apart(left, right, absences)
    return out


def _moved(left: TextVersion, right: TextVersion) -> list[Finding]:
    """Provisions of both versions that stand in another order or under another parent."""
    out: list[Finding] = []
    ours, theirs = left.by_eid(), right.by_eid()
    common = [eid for eid in ours if eid in theirs]
    order = {eid: place for place, eid in enumerate(theirs)}
    parents = left.parents(), right.parents()
    for before, eid in zip([None, *common], common, strict=False):
        moved = before is not None and order[eid] < order[before]
        if moved or parents[0][eid] != parents[1][eid]:
            nothing: dict[str, list[Span]] = {left.language: [], right.language: []}
            if moved:
                out.append(finding("STRUCT", eid, "It stands in another place.", nothing))
            else:
                one, other = (found[eid] or "the text" for found in parents)
                out.append(finding("STRUCT", eid, "Its parent is {eids} / {other_eids}.", nothing, eids=one, other_eids=other))
    return out


def _numbered_apart(left: TextVersion, right: TextVersion, absences: Collection[tuple[str, str]]) -> list[Finding]:
    """Provisions that have a partner by meaning, but not by number."""
    absent = {eid for eid, language in absences if language in {left.language, right.language}}
    different = set(left.by_eid()) ^ set(right.by_eid())
    odd = sorted(eid for eid in different if not any(eid == one or eid.startswith(f"{one}__") for one in absent))
    if not odd:
        return []
    nothing: dict[str, list[Span]] = {left.language: [], right.language: []}
    return [finding("STRUCT", odd[0], "Numbered differently: {eids}.", nothing, eids=", ".join(odd[:6]))]


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")


def check_labels(version: TextVersion) -> list[Finding]:
    """LABEL: neighbouring labels in different scripts, as Cyrillic "(а)" beside Latin "(b)"."""
    out = []
    groups: dict[str, list[str]] = {}
    for eid, parent in version.parents().items():
        groups.setdefault(parent, []).append(eid)
    index = version.by_eid()
    for children in groups.values():
        signs = {eid: [char for char in index[eid].num if char.isalpha()] for eid in children if index[eid].kind == "point"}
        scripts = {eid: {_script(char) for char in chars} for eid, chars in signs.items() if chars}
        used = set().union(*scripts.values()) - {""} if scripts else set()
        mixed = {"LATIN", "CYRILLIC"} <= used
        if not mixed:
            continue
        count: Mapping[str, int] = {script: sum(script in own for own in scripts.values()) for script in ("LATIN", "CYRILLIC")}
        rare = min(count, key=lambda script: (count[script], script == "LATIN"))
        for eid, own in scripts.items():
            lookalike = any(char in LOOKALIKE or char in LOOKALIKE.values() for char in signs[eid])
            if rare in own:
                said = (
                    "The label {label} is {script} among others, which looks the same."
                    if lookalike
                    else "The label {label} is {script} among others."
                )
                out.append(finding("LABEL", eid, said, {version.language: []}, label=index[eid].num, script=rare.title()))
    return out
