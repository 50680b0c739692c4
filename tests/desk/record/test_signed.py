"""The signing page says every field in words, numbers what is listed, and shows the words of every file that the act names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.desk.record.sheet import Sheet, sheet_of
from comity.node.files import FileStore
from comity.record.statement import Statement, Subject
from comity.terms.act import URN, Act
from comity.terms.ids import digest

NAMES = {"arvena": "National Assembly of Arvena", "kelmor": "Parliament of Kelmor"}


def sheet(kind: str, body: dict[str, Any], folder: Path, **files: str) -> Sheet:
    store = FileStore(folder)
    subjects = tuple(Subject(name, store.put_bytes(text.encode())) for name, text in sorted(files.items()))
    predicate = {
        "audience": {"to": "parties"},
        "basis": {},
        "body": body,
        "mechanism": "a" * 64,
        "membership": "a" * 64,
        "proposer": "arvena",
        "refs": [],
        "relies": {},
        "said": "2026-11-20T10:00:00+00:00",
        "salt": "b" * 64,
        "signatories": ["arvena"],
    }
    payload = Statement(subjects, URN + kind, predicate).to_bytes()
    return sheet_of(Act.from_statement(digest(payload), Statement.from_bytes(payload)), payload, store, NAMES)


def lines(found: Sheet, label: str) -> list[str]:
    (fact,) = [f for f in found.facts if f["label"] == label]
    return [str(line.get("text") or line["code"]) for line in fact["lines"]]


def test_items_of_an_agenda_are_numbered_lines_in_the_words_of_meetings(tmp_path: Path) -> None:
    items = [{"key": "minutes", "kind": "minutes"}, {"key": "waters", "kind": "discussion", "party": "kelmor", "starts": "10:30"}]
    found = sheet("meetings/agenda/1", {"meeting": "c" * 64, "items": items}, tmp_path)
    said = lines(found, "Items")
    assert said[0].startswith("1. ")
    assert "Parliament of Kelmor" in said[1]
    assert "10:30" in said[1]


def test_the_reason_for_which_a_finding_was_set_aside_is_read_before_signing(tmp_path: Path) -> None:
    waiver = {"code": "NUM", "eid": "art_2", "finding": "d" * 16, "by": "arvena", "reasons": [{"lang": "en", "file": "why.en.txt"}]}
    body = {"kind": "communique", "versions": [], "waivers": [waiver]}
    found = sheet("texts/put-forward/1", body, tmp_path, **{"why.en.txt": "The Russian text counts in thousands."})
    assert [text["paragraphs"] for text in found.texts] == [["The Russian text counts in thousands."]]
    (said,) = [line for line in lines(found, "Findings set aside") if line.startswith("1. ")]
    assert "The numbers differ" in said
    assert "National Assembly of Arvena" in said


def test_a_pledge_binds_and_a_waiver_is_only_by_somebody(tmp_path: Path) -> None:
    found = sheet("commitments/undertake/1", {"by": ["arvena", "kelmor"], "nature": "joint"}, tmp_path)
    assert lines(found, "Bound") == list(NAMES.values())


def test_words_of_a_file_that_is_missing_are_named_and_not_skipped(tmp_path: Path) -> None:
    body = {"commitment": "c" * 64, "progress": "done", "notes": [{"lang": "ru", "file": "note.ru.txt"}]}
    assert sheet("commitments/report/1", body, tmp_path).unreadable == ["note.ru.txt: 'note.ru.txt'"]
