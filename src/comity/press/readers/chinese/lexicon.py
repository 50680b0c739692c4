"""The Chinese lexicon (``lexicon/zh.toml``) as patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(files("comity.press.lexicon").joinpath("zh.toml").read_text(encoding="utf-8"))


def longest(words: list[str]) -> str:
    """Words as an alternation, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def han_but(chars: str) -> str:
    """A class of all Chinese characters except ``chars``."""
    edges = [0x4E00, *(edge for code in sorted(map(ord, set(chars))) for edge in (code - 1, code + 1)), 0x9FFF]
    return "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(edges[::2], edges[1::2], strict=True) if a <= b) + "]"


def first_of(words: list[str]) -> re.Pattern[str]:
    """One character: any with which one of ``words`` begins."""
    return re.compile("[" + "".join(sorted({re.escape(word[0]) for word in words})) + "]")


def matches_at(pattern: re.Pattern[str], begins: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What ``pattern`` finds in ``start:end``, tried only where ``begins`` finds one of the characters with which a match begins."""
    after = start
    for first in begins.finditer(text, start, end):
        if first.start() >= after and (match := pattern.match(text, first.start(), end)):
            after = match.end()
            yield match


def cues_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What :func:`cue_pattern` finds in ``start:end``; it is tried only where a cue's first character stands."""
    return matches_at(cue_pattern(), _cue_starts(), text, start, end)


@cache
def _cue_starts() -> re.Pattern[str]:
    verbs = table()["verbs"]
    return first_of([word for kind in _CUES for word in verbs[kind]])


_CUES = ("think", "agree", "stress", "pledge", "ask", "say")


@cache
def cue_pattern() -> re.Pattern[str]:
    """Any cue; the group that matched names its class. 说 is no cue in 小说, 说明; 称 none in 称号, 名称."""
    verbs = table()["verbs"]
    parts = []
    for kind in _CUES:
        parts.append(f"(?P<{kind}>{longest(verbs[kind])})")
    guard_before = (
        r"(?<!小)(?<!学)(?<!名)(?<!职)(?<!对)(?<!简)(?<!统)(?<!传)(?<!据)(?<!或者)(?<!可以)(?<!如何)(?<!怎样)(?<!怎么)(?<!是否)(?<!的)"
    )
    guard_after = r"(?!明书|成|了?(?:记者|媒体|有关)?提问|有关提问|法|服|号|谓|呼|职|为“|霸|人|辞)"
    return re.compile(guard_before + "(?:" + "|".join(parts) + ")" + guard_after)


@cache
def role() -> re.Pattern[str]:
    """Any office."""
    return re.compile(role_pattern())


@cache
def role_pattern() -> str:
    return "(?:" + longest(table()["roles"]["nouns"]) + ")"
