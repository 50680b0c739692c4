"""How what a text says meets what is known: the same meeting, another ordinal, a pledge repeated, a pledge reported as kept."""

from __future__ import annotations

import re
from itertools import pairwise

from comity.press.model import Meeting, Relation
from comity.press.readers.base import Found
from comity.press.registry import KnownCommitment, KnownMeeting, Registry

_KEPT = re.compile(
    r"\b(?:has|have|had)\s(?:already\s|now\s)?(?:sent|submitted|ratified|approved|adopted|signed|fulfilled"
    r"|fulfilled|implemented|completed|published|delivered|held|established|carried out)\b|выполн(?:ил|ен"
    r"|ена|ены)|ратифицирова(?:л|н|ла|ли)|реализован|уже направ|已(?:经)?(?:批准|落实|完成|提交|签署|建立|履行|兑现)"
)
_WORD = re.compile(r"[A-Za-zА-Яа-яё]{4,}|[\u4e00-\u9fff]")


def relate(found: Found, registry: Registry, text: str) -> tuple[Relation, ...]:
    """All relations of a reading to the registry, in the order of the proposals."""
    out: list[Relation] = []
    for number, meeting in enumerate(found.meetings):
        out.extend(_of_meeting(number, meeting, registry))
    for number, commitment in enumerate(found.commitments):
        words = text[commitment.span[0] : commitment.span[1]]
        best = max(((likeness(words, known.text), known) for known in registry.commitments), key=lambda p: p[0], default=(0.0, None))
        if best[1] is not None and best[0] >= 0.5:
            out.append(Relation("repeated_commitment", f"commitments/{number}", best[1].ref, f"resembles: {best[1].text}", commitment.span))
    out.extend(_kept(found, registry, text))
    return tuple(out)


def _of_meeting(number: int, meeting: Meeting, registry: Registry) -> list[Relation]:
    about, out = f"meetings/{number}", []
    for known in registry.meetings:
        alike = max((likeness(meeting.name, n.text) for n in known.series), default=0.0)
        bodies = any(n.text.casefold() in b.casefold() or b.casefold() in n.text.casefold() for n in known.series for b in meeting.bodies)
        if alike < 0.6 and not bodies:
            continue
        same_day = bool(meeting.date and known.date and _close(meeting, known))
        if meeting.ordinal is not None and known.ordinal == meeting.ordinal:
            out.append(Relation("same_meeting", about, known.ref, "same series and number", meeting.span))
            if meeting.date and known.date and not same_day:
                out.append(Relation("date_conflict", about, known.ref, f"here {meeting.date}, known {known.date}", meeting.span))
        elif same_day:
            out.append(Relation("same_meeting", about, known.ref, "same series and day", meeting.span))
            if meeting.ordinal is not None and known.ordinal is not None:
                out.append(
                    Relation(
                        "ordinal_conflict", about, known.ref, f"here number {meeting.ordinal}, known number {known.ordinal}", meeting.span
                    )
                )
    return out


def _close(meeting: Meeting, known: KnownMeeting) -> bool:
    day, other = str(meeting.date), str(known.date)
    shorter = min(len(day), len(other))
    if day[:shorter] == other[:shorter]:
        return True
    return bool(meeting.end_date and day <= other <= meeting.end_date)


def _kept(found: Found, registry: Registry, text: str) -> list[Relation]:
    out = []
    for match in re.finditer(r"[^.!?。！？\n]+", text):
        if _KEPT.search(match.group()):
            for known in registry.commitments:
                if known.open and _covered(known, match.group()) >= 0.6:
                    out.append(Relation("reported_kept", "text", known.ref, f"reported as done: {known.text}", match.span()))
    return out


def _tokens(text: str) -> set[str]:
    """Words cut to five letters (endings fall away); Chinese by pairs of characters."""
    words = [w.lower()[:5] for w in _WORD.findall(text)]
    han = [w for w in words if len(w) == 1]
    return {w for w in words if len(w) > 1} | {a + b for a, b in pairwise(han)}


def likeness(a: str, b: str) -> float:
    """Share of common words (Dice), 0 to 1."""
    one, two = _tokens(a), _tokens(b)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _covered(known: KnownCommitment, sentence: str) -> float:
    words = _tokens(known.text)
    return len(words & _tokens(sentence)) / len(words) if words else 0.0
