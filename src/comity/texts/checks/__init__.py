"""Do the language versions say the same? Sixteen checks and one of the closing formula, each naming provision, languages and words.

STRUCT, MISSING, EXTRA, SPLIT, LABEL (`shape`); NUM, DATE, MONEY, UNIT (`numbers`); REF (`references`); NAME, TERM, MODAL, NEG (`words`);
SEM, PREC (`meaning`); STRAY, BRACKET (`residue`); CLOSING (`formula`). They are written for zh, ru and en, and for fr and es where the
method allows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from comity.errors import Malformed
from comity.texts.align import ProvisionBead, align_versions
from comity.texts.brackets import brackets, has_brackets, masked_version, only
from comity.texts.checks.finding import SEVERITIES, Finding, Severity, Span, blocking, waive
from comity.texts.checks.formula import check_formula
from comity.texts.checks.meaning import Precedent, check_meaning, check_precedent
from comity.texts.checks.numbers import check_numbers
from comity.texts.checks.pair import Pair, Side
from comity.texts.checks.references import check_references, check_targets
from comity.texts.checks.residue import check_alternatives, check_brackets, check_stray
from comity.texts.checks.shape import check_labels, check_shape
from comity.texts.checks.words import Entity, check_modality, check_names, check_negation, check_terms
from comity.texts.encoders import Encoder
from comity.texts.model import TextVersion
from comity.texts.resolution import Resolved, references_of
from comity.texts.terms import Register


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks may know beside the texts: the terminology register, the registry of names, agreed language, declared absences, an
    encoder."""

    register: Register = field(default_factory=Register)
    entities: Sequence[Entity] = ()
    precedents: Mapping[str, Sequence[Precedent]] = field(default_factory=dict)
    absences: Collection[tuple[str, str]] = frozenset()
    encoder: Encoder | None = None


def check(versions: Mapping[str, TextVersion], context: Context | None = None) -> list[Finding]:
    """All findings on language versions of one text, in reading order of the first; errors first within a provision.

    Every pair of languages is compared; what two pairs say of the same provision in the same words becomes one finding.
    """
    context = context or Context()
    out: list[Finding] = check_alternatives(versions)
    for language, version in versions.items():
        for provision in version.walk():
            out += check_brackets(Side(language, provision.eid, provision.text))
    original, versions = versions, {language: masked_version(version) for language, version in versions.items()}
    references = {language: references_of(version) for language, version in versions.items()}
    for language, version in versions.items():
        out += check_labels(version)
        out += check_targets(version, references[language])
        for provision in version.walk():
            side = Side(language, provision.eid, provision.text)
            out += [*check_stray(side), *check_precedent(side, context.precedents)]
    if len(versions) > 1:
        out += check_formula(versions)
    for left, right in combinations(versions.values(), 2):
        beads = align_versions(left, right, context.encoder)
        out += check_shape(left, right, beads, context.absences)
        pairs = _pairs(left, right, beads)
        out += _check_pairs(pairs, references, context)
        out += _check_pairs(_alternatives(pairs, original), {left.language: {}, right.language: {}}, context)
        if context.encoder:
            out += check_meaning(pairs, context.encoder)
    return _merged(out, versions)


def _pairs(left: TextVersion, right: TextVersion, beads: list[ProvisionBead]) -> list[Pair]:
    ours, theirs = left.by_eid(), right.by_eid()
    pairs = []
    for bead in beads:
        if len(bead.source) == len(bead.target) == 1:
            one, other = ours[bead.source[0]], theirs[bead.target[0]]
            if one.text and other.text:
                pairs.append(Pair(one.eid, Side(left.language, one.eid, one.text), Side(right.language, other.eid, other.text)))
    return pairs


def _alternatives(pairs: Sequence[Pair], original: Mapping[str, TextVersion]) -> list[Pair]:
    """What the same sides want in the same bracket, in two languages."""
    out = []
    opened = {lang: {p.eid: p.text for p in version.walk() if has_brackets(p.text)} for lang, version in original.items()}
    for pair in pairs:
        texts = [opened[side.language].get(side.eid, "") for side in pair.sides]
        if not all(has_brackets(text) for text in texts):
            continue
        left, right = texts
        try:
            found = [{(b.number, one.sides): one for b in brackets(text) for one in b.alternatives} for text in texts]
        except Malformed:
            continue
        for key, one in found[0].items():
            other = found[1].get(key)
            if other is not None and one.text and other.text:
                sides = replace(pair.left, text=only(left, one)), replace(pair.right, text=only(right, other))
                out.append(Pair(pair.eid, *sides))
    return out


def _check_pairs(pairs: Sequence[Pair], references: Mapping[str, Mapping[str, list[Resolved]]], context: Context) -> list[Finding]:
    out: list[Finding] = []
    for pair in pairs:
        ours, theirs = (references[side.language].get(side.eid, []) for side in pair.sides)
        out += check_numbers(pair)
        out += check_references(pair, ours, theirs)
        out += check_names(pair, context.entities)
        out += check_terms(pair, context.register)
        if not pair.eid.startswith(("rec_", "formula_", "sig_")):
            out += [*check_modality(pair), *check_negation(pair)]
    return out


def _merged(findings: list[Finding], versions: Mapping[str, TextVersion]) -> list[Finding]:
    order: dict[str, int] = {}
    for version in versions.values():
        for eid in version.by_eid():
            order.setdefault(eid, len(order))
    groups: dict[tuple[str, str, str], Finding] = {}
    for item in findings:
        key = (item.code, item.eid, item.message)
        if key in groups:
            spans = {**groups[key].spans}
            for language, own in item.spans.items():
                spans[language] = tuple(sorted({*spans.get(language, ()), *own}))
            item = replace(item, languages=tuple(spans), spans=spans)
        groups[key] = item
    rank = {"error": 0, "warning": 1, "info": 2}
    return sorted(groups.values(), key=lambda item: (order.get(item.eid, len(order)), rank[item.severity], item.code, item.message))


__all__ = [
    "SEVERITIES",
    "Context",
    "Entity",
    "Finding",
    "Pair",
    "Precedent",
    "Severity",
    "Side",
    "Span",
    "blocking",
    "check",
    "waive",
]
