"""A figure of a page in all its forms: drawn (SVG, PNG), as a Vega-Lite chart, as a table (and CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import get_format, number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.forums.library import Held
from comity.desk.show import day

if TYPE_CHECKING:
    from comity.forums.figures import Turn


@dataclass(frozen=True)
class Figure:
    """``draw(links, narrow)`` gives the SVG; ``columns`` and ``rows`` the table, with values as the design room's cells; ``plain`` the same
    as plain values, with ``heads``, for CSV.
    """

    name: str
    title: str
    summary: str
    draw: Callable[[bool, bool], str]
    columns: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    heads: Sequence[str]
    plain: Sequence[Sequence[Any]]
    spec: dict[str, Any] | None = None
    notes: Sequence[str] = field(default_factory=tuple)


def shown(figure: Figure, forum: Held, query: dict[str, Any]) -> dict[str, Any]:
    """What ``forums/_figure.html`` takes. ``query``: the address of the page, so that a download shows the same."""
    asked = urlencode({k: v for k, v in query.items() if v not in ("", None, [])}, doseq=True)

    def address(kind: str) -> str:
        return f"{reverse('forums:figure', args=[forum.id, figure.name, kind])}?{asked}"

    return {
        "id": f"fig-{figure.name}",
        "spec_id": f"spec-{figure.name}",
        "title": figure.title,
        "summary": figure.summary,
        "svg": mark_safe(figure.draw(True, False)),  # noqa: S308 - comity.forums.figures escapes every word it is given
        "narrow": mark_safe(figure.draw(True, True)),  # noqa: S308  # escaped where it is drawn
        "spec": figure.spec,
        "columns": figure.columns,
        "rows": figure.rows,
        "notes": figure.notes,
        "files": [{"label": kind.upper(), "url": address(kind)} for kind in ("csv", "svg", "png")],
    }


def file_of(figure: Figure, forum: Held, kind: str) -> HttpResponse:
    """The figure as a file. :raises ComityError: if PNGs cannot be made here."""
    name = f"{forum.id}-{figure.name}.{kind}"
    if kind == "csv":
        answer = HttpResponse(to_csv(figure.heads, figure.plain, forum), content_type="text/csv; charset=utf-8")
    elif kind == "svg":
        answer = HttpResponse(carried(figure, forum), content_type="image/svg+xml; charset=utf-8")
    else:
        answer = HttpResponse(to_png(carried(figure, forum)), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def carried(figure: Figure, forum: Held) -> str:
    """The drawing as a file: with its title, what it says in a sentence, and where the numbers are from."""
    from comity.forums.framed import framed

    invented = [_("Invented: neither the assembly nor its votes exist.")] if forum.invented else []
    until = day(str(forum.extent.get("last_day", ""))[:10])
    source = _("Source: %(source)s Roll calls to %(day)s.") % {"source": forum.attribution, "day": until}
    about = _("%(title)s. %(summary)s") % {"title": forum.name, "summary": source}
    return framed(figure.draw(False, False), [figure.summary, *invented, about])


def to_csv(heads: Sequence[str], rows: Sequence[Sequence[Any]], forum: Held) -> str:
    """Rows with what has to stand beside them: the forum, whether it is invented, the digest of the roll calls."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*heads, "forum", "invented", "input"])
    for row in rows:
        writer.writerow([*("" if v is None else v for v in row), forum.id, "yes" if forum.invented else "no", forum.digest[:16]])
    return out.getvalue()


def to_png(svg: str) -> bytes:
    """The drawing as a picture. :raises ComityError: without the library that prints."""
    from comity.papers.typeset import svg_png

    return svg_png(svg)


_CONFIG = {
    "font": "Noto Sans, Noto Sans SC, sans-serif",
    "axis": {
        "labelColor": "#4a5552",
        "titleColor": "#4a5552",
        "gridColor": "#d2d9d6",
        "domainColor": "#6b7773",
        "tickColor": "#d2d9d6",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {
        "symbolFillColor": "#ffffff",
        "symbolStrokeColor": "#17211f",
        "labelColor": "#17211f",
        "labelFontSize": 13,
        "labelLimit": 400,
        "orient": "top",
        "title": None,
        "symbolSize": 90,
    },
    "view": {"stroke": None},
}
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def over_time_spec(
    rows: Sequence[dict[str, Any]],
    order: Sequence[str],
    *,
    axis: str,
    counts: str,
    names: tuple[str, str],
    turns: Sequence[Turn] = (),
) -> dict[str, Any]:
    """Raw and corrected agreement with intervals, and the number of roll calls below. ``rows``: place, series, value, low, high, n, url,
    says; ``turns``: marks across the plot, each with its words in a row of its own above it.
    """
    ticks = {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 8}
    x = {"field": "place", "type": "ordinal", "sort": list(order), "title": None, "axis": ticks}
    style = {"domain": list(names)}
    key = {"symbolStrokeColor": "#17211f", "symbolOpacity": 1}
    first = {"test": {"field": "series", "equal": names[0]}}
    span = {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    return {
        "$schema": SCHEMA,
        "usermeta": {"left": 64},
        "config": _CONFIG,
        "data": {"values": list(rows)},
        "spacing": 18,
        "vconcat": [
            {
                "width": "container",
                "height": 240,
                "layer": [
                    {
                        "mark": {"type": "area", "opacity": 0.14},
                        "transform": [{"filter": {"field": "series", "equal": names[0]}}],
                        "encoding": span | {"color": {"value": "#0f4f4a"}},
                    },
                    {
                        "mark": {"type": "rule", "strokeDash": [1, 3]},
                        "transform": [{"filter": {"field": "series", "equal": names[1]}}],
                        "encoding": span | {"color": {"value": "#4a5552"}},
                    },
                    {
                        "mark": {"type": "line", "strokeWidth": 1.6},
                        "encoding": {
                            "x": x,
                            "y": {"field": "value", "type": "quantitative", "title": axis},
                            "strokeDash": {"field": "series", "scale": style | {"range": [[1, 0], [5, 3]]}, "legend": key},
                            "color": {"condition": first | {"value": "#0f4f4a"}, "value": "#17211f"},
                        },
                    },
                    {
                        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "cursor": "pointer", "stroke": "#17211f"},
                        "encoding": {
                            "x": x,
                            "y": {"field": "value", "type": "quantitative"},
                            "shape": {"field": "series", "scale": style | {"range": ["circle", "square"]}, "legend": key},
                            "color": {"field": "series", "scale": style | {"range": ["#0f4f4a", "#ffffff"]}, "legend": key},
                            "href": {"field": "url"},
                            "tooltip": {"field": "says"},
                        },
                    },
                    *(layer for row, turn in enumerate(turns) for layer in _turn(turn, x, order, -10 - 16 * (len(turns) - 1 - row))),
                ],
            },
            {
                "width": "container",
                "height": 54,
                "transform": [{"filter": {"field": "series", "equal": names[0]}}],
                "mark": {"type": "bar", "cursor": "pointer"},
                "encoding": {
                    "x": x,
                    "y": {"field": "n", "type": "quantitative", "title": counts, "axis": {"tickCount": 2}},
                    "color": {"value": "#6b7773"},
                    "href": {"field": "url"},
                    "tooltip": {"field": "says"},
                },
            },
        ],
    }  # fmt: skip


def _turn(turn: Turn, x: dict[str, Any], order: Sequence[str], y: int) -> list[dict[str, Any]]:
    """The layers of one mark across the plot: a dotted line and its words, to its left where it stands near the end."""
    here = {"data": {"values": [{"place": order[turn.at], "label": turn.says}]}}
    at_left = turn.at > len(order) * 0.7
    return [
        here | {"mark": {"type": "rule", "strokeDash": [2, 4], "y": y - 10, "y2": 240, "color": "#17211f"}, "encoding": {"x": x}},
        here
        | {
            "mark": {"type": "text", "y": y, "dx": -6 if at_left else 6, "align": "right" if at_left else "left", "fontSize": 12},
            "encoding": {"x": x, "text": {"field": "label"}, "color": {"value": "#17211f"}},
        },
    ]


def _left(names: Sequence[str]) -> int:
    """About how much room names at the left need, in pixels; what a browser takes off the width of the page."""
    return 28 + max((sum(14 if ord(c) > 0x2E80 else 8 for c in n) for n in names), default=0)


def heat_spec(rows: Sequence[dict[str, Any]], columns: Sequence[str], lines: Sequence[str]) -> dict[str, Any]:
    """A heat map whose cells carry their number. ``rows``: column, row, value, label, url, says."""
    x = {"field": "column", "type": "ordinal", "sort": list(columns), "title": None, "axis": {"orient": "top", "labelAngle": 0}}
    y = {"field": "row", "type": "ordinal", "sort": list(lines), "title": None, "axis": {"labelLimit": 300, "labelFontSize": 13}}
    return {
        "$schema": SCHEMA,
        "usermeta": {"left": _left(lines)},
        "config": _CONFIG,
        "data": {"values": list(rows)},
        "width": "container",
        "height": {"step": 28},
        "encoding": {"x": x, "y": y, "href": {"field": "url"}, "tooltip": {"field": "says"}},
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#d2d9d6", "cursor": "pointer"},
                "encoding": {
                    "color": {
                        "field": "value", "type": "quantitative", "legend": None,
                        "scale": {"domain": [0, 1], "range": ["#ffffff", "#0f4f4a"], "interpolate": "rgb", "clamp": True},
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12, "cursor": "pointer"},
                "encoding": {
                    "text": {"field": "label"},
                    "color": {"condition": {"test": "datum.value > 0.62", "value": "#ffffff"}, "value": "#17211f"},
                },
            },
        ],
    }  # fmt: skip


def strip_spec(rows: Sequence[dict[str, Any]], named: Sequence[str], *, axis: str) -> dict[str, Any]:
    """Members on a line; the named ones with their intervals. ``rows``: name, value, low, high, url, says, named (true or false)."""
    x = {"field": "value", "type": "quantitative", "title": axis, "scale": {"zero": False}}
    bare = x | {"axis": {"labels": False, "ticks": False, "title": None, "domain": False}}
    y = {"field": "name", "type": "ordinal", "sort": list(named), "title": None, "axis": {"labelLimit": 300, "labelFontSize": 13}}
    return {
        "$schema": SCHEMA,
        "usermeta": {"left": _left(named)},
        "config": _CONFIG,
        "data": {"values": list(rows)},
        "spacing": 4,
        "resolve": {"scale": {"x": "shared"}},
        "vconcat": [
            {
                "width": "container",
                "height": {"step": 28},
                "transform": [{"filter": "datum.named"}],
                "encoding": {"y": y, "href": {"field": "url"}, "tooltip": {"field": "says"}},
                "layer": [
                    {"mark": {"type": "rule", "strokeWidth": 2}, "encoding": {"x": bare | {"field": "low"}, "x2": {"field": "high"}}},
                    {
                        "mark": {"type": "point", "filled": True, "size": 90, "color": "#0f4f4a", "cursor": "pointer", "opacity": 1},
                        "encoding": {"x": bare},
                    },
                ],
            },
            {
                "width": "container",
                "height": 34,
                "mark": {"type": "tick", "thickness": 1, "cursor": "pointer"},
                "encoding": {
                    "x": x,
                    "color": {"condition": {"test": "datum.named", "value": "#17211f"}, "value": "#6b7773"},
                    "size": {"condition": {"test": "datum.named", "value": 34}, "value": 18},
                    "href": {"field": "url"},
                    "tooltip": {"field": "says"},
                },
            },
        ],
    }  # fmt: skip


def number(value: float | None, digits: int = 2) -> str:
    """A measure as tables show it, with the decimal sign of the page's language."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−").replace(".", decimal())


def titled(title: str, subject: str) -> str:
    """A figure's title with whom it is about."""
    return f"{title}{pgettext('between a name and what is said of it', ': ')}{subject}"


def count(n: int) -> str:
    """A number of things, its digits grouped as the page's language does."""
    return str(number_format(n, use_l10n=True, force_grouping=True))


def decimal() -> str:
    """The decimal sign of the page's language."""
    return str(get_format("DECIMAL_SEPARATOR"))


def interval(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
