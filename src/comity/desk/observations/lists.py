"""The lists of one observed mechanism, each narrowed by what its numbers were counted by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from comity.desk.observations import pages, shown, tables, words
from comity.observations.merge import Case, Thing

PER_PAGE = 30
_ASKED = ("nature", "finding", "kind", "reliability")


def listing(request: HttpRequest, case: Case, kind: str) -> dict[str, Any]:
    """The context of ``observations/list.html``. Raises Http404 for a kind that has no list."""
    labels = words.kinds()
    if kind not in labels:
        raise Http404(kind)
    asked = {key: request.GET.get(key, "") for key in _ASKED}
    things = _narrowed(case, kind, asked)
    page = Paginator(things, PER_PAGE).get_page(request.GET.get("page"))
    chosen = list(page)
    rows: dict[str, Callable[[Case, list[Thing]], Any]] = {
        "meetings": tables.meetings,
        "commitments": tables.commitments,
        "follow_up": tables.findings,
        "statements": tables.statements,
        "texts": tables.texts,
        "sources": tables.sources_table,
    }
    return {
        "case": case,
        "kind": kind,
        "title": labels[kind],
        "lead": _leads()[kind],
        "table": rows[kind](case, chosen) if kind in rows else None,
        "people": tables.people(case, chosen) if kind == "persons" else [],
        "claims": [claim for claim in tables.conflicts(case) if claim["id"] in {t.id for t in chosen}] if kind == "conflicts" else [],
        "filters": _filters(case, kind, asked),
        "shown_of": _("%(shown)d of %(all)d") % {"shown": len(things), "all": len(case.all(kind))},
        "page": page,
        "query": urlencode({key: value for key, value in asked.items() if value}) + "&",
        "links": [
            {"label": label, "url": shown.list_url(case, other), "current": other == kind}
            for other, label in labels.items()
            if case.all(other)
        ],
        "standing": shown.standing(len(case.all("parties"))),
        "trail": [*pages.trail_to(case), {"label": labels[kind]}],
    }


def _leads() -> dict[str, str]:
    return {
        "meetings": _("As sources report them; nobody has signed any of it."),
        "commitments": _(
            "A proposal is not a promise: what binds whom is told by its nature. “No trace” means only: not in this material."
        ),
        "follow_up": _("What sources show of it later. “No trace” means only: not in this material."),
        "statements": _("Who says so decides the kind of claim: an official, a report of a fact, an analyst."),
        "conflicts": _("All versions are kept; none is chosen."),
        "persons": _("Offices are dated by when a source shows the person in them. Every form of a name is kept."),
        "texts": _("Texts that sources speak of. The texts themselves are not here."),
        "sources": _("Mirrors, copies and addresses of another’s domain are kept, but not linked."),
    }


def _narrowed(case: Case, kind: str, asked: dict[str, str]) -> list[Thing]:
    if kind == "commitments":
        return tables.narrowed(case, asked["nature"], asked["finding"])
    things = case.all(kind)
    if kind == "statements":
        things = [t for t in things if asked["kind"] in ("", t.get("statement", {}).get("kind"))]
        return sorted(things, key=lambda t: str(t.get("statement", {}).get("date") or ""), reverse=True)
    if kind == "sources" and asked["reliability"]:
        return [t for t in things if t.get("source", {}).get("reliability") == asked["reliability"]]
    if kind == "follow_up":
        return sorted(things, key=lambda t: str(t.get("finding", {}).get("date") or "9999"))
    if kind == "meetings":
        return sorted(things, key=lambda t: str((t.get("meeting", {}).get("dates") or {}).get("start") or "9999"))
    return things


def _filters(case: Case, kind: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    groups: list[tuple[str, str, str, dict[str, str]]] = []
    if kind == "commitments":
        outcomes = {key or "none": label for key, label in words.findings().items()}
        groups = [
            ("nature", _("Nature"), _("All natures"), {key: label for key, (label, _note) in words.natures().items()}),
            ("finding", _("What became of it"), _("Anything"), outcomes),
        ]
    elif kind == "statements":
        groups = [("kind", _("Kind of claim"), _("All kinds"), words.claims())]
    elif kind == "sources":
        present = sorted({str(t.get("source", {}).get("reliability", "")) for t in case.all("sources")})
        groups = [("reliability", _("Reliability"), _("Any"), {key: words.reliability(key) for key in present})]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": "", "label": every},
                *({"value": key, "label": said, "checked": key == asked[name]} for key, said in options.items()),
            ],
        }
        for name, label, every, options in groups
    ]
