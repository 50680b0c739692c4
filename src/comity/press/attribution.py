"""An attribution before its speaker is known: content, cue, and the words that name the source; shared by the readers of all languages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from comity.press.model import Span
from comity.press.nearby import Nearby
from comity.press.quotes import Quotation
from comity.press.segment import Layout, Sentence, trim


@dataclass(frozen=True, slots=True)
class Attribution:
    """``lemma`` is the cue's dictionary form, ``kind`` its class in the lexicon, ``rule`` the rule that found it (confidence hangs on
    it)."""

    content: Span
    cue: Span
    source: Span | None
    lemma: str
    kind: str
    rule: str
    continued: bool = False
    tail: bool = False  # the content stands before its cue


def overlap(a: Span, b: Span) -> int:
    """How many places two spans share."""
    if a[1] <= b[0] or b[1] <= a[0]:
        return 0
    return (a[1] if a[1] < b[1] else b[1]) - (a[0] if a[0] > b[0] else b[0])


def form_of(content: Span, quotations: list[Quotation], text: str) -> str:
    """``direct`` if the content lies in a quotation, ``mixed`` if a part of it does, else ``indirect``."""
    for q in quotations:
        if q.inner[0] <= content[0] and content[1] <= q.inner[1]:
            return "direct"
    mixed = any(overlap(content, q.inner) > 3 for q in quotations)
    return "mixed" if mixed else "indirect"


def sentences_in(layout: Layout, span: Span, *, final: str = "。.") -> list[Span]:
    """The parts of ``span`` by sentence, without outer marks and without the final stop."""
    parts = []
    for sentence in layout.sentences_within(*span):
        start, end = max(span[0], sentence.span[0]), min(span[1], sentence.span[1])
        if end > start:
            part = clean(layout.text, start, end)
            if part[1] - part[0] > 1:
                parts.append(part)
    return parts


_EDGE = '“”"«»「」『』„＂,，、:：;；–—'


def clean(text: str, start: int, end: int) -> Span:
    """A content's span without quotation marks, commas and dashes at its ends, and without the stop that ends the sentence.

    A mark at one end stays if its partner is inside: ``a “good sign”`` keeps both.
    """
    start, end = trim(text, start, end)
    while start < end:
        first, last = text[start], text[end - 1]
        if (last in ".。" and not (end - 2 >= start and text[end - 2] in ".")) or last in ",，、:：;；–—":
            start, end = trim(text, start, end - 1)
        elif first in ",，、:：;；–—" or (first == "-" and text[start + 1 : start + 2].isspace()):
            start, end = trim(text, start + 1, end)
        elif text.endswith("''", start, end) and text.count("''", start, end - 2) % 2 == 0:
            start, end = trim(text, start, end - 2)
        elif text.startswith("''", start, end) and text.count("''", start + 2, end) % 2 == 0:
            start, end = trim(text, start + 2, end)
        elif last in '”»」』"＂’' and _unpaired_close(text, start, end):
            start, end = trim(text, start, end - 1)
        elif first in '“«「『„"＂‘' and _unpaired_open(text, start, end):
            start, end = trim(text, start + 1, end)
        elif first in '“«「『„"' and last in '”»」』"' and _wraps(text, start, end):
            start, end = trim(text, start + 1, end - 1)
        else:
            break
    return start, end


_OPEN_OF = {"”": "“„", "»": "«", "」": "「", "』": "『", "’": "‘"}
_CLOSE_OF = {"“": "”", "«": "»", "「": "」", "『": "』", "„": "“”", "‘": "’"}


def _unpaired_close(text: str, start: int, end: int) -> bool:
    mark = text[end - 1]
    inside = text[start : end - 1]
    if mark in '"＂':
        return inside.count(mark) % 2 == 0
    if mark == "’":
        return "‘" not in inside and end - 2 >= start and not text[end - 2].isalpha()
    return sum(inside.count(o) for o in _OPEN_OF[mark]) <= inside.count(mark)


def _unpaired_open(text: str, start: int, end: int) -> bool:
    mark = text[start]
    inside = text[start + 1 : end]
    if mark in '"＂':
        return inside.count(mark) % 2 == 0
    return sum(inside.count(c) for c in _CLOSE_OF[mark]) <= inside.count(mark)


def _wraps(text: str, start: int, end: int) -> bool:
    """Whether the first and the last mark are partners of one quotation."""
    return not any(mark in text[start + 1 : end - 1] for mark in '“”«»「」『』"')


_ASKS = re.compile(
    r"(?:Q|Question|Reporter|Journalist|Вопрос|Корреспондент|Журналист|问|提问|记者|主持人|Moderator|Host|Presenter|Anchor|Ведущ\w+|[\u4e00-\u9fff]{2,8}记者)",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"(?:A|Answer|Ответ|答|回答)", re.IGNORECASE)
_OUTLET = re.compile(r"(?:Wire|Post|News|Times|Agency|TV|Daily|Journal|Herald|Reuters|Bloomberg|AFP|CNN|BBC|TASS|社|报|电视台|网)$")
_SIGNED = re.compile(r"^\s*(?P<cue>[―—–]|--|-)\s*(?P<who>[^\W\d_][^\n“”«»\"]{2,80}?)\s*$")
_NO_NAME = re.compile(
    r"(?:photo|source|related|read more|updated|note|contact|tel|email|tags?|фото|источник|справка|图|来源|责编|编辑|记者"
    r"|interview|opinion|analysis|comment|Q&A|интервью|мнение|комментарий|анонс|репортаж|专访|评论|快讯|观察"
    r"|[\u4e00-\u9fff]{0,6}(?:消息|电|讯)(?=$))\b",
    re.IGNORECASE,
)
_NAMED_QUOTE = re.compile(r"(?P<who>[^:：«“\"\n。.!?]{3,130})(?P<cue>[:：])\s?(?=[«“\"„])")
_HEADLINE = re.compile(r"(?P<who>[A-ZА-ЯЁ][\w’'-]+\s[A-ZА-ЯЁ][\w’'-]+(?:\s[A-ZА-ЯЁ][\w’'-]+)?)(?P<cue>:)\s(?=\w)")
_TAG = re.compile(
    r"[\"“«]?(?P<who>[QA]|[问答]|[A-ZА-ЯЁ][\w.’'-]+(?:\s[A-ZА-ЯЁ][\w.’'-]+){0,3}"
    r"|[\u4e00-\u9fff·]{2,10})(?P<cue>[:：])\s?(?=[A-ZА-ЯЁ“«\"'‘\u4e00-\u9fff])"
)


def above_items(layout: Layout, cue: int, is_item: Callable[[int, int], object]) -> Span | None:
    """The paragraph that opens the list to which the one around ``cue`` belongs: the first above it that is no item, not far up."""
    at = bisect_right(layout.paragraphs, (cue, len(layout.text))) - 1
    return next((p for p in reversed(layout.paragraphs[max(0, at - _ITEMS) : max(0, at)]) if not is_item(*p)), None)


_ITEMS = 40  # how many items a list may have


def cues_within(a: Attribution, cues: Nearby[Attribution]) -> Iterator[Attribution]:
    """Attributions whose cue begins inside the content of ``a``, in the order in which they were given."""
    return (b for b in cues.at(a.content[0] + 1, a.content[1]) if a.content[0] < b.cue[0] < a.content[1])


def signed_and_tagged(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Two forms that need no verb: a quotation signed with a dash and a name, and a paragraph that opens with a name and a colon (a
    transcript)."""
    text, out = layout.text, []
    contents = Nearby((a.content, a) for a in found)
    asked = sum(1 for p in layout.paragraphs if text[slice(*p)].endswith(("?", "？")) and _TAG.match(text[p[0] : p[0] + 150])) >= 1
    for start, end in layout.paragraphs:
        quote = next((q for q in layout.quotations_in(start, end) if q.outer[0] - start <= 2 and q.outer[1] <= end), None)
        signed = _SIGNED.match(text[quote.outer[1] : end]) if quote else None
        if quote and signed and len(signed["who"].split()) <= 8:
            base = quote.outer[1]
            cue, source = (base + signed.start("cue"), base + signed.end("cue")), (base + signed.start("who"), base + signed.end("who"))
            out.append(Attribution(clean(text, *quote.inner), cue, source, signed["cue"], "say", "quote", tail=True))
            continue
        head = text[start : min(end, start + 150)]
        if ":" not in head and "：" not in head:
            continue
        tag = _TAG.match(head) or _HEADLINE.match(head) or _NAMED_QUOTE.match(head)
        if (
            not tag
            or _NO_NAME.match(tag["who"])
            or any(a.rule in {"colon", "quote"} for a in contents.at(start, min(end, start + tag.end() + 40)))
        ):
            continue
        if _ASKS.fullmatch(tag["who"]) or text[start:end].rstrip('”»"’ ').endswith(("?", "？")) or (asked and _OUTLET.search(tag["who"])):
            continue  # a question is nobody's statement
        cue = (start + tag.start("cue"), start + tag.end("cue"))
        answers = _ANSWERS.fullmatch(tag["who"]) is not None
        named = None if answers else (start + tag.start("who"), start + tag.end("who"))
        for number, part in enumerate(sentences_in(layout, (start + tag.end(), end))):
            if any(a.source is not None for a in contents.at(*part)):
                continue
            out.append(Attribution(part, cue, named, "answer" if answers else ":", "say", "colon", continued=number > 0))
    return out


def direct_part(layout: Layout, content: Span, opened: int) -> Span:
    """A content that opens with a whole quotation and trails off ('"…," without giving a date') is that quotation alone.

    ``opened`` is where the content began before its marks were cut off.
    """
    for q in layout.quotations_in(min(opened, content[0]), content[1] + 1):
        if q.closed and q.outer[0] in {opened, content[0]} and q.inner[1] < content[1]:
            ends = layout.text[q.inner[1] - 1] in ",.!?" or layout.text[q.outer[1] : q.outer[1] + 1] == ","
            if (
                ends
                and len(layout.of(q.inner).split()) >= 3
                and not any(o.outer[0] >= q.outer[1] and o.inner[1] <= content[1] for o in layout.quotations_in(q.outer[1], content[1] + 1))
            ):
                return clean(layout.text, *q.inner)
    return content


_RELAYED = re.compile(
    r"\b(?:readout|statement|agency|report|reports|news|media|newspaper|transcript|website|office|service|Xinhua|TASS|Interfax|Reuters)\b"
)


def prefer_inner(text: str, found: list[Attribution]) -> list[Attribution]:
    """``"…," X told Y, according to a readout``: what X said is the statement, the readout only relays it."""
    out = []
    for a in found:
        relayed = a.tail and a.source is not None and (a.rule == "according" or _RELAYED.search(text[slice(*a.source)]))
        inner = relayed and any(
            b is not a
            and b.source is not None
            and a.content[0] <= b.cue[0]
            and b.cue[1] <= a.content[1]
            and overlap(b.content, a.content) > 10
            for b in found
        )
        if not inner:
            out.append(a)
    return out


class Claimed:
    """Spans that are taken, by where they stand, so that long texts are no slower per word than short ones."""

    _SIZE = 256

    def __init__(self) -> None:
        self._places: dict[int, list[Span]] = {}

    def add(self, span: Span) -> None:
        for place in range(span[0] // self._SIZE, span[1] // self._SIZE + 1):
            self._places.setdefault(place, []).append(span)

    def holds(self, span: Span) -> bool:
        """Whether more than half of ``span``, or of a span that is taken, is shared."""
        length = span[1] - span[0]
        return any(
            overlap(span, other) > 0.5 * min(length, other[1] - other[0])
            for place in range(span[0] // self._SIZE, span[1] // self._SIZE + 1)
            for other in self._places.get(place, ())
        )


def drop_overlapping(found: list[Attribution]) -> list[Attribution]:
    """Keep the surest of attributions that claim the same words; order by place."""
    order = {rule: number for number, rule in enumerate(RULES)}
    kept: list[Attribution] = []
    spans = Claimed()
    for a in sorted(found, key=lambda a: (order.get(a.rule, 99), a.content[0])):
        if a.content[1] - a.content[0] > 2 and not spans.holds(a.content):
            spans.add(a.content)
            kept.append(a)
    return sorted(kept, key=lambda a: (a.content, a.cue))


# From the surest to the least sure; numbers are the share that held on the development half of the gold sets (see bench/press.py).
RULES = {
    "quote": 0.93,
    "colon": 0.9,
    "reply": 0.85,
    "that": 0.9,
    "tail": 0.88,
    "according": 0.9,
    "as-noted": 0.88,
    "frame": 0.88,
    "parse-clause": 0.88,
    "parse-tail": 0.82,
    "clause": 0.8,
    "ask": 0.82,
    "nominal": 0.8,
    "infinitive": 0.75,
    "object": 0.62,
    "continued-quote": 0.85,
    "continued": 0.72,
    "fragment": 0.5,
}


def in_sentence(layout: Layout, at: int) -> Sentence | None:
    """The sentence that holds position ``at``."""
    return next((s for s in layout.sentences if s.span[0] <= at < s.span[1]), None)


def moved(attribution: Attribution, content: Span) -> Attribution:
    return replace(attribution, content=content)
