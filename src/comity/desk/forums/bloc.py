"""One group of members: how closely it votes together over time, the agreement of every two of its members, and its roll calls."""

from __future__ import annotations

from functools import cached_property
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.forums import blocs, figure
from comity.desk.forums import engine as engines
from comity.desk.forums.figure import Figure
from comity.desk.forums.library import Held
from comity.desk.forums.names import by_name, period_name, state_name, topic_name
from comity.desk.forums.pair import trail_to
from comity.desk.forums.splits import LONGEST, totals_said
from comity.desk.forums.words import OPTIONS, option
from comity.desk.show import day

if TYPE_CHECKING:
    from comity.forums.blocs import Group
    from comity.forums.clusters import Matrix

FIRST = 24  # members whose pairs the table shows
PER_PAGE = 40
INDEX, RICE = "agreement index", "rice"


class Asked:
    """What was asked: a bloc, or members named one by one, or all of a session; a session and a topic. :raises Malformed: on names that
    nobody here bears.
    """

    def __init__(self, request: HttpRequest, forum: Held) -> None:
        self.forum, self.engine = forum, engines.of(forum)
        self.bloc = blocs.chosen(request, forum)
        self.named = [] if self.bloc else [self.engine.find(w) for w in blocs.words(request)]
        self.session = blocs.session_of(request, self.engine, self.engine.sessions)
        topic = request.GET.get("topic", "")
        self.topic = topic if topic in self.engine.topics else ""

    @property
    def group(self) -> Group:
        return self.bloc or self.named

    @property
    def few(self) -> bool:
        """Whether it is a group, not everybody."""
        return self.bloc is not None or len(set(self.named)) > 1

    @property
    def query(self) -> dict[str, str]:
        return {
            "bloc": self.bloc.name if self.bloc else "",
            "members": " ".join(self.named),
            "session": str(self.session),
            "topic": self.topic,
        }

    @property
    def name(self) -> str:
        return self.bloc.name if self.bloc else ", ".join(self.named)

    def votes_url(self, period: str, index: str = INDEX) -> str:
        """The roll calls of a session that an index of the group was counted from."""
        more = {"session": period, "index": "" if index == INDEX else index}
        asked = {k: v for k, v in (self.query | more).items() if v}
        return f"{reverse('forums:bloc-votes', args=[self.forum.id])}?{urlencode(asked)}"

    @cached_property
    def matrix(self) -> Matrix:
        return self.engine.bloc(self.group or self.engine.members(self.session), self.session, self.topic)


def page(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The context of ``forums/bloc.html``: the matrix is drawn on a canvas by script, as SVG without."""
    asked = Asked(request, forum)
    engine, matrix = asked.engine, asked.matrix
    drawn = [f for f in (cohesion(asked), pairs(asked)) if f is not None]
    names = [state_name(engine, k) for k in matrix.keys]
    votes = f"{reverse('forums:votes', args=[forum.id])}?by=session&period={asked.session}&topic={asked.topic}"
    values = [[None if v != v else round(float(v), 3) for v in row] for row in matrix.values.tolist()]
    return {
        "forum": forum,
        "title": _("Who votes alike"),
        "kind": ", ".join(filter(None, [asked.name if asked.bloc else "", period_name("session", str(asked.session))])),
        "trail": trail_to(forum, _("Who votes alike")),
        "cohesion": figure.shown(drawn[0], forum, asked.query) if len(drawn) > 1 else None,
        "figure": figure.shown(drawn[-1], forum, asked.query),
        "data": {"names": names, "keys": list(matrix.keys), "values": values, "n": matrix.n.tolist(), "votes": votes,
                 "says": _("{a} – {b}: {value}, {n} roll calls")},
        "members": asked.query["members"],
        "bloc": asked.bloc,
        "blocs": blocs.select(request, forum),
        "sessions": [{"value": str(s), "label": str(s), "checked": s == asked.session} for s in reversed(engine.sessions)],
        "topics": [{"value": t, "label": topic_name(engine, t), "checked": t == asked.topic} for t in engine.topics],
        "known": by_name(engine, engine.members(asked.session)),
    }  # fmt: skip


def cohesion(asked: Asked) -> Figure | None:
    """How closely the group votes together, by session, with intervals and n; None for all members together."""
    from comity.forums.figures import NARROW, WIDTH, Point, Series, over_time

    if not asked.few:
        return None
    rows = asked.engine.cohesion(asked.group, asked.topic)
    order = list(dict.fromkeys(r.period for r in rows))
    labels = {INDEX: _("agreement index"), RICE: _("Rice’s index")}
    points: dict[str, list[Point]] = {INDEX: [], RICE: []}
    values: list[dict[str, Any]] = []
    table: dict[str, dict[str, Any]] = {p: {} for p in order}
    for r in rows:
        table[r.period][r.index] = r
        url = asked.votes_url(r.period, r.index)
        says = _("%(period)s: %(measure)s %(value)s (%(interval)s), %(n)d roll calls") % {
            "period": period_name("session", r.period),
            "measure": labels[r.index],
            "value": figure.number(r.value),
            "interval": figure.interval(r.low, r.high),
            "n": r.n,
        }
        points[r.index].append(Point(order.index(r.period), float(r.value or 0), r.low, r.high, r.n, url, says))
        shown = {
            "value": round(float(r.value or 0), 4),
            "low": round(r.low, 4),
            "high": round(r.high, 4),
            "n": r.n,
            "url": url,
            "says": says,
        }
        values.append({"place": r.period, "series": labels[r.index]} | shown)
    series = [Series(labels[k], tuple(points[k]), dashed=k == RICE) for k in labels]
    title, axis, counts = _("How closely it votes together"), _("1 = with one voice"), _("roll calls")
    return Figure(
        name="cohesion",
        title=title,
        summary=_("Over all members that belonged to it at the time; roll calls on which the whole forum voted alike are left out."),
        draw=lambda links, narrow: over_time(
            figure.titled(title, asked.name),
            order,
            series,
            axis=axis,
            counts=counts,
            links=links,
            width=NARROW if narrow else WIDTH,
            decimal=figure.decimal(),
        ),
        columns=[
            _("Period"),
            *(
                {"label": label, "num": True}
                for label in (
                    _("Agreement index"),
                    _("90 % interval"),
                    _("Rice’s index"),
                    _("90 % interval"),
                    _("Roll calls"),
                    _("Items"),
                    pgettext("how many of a bloc", "Members"),
                )
            ),
        ],
        rows=[_cohesion_row(asked, p, table[p]) for p in order],
        heads=["group", "session", "topic", "index", "value", "low", "high", "n", "items", "members"],
        plain=[[asked.name, r.period, asked.topic or "all", r.index, r.value, r.low, r.high, r.n, r.items, r.members] for r in rows],
        spec=figure.over_time_spec(values, order, axis=axis, counts=counts, names=(labels[INDEX], labels[RICE])),
    )


def _cohesion_row(asked: Asked, period: str, found: dict[str, Any]) -> list[Any]:
    index, rice = found[INDEX], found.get(RICE)

    def cell(text: str, label: str) -> dict[str, Any]:
        return {"text": text, "num": True, "label": label}

    return [
        {"text": period_name("session", period), "url": asked.votes_url(period), "nowrap": True},
        cell(figure.number(index.value), _("Agreement index")),
        cell(figure.interval(index.low, index.high), _("90 % interval")),
        cell(figure.number(rice.value if rice else None), _("Rice’s index")),
        cell(figure.interval(rice.low, rice.high) if rice else "–", _("90 % interval")),
        {"text": str(index.n), "url": asked.votes_url(period), "num": True, "label": _("Roll calls")},
        cell(str(index.items), _("Items")),
        cell(str(index.members), pgettext("how many of a bloc", "Members")),
    ]


def pairs(asked: Asked) -> Figure:
    """The clustered matrix."""
    from comity.forums.figures import matrix as draw

    matrix = asked.matrix
    names = [state_name(asked.engine, k) for k in matrix.keys]
    values: list[list[float | None]] = [[None if v != v else float(v) for v in row] for row in matrix.values.tolist()]
    title = _("Agreement of every two members")
    subject = ", ".join(filter(None, [asked.name, period_name("session", str(asked.session))]))
    first = range(len(names)) if len(names) <= FIRST else range(0)
    return Figure(
        name="bloc",
        title=title,
        summary=_("In an order in which those who vote alike stand together; the darker, the closer."),
        draw=lambda _links, _narrow: draw(figure.titled(title, subject), names, values),
        columns=[_("Member state"), *({"label": matrix.keys[k], "num": True} for k in first)],
        rows=[
            [{"text": names[k]}, *({"text": figure.number(values[k][m]), "num": True, "label": names[m]} for m in first)]
            for k in range(len(names))
        ],
        heads=["a", "b", "session", "topic", "measure", "value", "n"],
        plain=[
            [matrix.keys[x], matrix.keys[y], asked.session, asked.topic or "all", "linear", values[x][y], int(matrix.n[x][y])]
            for x in range(len(names))
            for y in range(x + 1, len(names))
        ],
        notes=() if len(names) <= FIRST else (_("With so many members the table shows only their order; the CSV has every pair."),),
    )


def votes(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The roll calls of one session that a mark of the cohesion was counted from: how the group voted on each. :raises Http404: if none."""
    asked = Asked(request, forum)
    index = RICE if request.GET.get("index") == RICE else INDEX
    rows = asked.engine.cohesion(asked.group, asked.topic) if asked.few else []
    row = next((r for r in rows if (r.period, r.index) == (str(asked.session), index)), None)
    if row is None:
        raise Http404("group")
    cast = asked.engine.group_votes(asked.group, row.events)
    cast.sort(key=lambda c: c.agreement)
    pages = Paginator(cast, PER_PAGE).get_page(request.GET.get("page"))
    lines = []
    for c in pages:
        e = asked.engine.calls.events[c.event]
        said = [(option(word), n) for word, n in (("yes", c.yes), ("no", c.no), ("abstain", c.abstain), ("absent", c.away)) if n]
        lines.append(
            [
                {"text": e.symbol or e.id, "url": reverse("forums:call", args=[forum.id, e.id]), "nowrap": True},
                {
                    "text": shorten(e.title, LONGEST, placeholder=" …"),
                    "lang": "en",
                    "note": f"{day(e.date[:10])} · {totals_said(e.totals)}",
                },
                {"text": ", ".join(f"{o['mark']} {n}" for o, n in said), "nowrap": True, "label": _("Votes of the group")},
                {"text": figure.number(c.agreement), "num": True, "label": _("Agreement index")},
            ]
        )
    name = period_name("session", str(asked.session))
    address = f"{reverse('forums:bloc', args=[forum.id])}?{urlencode({k: v for k, v in asked.query.items() if v})}"
    return {
        "forum": forum,
        "title": _("Roll calls on which the group voted"),
        "kind": ", ".join(filter(None, [asked.name, name, topic_name(asked.engine, asked.topic) if asked.topic else ""])),
        "counts": [
            {"number": figure.count(row.n), "label": _("roll calls, those on which all voted alike left out")},
            {"number": figure.count(sum(c.agreement == 1 for c in cast)), "label": _("with one voice")},
            {
                "number": figure.number(row.value),
                "label": _("Rice’s index, on average") if index == RICE else _("agreement index, on average"),
            },
        ],
        "columns": [
            _("Roll call"),
            pgettext("of a resolution", "Title"),
            _("Votes of the group"),
            {"label": _("Agreement index"), "num": True},
        ],
        "rows": lines,
        "key": [f"{OPTIONS[w][0]} {OPTIONS[w][1]}" for w in ("yes", "no", "abstain", "absent")],
        "page": pages,
        "query": f"{urlencode({k: v for k, v in (asked.query | {'index': index}).items() if v})}&",
        "trail": trail_to(forum, (_("Who votes alike"), address), name),
    }
