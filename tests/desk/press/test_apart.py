"""Reading in a process apart: started when asked, ended when idle, killed when it takes too long; whatever happens to it is told."""

from __future__ import annotations

import os
import queue
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings as Changed

from comity.desk.press import reading
from comity.desk.press.apart import Apart, Which
from comity.desk.press.models import Source
from comity.errors import Malformed, Refused
from comity.press.readers import read
from comity.press.registry import KnownBody, KnownCommitment, KnownMeeting, KnownPerson, Registry
from comity.terms.names import Name
from desk.press.conftest import ARTICLE, HandIn

KNOWN = Registry(
    (KnownPerson("p1", (Name("Orla Venn", "en"), Name("奥尔拉·文恩", "zh")), "speaker", None, "GB"),),
    (KnownBody("b1", (Name("Parliament of Kelmor", "en"),)),),
    (KnownMeeting("m1", (Name("Arvena–Kelmor Committee", "en"),), 4, "2026-11-11", "Ostrel"),),
    (KnownCommitment("c1", "We will send the first list of our water laws", ("Tovan Brel",), "2026-01-01"),),
)


@pytest.fixture
def apart() -> Iterator[Apart]:
    one = Apart()
    yield one
    one.end()


def python(program: str, **more: float) -> Apart:
    """A process that does not what it should."""
    return Apart([sys.executable, "-c", program], **more)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_reads_as_the_same_reader_does_here_with_all_that_is_known(apart: Apart) -> None:
    day = date(2026, 11, 18)
    which = apart.which("en", "rules")
    mine = apart.read(ARTICLE, "en", KNOWN, day, which.name)
    here = read(ARTICLE, "en", KNOWN, day, reader="rules")
    assert replace(mine, reader_version="") == replace(here, reader_version="")
    assert which.version == mine.reader_version
    assert mine.relations


def test_one_process_serves_one_source_after_another(apart: Apart) -> None:
    assert apart.pid is None
    apart.read(ARTICLE, "en", Registry(), None, "rules")
    first = apart.pid
    apart.read("双方同意加强合作。" * 3, "zh", Registry(), None, "rules")
    assert apart.pid == first is not None


def test_what_a_reader_refuses_is_refused_here_and_the_process_goes_on(apart: Apart) -> None:
    with pytest.raises(Malformed, match=r"empty|nothing"):
        apart.read("", "en", Registry(), None, "rules")
    with pytest.raises(Refused, match="no reader named"):
        apart.which("en", "tea-leaves")
    assert apart.pid is not None
    assert apart.read(ARTICLE, "en", Registry(), None, "rules").statements


def test_one_that_ended_of_idleness_is_started_anew() -> None:
    apart = Apart(idle=0.05)
    apart.read(ARTICLE, "en", Registry(), None, "rules")
    assert apart._child is not None
    assert apart._child.wait(10) == 0
    assert apart.read(ARTICLE, "en", Registry(), None, "rules").statements
    apart.end()


def test_one_that_was_killed_between_two_sources_is_started_anew(apart: Apart) -> None:
    apart.read(ARTICLE, "en", Registry(), None, "rules")
    assert apart._child is not None
    os.kill(apart._child.pid, signal.SIGKILL)
    apart._child.wait(10)
    assert apart.read(ARTICLE, "en", Registry(), None, "rules").statements


def test_one_that_breaks_down_is_told_with_a_remedy() -> None:
    for program in ("import os; input(); os.abort()", "raise RuntimeError", "input(); print()", "input()"):
        apart = python(program)
        with pytest.raises(Refused, match="broke down") as caught:
            apart.read(ARTICLE, "en", Registry(), None, "rules")
        assert "in parts" in caught.value.remedy
        assert apart.pid is None


def test_a_text_that_breaks_a_warm_process_down_is_not_tried_on_another(tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    answer = '{"name": "rules", "version": "1", "notes": []}'
    program = f"import os\ninput(); print('{answer}', flush=True)\ninput(); open({str(tried)!r}, 'a').write('x'); os.abort()"
    apart = python(program)
    apart.which("en", "rules")
    with pytest.raises(Refused, match="broke down"):
        apart.read(ARTICLE, "en", Registry(), None, "rules")
    assert tried.read_text() == "x"


def test_one_that_takes_too_long_is_killed_and_told_with_a_remedy() -> None:
    apart = python("import time; time.sleep(600)", within=0.2)
    before = time.monotonic()
    with pytest.raises(Refused, match="longer than"):
        apart.which("en", "rules")
    assert time.monotonic() - before < 5
    assert apart.pid is None


def test_it_ends_when_the_server_does() -> None:
    apart = Apart()
    apart.which("en", "rules")
    child = apart._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.close()  # as the system does for a process that ends, however it ends
    assert child.wait(10) == 0
    apart.end()


@pytest.mark.django_db
def test_the_reader_is_loaded_while_somebody_looks_for_the_article(
    desk: Client, settings: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: queue.Queue[tuple[str, str | None]] = queue.Queue()

    class Loads(Apart):
        def which(self, language: str, name: str | None) -> Which:
            asked.put((language, name))
            raise Refused("Not today.")

    monkeypatch.setattr(reading.apart, "THE", Loads())
    settings.PRESS_READS_AT_ONCE, settings.PRESS_READER = False, None
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert desk.get("/press/paste/").status_code == 200
    assert asked.get(timeout=5) == ("zh", None)


@pytest.mark.django_db
def test_a_break_down_is_told_on_the_page_in_its_language(
    desk: Client, hand_in: HandIn, settings: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = hand_in()
    Source.objects.filter(pk=source.key).update(state=Source.NEW)
    reading.read_now(source.key, python("import os; input(); os.abort()"))
    assert Source.objects.get().state == Source.FAILED
    page = desk.get(f"/press/{source.key}/").content.decode()
    assert "The reader broke down over this text" in page
    assert "in parts" in page
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    assert "The reader broke down" not in desk.get(f"/press/{source.key}/").content.decode()
    desk.post(f"/press/{source.key}/describe/")
    assert Source.objects.get().state == Source.REVIEW, "it can be read again"


@pytest.mark.django_db
def test_a_source_is_read_apart_as_it_would_be_here(hand_in: HandIn, apart: Apart) -> None:
    here = hand_in()
    there = hand_in(ARTICLE + "\n")
    Source.objects.filter(pk=there.key).update(state=Source.NEW, text=ARTICLE + "\n\n")
    reading.read_now(there.key, apart)
    there.refresh_from_db()
    assert there.state == Source.REVIEW
    assert [p.value for p in there.proposals.all()] == [p.value for p in here.proposals.all()]
