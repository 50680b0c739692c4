"""Agreed language of this node, searched as `texts.precedents` wants it: only what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest

from comity.desk.language import words_table
from comity.desk.language.models import ClauseRow
from comity.desk.record.visible import open_to
from comity.texts.precedents import Source
from comity.texts.search import Hit, Mode


class Clauses:
    """The clauses that a reader may see, of all mechanisms or of one, without those of one text."""

    def __init__(self, rows: QuerySet[ClauseRow]) -> None:
        self.rows = rows
        self._ids = rows.order_by().values("id").query.sql_with_params()
        self._known: dict[str, list[ClauseRow]] = {}

    def search(self, query: str, language: str, *, limit: int = 20, mode: Mode = "phrase") -> list[Hit]:
        """Clauses that hold the query, best first; the score only says the order."""
        sql, values = self._ids
        ids = words_table.found(query, language, mode, sql, values, limit)
        rows = ClauseRow.objects.in_bulk(ids)
        return [Hit(rows[i].ref, rows[i].lang, rows[i].words, float(limit - n)) for n, i in enumerate(ids) if i in rows]

    def _read(self, refs: Iterable[str]) -> None:
        new = [ref for ref in dict.fromkeys(refs) if ref not in self._known]
        self._known.update({ref: [] for ref in new})
        for row in self.rows.filter(ref__in=new).order_by("place", "lang"):
            self._known[row.ref].append(row)

    def several(self, refs: Sequence[str]) -> dict[str, dict[str, str]]:
        """The words of several references in all their languages."""
        self._read(refs)
        return {ref: {row.lang: row.words for row in self._known[ref]} for ref in refs if self._known[ref]}

    def row(self, ref: str) -> ClauseRow | None:
        """One clause of a reference, in whatever language; for its date, side and place."""
        self._read([ref])
        return next(iter(self._known[ref]), None)

    def sources(self, refs: Iterable[str]) -> Mapping[str, Source]:
        """Where references stand."""
        refs = list(refs)
        self._read(refs)
        found = {}
        for ref in refs:
            row = self.row(ref)
            if row is not None:
                found[ref] = Source(ref, row.date, meeting=row.meeting, side=row.side, standing="unilateral" if row.side else "joint")
        return found


class AllSources(Mapping[str, Source]):
    """The sources of whatever reference is asked for, read when it is."""

    def __init__(self, clauses: Clauses) -> None:
        self._clauses = clauses

    def __getitem__(self, ref: str) -> Source:
        found = self._clauses.sources([ref])
        return found[ref]

    def __contains__(self, ref: object) -> bool:
        return self._clauses.row(str(ref)) is not None

    def __iter__(self):  # type: ignore[no-untyped-def]  # never gone through
        return iter(())

    def __len__(self) -> int:
        return 0


def clauses_for(request: HttpRequest, *, mechanism: str = "", side: str | None = None) -> Clauses:
    """What this reader may search; `side` is a party, or empty for what all have said."""
    rows = open_to(request, ClauseRow.objects.all())
    if mechanism:
        rows = rows.filter(mechanism=mechanism)
    if side is not None:
        rows = rows.filter(side=side)
    return Clauses(rows)
