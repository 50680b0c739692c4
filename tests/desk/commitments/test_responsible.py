"""Who sees to a commitment, for whom a report was entered, what waits for the next meeting, and what the public sees of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comity.commitments.acts import read_assignment, read_report, read_undertaking
from comity.desk.accounts.models import Officer
from comity.desk.commitments import queries
from comity.desk.commitments.models import AssignmentRow, CommitmentRow
from comity.desk.mechanisms.models import AppointmentRow, BodyRow, MandateRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.models import Draft
from desk import rows

pytestmark = pytest.mark.django_db
MECHANISM = rows.an_id("mechanism")


@pytest.fixture
def officer() -> Officer:
    found = rows.officer("secretary")
    found.keyid = "f" * 64
    found.save()
    return found


@pytest.fixture
def desk(officer: Officer) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(officer.user)
    return client


@pytest.fixture
def commitment() -> CommitmentRow:
    rows.mechanism()
    rows.text()
    return rows.commitment(unassigned="|arvena|kelmor|")


def appointed(name: str = "sela", **more: Any) -> AppointmentRow:
    act = rows.act(name, "mechanisms/appoint/1", joint=False)
    row = {
        "person": name,
        "names": rows.names({"en": "Sela Horn"}),
        "titles": [],
        "office": "secretary",
        "since": "2020",
        "keyid": "f" * 64,
    }
    return AppointmentRow.objects.create(id=act.id, act=act.id, mechanism=MECHANISM, party="arvena", **row | more)


def assigned(by: str = "arvena", *, audience: str = "public", **more: Any) -> AssignmentRow:
    act = rows.act(f"assigned-{by}", "commitments/assign/1", rows.an_id("commitment"), by=by, joint=False, audience=audience)
    row = {"names": rows.names({"en": "Law Office"}), "said": "2026-11-13T10:00:00+03:00"}
    return AssignmentRow.objects.create(id=act.id, mechanism=MECHANISM, commitment=rows.an_id("commitment"), party=by, **row | more)


def sent(desk: Client, page: str, **typed: Any) -> Any:
    given = {"mechanism": MECHANISM, "commitment": rows.an_id("commitment"), "audience": "public", "continue": "1"}
    return desk.post(f"/commitments/{page}/", given | typed)


def test_a_side_names_a_body_and_a_person_of_its_own(desk: Client, commitment: CommitmentRow) -> None:
    sela = appointed()
    assert sent(desk, "assign", names_en="Law Office", appointment=sela.id).status_code == 302
    said = read_assignment(Draft.objects.get().body)
    assert ([n.text for n in said.names], said.appointment, said.body) == (["Law Office"], sela.id, None)


def test_naming_nobody_is_refused_at_its_field(desk: Client, commitment: CommitmentRow) -> None:
    answer = sent(desk, "assign")
    assert answer.status_code == 422
    assert "Nobody is named." in str(answer.context["form"].errors["names_zh"])


def test_the_board_and_the_page_name_who_sees_to_it_and_who_is_not_named(desk: Client, commitment: CommitmentRow) -> None:
    assigned()
    for page in ("/commitments/", f"/commitments/{commitment.id}/", f"/commitments/list/?mechanism={MECHANISM}"):
        said = desk.get(page).content.decode()
        assert "Law Office" in said, page
        assert "not named" in said, page


def test_what_nobody_sees_to_is_counted_and_its_count_opens_it(desk: Client, commitment: CommitmentRow) -> None:
    rows.commitment("looked-after")
    rows.commitment("over", closed=True, unassigned="|arvena|")
    count = next(c for c in desk.get("/commitments/").context["counts"] if "state=unassigned" in c["url"])
    assert count["number"] == 1
    shown = desk.get(f"/commitments/{count['url'].split('#')[0]}").context["items"]
    assert [item["url"] for item in shown] == [f"/commitments/{commitment.id}/"]


def test_the_public_does_not_learn_who_was_named_for_the_parties_only(commitment: CommitmentRow) -> None:
    assigned(audience="parties")
    for page in ("/commitments/", f"/commitments/{commitment.id}/", f"/commitments/list/?mechanism={MECHANISM}"):
        assert "Law Office" not in Client(HTTP_ACCEPT_LANGUAGE="en").get(page).content.decode(), page


def test_the_public_count_without_a_responsible_body_is_that_of_what_it_sees(desk: Client, commitment: CommitmentRow) -> None:
    CommitmentRow.objects.update(unassigned="")
    assigned(names=rows.names({"en": "Water Office"}), audience="parties")
    assigned("kelmor", names=rows.names({"en": "River Board"}))

    def count(client: Client) -> int:
        page = client.get("/commitments/")
        number = next(c for c in page.context["counts"] if c["label"] == "without a responsible body")
        assert client.get("/commitments/" + number["url"].partition("#")[0]).context["page"].paginator.count == number["number"]
        return int(number["number"])

    assert (count(desk), count(Client(HTTP_ACCEPT_LANGUAGE="en"))) == (0, 1)


def test_the_public_does_not_learn_a_person_whose_appointment_is_not_public(desk: Client, commitment: CommitmentRow) -> None:
    sela = appointed()
    rows.act("sela", "mechanisms/appoint/1", joint=False, audience="parties")
    assigned(names=[], appointment=sela.id)
    page = f"/commitments/{commitment.id}/"
    assert "Sela Horn" in desk.get(page).content.decode()
    assert "Sela Horn" not in Client(HTTP_ACCEPT_LANGUAGE="en").get(page).content.decode()


def test_a_report_says_for_whom_it_was_entered_and_by_whom(desk: Client, commitment: CommitmentRow) -> None:
    sela = appointed()
    sent(desk, "report", progress="under_way", when="2026-11", behalf_en="Ministry of Water")
    said = read_report(Draft.objects.get().body)
    assert said.on_behalf is not None
    assert ([n.text for n in said.on_behalf.names], said.on_behalf.entered_by) == (["Ministry of Water"], sela.id)
    rows.report("entered", on_behalf=Draft.objects.get().body["on_behalf"])
    page = desk.get(f"/commitments/{commitment.id}/").content.decode()
    assert "Entered by Sela Horn on behalf of: Ministry of Water" in page


def test_a_report_of_the_side_itself_is_on_nobodys_behalf(desk: Client, commitment: CommitmentRow) -> None:
    sent(desk, "report", progress="under_way", when="2026-11")
    assert read_report(Draft.objects.get().body).on_behalf is None


def test_an_assessment_may_be_entered_for_a_body_of_the_mechanism(desk: Client, commitment: CommitmentRow) -> None:
    act = rows.act("group", "mechanisms/body/1")
    body = {"key": "water", "names": rows.names({"en": "Water Group"}), "kind": "working-group", "since": "2020", "in_force": True}
    BodyRow.objects.create(id=act.id, act=act.id, mechanism=MECHANISM, **body)
    sent(desk, "assess", finding="kept", behalf_body=act.id)
    assert Draft.objects.get().body["on_behalf"] == {"body": act.id}


def test_marking_names_the_points_that_are_implemented_and_how_it_is_to_be_kept(desk: Client, commitment: CommitmentRow) -> None:
    act = rows.act("mandate", "mechanisms/mandate/1")
    points = [{"key": "p1", "place": "§ 7", "quotes": [{"lang": "en", "text": "They will meet.", "sha256": "0" * 64}]}]
    given = {"kind": "summit", "names": rows.names({"en": "Declaration"}), "date": "2024", "source": {}, "points": points, "in_force": True}
    MandateRow.objects.create(id=act.id, act=act.id, mechanism=MECHANISM, **given)
    typed: dict[str, Any] = {
        "mechanism": MECHANISM,
        "text": rows.an_id("text"),
        "eid": "art_1",
        "nature": "joint",
        "by": ["arvena", "kelmor"],
    }
    typed |= {"due": "none", "audience": "public", "continue": "1", "mandates": [f"{act.id}#p1"], "attributes": ["timeline"]}
    desk.post("/commitments/undertake/", typed | {f"words_{lang}": words for lang, words in rows.QUOTES.items()})
    said = read_undertaking(Draft.objects.get().body)
    assert (said.mandates, said.attributes) == ((f"{act.id}#p1",), ("timeline",))


def test_the_line_of_a_commitment_goes_from_the_provision_over_evidence_to_both_assessments(
    desk: Client, commitment: CommitmentRow
) -> None:
    assigned()
    evidence = [{"file": "minutes.txt", "sha256": "a" * 64}]
    rows.report("done", by="kelmor", evidence=evidence)
    rows.assessment("one")
    rows.assessment("two", by="kelmor", finding="partly")
    context = desk.get(f"/commitments/{commitment.id}/").context
    said = [line["step"].what for line in context["timeline"]]
    assert said[0] == "The provision: text adopted"
    assert {"Undertaken", "Responsible body named", "Report: done", "Assessment: kept", "Assessment: kept in part"} == set(said[1:])
    assert [e["sha256"] for line in context["timeline"] for e in line["evidence"]] == ["a" * 64]
    sides = {meeting.title: meeting.side for _series, meeting in context["chart"].all}
    assert (sides["Undertaken"], sides["Assessment: kept"], sides["Assessment: kept in part"]) == ("on", "above", "below")


def test_the_list_for_the_next_meeting_has_each_commitment_once_under_the_first_head_that_fits(
    desk: Client, commitment: CommitmentRow
) -> None:
    today = timezone.localdate()
    soon = (today + timedelta(days=100)).isoformat()
    rows.commitment("late", due_by=(today - timedelta(days=3)).isoformat(), unassigned="|arvena|")
    rows.commitment("before-meeting", due_by=(today + timedelta(days=90)).isoformat(), reported=True)
    rows.commitment("after-meeting", due_by=(today + timedelta(days=200)).isoformat(), reported=True)
    act = rows.act("meeting", "meetings/convene/1")
    when = {"first_day": soon, "last_day": soon, "series": f"{MECHANISM}#main", "ordinal": 1, "mode": "online", "places": []}
    MeetingRow.objects.create(id=act.id, act=act.id, mechanism=MECHANISM, in_force=True, **when)
    groups = desk.get(f"/commitments/list/?mechanism={MECHANISM}").context["groups"]
    listed = {group["key"]: [line["id"] for line in group["lines"]] for group in groups}
    assert listed == {"overdue": [rows.an_id("late")], "no_report": [commitment.id], "soon": [rows.an_id("before-meeting")]}


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"in_force": False}, "open"),
        ({"differs": True}, "differs"),
        ({"agreed": "kept"}, "kept"),
        ({"due_by": "2020-01-01"}, "overdue"),
        ({"due_by": "", "closed": True, "reported": True}, "closed"),
        ({"due_by": "", "reported": True}, "reported"),
        ({"due_by": ""}, "no_report"),
    ],
)
def test_a_commitment_is_spoken_of_by_one_state(row: dict[str, Any], state: str) -> None:
    rows.mechanism()
    rows.text()
    assert queries.state_of(rows.commitment(**row), timezone.localdate()) == state
