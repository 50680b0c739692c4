"""Search: what a reader may see of what was found, grouped by kind, with the words marked in their own language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from comity.desk.accounts.models import page_language
from comity.desk.record.visible import insider, public_acts
from comity.desk.work.indexing import OBSERVED, index_observed
from comity.desk.work.marking import excerpt
from comity.desk.work.models import SearchRow
from comity.desk.work.words import Query, matching

KINDS = {
    "mechanism": _("Mechanisms"),
    "person": _("People"),
    "meeting": _("Meetings"),
    "text": _("Texts"),
    "commitment": _("Commitments"),
    "forum": _("Forums"),
    "press": _("Press"),
    "language": _("Agreed language"),
    "draft": _("Drafts"),
    "remark": _("Remarks"),
    OBSERVED: _("Observed"),
}
ENOUGH = 400  # rows that are looked at; what fits worse is not shown
PER_KIND = 6


@dataclass(slots=True)
class Group:
    """What was found of one kind."""

    kind: str
    label: str
    count: int = 0
    hits: list[dict[str, Any]] = field(default_factory=list)
    more: str = ""


def visible_where(request: HttpRequest) -> tuple[str, list[Any]]:
    """The condition (SQL over ``r``) that a row of the index fulfils if this reader may see it; the same rule as ``visible.open_to``."""
    if insider(request):  # what is released stands in the index a second time, for others
        return (f"(r.own OR r.kind <> '{OBSERVED}')" if settings.NODE.party else "TRUE"), []
    acts, given = public_acts().values("id").query.sql_with_params()
    public = f"IN ({acts})"
    rule = f"r.act {public} AND r.mechanism {public} AND (r.also = '' OR r.also {public}) AND (r.besides = '' OR r.besides {public})"
    return f"NOT r.own AND (r.kind = '{OBSERVED}' OR ({rule}))", [*given] * 4


def found(request: HttpRequest, typed: str, kind: str = "") -> tuple[Query, list[Group], bool]:
    """What this reader finds, by kind in a fixed order; with ``kind`` that one alone and whole. True if there is more that fits worse."""
    query = Query.parse(typed, page_language())
    if not query:
        return query, [], False
    index_observed()
    where, given = visible_where(request)
    if kind:
        where, given = f"({where}) AND r.kind = %s", [*given, kind]
    scores = dict(matching(query, where, given, limit=ENOUGH))
    rows = SearchRow.objects.defer("words").in_bulk(list(scores))
    best = _one_of_each([rows[pk] for pk in scores if pk in rows])
    groups: dict[str, Group] = {key: Group(key, str(label)) for key, label in KINDS.items()}
    for row in best:
        group = groups.setdefault(row.kind, Group(row.kind, row.kind))
        group.count += 1
        if kind or len(group.hits) < PER_KIND:
            group.hits.append(_hit(row, query))
    for group in groups.values():
        if group.count > len(group.hits):
            group.more = f"{reverse('work:search')}?{urlencode({'q': query.typed, 'kind': group.kind})}"
    return query, [group for group in groups.values() if group.count], len(scores) == ENOUGH


def _one_of_each(rows: Sequence[SearchRow]) -> list[SearchRow]:
    """One language of each thing, that of the page first; a text with its title before its provisions."""
    chosen: dict[tuple[str, str], SearchRow] = {}
    for row in rows:
        key = (row.kind, row.ref)
        if key not in chosen or (row.lang == page_language() != chosen[key].lang):
            chosen[key] = row
    return list(chosen.values())


def _hit(row: SearchRow, query: Query) -> dict[str, Any]:
    lang = row.lang if row.lang != page_language() else ""
    return {"path": row.path, "lang": lang, "title": row.title, "parts": excerpt(row.text, row.lang, query), "own": row.own}


def searches(request: HttpRequest) -> dict[str, str]:
    """What the masthead's search needs."""
    value = request.GET.get("q", "") if request.path == reverse("work:search") else ""
    return {"action": reverse("work:search"), "value": value}
