"""Roll calls: the list that a mark was counted from, and one roll call with everybody's vote."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.forums import engine as engines
from comity.desk.forums import figure
from comity.desk.forums.engine import SEAT, STATE, UNITS, Engine
from comity.desk.forums.library import Held
from comity.desk.forums.names import by_name, period_name, topic_name, unit_name
from comity.desk.forums.pair import Pair, trail_to
from comity.desk.forums.splits import LONGEST, call_url, totals_said
from comity.desk.forums.words import OPTIONS, ORIGINS, SPLITS, STAGES, option
from comity.desk.show import day

PER_PAGE = 40
ORDER = ("yes", "no", "abstain", "absent", "not participating", "unknown")


def votes(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The roll calls of one period and topic on which both voted: what a mark of the pair's figures was counted from."""
    from comity.forums.divergences import split_of
    from comity.forums.measures import Measure

    pair = Pair(request, forum)
    by, period = request.GET.get("by", "session") or "session", request.GET.get("period", "")
    agreement = pair.engine.by(pair.unit)
    rows = agreement.pair(
        pair.a, pair.b, by=by, topics=(pair.topic,) if pair.topic else (), measures=(Measure.LINEAR,), draws=1, events=True
    )
    row = next((r for r in rows if r.period == period), None)
    if row is None:
        raise Http404(period)
    pages = Paginator(row.events[::-1], PER_PAGE).get_page(request.GET.get("page"))
    columns = [agreement.view.find(pair.a), agreement.view.find(pair.b)]
    lines = []
    for key in pages:
        i = pair.engine.calls.index[key]
        e = pair.engine.calls.events[i]
        cells = agreement.view.options[i, columns].tolist()
        lines.append(
            {
                "url": call_url(pair, e.id),
                "symbol": e.symbol or e.id,
                "title": shorten(e.title, LONGEST, placeholder=" …"),
                "date": day(e.date[:10]),
                "votes": [option(_word(o)) for o in cells],
                "split": SPLITS[str(split_of(cells))],
                "strong": str(split_of(cells)) == "opposite",
                "totals": totals_said(e.totals),
            }
        )
    name = period_name(by, period)
    topic = topic_name(pair.engine, pair.topic) if pair.topic else ""
    return {
        "forum": forum,
        "title": _("Roll calls on which both voted"),
        "kind": ", ".join(filter(None, [pair.title, name, topic])),
        "counts": [
            {"number": figure.count(row.n), "label": _("roll calls, those on which all voted alike left out")},
            {"number": figure.count(row.same), "label": _("alike")},
            {"number": figure.count(row.partial), "label": _("partial")},
            {"number": figure.count(row.opposite), "label": _("opposite")},
        ],
        "rows": lines,
        "heads": pair.names,
        "page": pages,
        "query": f"a={pair.a}&b={pair.b}&by={by}&period={period}&topic={pair.topic}&unit={pair.query['unit']}&",
        "trail": trail_to(forum, (pair.title, pair.address("forums:pair")), name),
    }


def _word(value: int) -> str:
    from comity.forums.model import Option

    return Option(value).word


def one(request: HttpRequest, forum: Held, event: str) -> dict[str, Any]:
    """One roll call: what it was about, the official totals beside the votes counted, who voted how, the item's other votes."""
    from comity.forums.importers.building import compare_totals
    from comity.forums.model import Option

    engine = engines.of(forum)
    i = engine.calls.index.get(event)
    if i is None:
        raise Http404(event)
    e = engine.calls.events[i]
    view = engine.by(STATE).view
    unit = request.GET.get("unit", "")
    unit = unit if unit in UNITS else SEAT
    pair = [s for s in (request.GET.get("a", ""), request.GET.get("b", "")) if s in engine.by(unit).view.keys]
    marked = {voter.state for s in pair for voter in engine.columns(s, unit)}
    cells = dict(zip(view.keys, (Option(o).word for o in view.options[i].tolist()), strict=True))
    groups = []
    for word in ORDER:
        states = by_name(engine, [s for s, o in cells.items() if o == word], STATE)
        if states:
            names = [{"name": name, "marked": s in marked} for s, name in states]
            groups.append({"word": option(word), "states": names, "count": len(names)})
    differs = compare_totals(engine.calls.select(_only(engine, i)))
    others = [k for k in (engine.lineages == engine.lineages[i]).nonzero()[0].tolist() if k != i]
    topics = [f"{topic_name(engine, t.code)} ({ORIGINS[str(t.origin)]})" for t in e.topics][:12]
    facts = [
        {"label": _("Date"), "value": day(e.date[:10])},
        {"label": _("Session"), "value": str(e.session)},
        {"label": _("Put to the vote"), "value": str(STAGES[str(e.stage)])},
        {"label": _("Agenda"), "value": {"text": e.agenda, "lang": "en"}} if e.agenda else None,
        {"label": _("Topics"), "lines": topics} if topics else None,
        {"label": _("Official totals"), "value": totals_said(e.totals)},
        {"label": _("Votes counted"), "value": _counted(cells)},
        {"label": _("Source"), "value": {"text": e.source, "url": e.source}} if e.source.startswith("https://") else None,
    ]
    query = f"?a={pair[0]}&b={pair[1]}{'' if unit == SEAT else f'&unit={unit}'}" if len(pair) == 2 else ""
    return {
        "forum": forum,
        "title": e.title,
        "number": e.symbol or e.id,
        "pair": [{"name": unit_name(engine, s, unit), "vote": option(engine.cast(i, s, unit))} for s in pair],
        "facts": [f for f in facts if f],
        "differs": bool(differs),
        "groups": groups,
        "others": [_other(engine, forum, k, pair, unit, query) for k in reversed(others)],
        "heads": [unit_name(engine, s, unit) for s in pair],
        "popolo": reverse("forums:popolo", args=[forum.id, e.id]),
        "trail": trail_to(forum, e.symbol or e.id),
    }


def _only(engine: Engine, i: int) -> Any:
    import numpy as np

    mask = np.zeros(len(engine.calls.events), dtype=np.bool_)
    mask[i] = True
    return mask


def _counted(cells: dict[str, str]) -> str:
    counted = {word: sum(o == word for o in cells.values()) for word in ("yes", "no", "abstain", "absent")}
    return ", ".join(f"{OPTIONS[word][1]} {n}" for word, n in counted.items())


def _other(engine: Engine, forum: Held, k: int, pair: list[str], unit: str, query: str) -> dict[str, Any]:
    e = engine.calls.events[k]
    return {
        "url": reverse("forums:call", args=[forum.id, e.id]) + query,
        "symbol": e.symbol or e.id,
        "title": e.title,
        "date": day(e.date[:10]),
        "totals": totals_said(e.totals),
        "votes": [option(engine.cast(k, s, unit)) for s in pair],
    }
