"""What may be said, and what is refused with its place: a table per type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from comity.errors import Unsayable
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Plan
from domains.known import COMMITMENT, FORWARD, FOUNDING, MEETING, REPORT, TEXT, convening, founding_body, known, saying, undertaking

VERSIONS = [{"lang": lang, "status": "authentic", "file": f"text.{lang}.xml"} for lang in ("en", "ru", "zh-Hans")]
FILES = {v["file"]: "4" * 64 for v in VERSIONS}


def plan(kind: str, body: Mapping[str, Any], **how: Any) -> Plan:
    return TYPES[kind].plan(saying(kind, body, **how), known())


def test_founding_is_signed_by_every_party_it_names_in_their_order() -> None:
    found = plan("mechanisms/found/1", founding_body())
    assert found.signatories == ("arvena", "kelmor")
    assert found.writes == {"self/state", "self/parties", "self#main/state"}


def test_meeting_one_takes_its_slot_and_names_no_predecessor() -> None:
    found = plan("meetings/convene/1", convening())
    assert found.writes == {"self/state", f"{FOUNDING}#main/slot/1"}
    assert found.refs == frozenset()


def test_meeting_two_names_meeting_one() -> None:
    assert plan("meetings/convene/1", convening(ordinal=2, previous=MEETING)).refs == {MEETING}


def test_a_changed_meeting_writes_only_its_own_cell() -> None:
    assert plan("meetings/convene/1", convening(supersedes=MEETING, first_day="2027-03-02")).writes == {f"{MEETING}/state"}


def test_a_pledge_is_signed_by_those_who_make_it_alone() -> None:
    assert plan("commitments/undertake/1", undertaking(nature="pledge", by=["kelmor"])).signatories == ("kelmor",)


def test_a_joint_commitment_is_signed_by_all() -> None:
    assert plan("commitments/undertake/1", undertaking()).signatories == ("arvena", "kelmor")


def test_each_side_assesses_in_a_cell_of_its_own() -> None:
    body = {"commitment": COMMITMENT, "finding": "kept", "reports": [REPORT], "notes": []}
    found = plan("commitments/assess/1", body, proposer="kelmor")
    assert found.signatories == ("kelmor",)
    assert found.writes == {f"{COMMITMENT}/assessment@kelmor"}
    assert found.refs == {REPORT}


def test_putting_forward_binds_one_side_and_adopting_both() -> None:
    body = {"kind": "communique", "versions": VERSIONS}
    assert plan("texts/put-forward/1", body, files=FILES).signatories == ("arvena",)
    assert plan("texts/adopt/1", body | {"answers": FORWARD, "meeting": MEETING}, files=FILES) == Plan(
        ("arvena", "kelmor"), frozenset({"self/state"}), refs=frozenset({FORWARD, MEETING})
    )


def test_a_correction_writes_the_texts_cell_and_names_places() -> None:
    body = {"text": TEXT, "versions": VERSIONS, "corrections": [{"lang": "ru", "eid": "art_2"}]}
    assert plan("texts/correct/1", body, files=FILES).writes == {f"{TEXT}/state"}


REFUSED = [
    ("a party named twice", "mechanisms/found/1", founding_body() | {"parties": founding_body()["parties"][:1] * 2}, {}, "body.parties"),
    ("a single party", "mechanisms/found/1", founding_body() | {"parties": founding_body()["parties"][:1]}, {}, "body.parties"),
    ("an unknown field", "mechanisms/found/1", founding_body() | {"flag": "red"}, {}, "body"),
    ("a date that is none", "mechanisms/found/1", founding_body() | {"founded": "2026-13"}, {}, "date"),
    (
        "a language tag that is none",
        "mechanisms/found/1",
        founding_body() | {"names": [{"lang": "EN", "text": "x"}]},
        {},
        "body.names[0].lang",
    ),
    ("a gap in the numbers", "meetings/convene/1", convening(ordinal=3, previous=MEETING), {}, "body.previous"),
    ("a first meeting with a predecessor", "meetings/convene/1", convening(previous=MEETING), {}, "body.previous"),
    ("a series that was not founded", "meetings/convene/1", convening(series=f"{FOUNDING}#other"), {}, "body.series"),
    ("a meeting that ends before it begins", "meetings/convene/1", convening(last_day="2027-02"), {}, "body.last_day"),
    ("a meeting in person without a place", "meetings/convene/1", convening(places=[]), {}, "body.places"),
    ("a host that is no party", "meetings/convene/1", convening(host="sorvell"), {}, "body.host"),
    ("a changed meeting with another number", "meetings/convene/1", convening(supersedes=MEETING, ordinal=2), {}, "body.ordinal"),
    ("a zone that is none", "meetings/convene/1", convening(opens={"at": "2027-03-01T10:00", "zone": "Mars/Base"}), {}, "body.opens.zone"),
    (
        "no authentic version",
        "texts/adopt/1",
        {"kind": "communique", "versions": [VERSIONS[0] | {"status": "machine"}]},
        {"files": {"text.en.xml": "4" * 64}},
        "body.versions",
    ),
    ("a version without its file", "texts/adopt/1", {"kind": "communique", "versions": VERSIONS}, {"files": {}}, "subject"),
    (
        "one language twice",
        "texts/adopt/1",
        {"kind": "communique", "versions": [VERSIONS[0], VERSIONS[0]]},
        {"files": FILES},
        "body.versions",
    ),
    (
        "a correction with fewer languages",
        "texts/correct/1",
        {"text": TEXT, "versions": VERSIONS[:1], "corrections": [{"lang": "en", "eid": "art_1"}]},
        {"files": {"text.en.xml": "4" * 64}},
        "body.versions",
    ),
    ("a joint commitment of one side", "commitments/undertake/1", undertaking(by=["arvena"]), {}, "body.by"),
    ("parties out of order", "commitments/undertake/1", undertaking(by=["kelmor", "arvena"]), {}, "body.by"),
    ("words not marked in one language", "commitments/undertake/1", undertaking(marks=undertaking()["marks"][:2]), {}, "body.marks"),
    ("an empty passage", "commitments/undertake/1", undertaking(marks=[undertaking()["marks"][0] | {"end": 0}]), {}, "body.marks[0].end"),
    ("a window that ends before it begins", "commitments/undertake/1", undertaking(due={"from": "2027", "to": "2026"}), {}, "body.due.to"),
    (
        "a report of something done without evidence",
        "commitments/report/1",
        {"commitment": COMMITMENT, "progress": "done", "when": "2026", "evidence": [], "notes": []},
        {},
        "body.evidence",
    ),
    (
        "evidence that is not among the files",
        "commitments/report/1",
        {"commitment": COMMITMENT, "progress": "done", "when": "2026", "evidence": [{"file": "a.pdf"}], "notes": []},
        {},
        "subject",
    ),
    (
        "evidence at an address that runs",
        "commitments/report/1",
        {"commitment": COMMITMENT, "progress": "done", "when": "2026", "evidence": [{"address": "javascript:alert(1)"}], "notes": []},
        {},
        "body.evidence[0].address",
    ),
    (
        "an assessment of a text",
        "commitments/assess/1",
        {"commitment": TEXT, "finding": "kept", "reports": [], "notes": []},
        {},
        "body.commitment",
    ),
    (
        "a finding that is none",
        "commitments/assess/1",
        {"commitment": COMMITMENT, "finding": "75 %", "reports": [], "notes": []},
        {},
        "body.finding",
    ),
    ("a withdrawal of nothing", "acts/withdraw/1", {"act": "9" * 64}, {}, "9" * 64),
    ("leaving for another", "mechanisms/leave/1", {"party": "kelmor"}, {}, "body.party"),
    ("keys without their file", "mechanisms/rotate-keys/1", {"version": 2}, {}, "subject"),
]


@pytest.mark.parametrize(("kind", "body", "how", "place"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_nonsense_is_refused_with_its_place(kind: str, body: dict[str, Any], how: dict[str, Any], place: str) -> None:
    with pytest.raises(Unsayable) as refused:
        plan(kind, body, **how)
    assert refused.value.place == place
    assert refused.value.message


def test_somebody_who_is_no_party_says_nothing() -> None:
    body = {"commitment": COMMITMENT, "finding": "kept", "reports": [], "notes": []}
    with pytest.raises(Unsayable, match="sorvell is not a party"):
        plan("commitments/assess/1", body, proposer="sorvell")
