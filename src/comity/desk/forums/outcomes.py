"""What became of an item's agreed positions, by the roll calls that are here, in words and with the roll calls that decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from comity.desk.forums.engine import Engine
from comity.desk.forums.library import Held
from comity.desk.forums.models import PositionRow
from comity.desk.forums.words import OUTCOMES, agreed_label, option
from comity.desk.record.models import ActRow
from comity.desk.show import PartyShown, act_url, day, standing_of
from comity.forums.positions import Agreed, Judgement, Outcome, RollCall, judge


def history(rows: Sequence[PositionRow], acts: Mapping[str, ActRow]) -> list[PositionRow]:
    """What all agreed on one item, in the order in which it superseded what was agreed before: the last is what holds now."""
    after = {r.id: acts[r.id].superseded_by if r.id in acts else "" for r in rows}

    def left(act: str) -> int:
        seen: set[str] = set()
        while (act := after.get(act, "")) and act not in seen:
            seen.add(act)
        return len(seen)

    joint = [r for r in rows if not r.party and r.status == "in_force"]
    return sorted(joint, key=lambda r: (not r.current, left(r.id)), reverse=True)


def judged(engine: Engine | None, seats: Mapping[str, str], parties: Sequence[str], agreed: Sequence[PositionRow]) -> Judgement:
    """What became of what was agreed on one item (:func:`history`), by the roll calls that are here."""
    row = agreed[-1]
    if engine is None or engine.forum.id != row.forum:
        return Judgement(Outcome.AWAITED)
    events = engine.calls.events
    here = [i for i in engine.by_item.get(row.key, []) if events[i].session == row.session]
    found = [
        RollCall(
            events[i].id,
            events[i].date[:10],
            events[i].mode == "without a vote",
            {p: engine.cast(i, seats[p]) for p in parties if seats.get(p) in engine.seats},
        )
        for i in here
    ]
    said = [Agreed(r.id, r.agreed, r.vote or None, r.said[:10]) for r in agreed]
    return judge(said, found, parties, imported=row.session in engine.sessions)


def shown(row: PositionRow, acts: Mapping[str, ActRow], parties: Sequence[PartyShown]) -> dict[str, Any]:
    act = acts.get(row.id)
    return {
        "label": agreed_label(row.agreed, row.vote),
        "url": act_url(row.id),
        "standing": standing_of(act, parties) if act else None,
        "wording": row.wording,
        "day": day(row.said[:10]),
        "serves": reverse("commitments:detail", args=[row.serves]) if row.serves else "",
    }


def outcome(
    found: Judgement, forum: Held, parties: Sequence[PartyShown], agreed: Sequence[PositionRow], acts: Mapping[str, ActRow]
) -> dict[str, Any] | None:
    """An outcome in words, with the roll calls that decide it and, if it no longer holds, the position that they were measured by; None
    where nothing is agreed and nothing was.
    """
    now = agreed[-1]
    if now.agreed == "none" and (len(agreed) == 1 or found.outcome in (Outcome.AWAITED, Outcome.NO_VOTE, Outcome.TOO_LATE, Outcome.FREE)):
        return None
    by = next((r for r in agreed if r.id == found.by and r.id != now.id), None)
    return {
        "word": str(found.outcome),
        "label": OUTCOMES[str(found.outcome)],
        "by": shown(by, acts, parties) if by else None,
        "calls": [
            {
                "url": reverse("forums:call", args=[forum.id, c.event]),
                "date": day(c.date),
                "votes": [{"party": p.name} | option(c.cast[p.id]) for p in parties if p.id in c.cast],
            }
            for c in found.calls
        ],
    }
