"""From the forms through two real nodes into the tables: what the desk prepares can be signed by both sides, and comes back as rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comity.desk import node as desk_node
from comity.desk import projection
from comity.desk.mechanisms import founding
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.models import ActRow, Draft
from desk import rows
from node.parliaments import Clock, Parliament, exchange, introduce, parliament

pytestmark = pytest.mark.django_db

FOUND = {
    "name_en": "Joint Committee",
    "name_ru": "Совместный комитет",
    "series_rows": "1",
    "series0_en": "Meetings",
    "series0_first": "1",
    "founded": "2026-11-20",
    "audience": "public",
}
CONVENE = {"series": "main", "first_day": "2027-03-10", "mode": "in_person", "host": "kelmor", "place_rows": "1", "place0_en": "Kelto"}
APPOINT = {"person_en": "Ilena Maret", "office": "secretary", "since": "2026-11-20"}


class Pair:
    """Arvena's desk with its real node, and Kelmor's node that countersigns."""

    def __init__(self, arvena: Parliament, kelmor: Parliament) -> None:
        self.arvena, self.kelmor, self.mechanism = arvena, kelmor, ""
        self.client = Client(HTTP_ACCEPT_LANGUAGE="en")
        self.client.force_login(rows.officer("secretary").user)

    def say(self, address: str, typed: dict[str, Any], *, joint: bool = True) -> str:
        """Fill in a form, sign what the draft holds, let the other side sign too, mirror the record; returns the act's id."""
        response = self.client.post(address, {"audience": "public"} | typed | {"continue": "1", "page": str(Draft.objects.count())})
        assert response.status_code == 302, response.context["form"].errors
        draft = Draft.objects.latest("updated")
        act = self.arvena.say(draft.type, draft.mechanism, draft.body)
        self.mechanism = self.mechanism or act
        if joint:
            self.kelmor.node.receive(self.arvena.record(self.mechanism), source="arvena")
            self.kelmor.countersign(self.mechanism, act)
        exchange(self.mechanism, self.arvena, self.kelmor)
        self.mirror()
        return act

    def mirror(self) -> None:
        replica = self.arvena.node.replica(self.mechanism)
        position, changed = replica.ledger.changed_since(0)
        projection.project(replica, changed, position)


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
    clock = Clock()
    arvena, kelmor = (parliament(tmp_path, party, clock=clock) for party in ("arvena", "kelmor"))
    introduce(arvena, kelmor)
    monkeypatch.setitem(desk_node._opened, "node", arvena.node)
    made = Pair(arvena, kelmor)
    other = next(c for c in founding.candidates() if c.id == "kelmor")
    made.say("/mechanisms/found/", FOUND | {f"party_{other.key}": "on"})
    return made


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (MechanismRow, AppointmentRow, MeetingRow, ActRow)]


def test_a_mechanism_that_the_form_founds_is_in_force_on_both_nodes_and_on_its_page(pair: Pair) -> None:
    row = MechanismRow.objects.get()
    assert row.in_force
    assert pair.arvena.digest(row.id) == pair.kelmor.digest(row.id)
    said = pair.client.get(f"/mechanisms/{row.id}/").content.decode()
    assert "Совместный комитет" in said
    assert "Both parties have signed." in said


def test_meetings_that_the_form_convenes_count_on_and_can_be_changed(pair: Pair) -> None:
    address = f"/meetings/convene/?mechanism={pair.mechanism}"
    first = pair.say(address, CONVENE)
    second = pair.say(address, CONVENE | {"first_day": "2028-03-10", "host": "arvena"})
    moving = {"host": "arvena", "supersedes": second, "first_day": "2028-05-02"}
    change = pair.say(f"/meetings/convene/?supersedes={second}", CONVENE | moving)
    moved = MeetingRow.objects.get(ordinal=2)
    assert (moved.id, moved.previous, moved.first_day, moved.act, moved.in_force) == (second, first, "2028-05-02", change, True)
    said = pair.client.get(f"/meetings/{second}/").content.decode()
    assert said.count("Convening of a meeting") == 2
    assert "SEQUENCE:1" in pair.client.get(f"/meetings/{second}/meeting.ics").content.decode()


def test_what_the_rules_of_the_record_refuse_is_refused_at_its_field(pair: Pair) -> None:
    drafts = Draft.objects.count()
    for changes, field in (({"last_day": "2027-03-01"}, "last_day"), ({"place0_en": ""}, "place0_zh")):
        typed = CONVENE | changes | {"audience": "public", "continue": "1", "page": "one"}
        response = pair.client.post(f"/meetings/convene/?mechanism={pair.mechanism}", typed)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
    assert Draft.objects.count() == drafts


def test_a_successor_takes_the_office_and_an_end_is_an_act_of_its_own(pair: Pair) -> None:
    address = f"/mechanisms/appoint/?mechanism={pair.mechanism}"
    first = pair.say(address, APPOINT, joint=False)
    second = pair.say(address, APPOINT | {"person_en": "Tovan Brel", "since": "2027-01-01"}, joint=False)
    assert {r.id: r.holds for r in AppointmentRow.objects.all()} == {first: False, second: True}
    ended = pair.say(
        f"{address}&replaces={second}",
        APPOINT | {"replaces": second, "person_en": "Tovan Brel", "since": "2027-01-01", "until": "2027-12-31"},
        joint=False,
    )
    row = AppointmentRow.objects.get(pk=second)
    assert (row.act, row.until, row.person, row.holds) == (ended, "2027-12-31", "tovan-brel", True)


def test_the_tables_can_be_dropped_and_come_back_the_same(pair: Pair) -> None:
    pair.say(f"/meetings/convene/?mechanism={pair.mechanism}", CONVENE)
    pair.say(f"/mechanisms/appoint/?mechanism={pair.mechanism}", APPOINT, joint=False)
    before = everything()
    projection.clear(pair.mechanism)
    assert everything() == [[], [], [], []]
    pair.mirror()
    assert everything() == before
