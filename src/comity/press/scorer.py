"""How good readings are against annotated texts: spans, speakers, commitments, meeting slots, persons, claim kinds, calibration.

Matching is one to one, by largest overlap first. Figures are micro-averaged; 95 % intervals come from resampling whole texts (bootstrap,
fixed seed).
A predicted element that the gold does not annotate at all (say, a gold set without persons) is not counted.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.press.model import Reading, Span
from comity.press.translit import fold, name_keys

THRESHOLD = 0.5  # intersection over union from which two spans are the same


@dataclass(slots=True)
class Count:
    """True positives, predicted and gold totals of one measure (or hits and tries of an accuracy)."""

    hit: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    def add(self, hit: float, predicted: float, gold: float) -> None:
        self.hit, self.predicted, self.gold = self.hit + hit, self.predicted + predicted, self.gold + gold

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


MEASURES = (
    "content_exact",
    "content_near",
    "content_iou",
    "content_chars",
    "speaker_on_matched",
    "speaker_end_to_end",
    "form_on_matched",
    "claim_kind_on_matched",
    "commitment_iou",
    "commitment_nature_on_matched",
    "commitment_who_on_matched",
    "commitment_due_on_matched",
    "commitment_end_to_end",
    "meeting_slots",
    "persons_name",
    "persons_full",
)


@dataclass(slots=True)
class Score:
    """All counts of one text, and (confidence, right) pairs for calibration."""

    counts: dict[str, Count] = field(default_factory=lambda: {m: Count() for m in MEASURES})
    sure: list[tuple[float, bool]] = field(default_factory=list)


def iou(a: Span, b: Span) -> float:
    """Intersection over union of two spans."""
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / ((a[1] - a[0]) + (b[1] - b[0]) - common) if common else 0.0


def match(predicted: Sequence[Span], gold: Sequence[Span], least: float = THRESHOLD) -> list[tuple[int, int]]:
    """One-to-one pairs (predicted, gold) with an overlap of at least ``least``, best first."""
    pairs = sorted(((iou(p, g), i, j) for i, p in enumerate(predicted) for j, g in enumerate(gold)), reverse=True)
    used_p: set[int] = set()
    used_g: set[int] = set()
    out = []
    for value, i, j in pairs:
        if value >= least and i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            out.append((i, j))
    return out


def _chars(spans: Iterable[Span]) -> set[int]:
    return {i for a, b in spans for i in range(a, b)}


_ARTICLE = re.compile(r"^(?:the|a|an)\s+|[«»“”\"《》]", re.IGNORECASE)


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names are one: spelling, order and articles aside; a surname or a head word stands for the whole."""
    if not a or not b:
        return a == b or (not a and not b)
    one, two = _ARTICLE.sub("", a.strip()), _ARTICLE.sub("", b.strip())
    if name_keys(one) & name_keys(two):
        return True
    x, y = fold(one), fold(two)
    if x and y and (x in y or y in x) and min(len(x), len(y)) >= (2 if re.search(r"[\u4e00-\u9fff]", one) else 4):
        return True
    return bool(x) and x == y


def score_text(reading: Reading, gold: Reading) -> Score:
    """Compare one reading with its gold."""
    s = Score()
    c = s.counts
    _statements(s, reading, gold)
    ps, gs = [x.span for x in reading.commitments], [x.span for x in gold.commitments]
    pairs = match(ps, gs)
    c["commitment_iou"].add(len(pairs), len(ps), len(gs))
    whole = 0
    for i, j in pairs:
        mine, theirs = reading.commitments[i], gold.commitments[j]
        nature = mine.nature == theirs.nature
        who = not theirs.who or _same_set(mine.who, theirs.who)
        c["commitment_nature_on_matched"].add(nature, 1, 1)
        if theirs.who:
            c["commitment_who_on_matched"].add(who, 1, 1)
        if theirs.due is not None:
            right = (
                mine.due is not None
                and iou(mine.due.text, theirs.due.text) > 0.3
                and (theirs.due.date is None or _same_date(mine.due.date, theirs.due.date))
            )
            c["commitment_due_on_matched"].add(right, 1, 1)
        whole += nature and who
    c["commitment_end_to_end"].add(whole, len(ps), len(gs))
    _meetings(c["meeting_slots"], reading, gold)
    if gold.persons:
        hits = [(p, next((g for g in gold.persons if _same_person(p.name, g.name)), None)) for p in reading.persons]
        c["persons_name"].add(len({g.name for _, g in hits if g}), len(reading.persons), len(gold.persons))
        full = {
            g.name
            for p, g in hits
            if g
            and _same_slot(p.role, g.role)
            and _same_slot(p.organisation, g.organisation)
            and (g.country is None or p.country == g.country)
        }
        c["persons_full"].add(len(full), len(reading.persons), len(gold.persons))
    return s


def _statements(s: Score, reading: Reading, gold: Reading) -> None:
    c = s.counts
    ps, gs = [x.span for x in reading.statements], [x.span for x in gold.statements]
    pairs = match(ps, gs)
    c["content_exact"].add(len(set(ps) & set(gs)), len(ps), len(gs))
    near = [1 for i, j in match(ps, gs, 0.3) if abs(ps[i][0] - gs[j][0]) <= 6 and abs(ps[i][1] - gs[j][1]) <= 3]
    c["content_near"].add(len(near), len(ps), len(gs))
    c["content_iou"].add(len(pairs), len(ps), len(gs))
    mine, theirs = _chars(ps), _chars(gs)
    c["content_chars"].add(len(mine & theirs), len(mine), len(theirs))
    right = 0
    matched = {i for i, _ in pairs}
    s.sure.extend((x.confidence, i in matched) for i, x in enumerate(reading.statements))
    for i, j in pairs:
        a, b = reading.statements[i], gold.statements[j]
        same = same_name(a.speaker, b.speaker)
        right += same
        c["speaker_on_matched"].add(same, 1, 1)
        c["form_on_matched"].add(a.form == b.form, 1, 1)
        c["claim_kind_on_matched"].add(a.claim_kind == b.claim_kind, 1, 1)
    c["speaker_end_to_end"].add(right, len(ps), len(gs))


def _same_set(a: Sequence[str], b: Sequence[str]) -> bool:
    return all(any(same_name(x, y) for y in b) for x in a) and all(any(same_name(x, y) for x in a) for y in b)


def _same_date(a: str | None, b: str | None) -> bool:
    """Equal to the coarser of both precisions."""
    if not a or not b:
        return a == b
    shorter = min(len(a), len(b))
    return a[:shorter] == b[:shorter]


def _same_person(a: str, b: str) -> bool:
    return bool(name_keys(a) & name_keys(b)) or fold(a) == fold(b)


def _same_slot(a: str | None, b: str | None) -> bool:
    return b is None or (a is not None and same_name(a.lower(), b.lower()))


def _meetings(count: Count, reading: Reading, gold: Reading) -> None:
    """Slots of meetings paired by what they share: kind, ordinal, place, day, bodies, parties, chairs, anniversary."""
    mine = [_slots(m) for m in reading.meetings]
    theirs = [_slots(m) for m in gold.meetings]
    pairs = sorted(((sum(_agree(a, b)), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)), reverse=True)
    used_i: set[int] = set()
    used_j: set[int] = set()
    for value, i, j in pairs:
        if value and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            count.hit += value
    # a slot that the gold leaves open is not held against a reading
    for i, m in enumerate(mine):
        partner = next((j for v, a, j in pairs if a == i and v and j in used_j and i in used_i), None)
        count.predicted += sum(1 for k, v in m.items() if v and (partner is None or theirs[partner].get(k) or k in {"ordinal"}))
    count.gold += sum(1 for m in theirs for v in m.values() if v)


def _slots(meeting: Any) -> dict[str, Any]:
    return {
        "kind": meeting.kind,
        "ordinal": meeting.ordinal,
        "place": meeting.place,
        "date": meeting.date,
        "bodies": meeting.bodies,
        "parties": meeting.parties,
        "chairs": meeting.chairs_or_hosts,
        "anniversary": meeting.anniversary,
    }


def _agree(a: dict[str, Any], b: dict[str, Any]) -> list[bool]:
    same: list[bool] = []
    for key, value in b.items():
        other = a[key]
        if not value or not other:
            continue
        if key == "date":
            same.append(_same_date(other, value))
        elif key in {"bodies", "chairs"}:
            same.append(any(same_name(x, y) for x in other for y in value) if key == "bodies" else _same_set(other, value))
        elif key == "parties":
            same.append(set(value) <= set(other))
        elif key == "place":
            same.append(same_name(other, value))
        else:
            same.append(other == value)
    return same


def total(scores: Sequence[Score]) -> dict[str, Count]:
    """Sums over texts."""
    out = {m: Count() for m in MEASURES}
    for score in scores:
        for name, count in score.counts.items():
            out[name].add(count.hit, count.predicted, count.gold)
    return out


def interval(
    scores: Sequence[Score], measure: str, value: Callable[[Count], float], *, rounds: int = 400, seed: int = 7
) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of ``value`` when texts are drawn with replacement."""
    if not scores:
        return 0.0, 0.0
    chance = random.Random(seed)  # noqa: S311 -- resampling, not secrecy; seeded so that a rerun gives the same interval
    values = []
    for _ in range(rounds):
        count = Count()
        for _ in scores:
            one = scores[chance.randrange(len(scores))].counts[measure]
            count.add(one.hit, one.predicted, one.gold)
        values.append(value(count))
    values.sort()
    return values[int(0.025 * rounds)], values[min(rounds - 1, int(0.975 * rounds))]


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and share right, weighted by bin size."""
    if not pairs:
        return 0.0
    error = 0.0
    for b in range(bins):
        inside = [(p, ok) for p, ok in pairs if b / bins <= p < (b + 1) / bins or (b == bins - 1 and p == 1.0)]
        if inside:
            error += len(inside) / len(pairs) * abs(sum(p for p, _ in inside) / len(inside) - sum(ok for _, ok in inside) / len(inside))
    return error


def report(scores: Sequence[Score]) -> dict[str, Any]:
    """The whole score as JSON: for every measure precision, recall, F1 and the interval of F1."""
    sums = total(scores)
    out: dict[str, Any] = {"texts": len(scores)}
    for name, count in sums.items():
        low, high = interval(scores, name, lambda k: k.f1)
        out[name] = {
            "precision": round(count.precision, 4),
            "recall": round(count.recall, 4),
            "f1": round(count.f1, 4),
            "f1_95": [round(low, 4), round(high, 4)],
            "gold": count.gold,
            "predicted": count.predicted,
        }
    out["calibration_error"] = round(calibration_error([p for s in scores for p in s.sure]), 4)
    return out
