"""Pages of the observed record: counts that open their records, disagreements side by side, nothing that looks signed."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django import Settings as Changed

from comity.node.home import Home
from desk.rows import officer

pytestmark = pytest.mark.django_db
CASE = "/observed/china-russia/"
LISTS = ("meetings", "commitments", "follow_up", "statements", "conflicts", "persons", "texts", "sources")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["zh-hans", "ru", "en"])
@pytest.mark.parametrize("path", ["/observed/", CASE, "/observed/eu-uk-ppa/", *(f"{CASE}{one}/" for one in LISTS)])
def test_every_page_is_there_in_every_language_and_wears_the_dotted_ring(client: Client, observer: Home, language: str, path: str) -> None:
    page = text(client, f"{path}?lang={language}").partition("<main")[2].partition("</main>")[0]  # not the masthead's legend of seals
    seals = re.findall(r'<svg class="seal seal--?[sm]?[^>]*>.*?</svg>|<svg class="seal"[^>]*viewBox="0 0 20 20"[^>]*>.*?</svg>', page)
    assert seals
    assert all("<circle" in one and "<path" not in one for one in seals)


def test_the_counts_open_lists_of_as_many_records(client: Client, observer: Home) -> None:
    page = text(client, CASE)
    for path, number in re.findall(r'<a href="(/observed/[^"]+)"><b>(\d+)</b>', page):
        found = client.get(path).context["page"].paginator.count
        assert found == int(number), path


def test_each_number_of_the_matrix_opens_as_many_commitments(client: Client, observer: Home) -> None:
    page = text(client, CASE)
    cells = re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)</a>', page)
    assert len(cells) > 15
    for path, number in cells:
        assert client.get(path).context["page"].paginator.count == int(number), path


def test_only_twelve_of_eighty_one_are_said_to_be_joint(client: Client, observer: Home) -> None:
    assert "Only 12 of 81 are reported as agreed by all." in text(client, CASE)


def test_three_days_of_one_meeting_stand_side_by_side_with_their_sources(client: Client, observer: Home) -> None:
    page = text(client, f"{CASE}conflicts/k01/")
    for said in ("2025-08-25 (opening by Zhao Leji and Volodin)", "2025-08-26 (working session)", "22 August 2025"):
        assert said in page
    assert "https://www.kommersant.ru/" in page
    assert "gde126.com (blog)" in page


def test_addresses_of_mirrors_copies_and_other_domains_are_never_links(client: Client, observer: Home) -> None:
    pages = [text(client, CASE), text(client, "/observed/eu-uk-ppa/")]
    pages += [text(client, f"{CASE}{kind}/?page={n}") for kind in LISTS for n in (1, 2, 3, 4)]
    pages += [text(client, f"{CASE}sources/{id}/") for id in ("zc8013-20180705", "npc-20220913", "scraper-2025", "zgssjd-20150614")]
    links = {link for page in pages for link in re.findall(r'href="(https?://[^"]+)"', page)}
    assert len(links) > 60
    for domain in (
        "zc8013",
        "cdurl",
        "23yue",
        "zgssjdxws",
        "whygutenberg",
        "cdwanao",
        "nbnewpower",
        "bazhesc",
        "baogaosu",
        "jctrans",
        "issuu",
    ):
        assert not any(domain in link for link in links), domain
    assert "m.zc8013.com" in pages[-4]  # kept, and shown


def test_a_meeting_shows_both_levels_of_chairs_and_what_was_said_there(client: Client, observer: Home) -> None:
    page = text(client, f"{CASE}meetings/joint-10/")
    for said in ("Zhao Leji", "Working session chaired by", "Lou Qinjian", "25 August 2025 to 26 August 2025"):
        assert said in page


def test_the_line_has_two_old_series_that_end_in_the_new_one(client: Client, observer: Home) -> None:
    chart = client.get(CASE).context["chart"]
    assert {s.key: (s.into, s.out_of) for s in chart.series} == {
        "old-fc": ("joint", ""),
        "old-gd": ("joint", ""),
        "joint": ("", ""),
        "wg": ("", "joint"),
    }
    assert chart.age.text == "20 years"
    assert len(chart.moments) == 3


def test_words_of_ours_are_marked_as_english_on_other_pages(client: Client, observer: Home) -> None:
    page = text(client, f"{CASE}commitments/?lang=zh-hans")
    assert re.search(r'<span lang="en">Meet once a year, in turn in the two countries </span>', page)


def test_a_wrong_first_name_stands_beside_the_right_one(client: Client, observer: Home) -> None:
    page = text(client, f"{CASE}persons/volodin/")
    assert "弗拉基米尔·沃洛金" in page
    assert "维亚切斯拉夫·沃洛金" in page


def test_every_thing_has_a_page(client: Client, observer: Home) -> None:
    from comity.desk.observations.state import observed

    for case in observed().values():
        for kind, things in case.things.items():
            for thing in list(things.values())[:12]:
                text(client, f"/observed/{case.id}/{kind}/{thing.id}/")


def test_what_is_not_observed_is_not_there(client: Client, observer: Home) -> None:
    for path in ("/observed/nowhere/", f"{CASE}rumours/", f"{CASE}meetings/joint-99/"):
        assert client.get(path).status_code == 404


def test_pages_ask_the_database_nothing(client: Client, observer: Home, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get(CASE)
    for path in (CASE, f"{CASE}commitments/", f"{CASE}sources/"):
        with django_assert_num_queries(0):
            client.get(path)


def test_a_partys_observations_are_its_officers_alone(client: Client, party: Home) -> None:
    assert "china-russia" not in text(client, "/observed/")
    assert client.get(CASE).status_code == 404
    client.force_login(officer().user)
    assert "81" in text(client, CASE)


def test_without_a_log_the_page_says_how_to_begin(client: Client, observer: Home, tmp_path: Path, settings: Changed) -> None:
    settings.HOME = Home(tmp_path)
    assert "comity observe import FILE" in text(client, "/observed/")


def test_a_log_that_was_changed_is_not_shown(client: Client, observer: Home, tmp_path: Path, settings: Changed) -> None:
    shutil.copytree(observer.folder, tmp_path / "node")
    settings.HOME = Home(tmp_path / "node")
    victim = next(p for p in sorted((tmp_path / "node" / "observations" / "fragments").rglob("*")) if p.is_file())
    victim.write_bytes(victim.read_bytes().replace(b"observation", b"0bservation"))
    answer = client.get(CASE)
    assert answer.status_code >= 400
    assert "Zhao Leji" not in answer.content.decode()
