"""Appointing people, and how the table of offices follows the record."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from comity.desk.mechanisms.appointing import person_key
from comity.desk.mechanisms.models import AppointmentRow
from comity.desk.mechanisms.project import project
from comity.desk.record.models import Draft
from comity.mechanisms.acts import APPOINT, read_appointment
from comity.terms.ids import FRAGMENT
from desk import rows
from desk.meetings.makings import MECHANISM

pytestmark = pytest.mark.django_db

ADDRESS = f"/mechanisms/appoint/?mechanism={MECHANISM}"
TYPED = {
    "mechanism": MECHANISM,
    "person_zh": "伊莱娜·马雷特",
    "person_ru": "Илена Марет",
    "person_en": "Ilena Maret",
    "title_en": "Head of Protocol",
    "office": "secretary",
    "since": "2026-09-01",
    "audience": "public",
    "page": "one",
}


@pytest.fixture
def desk() -> Client:
    rows.mechanism()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("secretary").user)
    return client


def send(client: Client, address: str = ADDRESS, **changes: Any) -> Any:
    return client.post(address, TYPED | {"continue": "1"} | changes)


def test_a_person_is_appointed_with_names_in_every_language(desk: Client) -> None:
    assert send(desk).status_code == 302
    draft = Draft.objects.get()
    said = read_appointment(draft.body)
    assert (said.person, said.office, said.since.text, said.until, said.keyid) == ("ilena-maret", "secretary", "2026-09-01", None, None)
    assert [n.lang for n in said.names] == ["zh-Hans", "ru", "en"]
    assert (draft.type, draft.mechanism) == (APPOINT, MECHANISM)


def test_a_key_of_an_officer_of_this_node_can_be_named(desk: Client) -> None:
    signatory = rows.officer("signatory")
    signatory.keyid = rows.an_id("key")
    signatory.save()
    send(desk, keyid=signatory.keyid)
    assert Draft.objects.get().body["keyid"] == signatory.keyid
    assert send(desk, keyid=rows.an_id("somebody else's")).status_code == 422


@pytest.mark.parametrize(
    "names", [{"en": "Ilena Maret"}, {"ru": "Илена Марет"}, {"zh-Hans": "伊莱娜·马雷特"}, {"en": "!!!"}, {"en": "A" * 200}, {}]
)
def test_any_name_gives_a_fragment(names: dict[str, str]) -> None:
    assert FRAGMENT.fullmatch(person_key(rows.names(names)))


def test_people_with_different_names_in_one_script_do_not_become_one() -> None:
    assert person_key(rows.names({"ru": "Илена Марет"})) != person_key(rows.names({"ru": "Тован Брель"}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person_zh": "", "person_ru": "", "person_en": ""}, "person_zh"),
        ({"office": "president"}, "office"),
        ({"since": ""}, "since"),
        ({"until": "2025"}, "until"),
        ({"until": "soon"}, "until"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_is_kept(desk: Client, changes: dict[str, str], field: str) -> None:
    response = send(desk, **changes)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Draft.objects.exists()


def row(name: str = "ilena", *, party: str = "arvena", **more: Any) -> AppointmentRow:
    act = rows.act(name, APPOINT, by=party, joint=False)
    held = {"person": "ilena-maret", "names": [*rows.names({"en": "Ilena Maret"}), {"text": "Илена М.", "lang": "ru", "side": "kelmor"}]}
    said = {"titles": [], "office": "secretary", "since": "2024", "until": "", "act": act.id}
    return AppointmentRow.objects.create(id=act.id, mechanism=MECHANISM, party=party, **held | said | more)


def test_an_appointment_is_ended_by_one_that_replaces_it_and_keeps_the_person(desk: Client) -> None:
    old = row()
    address = f"{ADDRESS}&replaces={old.id}"
    form = desk.get(address).context["form"]
    assert (form["person_en"].value(), form["since"].value(), form["office"].value()) == ("Ilena Maret", "2024", "secretary")
    assert form["theirs_ru"].value() == "Илена М."
    assert send(desk, address, replaces=old.id, theirs_ru="Илена М.", until="2026-12-31").status_code == 302
    said = read_appointment(Draft.objects.get().body)
    assert (said.replaces, said.person) == (old.id, "ilena-maret")
    assert said.until is not None
    assert ("Илена М.", "kelmor") in [(n.text, n.side) for n in said.names]


def test_the_appointments_of_the_other_side_cannot_be_replaced(desk: Client) -> None:
    old = row(party="kelmor")
    assert desk.get(f"{ADDRESS}&replaces={old.id}").status_code == 404


class View:
    """A mechanism's record as the projection reads it: two secretaries one after the other, in any order of arrival."""

    mechanism = MECHANISM

    def __init__(self, *acts: str, office: str) -> None:
        self.acts, self.head = acts, office

    def act(self, act_id: str) -> Any:
        body = {"person": act_id[:8], "names": rows.names({"en": "Somebody"}), "office": "secretary", "titles": [], "from": "2024"}
        return SimpleNamespace(id=act_id, type=APPOINT, proposer="arvena", body=body)

    def heads(self, cell: str) -> frozenset[str]:
        return frozenset({self.head}) if "/office/" in cell else frozenset({cell.partition("/")[0]})

    def standing(self, act_id: str) -> Any:
        return SimpleNamespace(status="in_force")


def test_whoever_follows_in_an_office_of_one_person_takes_it_whatever_arrived_first() -> None:
    first, second = rows.an_id("first"), rows.an_id("second")
    seen = []
    for order in ((first, second), (second, first), (first, second, first)):
        AppointmentRow.objects.all().delete()
        for act_id in order:
            project(View(first, second, office=second), act_id)
        seen.append(dict(AppointmentRow.objects.values_list("id", "holds")))
    assert seen == [{first: False, second: True}] * 3
