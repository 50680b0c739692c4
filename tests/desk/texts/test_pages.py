"""The pages about texts, as readers and officers see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.desk.node import the_node
from comity.desk.record.models import ActRow
from comity.desk.texts.composing import corrected
from comity.desk.texts.models import TextRow
from comity.texts.akn import read_akn
from desk import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer().user)
    return client


@pytest.fixture
def public() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def with_correction(row: TextRow) -> TextRow:
    """The text after its English article 1 was corrected from 2027 to 2028."""
    before = next(v for v in row.versions if v["lang"] == "en")
    document = read_akn(the_node().files.read(before["sha256"]))
    words = document.version.by_eid()["art_1"].text.replace("2027", "2028")
    sha = the_node().files.put_bytes(corrected(document, {"art_1": words}))
    row.versions = [v | ({"sha256": sha} if v["lang"] == "en" else {}) for v in row.versions]
    act = rows.act("correction", "texts/correct/1", row.id)
    step = {"act": act.id, "type": act.type, "said": "2026-12-01T10:00:00+03:00", "versions": row.versions}
    row.steps.append(step | {"corrections": [{"lang": "en", "eid": "art_1"}]})
    row.act = act.id
    row.save()
    return row


def test_a_text_stands_in_all_its_languages_with_its_marks(public: Client) -> None:
    rows.mechanism()
    row = rows.text()
    rows.commitment()
    shown = page(public, f"/texts/{row.id}/")
    for title in rows.TITLES.values():
        assert title in shown
    for words in rows.QUOTES.values():
        assert f'<mark class="commit">{words}</mark>' in shown


def test_a_correction_shows_both_wordings_and_leads_to_the_former_version(public: Client) -> None:
    rows.mechanism()
    row = with_correction(rows.text())
    shown = page(public, f"/texts/{row.id}/")
    assert "<del>2027</del><ins>2028</ins>" in shown
    assert f"?version={rows.an_id('text')}#art_1" in shown
    former = page(public, f"/texts/{row.id}/?version={rows.an_id('text')}")
    assert "by 31 March 2027." in former
    assert "<ins>" not in former


def test_a_mark_is_found_by_its_words_when_a_correction_has_moved_them(public: Client) -> None:
    rows.mechanism()
    row = rows.text()
    rows.commitment()
    row = with_correction(row)
    assert '<mark class="commit">draw up a joint plan</mark>' in page(public, f"/texts/{row.id}/")


def test_a_text_for_the_parties_is_hidden_from_the_public_but_not_from_officers(public: Client, officer: Client) -> None:
    rows.mechanism()
    row = rows.text()
    ActRow.objects.filter(pk=row.act).update(audience="parties")
    page(public, f"/texts/{row.id}/", 404)
    assert rows.TITLES["en"] not in page(public, "/texts/")
    assert rows.TITLES["en"] in page(officer, f"/texts/{row.id}/")


def test_a_public_text_stays_hidden_until_its_day(public: Client) -> None:
    rows.mechanism()
    row = rows.text()
    tomorrow = timezone.localdate() + timedelta(days=2)
    ActRow.objects.filter(pk=row.act).update(public_from=tomorrow.isoformat())
    page(public, f"/texts/{row.id}/", 404)


def test_an_earlier_version_for_the_parties_is_not_shown_to_the_public(public: Client) -> None:
    rows.mechanism()
    row = with_correction(rows.text())
    ActRow.objects.filter(pk=rows.an_id("text")).update(audience="parties")
    page(public, f"/texts/{row.id}/?version={rows.an_id('text')}", 404)
    assert "<del>" not in page(public, f"/texts/{row.id}/")


def test_a_file_that_is_gone_is_named_and_the_other_languages_stay(officer: Client) -> None:
    rows.mechanism()
    row = rows.text()
    row.versions[1]["sha256"] = row.steps[0]["versions"][1]["sha256"] = "ab" * 32
    row.save()
    shown = page(officer, f"/texts/{row.id}/")
    assert "The words in Русский are not on this node" in shown
    assert "draw up a joint plan" in shown


def test_actions_that_cannot_be_taken_stand_with_their_reason(public: Client, officer: Client) -> None:
    rows.mechanism()
    row = rows.text(in_force=False)
    ActRow.objects.filter(pk=row.act).update(status="open", signed=["arvena"], missing=["kelmor"])
    assert "Sign in to draft." in page(public, f"/texts/{row.id}/")
    shown = page(officer, f"/texts/{row.id}/")
    assert "The text is not in force yet; open the act to sign it." in shown
    assert 'aria-describedby="why-' in shown


def test_what_was_put_forward_can_be_adopted_until_an_adoption_is_proposed(officer: Client) -> None:
    rows.mechanism()
    forward = rows.text("forward", stage="forward", by="kelmor")
    assert f"/texts/adopt/?mechanism={forward.mechanism}&amp;text={forward.id}" in page(officer, f"/texts/{forward.id}/")
    rows.text("adoption", answers=forward.id, in_force=False)
    assert "An adoption of it is proposed already" in page(officer, f"/texts/{forward.id}/")


def test_the_queries_of_the_pages_do_not_grow_with_the_record(officer: Client) -> None:
    rows.mechanism()
    row = rows.text()
    rows.commitment("c0")

    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            page(officer, address)
        return len(counted)

    before = queries("/texts/"), queries(f"/texts/{row.id}/")
    for number in range(8):
        rows.text(f"text-{number}")
        rows.commitment(f"c-{number}")
    with_correction(row)
    assert (queries("/texts/"), queries(f"/texts/{row.id}/")) == before
    assert max(before) < 30
