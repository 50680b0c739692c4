"""The board and the page of a commitment."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.desk.commitments.project import outcome
from comity.desk.record.models import ActRow
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


def days(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def board() -> None:
    """A late one without report, one assessed differently, one that all call kept, a proposal without a date, one due soon."""
    rows.mechanism()
    rows.text()
    rows.commitment("late", due_by=days(-3))
    rows.commitment("split", due_by=days(90), reported=True, differs=True, nature="pledge", by=["kelmor"], bound="|kelmor|")
    rows.report("split-report", "split", by="kelmor")
    reason = [{"lang": "en", "text": "One answer came late.", "sha256": "0" * 64}]
    rows.assessment("split-a", "split", finding="partly", notes=reason)
    rows.assessment("split-k", "split", by="kelmor", finding="not_kept")
    rows.commitment("kept", due_by=days(-9), reported=True, closed=True, agreed="kept")
    rows.commitment("open-end", due_by="", nature="proposal", reported=True)
    rows.commitment("soon", due_by=days(10), reported=True)


COUNTS = {"": 5, "kept": 1, "differs": 1, "overdue": 1, "no_report": 1, "soon": 1}


@pytest.mark.parametrize(("state", "count"), COUNTS.items())
@pytest.mark.usefixtures("board")
def test_every_count_opens_exactly_the_records_it_was_counted_from(public: Client, state: str, count: int) -> None:
    shown = page(public, "/commitments/")
    address = f"?state={state}#board" if state else "/commitments/#board"
    found = re.search(rf'<a href="{re.escape(address)}"><b>(\d+)</b>', shown)
    assert found is not None
    assert int(found[1]) == count
    opened = page(public, f"/commitments/?state={state}")
    assert opened.count('class="board__what"') == count


@pytest.mark.usefixtures("board")
def test_overdue_is_reckoned_at_reading_and_says_for_how_long(public: Client) -> None:
    assert "overdue 3 days" in page(public, "/commitments/?state=overdue")
    assert "overdue" not in page(public, f"/commitments/{rows.an_id('kept')}/").split("<main")[1].split("Act after act")[0]


@pytest.mark.usefixtures("board")
def test_disagreement_stands_side_by_side_in_words(public: Client) -> None:
    shown = page(public, "/commitments/?state=differs")
    assert "National Assembly of Arvena: kept in part" in shown
    assert "Parliament of Kelmor: not kept" in shown
    assert "One answer came late." in shown


@pytest.mark.parametrize(
    ("query", "count"), [("party=kelmor", 5), ("party=arvena", 4), ("nature=proposal", 1), ("nature=duty", 0), ("state=open", 0)]
)
@pytest.mark.usefixtures("board")
def test_filters_narrow_the_board(public: Client, query: str, count: int) -> None:
    assert page(public, f"/commitments/?{query}").count('class="board__what"') == count


@pytest.mark.usefixtures("board")
def test_the_quotation_is_in_the_pages_language(public: Client) -> None:
    assert "«разработают совместный план»" in page(public, "/commitments/?lang=ru")
    assert "“制定联合计划”" in page(public, "/commitments/?lang=zh-hans")


@pytest.mark.usefixtures("board")
def test_a_commitment_in_a_text_for_the_parties_is_hidden_from_the_public(public: Client, officer: Client) -> None:
    ActRow.objects.filter(pk=rows.an_id("text")).update(audience="parties")
    assert page(public, "/commitments/").count('class="board__what"') == 0
    page(public, f"/commitments/{rows.an_id('late')}/", 404)
    assert page(officer, "/commitments/").count('class="board__what"') == 5


@pytest.mark.usefixtures("board")
def test_a_report_for_the_parties_is_hidden_from_the_public(public: Client, officer: Client) -> None:
    ActRow.objects.filter(pk=rows.an_id("split-report")).update(audience="parties")
    address = f"/commitments/{rows.an_id('split')}/"
    assert page(public, address).count("No report yet.") == 2
    assert page(officer, address).count("No report yet.") == 1


def test_evidence_is_a_file_with_its_digest_or_an_address_that_is_live_only_if_it_is_https(public: Client) -> None:
    rows.mechanism()
    rows.text()
    rows.commitment()
    sha = "ab" * 32
    evidence = [
        {"file": "list.pdf", "sha256": sha},
        {"address": "https://arvena.example/list"},
        {"address": "http://arvena.example/old"},
    ]
    rows.report("report", evidence=evidence)
    shown = page(public, f"/commitments/{rows.an_id('commitment')}/")
    assert f'href="/desk/files/{sha}/"' in shown
    assert sha in shown
    assert 'href="https://arvena.example/list"' in shown
    assert 'href="http://arvena.example/old"' not in shown
    assert "http://arvena.example/old" in shown


@pytest.mark.parametrize("language", ["zh-hans", "ru", "en"])
def test_the_words_stand_in_every_authentic_language_whatever_the_page_speaks(public: Client, language: str) -> None:
    rows.mechanism()
    rows.text()
    rows.commitment()
    shown = page(public, f"/commitments/{rows.an_id('commitment')}/?lang={language}")
    for lang, words in rows.QUOTES.items():
        assert re.search(rf'<blockquote[^>]*lang="{lang}">.{words}.</blockquote>', shown)


def test_who_is_not_bound_is_told_why_she_cannot_change_it(officer: Client) -> None:
    rows.mechanism()
    rows.text()
    rows.commitment(nature="pledge", by=["kelmor"], bound="|kelmor|")
    assert "Only those who are bound by it can change it." in page(officer, f"/commitments/{rows.an_id('commitment')}/")


@pytest.mark.usefixtures("board")
def test_the_queries_of_the_pages_do_not_grow_with_the_record(officer: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            page(officer, address)
        return len(counted)

    addresses = ["/commitments/", f"/commitments/{rows.an_id('split')}/"]
    before = [queries(a) for a in addresses]
    for number in range(30):
        rows.commitment(f"more-{number}")
        rows.report(f"report-{number}", "split")
        rows.assessment(f"assessment-{number}", f"more-{number}")
    assert [queries(a) for a in addresses] == before
    assert max(before) < 26


@pytest.mark.parametrize(
    ("nature", "by", "progress", "findings", "expected"),
    [
        ("duty", ("a", "k"), {}, {}, (False, False, "", False)),
        ("duty", ("a", "k"), {"a": "done"}, {}, (True, False, "", False)),
        ("joint", ("a", "k"), {"a": "done"}, {}, (True, True, "", False)),
        ("duty", ("a", "k"), {"a": "done", "k": "dropped"}, {}, (True, True, "", False)),
        ("duty", ("k",), {"a": "", "k": "done"}, {}, (True, True, "", False)),
        ("duty", ("a", "k"), {}, {"a": "kept", "k": ""}, (False, False, "", False)),
        ("duty", ("a", "k"), {}, {"a": "kept", "k": "kept"}, (False, True, "kept", False)),
        ("duty", ("a", "k"), {}, {"a": "kept", "k": "kept_late"}, (False, True, "", True)),
        ("duty", ("a", "k"), {}, {"a": "not_kept", "k": "not_kept"}, (False, False, "not_kept", False)),
        ("duty", ("a", "k"), {}, {"a": "kept", "k": "too_early"}, (False, False, "", True)),
    ],
)
def test_what_the_sides_last_words_add_up_to(
    nature: str, by: tuple[str, ...], progress: dict[str, str], findings: dict[str, str], expected: tuple[bool, bool, str, bool]
) -> None:
    found = outcome(nature, by, progress, findings)
    assert (found["reported"], found["closed"], found["agreed"], found["differs"]) == expected
