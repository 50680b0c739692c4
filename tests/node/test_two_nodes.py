"""Two nodes found a mechanism and work on it, reading each other's records path by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import ComityError, Untrusted
from node.parliaments import Clock, Parliament, exchange, founded, founding_body, introduce, parliament


def convening(mechanism: str, ordinal: int = 1, previous: str | None = None) -> dict[str, object]:
    body: dict[str, object] = {
        "series": f"{mechanism}#main",
        "ordinal": ordinal,
        "mode": "in_person",
        "first_day": "2027-03-01",
        "last_day": "2027-03-02",
        "places": [{"names": [{"lang": "en", "text": "Ostrel"}]}],
        "host": "arvena",
    }
    return body | ({"previous": previous} if previous else {})


def test_a_mechanism_is_in_force_on_both_nodes_when_both_have_signed_its_founding(two: tuple[Parliament, Parliament]) -> None:
    arvena, kelmor = two
    mechanism = founded(arvena, kelmor)
    for side in two:
        assert side.node.replica(mechanism).standing(mechanism).status == "in_force"
    assert arvena.digest(mechanism) == kelmor.digest(mechanism)


def test_a_meeting_is_proposed_here_and_in_force_there_after_the_countersignature(two: tuple[Parliament, Parliament]) -> None:
    arvena, kelmor = two
    mechanism = founded(arvena, kelmor)
    meeting = arvena.say("meetings/convene/1", mechanism, convening(mechanism))
    assert arvena.node.replica(mechanism).standing(meeting).missing == ("kelmor",)
    exchange(mechanism, arvena, kelmor)
    kelmor.countersign(mechanism, meeting)
    exchange(mechanism, arvena, kelmor)
    assert arvena.node.replica(mechanism).standing(meeting).status == "in_force"
    assert arvena.digest(mechanism) == kelmor.digest(mechanism)


def test_a_restarted_node_says_the_same_without_judging_again(two: tuple[Parliament, Parliament]) -> None:
    arvena, kelmor = two
    mechanism = founded(arvena, kelmor)
    arvena.say("meetings/convene/1", mechanism, convening(mechanism))
    exchange(mechanism, arvena, kelmor)
    before = kelmor.digest(mechanism)
    kelmor.node.forget()
    assert kelmor.digest(mechanism) == before


def test_a_founding_by_a_parliament_that_nobody_introduced_is_refused_and_listed(tmp_path: Path) -> None:
    clock = Clock()
    arvena, kelmor, sorvell = (parliament(tmp_path, p, clock=clock) for p in ("arvena", "kelmor", "sorvell"))
    introduce(arvena, kelmor)
    mechanism = arvena.say("mechanisms/found/1", "", founding_body(arvena, kelmor))
    with pytest.raises(Untrusted):
        sorvell.node.receive(arvena.record(mechanism), source="arvena.example")
    assert sorvell.node.mechanisms() == []
    assert sorvell.node.store.refusals()[0]["kind"] == "Untrusted"


def test_a_second_meeting_of_the_same_number_cannot_even_be_proposed(two: tuple[Parliament, Parliament]) -> None:
    arvena, kelmor = two
    mechanism = founded(arvena, kelmor)
    arvena.say("meetings/convene/1", mechanism, convening(mechanism))
    with pytest.raises(ComityError, match="clashes"):
        arvena.say("meetings/convene/1", mechanism, convening(mechanism))
