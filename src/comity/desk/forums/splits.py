"""The divergence list: the roll calls on which two sides split, with the earlier votes on the item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.forums.figure import count, titled, to_csv
from comity.desk.forums.names import period_name, topic_name
from comity.desk.forums.words import COURSES, COURSES_MEAN, OPTIONS, SPLITS, SPLITS_MEAN, option
from comity.desk.show import day

if TYPE_CHECKING:
    from comity.desk.forums.pair import Pair
    from comity.forums.divergences import Divergence

PER_PAGE = 25
EARLIER = 3
LONGEST = 240  # characters of a title in lists; some sources put half a speech there
FILTERS = ("session", "topic", "split", "course", "q")


def rows_of(pair: Pair, found: Sequence[Divergence]) -> list[Divergence]:
    """Those on the topic that the page is about."""
    return [d for d in found if not pair.topic or pair.topic in d.topics]


def counts(pair: Pair, rows: Sequence[Divergence]) -> list[dict[str, Any]]:
    """How many splits there are of each kind; each number opens its list."""
    kinds = Counter(str(d.split) for d in rows if d.split != "alike")
    courses = Counter(str(d.course) for d in rows if d.split in ("opposite", "partial") or d.course == "healed")
    shown = [
        {
            "number": count(kinds[k]),
            "label": titled(str(SPLITS[k]), str(SPLITS_MEAN[k])),
            "url": pair.address("forums:divergences", split=k),
        }
        for k in ("opposite", "partial", "absent")
    ]
    return shown + [
        {
            "number": count(courses[k]),
            "label": titled(str(COURSES[k]), str(COURSES_MEAN[k])),
            "url": pair.address("forums:divergences", course=k),
        }
        for k in ("new", "recurring", "healed")
    ]


def page(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    """The context of ``forums/divergences.html``."""
    from comity.desk.forums.pair import choices, trail_to

    chosen = {key: request.GET.get(key, "") for key in FILTERS}
    everything = pair.engine.splits((pair.a, pair.b), pair.unit)
    found = narrowed(everything, chosen)
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = "&".join(pair.address("forums:divergences", **{k: v for k, v in chosen.items() if v}).split("?")[1:])
    return {
        "forum": pair.forum,
        "title": _("Where they split"),
        "kind": pair.title,
        "pair": pair,
        "trail": trail_to(pair.forum, (pair.title, pair.address("forums:pair")), _("Where they split")),
        "rows": shown(pair, list(pages)),
        "heads": pair.names,
        "page": pages,
        "query": f"{query}&",
        "shown_of": _("%(shown)d of %(all)d") % {"shown": len(found), "all": len(everything)},
        "states": choices(pair)["fields"][:2],
        "unit": pair.query["unit"],
        "filters": _filters(pair, chosen),
        "q": chosen["q"],
        "csv": f"{reverse('forums:divergences-csv', args=[pair.forum.id])}?{query}",
        "any": any(chosen.values()),
    }


def narrowed(rows: Sequence[Divergence], chosen: dict[str, str]) -> list[Divergence]:
    """The rows that pass the filters; without any, splits in which one was absent are left to those who ask for them."""
    words = chosen["q"].casefold().split()
    found = []
    for d in rows:
        if chosen["split"] and d.split != chosen["split"]:
            continue
        if chosen["course"] and (d.course != chosen["course"] or (d.split == "absent" and chosen["split"] != "absent")):
            continue
        if not chosen["split"] and not chosen["course"] and d.split == "absent":
            continue
        if chosen["session"] and str(d.session) != chosen["session"]:
            continue
        if chosen["topic"] and chosen["topic"] not in d.topics:
            continue
        if words and not all(w in f"{d.symbol} {d.title}".casefold() for w in words):
            continue
        found.append(d)
    return found


def _filters(pair: Pair, chosen: dict[str, str]) -> list[dict[str, Any]]:
    topics = [(t, topic_name(pair.engine, t)) for t in pair.engine.topics]
    groups: list[tuple[str, str, str, list[tuple[str, Any]]]] = [
        (
            "split",
            pgettext("of a divergence", "Kind"),
            _("opposite and partial"),
            [(k, SPLITS[k]) for k in ("opposite", "partial", "absent")],
        ),
        ("course", _("Course"), _("any"), list(COURSES.items())),
        ("session", _("Session"), _("all"), [(str(s), str(s)) for s in reversed(pair.engine.sessions)]),
    ]
    if topics:
        groups.append(("topic", _("Topic"), _("all topics"), topics))
    return [
        {
            "name": name,
            "label": label,
            "options": [{"value": "", "label": every, "checked": not chosen[name]}]
            + [{"value": v, "label": str(text), "checked": chosen[name] == v} for v, text in options],
        }
        for name, label, every, options in groups
    ]


def shown(pair: Pair, rows: Sequence[Divergence]) -> list[dict[str, Any]]:
    """Rows in words: both votes, the kind, the course, earlier votes, the way to the roll call with its official totals."""
    out = []
    for d in rows:
        totals = pair.engine.calls.events[pair.engine.calls.index[d.event]].totals
        out.append(
            {
                "url": call_url(pair, d.event),
                "symbol": d.symbol or d.event,
                "title": shorten(d.title, LONGEST, placeholder=" …"),
                "date": day(d.date[:10]),
                "session": period_name("session", str(d.session)),
                "topics": [topic_name(pair.engine, t) for t in d.topics if t in pair.engine.topics],
                "split": SPLITS[str(d.split)],
                "strong": d.split == "opposite",
                "course": COURSES[str(d.course)],
                "votes": [option(v) for v in d.votes],
                "totals": totals_said(totals),
                "important": d.important,
                "earlier": [
                    {
                        "url": call_url(pair, e.event),
                        "session": e.session,
                        "votes": [option(v) for v in e.votes],
                        "split": SPLITS[str(e.split)],
                    }
                    for e in d.earlier[:EARLIER]
                ],
                "more": len(d.earlier) - EARLIER if len(d.earlier) > EARLIER else 0,
            }
        )
    return out


def totals_said(totals: Any) -> str:
    """Official totals as printed, or that none are."""
    given = [(OPTIONS["yes"][1], totals.yes), (OPTIONS["no"][1], totals.no), (_("abstentions"), totals.abstain)]
    if all(n is None for _label, n in given):
        return _("no totals printed")
    return ", ".join(f"{label} {'–' if n is None else n}" for label, n in given)


def call_url(pair: Pair, event: str) -> str:
    unit = f"&unit={pair.unit}" if pair.query["unit"] else ""
    return f"{reverse('forums:call', args=[pair.forum.id, event])}?a={pair.a}&b={pair.b}{unit}"


def as_csv(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The filtered list as a file."""
    found = narrowed(pair.engine.splits((pair.a, pair.b), pair.unit), {key: request.GET.get(key, "") for key in FILTERS})
    heads = ["event", "session", "date", "symbol", "title", "topics", "split", "course", pair.a, pair.b, "earlier", "source"]
    rows = [
        [
            d.event, d.session, d.date, d.symbol, d.title, "|".join(d.topics), str(d.split), str(d.course), *d.votes,
            "; ".join(f"{e.session}: {'/'.join(e.votes)}" for e in d.earlier), d.source,
        ]
        for d in found
    ]  # fmt: skip
    answer = HttpResponse(to_csv(heads, rows, pair.forum), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{pair.forum.id}-divergences-{pair.a}-{pair.b}.csv"'
    return answer
