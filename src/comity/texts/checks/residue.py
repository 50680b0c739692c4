"""STRAY and BRACKET: what copying left behind, and brackets that are open or do not close."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from comity.errors import Malformed
from comity.texts.brackets import brackets, has_brackets
from comity.texts.checks.finding import Finding, Span, finding
from comity.texts.checks.pair import Side
from comity.texts.model import TextVersion

_RESIDUE: Final = re.compile(
    r"\+[A-Z]{1,2}\d{1,4}"  # a spreadsheet cell
    r"|\[\d{1,3}\](?!\()|\[(?:note|сноска|注)\s?\d{1,3}\]"  # a note's mark
    r"|(?<=[a-zа-яё]{4})\d{1,2}(?![\w%°²³])|(?<=[^\W\d_])(?<!m)(?<!м)[¹²³⁴-⁹](?!\w)"  # a note's number at a word
    r"|(?<=[\u4e00-\u9fff])\d{1,2}(?=[的，。；、了](?!\d))(?<!第\d)(?<!第\d\d)"
    r"|[†‡]|\*{1,3}(?=\s|$|[,.;，。；])|&(?:nbsp|amp|lt|gt|quot);|<\/?[a-z]+>|\ufffd|\?{3,}"
)
_PAIRS: Final = {"(": ")", "（": "）", "[": "]", "［": "］", "«": "»", "“": "”", "《": "》", "「": "」", "『": "』", "【": "】"}
_ENUMERATION: Final = re.compile(r"(?:^|[\s；;,，、:：])[a-zа-яё0-9]{1,3}\)|«?[a-zа-яё]»?\)")


def residue(text: str) -> list[Span]:
    """Spans of footnote marks, cell addresses and markup that do not belong to the words."""
    return [(match.start(), match.end()) for match in _RESIDUE.finditer(text)]


def check_stray(side: Side) -> list[Finding]:
    """STRAY: residue in one wording."""
    spans = residue(side.text)
    if not spans:
        return []
    words = ", ".join(f"“{side.text[start:end]}”" for start, end in spans[:3])
    return [finding("STRAY", side.eid, "{words} looks left over from a note or a table.", {side.language: spans}, words=words)]


def open_brackets(text: str) -> list[Span]:
    """Spans of square brackets: words that are not agreed yet. Note marks such as [3] are none."""
    notes = residue(text)
    spans = []
    stack: list[int] = []
    for at, char in enumerate(text):
        if char in "[［" and (at, at + 3) not in notes and (at, at + 4) not in notes:
            stack.append(at)
        elif char in "]］" and stack:
            spans.append((stack.pop(), at + 1))
    return sorted(spans)


def unbalanced(text: str) -> list[Span]:
    """Spans of brackets and quotation marks without their other half; list signs such as "a)" are none."""
    signs = {at for match in _ENUMERATION.finditer(text) for at in range(match.start(), match.end())}
    closing = {closer: opener for opener, closer in _PAIRS.items()}
    stack: list[tuple[str, int]] = []
    bad: list[Span] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            stack.append((char, at))
        elif char in closing:
            if stack and stack[-1][0] == closing[char]:
                stack.pop()
            elif at not in signs and not (char == "”" and "“" not in text):
                bad.append((at, at + 1))
    return sorted([*bad, *((at, at + 1) for _, at in stack)])


def check_brackets(side: Side) -> list[Finding]:
    """BRACKET: words still in square brackets, and brackets without their other half."""
    out = []
    if spans := open_brackets(side.text):
        out.append(finding("BRACKET", side.eid, "Brackets are open here: {count}.", {side.language: spans}, count=len(spans)))
    if spans := unbalanced(side.text):
        out.append(
            finding("BRACKET", side.eid, "A bracket or quotation mark has no other half.", {side.language: spans}, severity="warning")
        )
    return out


def check_alternatives(versions: Mapping[str, TextVersion]) -> list[Finding]:
    """BRACKET: a bracket by side that stands in some languages only, or with other sides than elsewhere; one that cannot be read."""
    out: list[Finding] = []
    standing: dict[str, dict[str, dict[int, tuple[tuple[str, ...], ...]]]] = {}
    for language, version in versions.items():
        for provision in version.walk():
            if has_brackets(provision.text):
                try:
                    found = {one.number: one.sides for one in brackets(provision.text)}
                except Malformed:
                    span = {language: [(0, len(provision.text))]}
                    out.append(finding("BRACKET", provision.eid, "A bracket by side cannot be read here.", span))
                    continue
                standing.setdefault(provision.eid, {})[language] = found
    for eid, by_language in standing.items():
        sides = [by_language.get(language, {}) for language in versions]
        for number in sorted({number for found in sides for number in found}):
            if len({found.get(number) for found in sides}) > 1:
                spans: dict[str, list[Span]] = {language: [] for language in versions}
                out.append(finding("BRACKET", eid, "Bracket {number} does not stand alike in every language.", spans, number=number))
    return out
