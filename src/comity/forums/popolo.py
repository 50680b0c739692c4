"""A roll call as a Popolo ``VoteEvent`` (popoloproject.com/specs/vote-event.html), with our fields beside it.

Popolo's words for options are kept (``yes``, ``no``, ``abstain``, ``absent``, ``not voting``); what it has no word for (not a member,
unknown) makes no ``Vote``, and is counted in ``comity:unlisted``.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from comity.forums.model import Option, RollCalls

_WORDS = {Option.YES: "yes", Option.NO: "no", Option.ABSTAIN: "abstain", Option.ABSENT: "absent", Option.NOT_PARTICIPATING: "not voting"}


def vote_event(calls: RollCalls, event: int) -> dict[str, Any]:
    """Roll call number ``event`` of the matrix."""
    e = calls.events[event]
    cells = [Option(o) for o in calls.options[event].tolist()]
    weights = None if calls.weights is None else calls.weights[event].tolist()
    votes = []
    for column, (voter, option) in enumerate(zip(calls.voters, cells, strict=True)):
        if option in _WORDS:
            vote: dict[str, Any] = {
                "voter_id": voter.state,
                "voter": {"name": voter.name, "classification": "state"},
                "option": _WORDS[option],
            }
            votes.append(vote | ({"weight": weights[column]} if weights else {}))
    counted = Counter(_WORDS[o] for o in cells if o in _WORDS)
    official = {"yes": e.totals.yes, "no": e.totals.no, "abstain": e.totals.abstain, "non voting": e.totals.non_voting}
    return {
        "identifier": e.id,
        "legislative_session_id": str(e.session),
        "organization_id": calls.forum.id,
        "start_date": e.date,
        "motion": {"text": e.title, "identifier": e.symbol, "classification": e.stage.value},
        "counts": [{"option": word, "value": n} for word, n in sorted(counted.items())],
        "votes": votes,
        "sources": [{"url": e.source}] if e.source else [],
        "comity:stage": e.stage.value,
        "comity:mode": e.mode.value,
        "comity:official_counts": {word: n for word, n in official.items() if n is not None},
        "comity:topics": [{"code": t.code, "origin": t.origin.value} for t in e.topics],
        "comity:same_item_as": list(e.same_item_as),
        "comity:unlisted": {o.word: cells.count(o) for o in (Option.NOT_MEMBER, Option.UNKNOWN) if o in cells},
        "comity:invented": calls.forum.invented,
    }
