"""Sources and proposals are this side's own: nobody else sees them on any path."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.desk.accounts.models import Officer
from comity.desk.press import reviewing
from comity.desk.press.exports import FORMATS
from comity.desk.press.models import Source
from comity.desk.press.urls import urlpatterns
from desk.press.conftest import CASE, HandIn

pytestmark = pytest.mark.django_db

MARK = "have learned to read"


def paths(source: Source, fragment: str) -> list[str]:
    key = source.key
    return [
        "/press/",
        "/press/?q=learned",
        "/press/paste/",
        "/press/tokens/",
        f"/press/words/{fragment}/",
        f"/press/{key}/",
        f"/press/{key}/original/",
        *(f"/press/{key}/export/{form}/" for form in FORMATS),
        f"/press/{key}/M1/edit/",
        f"/press/{key}/P1/edit/",
    ]


def posts(source: Source) -> list[str]:
    return [f"/press/{source.key}/{what}/" for what in ("describe", "decide", "line", "remove", "M1/draft", "S1/edit")]


def test_nobody_but_officers_of_this_node_sees_a_source_on_any_path(client: Client, hand_in: HandIn, ilena: Officer) -> None:
    source = hand_in()
    reviewing.accept(ilena, source, ["S1"])
    (fragment,) = source.proposals.get(label="S1").fragments
    assert len(paths(source, fragment)) + len(posts(source)) >= len(urlpatterns), "every address is asked"
    for path in paths(source, fragment):
        answer = client.get(path)
        assert answer.status_code in (302, 403, 404), path
        assert MARK.encode() not in answer.content, path
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/"), path
    for path in [*paths(source, fragment), *posts(source)]:
        assert client.post(path).status_code in (302, 403, 404, 405), path
    for path in (f"/desk/files/{source.original}/", "/observed/", f"/observed/{CASE}/", f"/observed/{CASE}/statements/", "/desk/export/"):
        answer = client.get(path)
        assert MARK.encode() not in answer.content, path
        assert source.key.encode() not in answer.content, path
    source.refresh_from_db()
    assert (source.removed, source.line) == (None, 0.85)


def test_the_box_stands_only_where_somebody_may_hand_in(client: Client, desk: Client, ilena: Officer) -> None:
    path = f"/mechanisms/{an_mechanism()}/"
    assert 'class="paste"' in desk.get(path).content.decode()
    desk.logout()
    assert 'class="paste"' not in desk.get(path).content.decode()


def an_mechanism() -> str:
    from desk.rows import an_id

    return an_id("mechanism")


def test_a_source_that_was_removed_is_nowhere_until_it_is_brought_back(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    page = desk.post(f"/press/{source.key}/remove/", follow=True).content.decode()
    assert "Bring it back" in page
    assert f'href="/press/{source.key}/"' not in page
    assert desk.get(f"/press/{source.key}/").status_code == 404
    desk.post(f"/press/{source.key}/remove/", {"back": "1"})
    assert desk.get(f"/press/{source.key}/").status_code == 200


def test_a_source_of_which_something_was_accepted_is_kept(desk: Client, hand_in: HandIn, ilena: Officer) -> None:
    source = hand_in()
    reviewing.accept(ilena, source, ["P1"])
    assert desk.post(f"/press/{source.key}/remove/").status_code == 409
    assert desk.get(f"/press/{source.key}/").status_code == 200


def test_nothing_of_the_desk_stays_in_a_browsers_store(desk: Client, hand_in: HandIn) -> None:
    for path in ("/press/", f"/press/{hand_in().key}/"):
        assert "no-store" in desk.get(path)["Cache-Control"]
