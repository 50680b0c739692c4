"""Rows of meetings, agendas and delegations from a real record of two nodes: rebuilt they are the same, whatever the order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.projection import clear, project
from comity.meetings.acts import AGENDA, CLOSE, CONVENE, DELEGATION
from comity.meetings.agenda import agenda_text
from comity.meetings.delegation import delegation_text
from comity.node.replica import Replica
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta
from node.parliaments import Parliament, exchange, founded
from node.travelling import LANGUAGES, TEXTS, communique, convening, pair

pytestmark = pytest.mark.django_db

META = TextMeta("2027-03-01", "joint-agenda-1", "arvena-kelmor", LANGUAGES)
VERSIONS = [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in LANGUAGES]
AGENDAS = {file_name(lang): to_akn(agenda_text("Agenda", [f"First {lang}", f"Second {lang}"], lang), META) for lang in LANGUAGES}
LISTS = {file_name(lang): to_akn(delegation_text("List", [(f"Head {lang}", f"Office {lang}")], lang), META) for lang in LANGUAGES}
ITEMS = [{"key": "one", "kind": "other", "party": "kelmor"}, {"key": "two", "kind": "report", "length": 30}]


def table() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in (MeetingRow, AgendaRow, DelegationRow)]


def worked(folder: Path) -> tuple[Replica, str, str, str]:
    """A closed meeting with an agenda and a delegation, and one with a proposed agenda: replica, the two meetings, the closing."""
    arvena, kelmor = pair(folder)
    mechanism = founded(arvena, kelmor)

    def both(first: Parliament, second: Parliament, kind: str, body: dict[str, Any], files: dict[str, bytes]) -> str:
        act = first.say(kind, mechanism, body, files)
        exchange(mechanism, first, second)
        second.countersign(mechanism, act)
        exchange(mechanism, first, second)
        return act

    meeting = both(arvena, kelmor, CONVENE, convening(mechanism), {})
    both(arvena, kelmor, AGENDA, {"meeting": meeting, "items": ITEMS, "versions": VERSIONS}, AGENDAS)
    member = {"key": "head", "role": "head", "attendance": "expected"}
    kelmor.say(DELEGATION, mechanism, {"meeting": meeting, "members": [member], "versions": VERSIONS}, LISTS)
    kelmor.say(DELEGATION, mechanism, {"meeting": meeting, "members": [member | {"attendance": "present"}], "versions": VERSIONS}, LISTS)
    minutes = both(kelmor, arvena, "texts/adopt/1", communique(meeting) | {"kind": "minutes"}, TEXTS)
    closing = both(arvena, kelmor, CLOSE, {"meeting": meeting, "minutes": minutes, "texts": []}, {})
    second = both(arvena, kelmor, CONVENE, convening(mechanism, 2, meeting), {})
    kelmor.say(AGENDA, mechanism, {"meeting": second, "items": ITEMS[:1], "versions": VERSIONS}, {**AGENDAS})
    exchange(mechanism, arvena, kelmor)
    return arvena.node.replica(mechanism), meeting, second, closing


def test_the_rows_say_what_was_said_and_come_out_the_same_whenever_they_are_rebuilt(tmp_path: Path) -> None:
    replica, meeting, second, closing = worked(tmp_path)
    acts = replica.ledger.changed_since(0)[1]
    project(replica, acts, 1)
    assert MeetingRow.objects.get(pk=meeting).closed == closing
    assert MeetingRow.objects.get(pk=second).closed == ""
    agreed = AgendaRow.objects.get(meeting=meeting)
    assert (agreed.current, agreed.alive) == (True, True)
    assert [item["titles"]["ru"] for item in agreed.items] == ["First ru", "Second ru"]
    proposed = AgendaRow.objects.get(meeting=second)
    assert (proposed.current, proposed.alive) == (False, True)
    assert proposed.items[0]["titles"] == {}, "files that say another number of items are not guessed at"
    assert [(d.current, d.members[0]["attendance"]) for d in DelegationRow.objects.order_by("current")] == [
        (False, "expected"),
        (True, "present"),
    ]
    assert DelegationRow.objects.filter(current=True).get().members[0]["names"]["zh-Hans"] == "Head zh-Hans"
    once = table()
    clear()
    assert table() == [[], [], []]
    for act in reversed(acts):
        project(replica, [act], 1)
    assert table() == once
