"""Rows of what a mechanism works with, from the record: bodies, series, mandates, year plans and what became of their items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from comity.desk.mechanisms.models import BodyRow, MandateRow, PlanItemRow, PlanRow, SeriesRow
from comity.desk.rows import put
from comity.mechanisms.work import Words
from comity.mechanisms.work_acts import BODY, MANDATE, OUTCOME, PLAN, SERIES, read_body, read_mandate, read_outcome, read_plan, read_series
from comity.terms.act import Act

if TYPE_CHECKING:
    from comity.desk.projection import View

MODELS = (BodyRow, SeriesRow, MandateRow, PlanRow, PlanItemRow)


def present(view: View, object_id: str) -> tuple[Act, bool]:
    """The act that says an object as it stands now, and whether it is in force. An act that this version cannot read changes nothing."""
    heads = [head for head in sorted(view.heads(f"{object_id}/state")) if not view.misunderstanding(head)]
    return (view.act(heads[0]), True) if heads else (view.act(object_id), bool(view.heads(f"{object_id}/state")))


def point_of(view: View, point: str) -> str:
    """A mandate's point under the object's own id, whichever of its acts was named."""
    act, _, key = point.partition("#")
    return f"{view.act(act).body.get('supersedes') or act}#{key}"


def _body(view: View, object_id: str) -> None:
    if view.misunderstanding(object_id):
        return
    act, in_force = present(view, object_id)
    said = read_body(act.body)
    put(
        BodyRow,
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "key": said.key,
            "names": act.body["names"],
            "kind": said.kind,
            "parent": said.parent or "",
            "since": said.since.text,
            "until": said.until.text if said.until else "",
            "act": act.id,
            "in_force": in_force,
        },
    )


def founding_series(view: View) -> None:
    """The series that the founding act opens, with what was said of them since."""
    for one in view.act(view.mechanism).body["series"]:
        _series_row(view, view.mechanism, one)


def _series(view: View, object_id: str) -> None:
    act = view.act(object_id)
    if view.misunderstanding(object_id) or not act.body.get("series"):
        return
    _series_row(view, object_id, act.body["series"][0])


def _series_row(view: View, opened: str, one: Mapping[str, Any]) -> None:
    series = f"{opened}#{one['key']}"
    heads = [head for head in sorted(view.heads(f"{series}/state")) if not view.misunderstanding(head)]
    act = view.act(heads[0] if heads else opened)
    said = read_series(act.body) if act.type == SERIES else None
    founded = "" if act.type == SERIES else str(act.body["founded"])
    put(
        SeriesRow,
        id=series,
        defaults={
            "mechanism": view.mechanism,
            "key": one["key"],
            "names": one["names"],
            "first": one["first"],
            "since": said.since.text if said and said.since else founded,
            "until": said.until.text if said and said.until else "",
            "body": said.body or "" if said else "",
            "predecessors": list(act.body.get("predecessors", ())) if said else [],
            "counted_from": dict(act.body.get("counted_from", {})) if said else {},
            "act": act.id,
            "in_force": bool(heads),
        },
    )


def words_of(view: View, act: Act, words: Sequence[Words]) -> list[dict[str, str]]:
    """Words from the files of an act; empty where a file is not here or was redacted."""
    found = []
    for one in words:
        sha = act.files[one.file]
        data = view.file(sha)
        found.append({"lang": one.lang, "text": data.decode("utf-8", "replace") if data is not None else "", "sha256": sha})
    return found


def _mandate(view: View, object_id: str) -> None:
    if view.misunderstanding(object_id):
        return
    act, in_force = present(view, object_id)
    said = read_mandate(act.body)
    source = {"address": said.source.address, "file": said.source.file, "text": said.source.text}
    if said.source.file:
        source["sha256"] = act.files[said.source.file]
    put(
        MandateRow,
        id=object_id,
        defaults={
            "mechanism": view.mechanism,
            "kind": said.kind,
            "names": act.body["names"],
            "date": said.date.text,
            "source": {key: value for key, value in source.items() if value},
            "points": [{"key": p.key, "place": p.place, "quotes": words_of(view, act, p.quotes)} for p in said.points],
            "act": act.id,
            "in_force": in_force,
        },
    )


def _plan(view: View, object_id: str) -> None:
    if view.misunderstanding(object_id):
        return
    act, in_force = present(view, object_id)
    said = read_plan(act.body)
    first = {item["key"] for item in view.act(object_id).body["items"]}
    common = {"mechanism": view.mechanism}
    row = {"year": said.year, "anniversary": said.anniversary, "act": act.id, "in_force": in_force}
    put(PlanRow, id=object_id, defaults=common | row)
    for place, item in enumerate(said.items):
        put(
            PlanItemRow,
            id=f"{object_id}#{item.key}",
            defaults=common
            | {
                "plan": object_id,
                "place": place,
                "key": item.key,
                "kind": item.kind,
                "names": act.body["items"][place]["names"],
                "when": item.when.text,
                "whose": list(item.whose),
                "mandate": point_of(view, item.mandate) if item.mandate else "",
                "listed": object_id if item.key in first else act.id,
            }
            | _outcome(view, f"{object_id}/outcome/{item.key}", item.whose),
        )


def _outcome(view: View, cell: str, whose: Sequence[str]) -> dict[str, Any]:
    """What became of an item: what all have said, else what those whose item it is have said last."""
    heads = [*view.heads(cell), *(head for party in whose for head in view.heads(f"{cell}@{party}"))]
    found = sorted(((view.act(h).said, h) for h in heads if not view.misunderstanding(h)), reverse=True)
    if not found:
        return {"outcome": "", "outcome_when": "", "outcome_act": "", "meeting": "", "reasons": []}
    act = view.act(found[0][1])
    said = read_outcome(act.body)
    return {
        "outcome": said.outcome,
        "outcome_when": said.when.text if said.when else "",
        "outcome_act": act.id,
        "meeting": said.meeting or "",
        "reasons": words_of(view, act, said.reasons),
    }


def titles(view: View, act: Act) -> dict[str, str]:
    """What lists call an act that gives itself no names: a plan by its year, an outcome by its item, a series by its names."""
    if act.type == PLAN:
        year = act.body.get("year")
        return {"en": f"Plan for {year}", "zh-Hans": f"{year}年度计划", "ru": f"План на {year} год"}
    named: Sequence[Mapping[str, str]] = ()
    if act.type == OUTCOME and not view.misunderstanding(act.id):
        named = next(i["names"] for i in view.act(act.body["plan"]).body["items"] if i["key"] == act.body["item"])
    elif act.type == SERIES and not view.misunderstanding(act.id):
        opened, _hash, key = str(act.body.get("about", f"{act.id}#")).partition("#")
        every = view.act(opened).body["series"]
        named = next((s["names"] for s in every if s["key"] == key), every[0]["names"])
    return {n["lang"]: n["text"] for n in named if not n.get("side")}


BY_TYPE: dict[str, Callable[[View, str], None]] = {BODY: _body, SERIES: _series, MANDATE: _mandate, PLAN: _plan}
