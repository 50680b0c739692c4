"""What the list of meetings is narrowed to: a mechanism, one of its series, a standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.queries import visible as visible_mechanisms
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.queries import series_of
from comity.desk.show import name_of

# So many mechanisms are offered for narrowing; a parliament with more starts from the list of mechanisms.
MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parameters of the list."""

    mechanism: str = ""
    series: str = ""
    standing: str = ""

    def narrow(self, rows: QuerySet[MeetingRow]) -> QuerySet[MeetingRow]:
        if self.mechanism:
            rows = rows.filter(mechanism=self.mechanism)
        return rows.filter(series__endswith=f"#{self.series}") if self.mechanism and self.series else rows

    @property
    def order(self) -> tuple[str, ...]:
        """The newest first; within one mechanism series by series."""
        newest = ("-first_day", "-ordinal", "id")
        return ("series", *newest) if self.mechanism else newest

    @property
    def query(self) -> str:
        """For the links of the pagination: ending in ``&``, empty if nothing is narrowed."""
        said = {name: value for name, value in self.parameters.items() if value}
        return f"{urlencode(said)}&" if said else ""

    @property
    def parameters(self) -> dict[str, str]:
        return {"mechanism": self.mechanism, "series": self.series, "standing": self.standing}

    def url(self, **changes: str) -> str:
        said = {name: value for name, value in (self.parameters | changes).items() if value}
        return reverse("meetings:index") + (f"?{urlencode(said)}" if said else "")


def read(request: HttpRequest) -> Wanted:
    standing = request.GET.get("standing", "")
    return Wanted(
        request.GET.get("mechanism", ""), request.GET.get("series", ""), standing if standing in ("in_force", "open", "all") else ""
    )


def choices(request: HttpRequest, wanted: Wanted, one: MechanismRow | None) -> list[dict[str, Any]]:
    """Groups of links that narrow the list further."""
    standings = {
        "": _("convened and proposed"),
        "in_force": _("in force"),
        "open": _("proposed"),
        "all": _("also declined and withdrawn"),
    }
    groups = [
        {"label": _("Standing"), "links": [_choice(label, wanted.url(standing=s), s == wanted.standing) for s, label in standings.items()]}
    ]
    every = series_of(one.id) if one is not None else []
    if len(every) > 1:
        series = [_choice(_("all series"), wanted.url(series=""), not wanted.series)]
        series += [_choice(name_of(s.names), wanted.url(series=s.key), s.key == wanted.series) for s in every]
        groups.insert(0, {"label": _("Series of meetings"), "links": series})
    offered = list(visible_mechanisms(request)[:MOST_OFFERED])
    if len(offered) > 1:
        links = [_choice(_("all mechanisms"), wanted.url(mechanism="", series=""), not wanted.mechanism)]
        links += [_choice(name_of(m.names), wanted.url(mechanism=m.id, series=""), m.id == wanted.mechanism) for m in offered]
        groups.insert(0, {"label": _("Mechanism"), "links": links})
    return groups


def _choice(label: str, url: str, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current}
