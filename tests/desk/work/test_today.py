"""My work today: what stands in which list for whom, and what it costs to look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.desk.record.models import Draft
from comity.desk.work.models import OnBehalf, Visit
from desk import rows

from .conftest import Enter, Make

pytestmark = pytest.mark.django_db


def waiting(name: str, by: str = "kelmor", **more: object) -> None:
    missing = "arvena" if by == "kelmor" else "kelmor"
    about = {
        "status": "open",
        "signed": [by],
        "missing": [missing],
        "titles": {"en": f"Act {name}"},
        "arrived": timezone.now() - timedelta(days=3),
    }
    rows.act(name, "meetings/convene/1", by=by, **(about | more))


def section(page: str, name: str) -> str:
    return page.partition(f'<section class="sec" id="{name}"')[2].partition("</section>")[0]


def test_who_may_sign_is_asked_to_and_who_may_not_sees_for_whom_it_waits(person: Make, enter: Enter) -> None:
    rows.mechanism()
    waiting("first")
    page = section(enter(person("tovan", "signatory")).get("/work/").content.decode(), "me")
    assert "Act first" in page
    assert "Sign or decline" in page
    assert "3 days" in page
    page = section(enter(person("ilena", "drafter")).get("/work/").content.decode(), "me")
    assert "Waits for a signatory of your side" in page


def test_what_this_side_has_signed_waits_for_the_other_with_its_age(person: Make, enter: Enter) -> None:
    rows.mechanism()
    waiting("ours", by="arvena")
    page = enter(person("ilena", "drafter")).get("/work/").content.decode()
    assert "Act ours" not in section(page, "me")
    assert "Parliament of Kelmor" in section(page, "them")
    assert "3 days" in section(page, "them")


def test_a_text_of_the_other_side_wants_an_answer_until_there_is_one(person: Make, enter: Enter) -> None:
    rows.mechanism()
    rows.text("theirs", stage="forward", by="kelmor")
    client = enter(person("ilena", "drafter"))
    assert "Comment, answer or adopt" in section(client.get("/work/").content.decode(), "me")
    rows.text("answer", stage="forward", by="arvena", answers=rows.an_id("theirs"))
    page = client.get("/work/").content.decode()
    assert "Comment, answer or adopt" not in section(page, "me")
    assert "Waits for an answer of Parliament of Kelmor" in section(page, "them")


def test_overdue_and_soon_due_commitments_stand_by_date(person: Make, enter: Enter) -> None:
    rows.mechanism()
    today = timezone.localdate()
    rows.commitment("late", due_by=(today - timedelta(days=5)).isoformat())
    rows.commitment("soon", due_by=(today + timedelta(days=12)).isoformat())
    rows.commitment("far", due_by=(today + timedelta(days=90)).isoformat())
    page = section(enter(person("ilena", "drafter")).get("/work/").content.decode(), "due")
    assert page.index("5 days overdue") < page.index("in 12 days")
    assert page.count("<tr>") == 3


def test_a_draft_is_finished_by_who_typed_it_and_by_whom_it_was_entered_for(person: Make, enter: Enter) -> None:
    ilena, tovan, sela = person("ilena", "drafter"), person("tovan", "signatory"), person("sela")
    draft = Draft.objects.create(type="meetings/convene/1", author=ilena.user, titles={"en": "A sketch"})
    OnBehalf.objects.create(draft=draft, principal=tovan, entered_by=ilena, at=timezone.now())
    for officer, there in ((ilena, True), (tovan, True), (sela, False)):
        assert ("A sketch" in section(enter(officer).get("/work/").content.decode(), "me")) is there


def test_for_whom_a_draft_was_entered_is_shown_where_it_is_signed_and_changed_only_while_it_is_open(person: Make, enter: Enter) -> None:
    ilena, tovan = person("ilena", "drafter"), person("tovan", "signatory", en="Tovan Brel")
    draft = Draft.objects.create(type="meetings/convene/1", author=ilena.user)
    client = enter(ilena)
    for nobody in ("0", "x", "\0", "9" * 30):
        assert client.post(f"/work/behalf/{draft.key}/", {"principal": nobody}).status_code == 404
    assert client.post(f"/work/behalf/{draft.key}/", {"principal": tovan.pk}).status_code == 302
    page = enter(tovan).get(f"/desk/drafts/{draft.key}/").content.decode()
    assert "Typed by Ilena." in page
    assert "Entered on behalf of Tovan Brel." in page
    Draft.objects.filter(pk=draft.key).update(act="ab" * 32)
    assert client.post(f"/work/behalf/{draft.key}/", {"principal": "0"}).status_code == 404
    assert OnBehalf.objects.get(draft=draft).principal == tovan


def test_a_new_visit_begins_after_half_an_hour_of_silence(person: Make, enter: Enter) -> None:
    ilena = person("ilena", "drafter")
    client = enter(ilena)
    assert "since my last visit" not in client.get("/work/").content.decode(), "at the first there is none"
    Visit.objects.update(seen=timezone.now() - timedelta(minutes=10))
    assert "since my last visit" not in client.get("/work/").content.decode(), "the same visit goes on"
    before = timezone.now() - timedelta(hours=9)
    Visit.objects.update(seen=before)
    assert "since my last visit" in client.get("/work/").content.decode()
    assert Visit.objects.get(officer=ilena).since == before


def test_an_empty_home_teaches_what_will_stand_there(person: Make, enter: Enter) -> None:
    page = enter(person("ilena", "drafter")).get("/work/").content.decode()
    assert "Nothing waits for you" in page
    assert "@name" in page
    assert 'href="/mechanisms/"' in section(page, "me")


def test_every_count_leads_to_a_list_on_the_page(person: Make, enter: Enter) -> None:
    rows.mechanism()
    waiting("first")
    page = enter(person("tovan", "signatory")).get("/work/").content.decode()
    counts = page.partition('<ul class="counts')[2].partition("</ul>")[0]
    for anchor in ("#me", "#them", "#due"):
        assert f'href="{anchor}"' in counts
        assert f'id="{anchor[1:]}"' in page


def test_the_number_of_queries_does_not_grow_with_what_waits(person: Make, enter: Enter) -> None:
    rows.mechanism()
    waiting("first")
    rows.commitment("one", due_by=timezone.localdate().isoformat())
    client = enter(person("tovan", "signatory"))
    client.get("/work/")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/work/").status_code == 200
        return len(queries)

    before = cost()
    for number in range(12):
        waiting(f"more-{number}")
        waiting(f"ours-{number}", by="arvena")
        rows.commitment(f"due-{number}", due_by=timezone.localdate().isoformat())
    client.get("/work/")
    assert cost() <= before + 2


def test_the_menu_begins_with_the_work_of_who_is_signed_in_and_without_it_for_anybody(person: Make, enter: Enter) -> None:
    page = enter(person("tovan", "signatory")).get("/mechanisms/").content.decode()
    nav = page.partition('<nav class="nav"')[2].partition("</nav>")[0]
    assert nav.index("/work/") < nav.index("/mechanisms/")
    page = enter(None).get("/mechanisms/").content.decode()
    assert "/work/" not in page.partition('<nav class="nav"')[2].partition("</nav>")[0]
    assert enter(person("sela")).get("/")["Location"] == "/work/"
    assert enter(None).get("/")["Location"] == "/mechanisms/"
