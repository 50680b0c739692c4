"""Paragraphs and sentences, with their places. Long unpunctuated stretches are cut, so that no rule runs over a whole file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from comity.press.model import Span
from comity.press.quotes import Quotation, find_quotations

LONGEST = 1_500  # code points in one sentence; a longer one is a list or a table

_BREAK = re.compile(r"\n+|\r\n?|\u2028|\u2029")
_ABBREVIATIONS = {
    "en": re.compile(
        r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Hon|St|Jr|Sr|vs|No|Nos|Art|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct"
        r"|Nov|Dec|approx|al|cf|etc|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|D\.C|Ph\.D)|\b[A-Z])\.$"
    ),
    "ru": re.compile(
        r"(?:(?<![А-Яа-яё])(?:г|гг|в|вв|им|т|т\.е|т\.д|т\.п|др|ст|стр|руб|тыс|млн|млрд|ул|см|напр|проф|акад|чел|ч|п|пп|[А-ЯЁA-Z]))\.$"
    ),
}
_STOP = {"en": re.compile(r"[.!?…]+"), "ru": re.compile(r"[.!?…]+"), "zh": re.compile(r"[。！？!?…]+")}
_CLOSE = "”’\"'»」』)）]"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place and the number of its paragraph."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The text with its paragraphs, sentences and quotations."""

    text: str
    paragraphs: list[Span]
    sentences: list[Sentence]
    quotations: list[Quotation]
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)
    _quoted: list[int] = field(default_factory=list, repr=False, compare=False)

    def sentences_within(self, start: int, end: int) -> list[Sentence]:
        """The sentences that share at least one place with ``start:end``."""
        if not self._starts:
            self._starts.extend(s.span[0] for s in self.sentences)
        first = max(0, bisect_right(self._starts, start) - 1)
        return [s for s in self.sentences[first : bisect_left(self._starts, end)] if s.span[1] > start]

    def start_before(self, sentence: Sentence) -> int:
        """Where the sentence before begins; where this one does, if it is the first."""
        at = bisect_left(self.sentences, sentence.span[0], key=lambda s: s.span[0])
        return self.sentences[max(0, at - 1)].span[0]

    def quotations_in(self, start: int, end: int) -> list[Quotation]:
        """The quotations that share at least one place with ``start:end``, marks included."""
        if len(self._quoted) != len(self.quotations):
            self._quoted.extend(q.outer[0] for q in self.quotations)
        first = max(0, bisect_right(self._quoted, start) - 1)
        return [q for q in self.quotations[first : bisect_left(self._quoted, end)] if q.outer[1] > start]

    def of(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def paragraph_of(self, at: int) -> Span:
        """The paragraph that holds position ``at``; the whole text if none does."""
        found = bisect_right(self.paragraphs, (at, len(self.text) + 1)) - 1
        return self.paragraphs[found] if found >= 0 and at < self.paragraphs[found][1] else (0, len(self.text))


def trim(text: str, start: int, end: int, chars: str = "") -> Span:
    """``start:end`` without the space (and the given characters) at both ends."""
    if start < end and not chars and "\u3000" < text[start] < "\ufb00" and "\u3000" < text[end - 1] < "\ufb00":
        return start, end  # most of Chinese
    while start < end and (text[start].isspace() or text[start] in chars or text[start] in "\ufeff\u200e\u200f\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in chars or text[end - 1] in "\u200e\u200f\u200b"):
        end -= 1
    return start, end


def paragraphs_of(text: str) -> list[Span]:
    """Every line that is not empty. A hard-wrapped text (lines that end without punctuation and go on in lower case) is joined again."""
    spans: list[Span] = []
    at = 0
    for match in [*_BREAK.finditer(text), None]:
        start, end = trim(text, at, match.start() if match else len(text))
        at = match.end() if match else len(text)
        if start == end:
            continue
        joined = spans and text.count("\n", spans[-1][1], start) == 1 and _wrapped(text, spans[-1], start)
        if joined:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _wrapped(text: str, before: Span, start: int) -> bool:
    last = text[before[1] - 1]
    return before[1] - before[0] > 40 and (last.isalpha() or last in ",-") and text[start].islower()


def sentences_of(text: str, paragraphs: list[Span], language: str) -> list[Sentence]:
    """Sentences of every paragraph; closing marks stay with the sentence that they close."""
    found: list[Sentence] = []
    stop = _STOP[language]
    for number, (start, end) in enumerate(paragraphs):
        at = start
        for match in stop.finditer(text, start, end):
            cut = match.end()
            while cut < end and text[cut] in _CLOSE:
                cut += 1
            if cut < end and not _ends(text, at, match.start(), match.end(), cut, end, language):
                continue
            _add(text, found, at, cut, number)
            at = cut
        _add(text, found, at, end, number)
    return found


def _ends(text: str, at: int, first: int, after: int, cut: int, end: int, language: str) -> bool:
    if language == "zh":
        return True
    if not text[cut].isspace():
        return False
    rest = text[cut : min(end, cut + 4)].lstrip()
    if not rest:
        return True
    if rest[0].islower() or rest[0] in ",;:—–":
        return False
    if cut == after and text[first:after] == ".":
        return _ABBREVIATIONS[language].search(text[max(at, first - 12) : after]) is None
    return True


def _add(text: str, found: list[Sentence], start: int, end: int, paragraph: int) -> None:
    start, end = trim(text, start, end)
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in (" ", "，", ",", ";", "；"))
        cut = cut + 1 if cut > 0 else start + LONGEST
        found.append(Sentence(trim(text, start, cut), paragraph))
        start = cut
    if end > start:
        found.append(Sentence((start, end), paragraph))


def lay_out(text: str, language: str) -> Layout:
    """Segment ``text``; ``language`` is ``en``, ``ru`` or ``zh``."""
    paragraphs = paragraphs_of(text)
    return Layout(text, paragraphs, sentences_of(text, paragraphs, language), find_quotations(text, paragraphs))
