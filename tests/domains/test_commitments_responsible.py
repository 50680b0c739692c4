"""Who sees to a commitment, which points it implements, and on whose behalf something was entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Plan
from domains.known import COMMITMENT, MEETING, TEXT, Acts, an_act, known, saying, undertaking

BODY, MANDATE, MINE, THEIRS = (letter * 64 for letter in "5678")
NAMES = [{"lang": "en", "text": "Committee on Law"}]


def acts() -> Acts:
    found = known()
    found.acts |= {
        BODY: an_act(BODY, "mechanisms/body/1", {"key": "water"}),
        MANDATE: an_act(MANDATE, "mechanisms/mandate/1", {"points": [{"key": "a"}, {"key": "b"}]}),
        MINE: an_act(MINE, "mechanisms/appoint/1", {}, signatories=("arvena",)),
        THEIRS: an_act(THEIRS, "mechanisms/appoint/1", {}, signatories=("kelmor",)),
    }
    return found


def planned(kind: str, body: Mapping[str, Any], **how: Any) -> Plan:
    return TYPES[kind].plan(saying(kind, body, **how), acts())


def report(**more: Any) -> dict[str, Any]:
    return {"commitment": COMMITMENT, "progress": "under_way", "when": "2026-11", "evidence": [], "notes": []} | more


def test_a_side_names_its_responsible_body_alone_in_a_cell_of_its_own() -> None:
    found = planned("commitments/assign/1", {"commitment": COMMITMENT, "names": NAMES}, proposer="kelmor")
    assert found == Plan(("kelmor",), frozenset({f"{COMMITMENT}/responsible@kelmor"}))


def test_an_assignment_refers_to_the_body_and_the_appointment_that_it_names() -> None:
    body = {"commitment": COMMITMENT, "body": BODY, "appointment": MINE}
    assert planned("commitments/assign/1", body).refs == {BODY, MINE}


def test_a_commitment_refers_to_the_mandates_whose_points_it_implements() -> None:
    found = planned("commitments/undertake/1", undertaking(mandates=[f"{MANDATE}#a", f"{MANDATE}#b"]))
    assert found.refs == {TEXT, MANDATE}


def test_a_pledge_may_say_how_it_is_to_be_kept() -> None:
    assert planned("commitments/undertake/1", undertaking(attributes=["timeline", "self_accountability"])).refs == {TEXT}


@pytest.mark.parametrize("kind", ["commitments/report/1", "commitments/assess/1"])
def test_what_is_entered_for_another_body_names_it_and_who_entered_it(kind: str) -> None:
    behalf = {"names": NAMES, "entered_by": MINE}
    assessing = {"commitment": COMMITMENT, "finding": "kept", "reports": [], "notes": [], "on_behalf": behalf}
    assert MINE in planned(kind, report(on_behalf=behalf) if "report" in kind else assessing).refs


REFUSED = [
    ("an assignment to nobody", "commitments/assign/1", {"commitment": COMMITMENT}, "body.names"),
    ("somebody of the other side", "commitments/assign/1", {"commitment": COMMITMENT, "appointment": THEIRS}, "body.appointment"),
    ("a body that is none", "commitments/assign/1", {"commitment": COMMITMENT, "body": MEETING}, "body.appointment"),
    ("responsibility for something that is no commitment", "commitments/assign/1", {"commitment": TEXT, "names": NAMES}, "body.commitment"),
    ("a point that the mandate lacks", "commitments/undertake/1", undertaking(mandates=[f"{MANDATE}#z"]), "body.mandates"),
    ("a point of something that is no mandate", "commitments/undertake/1", undertaking(mandates=[f"{MEETING}#a"]), "body.mandates"),
    ("an unknown attribute", "commitments/undertake/1", undertaking(attributes=["soon"]), "body.attributes"),
    ("on behalf of nobody", "commitments/report/1", report(on_behalf={"entered_by": MINE}), "body.on_behalf.names"),
    (
        "entered by somebody of the other side",
        "commitments/report/1",
        report(on_behalf={"names": NAMES, "entered_by": THEIRS}),
        "body.on_behalf",
    ),
]


@pytest.mark.parametrize(("kind", "body", "place"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_makes_no_sense_is_refused_with_its_place(kind: str, body: Mapping[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refused:
        planned(kind, body)
    assert refused.value.place == place
