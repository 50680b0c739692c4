"""The page of one observed thing: its facts, everything that is said of it version by version, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.observations import pages, shown, tables, words
from comity.desk.press.where import urls
from comity.observations.merge import Case, Thing
from comity.terms.ids import handle

type Facts = list[dict[str, Any]]


def thing(case: Case, one: Thing, *, may: bool = False) -> dict[str, Any]:
    """The context of ``observations/thing.html``; ``may``: whether this reader may correct and take back."""
    facts: Callable[[Case, Thing], Facts] = _FACTS.get(one.kind, lambda _case, _one: [])
    title = _title(case, one)
    kinds = words.kinds()
    step = {"label": kinds.get(one.kind, _("Observed mechanism")), "url": shown.list_url(case, one.kind) if one.kind in kinds else ""}
    return {
        "case": case,
        "one": one,
        "title": title,
        "kind": kinds.get(one.kind, _("Observed mechanism")),
        "standing": shown.standing(len(case.all("parties"))),
        "facts": [*facts(case, one), *_differs(case, one)],
        "versions": _versions(case, one, may),
        "may": may,
        "take_back": reverse("observations:take-back", args=[case.id, one.kind, one.id]) if may else "",
        "related": _related(case, one),
        "people": tables.people(case, [one]) if one.kind == "persons" else [],
        "claims": [c for c in tables.conflicts(case) if c["id"] == one.id] if one.kind == "conflicts" else [],
        "trail": [*pages.trail_to(case), step, {"label": title["text"], "lang": title.get("lang", "")}],
    }


def _title(case: Case, one: Thing) -> dict[str, str]:
    if one.kind == "meetings":
        return {"text": shown.meeting_title(case, one)}
    if one.kind in ("persons", "parties", "bodies"):
        return shown.person(case, one.id)
    if one.kind == "sources":
        chip = shown.source(case, one.id)
        return {"text": chip.name, "lang": chip.lang}
    fields = {"commitments": "what", "follow_up": "what", "statements": "gist", "texts": "title", "conflicts": "about"}
    first = next(iter(one.claims.values()))[0].value
    return words.own_words(str(first.get(fields.get(one.kind, ""), one.id)) if isinstance(first, dict) else one.id)


def _fact(label: str, value: Any) -> Facts:
    return [{"label": label, "value": value}] if value else []


def _lines(label: str, lines: list[Any]) -> Facts:
    return [{"label": label, "lines": lines}] if lines else []


def _differs(case: Case, one: Thing) -> Facts:
    """A thing that is reported differently leads to the versions side by side."""
    if not one.disputed or one.kind == "conflicts":
        return []
    return _fact(_("Where sources disagree"), {"text": _("sources disagree"), "url": shown.list_url(case, "conflicts")})


def _meeting(case: Case, one: Thing) -> Facts:
    value = one.get("meeting", {})
    venue = (value.get("place") or {}).get("venue") or value.get("venue")
    host = shown.person(case, str(value["host_party"])) if value.get("host_party") else None
    return [
        *_fact(_("Date"), shown.span(value.get("dates") or {})),
        *_fact(_("Place"), {"text": words.place(value) or _("not given"), "note": words.marked(str(venue)) if venue else ""}),
        *_fact(_("Host"), host),
        *_lines(_("Chairs"), shown.people(case, value.get("chairs") or ())),
        *_lines(_("Working session chaired by"), shown.people(case, one.get("working_chairs") or ())),
        *_lines(_("Taking part"), shown.people(case, value.get("participants") or ())),
        *_lines(_("Agenda"), [words.own_words(str(item)) for item in value.get("agenda") or ()]),
        *_lines(_("Outcomes"), [words.own_words(str(item)) for item in value.get("outcomes") or ()]),
        *_fact(_("State"), words.own_words(str(value["status"])) if value.get("status") else ""),
        *_fact(_("Note"), words.own_words(str(value["note"])) if value.get("note") else ""),
    ]


def _commitment(case: Case, one: Thing) -> Facts:
    value = one.get("commitment", {})
    label, note = words.natures().get(str(value.get("nature")), ("", ""))
    return [
        *_fact(_("Said"), shown.when(value.get("date")) or _("date not given")),
        *_lines(_("By"), shown.people(case, value.get("who") or ())),
        *_fact(_("Nature"), {"text": label, "note": note}),
        *_fact(_("Due"), tables._due(value)),
        *_fact(_("Made at"), shown.meeting_link(case, str(value.get("made_at", "")))),
        *_fact(_("Mandate of a summit"), words.own_words(str(value["mandate_from_summit"])) if value.get("mandate_from_summit") else ""),
    ]


def _finding(case: Case, one: Thing) -> Facts:
    value = one.get("finding", {})
    commitment = case.one("commitments", str(value.get("commitment")))
    said = words.own_words(str(commitment.get("commitment", {}).get("what", ""))) if commitment else None
    derived = _("derived from the cited sources") if value.get("derived") else ""
    return [
        *_fact(_("Commitment"), said | {"url": shown.url(case, "commitments", commitment.id)} if said and commitment else None),
        *_fact(_("Found"), {"text": words.findings().get(str(value.get("finding")), ""), "note": derived}),
        *_fact(_("Date"), shown.when(value.get("date")) or _("date not given")),
        *_fact(_("Note"), words.own_words(str(value["note"])) if value.get("note") else ""),
    ]


def _statement(case: Case, one: Thing) -> Facts:
    value = one.get("statement", {})
    printed = str(value.get("speaker_as_printed") or "")
    quote = str(value.get("quote") or "")
    return [
        *_fact(_("Who says so"), shown.person(case, value["speaker"]) if value.get("speaker") else words.own_words(printed)),
        *_fact(_("Date"), shown.when(value.get("date")) or _("date not given")),
        *_fact(_("Kind of claim"), words.claims().get(str(value.get("kind")), "")),
        *_fact(_("Words as printed"), {"text": f"“{quote}”", "lang": shown.language_of(quote)} if quote else ""),
        *_fact(_("Said at"), shown.meeting_link(case, str(value.get("at", "")))),
        *_fact(_("Reliability"), words.own_words(str(value["reliability"])) if value.get("reliability") else ""),
    ]


def _text(case: Case, one: Thing) -> Facts:
    value = one.get("text", {})
    signers = [str(p) for p in value.get("signed_by") or ()]
    return [
        *_fact(_("Kind"), words.own_words(str(value.get("kind", "")))),
        *_fact(_("Date"), shown.when(value.get("date")) or _("date not given")),
        *_fact(_("Meeting"), shown.meeting_link(case, str(value.get("meeting", "")))),
        *_lines(_("Reported as signed by"), shown.people(case, signers)),
    ]


def _source(case: Case, one: Thing) -> Facts:
    value = one.get("source", {})
    chip = shown.source(case, one.id)
    address = {"text": str(value["address"]), "url": chip.url, "note": chip.why} if value.get("address") else _("no address")
    basis = words.own_words(str(value["date_basis"])) if value.get("date_basis") else ""
    inferred = {"text": shown.when(value.get("date_inferred")), "note": _("inferred")} if value.get("date_inferred") else ""
    return [
        *_fact(_("Address"), address),
        *_fact(_("Language"), words.language(str(value.get("language", "")))),
        *_fact(_("Date"), shown.when(value.get("date")) or inferred or _("not printed")),
        *_fact(_("Inferred from"), basis),
        *_fact(_("Reliability"), words.reliability(str(value.get("reliability", "")))),
        *_fact(_("Note"), words.own_words(str(value["note"])) if value.get("note") else ""),
    ]


_FACTS: dict[str, Callable[[Case, Thing], Facts]] = {
    "meetings": _meeting,
    "commitments": _commitment,
    "follow_up": _finding,
    "statements": _statement,
    "texts": _text,
    "sources": _source,
}


def _versions(case: Case, one: Thing, may: bool) -> list[dict[str, Any]]:
    """Every version of every claim with its sources and the fragments that say it, as the log has them."""
    labels = {
        "names": _("Names"),
        "name": _("Form of the name"),
        "office": _("Office"),
        "since": _("In office since"),
        "working_chairs": _("Working session chaired by"),
        "version": _("Version"),
        "question": _("Question"),
    }
    leads = urls(id for versions in one.claims.values() for version in versions for id in version.fragments)
    return [
        {
            "label": labels.get(claim, _("What is said")),
            "number": number if len(versions) > 1 else "",
            "by": version.by,
            "sources": shown.sources(case, version.sources),
            "fragments": [{"handle": handle(id), "url": leads.get(id, "")} for id in version.fragments],
            "first": version.fragments[0],
            "correct": reverse("observations:correct", args=[case.id, one.kind, one.id, claim]) if may and number == 1 else "",
        }
        for claim, versions in one.claims.items()
        for number, version in enumerate(versions, 1)
    ]


def _related(case: Case, one: Thing) -> list[dict[str, Any]]:
    """Tables of what was said at a meeting, by a person, or with a source."""
    if one.kind == "commitments":
        results = case.findings().get(one.id, [])
        return [{"id": "h-became", "title": _("What became of it"), "table": tables.findings(case, results)}] if results else []
    tests: dict[str, Callable[[Thing], bool]] = {
        "meetings": lambda t: one.id in (t.get("commitment", {}).get("made_at"), t.get("statement", {}).get("at")),
        "persons": lambda t: one.id in (t.get("commitment", {}).get("who") or ()) or one.id == t.get("statement", {}).get("speaker"),
        "sources": lambda t: one.id in t.sources(),
    }
    fits = tests.get(one.kind)
    if fits is None:
        return []
    found = []
    meetings = [t for t in case.all("meetings") if one.kind == "sources" and one.id in t.sources()]
    if meetings:
        found.append({"id": "h-meetings", "title": _("Meetings"), "table": tables.meetings(case, meetings)})
    commitments = [t for t in case.all("commitments") if fits(t)]
    if commitments:
        found.append({"id": "h-commitments", "title": _("Commitments"), "table": tables.commitments(case, commitments)})
    results = [t for t in case.all("follow_up") if one.kind == "sources" and fits(t)]
    if results:
        found.append({"id": "h-findings", "title": _("What was found"), "table": tables.findings(case, results)})
    statements = [t for t in case.all("statements") if fits(t)]
    if statements:
        found.append({"id": "h-statements", "title": _("Statements"), "table": tables.statements(case, statements)})
    return found
