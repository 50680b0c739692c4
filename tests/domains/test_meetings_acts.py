"""What may be said about agendas, delegations and the closing of a meeting, on real acts in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES, misunderstanding
from comity.meetings.acts import AGENDA, CLOSE, CONVENE, DELEGATION, closed_cell
from comity.terms.act import Plan
from comity.terms.ids import resolve
from domains.known import FOUNDING, MEETING, TEXT, Acts, an_act, convening, known, saying

MINUTES, OTHER = "7" * 64, "8" * 64
VERSIONS = [{"lang": lang, "status": "authentic", "file": f"text.{lang}.akn.xml"} for lang in ("zh-Hans", "ru", "en")]
FILES = {v["file"]: "4" * 64 for v in VERSIONS}
ITEMS = [
    {"key": "minutes", "kind": "minutes"},
    {"key": "treaty", "kind": "report", "party": "kelmor", "starts": {"at": "2027-03-01T10:30", "zone": "Asia/Almaty"}, "length": 45},
]
MEMBERS = [
    {"key": "brel", "role": "head", "attendance": "expected"},
    {"key": "horn", "role": "member", "attendance": "present"},
    {"key": "maret", "role": "substitute", "attendance": "present", "for": "horn", "remote": True},
]
PLACES_OF_AGENDA = [
    ({"items": []}, "body.items"),
    ({"items": [*ITEMS, ITEMS[0]]}, "body.items"),
    ({"items": [{"key": "a", "kind": "minutes"}, {"key": "b", "kind": "minutes"}]}, "body.items"),
    ({"items": [{"key": "a", "kind": "speech"}]}, "body.items[0].kind"),
    ({"items": [{"key": "a", "kind": "other", "party": "sorvell"}]}, "body.items[0].party"),
    ({"items": [{"key": "a", "kind": "other", "length": 0}]}, "body.items[0].length"),
    ({"items": [{"key": "a", "kind": "other", "title": "prose"}]}, "body.items[0]"),
    ({"meeting": TEXT}, "body.meeting"),
    ({"versions": VERSIONS[:2]}, "subject"),
]
PLACES_OF_DELEGATION = [
    ({"members": []}, "body.members"),
    ({"members": [MEMBERS[0], MEMBERS[0] | {"role": "member"}]}, "body.members"),
    ({"members": [MEMBERS[0], MEMBERS[1] | {"role": "head"}]}, "body.members"),
    ({"members": [MEMBERS[0] | {"attendance": "absent"}]}, "body.members[0].attendance"),
    ({"members": [MEMBERS[0], MEMBERS[2]]}, "body.members[1].for"),
    ({"members": [MEMBERS[0] | {"names": []}]}, "body.members[0]"),
]


def acts() -> Acts:
    found = known()
    text = {"versions": VERSIONS, "meeting": MEETING}
    found.acts[MINUTES] = an_act(MINUTES, "texts/adopt/1", text | {"kind": "minutes"}, files=FILES)
    found.acts[OTHER] = an_act(OTHER, "texts/adopt/1", text | {"kind": "communique"}, files=FILES)
    return found


def plan(kind: str, body: Mapping[str, Any], **how: Any) -> Plan:
    return TYPES[kind].plan(saying(kind, body, **how), acts())


def agenda(**changes: Any) -> dict[str, Any]:
    return {"meeting": MEETING, "items": ITEMS, "versions": VERSIONS} | changes


def delegation(**changes: Any) -> dict[str, Any]:
    return {"meeting": MEETING, "members": MEMBERS, "versions": VERSIONS} | changes


def closing(**changes: Any) -> dict[str, Any]:
    return {"meeting": MEETING, "minutes": MINUTES, "texts": [OTHER]} | changes


def test_an_agenda_is_agreed_by_all_parties_in_a_cell_of_the_meeting() -> None:
    found = plan(AGENDA, agenda(), files=FILES)
    assert found.signatories == ("arvena", "kelmor")
    assert found.writes == {f"{MEETING}/agenda"}
    assert found.relies == {f"{MEETING}/closed"}


@pytest.mark.parametrize(("changes", "place"), PLACES_OF_AGENDA)
def test_an_agenda_that_makes_no_sense_is_refused_at_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refusal:
        plan(AGENDA, agenda(**changes), files=FILES)
    assert refusal.value.place == place


def test_each_side_says_its_own_delegation_in_a_cell_of_its_own() -> None:
    found = plan(DELEGATION, delegation(), proposer="kelmor", files=FILES)
    assert found.signatories == ("kelmor",)
    assert found.writes == {f"{MEETING}/delegation@kelmor"}


@pytest.mark.parametrize(("changes", "place"), PLACES_OF_DELEGATION)
def test_a_delegation_that_makes_no_sense_is_refused_at_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refusal:
        plan(DELEGATION, delegation(**changes), files=FILES)
    assert refusal.value.place == place


def test_a_meeting_is_closed_on_everything_that_was_said_about_it() -> None:
    found = plan(CLOSE, closing())
    assert found.signatories == ("arvena", "kelmor")
    assert found.writes == {f"{MEETING}/closed"}
    assert found.relies == {
        f"{MEETING}/state",
        f"{MEETING}/agenda",
        f"{MEETING}/delegation@arvena",
        f"{MEETING}/delegation@kelmor",
        f"{MINUTES}/state",
    }
    assert found.refs == {MINUTES, OTHER}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"minutes": OTHER}, "body.minutes"),
        ({"minutes": TEXT}, "body.minutes"),
        ({"texts": [TEXT]}, "body.texts"),
        ({"meeting": TEXT}, "body.meeting"),
    ],
)
def test_a_meeting_is_not_closed_on_anything_but_its_own_minutes_and_texts(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refusal:
        plan(CLOSE, closing(**changes))
    assert refusal.value.place == place


@pytest.mark.parametrize(
    ("kind", "body", "files"),
    [
        (AGENDA, agenda(), FILES),
        (DELEGATION, delegation(), FILES),
        (CONVENE, convening(supersedes=MEETING, first_day="2027-03-02"), {}),
        (CLOSE, closing(), {}),
    ],
)
def test_nothing_about_a_closed_meeting_makes_sense_any_more(kind: str, body: dict[str, Any], files: dict[str, str]) -> None:
    made = acts()
    said = saying(kind, body, files=files)
    found = TYPES[kind].plan(said, made)
    act = an_act("9" * 64, kind, body, signatories=found.signatories, files=files)
    closed = closed_cell(MEETING)

    def standing_on(heads: frozenset[str]) -> Any:
        basis = {resolve(cell, act.id): heads if cell == closed else frozenset[str]() for cell in found.writes}
        relies = {resolve(cell, act.id): heads if cell == closed else frozenset[str]() for cell in found.relies}
        return replace(act, basis=basis, relies=relies, refs=found.refs)

    assert misunderstanding(standing_on(frozenset()), made) is None
    refusal = misunderstanding(standing_on(frozenset({"a1" * 32})), made)
    assert refusal is not None
    assert "closed" in refusal.message


def test_the_reason_for_another_host_is_a_file_of_the_convening() -> None:
    body = convening(host="kelmor", notes=[{"lang": "en", "file": "note.en.txt"}])
    assert plan(CONVENE, body, files={"note.en.txt": "5" * 64}).writes == {"self/state", f"{FOUNDING}#main/slot/1"}
    with pytest.raises(Unsayable) as refusal:
        plan(CONVENE, body)
    assert refusal.value.place == "subject"


def test_a_further_series_has_meetings_of_its_own_from_the_number_that_it_says() -> None:
    found, opened = acts(), "9" * 64
    series = {"key": "group", "names": [{"lang": "en", "text": "Group"}], "first": 3}
    found.acts[opened] = an_act(opened, "mechanisms/series/1", {"series": [series]})
    third = TYPES[CONVENE].plan(saying(CONVENE, convening(series=f"{opened}#group", ordinal=3)), found)
    assert third.writes == {"self/state", f"{opened}#group/slot/3"}
    for wrong in ({"series": f"{opened}#group", "ordinal": 1}, {"series": f"{opened}#other"}, {"series": f"{MINUTES}#group"}):
        with pytest.raises(Unsayable):
            TYPES[CONVENE].plan(saying(CONVENE, convening(**wrong)), found)
