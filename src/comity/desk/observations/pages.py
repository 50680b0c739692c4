"""The contexts of the list of observed mechanisms and of one mechanism's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comity.desk.observations import shown, tables, timeline, words
from comity.desk.show import trail
from comity.observations.merge import Case, Thing, tally

FIRST_SOURCES, FIRST_CONFLICTS, FIRST_FOLLOWED = 8, 4, 7


def index(cases: Sequence[Case]) -> dict[str, Any]:
    """Everything on the list of observed mechanisms."""
    lines = [
        {
            "url": reverse("observations:detail", args=[case.id]),
            "standing": shown.standing(len(case.all("parties"))),
            "names": shown.equal_names(shown.case_names(case)),
            "parties": shown.people(case, [p.id for p in case.all("parties")]),
            "counts": counts(case),
        }
        for case in cases
    ]
    return {"lines": lines, "trail": trail(_("Observed")), "standing": shown.standing()}


def trail_to(case: Case) -> list[dict[str, str]]:
    name = shown.named(shown.case_names(case))
    step = {"label": name["text"], "lang": name["lang"], "url": reverse("observations:detail", args=[case.id])}
    return [*trail((_("Observed"), reverse("observations:index"))), step]


def counts(case: Case) -> list[dict[str, Any]]:
    """How much is observed of what; each number opens its records."""
    numbers = {kind: len(case.all(kind)) for kind in ("meetings", "commitments", "follow_up", "statements", "conflicts", "sources")}
    labels = {
        "meetings": ngettext("meeting", "meetings", numbers["meetings"]),
        "commitments": ngettext("commitment", "commitments", numbers["commitments"]),
        "follow_up": ngettext("finding", "findings", numbers["follow_up"]),
        "statements": ngettext("statement", "statements", numbers["statements"]),
        "conflicts": ngettext("conflict of sources", "conflicts of sources", numbers["conflicts"]),
        "sources": ngettext("source", "sources", numbers["sources"]),
    }
    return [{"number": numbers[kind], "label": label, "url": shown.list_url(case, kind)} for kind, label in labels.items()]


def detail(case: Case) -> dict[str, Any]:
    """Everything on the page of one observed mechanism."""
    names = shown.case_names(case)
    chart = timeline.chart(case)
    joint = sum(tally(case).get("joint", {}).values())
    all_commitments = len(case.all("commitments"))
    followed = tables.followed(case, FIRST_FOLLOWED)
    conflicts = tables.conflicts(case)
    sources = tables.sources_table(case, case.all("sources")[:FIRST_SOURCES])
    return {
        "case": case,
        "name": shown.named(names),
        "names": shown.equal_names(names),
        "standing": shown.standing(len(case.all("parties"))),
        "facts": facts(case),
        "counts": counts(case),
        "chart": chart,
        "sides": timeline.sides(case),
        "matrix": tables.matrix(case),
        "joint": _("Only %(joint)d of %(all)d are reported as agreed by all.") % {"joint": joint, "all": all_commitments},
        "joint_url": shown.list_url(case, "commitments", nature="joint"),
        "marks": words.findings(),
        "followed": followed,
        "followed_of": {
            "text": _("%(shown)d of %(all)d findings") % {"shown": len(followed["rows"]), "all": len(case.all("follow_up"))},
            "url": shown.list_url(case, "follow_up"),
        },
        "conflicts": conflicts[:FIRST_CONFLICTS],
        "conflicts_of": {
            "text": _("%(shown)d of %(all)d conflicts") % {"shown": min(FIRST_CONFLICTS, len(conflicts)), "all": len(conflicts)},
            "url": shown.list_url(case, "conflicts"),
        },
        "claims": tables.claims(case),
        "sources": sources,
        "sources_of": {
            "text": _("%(shown)d of %(all)d sources") % {"shown": len(sources["rows"]), "all": len(case.all("sources"))},
            "url": shown.list_url(case, "sources"),
        },
        "links": [{"label": label, "url": shown.list_url(case, kind)} for kind, label in words.kinds().items() if case.all(kind)],
        "trail": [
            *trail((_("Observed"), reverse("observations:index"))),
            {"label": shown.named(names)["text"], "lang": shown.named(names)["lang"]},
        ],
    }


def facts(case: Case) -> list[dict[str, Any]]:
    """The mechanism's facts, each with its sources."""
    found: list[dict[str, Any]] = []
    parties = [shown.person(case, p.id) | {"note": _chambers(p)} for p in case.all("parties")]
    found.append({"label": _("Parties"), "lines": parties})
    said = (
        ("established", _("Established"), "event"),
        ("rhythm", _("Rhythm"), "rule"),
        ("legal_basis", _("Legal basis"), "title"),
        ("right", _("Rights"), "right"),
    )
    for claim, label, field in said:
        lines = [
            words.own_words(str(v.value.get(field, "")))
            | {
                "note": shown.when(v.value.get("date")) if v.value.get("date") else "",
                "sources": shown.sources(case, v.sources, shown.CHIPS),
            }
            for v in case.mechanism.versions(claim)
        ]
        if lines:
            found.append({"label": label, "lines": lines})
    sizes = [
        shown.person(case, str(v.value.get("party"))) | {"note": str(v.value.get("members")), "sources": shown.sources(case, v.sources)}
        for v in case.mechanism.versions("size")
    ]
    if sizes:
        found.append({"label": _("Members"), "lines": sizes})
    variants = [
        {"text": str(v.value.get("form")), "lang": shown.tag_of(str(v.value.get("lang", ""))), "sources": shown.sources(case, v.sources)}
        for v in case.mechanism.versions("name")
    ]
    if variants:
        found.append({"label": _("Other names"), "lines": variants})
    return found


def _chambers(party: Thing) -> str:
    """The chambers of a parliament that has more than one."""
    chambers = party.get("party", {}).get("chambers") or ()
    names = [shown.named({"en": chamber.get("name", "")} | chamber.get("names", {}))["text"] for chamber in chambers]
    return pgettext("between the names of a list", ", ").join(names) if len(names) > 1 else ""
