"""Who opens a numbered list in a Chinese declaration: "与会各方忆及…，" before "一、重申…；二、商定…"."""

from __future__ import annotations

import re
from functools import partial

from comity.press.attribution import above_items
from comity.press.model import Span
from comity.press.segment import Layout

_ITEM = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]、?|\d{1,2}[.．、]\s?|[—–•▪*-]+\s?)")
_ADVERBS = re.compile(r"(?:再次|一致|共同|特别|均|高度)*")
_HEAD = re.compile(
    r"[^，：；。]{2,40}?(?=忆及|回顾|考虑|鉴于|注意|铭记|本着|根据|重申|声明|宣布|商定|同意|决定|一致|认为|达成|就|在|于|[，：])"
)


def head_of_list(layout: Layout, cue: int) -> Span | None:
    """The subject of the line above the item that opens with the cue at ``cue``; ``None`` if the cue opens no item."""
    text = layout.text
    item = _ITEM.match(text, layout.paragraph_of(cue)[0], cue)
    if item is None or _ADVERBS.fullmatch(text, item.end(), cue) is None:
        return None
    above = above_items(layout, cue, partial(_ITEM.match, text))
    head = _HEAD.match(text, *above) if above is not None and text[above[1] - 1] in "，：" else None
    return head.span() if head else None
