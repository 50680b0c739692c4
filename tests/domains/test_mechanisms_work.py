"""Bodies, further series, mandates and the plan of a year: what may be said, by whom, and what is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Plan
from domains.known import FOUNDING, MEETING, TEXT, Acts, an_act, known, saying

BODY, MANDATE, PLAN, CHANGED, APPOINTED = (letter * 64 for letter in "56789")
BOTH = ("arvena", "kelmor")
NAMES = [{"lang": "en", "text": "Water"}]


def acts() -> Acts:
    """What is known, and a working group, a mandate, a plan of 2026 and a change of it, an appointment in the group."""
    found = known()
    found.acts |= {
        BODY: an_act(BODY, "mechanisms/body/1", group()),
        MANDATE: an_act(MANDATE, "mechanisms/mandate/1", mandate()),
        PLAN: an_act(PLAN, "mechanisms/plan/1", plan()),
        CHANGED: an_act(CHANGED, "mechanisms/plan/1", plan(items=[item("visit"), item("book")], supersedes=PLAN)),
        APPOINTED: an_act(APPOINTED, "mechanisms/appoint/1", appointment(body=BODY), signatories=("arvena",)),
    }
    return found


def without_none(body: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in body.items() if v is not None}


def group(**changes: Any) -> dict[str, Any]:
    return without_none({"key": "water", "names": NAMES, "kind": "working-group", "from": "2018-03-01"} | changes)


def point(key: str, *langs: str) -> dict[str, Any]:
    return {"key": key, "quotes": [{"lang": lang, "file": f"point-{key}.{lang}.txt"} for lang in langs or ("en", "ru")]}


def mandate(**changes: Any) -> dict[str, Any]:
    source = {"address": "https://summit.example/2024"}
    body = {"kind": "summit", "names": NAMES, "date": "2024-05-16", "source": source, "points": [point("a"), point("b")]}
    return without_none(body | changes)


def files_of(body: Mapping[str, Any]) -> dict[str, str]:
    return {q["file"]: "4" * 64 for p in body["points"] for q in p["quotes"]}


def item(key: str, **changes: Any) -> dict[str, Any]:
    return without_none({"key": key, "kind": "visit", "names": NAMES, "when": "2026-05", "whose": list(BOTH)} | changes)


def plan(**changes: Any) -> dict[str, Any]:
    return without_none({"year": 2026, "items": [item("visit"), item("book", whose=["kelmor"])]} | changes)


def outcome(**changes: Any) -> dict[str, Any]:
    return without_none({"plan": PLAN, "item": "visit", "outcome": "held", "when": "2026-05-12", "reasons": []} | changes)


def series(**changes: Any) -> dict[str, Any]:
    new = [{"key": "water", "names": NAMES, "first": 1}]
    return without_none({"series": new, "predecessors": []} | changes)


def appointment(**changes: Any) -> dict[str, Any]:
    body = {"person": "ann", "names": NAMES, "office": "working-co-chair", "titles": [], "from": "2020"}
    return without_none(body | changes)


def planned(kind: str, body: Mapping[str, Any], **how: Any) -> Plan:
    return TYPES[kind].plan(saying(kind, body, **how), acts())


def test_a_working_group_is_set_up_by_all_and_takes_its_key() -> None:
    assert planned("mechanisms/body/1", group()) == Plan(BOTH, frozenset({"self/state", f"{FOUNDING}/body/water"}))


def test_a_changed_body_writes_its_own_cell_and_names_what_it_stands_under() -> None:
    found = planned("mechanisms/body/1", group(key="sub", parent=BODY))
    assert found.refs == {BODY}
    assert planned("mechanisms/body/1", group(supersedes=BODY, until="2026")).writes == {f"{BODY}/state"}


def test_an_office_in_a_body_is_held_beside_the_same_office_of_the_whole() -> None:
    whole = planned("mechanisms/appoint/1", appointment())
    inside = planned("mechanisms/appoint/1", appointment(body=BODY))
    assert whole.writes == {"self/state@arvena", f"{FOUNDING}/office/working-co-chair@arvena"}
    assert inside.writes == {"self/state@arvena", f"{FOUNDING}/office/water/working-co-chair@arvena"}
    assert inside.refs == {BODY}


def test_a_further_series_takes_its_key_and_names_what_it_follows_and_whose_it_is() -> None:
    body = series(predecessors=[{"series": f"{FOUNDING}#main"}, {"names": NAMES, "held": 8}], body=BODY)
    found = planned("mechanisms/series/1", body)
    assert found.writes == {"self/state", "self#water/state", f"{FOUNDING}/series/water"}
    assert found.refs == {FOUNDING, BODY}


def test_what_is_said_of_a_series_that_is_there_writes_its_own_cell() -> None:
    counted = {"names": NAMES, "on": "2006-09-20"}
    body = series(series=None, about=f"{FOUNDING}#main", counted_from=counted)
    assert planned("mechanisms/series/1", body).writes == {f"{FOUNDING}#main/state"}


def test_a_mandate_quotes_every_point_in_files_of_the_act() -> None:
    assert planned("mechanisms/mandate/1", mandate(), files=files_of(mandate())) == Plan(BOTH, frozenset({"self/state"}))


def test_a_mandate_that_stands_in_an_adopted_text_refers_to_it() -> None:
    body = mandate(source={"text": TEXT})
    assert planned("mechanisms/mandate/1", body, files=files_of(body)).refs == {TEXT}


def test_a_year_has_one_plan() -> None:
    assert planned("mechanisms/plan/1", plan()).writes == {"self/state", f"{FOUNDING}/plan/2026"}


def test_a_changed_plan_may_add_items_and_names_the_mandates_it_takes_up() -> None:
    more = plan(items=[item("visit"), item("book"), item("new", mandate=f"{MANDATE}#b")], supersedes=PLAN)
    found = planned("mechanisms/plan/1", more)
    assert (found.writes, found.refs) == ({f"{PLAN}/state"}, {MANDATE})


def test_what_became_of_everybodys_item_is_said_by_all() -> None:
    assert planned("mechanisms/outcome/1", outcome(meeting=MEETING)) == Plan(
        BOTH, frozenset({f"{PLAN}/outcome/visit"}), refs=frozenset({MEETING})
    )


def test_what_became_of_one_sides_item_is_said_by_that_side_alone() -> None:
    found = planned("mechanisms/outcome/1", outcome(item="book"), proposer="kelmor")
    assert found == Plan(("kelmor",), frozenset({f"{PLAN}/outcome/book@kelmor"}))


def test_an_item_that_only_the_changed_plan_has_is_named_by_it_and_written_under_the_plan() -> None:
    found = planned("mechanisms/outcome/1", outcome(plan=CHANGED))
    assert found.writes == {f"{PLAN}/outcome/visit"}
    assert found.refs == {CHANGED}


MOVED = {"outcome": "moved", "when": "2027-02"}
REFUSED = [
    ("a body that ends before it begins", "mechanisms/body/1", group(until="2017"), {}, "body.until"),
    ("a changed body with another key", "mechanisms/body/1", group(supersedes=BODY, key="air"), {}, "body.key"),
    ("a body under something that is none", "mechanisms/body/1", group(key="x", parent=MEETING), {}, "body.parent"),
    ("a body under itself", "mechanisms/body/1", group(supersedes=BODY, parent=BODY), {}, "body.parent"),
    ("an office that ends before it begins", "mechanisms/appoint/1", appointment(until="2019-12"), {}, "body.until"),
    ("an office in something that is no body", "mechanisms/appoint/1", appointment(body=MEETING), {}, "body.body"),
    ("an appointment that moves into another body", "mechanisms/appoint/1", appointment(replaces=APPOINTED), {}, "body.body"),
    (
        "a series key that is taken",
        "mechanisms/series/1",
        series(series=[{"key": "main", "names": NAMES, "first": 1}]),
        {},
        "body.series[0].key",
    ),
    ("more about a series that is not there", "mechanisms/series/1", series(series=None, about=f"{FOUNDING}#no"), {}, "body.about"),
    ("a series that is new and there", "mechanisms/series/1", series(about=f"{FOUNDING}#main"), {}, "body.series"),
    (
        "a series that follows itself",
        "mechanisms/series/1",
        series(series=None, about=f"{FOUNDING}#main", predecessors=[{"series": f"{FOUNDING}#main"}]),
        {},
        "body.predecessors",
    ),
    ("a point whose words are not signed", "mechanisms/mandate/1", mandate(), {}, "subject"),
    ("a point quoted in fewer languages", "mechanisms/mandate/1", mandate(points=[point("a"), point("b", "en")]), {}, "body.points[1]"),
    ("a mandate without a source", "mechanisms/mandate/1", mandate(source={}), {}, "body.source.address"),
    (
        "a changed mandate that lost a point",
        "mechanisms/mandate/1",
        mandate(points=[point("a")], supersedes=MANDATE),
        {"files": files_of(mandate(points=[point("a")]))},
        "body.points",
    ),
    ("an item of another year", "mechanisms/plan/1", plan(items=[item("visit", when="2027")]), {}, "body.items[0].when"),
    ("an item of nobody here", "mechanisms/plan/1", plan(items=[item("visit", whose=["sorvell"])]), {}, "body.items[0].whose"),
    ("a changed plan that lost an item", "mechanisms/plan/1", plan(items=[item("visit")], supersedes=PLAN), {}, "body.items"),
    (
        "a changed plan in another year",
        "mechanisms/plan/1",
        plan(year=2027, items=[item("visit", when="2027")], supersedes=PLAN),
        {},
        "body.year",
    ),
    ("a change of a change", "mechanisms/plan/1", plan(supersedes=CHANGED), {}, "body.supersedes"),
    (
        "a point that the mandate lacks",
        "mechanisms/plan/1",
        plan(items=[item("visit", mandate=f"{MANDATE}#z")]),
        {},
        "body.items[0].mandate",
    ),
    ("something moved without a reason", "mechanisms/outcome/1", outcome(**MOVED), {}, "body.reasons"),
    ("something held without a day", "mechanisms/outcome/1", outcome(when=None), {}, "body.when"),
    ("an item that the plan lacks", "mechanisms/outcome/1", outcome(item="no"), {}, "body.item"),
    ("the other side's item", "mechanisms/outcome/1", outcome(item="book"), {}, "body.item"),
]


@pytest.mark.parametrize(("kind", "body", "how", "place"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_makes_no_sense_is_refused_with_its_place(kind: str, body: Mapping[str, Any], how: dict[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refused:
        planned(kind, body, **how)
    assert refused.value.place == place


def test_an_appointment_in_a_body_is_changed_within_it() -> None:
    found = planned("mechanisms/appoint/1", appointment(body=BODY, replaces=APPOINTED, until="2026"))
    assert found.writes == {f"{APPOINTED}/state@arvena", f"{FOUNDING}/office/water/working-co-chair@arvena"}
