"""Quotation marks of three languages, including those that nobody closed.

A quotation that is opened and not closed ends with its paragraph; if the next paragraph opens again without a closing mark between them,
the
speech goes on (the English convention of a continued quotation). ``'`` counts only where it cannot be an apostrophe, and only as a pair.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from comity.press.model import Span

_PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』", "„": "“", "＂": "＂"}
_CLOSERS = {"”": "“„", "»": "«", "」": "「", "』": "『"}
_MARK = re.compile(r"''|``|[“”„«»「」『』\"＂]")
_ANY_MARK = re.compile("[“”„«»「」『』\"＂'`]")  # one with which a mark begins: quicker to look for than all marks
_APOSTROPHE = re.compile("[‘']")
_STRAIGHT = frozenset({'"', "＂", "''", "``"})
_SINGLE = re.compile(r"(?<![\w'‘’])[‘']([^‘’'\n]{2,300}?(?:[’'](?=\w)[^‘’'\n]{1,200}?){0,12})[’'](?!\w)")


_FEW, _SPARSE = 1_000, 100  # a long text with more than one quotation in a hundred characters is no text but a run of marks


@dataclass(frozen=True, slots=True)
class Quotation:
    """``outer`` takes the marks in, ``inner`` leaves them out; ``closed`` says whether a closing mark was there."""

    outer: Span
    inner: Span
    closed: bool


def find_quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """All outermost quotations, in order. Nested marks belong to the quotation that holds them."""
    found: list[Quotation] = []
    for start, end in paragraphs:
        found.extend(_in_paragraph(text, start, end))
    return found if len(found) < _FEW + len(text) // _SPARSE else []


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:  # noqa: C901  # one branch per form of words, in one order
    found: list[Quotation] = []
    single: list[Quotation] = []
    opened: tuple[int, str] | None = None
    depth = 0
    for match in _MARK.finditer(text, start, end) if _ANY_MARK.search(text, start, end) else ():
        mark, at, after = match.group(), match.start(), match.end()
        if opened is None:
            if mark in _STRAIGHT:
                if _opens(text, at, after, start, end):
                    opened = (at, mark)
                elif found or text[start:at].strip():
                    # A straight mark that can only close: what stands before it was opened by nobody; leave it alone.
                    continue
            elif mark in _PAIRS:
                opened, depth = (at, mark), 0
            continue
        begin, opener = opened
        if opener in _STRAIGHT:
            if (
                mark in _STRAIGHT
                and len(mark) == len(opener)
                and not (_opens(text, at, after, start, end) and not _closes(text, at, start))
            ):
                found.append(Quotation((begin, after), (begin + len(opener), at), True))
                opened = None
        elif mark == _PAIRS[opener] or (mark in _CLOSERS and opener in _CLOSERS[mark]):
            if depth:
                depth -= 1
            else:
                found.append(Quotation((begin, at + 1), (begin + 1, at), True))
                opened = None
        elif mark == opener:
            # Russian and Chinese nest the same marks; English reopens a paragraph. A second opener after a full stop means a lost closer.
            stop = _behind_last(text, begin, at)
            if opener == "“" and text[stop - 1] in ".!?。！？":
                found.append(Quotation((begin, stop), (begin + 1, stop), False))
                opened = (at, mark)
            elif opener == "«":
                depth += 1
    if opened is not None:
        stop = start + len(text[start:end].rstrip())
        begin = opened[0]
        if stop - begin > 2:
            found.append(Quotation((begin, stop), (begin + 1, stop), False))
    begins = [q.outer[0] for q in found]
    for match in _SINGLE.finditer(text, start, end) if _APOSTROPHE.search(text, start, end) else ():
        before = bisect_left(begins, match.end()) - 1
        if before < 0 or found[before].outer[1] <= match.start():
            single.append(Quotation(match.span(), match.span(1), True))
    return sorted(found + single, key=lambda q: q.outer)


def _behind_last(text: str, start: int, end: int) -> int:
    """The place behind the last character of ``start:end`` that is no space."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _opens(text: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    return (before.isspace() or before in "([—–-:,") and not behind.isspace() and behind not in ".,;:!?)"


def _closes(text: str, at: int, start: int) -> bool:
    before = text[at - 1] if at > start else " "
    return not before.isspace()


def inside(quotations: list[Quotation], at: int) -> Quotation | None:
    """The quotation whose inner part holds position ``at``."""
    for q in quotations:
        if q.inner[0] <= at < q.inner[1]:
            return q
        if q.outer[0] > at:
            break
    return None
