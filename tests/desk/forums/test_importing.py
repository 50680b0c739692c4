"""Dropping files: each kind is recognised, a bad one names its rows and offers the mapping, and nothing is half imported."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from comity.desk.forums import jobs, library, told, work
from desk.forums.conftest import SHARED, needs_engine

pytestmark = [pytest.mark.django_db, needs_engine]

HEAD = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes,total_no,total_abstentions\n"


def undl(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode()


GOOD = undl(
    "1,CHN,CHINA,Y,2025-12-01,80,A/RES/80/1,Peace,2,0,0",
    "1,RUS,RUSSIAN FEDERATION,Y,2025-12-01,80,A/RES/80/1,Peace,2,0,0",
    "2,CHN,CHINA,Y,2025-12-02,80,A/RES/80/2,Trade,1,1,0",
    "2,RUS,RUSSIAN FEDERATION,N,2025-12-02,80,A/RES/80/2,Trade,1,1,0",
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job's process, in this one."""

    def begin(job: jobs.Job, home: Path) -> None:
        monkeypatch.setattr("sys.argv", ["work", str(home), job.key])
        monkeypatch.setattr("os.nice", lambda _: 0)
        assert work.main() == 0

    monkeypatch.setattr(jobs, "begin", begin)


def drop(client: Client, *files: tuple[str, bytes], **more: str) -> str:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post("/forums/import/", {"forum": "unga", **more, "files": sent})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer.headers["Location"])


def test_an_official_file_is_imported_and_its_report_shown(officer: Client, home: Path) -> None:
    where = drop(officer, ("2026_voting.csv", GOOD))
    assert officer.get(where).headers["Location"] == "/forums/unga/report/"
    assert [f.extent["events"] for f in library.held()] == [2]
    assert "China and Russia" in officer.get("/forums/unga/pair/?a=CHN&b=RUS").content.decode()


def test_a_zip_of_the_file_is_unpacked(officer: Client, home: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../voting.csv", GOOD)
    drop(officer, ("voting.zip", packed.getvalue()))
    assert [f.id for f in library.held()] == ["unga"]


BAD = {
    "wrong columns": (b"country,decision,what\nCHN,Y,1\n", "has no column event, voter, option, date", "row 1: country, decision, what"),
    "an unknown country": (undl("1,XKX,KOSOVO,Y,2025-12-01,80,A/RES/80/1,Peace,1,0,0"), "The code XKX (KOSOVO) names no state", "row 2"),
    "a vote that stands twice": (
        undl("1,CHN,CHINA,Y,2025-12-01,80,A/RES/80/1,Peace,1,0,0", "1,CHN,CHINA,N,2025-12-01,80,A/RES/80/1,Peace,1,0,0"),
        "Votes that stand twice",
        "rows 2, 3",
    ),
    "two states under one code": (
        undl("1,YAR,YEMEN,Y,1985-12-01,40,A/RES/40/1,Peace,1,0,0"),
        "The code YAR (YEMEN) names two states: YAR, YMD.",
        "row 2",
    ),
    "a vote that is none": (undl("1,CHN,CHINA,Q,2025-12-01,80,A/RES/80/1,Peace,1,0,0"), "These votes are none that is known", "row 2"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_rows_and_offers_the_mapping_and_nothing_is_imported(officer: Client, home: Path, case: str) -> None:
    data, said, place = BAD[case]
    drop(officer, ("good.csv", GOOD))
    before = library.held()[0].digest
    shown = officer.get(drop(officer, ("bad.csv", data))).content.decode()
    assert said in shown
    assert place in shown
    assert 'name="codes"' in shown
    assert [f.digest for f in library.held()] == [before]


def test_the_mapping_settles_what_the_report_offers_with_the_same_file(officer: Client, home: Path) -> None:
    where = drop(
        officer, ("bad.csv", undl("1,XKX,KOSOVO,Y,2025-12-01,80,A/RES/80/1,Peace,1,1,0", "1,RUS,,N,2025-12-01,80,A/RES/80/1,Peace,1,1,0"))
    )
    assert "XKX = " in officer.get(where).content.decode()
    officer.post(where, {"codes": "XKX = SRB", "options": "", "registry": "un"})
    assert officer.get(where).status_code == 302
    assert library.held()[0].extent["voters"] == 2


def test_a_generic_file_is_read_by_the_mapping_of_its_columns(officer: Client, home: Path) -> None:
    data = b"nr,land,stimme,tag\n7,AA,ja,2024-05-01\n7,BB,nein,2024-05-01\n"
    where = drop(officer, ("x.csv", data), forum="other", short="ipu", name="Union")
    columns = {"column_event": "nr", "column_voter": "land", "column_option": "stimme", "column_date": "tag"}
    answer = officer.post(where, columns | {"codes": "", "options": "ja = yes\nnein = no", "registry": "none"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert [(f.id, f.extent["events"]) for f in library.held()] == [("ipu", 1)]


def test_totals_that_disagree_are_listed_and_the_import_stands(officer: Client, home: Path) -> None:
    where = drop(
        officer, ("f.csv", undl("1,CHN,CHINA,Y,2025-12-01,80,A/RES/80/1,Peace,9,0,0", "1,RUS,,N,2025-12-01,80,A/RES/80/1,Peace,9,0,0"))
    )
    shown = officer.get(where, follow=True).content.decode()
    assert "A/RES/80/1" in shown
    assert "yes 9" in shown


def test_what_is_no_csv_is_refused_at_the_form(officer: Client, home: Path) -> None:
    answer = officer.post("/forums/import/", {"forum": "unga", "files": SimpleUploadedFile("votes.exe", b"MZ")})
    assert answer.status_code == 422
    assert "votes.exe is no CSV file" in answer.content.decode()
    assert not jobs.listed(home)


def test_readers_and_the_public_cannot_import(public: Client, home: Path) -> None:
    from desk import rows

    assert public.post("/forums/import/", {"forum": "unga", "files": SimpleUploadedFile("f.csv", GOOD)}).status_code == 409
    public.force_login(rows.officer("reader").user)
    assert public.post("/forums/import/", {"forum": "unga", "files": SimpleUploadedFile("f.csv", GOOD)}).status_code == 409
    assert not library.held()


def test_a_job_is_seen_by_officers_only_and_a_refused_one_can_be_thrown_away(officer: Client, public: Client, home: Path) -> None:
    where = drop(officer, ("bad.csv", BAD["wrong columns"][0]))
    assert public.get(where).status_code == 404
    officer.post(where, {"discard": "1"})
    assert officer.get(where).status_code == 404


def test_the_files_of_the_long_format_are_dropped_together(officer: Client, home: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the real roll calls (shared/data/unga) are not beside this checkout")
    names = ("rollcalls.csv.gz", "votes.csv.gz", "countries.csv", "bridges.csv")
    drop(officer, *((n, (SHARED / n).read_bytes()) for n in names))
    assert [f.extent["events"] for f in library.held()] == [6017]
    assert "92" in officer.get("/forums/unga/report/").content.decode()


def test_ideal_points_are_estimated_by_a_job_and_shown_with_seed_rhat_and_input(officer: Client, assembly: str) -> None:
    assert "Nothing is estimated yet" in officer.get("/forums/demo/points/").content.decode()
    where = officer.post("/forums/demo/points/", {"how": "quick"}).headers["Location"]
    assert officer.get(where).headers["Location"] == "/forums/demo/points/"
    shown = officer.get("/forums/demo/points/?members=ARV+KEL").content.decode()
    for said in ("R-hat", "Gibbs sampling", "2 × 3200, 1", "Arvena"):
        assert said in shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("votes.csv row 3 ('yeah')", "votes.csv строка 3 ('yeah')"),
        ("votes.csv rows 2, 5 (CHN: 12)", "votes.csv строки 2, 5 (CHN: 12)"),
        ("710 = CHN: 9 rows", "710 = CHN: 9 строк"),
        ("2: 41 roll calls", "2: 41 голосование"),
        ("line 2 ('QQQ')", "строка 2 ('QQQ')"),
    ],
)
def test_where_something_stands_is_said_in_the_readers_language(said: str, shown: str) -> None:
    with translation.override("ru"):
        assert told.place(said) == shown
