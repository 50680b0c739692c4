"""Rows as the record would leave them: two invented parliaments, a mechanism, texts and commitments."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model

from comity.desk.accounts.models import Officer
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.mechanisms.models import MechanismRow, SeriesRow
from comity.desk.node import the_node
from comity.desk.record.models import ActRow
from comity.desk.texts.models import TextRow
from comity.terms.dates import PartialDate
from comity.terms.ids import digest
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta, TextVersion
from comity.texts.structure import structure

LANGUAGES = ("zh-Hans", "ru", "en")
META = TextMeta(date="2026-11-12", slug="joint-communique", author="arvena-kelmor", languages=LANGUAGES)
NAMES = {
    "arvena": {"zh-Hans": "阿尔维纳国民议会", "ru": "Национальное собрание Арвены", "en": "National Assembly of Arvena"},
    "kelmor": {"zh-Hans": "凯尔莫议会", "ru": "Парламент Кельмора", "en": "Parliament of Kelmor"},
}
COMMITTEE = {"zh-Hans": "阿尔维纳—凯尔莫合作委员会", "ru": "Комиссия Арвены и Кельмора по сотрудничеству", "en": "Arvena–Kelmor Committee"}
TITLES = {
    "zh-Hans": "第四次会议联合公报",
    "ru": "Совместное коммюнике четвёртого заседания",
    "en": "Joint Communiqué of the Fourth Meeting",
}
WORDS = {
    "zh-Hans": "第一条 双方应于2027年3月31日前制定联合计划。\n\n第二条 各方每年应送交法律清单。",
    "ru": "Статья 1. Стороны разработают совместный план до 31 марта 2027 года.\n\nСтатья 2. Стороны ежегодно направляют перечень законов.",
    "en": "Article 1. The Sides shall draw up a joint plan by 31 March 2027.\n\nArticle 2. Each side shall send a list of laws every year.",
}
QUOTES = {"zh-Hans": "制定联合计划", "ru": "разработают совместный план", "en": "draw up a joint plan"}


def an_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def names(of: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "lang": lang} for lang, text in of.items()]


def mechanism(**more: Any) -> MechanismRow:
    parties = [{"id": party, "names": [n | {"side": party} for n in names(known)]} for party, known in NAMES.items()]
    series = [{"key": "main", "names": names({"zh-Hans": "例会", "ru": "Заседание", "en": "Meeting"}), "first": 1}]
    row = {"names": names(COMMITTEE), "founded": "2022-03-14", "parties": parties, "series": series, "in_force": True, "audience": "public"}
    act("mechanism", "mechanisms/found/1", titles=COMMITTEE, audience=more.get("audience", "public"))
    made = MechanismRow.objects.create(id=an_id("mechanism"), **row | more)
    for one in made.series:
        further(one["key"], names=one["names"], first=one["first"], opened=made.id, since=made.founded)
    return made


def further(key: str, *, opened: str = "", **more: Any) -> SeriesRow:
    """A series of the mechanism: a founding one if it is ``opened`` by the mechanism, else one that a later act opens."""
    act_id = opened or act(f"series {key}", "mechanisms/series/1").id
    row = {"names": names({"en": key}), "first": 1, "since": "2024", "act": act_id, "in_force": True}
    return SeriesRow.objects.create(id=f"{act_id}#{key}", mechanism=an_id("mechanism"), key=key, **row | more)


def officer(role: str = "secretary") -> Officer:
    user = get_user_model().objects.create_user(f"{role}-{Officer.objects.count()}", password="a long pass phrase")
    return Officer.objects.create(user=user, role=role, names=names({"en": "Ilena Maret"}))


def act(name: str, kind: str, about: str = "", *, by: str = "arvena", joint: bool = True, **more: Any) -> ActRow:
    parties = list(NAMES)
    row: dict[str, Any] = {
        "mechanism": an_id("mechanism"),
        "type": kind,
        "object": about or an_id(name),
        "proposer": by,
        "signatories": parties if joint else [by],
        "signed": parties if joint else [by],
        "missing": [],
        "status": "in_force",
        "audience": "public",
        "said": "2026-11-12T10:00:00+03:00",
        "titles": {},
        "arrived": datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
    }
    return ActRow.objects.update_or_create(id=an_id(name), defaults=row | more)[0]


def version(lang: str, words: str = "") -> TextVersion:
    """One language of the sample text, structured as the editor does."""
    found = structure(f"{TITLES[lang]}\n\n{words or WORDS[lang]}", lang).version
    return replace(found, title=TITLES[lang])


def files(words: dict[str, str] | None = None) -> list[dict[str, str]]:
    """The sample text's files, stored on the node."""
    stored = []
    for lang in LANGUAGES:
        data = to_akn(version(lang, (words or {}).get(lang, "")), META)
        sha = the_node().files.put_bytes(data)
        stored.append({"lang": lang, "status": "authentic", "file": file_name(lang), "sha256": sha})
    return stored


def text(name: str = "text", *, stage: str = "adopted", by: str = "arvena", acts: bool = True, **more: Any) -> TextRow:
    kind = "texts/put-forward/1" if stage == "forward" else "texts/adopt/1"
    made = act(name, kind, by=by, joint=stage == "adopted", titles=TITLES) if acts else None
    versions = more.pop("versions", None) or files()
    step = {"act": an_id(name), "type": kind, "said": "2026-11-12T10:00:00+03:00", "versions": versions, "corrections": []}
    row = {
        "mechanism": an_id("mechanism"),
        "kind": "communique",
        "stage": stage,
        "versions": versions,
        "titles": TITLES,
        "proposer": by,
        "said": "2026-11-12T10:00:00+03:00",
        "act": made.id if made else an_id(name),
        "history": [an_id(name)],
        "steps": [step],
        "in_force": True,
    }
    return TextRow.objects.create(id=an_id(name), **row | more)


def commitment(name: str = "commitment", *, about: str = "text", quotes: dict[str, str] | None = None, **more: Any) -> CommitmentRow:
    made = act(name, "commitments/undertake/1")
    marks = []
    for lang, words in (quotes or QUOTES).items():
        whole = version(lang).by_eid()["art_1"].text
        start = whole.index(words)
        marks.append({"lang": lang, "eid": "art_1", "start": start, "end": start + len(words), "sha256": digest(words.encode())})
    row: dict[str, Any] = {
        "mechanism": an_id("mechanism"),
        "text": an_id(about),
        "version": an_id(about),
        "marks": marks,
        "quotes": quotes or QUOTES,
        "eid": "art_1",
        "nature": "joint",
        "by": list(NAMES),
        "bound": "|arvena|kelmor|",
        "due_by": "2027-03-31",
        "said": "2026-11-12T10:00:00+03:00",
        "act": made.id,
        "in_force": True,
    }
    row |= more
    row["due_last"] = PartialDate(row["due_by"]).last if row["due_by"] else None
    return CommitmentRow.objects.create(id=an_id(name), **row)


def report(name: str, about: str = "commitment", *, by: str = "arvena", **more: Any) -> ReportRow:
    act(name, "commitments/report/1", an_id(about), by=by, joint=False)
    row = {"progress": "done", "when": "2027-03-01", "evidence": [], "notes": [], "said": "2027-03-02T10:00:00+03:00"}
    return ReportRow.objects.create(id=an_id(name), mechanism=an_id("mechanism"), commitment=an_id(about), party=by, **row | more)


def assessment(name: str, about: str = "commitment", *, by: str = "arvena", **more: Any) -> AssessmentRow:
    act(name, "commitments/assess/1", an_id(about), by=by, joint=False)
    row = {"finding": "kept", "notes": [], "said": "2027-04-02T10:00:00+03:00"}
    return AssessmentRow.objects.create(id=an_id(name), mechanism=an_id("mechanism"), commitment=an_id(about), party=by, **row | more)
