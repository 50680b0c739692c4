"""What one side prepares stays on its node: no page, file, export, exchange or byte of another node holds anything of it."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from browser import story
from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes
from comity.errors import ComityError
from comity.node.fetcher import PeerFetcher
from comity.node.home import Home
from comity.node.node import Node
from comity.node.setup import own_card

MARK = "quietly-prepared-8d1f6c"  # stands in everything that Arvena's drafter types or attaches here
BYTES = f"A paper that nobody else has read: {MARK}.\n".encode()
FILE = sha256(BYTES).hexdigest()


@pytest.fixture(scope="module")
def prepared(seeded: Nodes, sit_long: Sit) -> list[str]:
    """Drafts of Arvena that hold the mark, in every state that a draft can have; their paths."""
    ilena = sit_long(seeded, "arvena", "ru", "ilena")
    ilena.open("/commitments/")
    commitment = re.findall(r"/commitments/([0-9a-f]{64})/", ilena.page.content())[0]
    attached = FilePayload(name=f"{MARK}.txt", mimeType="text/plain", buffer=BYTES)
    form = f"/commitments/report/?commitment={commitment}"
    closed = ilena.draft(form, {"progress": "done", "when": "2026-11-01", "note_ru": MARK}, file=attached)
    kept = story.sketch(ilena, name_en=f"Committee {MARK}")

    ilena.open("/mechanisms/found/")
    with ilena.page.expect_response(lambda answer: answer.request.method == "POST") as autosave:
        ilena.page.locator('#act [name="name_en"]').fill(f"Autosaved {MARK}")
        ilena.page.locator('#act [name="name_ru"]').focus()
    assert autosave.value.ok
    ilena.page.locator('#act input[name="draft"][value]:not([value=""])').wait_for(state="attached")
    typed = ilena.page.locator('#act input[name="draft"]').input_value()
    return [closed, kept, f"/desk/drafts/{typed}/"]


def others(nodes: Nodes, sit: Sit) -> Iterator[tuple[str, Desk]]:
    yield "the public at Arvena", sit(nodes, "arvena", "en")
    yield "an officer of Kelmor", sit(nodes, "kelmor", "en", "juno")
    yield "the public at Kelmor", sit(nodes, "kelmor", "en")
    yield "the observer", sit(nodes, "harbour", "en", "mika")


LISTS = ("/", "/mechanisms/", "/meetings/", "/texts/", "/commitments/", "/desk/inbox/", "/desk/outbox/", "/desk/record/", "/desk/export/")


def test_the_drafters_own_side_sees_them_and_the_file(seeded: Nodes, prepared: list[str], sit: Sit) -> None:
    tovan = sit(seeded, "arvena", "en", "tovan")
    for path in prepared:
        assert tovan.open(path).status == 200
    tovan.open(prepared[0])
    assert tovan.page.request.get(f"{tovan.address}/desk/files/{FILE}/").body() == BYTES
    assert MARK in tovan.page.content()


def test_nobody_else_sees_them_on_any_page_or_gets_the_file(seeded: Nodes, prepared: list[str], sit: Sit) -> None:
    for who, desk in others(seeded, sit):
        for path in prepared:
            desk.open(path)
            assert desk.path() != path or desk.page.locator("#sign").count() == 0, who
            assert MARK not in desk.page.content(), who
        assert desk.page.request.get(f"{desk.address}/desk/files/{FILE}/").status == 404, who
        known = re.findall(r"/(?:mechanisms|commitments|desk/record)/[0-9a-f]{64}/", "".join(_pages(desk, LISTS, who)))
        for _page in _pages(desk, dict.fromkeys(known), who):
            pass


def _pages(desk: Desk, paths: Iterable[str], who: str) -> Iterator[str]:
    for path in paths:
        page = desk.page.request.get(desk.address + path).text()
        assert MARK not in page, f"{who} finds it on {path}"
        assert FILE not in page, f"{who} finds the file's hash on {path}"
        yield page


def test_no_export_holds_them_not_even_the_full_one_for_the_other_party(
    seeded: Nodes, prepared: list[str], sit: Sit, tmp_path: Path
) -> None:
    readers = (("arvena", "ilena"), ("arvena", ""), ("kelmor", "juno"))
    for number, desk in enumerate(sit(seeded, house, "en", persona) for house, persona in readers):
        desk.open("/desk/export/")
        pouch = desk.download("/desk/export/", tmp_path / str(number))
        with zipfile.ZipFile(pouch) as opened:
            assert not [name for name in opened.namelist() if FILE in name]
            assert not [name for name in opened.namelist() if MARK.encode() in opened.read(name)]


def test_the_exchange_hands_out_nothing_of_them_even_to_the_other_party(seeded: Nodes, prepared: list[str], sit: Sit) -> None:
    tovan = sit(seeded, "arvena", "en", "tovan")
    mechanism = re.findall(r"/mechanisms/([0-9a-f]{64})/", _html(tovan, "/mechanisms/"))[0]
    tovan.open(prepared[0])
    act = "".join(tovan.page.locator("aside .finger > span:not(.vh)").all_inner_texts())
    assert re.fullmatch("[0-9a-f]{64}", act)

    arvena, kelmor = (Node(Home(seeded.home(h)), clock=lambda: datetime.now(UTC), entropy=os.urandom) for h in ("arvena", "kelmor"))
    reach = PeerFetcher(own_card(arvena), host=kelmor.host, key=kelmor.custody.key("transport"), now=kelmor.now, entropy=os.urandom)
    for base in (f"/exchange/1/record/{mechanism}", f"/record/{mechanism}"):
        assert reach.get(f"{base}/acts/{mechanism}.json"), "what is said is handed out"
        for path in (f"files/{FILE}", f"acts/{act}.json"):
            with pytest.raises(ComityError, match="nothing at this path"):
                reach.get(f"{base}/{path}")
    reach.close()


def _html(desk: Desk, path: str) -> str:
    desk.open(path)
    return desk.page.content()


def test_no_byte_of_them_lies_in_another_nodes_folder(seeded: Nodes, prepared: list[str]) -> None:
    assert holding(seeded.home("arvena"), MARK.encode()), "it is there where it was typed"
    assert holding(seeded.home("arvena"), BYTES)
    for house in ("kelmor", "harbour"):
        assert not holding(seeded.home(house), MARK.encode())
        assert not [path for path in seeded.home(house).rglob("*") if FILE in path.name]


def holding(folder: Path, words: bytes) -> list[Path]:
    """The files under a folder that hold these bytes: the database with its journal, stored files, everything."""
    return [path for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]
