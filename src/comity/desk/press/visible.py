"""Who sees sources and proposals: officers of this node, nobody else, on every path."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse

from comity.desk.accounts.models import Officer
from comity.desk.press.models import Proposal, Source
from comity.desk.record.visible import insider
from comity.desk.show import officer_of


def sources(request: HttpRequest) -> QuerySet[Source]:
    """The sources that this reader may see."""
    return Source.objects.filter(removed=None) if insider(request) else Source.objects.none()


def counted(rows: QuerySet[Source]) -> QuerySet[Any]:
    """Sources with ``waiting`` and ``accepted``, how many of their proposals are open and accepted; texts and readings stay where they are.

    Each is counted on its own: grouping would have the database sort the articles themselves.
    """
    return rows.defer("text", "reading").annotate(waiting=_number(Proposal.OPEN), accepted=_number(Proposal.ACCEPTED))


def _number(state: str) -> Coalesce:
    of_source = Proposal.objects.filter(source=OuterRef("pk"), state=state).order_by().values("source")
    return Coalesce(Subquery(of_source.annotate(n=Count("pk")).values("n")), 0)


def source_or_404(request: HttpRequest, key: str, *, removed: bool = False) -> Source:
    """The source of that key; one that the reader may not see is not there."""
    rows = Source.objects.all() if removed and insider(request) else sources(request)
    found = rows.select_related("by").filter(pk=key).first()
    if found is None:
        raise Http404(key)
    return found


def entering(request: HttpRequest) -> Officer | HttpResponse:
    """The officer who is signed in, or the way to sign in."""
    return officer_of(request) or redirect_to_login(request.get_full_path())
