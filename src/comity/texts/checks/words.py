"""NAME, TERM, MODAL, NEG: words that stand for the same thing in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from comity.texts.checks.finding import Finding, Span, finding
from comity.texts.checks.pair import Pair, Side
from comity.texts.terms import Concept, Register
from comity.texts.tokens import find_phrase

_MODALS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "prohibition": r"\b(?:shall|must|may|can)\s+not\b|\bshall\s+(?:in\s+no\s+case|neither|never)\b|\bno\s+\w+\s+(?:shall|may)\b"
        r"|\bnor\s+(?:shall|may)\b|\bnothing\b[^.;]{0,90}?\b(?:shall|may)\b|\bno\s+one\s+(?:shall|may)\b"
        r"|\b(?:shall|may)\s+(?:in\s+no\s+case|only)\b|\b(?:is|are)\s+prohibited\b|\bcannot\b",
        "obligation": r"\b(?:shall|must)\b(?!\s+(?:not|neither|never|in\s+no))|\b(?:is|are)\s+(?:obliged|required|bound)\s+to\b"
        r"|\bundertakes?\s+to\b",
        "permission": r"\bmay\b(?!\s+(?:not|in\s+no|only))|\b(?:is|are)\s+free\s+to\b",
    },
    "ru": {
        "prohibition": r"\bне\s+(?:долж\w+|вправе|мо(?:жет|гут|жно)|допуска\w+|подлеж\w+)|\bзапреща\w+|\bзапрещен\w*|\bнельзя\b"
        r"|\bникто\s+не\b",
        "obligation": r"(?<!не )\b(?:долж(?:ен|на|но|ны)|обязан\w*|обязу\w+|надлежит|следует\b(?! из))|(?<!не )\bподлеж(?:ит|ат)\b",
        "permission": r"(?<!не )\b(?:вправе|мо(?:жет|гут|жно))\b",
    },
    "zh": {
        "prohibition": r"不得|不应|不應|不许|禁止|不可(?!分|少|或缺|避免|抗力|剥夺|侵犯|撤销)|(?<!他)不能(?!控制)",
        "obligation": r"(?<![不响反适相供效对])[应應](?![用对變变急]|邀(?![请請])|受的|享有)(?:[当當])?|必须|必須|须(?!知)|有义务"
        r"|负有.{0,6}义务|有責任|承诺",
        "permission": r"(?<![不许认])可(?![能持靠行观见预再信负接避])(?:以)?|得(?=[^到出以知益失]{1,8}[，。；])(?<=[者国方府員员]得)",
    },
    "fr": {
        "prohibition": r"\bne\s+(?:doit|doivent|peut|peuvent|saurai\w+)\b[^.;]{0,20}\b(?:pas|être|aucun\w*)|\b(?:est|sont)\s+interdit\w*",
        "obligation": r"(?<!ne )\b(?:doit|doivent|devra|devront)\b|\b(?:s’engage|s’engagent|est tenue?|sont tenue?s)\b",
        "permission": r"(?<!ne )\b(?:peut|peuvent|pourra|pourront)\b",
    },
    "es": {
        "prohibition": r"\bno\s+(?:deberá\w*|debe\w*|podrá\w*|puede\w*)\b|\bqueda\w*\s+prohibid\w+|\bestá\w*\s+prohibid\w+",
        "obligation": r"(?<!no )\b(?:deberá|deberán|debe|deben)\b|\bse\s+comprometen?\b|\bestará\w*\s+obligad\w+",
        "permission": r"(?<!no )\b(?:podrá|podrán|puede|pueden)\b",
    },
}
_NEGATIONS: Final[Mapping[str, str]] = {
    "en": r"\b(?:not(?! (?:later|more|less|fewer|exceed\w*) )|no(?! (?:later|more|less|fewer) )|none|neither|nor|never|nothing)\b"
    r"|\b(?:nobody|without|cannot)\b",
    "ru": r"\b(?:не(?! (?:позднее|более|менее|реже|ранее|меньше|больше|превыша\w+)\b)|ни|нет|никто|ничто|никак\w+|никогда|без)\b",
    "zh": r"不(?!同(?!意)|[断仅但只少久迟晚多超])|没有|無(?!論)|无(?![论疑])|未(?!来)|非(?![常洲政])|勿",
    "fr": r"\b(?:ne|n’\w+|sans|non|aucune?|ni|jamais)\b",
    "es": r"\b(?:no|sin|ningun[oa]?|ningún|ni|nunca|jamás|nadie|nada)\b",
}
_WITHOUT: Final[Mapping[str, str]] = {
    "en": r"\bwithout\b",
    "ru": r"\bбез\b",
    "zh": r"未经|未經|无需|無需",
    "fr": r"\bsans\b",
    "es": r"\bsin\b",
}
_OPPOSED: Final = ({"obligation", "permission"}, {"permission", "prohibition"}, {"obligation", "prohibition"})


@dataclass(frozen=True, slots=True)
class Entity:
    """A body, place or person of the registry, with every name it has in each language."""

    id: str
    names: Mapping[str, tuple[str, ...]]

    def of(self, language: str) -> tuple[str, ...]:
        """Its names in a language, whatever script or region."""
        return self.names.get(language) or self.names.get(language.split("-")[0], ())


def _spans(pattern: str, text: str) -> list[Span]:
    return [(match.start(), match.end()) for match in re.finditer(pattern, text, re.IGNORECASE)]


def modals(side: Side) -> dict[str, list[Span]]:
    """Classes of obligation in a text, with their words: obligation, permission, prohibition."""
    found = {}
    taken: list[Span] = []
    for kind, pattern in _MODALS.get(side.base, {}).items():
        spans = [span for span in _spans(pattern, side.text) if not any(span[0] < end and start < span[1] for start, end in taken)]
        if spans:
            found[kind] = spans
            taken += spans
    return found


def check_modality(pair: Pair) -> list[Finding]:
    """MODAL: one text obliges where the other permits or forbids. A text without any such word says nothing: laws often state duties as
    facts."""
    left, right = modals(pair.left), modals(pair.right)
    ours, theirs = set(left), set(right)
    for side, said, opposite, answered in ((pair.left, left, pair.right, right), (pair.right, right, pair.left, left)):
        forbidding = [span for span in said.get("prohibition", ()) if _denies(side, span)]
        if forbidding and "prohibition" not in answered and opposite.base in _NEGATIONS and not _denials(opposite):
            lost = {side.language: forbidding, opposite.language: []}
            return [finding("MODAL", pair.eid, "One forbids, the other negates nothing.", lost)]
    if not ours or not theirs or ours == theirs:
        return []
    for opposed in _OPPOSED:
        if (ours & opposed) and (theirs & opposed) and not (ours & theirs & opposed):
            one, other = next(iter(ours & opposed)), next(iter(theirs & opposed))
            spans = pair.spans(left[one], right[other])
            return [finding("MODAL", pair.eid, "One says {one}, the other {other}.", spans, one=one, other=other)]
    return []


def _denials(side: Side) -> list[Span]:
    """Negations other than of what is lacking (“without consent”)."""
    lacking = _spans(_WITHOUT[side.base], side.text)
    return [s for s in _spans(_NEGATIONS[side.base], side.text) if not any(start <= s[0] < end for start, end in lacking)]


def _denies(side: Side, span: Span) -> bool:
    """Whether words forbid by negating (“shall not”), not by naming a prohibition (“is prohibited”)."""
    return any(start < span[1] and span[0] < end for start, end in _denials(side))


def check_negation(pair: Pair) -> list[Finding]:
    """NEG: one text negates, the other does not. Low, since languages negate in different ways."""
    spans = [_spans(_NEGATIONS[side.base], side.text) if side.base in _NEGATIONS else None for side in pair.sides]
    left, right = spans
    if left is None or right is None or bool(left) == bool(right):
        return []
    return [finding("NEG", pair.eid, "Negations: {one} / {other}.", pair.spans(left, right), one=len(left), other=len(right))]


def check_names(pair: Pair, entities: Iterable[Entity]) -> list[Finding]:
    """NAME: a body is named in one language and by none of its names in the other."""
    out = []
    for entity in entities:
        names = entity.of(pair.left.language), entity.of(pair.right.language)
        if not all(names):
            continue
        left, right = (
            [span for name in own for span in find_phrase(name, side.text, side.language)]
            for own, side in zip(names, pair.sides, strict=True)
        )
        if bool(left) != bool(right):
            missing = pair.right if left else pair.left
            spans = pair.spans(left, right)
            said = "{name} is not named in {language}."
            out.append(finding("NAME", pair.eid, said, spans, name=entity.id, language=missing.language))
    return out


def term_spans(register: Register, side: Side) -> dict[str, list[Span]]:
    """Where each concept's approved terms stand, by concept id; a term inside a longer one of another concept does not count."""
    hits = [
        (start, end, concept.id)
        for concept in register.concepts
        for term in concept.of(side.language)
        for start, end in find_phrase(term, side.text, side.language)
    ]
    found: dict[str, list[Span]] = {}
    for start, end, identity in hits:
        if not any(other != identity and a <= start and end <= b and (b - a) > (end - start) for a, b, other in hits):
            found.setdefault(identity, []).append((start, end))
    return found


def check_terms(pair: Pair, register: Register) -> list[Finding]:
    """TERM: a term stands in one language without an approved equivalent in the other, or a forbidden word is used."""
    out = []
    left, right = term_spans(register, pair.left), term_spans(register, pair.right)
    for concept in register.concepts:
        ours, theirs = left.get(concept.id, []), right.get(concept.id, [])
        both = concept.of(pair.left.language) and concept.of(pair.right.language)
        if both and bool(ours) != bool(theirs):
            lacking = pair.right if ours else pair.left
            if not _inside_longer(concept, lacking):
                wanted = " / ".join(concept.of(lacking.language))
                said = "{term}: {language} has none of {wanted}."
                spans = pair.spans(ours, theirs)
                out.append(finding("TERM", pair.eid, said, spans, term=concept.id, language=lacking.language, wanted=wanted))
        for side in pair.sides:
            bad = [span for term in concept.of(side.language, "forbidden") for span in find_phrase(term, side.text, side.language)]
            if bad:
                wanted = " / ".join(concept.of(side.language))
                words = side.text[bad[0][0] : bad[0][1]]
                out.append(
                    finding(
                        "TERM",
                        pair.eid,
                        "{term}: “{words}” is not to be used; use {wanted}.",
                        {side.language: bad},
                        severity="error",
                        term=concept.id,
                        words=words,
                        wanted=wanted,
                    )
                )
    return out


def _inside_longer(concept: Concept, side: Side) -> bool:
    """Whether a term does stand there, though within a longer term of another concept."""
    return any(find_phrase(term, side.text, side.language) for term in concept.of(side.language))
