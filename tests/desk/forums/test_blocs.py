"""Blocs on the desk: named, changed, taken in and given out, picked where a group is shown, and seen by nobody else."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.desk.forums import library
from comity.desk.forums.models import ForumSetting
from comity.forums.blocs import Membership, held
from desk import rows
from desk.forums.conftest import needs_engine

pytestmark = [pytest.mark.django_db, needs_engine]
BLOCS = "/forums/demo/blocs/"


def name(client: Client, lines: str = "ARV\nKEL\nSOR 2003", **more: str) -> Any:
    return client.post(BLOCS, {"name": "Straits Five", "lines": lines, "source": "Treaty of Sela", **more})


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_bloc_is_named_once_and_picked_where_a_group_is_shown(officer: Client, assembly: str) -> None:
    assert "No bloc is named yet" in shown(officer, BLOCS)
    assert name(officer).status_code == 302
    assert "Treaty of Sela" in shown(officer, BLOCS)
    page = shown(officer, "/forums/demo/bloc/?bloc=Straits+Five")
    assert '<option value="Straits Five" selected>' in page
    assert "How closely it votes together" in page
    assert "Treaty of Sela" in page


def test_every_mark_of_the_cohesion_opens_the_roll_calls_that_were_counted(officer: Client, assembly: str) -> None:
    name(officer)
    rows_ = list(csv.DictReader(io.StringIO(officer.get("/forums/demo/figure/cohesion.csv?bloc=Straits+Five").content.decode())))
    counted = {(r["session"], r["index"]): r["n"] for r in rows_}
    page = shown(officer, "/forums/demo/bloc/?bloc=Straits+Five")
    marks = {unescape(m) for m in re.findall(r'href="([^"]*bloc/votes/[^"]*)"', page)}
    assert len(marks) == len(counted) == 16
    for mark in marks:
        session = re.search(r"session=(\d+)", mark)[1]  # type: ignore[index]  # a mark without one fails here
        row = counted[session, "rice" if "index=rice" in mark else "agreement index"]
        assert f">{row}<" in shown(officer, mark)


def test_members_named_one_by_one_are_measured_the_same_way(officer: Client, assembly: str) -> None:
    assert "How closely it votes together" in shown(officer, "/forums/demo/bloc/?members=ARV+KEL")
    assert "How closely it votes together" not in shown(officer, "/forums/demo/bloc/")


def test_mistakes_in_a_bloc_are_named_by_line_and_nothing_is_kept(officer: Client, assembly: str) -> None:
    answer = name(officer, "ARV\nQQQ\nKEL May")
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "line 2 ('QQQ')" in page
    assert "line 3 (May)" in page
    assert "ARV\nQQQ\nKEL May</textarea>" in page
    assert held(library.home(), "demo") == []


def test_a_bloc_is_changed_and_removed(officer: Client, assembly: str) -> None:
    name(officer)
    assert "SOR 2003</textarea>" in shown(officer, f"{BLOCS}?edit=Straits+Five")
    name(officer, "ARV\nKEL", old="Straits Five", name="Two")
    assert [b.name for b in held(library.home(), "demo")] == ["Two"]
    officer.post(BLOCS, {"remove": "Two"})
    assert held(library.home(), "demo") == []


def test_blocs_go_out_as_csv_and_come_in_again(officer: Client, assembly: str) -> None:
    name(officer)
    given = officer.get("/forums/demo/blocs.csv").content
    officer.post(BLOCS, {"remove": "Straits Five"})
    assert officer.post(BLOCS, {"file": SimpleUploadedFile("blocs.csv", given)}).status_code == 302
    assert held(library.home(), "demo")[0].memberships == (Membership("ARV"), Membership("KEL"), Membership("SOR", "2003"))
    answer = officer.post(BLOCS, {"file": SimpleUploadedFile("blocs.csv", b"bloc,member\nX,ARV\nX,ZZZ\n")})
    assert answer.status_code == 422
    assert "row 3" in answer.content.decode()
    assert [b.name for b in held(library.home(), "demo")] == ["Straits Five"]


def test_the_public_sees_no_bloc_and_a_reader_changes_none(officer: Client, public: Client, assembly: str) -> None:
    name(officer)
    ForumSetting.objects.create(id="demo", released=True)
    shown(public, BLOCS, 404)
    shown(public, "/forums/demo/blocs.csv", 404)
    page = shown(public, "/forums/demo/bloc/?bloc=Straits+Five")
    assert "Straits Five" not in page
    public.force_login(rows.officer("reader").user)
    assert "Straits Five" in shown(public, BLOCS)
    assert name(public).status_code == 409
