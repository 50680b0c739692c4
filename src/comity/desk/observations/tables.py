"""Rows of the observed record's tables: meetings, commitments and what became of them, statements, conflicts, people, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comity.desk.observations import shown, timeline, words
from comity.observations.merge import Case, Thing, Version

type Table = dict[str, Any]


def _table(labels: Sequence[str], rows: Iterable[Sequence[Any]], ids: Sequence[str] = ()) -> Table:
    """Columns and rows for ``design/table.html``; each cell knows its column's label, which a phone shows."""
    made = []
    for number, row in enumerate(rows):
        cells = []
        for label, cell in zip(labels, row, strict=True):
            value = dict(cell) if isinstance(cell, dict) else {"text": str(cell)}
            value.setdefault("text", "–")
            text = value["text"] or "–"
            # The space keeps the text and its first source apart; alone at the beginning of a cell it is not seen.
            cells.append(value | {"text": f"{text.rstrip()} " if value.get("sources") else text, "label": label})
        made.append({"cells": cells, "id": ids[number] if ids else ""})
    return {"columns": list(labels), "rows": made}


def matrix(case: Case) -> list[dict[str, Any]]:
    """Commitments by nature and by what became of them last: one mark each, and counts that open their records."""
    found = case.findings()
    rows = []
    for nature, (label, note) in words.natures().items():
        units = []
        numbers: dict[str, int] = {}
        for thing in case.all("commitments"):
            value = thing.get("commitment", {})
            if value.get("nature") != nature:
                continue
            outcome = _outcome(found.get(thing.id, []))
            numbers[outcome] = numbers.get(outcome, 0) + 1
            said = _("%(what)s: %(finding)s") % {"what": value.get("what"), "finding": words.findings().get(outcome, outcome)}
            units.append({"url": shown.url(case, "commitments", thing.id), "mark": outcome or "none", "said": said})
        rows.append(
            {
                "label": label,
                "note": note,
                "units": units,
                "all": len(units),
                "url": shown.list_url(case, "commitments", nature=nature),
                "cells": _cells(case, numbers, nature),
            }
        )
    totals: dict[str, int] = {}
    for thing in case.all("commitments"):
        outcome = _outcome(found.get(thing.id, []))
        totals[outcome] = totals.get(outcome, 0) + 1
    everything = {"label": _("All"), "note": "", "units": [], "all": len(case.all("commitments")), "sum": True}
    rows.append(everything | {"url": shown.list_url(case, "commitments"), "cells": _cells(case, totals, "")})
    return rows


def _cells(case: Case, numbers: dict[str, int], nature: str) -> list[dict[str, Any]]:
    return [
        {
            "key": outcome,
            "label": label,
            "number": numbers.get(outcome, 0),
            "url": shown.list_url(case, "commitments", nature=nature, finding=outcome or "none"),
        }
        for outcome, label in words.findings().items()
    ]


def _outcome(findings: Sequence[Thing]) -> str:
    return str(findings[-1].get("finding", {}).get("finding")) if findings else ""


def narrowed(case: Case, nature: str, finding: str) -> list[Thing]:
    """Commitments of a nature, with what became of them last (``none``: not followed up); empty stands for any."""
    found = case.findings()
    things = [
        thing
        for thing in case.all("commitments")
        if nature in ("", thing.get("commitment", {}).get("nature")) and finding in ("", _outcome(found.get(thing.id, [])) or "none")
    ]
    return sorted(things, key=lambda t: str(t.get("commitment", {}).get("date") or "9999"))


def commitments(case: Case, things: Sequence[Thing]) -> Table:
    """What was said, by whom, and what became of it."""
    found = case.findings()
    natures, outcomes = words.natures(), words.findings()
    rows = []
    for thing in things:
        value = thing.get("commitment", {})
        results = found.get(thing.id, [])
        last = results[-1].get("finding", {}) if results else {}
        speakers = pgettext("between the names of a list", ", ").join(p["text"] for p in shown.people(case, value.get("who") or ()))
        became: dict[str, Any] = {"text": "–"}
        if results:
            became = words.own_words(str(last.get("what", ""))) | {
                "sources": shown.sources(case, results[-1].sources("finding"), shown.CHIPS),
                "note": _("derived from the cited sources") if last.get("derived") else "",
            }
        said = shown.when(value.get("date")) or _("date not given")
        rows.append(
            (
                {"text": said, "url": shown.url(case, "commitments", thing.id)},
                {"text": speakers, "note": natures.get(str(value.get("nature")), ("", ""))[0]},
                words.own_words(str(value.get("what", ""))) | {"sources": shown.sources(case, thing.sources("commitment"), shown.CHIPS)},
                _due(value),
                outcomes.get(_outcome(results), ""),
                became,
            )
        )
    labels = (_("Said"), _("By"), _("What"), _("Due"), _("Found"), _("What became of it"))
    return _table(labels, rows, [thing.id for thing in things])


def findings(case: Case, things: Sequence[Thing]) -> Table:
    """What became of commitments, finding by finding."""
    outcomes = words.findings()
    rows = []
    for thing in things:
        value = thing.get("finding", {})
        commitment = case.one("commitments", str(value.get("commitment")))
        said = words.own_words(str(commitment.get("commitment", {}).get("what", ""))) if commitment else {"text": "–"}
        rows.append(
            (
                {"text": shown.when(value.get("date")) or _("date not given"), "url": shown.url(case, "follow_up", thing.id)},
                said | ({"url": shown.url(case, "commitments", commitment.id)} if commitment else {}),
                outcomes.get(str(value.get("finding")), ""),
                words.own_words(str(value.get("what", "")))
                | {
                    "sources": shown.sources(case, thing.sources("finding")),
                    "note": _("derived from the cited sources") if value.get("derived") else "",
                },
            )
        )
    return _table((_("Date"), _("Commitment"), _("Found"), _("What became of it")), rows, [thing.id for thing in things])


def _due(value: dict[str, Any]) -> dict[str, str] | str:
    due = value.get("due")
    if not due:
        return _("none stated")
    said = shown.when(due)
    return said if said != str(due) else words.own_words(said)


def followed(case: Case, most: int) -> Table:
    """Some commitments that were followed from words to facts: each finding once, those with a due time first."""
    found = case.findings()
    things = [t for t in case.all("commitments") if t.id in found]
    order = sorted(things, key=lambda t: not t.get("commitment", {}).get("due"))
    chosen: dict[str, Thing] = {}
    for round in range(len(order)):
        for outcome in words.findings():
            same = [t for t in order if _outcome(found[t.id]) == outcome]
            if round < len(same) and len(chosen) < most:
                chosen[same[round].id] = same[round]
    return commitments(case, sorted(chosen.values(), key=lambda t: str(t.get("commitment", {}).get("date") or "9999")))


def conflicts(case: Case) -> list[dict[str, Any]]:
    """What sources disagree on, side by side, for ``design/claims.html``."""
    shown_claims = []
    for thing in case.all("conflicts"):
        question = thing.get("question", {})
        shown_claims.append(
            {
                "id": thing.id,
                "about": words.marked(str(question.get("about", ""))),
                "note": words.marked(str(question["note"])) if question.get("note") else "",
                "versions": [_version(case, v) for v in thing.versions("version")],
            }
        )
    return shown_claims


def _version(case: Case, version: Version) -> dict[str, Any]:
    said = version.value.get("value") if isinstance(version.value, dict) else version.value
    text = str(said)
    meta = _("corrected by %(person)s") % {"person": version.by} if version.by else ""
    dated = shown.when(text)
    lang = "" if dated != text else shown.language_of(text)
    return {"value": dated[:1].upper() + dated[1:], "lang": lang, "sources": shown.sources(case, version.sources), "meta": meta}


def claims(case: Case) -> list[dict[str, Any]]:
    """Statements counted by kind of claim."""
    numbers: dict[str, int] = {}
    for thing in case.all("statements"):
        kind = str(thing.get("statement", {}).get("kind"))
        numbers[kind] = numbers.get(kind, 0) + 1
    return [
        {"number": numbers[kind], "label": label, "url": shown.list_url(case, "statements", kind=kind)}
        for kind, label in words.claims().items()
        if kind in numbers
    ]


def statements(case: Case, things: Sequence[Thing]) -> Table:
    rows = []
    for thing in things:
        value = thing.get("statement", {})
        speaker = (
            shown.person(case, value["speaker"]) if value.get("speaker") else words.own_words(str(value.get("speaker_as_printed") or ""))
        )
        rows.append(
            (
                {"text": shown.when(value.get("date")) or _("date not given"), "url": shown.url(case, "statements", thing.id)},
                speaker,
                words.own_words(str(value.get("gist", ""))),
                words.claims().get(str(value.get("kind")), ""),
                shown.meeting_link(case, str(value.get("at", ""))),
                {"text": " ", "sources": shown.sources(case, thing.sources("statement"))},
            )
        )
    labels = (_("Date"), _("Who says so"), _("What"), _("Kind of claim"), _("Said at"), _("Source"))
    return _table(labels, rows, [thing.id for thing in things])


def meetings(case: Case, things: Sequence[Thing]) -> Table:
    rows = []
    for thing in things:
        value = thing.get("meeting", {})
        series = timeline.series_name(case, str(value["series"])) if value.get("series") else {"text": "–"}
        differ = _("sources disagree") if thing.disputed else ""
        rows.append(
            (
                {"text": shown.span(value.get("dates") or {}), "url": shown.url(case, "meetings", thing.id), "note": differ},
                series,
                {"text": str(value.get("ordinal", "–"))},
                words.meeting_kind(str(value.get("kind", ""))),
                words.place(value),
                {"text": " ", "sources": shown.sources(case, thing.sources("meeting"), shown.CHIPS)},
            )
        )
    labels = (_("Date"), _("Series"), _("Ordinal"), _("Kind"), _("Place"), _("Sources"))
    return _table(labels, rows, [thing.id for thing in things])


def texts(case: Case, things: Sequence[Thing]) -> Table:
    rows = []
    for thing in things:
        value = thing.get("text", {})
        rows.append(
            (
                words.own_words(str(value.get("title", ""))) | {"url": shown.url(case, "texts", thing.id)},
                words.own_words(str(value.get("kind", ""))),
                shown.when(value.get("date")) or _("date not given"),
                shown.meeting_link(case, str(value.get("meeting", ""))),
                {"text": " ", "sources": shown.sources(case, thing.sources("text"))},
            )
        )
    return _table((_("Title of the text"), _("Kind"), _("Date"), _("Meeting"), _("Sources")), rows, [thing.id for thing in things])


def people(case: Case, things: Sequence[Thing]) -> list[dict[str, Any]]:
    """People with the forms of their names and their offices as they were seen, dated."""
    rows = []
    for thing in things:
        variants = [
            {
                "text": str(v.value.get("form")),
                "lang": shown.tag_of(str(v.value.get("lang", ""))),
                "sources": shown.sources(case, v.sources),
            }
            | ({"note": words.marked(str(v.value["note"]))} if v.value.get("note") else {})
            for v in thing.versions("name")
        ]
        rows.append(
            {
                "id": thing.id,
                "url": shown.url(case, "persons", thing.id),
                "names": shown.equal_names(shown.names_of(thing)),
                "variants": variants,
                "offices": [_office(case, thing, v) for v in thing.versions("office")],
                "disputed": thing.disputed,
            }
        )
    return rows


def _office(case: Case, thing: Thing, version: Version) -> dict[str, Any]:
    value = version.value
    seen = [str(day) for day in value.get("seen") or ()]
    term = ""
    if seen:
        term = _("seen in it from %(first)s to %(last)s") % {"first": shown.when(seen[0]), "last": shown.when(seen[-1])}
        if len(seen) == 1 or seen[0] == seen[-1]:
            term = _("seen in it on %(day)s") % {"day": shown.when(seen[0])}
    if seen and thing.get("since"):
        term = _("since %(day)s; %(seen)s") % {"day": shown.when(thing.get("since"), bound=True), "seen": term}
    body = shown.person(case, str(value["body"])) if value.get("body") else {"text": "", "lang": ""}
    return {
        "role": words.own_words(str(value.get("role", ""))),
        "body": body,
        "term": term,
        "by": version.by,
        "sources": shown.sources(case, version.sources, shown.CHIPS),
    }


def sources_table(case: Case, things: Sequence[Thing]) -> Table:
    used: dict[str, dict[str, int]] = {}
    for kind in ("meetings", "commitments", "follow_up", "statements", "conflicts"):
        for thing in case.all(kind):
            for id in thing.sources():
                numbers = used.setdefault(id, {})
                numbers[kind] = numbers.get(kind, 0) + 1
    rows = []
    for thing in things:
        value = thing.get("source", {})
        date = value.get("date") or value.get("date_inferred")
        rows.append(
            (
                {"text": " ", "sources": [shown.source(case, thing.id)]},
                words.language(str(value.get("language", ""))),
                {
                    "text": shown.when(date) if date else _("not printed"),
                    "note": _("inferred") if not value.get("date") and date else "",
                },
                words.reliability(str(value.get("reliability", ""))),
                {"text": _used_for(used.get(thing.id, {})), "url": shown.url(case, "sources", thing.id)},
            )
        )
    labels = (_("Publisher"), _("Language"), _("Date"), _("Reliability"), _("Used for"))
    return _table(labels, rows, [thing.id for thing in things])


def _used_for(numbers: dict[str, int]) -> str:
    said = {
        "meetings": ngettext("%(n)d meeting", "%(n)d meetings", numbers.get("meetings", 0)),
        "commitments": ngettext("%(n)d commitment", "%(n)d commitments", numbers.get("commitments", 0)),
        "follow_up": ngettext("%(n)d finding", "%(n)d findings", numbers.get("follow_up", 0)),
        "statements": ngettext("%(n)d statement", "%(n)d statements", numbers.get("statements", 0)),
        "conflicts": ngettext("%(n)d conflict", "%(n)d conflicts", numbers.get("conflicts", 0)),
    }
    return " · ".join(label % {"n": numbers[kind]} for kind, label in said.items() if kind in numbers) or _("other facts")
