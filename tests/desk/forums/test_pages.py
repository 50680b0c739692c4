"""The pages of a forum: what they show, to whom, and that every number opens the roll calls it was counted from."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from comity.desk.forums import engine as engines
from comity.desk.forums import library
from comity.desk.forums.models import ForumSetting
from desk.forums.conftest import needs_engine

pytestmark = [pytest.mark.django_db, needs_engine]


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


PAGES = ("", "pair/", "divergences/", "points/", "bloc/", "report/")


@pytest.mark.parametrize("where", PAGES)
def test_every_page_of_an_invented_assembly_says_that_it_is_invented(officer: Client, assembly: str, where: str) -> None:
    assert "Neither this assembly nor its votes exist" in page(officer, f"/forums/{assembly}/{where}")


@pytest.mark.parametrize("where", PAGES)
def test_the_public_sees_a_forum_only_once_the_operator_has_released_it(public: Client, assembly: str, where: str) -> None:
    page(public, f"/forums/{assembly}/{where}", 404)
    assert f"/forums/{assembly}/" not in page(public, "/forums/")
    ForumSetting.objects.create(id=assembly, released=True)
    page(public, f"/forums/{assembly}/{where}")
    assert f"/forums/{assembly}/" in page(public, "/forums/")


def test_the_empty_desk_says_where_to_get_the_data(officer: Client, home: Path) -> None:
    shown = page(officer, "/forums/")
    assert "digitallibrary.un.org/record/4060887" in shown
    assert 'name="files"' in shown


def test_without_a_choice_the_pair_is_that_of_the_parties_seats(officer: Client, assembly: str) -> None:
    assert "Arvena and Kelmor" in page(officer, f"/forums/{assembly}/pair/")


def test_raw_and_corrected_agreement_stand_together_with_interval_and_n(officer: Client, assembly: str) -> None:
    shown = page(officer, f"/forums/{assembly}/pair/?a=ARV&b=KEL")
    for head in ("Agreement", "Corrected (κ)", "90 % interval", "Roll calls"):
        assert head in shown


def test_every_mark_opens_exactly_the_roll_calls_it_was_counted_from(officer: Client, assembly: str) -> None:
    engine = engines.of(library.held()[0])
    shown = page(officer, f"/forums/{assembly}/pair/?a=ARV&b=KEL")
    links = {unescape(u) for u in re.findall(r'href="(/forums/demo/votes/\?[^"]+)"', shown)}
    assert len(links) > 20
    n = {r.period: r.n for r in engine.pair("ARV", "KEL", "session") if r.measure == "linear"}
    for session, counted in n.items():
        link = next(u for u in links if f"period={session}" in u and "topic" not in u)
        assert f"<b>{counted}</b>" in page(officer, link)


def test_a_figure_is_also_a_table_a_csv_an_svg_and_a_png(officer: Client, assembly: str) -> None:
    for name, address in (("alignment", "a=ARV&b=KEL"), ("topics", "a=ARV&b=KEL"), ("bloc", "session=8")):
        found = {kind: officer.get(f"/forums/{assembly}/figure/{name}.{kind}?{address}") for kind in ("csv", "svg", "png")}
        rows = list(csv.DictReader(io.StringIO(found["csv"].content.decode())))
        assert rows
        assert {r["invented"] for r in rows} == {"yes"}
        assert found["svg"].content.startswith(b"<svg xmlns=")
        assert b"href" not in found["svg"].content, "a file that is carried away has no addresses of this node"
        assert found["png"].status_code == 409 or found["png"].content.startswith(b"\x89PNG")


def test_figures_are_there_without_scripts_and_name_no_style(officer: Client, assembly: str) -> None:
    shown = page(officer, f"/forums/{assembly}/pair/")
    assert shown.count('class="fig__wide"><svg xmlns=') == shown.count('class="fig__narrow"><svg xmlns=') == 2
    assert "style=" not in shown
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", shown)


def test_the_divergence_list_filters_and_links_the_roll_call_and_the_items_earlier_votes(officer: Client, assembly: str) -> None:
    engine = engines.of(library.held()[0])
    every = [d for d in engine.splits(("ARV", "KEL")) if d.split in ("opposite", "partial") or d.course == "healed"]
    shown = page(officer, f"/forums/{assembly}/divergences/?a=ARV&b=KEL")
    assert f"{len(every)} of " in shown
    opposite = [d for d in every if d.split == "opposite"]
    narrow = page(officer, f"/forums/{assembly}/divergences/?a=ARV&b=KEL&split=opposite")
    assert narrow.count('<th scope="row">') == min(25, len(opposite))
    if opposite:
        assert f"/forums/demo/votes/{opposite[0].event}/?a=ARV" in unescape(narrow)
    recurring = next(d for d in every if d.earlier)
    assert f"/forums/demo/votes/{recurring.earlier[0].event}/" in shown
    rows = list(csv.DictReader(io.StringIO(officer.get(f"/forums/{assembly}/divergences.csv?a=ARV&b=KEL&course=healed").content.decode())))
    assert {r["course"] for r in rows} <= {"healed"}


def test_a_roll_call_shows_official_totals_beside_the_votes_and_everybodys_vote(officer: Client, assembly: str) -> None:
    event = engines.of(library.held()[0]).calls.events[-1]
    shown = page(officer, f"/forums/{assembly}/votes/{event.id}/?a=ARV&b=KEL")
    assert f"yes {event.totals.yes}" in shown
    assert "<b>Arvena</b>" in shown
    assert json.loads(page(officer, f"/forums/{assembly}/votes/{event.id}/popolo.json"))["identifier"] == event.id
    page(officer, f"/forums/{assembly}/votes/none/", 404)


def test_a_name_that_nobody_bears_is_answered_with_what_can_be_asked(officer: Client, assembly: str) -> None:
    answer = officer.get(f"/forums/{assembly}/pair/?a=XXX&b=KEL")
    assert answer.status_code == 409
    assert "Nobody here is called XXX" in answer.content.decode()


def test_only_the_operator_releases_a_forum_and_sets_seats(officer: Client, assembly: str) -> None:
    from desk import rows

    officer.post(f"/forums/{assembly}/", {"release": "1"})
    assert ForumSetting.objects.get(pk=assembly).released
    officer.post(f"/forums/{assembly}/", {"mechanism": rows.an_id("mechanism"), "seat-arvena": "SOR", "seat-kelmor": ""})
    from comity.desk.forums.settings_of import seats_of

    assert seats_of(assembly, rows.an_id("mechanism")) == {"arvena": "SOR"}
    other = Client()
    other.force_login(rows.officer().user)
    assert other.post(f"/forums/{assembly}/", {"release": "0"}).status_code == 409
    assert ForumSetting.objects.get(pk=assembly).released


def test_a_brief_of_one_page_is_printed_as_pdf_and_as_word_with_n_intervals_and_source(officer: Client, assembly: str) -> None:
    pytest.importorskip("typst")
    from io import BytesIO

    from pypdf import PdfReader

    pdf = officer.get(f"/forums/{assembly}/brief.pdf?a=ARV&b=KEL")
    found = PdfReader(BytesIO(pdf.content))
    text = " ".join(p.extract_text() for p in found.pages)
    assert len(found.pages) == 1
    for said in ("Arvena and Kelmor", "90 % interval", "n = ", "Invented", "Source:"):
        assert said in " ".join(text.split())
    assert officer.get(f"/forums/{assembly}/brief.docx?a=ARV&b=KEL").content.startswith(b"PK")


def test_a_pair_follows_the_seats_and_marks_where_one_state_followed_another(officer: Client, passed_on: str) -> None:
    shown = page(officer, "/forums/unga/pair/?a=CHN&b=RUS")
    assert "China: Republic of China (until 1971); from 25 October 1971 China. Russia: Soviet Union; from 24 December 1991 Russia." in shown
    assert shown.count("Soviet Union → Russia</text>") == 2, "on the wide and on the narrow drawing"
    assert "The line follows the seat" in shown
    rows = list(csv.DictReader(io.StringIO(officer.get("/forums/unga/figure/alignment.csv?a=CHN&b=RUS").content.decode())))
    assert {r["unit"] for r in rows} == {"seat"}
    assert [r["period"] for r in rows if r["measure"] == "linear"] == ["25", "26", "27", "45", "46", "47", "48"]


def test_the_switch_to_the_state_leaves_out_what_another_state_voted_on_the_seat(officer: Client, passed_on: str) -> None:
    shown = page(officer, "/forums/unga/pair/?a=CHN&b=RUS")
    by_state = unescape(re.search(r'href="([^"]*unit=state[^"]*)"', shown)[1])  # type: ignore[index]  # a link that is missing fails here
    shown = page(officer, by_state)
    assert "The line follows the state" in shown
    assert "→ Russia" not in shown
    rows = list(csv.DictReader(io.StringIO(officer.get(f"/forums/unga/figure/alignment.csv?{by_state.split('?')[1]}").content.decode())))
    assert [r["period"] for r in rows if r["measure"] == "linear"] == ["46", "47", "48"]
    votes = unescape(re.search(r'href="([^"]*votes/\?[^"]*)"', shown)[1])
    assert "unit=state" in votes
    page(officer, votes)


def test_a_seat_that_is_no_longer_held_says_when_it_voted_last(officer: Client, passed_on: str) -> None:
    assert "German Democratic Republic: the last vote here is of 28 December 1972." in page(officer, "/forums/unga/pair/?a=USA&b=DDR")


def test_two_sides_that_each_are_one_state_throughout_have_nothing_to_switch(officer: Client, assembly: str) -> None:
    assert "unit=state" not in page(officer, "/forums/demo/pair/?a=ARV&b=KEL")


def test_a_roll_call_shows_the_vote_of_the_seat_and_marks_the_state_that_sat_on_it(officer: Client, passed_on: str) -> None:
    shown = page(officer, "/forums/unga/votes/1990/?a=CHN&b=RUS")
    assert "<b>Soviet Union</b>" in shown
    assert "did not take part" not in shown
    assert "not a member" in page(officer, "/forums/unga/votes/1990/?a=CHN&b=RUS&unit=state")
