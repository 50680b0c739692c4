"""A Russian text as the rules look at it: quotations blotted out, asides blanked, marks that hold a cue taken apart."""

from __future__ import annotations

import re

from comity.press.quotes import Quotation
from comity.press.readers.russian.lexicon import cue_pattern
from comity.press.segment import Layout

DASH = r"[—–-]"
_PARTED = re.compile(rf"[,!?…]\s?{DASH}\s(?P<mid>[^«»]{{3,110}}?)[.,]\s{DASH}\s")
_ASIDE = re.compile(
    r",\s(?:со\sсвоей\sстороны|в\sсвою\sочередь|при\sэтом|в\sчастности|кроме\sтого|вместе\sс\sтем|в\sто\sже\sвремя|тем\sвременем|впрочем"
    r"|однако|в\sцелом|прежде\sвсего|между\sтем|помимо\sэтого),(?=\s)",
    re.IGNORECASE,
)


def mask(layout: Layout) -> str:
    """The text with the inner part of every quotation blotted out (only letters, so that lengths and stops stay)."""
    chars = list(layout.text)
    for q in layout.quotations:
        if q.closed and not _is_title(layout.text, q):
            for i in range(*q.inner):
                if not chars[i].isspace():
                    chars[i] = "x"
    return _ASIDE.sub(lambda m: " " * len(m.group()), "".join(chars))


def _is_title(text: str, q: Quotation) -> bool:
    """A name in quotation marks: «Берег», Институт «Гавань»."""
    words = text[slice(*q.inner)].split()
    return (
        len(words) <= 3
        and bool(words)
        and words[0][0].isupper()
        and words[-1][-1].isalpha()
        and re.search(r"[а-яё]\s$", text[max(0, q.outer[0] - 2) : q.outer[0]]) is not None
    )


def cut_quotations(layout: Layout) -> Layout:
    """Russian puts the cue inside the marks: «A, — сказал он. — B» becomes two quotations."""
    cut: list[Quotation] = []
    for q in layout.quotations:
        at = q.inner[0]
        for match in _PARTED.finditer(layout.text[slice(*q.inner)]):
            start, end = q.inner[0] + match.start(), q.inner[0] + match.end()
            if cue_pattern().search(match["mid"]):
                cut.append(Quotation((at, start), (at, start), True))
                at = end
        cut.append(q if at == q.inner[0] else Quotation((at, q.inner[1]), (at, q.inner[1]), True))
    return Layout(layout.text, layout.paragraphs, layout.sentences, cut)
