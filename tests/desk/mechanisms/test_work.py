"""Bodies, mandates, years and keys: from the forms through two real nodes into rows and pages, and what the public sees of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.desk import projection
from comity.desk.accounts import factor
from comity.desk.mechanisms.models import (
    AppointmentRow,
    BodyRow,
    MandateRow,
    MechanismRow,
    PlanItemRow,
    PlanRow,
    SeriesRow,
)
from comity.desk.record.models import ActRow, Draft
from comity.mechanisms.acts import ROTATE_KEYS
from comity.terms.audience import PARTIES, PUBLIC, Audience
from comity.terms.ids import digest
from desk import rows
from desk.mechanisms.test_record import Pair, pair  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db

GROUP = {"name_en": "Water Group", "name_ru": "Группа по водам", "kind": "working-group", "since": "2026-01-01"}
SOURCE = {
    "name_en": "Summit Declaration",
    "kind": "summit",
    "date": "2024-05-16",
    "address": "https://summit.example/",
    "points_rows": "3",
    "point0_en": "They will meet.",
    "point0_ru": "Они встретятся.",
    "point0_place": "§ 1",
    "point1_en": "They will write.",
    "point1_ru": "Они напишут.",
}
YEAR = {
    "year": "2026",
    "anniversary": "10",
    "items_rows": "2",
    "item0_en": "A visit",
    "item0_kind": "visit",
    "item0_when": "2026-05",
    "item0_whose": ["arvena", "kelmor"],
    "item1_en": "A book",
    "item1_kind": "publication",
    "item1_when": "2026-11",
    "item1_whose": ["arvena"],
}


def say(pair: Pair, address: str, typed: dict[str, Any], *, joint: bool = True, audience: str = PUBLIC) -> str:  # noqa: F811  # pytest hands the fixture over by its name
    """As ``Pair.say``, with the files of the draft, which lie in the desk's own node."""
    from comity.desk.node import the_node

    page = f"{Draft.objects.count():016x}"
    response = pair.client.post(address, {"audience": audience} | typed | {"continue": "1", "page": page})
    assert response.status_code == 302, response.context["form"].errors
    draft = Draft.objects.latest("updated")
    for sha in draft.files.values():
        if not pair.arvena.node.files.has(sha):
            pair.arvena.node.files.put_bytes(the_node().files.read(sha))
    payload = pair.arvena.node.compose(draft.type, draft.mechanism, draft.body, files=draft.files, audience=Audience(audience))
    act = pair.arvena.sign(pair.mechanism, payload)
    if joint:
        pair.kelmor.node.receive(pair.arvena.record(pair.mechanism), source="arvena")
        pair.kelmor.countersign(pair.mechanism, act)
        pair.arvena.node.receive(pair.kelmor.record(pair.mechanism), source="kelmor")
    pair.mirror()
    return act


@pytest.fixture
def desk(pair: Pair) -> Pair:  # noqa: F811  # the fixture of that name
    """The pair, with what the desk's own node keeps of a form's files brought to Arvena's at once, so that rehearsing finds them."""
    return pair


def test_a_working_group_has_co_chairs_of_its_own(desk: Pair) -> None:
    query = f"?mechanism={desk.mechanism}"
    body = say(desk, f"/mechanisms/body/{query}", GROUP)
    row = BodyRow.objects.get()
    assert (row.id, row.key, row.in_force, row.since) == (body, "water-group", True, "2026-01-01")
    person = {"office": "working-co-chair", "since": "2026-02-01"}
    whole = say(desk, f"/mechanisms/appoint/{query}", {"person_en": "Orla Vint"} | person, joint=False)
    inside = say(desk, f"/mechanisms/appoint/{query}&body={body}", {"person_en": "Maro Lente", "body": body} | person, joint=False)
    assert {a.id: (a.body, a.holds) for a in AppointmentRow.objects.all()} == {whole: ("", True), inside: (body, True)}
    said = desk.client.get(f"/mechanisms/{desk.mechanism}/bodies/").content.decode()
    assert "Maro Lente" in said
    assert "Orla Vint" not in said
    front = desk.client.get(f"/mechanisms/{desk.mechanism}/").content.decode()
    assert "Orla Vint" in front
    assert "Water Group" in front


def test_a_successor_in_a_body_leaves_the_same_office_of_the_whole_alone(desk: Pair) -> None:
    query = f"?mechanism={desk.mechanism}"
    body = say(desk, f"/mechanisms/body/{query}", GROUP)
    whole = say(desk, f"/mechanisms/appoint/{query}", {"person_en": "A", "office": "secretary", "since": "2026"}, joint=False)
    first = say(desk, f"/mechanisms/appoint/{query}", {"person_en": "B", "office": "secretary", "since": "2026", "body": body}, joint=False)
    second = say(
        desk, f"/mechanisms/appoint/{query}", {"person_en": "C", "office": "secretary", "since": "2026", "body": body}, joint=False
    )
    assert {a.id: a.holds for a in AppointmentRow.objects.all()} == {whole: True, first: False, second: True}


def test_a_series_says_what_it_follows_and_its_anniversaries_are_counted_from_a_named_act(desk: Pair) -> None:
    series = f"{desk.mechanism}#main"
    typed = {"about": series, "before0_en": "Contact Group", "before0_from": "2006-09-20", "before0_until": "2016", "before0_held": "8"}
    say(
        desk,
        f"/mechanisms/series/?mechanism={desk.mechanism}&about={series.replace('#', '%23')}",
        typed | {"counted_en": "Protocol on Contacts", "counted_on": "2006-09-20"},
    )
    row = SeriesRow.objects.get(pk=series)
    assert row.predecessors[0]["held"] == 8
    front = desk.client.get(f"/mechanisms/{desk.mechanism}/").content.decode()
    assert "Contact Group" in front
    assert "Age, counted from: Protocol on Contacts" in front
    assert "20 years" in front


def test_a_further_series_counts_its_own_numbers(desk: Pair) -> None:
    act = say(desk, f"/mechanisms/series/?mechanism={desk.mechanism}", {"name_en": "Group meetings", "first": "1"})
    row = SeriesRow.objects.get(pk=f"{act}#group-meetings")
    assert (row.first, row.in_force, SeriesRow.objects.count()) == (1, True, 2)


def test_a_mandates_points_show_their_commitments_or_that_there_is_none(desk: Pair) -> None:
    mandate = say(desk, f"/mechanisms/mandate/?mechanism={desk.mechanism}", SOURCE)
    row = MandateRow.objects.get()
    assert [p["quotes"][0]["text"] for p in row.points] == ["Они встретятся.", "Они напишут."]
    rows.commitment("made", mechanism=desk.mechanism, mandates=[f"{mandate}#p1"], pointed=f"|{mandate}#p1|")
    rows.act("made", "commitments/undertake/1", mechanism=desk.mechanism)
    page = desk.client.get(f"/mechanisms/{desk.mechanism}/mandates/")
    assert [c["number"] for c in page.context["counts"]] == [2, 1, 1]
    assert "no commitment yet" in page.content.decode()
    without = desk.client.get(f"/mechanisms/{desk.mechanism}/mandates/?points=without").context["mandates"][0]["points"]
    assert [p["count"] for p in without] == [0]


def test_a_mandate_is_changed_with_more_points_and_keeps_those_it_had(desk: Pair) -> None:
    mandate = say(desk, f"/mechanisms/mandate/?mechanism={desk.mechanism}", SOURCE)
    address = f"/mechanisms/mandate/?mechanism={desk.mechanism}&supersedes={mandate}"
    form = desk.client.get(address).context["form"]
    assert (form["point1_key"].value(), form["point1_en"].value()) == ("p2", "They will write.")
    kept = {"point0_key": "p1", "point1_key": "p2", "point2_en": "They will sing.", "point2_ru": "Они споют."}
    say(desk, address, SOURCE | kept | {"supersedes": mandate})
    assert [p["key"] for p in MandateRow.objects.get().points] == ["p1", "p2", "p3"]


def test_the_source_of_a_mandate_is_kept_as_a_file_and_opened_from_each_point(desk: Pair) -> None:
    address = f"/mechanisms/mandate/?mechanism={desk.mechanism}"
    scan = SimpleUploadedFile("Declaration 2024.pdf", b"%PDF-1.7 They will meet.")
    shown = desk.client.post(address, SOURCE | {"audience": PUBLIC, "upload": scan, "show": "points", "page": "a" * 16})
    held = shown.context["form"]["held"].value()
    sha = digest(b"%PDF-1.7 They will meet.")
    assert held == f"{sha}/Declaration-2024.pdf", "a file survives a form that is shown again"
    mandate = say(desk, address, SOURCE | {"held": held, "address": ""})
    assert MandateRow.objects.get().source == {"file": "source-Declaration-2024.pdf", "sha256": sha}
    public = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = public.get(f"/mechanisms/{desk.mechanism}/mandates/").content.decode()
    assert page.count(f'href="/desk/files/{sha}/"') == 3, "once for the mandate, once for each of its two points"
    assert sha in page
    assert b"".join(public.get(f"/desk/files/{sha}/")) == b"%PDF-1.7 They will meet."
    changing = f"{address}&supersedes={mandate}"
    form = desk.client.get(changing).context["form"]
    assert form.stored() == [(sha, "Declaration-2024.pdf")]
    without = SOURCE | {"held": held, "drop": "on", "supersedes": mandate, "point0_key": "p1", "point1_key": "p2"}
    say(desk, changing, without)
    assert MandateRow.objects.get().source == {"address": "https://summit.example/"}


def test_a_year_shows_what_was_pledged_held_moved_and_dropped(desk: Pair) -> None:
    query = f"?mechanism={desk.mechanism}"
    plan = say(desk, f"/mechanisms/plan/{query}", YEAR)
    assert PlanRow.objects.get().anniversary == 10
    visit, book = (f"{plan}#{key}" for key in ("i1", "i2"))
    say(desk, f"/mechanisms/outcome/{query}&item={visit.replace('#', '%23')}", {"item": visit, "outcome": "held", "when": "2026-05-12"})
    dropped = {"item": book, "outcome": "dropped", "when": "", "reason_en": "No paper."}
    say(desk, f"/mechanisms/outcome/{query}&item={book.replace('#', '%23')}", dropped, joint=False)
    assert {i.id: i.outcome for i in PlanItemRow.objects.all()} == {visit: "held", book: "dropped"}
    page = desk.client.get(f"/mechanisms/{desk.mechanism}/years/2026/")
    assert [c["number"] for c in page.context["counts"]] == [2, 1, 0, 1, 0]
    assert "No paper." in page.content.decode()
    assert [i["key"] for i in desk.client.get(f"/mechanisms/{desk.mechanism}/years/2026/?outcome=dropped").context["items"]] == ["i2"]


def test_an_outcome_without_a_reason_is_refused_at_its_field(desk: Pair) -> None:
    plan = say(desk, f"/mechanisms/plan/?mechanism={desk.mechanism}", YEAR)
    item = f"{plan}#i2"
    typed = {"item": item, "outcome": "moved", "when": "2027-01", "audience": "public", "continue": "1", "page": "0" * 16}
    answer = desk.client.post(f"/mechanisms/outcome/?mechanism={desk.mechanism}&item={item.replace('#', '%23')}", typed)
    assert answer.status_code == 422
    assert "needs a reason" in str(answer.context["form"].errors["reason_zh-Hans"])


def test_the_public_sees_a_public_plan_without_an_outcome_that_only_the_parties_may_see(desk: Pair) -> None:
    plan = say(desk, f"/mechanisms/plan/?mechanism={desk.mechanism}", YEAR)
    item = f"{plan}#i2"
    dropped = {"item": item, "outcome": "dropped", "when": "", "reason_en": "A private matter."}
    address = f"/mechanisms/outcome/?mechanism={desk.mechanism}&item={item.replace('#', '%23')}"
    say(desk, address, dropped, joint=False, audience=PARTIES)
    public = Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/mechanisms/{desk.mechanism}/years/2026/")
    assert public.status_code == 200
    assert "A private matter." not in public.content.decode()
    assert [c["number"] for c in public.context["counts"]] == [2, 0, 0, 0, 2]


def test_the_public_sees_no_body_mandate_or_plan_that_only_the_parties_may_see(desk: Pair) -> None:
    query, public = f"?mechanism={desk.mechanism}", Client(HTTP_ACCEPT_LANGUAGE="en")
    say(desk, f"/mechanisms/body/{query}", GROUP, audience=PARTIES)
    say(desk, f"/mechanisms/mandate/{query}", SOURCE, audience=PARTIES)
    say(desk, f"/mechanisms/plan/{query}", YEAR, audience=PARTIES)
    front = f"/mechanisms/{desk.mechanism}/"
    for path, secret in ((front, "Water Group"), (f"{front}bodies/", "Water Group"), (f"{front}mandates/", "They will meet.")):
        assert secret not in public.get(path).content.decode()
    assert public.get(f"{front}years/2026/").status_code == 404
    assert public.get(f"{front}governance/").status_code == 200
    assert public.get(f"/mechanisms/body/{query}").status_code == 302


def test_the_rows_of_the_work_can_be_dropped_and_come_back_the_same(desk: Pair) -> None:
    query = f"?mechanism={desk.mechanism}"
    say(desk, f"/mechanisms/body/{query}", GROUP)
    say(desk, f"/mechanisms/mandate/{query}", SOURCE)
    plan = say(desk, f"/mechanisms/plan/{query}", YEAR)
    say(desk, f"/mechanisms/outcome/{query}&item={plan}%23i1", {"item": f"{plan}#i1", "outcome": "held", "when": "2026-05-12"})

    def everything() -> list[Any]:
        mirrored = (MechanismRow, BodyRow, SeriesRow, MandateRow, PlanRow, PlanItemRow, ActRow)
        return [list(m.objects.order_by("pk").values()) for m in mirrored]

    before = everything()
    projection.clear(desk.mechanism)
    desk.mirror()
    assert everything() == before


def test_the_queries_of_the_pages_do_not_grow_with_the_work(desk: Pair) -> None:
    query = f"?mechanism={desk.mechanism}"
    say(desk, f"/mechanisms/body/{query}", GROUP)
    mandate = say(desk, f"/mechanisms/mandate/{query}", SOURCE)
    say(desk, f"/mechanisms/plan/{query}", YEAR)
    front = f"/mechanisms/{desk.mechanism}/"
    pages = [front, f"{front}bodies/", f"{front}mandates/", f"{front}years/2026/", f"{front}governance/"]

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert desk.client.get(path).status_code == 200
        return len(caught)

    before = [queries(path) for path in pages]
    for number in range(3):
        say(desk, f"/mechanisms/body/{query}", GROUP | {"name_en": f"Group {number}"})
        say(desk, f"/mechanisms/mandate/{query}", SOURCE)
        say(
            desk,
            f"/mechanisms/plan/{query}",
            YEAR | {"year": str(2027 + number), "item0_when": str(2027 + number), "item1_when": str(2027 + number)},
        )
        rows.commitment(f"made-{number}", mechanism=desk.mechanism, mandates=[f"{mandate}#p1"], pointed=f"|{mandate}#p1|")
    assert [queries(path) for path in pages] == before


# Governance -----------------------------------------------------------------------------------


@pytest.fixture
def operator(desk: Pair) -> Pair:
    officer = rows.officer("signatory")
    officer.operator = True
    officer.keyid = desk.arvena.officers[0]
    officer.save()
    factor.enrol(officer.user, "JBSWY3DPEHPK3PXP")
    desk.client.force_login(officer.user)
    return desk


def test_a_new_key_enters_with_the_next_root_and_the_page_shows_who_comes_and_goes(operator: Pair) -> None:
    node = operator.arvena.node
    new = node.custody.create_officer(node.entropy)
    address = f"/mechanisms/rotate-keys/?mechanism={operator.mechanism}"
    typed = {"officers": [new], "threshold": "1", "audience": "public", "continue": "1", "page": "1" * 16}
    assert operator.client.post(address, typed).status_code == 302
    draft = Draft.objects.get(type=ROTATE_KEYS)
    assert (draft.body, list(draft.files)) == ({"version": 2}, ["root.2.json"])
    shown = operator.client.get(f"{address}&draft={draft.key}").context["change"]
    assert [line["keyid"] for line in shown["enter"]] == [new]
    assert [line["keyid"] for line in shown["leave"]] == operator.arvena.officers
    payload = node.compose(draft.type, draft.mechanism, draft.body, files=draft.files, audience=Audience(PUBLIC))
    operator.arvena.sign(operator.mechanism, payload)
    operator.mirror()
    said = operator.client.get(f"/mechanisms/{operator.mechanism}/governance/").content.decode()
    assert "Key root 2" in said
    assert new in said


def test_the_page_says_which_keys_stay_and_names_commands_that_exist(operator: Pair) -> None:
    from click.testing import CliRunner

    from comity.cli.main import main

    page = operator.client.get(f"/mechanisms/{operator.mechanism}/governance/").content.decode()
    assert "no page and no command changes them" in page
    for command in re.findall(r"comity (node [a-z-]+)", page):
        assert CliRunner().invoke(main, [*command.split(), "--help"]).exit_code == 0, command


def test_only_an_operator_prepares_a_root(desk: Pair) -> None:
    assert desk.client.get(f"/mechanisms/rotate-keys/?mechanism={desk.mechanism}").status_code == 409


def test_leaving_is_prepared_only_after_its_consequences_were_read(desk: Pair) -> None:
    address = f"/mechanisms/leave/?mechanism={desk.mechanism}"
    typed = {"audience": "public", "continue": "1", "page": "3" * 16}
    assert desk.client.post(address, typed).status_code == 422
    assert desk.client.post(address, typed | {"understood": "on"}).status_code == 302
    assert Draft.objects.latest("updated").body == {"party": "arvena"}


def test_a_newcomer_has_to_be_introduced_first(desk: Pair) -> None:
    answer = desk.client.get(f"/mechanisms/accede/?mechanism={desk.mechanism}")
    assert "No other parliament is introduced" in answer.content.decode()


def test_a_log_that_has_not_forked_gets_no_successor(desk: Pair) -> None:
    assert desk.client.get(f"/mechanisms/succeed-log/?mechanism={desk.mechanism}").status_code == 409
