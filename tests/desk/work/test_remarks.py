"""Remarks and mentions inside one side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from comity.desk.record.models import Draft
from comity.desk.work import remarking
from comity.desk.work.models import Notice, Remark, SearchRow
from comity.errors import Refused

from .conftest import Enter, Make

pytestmark = pytest.mark.django_db
ACT = "ab" * 32


def say(client: object, text: str, obj: str = ACT, path: str = "/mechanisms/") -> None:
    answer = client.post("/work/remarks/", {"object": obj, "path": path, "title": "Meeting 4", "text": text})
    assert answer.status_code == 302
    assert answer["Location"].startswith(path), answer["Location"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@tovan please look", ["tovan"]),
        ("@Tovan请看第二条", ["tovan"]),
        ("Спросим @Тован Брел, он знает", ["tovan"]),
        ("见@托万·布雷尔的意见", ["tovan"]),
        ("@tovana is somebody else", []),
        ("mail@tovan.example is no mention? it names him all the same", ["tovan"]),
        ("@ nobody", []),
        ("@sela and @tovan", ["sela", "tovan"]),
    ],
)
def test_who_is_spoken_to_is_known_by_any_name_in_any_script(person: Make, text: str, names: list[str]) -> None:
    person("tovan", en="Tovan Brel", ru="Тован Брел", zh="托万·布雷尔")
    person("sela")
    found = [officer.user.username for _, _, officer in remarking.mentioned_in(text, remarking.colleagues())]
    assert sorted(found) == names


def test_a_mention_is_told_to_whom_it_speaks_and_to_nobody_else(person: Make, enter: Enter) -> None:
    ilena, tovan, sela = person("ilena", "drafter"), person("tovan", "signatory"), person("sela")
    say(enter(ilena), "@tovan is this still right?")
    assert Notice.objects.filter(officer=tovan, kind="mention").count() == 1
    assert not Notice.objects.filter(officer__in=[ilena, sela], kind__in=["mention", "remark"]).exists()
    page = enter(tovan).get("/work/").content.decode()
    assert "Ilena speaks to you" in page
    assert "is this still right?" in page


def test_who_took_part_and_who_drafts_is_told_of_an_answer(person: Make, enter: Enter) -> None:
    ilena, tovan = person("ilena", "drafter"), person("tovan", "signatory")
    draft = Draft.objects.create(type="meetings/convene/1", author=ilena.user)
    say(enter(tovan), "The day is wrong.", obj=draft.key)
    assert Notice.objects.filter(officer=ilena, kind="remark").count() == 1
    say(enter(ilena), "Mended.", obj=draft.key)
    assert Notice.objects.filter(officer=tovan, kind="remark").count() == 1


def test_a_change_can_be_undone(person: Make, enter: Enter) -> None:
    client = enter(person("ilena", "drafter"))
    say(client, "first wording")
    row = Remark.objects.get()
    client.post(f"/work/remarks/{row.pk}/", {"action": "change", "text": "second wording", "path": "/mechanisms/"})
    row.refresh_from_db()
    assert (row.text, row.before) == ("second wording", "first wording")
    client.post(f"/work/remarks/{row.pk}/", {"action": "undo", "path": "/mechanisms/"})
    row.refresh_from_db()
    assert row.text == "first wording"


def test_what_was_taken_out_is_put_back_within_a_day_and_gone_after_it(person: Make, enter: Enter) -> None:
    ilena = person("ilena", "drafter")
    client = enter(ilena)
    say(client, "a hasty word")
    row = Remark.objects.get()
    client.post(f"/work/remarks/{row.pk}/", {"action": "delete", "path": "/mechanisms/"})
    assert not SearchRow.objects.filter(kind="remark").exists()
    client.post(f"/work/remarks/{row.pk}/", {"action": "undo", "path": "/mechanisms/"})
    row.refresh_from_db()
    assert row.deleted is None
    assert SearchRow.objects.filter(kind="remark").exists()
    later = timezone.now() + timedelta(days=2)
    remarking.take_out(ilena, row, now=timezone.now())
    with pytest.raises(Refused):
        remarking.undo(ilena, row, now=later)
    assert remarking.purge(later) == 1
    assert not Remark.objects.exists()


def test_nobody_changes_what_a_colleague_wrote(person: Make, enter: Enter) -> None:
    say(enter(person("ilena", "drafter")), "mine")
    row = Remark.objects.get()
    other = enter(person("tovan", "signatory"))
    for action in ("change", "delete", "undo"):
        other.post(f"/work/remarks/{row.pk}/", {"action": action, "text": "changed", "path": "/"})
    row.refresh_from_db()
    assert (row.text, row.deleted) == ("mine", None)


def test_an_empty_or_endless_remark_is_refused_with_its_reason(person: Make) -> None:
    ilena = person("ilena", "drafter")
    for text in ("  ", "x" * 10_001):
        with pytest.raises(Refused):
            remarking.add(ilena, ACT, text, path="/", title="", now=timezone.now())


def test_nothing_of_them_is_shown_to_somebody_who_is_not_signed_in(person: Make, enter: Enter) -> None:
    say(enter(person("ilena", "drafter")), "between us only")
    request = RequestFactory().get("/mechanisms/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    shown = Template("{% load remarks %}{% remarks obj %}").render(Context({"request": request, "obj": ACT}))
    assert shown.strip() == ""
    assert "between us only" not in enter(None).get("/work/search/?q=between us").content.decode()
    for path in ("/work/", "/work/notifications/", "/work/notifications/settings/"):
        assert enter(None).get(path).status_code == 302
    assert enter(None).post("/work/remarks/", {"object": ACT, "text": "x", "path": "/"}).status_code == 302
    assert Remark.objects.count() == 1


def test_a_remark_leads_back_only_to_a_page_of_this_node(person: Make, enter: Enter) -> None:
    client = enter(person("ilena", "drafter"))
    for path in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        answer = client.post("/work/remarks/", {"object": ACT, "text": "x", "path": path})
        assert answer.status_code == 403 or answer["Location"].startswith("/#")
    assert not Remark.objects.exists()
