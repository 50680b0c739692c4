"""How what a text says meets what is known: the same meeting, another ordinal, a pledge repeated, a pledge reported as kept.

Everything here is a pure function of a reading, a registry and the text that was read; nothing is decided, all is shown to the person
who confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from comity.press.model import Commitment, Meeting, Relation, Span
from comity.press.registry import KnownCommitment, KnownMeeting, Registry

ALIKE = 0.6  # share of common words from which two names of a series are one
REPEATED = 0.5  # the same for two wordings of a commitment
DONE = 0.6  # share of a commitment's words that a sentence must hold to be about it

_KEPT = re.compile(
    r"\b(?:has|have|had|was|were|been)\s(?:already\s|now\s|since\s|duly\s)?(?:sent|submitted|ratified|approved|adopted|signed|fulfilled|honou?red"
    r"|implemented|completed|published|delivered|held|established|set\sup|launched|opened|created|concluded|carried\sout|put\sin(?:to)?\s(?:place|effect))\b"
    r"|\b(?:ratified|approved|adopted|signed|completed|published|submitted|implemented|launched)\s(?:the|a|an|its|their)\b"
    r"|выполн(?:ил|ен)[аоы]?\b|ратифицирова(?:л|н)[аиоы]?\b|реализова(?:л|н)[аиоы]?\b|опубликова(?:л|н)[аиоы]?\b|подписа(?:л|н)[аиоы]?\b"
    r"|принят[аоы]?\b|создан[аоы]?\b|направл(?:ен)[аоы]?\b|передан[аоы]?\b|утвержд[её]н[аоы]?\b|открыт[аоы]?\b|уже направ"
    r"|已(?:经|于[^，。]{1,12})?(?:批准|落实|完成|提交|签署|建立|履行|兑现|公布|成立|启动|开通)|得到(?:落实|履行|执行)|正式(?:启用|启动|生效|成立)"
)
_NOT_YET = re.compile(
    r"\b(?:not|never|yet\sto|will|would|should|must|to)\s(?:yet\s|been\s|be\s|have\s){0,3}$|(?<![а-яё])не\s(?:был[аои]?\s)?$|(?:будет|будут|должн\w+\sбыть)\s$"
    r"|[未没]有?$|(?:尚|仍)未$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|\.(?=\d|\w))+")
_WORD = re.compile(r"[A-Za-zА-Яа-яё]{4,}|[\u3400-\u9fff]")
_COMMON = frozenset(
    {"with", "that", "this", "from", "their", "have", "will", "both", "side", "betwe", "which", "into", "other", "стор", "обеих", "межд"}
)


class Proposed(Protocol):
    """A reading, or what a reader found: what relations are drawn from."""

    @property
    def meetings(self) -> tuple[Meeting, ...]: ...

    @property
    def commitments(self) -> tuple[Commitment, ...]: ...


def relations(reading: Proposed, registry: Registry, text: str) -> tuple[Relation, ...]:
    """All relations of a reading to the registry, in the order of the proposals; ``text`` must be the text that was read.

    ``same_meeting``: same series and number, or same series and day. ``ordinal_conflict``: the day is known under another number, or the
    number does not fit into the order of the series. ``date_conflict``: the number is known under another day. ``repeated_commitment``: a
    proposal resembles a known commitment. ``reported_kept``: a sentence says that a known, open commitment was carried out.
    """
    out: list[Relation] = []
    for number, meeting in enumerate(reading.meetings):
        out.extend(_of_meeting(f"meetings/{number}", meeting, registry.meetings))
    for number, commitment in enumerate(reading.commitments):
        out.extend(_repeated(f"commitments/{number}", commitment, registry.commitments, text))
    if registry.commitments:
        out.extend(_kept(registry.commitments, text))
    return tuple(out)


def _of_meeting(about: str, meeting: Meeting, known_meetings: Sequence[KnownMeeting]) -> Iterator[Relation]:
    series = [known for known in known_meetings if _same_series(meeting, known)]
    for known in series:
        same_day = bool(meeting.date and known.date and _close(meeting, known))
        if meeting.ordinal is not None and known.ordinal == meeting.ordinal:
            yield Relation("same_meeting", about, known.ref, "same series and number", meeting.span)
            if meeting.date and known.date and not same_day:
                yield Relation("date_conflict", about, known.ref, f"here {meeting.date}, known {known.date}", meeting.span)
        elif same_day and (len(str(meeting.date)) > 4 or meeting.ordinal is None):
            yield Relation("same_meeting", about, known.ref, "same series and day", meeting.span)
            if meeting.ordinal is not None and known.ordinal is not None:
                note = f"here number {meeting.ordinal}, known number {known.ordinal}"
                yield Relation("ordinal_conflict", about, known.ref, note, meeting.span)
    if meeting.ordinal is None or meeting.date is None or any(known.ordinal == meeting.ordinal for known in series):
        return
    for known in series:
        if known.ordinal is None or known.date is None or _close(meeting, known):
            continue
        if (known.ordinal < meeting.ordinal) != (known.date < meeting.date):
            note = f"number {meeting.ordinal} on {meeting.date} does not fit number {known.ordinal} on {known.date}"
            yield Relation("ordinal_conflict", about, known.ref, note, meeting.span)
            return


def _same_series(meeting: Meeting, known: KnownMeeting) -> bool:
    """Whether a meeting is one of a series: its body or its name bears one of the series' names, in any language."""
    names = [name.text for name in known.series]
    for body in meeting.bodies:
        folded = body.casefold()
        for name in names:
            inside = min(len(name), len(body)) >= (4 if _is_han(name) else 8)
            if inside and (name.casefold() in folded or folded in name.casefold()):
                return True
    return any(likeness(mine, name) >= ALIKE for mine in (meeting.name, *meeting.bodies) for name in names)


def _is_han(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _close(meeting: Meeting, known: KnownMeeting) -> bool:
    day, other = str(meeting.date), str(known.date)
    shorter = min(len(day), len(other))
    if day[:shorter] == other[:shorter]:
        return True
    return bool(meeting.end_date and day <= other <= meeting.end_date)


def _repeated(about: str, commitment: Commitment, known: Sequence[KnownCommitment], text: str) -> Iterator[Relation]:
    words = text[slice(*commitment.span)]
    scored = [(max(likeness(words, wording) for wording in one.wordings), one) for one in known]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is not None and best[0] >= REPEATED:
        yield Relation("repeated_commitment", about, best[1].ref, f"resembles: {best[1].text}", commitment.span)


def _kept(known: Sequence[KnownCommitment], text: str) -> Iterator[Relation]:
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        done = next((m for m in _KEPT.finditer(sentence) if not _NOT_YET.search(sentence[: m.start()])), None)
        if done is None:
            continue
        words = _tokens(sentence)
        for one in known:
            if one.open and any(len(t & words) / len(t) >= DONE for t in map(_tokens, one.wordings) if t):
                start = match.start() + len(sentence) - len(sentence.lstrip())
                yield Relation("reported_kept", "text", one.ref, f"reported as done: {one.text}", _trimmed(text, start, match.end()))


def _trimmed(text: str, start: int, end: int) -> Span:
    return start, start + len(text[start:end].rstrip())


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    """Words cut to five letters (endings fall away); Chinese by pairs of characters."""
    words = [w.lower()[:5] for w in _WORD.findall(text)]
    han = [w for w in words if len(w) == 1]
    return frozenset({w for w in words if len(w) > 1 and w not in _COMMON} | {a + b for a, b in pairwise(han)})


def likeness(a: str, b: str) -> float:
    """Share of common words (Dice), 0 to 1."""
    one, two = _tokens(a), _tokens(b)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
