"""Rows of texts and commitments from a record: what the acts say, in whatever order they are projected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from comity.desk.commitments import project as commitments
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.texts import project as texts
from comity.desk.texts.models import CommentRow, TextRow
from comity.errors import Unsayable
from comity.terms.act import Act
from comity.terms.audience import Audience
from comity.terms.ids import digest
from comity.texts.akn import file_name, to_akn
from desk import rows

pytestmark = pytest.mark.django_db

MECHANISM = rows.an_id("mechanism")


@dataclass(eq=False)
class Record:
    """A record in memory: every act is in force, the last writer of a cell is its head."""

    mechanism: str = MECHANISM
    acts: dict[str, Act] = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)
    stored: dict[str, bytes] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)

    def say(self, name: str, kind: str, body: Mapping[str, Any], cell: str = "", files: Mapping[str, bytes] | None = None) -> str:
        act_id = rows.an_id(name)
        named = {file: digest(data) for file, data in (files or {}).items()}
        self.stored |= {digest(data): data for data in (files or {}).values()}
        party = cell.partition("@")[2] or "arvena"
        written = cell or f"{act_id}/state"
        self.acts[act_id] = Act(
            id=act_id,
            type=kind,
            mechanism=MECHANISM,
            membership=MECHANISM,
            proposer=party,
            signatories=("arvena", "kelmor"),
            basis={written: frozenset()},
            relies={},
            refs=frozenset(),
            body=body,
            audience=Audience("public"),
            said="2026-11-12T10:00:00+03:00",
            files=named,
        )
        self.cells.setdefault(written, []).append(act_id)
        return act_id

    def act(self, act_id: str) -> Act:
        return self.acts[act_id]

    def standing(self, act_id: str) -> Any:
        return SimpleNamespace(status="in_force")

    def heads(self, cell: str) -> frozenset[str]:
        return frozenset(self.cells.get(cell, [])[-1:])

    def writers(self, cell: str) -> tuple[str, ...]:
        return tuple(self.cells.get(cell, []))

    def misunderstanding(self, act_id: str) -> Unsayable | None:
        return Unsayable("{type} is not known to this version.", type="newer") if act_id in self.odd else None

    def file(self, sha256: str) -> bytes | None:
        return self.stored.get(sha256)

    def read_ahead(self, act_ids: Collection[str]) -> None:
        """Everything is at hand."""

    def arrived(self, act_id: str) -> int:
        return 0


@pytest.fixture
def record() -> Record:
    made = Record()
    made.say("mechanism", "mechanisms/found/1", {"parties": [{"id": "arvena"}, {"id": "kelmor"}]})
    made.say("text", "texts/adopt/1", {"kind": "communique", "versions": versions()}, files=files())
    return made


def versions() -> list[dict[str, str]]:
    return [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in rows.LANGUAGES]


def files(words: Mapping[str, str] | None = None) -> dict[str, bytes]:
    return {file_name(lang): to_akn(rows.version(lang, (words or {}).get(lang, "")), rows.META) for lang in rows.LANGUAGES}


def undertaking() -> dict[str, Any]:
    marks = []
    for lang, words in rows.QUOTES.items():
        start = rows.version(lang).by_eid()["art_1"].text.index(words)
        marks.append({"lang": lang, "eid": "art_1", "start": start, "end": start + len(words), "sha256": digest(words.encode())})
    text = rows.an_id("text")
    body = {"text": text, "version": text, "marks": marks, "nature": "duty", "by": ["arvena", "kelmor"], "due": {"by": "2027-02"}}
    return body | {"areas": ["law"]}


def test_a_text_has_its_titles_files_and_every_step_of_its_history(record: Record) -> None:
    text = rows.an_id("text")
    other = files({"en": rows.WORDS["en"].replace("2027", "2028")})
    body = {"text": text, "versions": versions(), "corrections": [{"lang": "en", "eid": "art_1"}]}
    record.say("correction", "texts/correct/1", body, f"{text}/state", other)
    texts.project(record, text)
    row = TextRow.objects.get()
    assert (row.titles, row.kind, row.stage, row.in_force) == (rows.TITLES, "communique", "adopted", True)
    assert row.act == rows.an_id("correction")
    assert row.history == [text, rows.an_id("correction")]
    assert row.steps[1]["corrections"] == [{"lang": "en", "eid": "art_1"}]
    assert {v["lang"]: v["sha256"] for v in row.versions}["en"] == digest(other["text.en.akn.xml"])


def test_a_negotiation_is_one_thread_with_its_open_brackets_and_what_was_set_aside(record: Record) -> None:
    first = record.say("first", "texts/put-forward/1", {"kind": "communique", "versions": versions()}, files=files())
    body: dict[str, Any] = {"kind": "communique", "versions": versions(), "answers": first}
    body["brackets"] = [{"eid": "art_2", "number": 1, "sides": ["arvena", "kelmor"], "langs": ["en"]}]
    waiver = {"code": "NUM", "eid": "art_1", "finding": "0" * 16, "by": "arvena", "reasons": [{"lang": "en", "file": "why.txt"}]}
    second = record.say("second", "texts/put-forward/1", body | {"waivers": [waiver]}, files=files() | {"why.txt": b"Meant so."})
    adopted = record.say("adopted", "texts/adopt/1", {"kind": "communique", "versions": versions(), "answers": second}, files=files())
    for text in (adopted, second, first):
        texts.project(record, text)
    assert {row.thread for row in TextRow.objects.all()} == {first}
    row = TextRow.objects.get(pk=second)
    assert row.brackets == body["brackets"]
    assert row.waivers[0]["reasons"] == [{"lang": "en", "text": "Meant so.", "sha256": digest(b"Meant so.")}]
    del record.stored[digest(b"Meant so.")]
    texts.project(record, second)
    assert TextRow.objects.get(pk=second).waivers[0]["reasons"][0]["text"] == ""


def test_a_comment_has_a_row_of_its_own_with_its_words(record: Record) -> None:
    body = {"text": rows.an_id("text"), "eid": "art_1", "notes": [{"lang": "ru", "file": "comment.ru.txt"}]}
    made = record.say("comment", "texts/comment/1", body, files={"comment.ru.txt": "Срок мал.".encode()})
    texts.project(record, made)
    row = CommentRow.objects.get()
    assert (row.text, row.eid, row.lang, row.party) == (rows.an_id("text"), "art_1", "", "arvena")
    assert [n["text"] for n in row.notes] == ["Срок мал."]
    assert not TextRow.objects.exists()


def test_titles_go_when_their_file_goes(record: Record) -> None:
    text = rows.an_id("text")
    del record.stored[record.act(text).files["text.ru.akn.xml"]]
    texts.project(record, text)
    assert set(TextRow.objects.get().titles) == {"zh-Hans", "en"}


def test_a_commitment_quotes_the_words_of_the_files_and_adds_up_what_the_sides_say(record: Record) -> None:
    made = record.say("commitment", "commitments/undertake/1", undertaking())
    report = {"commitment": made, "progress": "done", "when": "2027-01", "notes": [{"lang": "en", "file": "note.en.txt"}]}
    report["evidence"] = [{"address": "https://arvena.example/x"}]
    record.say("r1", "commitments/report/1", report | {"progress": "under_way"}, f"{made}/report@arvena", {"note.en.txt": b"Begun."})
    record.say("r2", "commitments/report/1", report, f"{made}/report@arvena", {"note.en.txt": b"Sent."})
    for party, finding in (("arvena", "kept"), ("kelmor", "partly")):
        body = {"commitment": made, "finding": finding, "reports": [rows.an_id("r2")], "notes": []}
        record.say(f"a-{party}", "commitments/assess/1", body, f"{made}/assessment@{party}")
    commitments.project(record, made)
    row = CommitmentRow.objects.get()
    assert row.quotes == rows.QUOTES
    assert (str(row.due_last), row.bound, row.areas) == ("2027-02-28", "|arvena|kelmor|", ["law"])
    assert (row.reported, row.closed, row.differs, row.agreed) == (True, False, True, "")
    said = {r.id: (r.current, r.progress, r.notes[0]["text"]) for r in ReportRow.objects.all()}
    assert said == {rows.an_id("r1"): (False, "under_way", "Begun."), rows.an_id("r2"): (True, "done", "Sent.")}
    assert {a.party: (a.finding, a.reports) for a in AssessmentRow.objects.all()} == {
        "arvena": ("kept", [rows.an_id("r2")]),
        "kelmor": ("partly", [rows.an_id("r2")]),
    }


def test_words_that_are_not_the_marked_ones_are_never_quoted(record: Record) -> None:
    body = undertaking()
    body["marks"][0]["sha256"] = "0" * 64
    made = record.say("commitment", "commitments/undertake/1", body)
    commitments.project(record, made)
    assert set(CommitmentRow.objects.get().quotes) == {"ru", "en"}


def test_projecting_twice_gives_the_same_rows(record: Record) -> None:
    made = record.say("commitment", "commitments/undertake/1", undertaking())

    def rows_now() -> list[tuple[Any, ...]]:
        found = [*TextRow.objects.values_list(), *CommitmentRow.objects.values_list()]
        return sorted(found)

    for _ in range(2):
        texts.project(record, rows.an_id("text"))
        commitments.project(record, made)
    first = rows_now()
    commitments.project(record, made)
    texts.project(record, rows.an_id("text"))
    assert rows_now() == first
    assert len(first) == 2


def test_an_act_of_a_newer_version_leaves_the_rows_as_they_were(record: Record) -> None:
    text = rows.an_id("text")
    texts.project(record, text)
    newer = record.say("newer", "texts/adopt/9", {}, f"{text}/state")
    record.odd.add(newer)
    texts.project(record, text)
    assert TextRow.objects.get().act == text
