"""Ideal points: all members on a line, and two of them through the sessions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.forums import blocs, figure, jobs, library
from comity.desk.forums import engine as engines
from comity.desk.forums.blocs import session_of
from comity.desk.forums.engine import Engine
from comity.desk.forums.figure import Figure
from comity.desk.forums.library import Held
from comity.desk.forums.names import by_name, period_name, state_name
from comity.desk.forums.pair import trail_to
from comity.desk.forums.settings_of import own_pair
from comity.desk.show import officer_of

MOST = 24  # named members on one figure


def members(request: HttpRequest, engine: Engine) -> list[str]:
    """The members of the bloc that is asked for, or those named in the address. :raises Malformed: if one of them is nobody here."""
    bloc = blocs.chosen(request, engine.forum)
    words = list(bloc.members) if bloc else blocs.words(request)
    found = [engine.find(w) for w in words] or list(own_pair(request, engine.forum) or ())
    return list(dict.fromkeys(found))[:MOST]


def page(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The context of ``forums/points.html``."""
    engine = engines.of(forum)
    kept = engine.points()
    officer = officer_of(request)
    sessions = sorted({r["session"] for r in kept.rows}) if kept else []
    drawn = drawings(request, engine)
    query = {"members": " ".join(members(request, engine)), "session": str(session_of(request, engine, sessions)) if sessions else ""}
    return {
        "forum": forum,
        "title": _("Ideal points"),
        "trail": trail_to(forum, _("Ideal points")),
        "preview": kept.preview if kept else False,
        "figures": [figure.shown(f, forum, query) for f in drawn],
        "facts": _facts(kept.about) if kept else [],
        "members": query["members"],
        "sessions": [{"value": str(s), "label": str(s), "checked": str(s) == query["session"]} for s in reversed(sessions)],
        "job": jobs.of(library.home(), "points", forum.id),
        "refusal": library.why_not_import(officer),
        "known": by_name(engine, engine.present),
        "blocs": blocs.select(request, forum),
    }


def _facts(about: dict[str, Any]) -> list[dict[str, Any]]:
    rhat = about.get("rhat") or {}
    facts: list[dict[str, Any]] = [
        {"label": _("Method"), "value": _("variational preview; its intervals are too narrow") if not rhat else _("Gibbs sampling")},
        {"label": _("Rules"), "value": {"code": about["rules"]}},
        {"label": _("Input"), "value": {"code": about["input"]}},
    ]
    if rhat:
        share = {
            "n": figure.number(100 * rhat["share_below_1.05"], 1),
            "max": figure.number(rhat["max"], 3),
            "median": figure.number(rhat["median"], 3),
        }
        facts += [
            {"label": _("Chains, sweeps, seed"), "value": f"{about['chains']} × {about['sweeps']}, {about['seed']}"},
            {"label": "R-hat", "value": _("median %(median)s, largest %(max)s; at most 1.05 in %(n)s %% of cells") % share},
        ]
    return facts


def drawings(request: HttpRequest, engine: Engine) -> list[Figure]:
    """The line of one session, and two named members through the sessions; nothing without an estimate."""
    kept = engine.points()
    if kept is None:
        return []
    named = members(request, engine)
    session = session_of(request, engine, sorted({r["session"] for r in kept.rows}))
    found = [on_one_line(engine, [r for r in kept.rows if r["session"] == session], named, session)]
    return [*found, through_time(engine, kept.rows, named)] if len(named) == 2 else found


HEADS = ("seat", "iso3", "session", "n_votes", "mean", "q5", "q50", "q95", "rhat", "method")


def _plain(rows: list[dict[str, Any]]) -> list[list[Any]]:
    return [[r.get(head) for head in HEADS] for r in rows]


def _row(first: dict[str, Any], r: dict[str, Any]) -> list[Any]:
    return [
        first,
        {"text": figure.number(r["mean"]), "num": True, "label": _("Mean")},
        {"text": figure.interval(r["q5"], r["q95"]), "num": True, "label": _("90 % interval")},
        {"text": str(r["n_votes"]), "num": True, "label": _("Votes")},
        {"text": figure.number(r.get("rhat"), 3), "num": True, "label": "R-hat"},
    ]


def _columns(first: str) -> list[Any]:
    return [first, *({"label": c, "num": True} for c in (_("Mean"), _("90 % interval"), _("Votes"), "R-hat"))]


def _who(place: dict[str, str], r: dict[str, Any]) -> str:
    """The named state that a row is of, or nothing."""
    return next((s for s, iso in place.items() if iso in (r["iso3"], r["seat"])), "")


def _mark_url(engine: Engine, named: list[str], state: str, r: dict[str, Any]) -> str:
    """A named member's roll calls with another; anybody else is added to the named."""
    if state and len(named) > 1:
        other = next(s for s in named if s != state)
        asked = {"a": state, "b": other, "period": r["session"]}
        return f"{reverse('forums:votes', args=[engine.forum.id])}?{urlencode(asked)}"
    if state:
        return ""
    more = " ".join([*named, r["iso3"] or r["seat"]])
    return f"{reverse('forums:points', args=[engine.forum.id])}?{urlencode({'members': more, 'session': r['session']})}"


def on_one_line(engine: Engine, here: list[dict[str, Any]], named: list[str], session: int) -> Figure:
    """All members of a session on the line; the named ones with their intervals."""
    from comity.forums.figures import NARROW, WIDTH, Mark, strip

    place = {s: _iso(engine, s) for s in named}
    marks, rows = [], []
    for r in sorted(here, key=lambda r: float(r["mean"])):
        state = _who(place, r)
        name, url = _member_name(engine, r), _mark_url(engine, named, state, r)
        marks.append(Mark(name, r["mean"], r["q5"], r["q95"], url, bool(state)))
        rows.append(_row({"text": name, "url": url}, r))
    title = _("On one line, %(session)s") % {"session": period_name("session", str(session))}
    axis = _("ideal point; sign and scale are arbitrary (mean 0, variance 1 over all)")
    values = [
        {
            "name": m.name,
            "value": round(m.value, 3),
            "low": round(m.low, 3),
            "high": round(m.high, 3),
            "url": m.url,
            "named": m.named,
            "says": f"{m.name}: {figure.number(m.value)} ({figure.interval(m.low, m.high)})",
        }
        for m in marks
    ]
    return Figure(
        name="points",
        title=title,
        summary=_("Each tick is a member; those who stand close vote alike. Named members have their 90 % interval."),
        draw=lambda links, narrow: strip(
            title, marks, ends=("", ""), axis=axis, links=links, width=NARROW if narrow else WIDTH, decimal=figure.decimal()
        ),
        columns=_columns(_("Member state")),
        rows=rows,
        heads=HEADS,
        plain=_plain(sorted(here, key=lambda r: float(r["mean"]))),
        spec=figure.strip_spec(values, [m.name for m in marks if m.named], axis=axis),
    )


def through_time(engine: Engine, every: list[dict[str, Any]], named: list[str]) -> Figure:
    """Two members' ideal points through the sessions."""
    from comity.forums.figures import NARROW, WIDTH, Point, Series, over_time

    place = {s: _iso(engine, s) for s in named}
    rows = [r for r in every if _who(place, r)]
    order = [str(s) for s in sorted({r["session"] for r in rows})]
    names = {s: state_name(engine, s) for s in named}
    points: dict[str, list[Point]] = {s: [] for s in named}
    values = []
    for r in sorted(rows, key=lambda r: int(r["session"])):
        state = _who(place, r)
        url = _mark_url(engine, named, state, r)
        says = f"{names[state]}, {r['session']}: {figure.number(r['mean'])} ({figure.interval(r['q5'], r['q95'])})"
        points[state].append(Point(order.index(str(r["session"])), r["mean"], r["q5"], r["q95"], r["n_votes"], url, says))
        numbers = {"value": round(r["mean"], 3), "low": round(r["q5"], 3), "high": round(r["q95"], 3), "n": r["n_votes"]}
        values.append({"place": str(r["session"]), "series": names[state], "url": url, "says": says} | numbers)
    title, axis, counts = _("Through the sessions"), _("ideal point"), _("votes")
    series = [Series(names[s], tuple(points[s]), dashed=k == 1) for k, s in enumerate(named)]
    return Figure(
        name="paths",
        title=title,
        summary=_("%(one)s and %(other)s") % {"one": names[named[0]], "other": names[named[1]]},
        draw=lambda links, narrow: over_time(
            title, order, series, axis=axis, counts=counts, links=links, width=NARROW if narrow else WIDTH, decimal=figure.decimal()
        ),
        columns=_columns(_("Member state")),
        rows=[
            _row(
                {
                    "text": f"{names[_who(place, r)]}, {period_name('session', str(r['session']))}",
                    "url": _mark_url(engine, named, _who(place, r), r),
                },
                r,
            )
            for r in rows
        ],
        heads=HEADS,
        plain=_plain(rows),
        spec=figure.over_time_spec(values, order, axis=axis, counts=counts, names=(names[named[0]], names[named[1]])),
    )


def _iso(engine: Engine, state: str) -> str:
    view = engine.agreement.view
    return view.iso3(view.keys.index(state)) or state


def _member_name(engine: Engine, row: dict[str, Any]) -> str:
    states = engine.agreement.view.keys
    for key in (row["iso3"], row["seat"]):
        if key in states:
            return state_name(engine, key)
    return str(row["name"])
