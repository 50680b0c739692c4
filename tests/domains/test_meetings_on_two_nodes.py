"""Agenda, delegations and closing on two real nodes: what commutes, what waits, and that after the closing nothing is signed any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.errors import ComityError
from comity.meetings.acts import AGENDA, CLOSE, CONVENE, DELEGATION
from comity.texts.akn import file_name
from node.parliaments import Parliament, exchange, founded
from node.travelling import LANGUAGES, TEXTS, communique, convening, pair

VERSIONS = [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in LANGUAGES]


def both(
    first: Parliament, second: Parliament, mechanism: str, kind: str, body: dict[str, Any], files: dict[str, bytes] | None = None
) -> str:
    """One proposes, the other signs."""
    act = first.say(kind, mechanism, body, files or {})
    exchange(mechanism, first, second)
    second.countersign(mechanism, act)
    exchange(mechanism, first, second)
    return act


def agenda(meeting: str) -> dict[str, Any]:
    return {"meeting": meeting, "items": [{"key": "one", "kind": "other"}, {"key": "two", "kind": "report"}], "versions": VERSIONS}


def delegation(meeting: str) -> dict[str, Any]:
    return {"meeting": meeting, "members": [{"key": "one", "role": "head", "attendance": "present"}], "versions": VERSIONS}


def test_a_change_of_day_and_an_agenda_do_not_wait_for_each_other_and_after_the_closing_nothing_is_signed(tmp_path: Path) -> None:
    arvena, kelmor = pair(tmp_path)
    mechanism = founded(arvena, kelmor)
    meeting = both(arvena, kelmor, mechanism, CONVENE, convening(mechanism))

    proposed = kelmor.say(AGENDA, mechanism, agenda(meeting), TEXTS)
    moved = arvena.say(CONVENE, mechanism, convening(mechanism) | {"supersedes": meeting, "last_day": "2027-03-03"}, {})
    exchange(mechanism, arvena, kelmor)
    arvena.countersign(mechanism, proposed)
    kelmor.countersign(mechanism, moved)
    exchange(mechanism, arvena, kelmor)
    for side in (arvena, kelmor):
        side.say(DELEGATION, mechanism, delegation(meeting), TEXTS)
    exchange(mechanism, arvena, kelmor)
    ledger = arvena.node.replica(mechanism).ledger
    assert ledger.heads(f"{meeting}/agenda") == {proposed}
    assert ledger.heads(f"{meeting}/state") == {moved}

    minutes = both(kelmor, arvena, mechanism, "texts/adopt/1", communique(meeting) | {"kind": "minutes"}, TEXTS)
    closing = both(arvena, kelmor, mechanism, CLOSE, {"meeting": meeting, "minutes": minutes, "texts": []})
    assert ledger.standing(closing).status == "in_force"
    after: list[tuple[str, dict[str, Any], dict[str, bytes]]] = [
        (AGENDA, agenda(meeting), TEXTS),
        (DELEGATION, delegation(meeting), TEXTS),
        (CONVENE, convening(mechanism) | {"supersedes": meeting}, {}),
        (CLOSE, {"meeting": meeting, "minutes": minutes, "texts": []}, {}),
    ]
    for kind, body, files in after:
        with pytest.raises(ComityError, match="closed"):
            arvena.say(kind, mechanism, body, files)


def test_an_agenda_that_is_still_open_has_to_be_withdrawn_before_its_proposer_closes_the_meeting(tmp_path: Path) -> None:
    arvena, kelmor = pair(tmp_path)
    mechanism = founded(arvena, kelmor)
    meeting = both(arvena, kelmor, mechanism, CONVENE, convening(mechanism))
    minutes = both(kelmor, arvena, mechanism, "texts/adopt/1", communique(meeting) | {"kind": "minutes"}, TEXTS)
    arvena.say(AGENDA, mechanism, agenda(meeting), TEXTS)
    with pytest.raises(ComityError):
        arvena.say(CLOSE, mechanism, {"meeting": meeting, "minutes": minutes, "texts": []}, {})
