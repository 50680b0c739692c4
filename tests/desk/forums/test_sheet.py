"""The position sheet: its items, the sides' columns, and what the roll calls say of what was agreed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from comity.desk.forums import engine as engines
from comity.desk.forums import library
from comity.desk.forums.models import ForumSetting, PositionRow, Seat, SheetItem
from comity.desk.forums.sheets import for_commitment
from comity.desk.record.models import ActRow, Draft
from comity.forums.titles import item_key
from desk import rows
from desk.forums.conftest import needs_engine
from desk.meetings.makings import meeting

pytestmark = [pytest.mark.django_db, needs_engine]


def sheet(session: int = 9) -> str:
    return f"/forums/sheet/{rows.an_id('mechanism')}/demo/{session}/"


def position(name: str, title: str, session: int, **more: Any) -> PositionRow:
    alone = bool(more.get("party"))
    kind = "forums/position/1" if alone else "forums/agree-position/1"
    said = more.pop("said", "2008-09-01T10:00:00+03:00")
    audience = more.pop("audience", "public")
    rows.act(name, kind, rows.an_id("mechanism"), by=more.get("party") or "arvena", joint=not alone, audience=audience, said=said)
    row = {"names": [{"lang": "en", "text": title}], "key": item_key(title), "said": said, "status": "in_force", "current": True}
    return PositionRow.objects.create(id=rows.an_id(name), mechanism=rows.an_id("mechanism"), forum="demo", session=session, **row | more)


def last_vote(same: bool) -> Any:
    """A roll call of the last session on which Arvena and Kelmor voted, alike or not, the only one on its item there."""
    engine = engines.of(library.held()[0])
    for i, e in reversed(list(enumerate(engine.calls.events))):
        cast = [engine.cast(i, s) for s in ("ARV", "KEL")]
        if e.session == 8 and all(c in ("yes", "no", "abstain") for c in cast) and (cast[0] == cast[1]) is same:
            return e, cast
    raise AssertionError("no such roll call")


def test_items_are_added_by_their_titles_and_stay_on_this_node(officer: Client, public: Client, assembly: str) -> None:
    title = "Passage through the straits: code of conduct"
    officer.post(sheet(), {"titles": f"{title}\n\n{title}\nAn item that never was", "lang": "en"})
    assert [i.title for i in SheetItem.objects.all()] == [title, "An item that never was"]
    shown = officer.get(sheet()).content.decode()
    assert "last vote:" in shown
    assert "no earlier vote is known" in shown
    ForumSetting.objects.create(id="demo", released=True)
    assert "An item that never was" not in public.get(sheet()).content.decode()


def test_contested_items_of_the_last_session_are_taken_over_those_that_split_first(officer: Client, assembly: str) -> None:
    officer.post(sheet(), {"take": "1"})
    split, _cast = last_vote(same=False)
    titles = [i.title for i in SheetItem.objects.all()]
    assert split.title in titles[:8]
    assert len(titles) == len(set(titles)) > 4
    officer.post(sheet(), {"remove": item_key(titles[0])})
    assert titles[0] not in [i.title for i in SheetItem.objects.all()]


def test_the_public_and_readers_cannot_change_the_sheet(public: Client, assembly: str) -> None:
    ForumSetting.objects.create(id="demo", released=True)
    assert public.post(sheet(), {"titles": "x"}).status_code == 409
    public.force_login(rows.officer("reader").user)
    assert public.post(sheet(), {"titles": "x"}).status_code == 409
    assert not SheetItem.objects.exists()


@pytest.mark.parametrize("same", [True, False])
def test_an_agreed_vote_is_judged_by_the_import(officer: Client, assembly: str, same: bool) -> None:
    call, cast = last_vote(same)
    position("agreed", call.title, 8, agreed="vote", vote=cast[0])
    shown = officer.get(sheet(8)).content.decode()
    assert ("outcome--kept" if same else "outcome--half") in shown
    assert f"/forums/demo/votes/{call.id}/" in shown.split('class="outcome')[1]


def test_what_is_agreed_on_the_day_of_the_vote_or_later_is_too_late(officer: Client, assembly: str) -> None:
    call, cast = last_vote(same=True)
    position("agreed", call.title, 8, agreed="vote", vote=cast[0], said=f"{call.date[:10]}T08:00:00+03:00")
    assert "agreed too late" in officer.get(sheet(8)).content.decode()


def test_of_several_agreed_positions_the_sheet_judges_the_last_one_agreed_before_the_vote(officer: Client, assembly: str) -> None:
    call, cast = last_vote(same=True)
    other = "no" if cast[0] == "yes" else "yes"
    early = position("early", call.title, 8, agreed="vote", vote=other, said="2001-01-01T10:00:00+03:00", current=False)
    before = position("before", call.title, 8, agreed="vote", vote=cast[0], said="2001-01-02T10:00:00+03:00", current=False)
    late = position("late", call.title, 8, agreed="vote", vote=other, said=f"{call.date[:10]}T08:00:00+03:00")
    ActRow.objects.filter(pk=early.id).update(superseded_by=before.id)
    ActRow.objects.filter(pk=before.id).update(superseded_by=late.id)
    shown = officer.get(sheet(8)).content.decode()
    assert "outcome--kept" in shown
    assert f"/desk/acts/{before.id}/" in shown.split('class="outcome')[1]


def test_a_commitment_counts_what_was_agreed_before_the_vote_even_if_something_else_is_agreed_now(officer: Client, assembly: str) -> None:
    rows.text()
    served = rows.commitment()
    call, cast = last_vote(same=True)
    before = position(
        "before", call.title, 8, agreed="vote", vote=cast[0], serves=served.id, current=False, said="2001-01-02T10:00:00+03:00"
    )
    late = position("late", call.title, 8, agreed="none", serves=served.id, said=f"{call.date[:10]}T08:00:00+03:00")
    ActRow.objects.filter(pk=before.id).update(superseded_by=late.id)
    request = RequestFactory().get("/")
    request.user = rows.officer().user
    assert [p["outcome"]["word"] for p in for_commitment(request, served.id)] == ["kept"]


def test_before_its_session_is_imported_the_vote_is_awaited(officer: Client, assembly: str) -> None:
    position("agreed", "Mines left in sea lanes: code of conduct", 9, agreed="co_sponsor")
    assert "the vote is awaited" in officer.get(sheet()).content.decode()


def test_each_side_has_its_column_and_only_ones_own_can_be_filled(officer: Client, assembly: str) -> None:
    title = "Mines left in sea lanes: code of conduct"
    position("theirs", title, 9, party="kelmor", line="abstain", owner="Third committee")
    shown = officer.get(sheet()).content.decode()
    assert "Third committee" in shown
    assert shown.count("/forums/position/?") == 1


def test_the_public_sees_only_public_positions(public: Client, assembly: str) -> None:
    ForumSetting.objects.create(id="demo", released=True)
    position("open", "An open item", 9, party="kelmor", line="yes")
    position("closed", "A confidential item", 9, party="kelmor", line="no", audience="parties")
    shown = public.get(sheet()).content.decode()
    assert "An open item" in shown
    assert "A confidential item" not in shown
    assert "/forums/position/?" not in shown


def test_without_seats_the_sheet_says_what_is_missing(officer: Client, assembly: str) -> None:
    Seat.objects.filter(party="arvena").delete()
    position("agreed", last_vote(True)[0].title, 8, agreed="vote", vote="yes")
    shown = officer.get(sheet(8)).content.decode()
    assert "No seat is set for National Assembly of Arvena:" in shown
    assert "a roll call does not show it" in shown


def test_a_position_is_drafted_with_its_wording_as_a_file(officer: Client, assembly: str) -> None:
    title = "Mines left in sea lanes: code of conduct"
    officer.post(sheet(), {"titles": title})
    asked = {"mechanism": rows.an_id("mechanism"), "forum": "demo", "session": "9", "key": item_key(title)}
    query = "&".join(f"{k}={v}" for k, v in asked.items())
    assert title in officer.get(f"/forums/position/?{query}").content.decode()
    sent = asked | {"line": "no", "owner": "Third committee", "wording_en": "We regret this.", "audience": "parties", "serves": ""}
    answer = officer.post(f"/forums/position/?{query}", sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    draft = Draft.objects.get()
    assert draft.body["line"] == "no"
    assert draft.body["item"]["names"] == [{"lang": "en", "text": title}]
    assert draft.body["wording"] == [{"lang": "en", "file": "wording.en.txt"}]
    assert set(draft.files) == {"wording.en.txt"}


def test_to_vote_alike_without_saying_how_is_refused_at_the_field(officer: Client, assembly: str) -> None:
    title = "Mines left in sea lanes: code of conduct"
    officer.post(sheet(), {"titles": title})
    asked = {"mechanism": rows.an_id("mechanism"), "forum": "demo", "session": "9", "key": item_key(title)}
    sent = asked | {"agreed": "vote", "vote": "", "audience": "parties", "serves": ""}
    answer = officer.post("/forums/agree-position/?" + "&".join(f"{k}={v}" for k, v in asked.items()), sent)
    assert answer.status_code == 422
    assert 'id="id_vote-error"' in answer.content.decode()


def test_a_commitment_shows_the_positions_that_serve_it_and_what_became_of_them(officer: Client, assembly: str) -> None:
    rows.text()
    served = rows.commitment()
    call, cast = last_vote(same=True)
    position("agreed", call.title, 8, agreed="vote", vote=cast[0], serves=served.id)
    request = RequestFactory().get("/")
    request.user = rows.officer().user
    found = for_commitment(request, served.id)
    shown = render_to_string("forums/_positions_of_commitment.html", {"positions": found})
    assert call.title in shown
    assert str(found[0]["outcome"]["label"]) == "kept"
    assert sheet(8) in shown
    page = officer.get(f"/commitments/{served.id}/").content.decode()
    assert "Agreed positions that serve it" in page
    assert call.title in page


def test_a_meeting_names_the_sheets_of_its_mechanism(officer: Client, public: Client, assembly: str) -> None:
    held = meeting(1)
    SheetItem.objects.create(mechanism=rows.an_id("mechanism"), forum="demo", session=9, key="0" * 16, title="Ours alone")
    assert sheet(9) in officer.get(f"/meetings/{held.id}/").content.decode()
    ForumSetting.objects.create(id="demo", released=True)
    assert sheet(9) not in public.get(f"/meetings/{held.id}/").content.decode()
    position("agreed", "An item", 8, agreed="none")
    assert sheet(8) in public.get(f"/meetings/{held.id}/").content.decode()


HEAD = "item key,symbol,title,date"


def drop(client: Client, *lines: str) -> Any:
    return client.post(sheet(), {"items": SimpleUploadedFile("items.csv", "\n".join([HEAD, *lines]).encode("utf-8-sig")), "lang": "en"})


def test_items_come_from_a_file_with_key_symbol_title_and_date(officer: Client, assembly: str) -> None:
    known = item_key("Passage through the straits")
    assert drop(officer, f"{known},A/9/L.1,Strait passage,2027-10-12", ",,Law of the sea,2027-11", "").status_code == 302
    said = [(i.key, i.symbol, i.title, i.date) for i in SheetItem.objects.all()]
    assert said == [(known, "A/9/L.1", "Strait passage", "2027-10-12"), (item_key("Law of the sea"), "", "Law of the sea", "2027-11")]
    assert "12 October 2027" in officer.get(sheet()).content.decode()


def test_a_file_with_mistakes_is_reported_row_by_row_and_nothing_of_it_is_taken(officer: Client, assembly: str) -> None:
    answer = drop(officer, ",,Law of the sea,2027-11", "nokey,,Ice,", ",,,2027", ",,Forests,next week", ",,LAW OF THE SEA,")
    assert answer.status_code == 422
    assert [p["row"] for p in answer.context["file_problems"]] == [3, 4, 5, 6]
    assert "next week" in answer.content.decode()
    assert not SheetItem.objects.exists()


def test_a_file_without_a_column_of_titles_is_refused(officer: Client, assembly: str) -> None:
    answer = officer.post(sheet(), {"items": SimpleUploadedFile("items.csv", b"name;when\nIce;2027")})
    assert answer.status_code == 422
    assert answer.context["file_problems"][0]["row"] == 1
