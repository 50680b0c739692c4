"""The page of one pair: alignment over time, topic by time, and where they split."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.design.words import between_sentences
from comity.desk.forums import engine as engines
from comity.desk.forums import figure, units
from comity.desk.forums.engine import SEAT, UNITS, Engine
from comity.desk.forums.figure import Figure
from comity.desk.forums.library import Held
from comity.desk.forums.names import by_name, period_name, topic_name, unit_name
from comity.desk.forums.settings_of import own_pair

PERIODS = ("session", "year")
COUNTED = ("period", "topic", "measure", "value", "low", "high", "n", "items", "same", "partial", "opposite", "method")


class Pair:
    """What was asked: two seats (or states, or codes), by which period, on which topic. :raises Malformed: on names that nobody here
    bears.
    """

    def __init__(self, request: HttpRequest, forum: Held) -> None:
        self.forum, self.engine = forum, engines.of(forum)
        a, b = request.GET.get("a", ""), request.GET.get("b", "")
        if not (a and b):
            a, b = own_pair(request, forum) or self._neighbours()
        unit = request.GET.get("unit", "")
        self.unit = unit if unit in UNITS else SEAT
        self.a, self.b = self.engine.find(a, self.unit), self.engine.find(b, self.unit)
        asked = request.GET.get("by", "session")
        self.by = asked if asked in PERIODS else "session"
        topic = request.GET.get("topic", "")
        self.topic = topic if topic in self.engine.topics else ""

    def _neighbours(self) -> tuple[str, str]:
        """Somebody to begin with, where no seats are set: the first two by name."""
        named = by_name(self.engine, self.engine.present)
        return named[0][0], named[1][0]

    @property
    def query(self) -> dict[str, str]:
        said = {"a": self.a, "b": self.b, "by": self.by if self.by != "session" else "", "topic": self.topic}
        return said | {"unit": self.unit if self.unit != SEAT else ""}

    @property
    def names(self) -> tuple[str, str]:
        return unit_name(self.engine, self.a, self.unit), unit_name(self.engine, self.b, self.unit)

    @property
    def seats(self) -> tuple[str, str]:
        """The seats of both, whatever they were asked by."""
        one, other = (self.engine.columns(key, self.unit)[-1].seat for key in (self.a, self.b))
        return one, other

    @property
    def title(self) -> str:
        return _("%(one)s and %(other)s") % {"one": self.names[0], "other": self.names[1]}

    def address(self, name: str, **more: str) -> str:
        asked = {k: v for k, v in (self.query | more).items() if v}
        return f"{reverse(name, args=[self.forum.id])}?{urlencode(asked)}"


def votes_url(pair: Pair, period: str, topic: str, by: str) -> str:
    """The roll calls that a mark was counted from."""
    asked = {"a": pair.a, "b": pair.b, "by": by, "period": period, "topic": "" if topic == "all" else topic, "unit": pair.query["unit"]}
    return f"{reverse('forums:votes', args=[pair.forum.id])}?{urlencode({k: v for k, v in asked.items() if v})}"


def alignment(pair: Pair) -> Figure:
    """Raw and corrected agreement over time, with intervals and n."""
    from comity.forums.figures import NARROW, WIDTH, Point, Series, over_time

    rows = pair.engine.pair(pair.a, pair.b, pair.by, (pair.topic,) if pair.topic else (), pair.unit)
    order = list(dict.fromkeys(r.period for r in rows))
    labels = {"linear": _("agreement"), "kappa": _("corrected for chance (κ)")}
    points: dict[str, list[Point]] = {"linear": [], "kappa": []}
    values: list[dict[str, Any]] = []
    table: dict[str, dict[str, Any]] = {p: {} for p in order}
    for r in rows:
        table[r.period][r.measure] = r
        if r.value is None:
            continue
        url = votes_url(pair, r.period, r.topic, pair.by)
        says = _("%(period)s: %(measure)s %(value)s (%(interval)s), %(n)d roll calls") % {
            "period": period_name(pair.by, r.period),
            "measure": labels[r.measure],
            "value": figure.number(r.value),
            "interval": figure.interval(r.low, r.high),
            "n": r.n,
        }
        points[r.measure].append(Point(order.index(r.period), r.value, r.low, r.high, r.n, url, says))
        common = {"value": round(r.value, 4), "low": round(r.low, 4), "high": round(r.high, 4), "n": r.n, "url": url, "says": says}
        values.append({"place": r.period, "series": labels[r.measure]} | common)
    series = [Series(labels[m], tuple(points[m]), dashed=m == "kappa") for m in ("linear", "kappa")]
    title = _("Alignment over time")
    counts = _("roll calls")
    turns = units.turns(pair, order)
    return Figure(
        name="alignment",
        title=title,
        summary=between_sentences().join(
            [
                _summary(pair, [r for r in rows if r.measure == "linear"], [r for r in rows if r.measure == "kappa"]),
                *units.told(pair),
            ]
        ),
        draw=lambda links, narrow: over_time(
            figure.titled(title, pair.title),
            order,
            series,
            axis=_("1 = always alike"),
            counts=counts,
            links=links,
            width=NARROW if narrow else WIDTH,
            turns=turns,
            decimal=figure.decimal(),
        ),
        columns=[
            _("Period"),
            {"label": _("Agreement score"), "num": True},
            {"label": _("90 % interval"), "num": True},
            {"label": _("Corrected (κ)"), "num": True},
            {"label": _("90 % interval"), "num": True},
            {"label": _("Roll calls"), "num": True},
            {"label": _("Items"), "num": True},
        ],
        rows=[_table_row(pair, p, table[p]["linear"], table[p].get("kappa")) for p in order],
        heads=["a", "b", "unit", "by", *COUNTED[:-1], "interval"],
        plain=[[r.a, r.b, pair.unit, pair.by, *(getattr(r, name) for name in COUNTED)] for r in rows],
        spec=figure.over_time_spec(
            values, order, axis=_("1 = always alike"), counts=counts, names=(labels["linear"], labels["kappa"]), turns=turns
        ),
    )


def _summary(pair: Pair, linear: list[Any], kappa: list[Any]) -> str:
    if not linear:
        return _("There is no roll call on which both voted.")
    first, last = linear[0], linear[-1]
    said = _("From %(from)s (%(first)s) to %(to)s (%(last)s).") % {
        "from": figure.number(first.value),
        "first": period_name(pair.by, first.period),
        "to": figure.number(last.value),
        "last": period_name(pair.by, last.period),
    }
    corrected = kappa[-1].value if kappa else None
    if corrected is None:
        return said
    last_corrected = _("Corrected for chance, the last is %(value)s.") % {"value": figure.number(corrected)}
    return between_sentences().join([said, last_corrected])


def _table_row(pair: Pair, period: str, linear: Any, kappa: Any) -> list[Any]:
    def cell(text: str, label: str) -> dict[str, Any]:
        return {"text": text, "num": True, "label": label}

    url = votes_url(pair, period, linear.topic, pair.by)
    return [
        {"text": period_name(pair.by, period), "url": url, "nowrap": True},
        cell(figure.number(linear.value), _("Agreement score")),
        cell(figure.interval(linear.low, linear.high), _("90 % interval")),
        cell(figure.number(kappa.value if kappa else None), _("Corrected (κ)")),
        cell(figure.interval(kappa.low, kappa.high) if kappa and kappa.value is not None else "–", _("90 % interval")),
        {"text": str(linear.n), "url": url, "num": True, "label": _("Roll calls")},
        cell(str(linear.items), _("Items")),
    ]


def by_topic(pair: Pair) -> Figure | None:
    """Topic by time, with the number in each cell; None if the forum codes no topics."""
    from comity.forums.figures import NARROW, WIDTH, Cell, heat

    if not pair.engine.topics:
        return None
    by = spans(pair.engine)
    rows = [r for r in pair.engine.pair(pair.a, pair.b, by, ("all", *pair.engine.topics), pair.unit) if r.measure == "linear"]
    periods = list(dict.fromkeys(r.period for r in rows))
    topics = ["all", *pair.engine.topics]
    names = {t: _("all topics") if t == "all" else topic_name(pair.engine, t) for t in topics}
    found = {(r.topic, r.period): r for r in rows}
    cells, values = [], []
    for t in topics:
        line = []
        for p in periods:
            r = found.get((t, p))
            if r is None or r.value is None:
                line.append(Cell(None))
                continue
            url = votes_url(pair, p, t, by)
            says = _("%(topic)s, %(period)s: %(value)s (%(interval)s), %(n)d roll calls") % {
                "topic": names[t],
                "period": period_name("session", p),
                "value": figure.number(r.value),
                "interval": figure.interval(r.low, r.high),
                "n": r.n,
            }
            line.append(Cell(r.value, r.n, url, says))
            label = f"{round(r.value * 100)}"
            common = {"value": round(r.value, 4), "label": label, "url": url, "says": says}
            values.append({"column": p.replace("-", "–"), "row": names[t]} | common)
        cells.append(line)
    columns = [p.replace("-", "–") for p in periods]
    title = _("By topic and time")
    return Figure(
        name="topics",
        title=title,
        summary=_("Agreement in hundredths; the darker, the closer. Columns are sessions."),
        draw=lambda links, narrow: heat(
            figure.titled(title, pair.title), [names[t] for t in topics], columns, cells, links=links, width=NARROW if narrow else WIDTH
        ),
        columns=[_("Topic"), *({"label": c, "num": True} for c in columns)],
        rows=[[{"text": names[t]}, *(_heat_cell(c, columns[k]) for k, c in enumerate(cells[n]))] for n, t in enumerate(topics)],
        heads=["a", "b", "unit", "sessions", "topic", "measure", "value", "low", "high", "n", "items"],
        plain=[[r.a, r.b, pair.unit, r.period, r.topic, r.measure, r.value, r.low, r.high, r.n, r.items] for r in rows],
        spec=figure.heat_spec(values, columns, [names[t] for t in topics]),
    )


def _heat_cell(cell: Any, column: str) -> dict[str, Any]:
    if cell.value is None:
        return {"text": "–", "num": True, "label": column}
    return {"text": figure.number(cell.value), "url": cell.url, "note": f"n={cell.n}", "num": True, "label": column}


def spans(engine: Engine) -> str:
    """Sessions one by one if they are few, else five at a time."""
    return "session" if len(engine.sessions) <= 16 else "span-5"


def figures(pair: Pair) -> list[Figure]:
    return [f for f in (alignment(pair), by_topic(pair)) if f is not None]


def page(request: HttpRequest, forum: Held) -> dict[str, Any]:
    """The context of ``forums/pair.html``."""
    from comity.desk.forums import splits

    pair = Pair(request, forum)
    listed = splits.rows_of(pair, pair.engine.splits((pair.a, pair.b), pair.unit))
    recent = [r for r in listed if r.split != "alike" and r.split != "absent"][:8]
    return {
        "forum": forum,
        "title": pair.title,
        "trail": trail_to(forum, pair.title),
        "form": choices(pair),
        "units": units.switch(pair),
        "counts": splits.counts(pair, listed),
        "figures": [figure.shown(f, forum, pair.query) for f in figures(pair)],
        "recent": splits.shown(pair, recent),
        "all_splits": pair.address("forums:divergences"),
        "points_url": f"{reverse('forums:points', args=[forum.id])}?{urlencode({'members': ' '.join(pair.seats)})}",
        "briefs": [
            {
                "url": f"{reverse('forums:brief', args=[forum.id, kind])}?{urlencode({k: pair.query[k] for k in ('a', 'b', 'unit')})}",
                "label": label,
            }
            for kind, label in (("pdf", "PDF"), ("docx", "DOCX"))
        ],
        "pair": pair,
    }


def trail_to(forum: Held, *steps: tuple[str, str] | str) -> list[dict[str, str]]:
    from comity.desk.show import trail

    return trail((_("Forums"), reverse("forums:index")), (forum.name, reverse("forums:forum", args=[forum.id])), *steps)


def choices(pair: Pair) -> dict[str, Any]:
    """The fields by which another pair, period or topic is chosen."""
    view = pair.engine.by(pair.unit).view
    offered = [*pair.engine.present, pair.a, pair.b] if pair.unit == SEAT else list(view.keys)
    states = by_name(pair.engine, list(dict.fromkeys(offered)), pair.unit)

    def select(name: str, label: str, options: list[tuple[str, str]], value: str) -> dict[str, Any]:
        return {
            "name": name,
            "label": label,
            "options": [{"value": v, "label": text, "checked": v == value} for v, text in options],
        }

    fields = [
        select("a", _("Member state"), states, pair.a),
        select("b", _("and"), states, pair.b),
        select("by", _("Reckoned by"), [("session", pgettext("of a forum", "sessions")), ("year", _("years"))], pair.by),
    ]
    if pair.engine.topics:
        topics = [("", _("all topics")), *((t, topic_name(pair.engine, t)) for t in pair.engine.topics)]
        fields.append(select("topic", _("Topic"), topics, pair.topic))
    return {"fields": fields, "unit": pair.query["unit"]}
