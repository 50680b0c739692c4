"""Comments on texts: how they are written, and how they stand beside their provision."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from comity.desk.node import the_node
from comity.desk.record.models import Draft
from comity.desk.texts.models import CommentRow
from desk import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer("secretary").user)
    return client


def comment(name: str, words: str, *, by: str = "kelmor", audience: str = "parties", **more: Any) -> CommentRow:
    made = rows.act(name, "texts/comment/1", by=by, joint=False, audience=audience)
    row: dict[str, Any] = {
        "mechanism": rows.an_id("mechanism"),
        "text": rows.an_id("text"),
        "eid": "art_1",
        "party": by,
        "notes": [{"lang": "en", "text": words, "sha256": "5" * 64}],
        "said": f"2026-11-1{CommentRow.objects.count()}T10:00:00+03:00",
        "act": made.id,
    }
    return CommentRow.objects.create(id=made.id, **row | more)


def test_a_comment_is_drafted_with_its_place_and_a_file_per_language(officer: Client) -> None:
    rows.mechanism()
    text = rows.text(stage="forward", by="kelmor")
    form = {"mechanism": text.mechanism, "text": text.id, "eid": "art_2", "lang": "ru", "audience": "parties", "page": "p"}
    answer = officer.post("/texts/comment/", form | {"note_en": "Too short a term.", "note_ru": "Срок мал.", "continue": "1"})
    assert answer.status_code == 302, answer.content.decode()
    draft = Draft.objects.get()
    assert draft.body == {
        "text": text.id,
        "eid": "art_2",
        "lang": "ru",
        "notes": [{"lang": "ru", "file": "comment.ru.txt"}, {"lang": "en", "file": "comment.en.txt"}],
    }
    assert draft.audience == {"to": "parties"}
    assert the_node().files.read(draft.files["comment.ru.txt"]).decode() == "Срок мал."


def test_a_comment_without_words_is_refused(officer: Client) -> None:
    rows.mechanism()
    text = rows.text(stage="forward")
    answer = officer.post("/texts/comment/", {"mechanism": text.mechanism, "text": text.id, "audience": "parties", "continue": "1"})
    assert answer.status_code == 422
    assert "Write the comment in at least one language." in answer.content.decode()


def test_a_comment_and_its_answer_stand_beside_their_provision_in_order(officer: Client) -> None:
    rows.mechanism()
    text = rows.text(stage="forward")
    asked = comment("asked", "Too short a term.")
    comment("told", "We can offer a year.", by="arvena", answers=asked.id)
    comment("whole", "A good draft on the whole.", eid="")
    page = officer.get(f"/texts/{text.id}/").content.decode()
    beside = page.split('id="art_1"')[1].split('id="art_2"')[0]
    assert beside.index("Parliament of Kelmor comments") < beside.index("National Assembly of Arvena answers")
    assert "A good draft on the whole." not in beside
    assert "A good draft on the whole." in page
    assert f"/texts/comment/?text={text.id}&amp;answers={asked.id}" in beside


def test_the_public_sees_no_comment_that_is_for_the_parties() -> None:
    rows.mechanism()
    text = rows.text()
    comment("inside", "Between the two of us.")
    comment("open", "For all to read.", audience="public")
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/texts/{text.id}/").content.decode()
    assert "For all to read." in page
    assert "Between the two of us." not in page
    assert "/texts/comment/?text=" not in page
