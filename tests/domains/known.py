"""A handful of acts to be named by others, without a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.errors import Unsayable
from comity.terms.act import Act, Saying
from comity.terms.audience import Audience

FOUNDING, MEETING, TEXT, FORWARD, COMMITMENT, REPORT = (letter * 64 for letter in "abcdef")
ROOT = "1" * 64


def an_act(
    act_id: str,
    kind: str,
    body: Mapping[str, Any],
    *,
    signatories: tuple[str, ...] = ("arvena", "kelmor"),
    files: Mapping[str, str] | None = None,
) -> Act:
    """An act as it would have been read from a statement."""
    return Act(
        id=act_id,
        type=kind,
        mechanism=FOUNDING,
        membership=None if act_id == FOUNDING else FOUNDING,
        proposer=signatories[0],
        signatories=signatories,
        basis={},
        relies={},
        refs=frozenset(),
        body=body,
        audience=Audience("parties"),
        said="2026-11-20T10:00:00+00:00",
        files=dict(files or {}),
    )


def founding_body() -> dict[str, Any]:
    names = [{"lang": "en", "text": "Committee"}, {"lang": "ru", "text": "Комитет"}]
    return {
        "names": names,
        "parties": [
            {"id": p, "origin": f"{p}.example/0000000{n}", "root": str(n) * 64, "names": names, "chambers": []}
            for n, p in enumerate(("arvena", "kelmor"))
        ],
        "series": [{"key": "main", "names": names, "first": 1}],
        "founded": "2026-11",
    }


@dataclass
class Acts:
    """What is known: acts by id, and who the parties are."""

    acts: dict[str, Act] = field(default_factory=dict)

    def act(self, act_id: str) -> Act:
        if act_id not in self.acts:
            raise Unsayable("There is no act of that id here.", place=act_id)
        return self.acts[act_id]

    def parties(self, membership: str) -> tuple[str, ...]:
        return ("arvena", "kelmor")


def known() -> Acts:
    """A founding act, a first meeting, an adopted text, a commitment and a report."""
    versions = [{"lang": lang, "status": "authentic", "file": f"text.{lang}.xml"} for lang in ("en", "ru", "zh-Hans")]
    files = {v["file"]: "2" * 64 for v in versions}
    return Acts(
        {
            FOUNDING: an_act(FOUNDING, "mechanisms/found/1", founding_body()),
            MEETING: an_act(MEETING, "meetings/convene/1", convening()),
            TEXT: an_act(TEXT, "texts/adopt/1", {"kind": "communique", "versions": versions}, files=files),
            FORWARD: an_act(
                FORWARD, "texts/put-forward/1", {"kind": "communique", "versions": versions}, signatories=("kelmor",), files=files
            ),
            COMMITMENT: an_act(COMMITMENT, "commitments/undertake/1", undertaking()),
            REPORT: an_act(REPORT, "commitments/report/1", {"commitment": COMMITMENT}, signatories=("kelmor",)),
        }
    )


def convening(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "series": f"{FOUNDING}#main",
        "ordinal": 1,
        "mode": "in_person",
        "first_day": "2027-03-01",
        "last_day": "2027-03-02",
        "places": [{"names": [{"lang": "en", "text": "Ostrel"}]}],
    }
    return {k: v for k, v in (body | changes).items() if v is not None}


def undertaking(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "text": TEXT,
        "version": TEXT,
        "marks": [{"lang": lang, "eid": "art_2", "start": 0, "end": 5, "sha256": "3" * 64} for lang in ("en", "ru", "zh-Hans")],
        "nature": "joint",
        "by": ["arvena", "kelmor"],
        "due": {"by": "2026-12-31"},
        "areas": [],
    }
    return {k: v for k, v in (body | changes).items() if v is not None}


def saying(kind: str, body: Mapping[str, Any], *, proposer: str = "arvena", files: Mapping[str, str] | None = None) -> Saying:
    mechanism = None if kind.startswith("mechanisms/found/") else FOUNDING
    return Saying(kind, proposer, (), body, dict(files or {}), mechanism, mechanism)
