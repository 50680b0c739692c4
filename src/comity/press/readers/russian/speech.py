"""Russian speech that goes on: contents cut into sentences, dialogue behind dashes, quotations without a cue."""

from __future__ import annotations

import re
from bisect import bisect_right

from comity.press.attribution import Attribution, sentences_in
from comity.press.model import Span
from comity.press.nearby import Nearby
from comity.press.quotes import Quotation
from comity.press.segment import Layout


def extend(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Contents by sentence; quotations and dash speech without a cue go to the speech they continue."""
    out: list[Attribution] = []
    for a in found:
        parts = sentences_in(layout, a.content)
        if len(parts) <= 1:
            out.append(a)
        else:
            out.extend(Attribution(p, a.cue, a.source, a.lemma, a.kind, a.rule, a.continued or n > 0, a.tail) for n, p in enumerate(parts))
    attributed = sorted(out, key=lambda a: a.content)
    contents, cues = Nearby((a.content, a) for a in attributed), Nearby((a.cue, a) for a in attributed)
    for q in layout.quotations:
        owner = _owner(layout, q, cues)
        parts = sentences_in(layout, q.inner)
        free = [p for p in parts if not contents.at(*p)]
        for part in free:
            if owner is not None and (len(free) < len(parts) or q.outer == q.inner or _is_speech(layout.text, part, q)):
                out.append(Attribution(part, owner.cue, owner.source, owner.lemma, owner.kind, "continued-quote", continued=True))
    out = [*out, *_dash_speech(layout, out)]
    return [*out, *_interview(layout, out)]


_DASHED = re.compile(r"[—–-]\s(?=[А-ЯЁ«])")


def _interview(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Questions and answers that only dashes set apart: what does not ask answers."""
    text = layout.text
    dashed = [p for p in layout.paragraphs if _DASHED.match(text, p[0])]
    if not any(text[slice(*p)].endswith("?") for p in dashed):
        return []
    out = []
    for start, end in dashed:
        if text[start:end].endswith("?") or any(a.content[0] < end and start < a.content[1] and (a.tail or not a.source) for a in found):
            continue
        for number, part in enumerate(sentences_in(layout, (start + 2, end))):
            if any(a.content[0] < part[1] and part[0] < a.content[1] for a in found):
                continue
            out.append(Attribution(part, (start, start + 1), None, "answer", "say", "colon", continued=number > 0))
    return out


def _dash_speech(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """``– A, – сказал он. – B. C.`` : what follows a second dash is speech until the paragraph ends."""
    out = []
    contents = Nearby((a.content, a) for a in found)
    for a in found:
        if not a.tail or a.rule != "tail":
            continue
        paragraph = layout.paragraph_of(a.content[0])
        match = re.search(r"[.!?]\s[—–-]\s(?=[А-ЯЁ])", layout.text[a.cue[1] : paragraph[1]])
        at = a.cue[1] + match.end() if match else paragraph[1]
        if match and not layout.quotations_in(at, at + 1):
            for part in sentences_in(layout, (at, paragraph[1])):
                if not contents.at(*part):
                    out.append(Attribution(part, a.cue, a.source, a.lemma, a.kind, "continued-quote", continued=True))
    return out


def _owner(layout: Layout, q: Quotation, cues: Nearby[Attribution]) -> Attribution | None:
    paragraph = bisect_right(layout.paragraphs, (q.outer[0], len(layout.text) + 1)) - 1
    if paragraph < 0 or q.outer[0] >= layout.paragraphs[paragraph][1]:
        return None
    start, end = layout.paragraphs[paragraph]
    near = [a for a in cues.at(start, end) if start <= a.cue[0] < end and a.kind in {"say", "think", "according", "nominal"}]
    same = [a for a in near if q.inner[0] <= a.content[0] < q.inner[1]]
    if same:
        return min(same, key=lambda a: abs(a.content[0] - q.inner[0]))
    if near:
        return min(near, key=lambda a: abs(a.content[0] - q.inner[0]) + (0 if a.content[0] < q.inner[0] else 200))
    alone = not re.search(r"[А-Яа-яё]{2,}", layout.text[start : q.outer[0]] + layout.text[q.outer[1] : end])
    if paragraph and alone:
        lo, hi = layout.paragraphs[paragraph - 1]
        previous = [a for a in cues.at(lo, hi) if lo <= a.cue[0] < hi]
        return previous[-1] if previous else None
    return None


def _is_speech(text: str, part: Span, q: Quotation) -> bool:
    words = text[part[0] : part[1]].split()
    return len(words) >= 4 and ((text[part[0]].isupper() and (part[1] < q.inner[1] or len(words) >= 6)) or text[part[1] - 1] in "!?…")
