"""What lists call acts that have no title of their own."""

from __future__ import annotations

from typing import Any

import pytest

from comity.desk.node import the_node
from comity.desk.record.project import TITLES
from comity.ledger.vocabulary import TYPES
from comity.terms.act import Act
from desk import rows
from domains.known import FOUNDING, MEETING, TEXT, Acts, an_act, known

pytestmark = pytest.mark.django_db
ITEM = {"forum": "unga", "session": 82, "key": "0" * 16, "names": [{"lang": "en", "text": "The Straits"}]}
TERMS = [
    {"lang": "en", "text": "committee", "use": "preferred"},
    {"lang": "en", "text": "commission", "use": "forbidden"},
    {"lang": "ru", "text": "комиссия", "use": "preferred"},
]


class Viewed:
    """A view of a few known acts, all of them in force, with the sample text's files."""

    mechanism = FOUNDING

    def __init__(self, found: Acts) -> None:
        self.found = found

    def act(self, act_id: str) -> Act:
        return self.found.act(act_id)

    def misunderstanding(self, act_id: str) -> None:
        return None

    def file(self, sha256: str) -> bytes | None:
        return the_node().files.read(sha256)


def called(kind: str, body: dict[str, Any]) -> dict[str, str]:
    found = known()
    stored = rows.files()
    versions = [{"lang": v["lang"], "status": v["status"], "file": v["file"]} for v in stored]
    files = {v["file"]: v["sha256"] for v in stored}
    found.acts[TEXT] = an_act(TEXT, "texts/adopt/1", {"kind": "communique", "versions": versions}, files=files)
    act = an_act("9" * 64, kind, body)
    name = kind.rpartition("/")[0]
    return (TITLES.get(name) or TITLES[name.partition("/")[0]])(Viewed(found), act)


def test_a_term_is_called_by_its_preferred_words() -> None:
    assert called("texts/approve-term/1", {"key": "committee", "terms": TERMS}) == {"en": "committee", "ru": "комиссия"}


def test_a_comment_is_called_by_the_title_of_its_text() -> None:
    body = {"text": TEXT, "notes": [{"lang": "en", "file": "note.en.txt"}]}
    assert called("texts/comment/1", body) == rows.TITLES


def test_a_position_is_called_by_its_item() -> None:
    assert called("forums/agree-position/1", {"item": ITEM, "agreed": "none", "wording": []}) == {"en": "The Straits"}
    assert called("forums/position/1", {"item": ITEM, "line": "yes", "wording": []}) == {"en": "The Straits"}


def test_an_agenda_without_its_files_and_a_closing_are_called_by_their_meeting() -> None:
    assert called("meetings/close/1", {"meeting": MEETING})["en"] == "First meeting"
    assert called("meetings/agenda/1", {"meeting": MEETING, "versions": []})["ru"] == "Первое заседание"


def test_every_type_of_a_domain_has_an_app_that_calls_it_something() -> None:
    assert {kind for kind in TYPES if kind.partition("/")[0] not in TITLES} == {k for k in TYPES if k.startswith("acts/")}
